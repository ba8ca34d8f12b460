// SPDX-License-Identifier: GPL-3.0-or-later
// The way of a chat line: hear, read, receive, tell.
#include "daemon/switchboard.hpp"

#include "daemon/chat_files.hpp"
#include "daemon/key.hpp"
#include "daemon/log.hpp"
#include "parser/digest.hpp"
#include "parser/file_kind.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_ref = 100;
/// In one answer, in bytes; below ChatLimits::queue_bytes, or a long history would close its own socket.
constexpr std::size_t longest_replay = 192 * 1024;
/// As many as a widget keeps.
constexpr std::size_t lines_at_once = 200;

/// The configuration has been checked by now: what can't be read there never comes here.
std::vector<Span> spans_of(std::vector<std::string> const& hours) {
  auto const spans = read_hours(hours);
  return spans ? *spans : std::vector<Span>{};
}
std::vector<ChatQuestion> questions_of(std::vector<std::string> const& lines) {
  auto const form = read_form(lines);
  return form ? *form : std::vector<ChatQuestion>{};
}

/// What nobody waits for: the log alone hears of it.
void note_fault(std::string_view what, Result<> const& done) {
  if (!done) Entry{Severity::error, "not kept"}.with("what", what).with("why", done.error().what).write();
}

bool looks_like_address(std::string const& text) {
  auto const at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n<>,;\"") == std::string::npos &&
         text.find('@', at + 1) == std::string::npos;
}

}  // namespace

Switchboard::Switchboard(FrontDesk& desk, std::string mailbox, Suggest suggest, Later later, ChatRules rules)
    : desk_{desk},
      mailbox_{std::move(mailbox)},
      suggest_{std::move(suggest)},
      later_{std::move(later)},
      rules_{std::move(rules)},
      spans_{spans_of(rules_.hours)},
      form_{questions_of(rules_.form)} {}

void Switchboard::opened(std::shared_ptr<channels::ChatSocket> socket) {
  channels::ChatSocket const* const key = socket.get();
  seats_[key].socket = std::move(socket);
}

void Switchboard::closed(channels::ChatSocket& socket) {
  auto const seat = seats_.find(&socket);
  if (seat == seats_.end()) return;
  auto const session = sessions_.find(seat->second.session);
  if (session != sessions_.end()) {
    std::erase(session->second, &socket);
    if (session->second.empty()) {
      if (seat->second.known) {
        comings_.left(session->first, desk_.now());
        note_fault("visitor's leaving", desk_.went(session->first));
      }
      fresh_.erase(session->first);
      sessions_.erase(session);
    }
  }
  seats_.erase(seat);
}

bool Switchboard::present(std::string const& session) const { return sessions_.contains(session); }

void Switchboard::heard(channels::ChatSocket& socket, std::string text) {
  auto const found = seats_.find(&socket);
  if (found == seats_.end()) return;
  Seat& seat = found->second;
  auto const frame = parser::read_frame(text);
  if (!frame) return refuse(seat, "bad_frame", frame.error().what);
  bool const greeted = !seat.session.empty() || std::holds_alternative<parser::Hello>(*frame) ||
                       std::holds_alternative<parser::Ping>(*frame);
  if (!greeted) return refuse(seat, "bad_session", "say hello first");
  std::visit([&](auto const& one) { hear(seat, one); }, *frame);
}

// ---- what browsers say ---------------------------------------------------------------------------

