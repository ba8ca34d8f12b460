// SPDX-License-Identifier: GPL-3.0-or-later
// Walks over the attributes of a TNEF stream (MS-OXTNEF 2.1): message, then one group per attachment.
#include "parser/tnef.hpp"

#include "parser/charset.hpp"
#include "parser/mapi.hpp"

#include <utility>

namespace spoc::parser {
namespace {

constexpr std::uint32_t signature = 0x223E9F78;
constexpr std::size_t most_tnef_files = 200;
constexpr int most_levels = 3;

enum Attribute : std::uint32_t {
  att_body = 0x0002800C,
  att_properties = 0x00069003,
  att_codepage = 0x00069007,
  att_file_begins = 0x00069002,
  att_file_title = 0x00018010,
  att_file_data = 0x0006800F,
  att_file_properties = 0x00069005,
};

enum PropertyId : std::uint32_t {
  pr_body = 0x1000,
  pr_rtf = 0x1009,
  pr_html = 0x1013,
  pr_file_data = 0x3701,
  pr_file_name = 0x3704,
  pr_file_long_name = 0x3707,
  pr_file_type = 0x370E,
  pr_file_content_id = 0x3712,
  pr_display_name = 0x3001,
};

std::string without_nul(std::string_view text) { return std::string{text.substr(0, text.find('\0'))}; }

class Walker {
 public:
  Walker(Tnef& out, int level) : out_(out), level_(level) {}

  bool walk(std::string_view bytes) {
    LittleEndian in{bytes};
    if (in.number(4) != signature || in.failed()) return false;
    in.number(2);  // a key that nobody needs
    while (!in.done()) {
      in.number(1);  // message or attachment: the attribute says so as well
      std::uint32_t const attribute = in.number(4);
      std::string_view const value = in.bytes(in.number(4));
      in.number(2);  // the checksum: what can be read is worth having, right or wrong
      if (!value.empty() || !in.failed()) take(attribute, value);
    }
    out_.damaged = out_.damaged || in.failed();
    end_file();
    return true;
  }

 private:
  void take(std::uint32_t attribute, std::string_view value) {
    switch (attribute) {
      case att_codepage:
        if (LittleEndian in{value}; true) charset_ = "cp" + std::to_string(in.number(4));
        break;
      case att_body:
        if (level_ == 0 && out_.text.empty()) out_.text = to_utf8(without_nul(value), charset_);
        break;
      case att_properties:
        if (level_ == 0) take_message(value);
        break;
      case att_file_begins:
        end_file();
        open_ = true;
        break;
      case att_file_title:
        if (file_.name.empty()) file_.name = to_utf8(without_nul(value), charset_);
        break;
      case att_file_data:
        file_.content = value;
        break;
      case att_file_properties:
        take_file(value);
        break;
      default:
        break;
    }
  }

  void take_message(std::string_view value) {
    for (Property const& one : read_properties(value, out_.damaged)) {
      if (one.id == pr_body && out_.text.empty()) out_.text = text_of(one, charset_);
      if (one.id == pr_rtf) out_.rtf = decompress_rtf(one.value);
      if (one.id == pr_html)
        out_.html = one.type == 0x102 ? to_utf8(one.value, charset_) : text_of(one, charset_);
    }
  }

  void take_file(std::string_view value) {
    std::string long_name, short_name;
    for (Property const& one : read_properties(value, out_.damaged)) {
      if (one.id == pr_file_long_name) long_name = text_of(one, charset_);
      if (one.id == pr_file_name || one.id == pr_display_name) short_name = text_of(one, charset_);
      if (one.id == pr_file_type) file_.type = text_of(one, charset_);
      if (one.id == pr_file_content_id) file_.content_id = text_of(one, charset_);
      if (one.id == pr_file_data) take_data(one);
    }
    if (!long_name.empty())
      file_.name = std::move(long_name);
    else if (file_.name.empty())
      file_.name = std::move(short_name);
  }

  // An object's bytes begin with its 16-byte interface; a mail within the mail is a TNEF stream again.
  void take_data(Property const& one) {
    std::string_view const bytes =
        one.type == 0x0D && one.value.size() >= 16 ? one.value.substr(16) : one.value;
    if (level_ + 1 < most_levels && Walker{out_, level_ + 1}.walk(bytes))
      inner_ = true;
    else
      file_.content = bytes;
  }

  void end_file() {
    TnefFile file = std::exchange(file_, {});
    bool const opened = std::exchange(open_, false);
    bool const inner = std::exchange(inner_, false);
    bool const said = !file.name.empty() || !file.content.empty();
    if (!opened || !said || (inner && file.content.empty())) return;
    if (out_.files.size() < most_tnef_files)
      out_.files.push_back(std::move(file));
    else
      out_.damaged = true;
  }

  Tnef& out_;
  int level_;
  std::string charset_ = "windows-1252";
  TnefFile file_;
  bool open_ = false, inner_ = false;
};

}  // namespace

std::optional<Tnef> read_tnef(std::string_view bytes) {
  Tnef out;
  if (!Walker{out, 0}.walk(bytes)) return std::nullopt;
  return out;
}

}  // namespace spoc::parser
