// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the block of a forwarded mail, reads its header in people's languages, and parts note from mail.
#include "parser/forward.hpp"

#include "desk/excerpt.hpp"
#include "parser/ascii.hpp"
#include "parser/fold_words.hpp"
#include "parser/header.hpp"
#include "parser/local_date.hpp"
#include "parser/quote.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_forward_line = 1000;
constexpr std::size_t most_header_lines = 24;
constexpr std::size_t longest_note = 64 * 1024;  // a block that begins later is part of something else

// What clients put before a forwarded mail's subject. Norway's "VS" is Finland's "Re": see is_block.
constexpr std::array<std::string_view, 27> forward_prefixes{
    "fwd",  "fw",   "vb",     "wg",     "tr",         "rv",   "enc",        "vl",   "i",
    "pd",   "ilt",  "doorst", "tov",    "továbbítás", "转发", "轉寄",       "轉發", "转寄",
    "轉送", "転送", "전달",   "пересл", "fwd.",       "fw.",  "videresend", "vs",   "forward"};
constexpr std::array<std::string_view, 20> reply_prefixes{
    "re",   "sv",   "aw",   "antw", "ré",  "res",  "rif",  "odp", "ynt", "回复",
    "回覆", "答复", "答覆", "svar", "отв", "返信", "답장", "ref", "atb", "r"};

// Words of a separator that say "passed on", where others say "original".
constexpr std::array<std::string_view, 24> forward_words{
    "forward",   "weitergeleitet", "videresend", "vidarebefordra", "transféré", "réexpédié",
    "reenviad",  "encaminhad",     "inoltrat",   "doorgestuurd",   "przekaz",   "пересыла",
    "пересла",   "переадрес",      "転送",       "전달",           "välitetty", "přeposlan",
    "iletilmiş", "yönlendiril",    "转发",       "轉寄",           "轉發",      "továbbított"};

enum class Prefix { none, reply, forward, northern };

Prefix first_prefix(std::string_view subject) {
  std::string const words = folded(subject.substr(0, 200));
  std::string_view rest = words;
  while (rest.starts_with('[')) {  // a list's tag; the old "[Fwd: printer]" opens with its prefix
    auto const close = rest.find(']'), colon = rest.find(':');
    if (close == std::string_view::npos || (colon != std::string_view::npos && colon < close))
      rest.remove_prefix(1);
    else
      rest.remove_prefix(close + 1);
    rest = trimmed(rest);
  }
  auto const colon = rest.find(':');
  if (colon == std::string_view::npos || colon > 20) return Prefix::none;
  std::string_view word = trimmed(rest.substr(0, std::min(colon, rest.find_first_of("[(^"))));
  if (word == "vs") return Prefix::northern;
  auto const among = [word](auto const& all) { return std::find(all.begin(), all.end(), word) != all.end(); };
  return among(forward_prefixes) ? Prefix::forward : among(reply_prefixes) ? Prefix::reply : Prefix::none;
}

std::string_view stripped(std::string_view text, std::string_view signs) {
  auto const begin = text.find_first_not_of(signs);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(signs) - begin + 1);
}

enum class Separator { none, original, forward };

Separator separator_in(std::string_view line) {
  if (trimmed(line).empty() || line.size() > 200) return Separator::none;
  std::string const words = folded(line);
  bool const dashes = words.starts_with("--") || words.starts_with("==") || words.starts_with("__") ||
                      words.starts_with("- -") || words.starts_with("*--") || words.starts_with("—");
  std::string_view const inner = stripped(words, "-=_*<> :");
  if (begins_forward(inner)) return Separator::forward;
  if (!dashes) return Separator::none;
  bool const passed_on = std::any_of(forward_words.begin(), forward_words.end(),
                                     [&](std::string_view word) { return holds(inner, word); });
  if (passed_on && inner.size() < 120) return Separator::forward;
  return names_original(inner) ? Separator::original : Separator::none;
}

/// One line of a header block: "From: x", "*From:* x", "| From | x |", "发件人：x".
struct Labelled {
  Label label = Label::none;
  std::string word;  ///< folded
  std::string_view value;
};

std::size_t colon_length(std::string_view text, std::size_t at) {
  if (text[at] == ':') return 1;
  return text.substr(at, 3) == "：" ? 3 : 0;
}

