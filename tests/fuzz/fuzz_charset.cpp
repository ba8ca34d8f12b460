// SPDX-License-Identifier: GPL-3.0-or-later
// The first line names a charset, the rest is in it, or is not: valid UTF-8 comes out, and never nothing.
#include "parser/charset.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const all{reinterpret_cast<char const*>(data), size};
  auto const end = all.find('\n');
  std::string_view const declared = end == std::string_view::npos ? std::string_view{} : all.substr(0, end);
  std::string_view const bytes = end == std::string_view::npos ? all : all.substr(end + 1);
  std::vector<std::string> defects;
  std::string const text = spoc::parser::to_utf8(bytes, declared, &defects);
  if (!spoc::parser::is_utf8(text) || text.empty() != bytes.empty()) std::abort();
  for (std::string const& words : defects)
    if (!spoc::parser::is_utf8(words)) std::abort();
  return 0;
}
