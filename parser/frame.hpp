// SPDX-License-Identifier: GPL-3.0-or-later
// The chat protocol: one JSON object a WebSocket text frame. This comment is its definition.
//
// Browser to desk                                             Desk to browser
//   {"t":"hello","session":S|null,"last":N,"language":L, {"t":"welcome","session":S,"next":N,"desk":NAME,
//    "token":SIGNED|null}                                        ...WELCOME}
//   {"t":"line","ref":R,"text":T}                               {"t":"kept","ref":R,"seq":N,"at":ISO}
//   {"t":"who","name":N,"address":A} {"t":"line","seq":N,"from":"you"|"desk","name":N,
//   {"t":"ask","text":T}      (suggestions while typing) "text":T,"at":ISO,"ref":R|null,"files":[FILE]}
//   {"t":"end","solved":B,"score":0..5,"text":T} {"t":"articles","for":T,"list":[{"id","title","url"}]}
//   {"t":"transcript"}                                          {"t":"known","name":N,"address":A}
//   {"t":"confirm","page":URL} or {"t":"confirm","word":W}      {"t":"confirmed","address":A}
//   {"t":"tickets"}                                             {"t":"tickets","list":[TICKET]}
//   {"t":"past","number":N}                                     {"t":"past","number":N,"lines":[LINE]}
//   {"t":"solved","article":ID}                                 {"t":"ended"}
//   {"t":"earlier","before":N}                                  {"t":"earlier","lines":[LINE]}
//   {"t":"seen","seq":N}                                        {"t":"over"}
//                                                               {"t":"under_way"}
//   {"t":"typing"}                                              {"t":"typing","name":N}
//   {"t":"ping"}                                                {"t":"issue","text":T}
//                                                               {"t":"hours","open":B,"opens":ISO,"minutes":N}
//                                                               {"t":"mailed","address":A,"word":true}
//                                                               {"t":"pong"}
//                                                               {"t":"no","why":WORD,"text":SENTENCE,"ref":R|null}
//
// WELCOME, each only where there is something to say: "files":{"bytes":N,"types":[W]} are taken (over HTTP,
// see daemon/chat_files.hpp); "form":[{"label":T,"required":B}] is asked before the first line;
// "signed":true, the intranet said who it is; "open":false, nobody answers at this hour, "opens":ISO;
// "minutes":N, half of the chats of this hour were answered within; "confirmed":true, older tickets are open;
// "issue":T, what is known of an outage; the frame of that name says it anew when it changes, "" for nothing.
// "from":N, the replay begins with that line and leaves older ones out; "over":true, the ticket is closed.
// A line that no person wrote says "auto":true; past lines of which older ones are left out "cut":true.
// FILE is {"name","type","url"}; a line without files has no "files". TICKET is
// {"number","subject","status","changed"}, LINE a line frame.
//
// confirm with a page mails a word to the visitor's address (mailed says "word"), and a link to that page
// with the word in its fragment; confirm with the word opens the tickets of that address.
//
// solved says that one of the articles shown while typing was the answer: nothing needs to be sent any more.
//
// end without "solved" does not say whether it is; false opens a finished ticket again.
//
// typing is no line: it is passed on to whoever looks just now, at most every two seconds, and kept nowhere.
// It holds for some seconds, or until the next line of its author.
//
// hello comes first. last is the highest sequence number that the browser has seen (0 for none); after
// welcome the desk replays the later lines, the newest of them where they are many; "earlier" fetches some
// of those before a line. seen says that the visitor had all lines up to that one before their eyes: what
// nobody saw is mailed. over: the ticket was closed just now; under_way: it was opened again. hours comes, in
// the place of what welcome said, when that has changed. kept is sent only after the commit. A resent ref is
// answered by the same kept. no carries why = "too_long" | "too_fast" | "bad_frame" | "bad_session" | "busy"
// | "bad_token" (the signed word is wrong or over: the page has to get a new one) | "not_yet" (no
// transcript) | "no_word" (none can be mailed: no line said yet, no address, or too many) | "bad_word" |
// "missing" (what the form asks for comes before the first line or file).
#pragma once

