// SPDX-License-Identifier: GPL-3.0-or-later
// What a fuzz target asks of the functions that it calls, and how it cuts its input into several values.
#pragma once

#include "parser/charset.hpp"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace spoc::fuzz {

/// A promise of a header that does not hold is a crash, told with the line that asked for it.
inline void demand(bool held, char const* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (held) return;
  std::fprintf(stderr, "%s:%d: this does not hold\n", file, line);
  std::abort();
}

/// Words of people and of mails that go to the store must be valid UTF-8.
inline void demand_utf8(std::string_view words, char const* file = __builtin_FILE(),
                        int line = __builtin_LINE()) {
  demand(parser::is_utf8(words), file, line);
}

inline std::string_view bytes_of(std::uint8_t const* data, std::size_t size) {
  return {reinterpret_cast<char const*>(data), size};
}

/// Takes the first line off the input: a small value beside the large one. Nothing if there is no second
/// line.
inline std::string_view take_first_line(std::string_view& rest) {
  auto const end = rest.find('\n');
  if (end == std::string_view::npos) return {};
  std::string_view const line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

}  // namespace spoc::fuzz
