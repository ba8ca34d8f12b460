// SPDX-License-Identifier: GPL-3.0-or-later
// Chooses what is body and what is attachment; loses no leaf.
#include "parser/body.hpp"

#include "parser/ascii.hpp"
#include "parser/calendar.hpp"
#include "parser/charset.hpp"
#include "parser/codec.hpp"
#include "parser/digest.hpp"
#include "parser/file_name.hpp"
#include "parser/html.hpp"
#include "parser/sealed.hpp"
#include "parser/tnef.hpp"
#include "parser/uuencode.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace spoc::parser {
namespace {

constexpr int most_sealed = 3;  // a signed mail in a signed mail...

/// One place in the running text: a text part, or a multipart/alternative with its forms.
struct Slot {
  int owner = -1;  // number of the outermost alternative; -1 for a part of its own
  std::string plain, html;
};

// LF alone ends lines; what no terminal and no database wants goes.
void clean_text(std::string& text) {
  char* to = text.data();
  for (char const *from = text.data(), *const end = from + text.size(); from != end; ++from) {
    char const c = *from;
    if (static_cast<unsigned char>(c) >= ' ' && c != 0x7F) {
      *to++ = c;
      continue;
    }
    bool const pair = c == '\r' && from + 1 != end && from[1] == '\n';
    bool const line_end = c == '\r' || c == '\n' || c == '\f' || c == '\v';
    if (c == '\t' || (line_end && !pair)) *to++ = c == '\t' ? '\t' : '\n';
  }
  text.resize(static_cast<std::size_t>(to - text.data()));
}

bool has_words(std::string_view text) { return !trimmed(text).empty(); }

void append_line(std::string& out, std::string&& more) {
  if (out.empty()) {
    out = std::move(more);
    return;
  }
  if (!out.ends_with('\n')) out += '\n';
  out += more;
}

class Gatherer {
 public:
  Gatherer(Structure const& structure, std::vector<std::string>& defects)
      : parts_(&structure.parts), defects_(defects) {}

  Body gather() {
    read_parts();
    join();
    if (!has_words(body_.plain)) find_other_words();
    if (std::string words = encryption_of_text(body_.plain); !words.empty())
      defects_.push_back(std::move(words));
    mark_inline();
    show_leaves();
    return std::move(body_);
  }

 private:
  void read_parts() {
    for (std::size_t i = 0; i < parts_->size(); ++i) {
      Part const& part = (*parts_)[i];
      if (std::string words = encryption_of(part); !words.empty()) defects_.push_back(std::move(words));
      if (!part.multipart) read_leaf(static_cast<int>(i));
    }
  }

  void read_leaf(int index) {
    Part const& part = (*parts_)[static_cast<std::size_t>(index)];
    std::string const* const field = part.fields.find("Content-Transfer-Encoding");
    std::string_view const encoding = field == nullptr ? std::string_view{} : std::string_view{*field};
    if (is_text_body(part))
      add_text(index, part, decode_text_transfer(part.body, encoding, &defects_));
    else
      add_leaf(part, decode_transfer(part.body, encoding, &defects_));
  }

  // A multipart that could not be split is read as text; a named text that is shown inline is a file too.
  static bool is_text_body(Part const& part) {
    std::string const& type = part.type.value;
    bool const text = type == "text/plain" || type == "text/html" || begins_with(type, "multipart/");
    if (!text || part.disposition.value == "attachment") return false;
    return part.parent < 0 || file_name(part).empty();
  }

  // Alternatives of a mail that was sealed in this one have numbers of their own.
  int outermost_alternative(int index) const {
    int found = -1;
    for (int at = (*parts_)[static_cast<std::size_t>(index)].parent; at >= 0;
         at = (*parts_)[static_cast<std::size_t>(at)].parent)
      if ((*parts_)[static_cast<std::size_t>(at)].type.value == "multipart/alternative") found = at;
    return found < 0 ? found : found + numbered_;
  }

  void add_text(int index, Part const& part, std::string bytes) {
    bool const html = part.type.value == "text/html";
    if (!html) take_files(bytes);
    std::string charset = part.type.parameter("charset");
    if (html && charset.empty()) charset = charset_in_html(bytes);
    std::string text = into_utf8(std::move(bytes), charset, &defects_);
    clean_text(text);
    if (!html && same_letters(part.type.parameter("format"), "flowed"))
      text = unflow(text, same_letters(part.type.parameter("delsp"), "yes"));
    int const owner = outermost_alternative(index);
    if (slots_.empty() || owner < 0 || slots_.back().owner != owner) slots_.push_back({owner, {}, {}});
    append_line(html ? slots_.back().html : slots_.back().plain, std::move(text));
  }

  void take_files(std::string& bytes) {
    for (EncodedFile& file : take_encoded_files(bytes)) {
      if (file.cut) defects_.emplace_back("a file written into the text has no end");
      add_file(without_path(to_utf8(file.name, "")), {}, std::move(file.content));
    }
  }

  desk::Attachment& add_file(std::string name, std::string type, std::string content) {
    desk::Attachment file;
    file.type = type.empty() ? type_by_name(name) : std::move(type);
    file.filename = std::move(name);
    file.sha256 = sha256(content);
    file.content = std::move(content);
    body_.attachments.push_back(std::move(file));
    return body_.attachments.back();
  }