Labelled labelled(std::string_view line) {
  line = stripped(line, " \t\r*");
  Labelled out;
  if (line.starts_with('|')) {
    line.remove_prefix(1);
    auto const bar = line.find('|');
    if (bar == std::string_view::npos) return out;
    out.word = folded(stripped(line.substr(0, bar), " :*"));
    out.value = stripped(line.substr(bar + 1), " |\t");
  } else {
    std::size_t at = 0;
    while (at < line.size() && at < 60 && colon_length(line, at) == 0) ++at;
    if (at >= line.size() || at >= 60) return out;
    out.word = folded(stripped(line.substr(0, at), " *_\t"));
    out.value = stripped(line.substr(at + colon_length(line, at)), " *\t");
  }
  out.label = label_named(out.word);
  return out;
}

/// Outlook writes "Kari [mailto:kari@example.org]", HTML made into text "kari@example.org
/// <mailto:kari@example.org>", QQ ends each list with ";".
std::vector<desk::Address> people_in(std::string_view value) {
  std::string text{value.substr(0, 4000)};
  for (auto at = text.find("[mailto:"); at != std::string::npos; at = text.find("[mailto:", at)) {
    auto const close = text.find(']', at);
    if (close == std::string::npos) break;
    text[close] = '>';
    text.replace(at, 8, "<");
  }
  std::vector<desk::Address> out;
  for (desk::Address& one : read_addresses(text)) {
    bool const twice = !out.empty() && one.address == out.back().address;
    bool const name_is_address = holds(one.name, "@") && same_letters(one.name, one.address);
    if (name_is_address) one.name.clear();
    if (!twice) out.push_back(std::move(one));
  }
  return out;
}

struct ForwardLine {
  std::string_view whole;
  std::size_t begin = 0, end = 0;  // in the text; end is past the line end
};

std::vector<ForwardLine> split(std::string_view text) {
  std::vector<ForwardLine> out;
  for (std::string_view rest = text; !rest.empty();) {
    std::size_t const begin = text.size() - rest.size();
    std::string_view const line = take_line(rest);
    out.push_back({line, begin, text.size() - rest.size()});
  }
  return out;
}

bool is_quoted(std::string_view line) { return line.starts_with('>'); }

std::string_view without_quote(std::string_view line) {
  line.remove_prefix(1);
  if (line.starts_with(' ')) line.remove_prefix(1);
  return line;
}

class Finder {
 public:
  Finder(std::string_view text, std::string_view subject)
      : text_(text), prefix_(first_prefix(subject)), lines_(split(desk::beginning_of(text, longest_note))) {}

