// SPDX-License-Identifier: GPL-3.0-or-later
// An IMAP server's bytes cut into answers and tokens (RFC 3501 section 9), literals included, all within
// limits.
#pragma once

#include "desk/error.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::channels {

struct ImapLimits {
  std::size_t line = std::size_t{1} << 20;      ///< an answer without its literals
  std::size_t literal = std::size_t{96} << 20;  ///< all literals of one answer
  int nesting = 32;                             ///< parentheses within parentheses
};

/// A piece of an answer.
struct ImapToken {
  enum class Kind {
    atom,    ///< also numbers, flags and BODY[...]<0>
    string,  ///< quoted or literal
    list,
    nil,
  };
  Kind kind = Kind::atom;
  std::string text;
  std::vector<ImapToken> items;
};

/// One answer of the server, whole.
struct ImapAnswer {
  std::string tag;               ///< "*", "+", or one of ours
  std::string word;              ///< upper case: OK, NO, BAD, BYE, PREAUTH, EXISTS, FETCH, SEARCH...
  std::uint32_t number = 0;      ///< 12 in "* 12 EXISTS"
  std::string code;              ///< UIDVALIDITY 7 in "* OK [UIDVALIDITY 7] ..."
  std::string text;              ///< what is for people, after OK, NO, BAD, BYE, PREAUTH and "+"
  std::vector<ImapToken> items;  ///< what follows any other word
};

/// Takes bytes as they come, gives answers when they are whole. Each byte is looked at once, however it is
/// cut up.
class ImapReader {
 public:
  explicit ImapReader(ImapLimits limits = {}) : limits_(limits) {}

  void feed(std::string_view bytes) { buffer_ += bytes; }
  /// The next whole answer; nothing if more bytes are needed. Kind::unreadable when the server breaks the
  /// grammar or a limit: what follows can't be trusted, hang up.
  Result<std::optional<ImapAnswer>> next();

 private:
  Result<bool> find_end();

  ImapLimits limits_;
  std::string buffer_;
  std::size_t scanned_ = 0;        ///< bytes of the present answer that are known to be part of it
  std::size_t line_bytes_ = 0;     ///< of these, outside literals
  std::size_t literal_bytes_ = 0;  ///< of these, inside literals
  std::size_t line_start_ = 0;     ///< where the present line of the answer starts
};

/// "{123}" at the end of a line, or "~{123}" or "{123+}": the size.
std::optional<std::uint64_t> literal_size(std::string_view line);
/// A number that fits, or nothing.
std::optional<std::uint64_t> whole_number(std::string_view text);

}  // namespace spoc::channels
