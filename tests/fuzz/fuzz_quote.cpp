// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzzes the fold: a body with words always has a reply.
#include "parser/html.hpp"
#include "parser/quote.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const body{reinterpret_cast<char const*>(data), size};
  bool words = false;
  for (char const c : body) words = words || (c >= 'a' && c <= 'z');
  if (words && spoc::parser::reply_of_text(body).empty()) std::abort();
  spoc::parser::reply_of_html(body);
  return 0;
}