void Switchboard::hear(Seat& seat, parser::Hello const& hello) {
  if (!seat.session.empty()) return refuse(seat, "bad_session", "hello comes once");
  std::optional<Visitor> visitor;
  if (!hello.token.empty() && rules_.identity.way != Identity::Way::none) {
    auto read = read_identity(hello.token, rules_.identity, desk_.now());
    if (!read) {
      Entry{Severity::info, "visitor not recognised"}.with("why", read.error().what).write();
      refuse(seat, "bad_token", "");
      seat.socket->close(1008, "the signed word does not hold");
      return;
    }
    visitor = std::move(*read);
  }
  auto const resumed = opened_by(hello, visitor);
  if (!resumed) {
    refuse(seat, "busy", "the desk can't look up this chat right now");
    seat.socket->close(1013, "try again later");
    return;
  }
  seat.known = resumed->session.has_value();
  Seat const* const fellow = seat.known ? nullptr : fellow_of(hello.session, visitor ? visitor->user : "");
  seat.session = seat.known ? resumed->session->secret : fellow != nullptr ? hello.session : random_word();
  seat.language = hello.language;
  if (fellow != nullptr) {
    seat.name = fellow->name;
    seat.address = fellow->address;
    seat.known = fellow->known;
  } else if (!seat.known) {
    fresh_.insert(seat.session);
  } else {
    seat.name = resumed->session->name;
    seat.address = resumed->session->address;
    seat.confirmed = resumed->session->confirmed;
  }
  if (visitor) {
    seat.user = visitor->user;
    if (!visitor->address.name.empty()) seat.name = visitor->address.name;
    if (!visitor->address.address.empty()) seat.address = seat.confirmed = visitor->address.address;
    bool const is_news = resumed->session && (resumed->session->visitor != seat.user ||
                                              resumed->session->address != seat.address);
    if (is_news) static_cast<void>(desk_.recognise(seat.session, seat.user, {seat.name, seat.address}));
  }
  if (seat.known) comings_.came(seat.session, desk_.now());
  sessions_[seat.session].push_back(seat.socket.get());
  std::int64_t const next = resumed->session ? resumed->session->last + 1 : 1;
  auto const replay = newest_within(seat, resumed->lines);
  parser::Welcome greeting = welcome(seat, next);
  seat.over = greeting.over = resumed->over;
  bool const cut = !replay.empty() && (resumed->more || replay.size() < resumed->lines.size());
  if (cut) greeting.from = replay.front().seq;
  seat.issue = greeting.issue;
  say(seat, greeting);
  if (!seat.name.empty() || !seat.address.empty()) say(seat, parser::Known{seat.name, seat.address});
  for (parser::Line const& line : replay) say(seat, line);
}

/// Of these lines the newest that one answer may hold: who doesn't read must not fill the memory. One always
/// fits.
std::vector<parser::Line> Switchboard::newest_within(Seat const& seat,
                                                     std::vector<desk::Message> const& lines) const {
  std::vector<parser::Line> out;
  std::size_t bytes = 0;
  for (auto line = lines.rbegin(); line != lines.rend(); ++line) {
    out.push_back(line_of(seat, *line));
    bytes += parser::write_frame(out.back()).size();
    if (bytes > longest_replay && out.size() > 1) {
      out.pop_back();
      break;
    }
  }
  std::reverse(out.begin(), out.end());
  return out;
}

void Switchboard::hear(Seat& seat, parser::WantEarlier const& want) {
  if (!may_ask(seat)) return refuse(seat, "too_fast", "");
  flush();
  auto const lines = desk_.lines_before(seat.session, want.before, lines_at_once);
  if (!lines) return refuse(seat, "busy", "the desk can't look that up right now");
  say(seat, parser::Earlier{newest_within(seat, *lines)});
}

/// A chat that a signed visitor has used opens for them alone, on every device; an anonymous one for who
/// holds its secret, and it becomes theirs where they sign in and have none yet.
Result<FrontDesk::Resumed> Switchboard::opened_by(parser::Hello const& hello,
                                                  std::optional<Visitor> const& visitor) {
  std::string own;
  if (visitor) {
    auto const found = desk_.chat_of(visitor->user);
    if (!found) return found.error();
    own = *found;
  }
  // Who has a chat of their own goes on with it: nobody shall have two at a time.
  if (!own.empty()) return desk_.resume(own, own == hello.session ? hello.last : 0, lines_at_once);
  if (hello.session.empty()) return FrontDesk::Resumed{};
  auto held = desk_.resume(hello.session, hello.last, lines_at_once);
  if (held && held->session && !held->session->visitor.empty()) return FrontDesk::Resumed{};
  return held;
}

