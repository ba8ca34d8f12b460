// SPDX-License-Identifier: GPL-3.0-or-later
// Files that hide in other formats: winmail.dat, uuencode and yEnc, sealed mail, calendars, and their names.
#include "parser/calendar.hpp"
#include "parser/file_kind.hpp"
#include "parser/file_name.hpp"
#include "parser/mapi.hpp"
#include "parser/sealed.hpp"
#include "parser/tnef.hpp"
#include "parser/uuencode.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

using namespace spoc::parser;
using namespace spoc::fuzz;

void unpack_tnef(std::string_view bytes) {
  auto const tnef = read_tnef(bytes);
  if (!tnef) return;
  demand_utf8(tnef->text);
  demand_utf8(tnef->html);
  for (TnefFile const& file : tnef->files) {
    demand_utf8(file.name);
    demand_utf8(file.type);
    demand(file.content.size() <= bytes.size());
  }
}

void read_mapi(std::string_view bytes, std::string const& charset) {
  bool damaged = false;
  for (Property const& one : read_properties(bytes, damaged)) {
    demand(one.value.size() <= bytes.size());
    demand_utf8(text_of(one, charset));
  }
  static_cast<void>(decompress_rtf(bytes));
  LittleEndian reader{bytes};
  while (!reader.done()) {
    auto const size = reader.number(1);
    demand(reader.bytes(size).size() <= size);
  }
}

void name_parts(std::string_view raw) {
  for (Part const& part : scan(raw).parts) {
    demand_utf8(file_name(part));
    std::string const name = file_name_or_kind(part, raw);
    demand_utf8(name);
    demand(name.find('/') == std::string::npos);
    demand_utf8(encryption_of(part));
    static_cast<void>(is_smime(part));
    static_cast<void>(is_calendar(part.type.value) && is_tnef(part.type.value, name));
  }
}

/// What a visitor hands in: any bytes under any name.
void judge_upload(std::string_view name, std::string_view content) {
  std::string const kept = plain_name(name);
  demand_utf8(kept);
  demand(!kept.empty() && kept.size() <= 120 && kept.find('/') == std::string::npos);
  demand(plain_name(kept) == kept);
  std::string const suffix = suffix_of(kept);
  demand(suffix.find('.') == std::string::npos);
  demand(!type_of_suffix(suffix).empty());
  demand(!(is_honest(suffix, content) && sniffed(content) == "program"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view bytes = bytes_of(data, size);
  name_parts(bytes);
  unpack_tnef(bytes);
  demand(signed_content(bytes).size() <= bytes.size());
  demand_utf8(unopened({}, bytes));

  std::string const text = mend_utf8(bytes);
  demand_utf8(words_of_calendar(text));
  demand_utf8(encryption_of_text(text));
  std::string const plain = without_path(text);
  demand_utf8(plain);
  demand(plain.find('/') == std::string::npos && plain.find('\\') == std::string::npos);
  demand_utf8(type_by_name(text));

  std::string_view content = bytes;
  std::string_view const name = take_first_line(content);
  judge_upload(name, content);

  std::string rest{bytes};
  for (EncodedFile const& file : take_encoded_files(rest)) {
    demand(file.name.size() < bytes.size() && file.content.size() <= bytes.size());
  }
  demand(rest.size() <= bytes.size());

  std::string const charset{take_first_line(bytes)};
  read_mapi(bytes, charset);
  return 0;
}
