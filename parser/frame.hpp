// SPDX-License-Identifier: GPL-3.0-or-later
// The chat protocol: one JSON object a WebSocket text frame. This comment is its definition.
//
// Browser to desk                                             Desk to browser
//   {"t":"hello","session":S|null,"last":N,"language":L} {"t":"welcome","session":S,"next":N,"desk":NAME}
//   {"t":"line","ref":R,"text":T}                               {"t":"kept","ref":R,"seq":N,"at":ISO}
//   {"t":"who","name":N,"address":A} {"t":"line","seq":N,"from":"you"|"desk","name":N,
//   {"t":"ask","text":T}      (suggestions while typing)              "text":T,"at":ISO,"ref":R|null}
//   {"t":"ping"} {"t":"articles","for":T,"list":[{"id","title","url"}]}
//                                                               {"t":"pong"}
//                                                               {"t":"known","name":N,"address":A}
//                                                               {"t":"no","why":WORD,"text":SENTENCE,"ref":R|null}
//
// hello comes first. last is the highest sequence number that the browser has seen (0 for none); after
// welcome the desk replays every later line. kept is sent only after the commit. A resent ref is answered by
// the same kept. no carries why = "too_long" | "too_fast" | "bad_frame" | "bad_session" | "busy".
#pragma once

#include "desk/error.hpp"
#include "desk/time.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace spoc::parser {

struct Hello {
  std::string session;
  std::int64_t last = 0;
  std::string language;
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
struct Ping {};
using FrameIn = std::variant<Hello, Said, Who, Asked, Ping>;

struct Welcome {
  std::string session;
  std::int64_t next = 1;
  std::string desk;
};
struct Kept {
  std::string ref;
  std::int64_t seq = 0;
  desk::Time at{};
};
struct Line {
  std::int64_t seq = 0;
  bool from_desk = false;
  std::string name, text;
  desk::Time at{};
  std::string ref;
};
struct Offer {
  std::string id, title, url;
};
struct Articles {
  std::string asked;
  std::vector<Offer> list;
};
struct Pong {};
struct Known {
  std::string name, address;
};
struct No {
  std::string why, text, ref;
};
using FrameOut = std::variant<Welcome, Kept, Line, Articles, Pong, Known, No>;

/// Longest line, in UTF-8 bytes; longest frame.
inline constexpr std::size_t longest_line = 8'000;
inline constexpr std::size_t longest_frame = 64 * 1024;

/// Kind::unreadable with the reason for anything that is not a frame of the left column.
Result<FrameIn> read_frame(std::string_view json);
std::string write_frame(FrameOut const& frame);

}  // namespace spoc::parser