/// Another tab of a chat in which nobody has said a line yet: the store knows nothing of it, but two tabs
/// must not become two chats.
Switchboard::Seat const* Switchboard::fellow_of(std::string const& session, std::string const& user) const {
  auto const tabs = sessions_.find(session);
  if (!fresh_.contains(session) || tabs == sessions_.end()) return nullptr;
  Seat const& fellow = seats_.at(tabs->second.front());
  return fellow.user == user ? &fellow : nullptr;
}

void Switchboard::hear(Seat& seat, parser::Said const& said) {
  if (said.text.size() > parser::longest_line)
    return refuse(seat, "too_long", "a line may have 8,000 bytes", said.ref);
  if (said.ref.empty() || said.ref.size() > longest_ref)
    return refuse(seat, "bad_frame", "a line needs a ref of 1 to 100 bytes");
  bool const blank = said.text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (blank) return refuse(seat, "bad_frame", "the line is empty", said.ref);
  if (lacks_answers(seat, said.text)) return refuse(seat, "missing", "", said.ref);
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "", said.ref);
  desk::Arrival arrival = arrival_of(seat, said.ref, said.text);
  if (!seat.known && suggest_)
    for (parser::Offer const& offer : suggest_(said.text, seat.language))
      arrival.suggestions.push_back({offer.id, offer.title, offer.language, 0, true, false});
  know(seat);
  waiting_.push_back(std::move(arrival));
  if (waiting_.size() == 1) later_([this] { flush(); });
}

/// From its first line on the chat is in the store, for all its tabs.
void Switchboard::know(Seat const& seat) {
  for (channels::ChatSocket const* one : sessions_[seat.session]) seats_.at(one).known = true;
}

desk::Arrival Switchboard::arrival_of(Seat& seat, std::string const& ref, std::string const& text) const {
  desk::Arrival arrival;
  arrival.place.mailbox = mailbox_;
  arrival.received = desk_.now();
  arrival.hash = parser::sha256(seat.session + "\n" + ref);
  arrival.what = desk::ChatLine{seat.session,  ref, text,      seat.name,      seat.address,
                                seat.language, {},  seat.user, is_proven(seat)};
  return arrival;
}

std::variant<desk::Attachment, parser::No> Switchboard::look_at(std::string const& session,
                                                                std::string const& ref,
                                                                std::string const& name,
                                                                std::string const& bytes) {
  auto const sockets = sessions_.find(session);
  if (session.empty() || sockets == sessions_.end())
    return parser::No{"bad_session", "this chat is not open", ref};
  if (ref.empty() || ref.size() > longest_ref)
    return parser::No{"bad_frame", "a file needs a ref of 1 to 100 bytes", ""};
  if (bytes.size() > rules_.file_bytes)
    return parser::No{"too_long", "a file may have " + std::to_string(rules_.file_bytes) + " bytes here",
                      ref};
  std::string const kept_name = parser::plain_name(name);
  std::string const suffix = parser::suffix_of(kept_name);
  bool const taken =
      std::find(rules_.file_types.begin(), rules_.file_types.end(), suffix) != rules_.file_types.end();
  if (bytes.empty() || !taken || !parser::is_honest(suffix, bytes)) return parser::No{"file_type", "", ref};
  Seat const& seat = seats_.at(sockets->second.front());
  if (lacks_answers(seat, "")) return parser::No{"missing", "", ref};
  if (!may_say_more(seat) || !may_hand_in(seat, bytes.size())) return parser::No{"too_fast", "", ref};
  return desk::Attachment{kept_name, parser::type_of_suffix(suffix), bytes, parser::sha256(bytes), false, ""};
}

