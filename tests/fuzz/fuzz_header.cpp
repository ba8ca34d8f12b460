// SPDX-License-Identifier: GPL-3.0-or-later
// Every reader of header values takes any bytes and gives valid UTF-8.
#include "parser/charset.hpp"
#include "parser/header.hpp"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  std::string_view const value{reinterpret_cast<char const*>(data), size};
  auto const demand = [](bool held) {
    if (!held) std::abort();
  };
  demand(is_utf8(decode_words(value)));
  for (auto const& one : read_addresses(value)) demand(is_utf8(one.name) && is_utf8(one.address));
  for (auto const& id : read_message_ids(value)) demand(is_utf8(id));
  auto const field = read_parameterised(value);
  demand(is_utf8(field.value));
  for (auto const& [name, text] : field.parameters) demand(is_utf8(name) && is_utf8(text));
  for (auto const& one : read_fields(value).all) demand(!one.name.empty());
  static_cast<void>(read_date(value));
  return 0;
}