  std::optional<desk::Forwarded> find() {
    if (prefix_ == Prefix::reply) return std::nullopt;
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      std::string_view const line = lines_[i].whole;
      if (line.size() > longest_forward_line || trimmed(line).empty()) continue;
      Separator const separator = separator_in(is_quoted(line) ? without_quote(line) : line);
      // Apple Mail quotes the line that announces the mail as well, dashes in a quote are older history.
      if (is_quoted(line) && (separator != Separator::forward || holds(line, "--"))) continue;
      bool const counts = separator == Separator::forward || prefix_ != Prefix::none;
      if (separator != Separator::none && counts) {
        if (read_block(next_with_words(i + 1), separator == Separator::forward)) return finish(i);
      } else if (prefix_ != Prefix::none && labelled(line).label != Label::none) {
        if (read_block(i, false)) return finish(i);
      }
    }
    return std::nullopt;
  }

 private:
  std::size_t next_with_words(std::size_t i) const {
    for (std::size_t skipped = 0; i < lines_.size() && skipped < 4; ++i, ++skipped)
      if (!trimmed(content(i)).empty()) break;
    return i;
  }

  std::string_view content(std::size_t i) const {
    std::string_view const line = desk::beginning_of(lines_[i].whole, longest_forward_line);
    return is_quoted(line) ? without_quote(line) : line;
  }

  // A header block: From and one more field at least. Bare ones must look like mail: From, and a date and
  // either of the others.
  bool read_block(std::size_t i, bool announced) {
    found_ = {};
    bool from = false, date = false;
    std::size_t others = 0, last = i, lines = 0;
    Label before = Label::none;
    quoted_ = i < lines_.size() && is_quoted(lines_[i].whole);
    for (; i < lines_.size() && lines < most_header_lines; ++i, ++lines) {
      if (is_quoted(lines_[i].whole) != quoted_) break;
      std::string_view const line = content(i);
      Labelled const field = labelled(line);
      bool const blank = trimmed(line).empty() || trimmed(line) == "|";
      if (blank && !(from && goes_on(i))) break;
      if (blank) continue;
      if (field.label == Label::none) {
        if (!continues(before, line)) break;
        last = i;
        continue;
      }
      if (field.label == Label::from && from) break;
      take(field);
      from = from || (field.label == Label::from && named());
      date = date || field.label == Label::sent;
      others += field.label == Label::to || field.label == Label::subject ? 1 : 0;
      foreign_ = field.label == Label::from ? field.word != "fra" : foreign_;
      before = field.label;
      last = i;
    }
    begins_ = last + 1;
    if (!from || (prefix_ == Prefix::northern && !announced && foreign_)) return false;
    return announced ? date || others > 0 : date && others > 0;
  }

  bool named() const { return !found_.author.address.empty() || !found_.author.name.empty(); }

  // Some clients put an empty line between the fields.
  bool goes_on(std::size_t i) const {
    return i + 1 < lines_.size() && is_quoted(lines_[i + 1].whole) == quoted_ &&
           labelled(content(i + 1)).label != Label::none;
  }

  // A list of recipients or a subject that went on to the next line.
  bool continues(Label before, std::string_view line) {
    if (before == Label::to || before == Label::copy) {
      if (!holds(line, "@") && !line.ends_with(';')) return false;
      auto& list = before == Label::to ? found_.to : found_.cc;
      for (desk::Address& one : people_in(line)) list.push_back(std::move(one));
      return true;
    }
    if (before == Label::subject && is_blank(line.front())) {
      (found_.subject += ' ') += std::string{trimmed(line)};
      return true;
    }
    return false;
  }

  void take(Labelled const& field) {
    switch (field.label) {
      case Label::from:
        if (auto people = people_in(field.value); !people.empty()) found_.author = std::move(people.front());
        break;
      case Label::sent:
        found_.date = read_local_date(field.value);
        break;
      case Label::to:
        found_.to = people_in(field.value);
        break;
      case Label::copy:
        found_.cc = people_in(field.value);
        break;
      case Label::subject:
        found_.subject = std::string{field.value};
        break;
      default:
        break;
    }
  }

  desk::Forwarded finish(std::size_t first) {
    std::string_view const rest = text_.substr(lines_[begins_ - 1].end);
    found_.text = quoted_ ? without_quotes(rest) : std::string{rest};
    auto const words = found_.text.find_first_not_of("\n \t");
    found_.text.erase(0,
                      words == std::string::npos ? found_.text.size() : found_.text.rfind('\n', words) + 1);
    found_.reply = reply_of_text(what_people_type(found_.text));
    std::string_view const above = text_.substr(0, lines_[first].begin);
    found_.note = reply_of_text(stripped(above, " \n\t_-"));
    return std::move(found_);
  }

  // Apple Mail quotes what it forwards.
  static std::string without_quotes(std::string_view rest) {
    std::string out;
    while (!rest.empty()) {
      std::string_view const line = take_line(rest);
      (out += is_quoted(line) ? without_quote(line) : line) += '\n';
    }
    return out;
  }

  std::string_view text_;
  Prefix prefix_;
  std::vector<ForwardLine> lines_;
  desk::Forwarded found_;
  std::size_t begins_ = 0;  // the first line of the forwarded mail's own text
  bool quoted_ = false, foreign_ = false;
};

}  // namespace

std::string_view what_people_type(std::string_view text) {
  constexpr std::size_t longest = 512UL * 1024;
  if (text.size() <= longest) return text;
  std::size_t const end = text.rfind('\n', longest);
  if (end == std::string_view::npos || end < longest / 2) return desk::beginning_of(text, longest);
  return text.substr(0, end);
}

bool says_forward(std::string_view subject) {
  Prefix const prefix = first_prefix(subject);
  return prefix == Prefix::forward || prefix == Prefix::northern;
}

std::optional<desk::Forwarded> forwarded_in_text(std::string_view text, std::string_view subject) {
  return Finder(text, subject).find();
}

}  // namespace spoc::parser
