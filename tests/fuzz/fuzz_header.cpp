// SPDX-License-Identifier: GPL-3.0-or-later
// Every reader of header values takes any bytes and gives valid UTF-8.
#include "parser/ascii.hpp"
#include "parser/header.hpp"
#include "parser/local_date.hpp"
#include "parser/words.hpp"
#include "tests/fuzz/demand.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const value = bytes_of(data, size);
  demand_utf8(decode_words(value));
  for (auto const& all : {read_addresses(value), read_authors(value)}) {
    for (auto const& one : all) {
      demand_utf8(one.name);
      demand_utf8(one.address);
    }
  }
  for (auto const& id : read_message_ids(value)) demand_utf8(id);
  auto const field = read_parameterised(value);
  demand_utf8(field.value);
  for (auto const& [name, text] : field.parameters) {
    demand_utf8(name);
    demand_utf8(text);
    demand(field.parameter(name) == text);
  }
  demand(!is_mbox_line(value) || begins_with(value, "From ") || begins_with(value, ">From "));
  demand(!listed(value, "word") || holds(value, " word "));
  Fields const fields = read_fields(value);
  for (auto const& one : fields.all) {
    demand(!one.name.empty() && fields.find(one.name) != nullptr);
    static_cast<void>(fields.last(one.name));
    if (fields.all.size() < 100) demand(!fields.every(one.name).empty());
  }
  static_cast<void>(read_date(value));
  static_cast<void>(read_local_date(mend_utf8(value)));
  for (std::size_t at = value.find("=?"); at != std::string_view::npos && at < 4096;
       at = value.find("=?", at + 1))
    if (auto const word = encoded_word_at(value, at))
      demand(word->length >= 6 && at + word->length <= value.size());
  std::string const clean = printable(mend_utf8(value));
  demand_utf8(clean);
  demand(clean.find_first_of("\r\n\t") == std::string::npos);
  return 0;
}