std::variant<parser::Kept, parser::No> Switchboard::hand_in(std::string const& session,
                                                            std::string const& ref, desk::Attachment file) {
  auto const sockets = sessions_.find(session);
  // It may have left while the file was being looked at.
  if (sockets == sessions_.end()) return parser::No{"bad_session", "this chat is not open", ref};
  flush();  // lines said before the file come before it
  Seat& seat = seats_.at(sockets->second.front());
  if (lacks_answers(seat, "")) return parser::No{"missing", "", ref};
  desk::Arrival arrival = arrival_of(seat, ref, file.filename);
  std::get<desk::ChatLine>(arrival.what).files.push_back(std::move(file));
  know(seat);
  auto const received = desk_.receive(std::span{&arrival, 1});
  if (!received || received->front().messages.empty())
    return parser::No{"busy", "the desk could not keep this file", ref};
  desk::Message const& message = received->front().messages.front();
  return parser::Kept{ref, message.sequence, message.at};
}

std::variant<parser::Kept, parser::No> Switchboard::hand_in(std::string const& session,
                                                            std::string const& ref, std::string const& name,
                                                            std::string const& bytes) {
  auto looked = look_at(session, ref, name, bytes);
  if (auto* no = std::get_if<parser::No>(&looked)) return std::move(*no);
  return hand_in(session, ref, std::get<desk::Attachment>(std::move(looked)));
}

void Switchboard::hear(Seat& seat, parser::Who const& who) {
  if (who.name.size() > longest_name || who.address.size() > longest_name)
    return refuse(seat, "too_long", "name and address may have 200 bytes each");
  if (!who.address.empty() && !looks_like_address(who.address))
    return refuse(seat, "bad_frame", "that is not a mail address");
  // Whom the intranet vouches for is not renamed by a form.
  if (!seat.user.empty() && !seat.address.empty()) return say(seat, parser::Known{seat.name, seat.address});
  desk::Address const said{who.name, desk::normal(who.address)};
  if (said == desk::Address{seat.name, seat.address})
    return say(seat, parser::Known{seat.name, seat.address});
  // Each one is a commit, as a line is.
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "");
  flush();  // lines said before the name belong to the session that the name is written to
  bool const proven = !said.address.empty() && seat.confirmed == said.address;
  auto const done = seat.known ? desk_.introduce(seat.session, said, seat.language, proven) : Result<>{};
  if (!done) return refuse(seat, "busy", "your address could not be kept; please try again");
  for (channels::ChatSocket const* one : sessions_[seat.session]) {
    Seat& tab = seats_.at(one);
    tab.name = said.name;
    tab.address = said.address;
    say(tab, parser::Known{said.name, said.address});
  }
}

void Switchboard::hear(Seat& seat, parser::Asked const& asked) {
  parser::Articles articles{asked.text, {}};
  // Too many are answered by nothing: a sentence about haste helps nobody who types.
  if (suggest_ && asked.text.size() <= parser::longest_line && may_ask(seat))
    articles.list = suggest_(asked.text, seat.language);
  for (parser::Offer const& one : articles.list) seat.shown.insert(one.id);
  say(seat, articles);
}

/// Counted once for a seat: what was shown to it is forgotten. Whoever says it again and again is thanked,
/// and moves nothing.
void Switchboard::hear(Seat& seat, parser::Solved const& solved) {
  if (!seat.shown.contains(solved.article)) return refuse(seat, "bad_frame", "no such article was shown");
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "");
  bool const counts = may_count(seat, solved.article);
  auto const done = counts ? desk_.solved_before_asking(solved.article) : Result<>{};
  if (!done) return refuse(seat, "busy", "that could not be kept; please try again");
  seat.shown.clear();
}

void Switchboard::hear(Seat& seat, parser::Seen const& seen) {
  if (!seat.known || seen.seq <= seat.seen) return;
  seat.seen = seen.seq;
  note_fault("seen answers", desk_.saw(seat.session, seen.seq));
}

