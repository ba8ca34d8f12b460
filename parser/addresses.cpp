// SPDX-License-Identifier: GPL-3.0-or-later
// Address lists (RFC 5322 3.4 and 4.4), read in one pass, with what the world writes instead.
#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/header.hpp"
#include "parser/words.hpp"

#include <utility>

namespace spoc::parser {
namespace {

constexpr std::size_t most_addresses = 10'000;

std::string joined_blanks(std::string_view text) {
  std::string out;
  for (char c : trimmed(text))
    if (!is_blank(c) || (!out.empty() && out.back() != ' ')) out += is_blank(c) ? ' ' : c;
  return out;
}

// Quotes round a whole display name that came out of encoded words: =?utf-8?Q?"Doe,_J"?=
std::string display_name(std::string_view raw) {
  std::string name = joined_blanks(decode_words(raw));
  for (char quote : {'"', '\''})
    if (name.size() > 2 && name.front() == quote && name.back() == quote)
      name = name.substr(1, name.size() - 2);
  return std::string{trimmed(name)};
}

// RFC 5322 4.4: a route "@a,@b:" may stand before an address; blanks and brackets are damage.
std::string addr_spec(std::string_view raw) {
  std::string decoded = decode_words(raw);
  std::string_view text = trimmed(decoded);
  if (text.starts_with('@')) {
    auto const colon = text.find(':');
    if (colon != std::string_view::npos) text.remove_prefix(colon + 1);
  }
  if (begins_with(text, "mailto:")) text.remove_prefix(7);
  std::string out;
  bool quoted = false;
  int depth = 0;  // of comments: "jdoe@machine(comment).example" (RFC 5322 A.6.3)
  for (char c : text) {
    if (c == '"') quoted = !quoted;
    if (!quoted && c == '(') ++depth;
    if (depth == 0 && (quoted || (!is_blank(c) && c != '<' && c != '>'))) out += c;
    if (!quoted && c == ')' && depth > 0) --depth;
  }
  if (out.size() > 1 && out.front() == '\'' && out.back() == '\'') out = out.substr(1, out.size() - 2);
  return out;
}

class AddressReader {
 public:
  AddressReader(std::string_view value, bool one_each) : value_(value), one_each_(one_each) {}

  std::vector<desk::Address> read() {
    while (at_ < value_.size() && out_.size() < most_addresses) step();
    flush(true);
    return std::move(out_);
  }

 private:
  void step() {
    switch (char const c = value_[at_]; c) {
      case '"':
        return read_quoted();
      case '(':
        return read_comment();
      case '<':
        return read_angle();
      case ',':
        ++at_;
        return flush(false);
      case ';':
        ++at_;
        return flush(true);
      case ':':
        return read_colon();
      default:
        return read_plain(c);
    }
  }

  std::string& words() { return has_angle_ ? after_angle_ : phrase_; }

  // An encoded word is taken whole: bad ones hold raw commas and brackets.
  void read_plain(char c) {
    if (c == '=' && at_ + 1 < value_.size() && value_[at_ + 1] == '?' && misses_ < 50) {
      if (auto const word = encoded_word_at(value_, at_)) {
        words() += value_.substr(at_, word->length);
        at_ += word->length;
        return;
      }
      ++misses_;
    }
    words() += c;
    ++at_;
  }

  void read_quoted() {
    if (quotes_end_) return read_plain('"');
    std::string text;
    std::size_t at = at_ + 1;
    for (; at < value_.size() && value_[at] != '"'; ++at) {
      if (value_[at] == '\\' && at + 1 < value_.size()) ++at;
      text += value_[at];
    }
    quotes_end_ =
        at >= value_.size();  // never closed: this quote and all later ones are letters like any other
    if (quotes_end_) return read_plain('"');
    at_ = at + 1;
    // A quoted local part stays as it is ("john doe"@example.org); a quoted name loses its quotes.
    bool const local_part = at_ < value_.size() && value_[at_] == '@';
    if (local_part)
      words() += '"' + text + '"';
    else
      words() += text;
    quoted_ = quoted_ || !local_part;
    has_quoted_at_ = has_quoted_at_ || (!local_part && holds(text, "@"));
  }

  void read_comment() {
    int depth = 0;
    std::string text;
    std::size_t at = at_;
    for (; at < value_.size(); ++at) {
      if (value_[at] == '\\' && at + 1 < value_.size()) {
        text += value_[++at];
        continue;
      }
      if (value_[at] == '(' && ++depth == 1) continue;
      if (value_[at] == ')' && --depth == 0) break;
      text += value_[at];
    }
    at_ = at + 1;
    if (comment_.empty()) comment_ = std::move(text);
  }

  void read_angle() {
    auto const close = value_.find_first_of(">,;", at_ + 1);
    std::string_view inside =
        value_.substr(at_ + 1, close == std::string_view::npos ? close : close - at_ - 1);
    if (close != std::string_view::npos && value_[close] != '>' && inside.starts_with('@'))
      return read_route();
    at_ = close == std::string_view::npos ? value_.size() : close + (value_[close] == '>' ? 1U : 0U);
    while (at_ < value_.size() && value_[at_] == '>') ++at_;  // "<<a@example.org>>"
    while (!inside.empty() && inside.front() == '<') inside.remove_prefix(1);
    take_angle(inside);
  }

