// SPDX-License-Identifier: GPL-3.0-or-later
// Cuts answers out of the stream first, then reads each: a literal is skipped by its size, never searched.
#include "channels/imap_lines.hpp"

#include "channels/upper.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <utility>

namespace spoc::channels {

namespace {

Error garbled(std::string const& what) {
  return Error{Kind::unreadable, "the IMAP server's answer is garbled: " + what};
}

bool is_status(std::string_view word) {
  return word == "OK" || word == "NO" || word == "BAD" || word == "BYE" || word == "PREAUTH";
}

std::string_view take_word(std::string_view& rest) {
  auto const end = std::min(rest.find(' '), rest.size());
  auto const word = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return word;
}

// Status answers end in words for people (resp-text), where "{5}" means nothing.
bool may_hold_literals(std::string_view line) {
  auto const tag = take_word(line);
  return tag == "*" && !is_status(upper(take_word(line)));
}

// Reads the tokens of one whole answer.
class Tokens {
 public:
  Tokens(std::string_view bytes, int nesting) : rest_(bytes), nesting_(nesting) {}

  Result<std::vector<ImapToken>> all() {
    std::vector<ImapToken> items;
    while (skip_blanks(), !rest_.empty()) {
      auto token = one(0);
      if (!token) return token.error();
      items.push_back(std::move(*token));
    }
    return items;
  }

 private:
  void skip_blanks() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  Result<ImapToken> one(int depth) {
    switch (rest_.front()) {
      case '(':
        return list(depth);
      case '"':
        return quoted();
      case ')':
        return garbled("a parenthesis too many");
      case '~':
      case '{':
        return literal();
      default:
        return atom();
    }
  }

  Result<ImapToken> list(int depth) {
    if (depth >= nesting_) return garbled("nested too deeply");
    rest_.remove_prefix(1);
    ImapToken token{ImapToken::Kind::list, {}, {}};
    for (;;) {
      skip_blanks();
      if (rest_.empty()) return garbled("an open parenthesis");
      if (rest_.front() == ')') break;
      auto item = one(depth + 1);
      if (!item) return item.error();
      token.items.push_back(std::move(*item));
    }
    rest_.remove_prefix(1);
    return token;
  }

  Result<ImapToken> quoted() {
    ImapToken token{ImapToken::Kind::string, {}, {}};
    for (std::size_t i = 1; i < rest_.size(); ++i) {
      if (rest_[i] == '"') {
        rest_.remove_prefix(i + 1);
        return token;
      }
      if (rest_[i] == '\\' && ++i == rest_.size()) break;
      token.text += rest_[i];
    }
    return garbled("an open quotation mark");
  }

  Result<ImapToken> literal() {
    auto const line_end = rest_.find("\r\n");
    auto const size =
        line_end == std::string_view::npos ? std::nullopt : literal_size(rest_.substr(0, line_end));
    if (!size) return atom();
    rest_.remove_prefix(line_end + 2);
    if (*size > rest_.size()) return garbled("a literal that is too short");
    ImapToken token{ImapToken::Kind::string, std::string(rest_.substr(0, *size)), {}};
    rest_.remove_prefix(*size);
    return token;
  }

  // BODY[HEADER.FIELDS (TO)]<0> is one atom: blanks and parentheses count only outside the brackets.
  Result<ImapToken> atom() {
    int brackets = 0;
    std::size_t end = 0;
    for (; end < rest_.size(); ++end) {
      char const c = rest_[end];
      if (c == '[') ++brackets;
      if (c == ']') brackets = std::max(0, brackets - 1);
      if (brackets == 0 && (c == ' ' || c == '(' || c == ')' || c == '"')) break;
    }
    if (end == 0) return garbled("an empty atom");
    auto const text = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if (upper(text) == "NIL") return ImapToken{ImapToken::Kind::nil, {}, {}};
    return ImapToken{ImapToken::Kind::atom, std::string(text), {}};
  }

  std::string_view rest_;
  int nesting_;
};

void read_status_text(std::string_view rest, ImapAnswer& answer) {
  if (!rest.empty() && rest.front() == '[') {
    auto const end = rest.find(']');
    if (end != std::string_view::npos) {
      answer.code = rest.substr(1, end - 1);
      rest.remove_prefix(end + 1);
      if (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
    }
  }
  answer.text = rest;
}

Result<ImapAnswer> read_answer(std::string_view bytes, ImapLimits const& limits) {
  ImapAnswer answer;
  answer.tag = take_word(bytes);
  if (answer.tag.empty()) return garbled("a line without a tag");
  if (answer.tag == "+") {
    answer.text = bytes;
    return answer;
  }
  auto word = take_word(bytes);
  if (auto const number = whole_number(word); number && *number <= UINT32_MAX) {
    answer.number = static_cast<std::uint32_t>(*number);
    word = take_word(bytes);
  }
  answer.word = upper(word);
  if (is_status(answer.word)) {
    read_status_text(bytes, answer);
    return answer;
  }
  if (answer.tag != "*") return garbled("a tagged line that is neither OK, NO nor BAD");
  auto items = Tokens(bytes, limits.nesting).all();
  if (!items) return items.error();
  answer.items = std::move(*items);
  return answer;
}

}  // namespace

std::optional<std::uint64_t> whole_number(std::string_view text) {
  std::uint64_t number = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (fault != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> literal_size(std::string_view line) {
  if (line.empty() || line.back() != '}') return std::nullopt;
  auto const open = line.rfind('{');
  if (open == std::string_view::npos) return std::nullopt;
  auto digits = line.substr(open + 1, line.size() - open - 2);
  if (!digits.empty() && digits.back() == '+') digits.remove_suffix(1);
  return whole_number(digits);
}

// True once buffer_[0, scanned_) is a whole answer with its CRLF.
Result<bool> ImapReader::find_end() {
  for (;;) {
    if (scanned_ > buffer_.size()) return false;  // within a literal
    auto const from = std::max(scanned_, line_start_);
    auto const end = buffer_.find('\n', from);
    auto const seen = end == std::string::npos ? buffer_.size() : end + 1;
    if (line_bytes_ + (seen - line_start_) > limits_.line) return garbled("a line longer than the limit");
    if (end == std::string::npos) {
      scanned_ = buffer_.size();
      return false;
    }
    if (end == line_start_ || buffer_[end - 1] != '\r') return garbled("a line that does not end in CRLF");
    line_bytes_ += seen - line_start_;
    scanned_ = seen;
    std::string_view const line(buffer_.data() + line_start_, end - 1 - line_start_);
    bool const first = literal_bytes_ == 0 && line_start_ == 0;
    auto const size = first && !may_hold_literals(line) ? std::nullopt : literal_size(line);
    if (!size) return true;
    if (*size > limits_.literal - literal_bytes_) return garbled("a literal larger than the limit");
    literal_bytes_ += *size;
    scanned_ += *size;
    line_start_ = scanned_;
  }
}

Result<std::optional<ImapAnswer>> ImapReader::next() {
  auto const whole = find_end();
  if (!whole) return whole.error();
  if (!*whole) return std::optional<ImapAnswer>{};
  auto answer = read_answer(std::string_view(buffer_).substr(0, scanned_ - 2), limits_);
  buffer_.erase(0, scanned_);
  scanned_ = line_bytes_ = literal_bytes_ = line_start_ = 0;
  if (!answer) return answer.error();
  return std::optional<ImapAnswer>(std::move(*answer));
}

}  // namespace spoc::channels
