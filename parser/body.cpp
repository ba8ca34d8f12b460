// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses what is body and what is attachment; loses no leaf.
#include "parser/body.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/codec.hpp"
#include "parser/digest.hpp"
#include "parser/html.hpp"
#include "parser/words.hpp"

#include <algorithm>
#include <set>

namespace spoc::parser {
namespace {

/// One place in the running text: a text part, or a multipart/alternative with its forms.
struct Slot {
  int owner = -1;  // index of the outermost alternative; -1 for a part of its own
  std::string plain, html;
};

std::string parameter(Parameterised const& field, char const* name) {
  auto const found = field.parameters.find(name);
  return found == field.parameters.end() ? std::string{} : found->second;
}

// LF alone ends lines; what no terminal and no database wants goes.
std::string clean_text(std::string const& text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    bool const pair = c == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (pair) continue;
    bool const line_end = c == '\r' || c == '\n' || c == '\f' || c == '\v';
    bool const control = !is_high(c) && (c < ' ' || c == 0x7F) && c != '\t';
    if (line_end)
      out += '\n';
    else if (!control)
      out += c;
  }
  return out;
}

bool has_words(std::string_view text) { return !trimmed(text).empty(); }

std::string without_path(std::string name) {
  auto const slash = name.find_last_of("/\\");
  if (slash != std::string::npos) name.erase(0, slash + 1);
  name = std::string{trimmed(printable(name))};
  if (name.find_first_not_of('.') == std::string::npos) name.clear();
  constexpr std::size_t longest = 255;
  if (name.size() > longest) name = mend_utf8(name.substr(name.size() - longest));
  return name;
}

class Gatherer {
 public:
  Gatherer(Structure const& structure, std::vector<std::string>& defects)
      : parts_(structure.parts), defects_(defects) {}

  Body gather() {
    for (std::size_t i = 0; i < parts_.size(); ++i)
      if (!parts_[i].multipart) read_leaf(static_cast<int>(i));
    join();
    mark_inline();
    return std::move(body_);
  }

 private:
  void read_leaf(int index) {
    Part const& part = parts_[static_cast<std::size_t>(index)];
    std::string const* const encoding = part.fields.find("Content-Transfer-Encoding");
    std::string bytes = decode_transfer(part.body, encoding == nullptr ? "" : *encoding, &defects_);
    if (is_text_body(part))
      add_text(index, part, bytes);
    else
      add_attachment(part, std::move(bytes));
  }

  static std::string file_name(Part const& part) {
    std::string name = parameter(part.disposition, "filename");
    if (name.empty()) name = parameter(part.type, "name");
    return without_path(std::move(name));
  }

  // A multipart that could not be split is read as text; a named text that is shown inline is a file too.
  static bool is_text_body(Part const& part) {
    std::string const& type = part.type.value;
    bool const text = type == "text/plain" || type == "text/html" || begins_with(type, "multipart/");
    if (!text || part.disposition.value == "attachment") return false;
    return part.parent < 0 || file_name(part).empty();
  }

  int outermost_alternative(int index) const {
    int found = -1;
    for (int at = parts_[static_cast<std::size_t>(index)].parent; at >= 0;
         at = parts_[static_cast<std::size_t>(at)].parent)
      if (parts_[static_cast<std::size_t>(at)].type.value == "multipart/alternative") found = at;
    return found;
  }

  void add_text(int index, Part const& part, std::string const& bytes) {
    bool const html = part.type.value == "text/html";
    std::string text = clean_text(to_utf8(bytes, parameter(part.type, "charset"), &defects_));
    if (!html && same_letters(parameter(part.type, "format"), "flowed"))
      text = unflow(text, same_letters(parameter(part.type, "delsp"), "yes"));
    if (!html)
      for (Uuencoded& file : take_uuencoded(text)) add_file(without_path(file.name), std::move(file.content));
    int const owner = outermost_alternative(index);
    if (slots_.empty() || owner < 0 || slots_.back().owner != owner) slots_.push_back({owner, {}, {}});
    std::string& place = html ? slots_.back().html : slots_.back().plain;
    if (!place.empty() && !place.ends_with('\n')) place += '\n';
    place += text;
  }