  // "Ann <a@example.org> Bo <b@example.org>": the comma is missing.
  void take_angle(std::string_view inside) {
    std::string found = addr_spec(inside);
    if (has_angle_ && holds(angle_, "@")) {
      if (one_each_ || !holds(found, "@")) return;
      std::string next = std::exchange(after_angle_, {});
      flush(false);
      phrase_ = std::move(next);
    }
    angle_ = std::move(found);
    has_angle_ = true;
  }

  void read_route() {
    auto const close = value_.find('>', at_ + 1);
    std::size_t const end = close == std::string_view::npos ? value_.size() : close;
    angle_ = addr_spec(value_.substr(at_ + 1, end - at_ - 1));
    has_angle_ = true;
    at_ = end + 1;
  }

  // "group:" opens a group, unless the phrase is part of an address already.
  void read_colon() {
    ++at_;
    if (same_letters(trimmed(phrase_), "mailto") || (!holds(phrase_, "@") && !has_angle_)) {
      phrase_.clear();
      quoted_ = has_quoted_at_ = false;
    } else {
      phrase_ += ':';
    }
  }

  // certain: a piece without any address stands alone, it is not the first half of "Doe, John
  // <j@example.org>".
  void flush(bool certain) {
    if (trimmed(phrase_).empty()) phrase_ = std::move(after_angle_);  // "<a@example.org> Ann"
    std::string const name = comment_.empty() || !trimmed(phrase_).empty() ? phrase_ : comment_;
    bool const bare = !has_angle_ && holds(phrase_, "@") && !(quoted_ && has_quoted_at_);
    if (has_angle_) {
      std::string const before = pending_.empty() ? "" : pending_ + ", ";
      add(display_name(before + name), angle_);
    } else if (bare) {
      flush_pending();
      add_bare();
    } else if (!trimmed(phrase_).empty()) {
      (pending_ += pending_.empty() ? "" : ", ") += std::string{trimmed(phrase_)};
    }
    if (certain || has_angle_) {
      if (!has_angle_) flush_pending();
      pending_.clear();
    }
    phrase_.clear();
    after_angle_.clear();
    comment_.clear();
    angle_.clear();
    quoted_ = has_quoted_at_ = has_angle_ = false;
  }

  // Words without an address: a lone word is a local name ("MAILER-DAEMON"), encoded words may hide an
  // address.
  void flush_pending() {
    std::string const text = std::exchange(pending_, {});
    std::string const decoded = decode_words(text);
    auto const open = decoded.rfind('<');
    auto const close = decoded.rfind('>');
    if (trimmed(decoded).empty()) return;
    if (open != std::string::npos && close != std::string::npos && close > open && holds(decoded, "@")) {
      add(display_name(decoded.substr(0, open)), addr_spec(decoded.substr(open + 1, close - open - 1)));
    } else if (decoded.find_first_of(" ,") == std::string::npos) {
      add("", addr_spec(decoded));
    } else {
      add(display_name(text), "");
    }
  }

  // "john@example.org", "John john@example.org", "a@example.org b@example.org"
  void add_bare() {
    std::string words;
    std::string_view rest = phrase_;
    while (!rest.empty()) {
      auto const end = local_end(rest);
      std::string_view const word = trimmed(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (holds(word, "@") && word.starts_with("=?")) {
        pending_ = std::string{word};  // name and address in one encoded word
        flush_pending();
      } else if (holds(word, "@")) {
        add(display_name(words.empty() ? comment_ : words), addr_spec(word));
        if (one_each_) return;
        words.clear();
      } else if (!word.empty()) {
        (words += words.empty() ? "" : " ") += word;
      }
    }
  }

  static std::size_t local_end(std::string_view rest) {
    bool quoted = false;
    std::size_t at = 0;
    for (; at < rest.size(); ++at) {
      if (rest[at] == '"') quoted = !quoted;
      if (!quoted && is_blank(rest[at])) break;
    }
    return at;
  }

  void add(std::string name, std::string address) {
    if (name.empty() && address.empty()) return;
    if (name == address) name.clear();
    out_.push_back({std::move(name), std::move(address)});
  }

  std::string_view value_;
  bool one_each_;
  std::size_t at_ = 0;
  std::size_t misses_ = 0;
  std::string phrase_, after_angle_, comment_, angle_, pending_;
  bool quotes_end_ = false;
  bool quoted_ = false, has_quoted_at_ = false, has_angle_ = false;
  std::vector<desk::Address> out_;
};

}  // namespace

std::vector<desk::Address> read_addresses(std::string_view value) {
  return AddressReader(value, false).read();
}

std::vector<desk::Address> read_authors(std::string_view value) { return AddressReader(value, true).read(); }

}  // namespace spoc::parser
