// SPDX-License-Identifier: GPL-3.0-or-later
// The first line names a charset, the rest is in it, or is not: valid UTF-8 comes out, and never nothing.
#include "parser/detect.hpp"
#include "parser/iconv.hpp"
#include "parser/utf8.hpp"
#include "tests/fuzz/demand.hpp"

#include <algorithm>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view bytes = bytes_of(data, size);
  std::string_view const declared = take_first_line(bytes);

  std::vector<std::string> defects;
  std::string const text = to_utf8(bytes, declared, &defects);
  demand_utf8(text);
  demand(text.empty() == bytes.empty());
  for (std::string const& words : defects) demand_utf8(words);

  demand(into_utf8(std::string{bytes}, declared) == text);
  demand_utf8(to_utf8(bytes, charset_in_html(bytes)));
  demand_utf8(to_utf8(bytes, better_than_declared(bytes, declared, text)));

  std::string const mended = mend_utf8(bytes);
  demand_utf8(mended);
  demand(!is_utf8(bytes) || mended == bytes);
  demand(is_ascii(bytes) == std::all_of(bytes.begin(), bytes.end(), [](char c) { return (c & 0x80) == 0; }));

  std::string const detected = detect_charset(bytes);
  demand(!detected.empty() && convert(bytes, detected).has_value());
  static_cast<void>(has_iso2022_escapes(bytes));
  if (std::string const known = charset_named(declared); !known.empty()) {
    if (auto const converted = convert(bytes, known)) demand_utf8(converted->text);
  }

  std::size_t walked = 0;
  each_character(mended, [&](char32_t) { ++walked; });
  for (std::size_t at = 0; at < mended.size();) {
    std::size_t const length = utf8_length(mended, at);
    demand(length > 0 && utf8_value(mended, at, length) <= 0x10ffff);
    at += length;
    --walked;
  }
  demand(walked == 0);
  return 0;
}