void Switchboard::hear(Seat& seat, parser::End const& end) {
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "");
  flush();
  bool const solved = end.solved.value_or(false), unsolved = !end.solved.value_or(true);
  auto const done = desk_.end_chat(seat.session, {end.score, solved, end.text, unsolved});
  if (!done) return refuse(seat, "busy", "that could not be kept; please try again");
  for (channels::ChatSocket const* one : sessions_[seat.session]) say(seats_.at(one), parser::Ended{});
}

void Switchboard::hear(Seat& seat, parser::Transcript const&) {
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "");
  flush();
  auto const sent = desk_.mail_transcript(seat.session);
  if (!sent) return refuse(seat, "busy", "that could not be written; please try again");
  if (!*sent) return refuse(seat, "not_yet", "");
  say(seat, parser::Mailed{seat.address});
}

void Switchboard::hear(Seat& seat, parser::Ping const&) {
  say(seat, parser::Pong{});
  // A tab that was opened in the morning must not promise minutes in the evening.
  if (seat.session.empty()) return;
  if (parser::Hours now = hours(); now != seat.hours) say(seat, seat.hours = std::move(now));
}

// ---- in and out ----------------------------------------------------------------------------------

/// Commits every line that has been heard since the last turn, then tells each browser. The bell calls
/// tell().
void Switchboard::flush() {
  if (waiting_.empty()) return;
  std::vector<desk::Arrival> lines;
  lines.swap(waiting_);
  auto const received = desk_.receive(lines);
  if (received) return;
  Entry{Severity::error, "chat lines not kept"}
      .with("lines", static_cast<std::int64_t>(lines.size()))
      .with("why", received.error().what)
      .write();
  for (desk::Arrival const& line : lines) {
    auto const session = sessions_.find(line.line()->session);
    if (session == sessions_.end()) continue;
    for (channels::ChatSocket const* one : session->second)
      refuse(seats_.at(one), "busy", "the desk could not keep this line; it is sent again", line.line()->ref);
  }
}

void Switchboard::tell(desk::News const& news) {
  if (news.session.empty()) return;
  fresh_.erase(news.session);
  auto const session = sessions_.find(news.session);
  if (session == sessions_.end()) return;
  std::vector<channels::ChatSocket const*> const sockets = session->second;
  for (desk::Message const& message : news.messages) {
    if (message.sequence == 0) continue;
    for (channels::ChatSocket const* one : sockets) {
      auto const seat = seats_.find(one);
      if (seat == seats_.end()) continue;
      if (!message.ref.empty()) say(seat->second, parser::Kept{message.ref, message.sequence, message.at});
      if (!news.duplicate) say(seat->second, line_of(seat->second, message));
    }
  }
  for (channels::ChatSocket const* one : sockets)
    if (auto const seat = seats_.find(one); seat != seats_.end()) tell_status(seat->second, news);
}

void Switchboard::tell_status(Seat& seat, desk::News const& news) {
  if (news.over) say(seat, parser::Over{});
  bool const again = seat.over && (news.under_way || news.opened);
  if (again) say(seat, parser::UnderWay{});
  seat.over = news.over || (seat.over && !again);
}

parser::Line Switchboard::line_of(Seat const& seat, desk::Message const& line) const {
  bool const from_desk = line.kind != desk::MessageKind::inbound;
  parser::Line frame{line.sequence, from_desk, from_desk ? line.author.name : seat.name, line.reply, line.at,
                     line.ref,      {},        from_desk && line.agent.empty()};
  for (std::size_t i = 0; i < line.attachments.size(); ++i)
    if (line.attachments[i].held.empty())
      frame.files.push_back({line.attachments[i].filename, shown_type(line.attachments[i]),
                             std::string{ChatFiles::path} + "/" + file_link(line.id, i, desk_.sign())});
  return frame;
}

void Switchboard::say(Seat& seat, parser::FrameOut const& frame) {
  seat.socket->send(std::make_shared<std::string const>(parser::write_frame(frame)));
}

void Switchboard::refuse(Seat& seat, std::string why, std::string text, std::string ref) {
  say(seat, parser::No{std::move(why), std::move(text), std::move(ref)});
}

}  // namespace spoc::daemon
