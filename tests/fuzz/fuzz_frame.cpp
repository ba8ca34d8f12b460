// SPDX-License-Identifier: GPL-3.0-or-later
// Fuzzes the chat protocol's reader.
#include "parser/frame.hpp"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  spoc::parser::read_frame({reinterpret_cast<char const*>(data), size});
  return 0;
}