  void add_leaf(Part const& part, std::string bytes) {
    std::string const& type = part.type.value;
    if (is_tnef(type, file_name(part)) && take_tnef(bytes)) return;
    if (is_smime(part)) open_sealed(part, bytes);
    std::string name = file_name_or_kind(part, bytes);
    if (name.empty() && type == "application/octet-stream" && parent_type(part) == "multipart/encrypted")
      name = "encrypted.asc";
    bool const shown = file_name(part).empty() && part.disposition.value != "attachment";
    if (is_calendar(type) || (begins_with(type, "text/") && shown)) keep_other_words(part, bytes);
    if (begins_with(type, "message/") || type == "text/rfc822-headers" || is_calendar(type))
      reports_.push_back(body_.attachments.size());
    desk::Attachment& file = add_file(std::move(name), type, std::move(bytes));
    if (std::string const* const id = part.fields.find("Content-ID")) {
      auto ids = read_message_ids(*id);
      if (!ids.empty()) file.content_id = std::move(ids.front());
    }
    file.inline_ = part.disposition.value == "inline";
  }

  std::string_view parent_type(Part const& part) const {
    if (part.parent < 0) return {};
    return (*parts_)[static_cast<std::size_t>(part.parent)].type.value;
  }

  // Calendars, enriched text and the like: attached, and read where the mail says nothing else.
  void keep_other_words(Part const& part, std::string const& bytes) {
    if (!other_words_.empty()) return;
    std::string text =
        to_utf8(std::string_view{bytes}.substr(0, 512UL * 1024), part.type.parameter("charset"));
    if (is_calendar(part.type.value)) {
      other_words_ = words_of_calendar(text);
    } else {
      clean_text(text);
      other_words_ = part.type.value == "text/enriched" || part.type.value == "text/x-amp-html"
                         ? html_to_text(text)
                         : std::move(text);
    }
  }

  // True where all that winmail.dat holds has been taken out: it is no use to anybody then.
  bool take_tnef(std::string const& bytes) {
    auto tnef = read_tnef(bytes);
    if (!tnef) {
      defects_.emplace_back("winmail.dat cannot be read");
      return false;
    }
    if (tnef->damaged) defects_.emplace_back("winmail.dat is damaged: it is kept beside what could be read");
    for (TnefFile& one : tnef->files) {
      auto& file = add_file(without_path(std::move(one.name)), lowered(one.type), std::move(one.content));
      file.content_id = std::move(one.content_id);
      ++tnef_files_;
    }
    if (!tnef->rtf.empty() && !has_words(tnef->text) && !has_words(tnef->html))
      add_file("body.rtf", "application/rtf", std::move(tnef->rtf)), ++tnef_files_;
    bool const some = tnef_files_ > 0 || has_words(tnef->text) || has_words(tnef->html);
    if (tnef_text_.empty()) tnef_text_ = std::move(tnef->text);
    if (tnef_html_.empty()) tnef_html_ = std::move(tnef->html);
    return some && !tnef->damaged;
  }

  void open_sealed(Part const& part, std::string const& der) {
    if (sealed_ >= most_sealed) {
      defects_.emplace_back("signed mail (S/MIME) within signed mails, too deep to be read");
      return;
    }
    std::string content = signed_content(der);
    if (content.empty()) {
      if (std::string words = unopened(part, der); !words.empty()) defects_.push_back(std::move(words));
      return;
    }
    body_.kept.push_back(std::move(content));
    Structure const inner = scan(body_.kept.back());
    defects_.insert(defects_.end(), inner.defects.begin(), inner.defects.end());
    auto const* const outer = std::exchange(parts_, &inner.parts);
    int const before = std::exchange(numbered_, numbered_ + static_cast<int>(outer->size()));
    ++sealed_;
    read_parts();
    parts_ = outer;
    numbered_ = before + static_cast<int>(inner.parts.size());
  }

  void join() {
    bool const any_html =
        std::any_of(slots_.begin(), slots_.end(), [](Slot const& one) { return has_words(one.html); });
    for (Slot& slot : slots_) {
      bool const plain = has_words(slot.plain), html = has_words(slot.html);
      body_.has_plain = body_.has_plain || plain;
      std::string words = plain || !html ? std::move(slot.plain) : html_to_text(slot.html);
      if (any_html && html)
        append_line(body_.html, std::move(slot.html));
      else if (any_html && plain)
        append_line(body_.html, "<pre>" + escape_html(words) + "</pre>");
      if (has_words(words)) append_line(body_.plain, std::move(words));
    }
  }

  void find_other_words() {
    if (has_words(tnef_html_)) {
      clean_text(tnef_html_);
      if (body_.html.empty()) body_.html = std::move(tnef_html_);
    }
    clean_text(tnef_text_);
    body_.has_plain = has_words(tnef_text_) || !has_words(body_.html);
    body_.plain = has_words(tnef_text_) ? std::move(tnef_text_) : html_to_text(body_.html);
    if (!has_words(body_.plain)) body_.plain = std::move(other_words_);
    if (!has_words(body_.plain)) body_.plain.clear();
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

  void show_leaves() {
    for (std::size_t const index : reports_)
      body_.leaves.push_back({body_.attachments[index].type, body_.attachments[index].content.string()});
  }

  std::vector<Part> const* parts_;
  std::vector<std::string>& defects_;
  std::vector<Slot> slots_;
  std::vector<std::size_t> reports_;  // attachments that the classifier wants to see
  std::string tnef_text_, tnef_html_, other_words_;
  std::size_t tnef_files_ = 0;
  int numbered_ = 0, sealed_ = 0;
  Body body_;
};

}  // namespace

Body read_body(Structure const& structure, std::vector<std::string>& defects) {
  return Gatherer(structure, defects).gather();
}

}  // namespace spoc::parser