#include "desk/error.hpp"
#include "desk/time.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace spoc::parser {

struct Hello {
  std::string session;
  std::int64_t last = 0;
  std::string language;
  std::string token = {};
};
struct Said {
  std::string ref, text;
};
struct Who {
  std::string name, address;
};
struct Asked {
  std::string text;
};
struct End {
  std::optional<bool> solved;  ///< nothing: they did not say
  int score = 0;
  std::string text;
};
struct Transcript {};
struct Confirm {
  std::string page, word;
};
struct Tickets {};
struct Past {
  std::int64_t number = 0;
};
struct Solved {
  std::string article;
};
struct WantEarlier {
  std::int64_t before = 0;
};
struct Seen {
  std::int64_t seq = 0;
};
struct Typing {};
struct Ping {};
using FrameIn = std::variant<Hello, Said, Who, Asked, End, Transcript, Confirm, Tickets, Past, Solved,
                             WantEarlier, Seen, Typing, Ping>;

struct Welcome {
  std::string session;
  std::int64_t next = 1;
  std::string desk;
  std::size_t file_bytes = 0;  ///< 0: no files are taken
  std::vector<std::string> file_types = {};
  struct Question {
    std::string label;
    bool required = false;
  };
  std::vector<Question> form = {};  ///< to be asked before the first line
  bool signed_in = false;           ///< the intranet said who it is
  bool open = true;                 ///< somebody answers at this hour
  std::optional<desk::Time> opens = {};
  std::optional<int> minutes = {};  ///< in which half of the chats of this hour were answered
  bool confirmed = false;           ///< the tickets of the visitor's address are open to them
  std::string issue = {};           ///< what is known of an outage
  std::int64_t from = 0;            ///< the first line that is replayed, where older ones are left out
  bool over = false;                ///< the chat's ticket is closed: what comes now is another matter
};
struct Kept {
  std::string ref;
  std::int64_t seq = 0;
  desk::Time at{};
};
struct File {
  std::string name, type, url;
};
struct Line {
  std::int64_t seq = 0;
  bool from_desk = false;
  std::string name, text;
  desk::Time at{};
  std::string ref;
  std::vector<File> files = {};
  bool automatic = false;  ///< no person wrote it
};
struct Offer {
  std::string id, title, url;
  std::string language = {};  ///< of the article; the browser has no use for it
};
struct Articles {
  std::string asked;
  std::vector<Offer> list;
};
struct Earlier {
  std::vector<Line> lines;
};
struct Hours {
  bool open = true;
  std::optional<desk::Time> opens = {};
  std::optional<int> minutes = {};
  bool operator==(Hours const&) const = default;
};
struct Over {};
struct UnderWay {};
struct Pong {};
struct Known {
  std::string name, address;
};
struct Ended {};
/// Somebody at the desk is.
struct DeskTyping {
  std::string name;
};
struct Issue {
  std::string text;  ///< what is known of outages now; "" for nothing
};
struct Mailed {
  std::string address;
  bool word = false;  ///< the word that proves the address, not the transcript
};
struct Confirmed {
  std::string address;
};
struct TicketList {
  struct Row {
    std::int64_t number = 0;
    std::string subject, status;
    desk::Time changed{};
  };
  std::vector<Row> list;
};
struct PastLines {
  std::int64_t number = 0;
  std::vector<Line> lines;
  bool cut = false;  ///< older ones are left out
};
struct No {
  std::string why, text, ref;
};
using FrameOut = std::variant<Welcome, Kept, Line, Articles, Earlier, Hours, Over, UnderWay, Pong, Known,
                              Ended, Mailed, Confirmed, TicketList, PastLines, DeskTyping, Issue, No>;

/// Longest line, in UTF-8 bytes; longest frame.
inline constexpr std::size_t longest_line = 8'000;
inline constexpr std::size_t longest_frame = 64 * 1024;

/// Kind::unreadable with the reason for anything that is not a frame of the left column.
Result<FrameIn> read_frame(std::string_view json);
std::string write_frame(FrameOut const& frame);

}  // namespace spoc::parser
