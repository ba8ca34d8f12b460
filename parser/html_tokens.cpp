// SPDX-License-Identifier: GPL-3.0-or-later
// The tokeniser: each byte is looked at a bounded number of times.
#include "parser/html_tokens.hpp"

#include "parser/ascii.hpp"
#include "parser/html_entities.hpp"

#include <algorithm>
#include <array>

namespace spoc::parser {
namespace {

constexpr std::size_t most_attributes = 100;
constexpr std::size_t longest_tag_name = 64;
constexpr std::size_t longest_tag_address = 320;

constexpr std::array<std::string_view, 9> raw_elements = {"script", "style",   "title",    "textarea", "xmp",
                                                          "iframe", "noembed", "noframes", "plaintext"};

bool ends_name(char c) { return is_html_space(c) || c == '/' || c == '>'; }

bool same_name(std::string_view text, std::string_view lower_name) {
  if (text.size() < lower_name.size()) return false;
  for (std::size_t i = 0; i < lower_name.size(); ++i)
    if (lower(text[i]) != lower_name[i]) return false;
  return true;
}

}  // namespace

std::string const* HtmlToken::find(std::string_view attribute) const {
  for (HtmlAttribute const& each : attributes)
    if (each.name == attribute) return &each.value;
  return nullptr;
}

bool HtmlTokens::next(HtmlToken& token) {
  token.name.clear();
  token.text.clear();
  token.attributes.clear();
  token.self_closing = false;
  token.foreign = foreign_.inside();
  if (!raw_.empty()) return read_raw(token);
  while (at_ < html_.size()) {
    bool const found = html_[at_] == '<' ? read_markup(token) : read_text(token, html_.find('<', at_ + 1));
    if (found) return true;
  }
  return false;
}

bool HtmlTokens::read_raw(HtmlToken& token) {
  std::size_t end = html_.size();
  if (raw_ == "script")
    end = find_end_of_script(at_);
  else if (raw_ != "plaintext")
    end = find_end_tag(raw_, at_);
  token.kind = HtmlToken::Kind::raw;
  token.name = std::move(raw_);
  raw_.clear();
  token.text = html_.substr(at_, end - at_);
  if (token.name == "title" || token.name == "textarea") token.text = decode_entities(token.text, Spot::text);
  if (!foreign_.shows_text()) token.text.clear();
  at_ = end;
  return true;
}

bool HtmlTokens::read_text(HtmlToken& token, std::size_t end) {
  end = std::min(end, html_.size());
  std::string_view const words = html_.substr(at_, end - at_);
  at_ = end;
  if (!foreign_.shows_text()) return false;
  token.kind = HtmlToken::Kind::text;
  token.text = decode_entities(words, Spot::text);
  std::erase(token.text, '\0');
  return true;
}

// True if there is a token; else markup that shows nothing was skipped.
bool HtmlTokens::read_markup(HtmlToken& token) {
  char const next = at_ + 1 < html_.size() ? html_[at_ + 1] : '\0';
  if (is_letter(next)) {
    if (std::size_t const end = address_end()) return read_text(token, end);
    token.kind = HtmlToken::Kind::open;
    return read_tag(token, at_ + 1);
  }
  if (next == '/' && at_ + 2 < html_.size()) {
    if (is_letter(html_[at_ + 2])) {
      token.kind = HtmlToken::Kind::close;
      return read_tag(token, at_ + 2);
    }
    at_ = std::min(html_.find('>', at_), html_.size() - 1) + 1;
    return false;
  }
  if (foreign_.inside() && html_.substr(at_).starts_with("<![CDATA[")) return read_cdata(token);
  if (next == '!' || next == '?') {
    skip_comment();
    return false;
  }
  return read_text(token, html_.find('<', at_ + 1));
}

bool HtmlTokens::read_cdata(HtmlToken& token) {
  std::size_t const start = at_ + 9;
  std::size_t const end = std::min(html_.find("]]>", start), html_.size());
  at_ = std::min(end + 3, html_.size());
  if (!foreign_.shows_text()) return false;
  token.kind = HtmlToken::Kind::text;
  token.text = html_.substr(start, end - start);
  std::erase(token.text, '\0');
  return true;
}

// Behind "<kari@example.org>" or "<https://example.org/x>" if that begins here, else 0.
std::size_t HtmlTokens::address_end() const {
  std::string_view const rest = html_.substr(at_ + 1, longest_tag_address);
  std::size_t const end = rest.find_first_of(" \t\r\n\"'<>=&;");
  if (end == std::string_view::npos || rest[end] != '>') return 0;
  std::string_view const words = rest.substr(0, end);
  std::size_t const at = words.find('@');
  bool const mail = at != std::string_view::npos && at + 1 < words.size() &&
                    words.find('.', at) != std::string_view::npos &&
                    words.find('/') == std::string_view::npos &&
                    words.find('@', at + 1) == std::string_view::npos;
  bool const link = words.starts_with("http://") || words.starts_with("https://");
  return mail || link ? at_ + end + 2 : 0;
}

void HtmlTokens::skip_comment() {
  std::string_view const rest = html_.substr(at_);
  std::size_t end = std::string_view::npos;
  if (!rest.starts_with("<!--")) {
    end = rest.find('>');
    at_ = end == std::string_view::npos ? html_.size() : at_ + end + 1;
    return;
  }
  // 13.2.5.43 and on: "<!-->" and "<!--->" are whole comments, "--!>" ends one as "-->" does.
  if (rest.substr(4).starts_with(">") || rest.substr(4).starts_with("->")) {
    at_ += rest.find('>') + 1;
    return;
  }
  for (std::size_t i = rest.find("--", 4); i != std::string_view::npos; i = rest.find("--", i + 1)) {
    std::string_view const tail = rest.substr(i + 2, 2);
    if (tail.starts_with('>')) end = i + 3;
    if (tail == "!>") end = i + 4;
    if (end != std::string_view::npos) break;
  }
  at_ = end == std::string_view::npos ? html_.size() : at_ + end;
}

bool HtmlTokens::read_tag(HtmlToken& token, std::size_t name_at) {
  std::size_t at = name_at;
  while (at < html_.size() && !ends_name(html_[at])) ++at;
  token.name = lowered(html_.substr(name_at, std::min(at - name_at, longest_tag_name)));
  while (at < html_.size() && html_[at] != '>') {
    token.self_closing = html_[at] == '/';
    if (is_html_space(html_[at]) || html_[at] == '/')
      ++at;
    else
      read_attribute(token, at);
  }
  if (at >= html_.size()) {  // "<b title=x" and then nothing: browsers show nothing
    at_ = html_.size();
    return false;
  }
  at_ = at + 1;
  if (token.kind == HtmlToken::Kind::close) {
    token.foreign = foreign_.close(token.name);
    return true;
  }
  token.foreign = foreign_.open(token);
  if (token.foreign) return true;
  if (token.name == "image") token.name = "img";  // 13.2.6.4.7: "Don't ask."
  if (std::find(raw_elements.begin(), raw_elements.end(), token.name) != raw_elements.end())
    raw_ = token.name;
  return true;
}

void HtmlTokens::read_attribute(HtmlToken& token, std::size_t& at) const {
  std::size_t const name_at = at++;  // 13.2.5.32: a leading "=" belongs to the name
  while (at < html_.size() && !ends_name(html_[at]) && html_[at] != '=') ++at;
  std::string_view const name = html_.substr(name_at, at - name_at);
  std::size_t after = at;
  while (after < html_.size() && is_html_space(html_[after])) ++after;
  std::string_view value;
  if (after < html_.size() && html_[after] == '=') {
    at = after + 1;
    while (at < html_.size() && is_html_space(html_[at])) ++at;
    char const quote = at < html_.size() ? html_[at] : '\0';
    if (quote == '"' || quote == '\'') {
      std::size_t const end = std::min(html_.find(quote, at + 1), html_.size());
      value = html_.substr(at + 1, end - at - 1);
      at = std::min(end + 1, html_.size());
    } else {
      std::size_t const start = at;
      while (at < html_.size() && !is_html_space(html_[at]) && html_[at] != '>') ++at;
      value = html_.substr(start, at - start);
    }
  }
  if (token.attributes.size() >= most_attributes) return;
  std::string key = lowered(name);
  if (token.find(key)) return;
  token.attributes.push_back({std::move(key), decode_entities(value, Spot::attribute)});
}

// Where "</name" begins, or the end of all.
std::size_t HtmlTokens::find_end_tag(std::string_view name, std::size_t from) const {
  for (std::size_t i = html_.find("</", from); i != std::string_view::npos; i = html_.find("</", i + 2)) {
    std::size_t const behind = i + 2 + name.size();
    if (same_name(html_.substr(i + 2), name) && behind < html_.size() && ends_name(html_[behind])) return i;
  }
  return html_.size();
}

// 13.2.5.15 to .29: in "<!--" a second "<script" must be ended first. Where that never happens the first end
// tag counts.
std::size_t HtmlTokens::find_end_of_script(std::size_t from) {
  bool escaped = false, twice = false;
  for (std::size_t i = from; i < html_.size() && !plain_scripts_; ++i) {
    std::size_t const next = html_.find_first_of("<-", i);
    if (next == std::string_view::npos) break;
    i = next;
    std::string_view const rest = html_.substr(i);
    auto const is_name = [&rest](std::size_t at) {
      return same_name(rest.substr(at), "script") && at + 6 < rest.size() && ends_name(rest[at + 6]);
    };
    if (rest.starts_with("-->"))
      escaped = twice = false;
    else if (rest.starts_with("<!--"))
      escaped = true;
    else if (escaped && !twice && rest.starts_with('<') && is_name(1))
      twice = true;
    else if (rest.starts_with("</") && is_name(2)) {
      if (!twice) return i;
      twice = false;
    }
  }
  plain_scripts_ = true;
  return find_end_tag("script", from);
}

bool HtmlTokens::skip_to_end_of(std::string_view name) {
  if (std::find(without_end_.begin(), without_end_.end(), name) != without_end_.end()) return false;
  std::size_t const end = find_end_tag(name, at_);
  if (end == html_.size()) {
    without_end_.emplace_back(name);
    return false;
  }
  at_ = std::min(html_.find('>', end), html_.size() - 1) + 1;
  raw_.clear();
  return true;
}

}  // namespace spoc::parser