  void add_file(std::string name, std::string content) {
    desk::Attachment file;
    file.filename = std::move(name);
    file.type = "application/octet-stream";
    file.sha256 = sha256(content);
    file.content = std::move(content);
    body_.attachments.push_back(std::move(file));
  }

  void add_attachment(Part const& part, std::string bytes) {
    std::string const& type = part.type.value;
    if (begins_with(type, "message/") || type == "text/rfc822-headers" || type == "text/calendar") {
      body_.kept.push_back(bytes);
      body_.leaves.push_back({type, body_.kept.back()});
    }
    desk::Attachment file;
    file.type = type;
    file.filename = attachment_name(part, bytes);
    if (std::string const* const id = part.fields.find("Content-ID")) {
      auto ids = read_message_ids(*id);
      if (!ids.empty()) file.content_id = std::move(ids.front());
    }
    file.inline_ = part.disposition.value == "inline";
    file.sha256 = sha256(bytes);
    file.content = std::move(bytes);
    body_.attachments.push_back(std::move(file));
  }

  static std::string attachment_name(Part const& part, std::string_view bytes) {
    std::string name = file_name(part);
    std::string const& type = part.type.value;
    if (!name.empty()) return name;
    if (type == "application/ms-tnef" || type == "application/vnd.ms-tnef") return "winmail.dat";
    if (type != "message/rfc822" && type != "message/global") return name;
    HeaderView const header{bytes};
    std::string const subject = without_path(header.subject());
    return (subject.empty() ? "message" : subject) + ".eml";
  }

  /// The subject of a mail inside a mail.
  struct HeaderView {
    std::string_view bytes;
    std::string subject() const {
      auto const end = std::min(bytes.find("\n\n"), bytes.find("\r\n\r\n"));
      Fields const fields = read_fields(bytes.substr(0, std::min<std::size_t>(end, 16 * 1024)));
      std::string const* const found = fields.find("Subject");
      std::string name = found == nullptr ? std::string{} : decode_words(found->substr(0, 1000));
      for (char& c : name)
        if (std::string_view{"/\\:*?\"<>|"}.find(c) != std::string_view::npos) c = '_';
      return mend_utf8(name.substr(0, 120));
    }
  };

  void join() {
    bool const any_html =
        std::any_of(slots_.begin(), slots_.end(), [](Slot const& one) { return has_words(one.html); });
    for (Slot& slot : slots_) {
      bool const plain = has_words(slot.plain);
      body_.has_plain = body_.has_plain || plain;
      std::string const words =
          plain || !has_words(slot.html) ? std::move(slot.plain) : html_to_text(slot.html);
      if (has_words(words)) append_line(body_.plain, words);
      if (!any_html) continue;
      if (has_words(slot.html))
        append_line(body_.html, slot.html);
      else if (plain)
        append_line(body_.html, "<pre>" + escape_html(words) + "</pre>");
    }
  }

  static void append_line(std::string& out, std::string_view more) {
    if (!out.empty() && !out.ends_with('\n')) out += '\n';
    out += more;
  }

  // Pictures that the HTML shows are part of the text, whatever their disposition says.
  void mark_inline() {
    std::set<std::string, std::less<>> shown;
    for (auto at = body_.html.find("cid:"); at != std::string::npos; at = body_.html.find("cid:", at + 4)) {
      auto const end = body_.html.find_first_of("\"' >)", at);
      shown.insert(body_.html.substr(at + 4, std::min<std::size_t>(end - at - 4, 500)));
    }
    for (desk::Attachment& file : body_.attachments)
      if (!file.content_id.empty() && shown.count(file.content_id) != 0) file.inline_ = true;
  }

  std::vector<Part> const& parts_;
  std::vector<std::string>& defects_;
  std::vector<Slot> slots_;
  Body body_;
};

}  // namespace

Body read_body(Structure const& structure, std::vector<std::string>& defects) {
  return Gatherer(structure, defects).gather();
}

}  // namespace spoc::parser
