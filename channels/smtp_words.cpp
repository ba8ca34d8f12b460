// SPDX-License-Identifier: GPL-3.0-or-later
// Spelling for SMTP. Bare CR and LF never leave us: they are how mails are smuggled past a server.
#include "channels/smtp_words.hpp"

#include <algorithm>
#include <cctype>

namespace spoc::channels {

namespace {

constexpr std::size_t reply_limit = 64 * 1024;
constexpr std::size_t words_limit = 500;

bool digits(std::string_view text) {
  return !text.empty() && text.size() <= 3 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

// "5.1.1 " at the start of a line of text.
std::string_view enhanced_code(std::string_view text) {
  auto const word = text.substr(0, text.find(' '));
  auto const first = word.find('.');
  auto const second = first == std::string_view::npos ? first : word.find('.', first + 1);
  if (second == std::string_view::npos || first != 1 ||
      std::string_view("245").find(word[0]) == std::string_view::npos)
    return {};
  return digits(word.substr(2, second - 2)) && digits(word.substr(second + 1)) ? word : std::string_view{};
}

// A line of a reply: "250-..." or "250 ..." or "250".
bool fits(std::string_view line, int code) {
  if (line.size() < 3 || !digits(line.substr(0, 3)) || line[0] < '1' || line[0] > '5') return false;
  if (line.size() > 3 && line[3] != ' ' && line[3] != '-') return false;
  return code == 0 || line.substr(0, 3) == std::to_string(code);
}

void add_line(SmtpReply& reply, std::string_view text) {
  if (!reply.raw.empty()) reply.raw += '\n';
  reply.raw += text;
  auto const enhanced = enhanced_code(text);
  if (!enhanced.empty()) {
    if (reply.enhanced.empty()) reply.enhanced = enhanced;
    text.remove_prefix(std::min(text.size(), enhanced.size() + 1));
  }
  if (!reply.words.empty() && !text.empty()) reply.words += ' ';
  for (unsigned char const c : text.substr(0, words_limit - std::min(words_limit, reply.words.size())))
    reply.words += c < 0x20 || c == 0x7F ? ' ' : static_cast<char>(c);
}

}  // namespace

Result<std::optional<SmtpReply>> SmtpReader::next() {
  SmtpReply reply;
  for (std::size_t at = 0;;) {
    auto const end = buffer_.find('\n', at);
    if (end == std::string::npos) {
      if (buffer_.size() > reply_limit) return Error{Kind::unreadable, "the SMTP server's reply has no end"};
      return std::optional<SmtpReply>{};
    }
    std::string_view line(buffer_.data() + at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!fits(line, reply.code))
      return Error{Kind::unreadable,
                   "the SMTP server's reply is garbled: " + std::string(line.substr(0, 80))};
    reply.code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    add_line(reply, line.substr(std::min<std::size_t>(4, line.size())));
    at = end + 1;
    if (line.size() > 3 && line[3] == '-') continue;
    buffer_.erase(0, at);
    return std::optional<SmtpReply>(std::move(reply));
  }
}

std::string address_fault(std::string_view address) {
  if (address.empty()) return "an empty address";
  if (address.size() > 320) return "an address that is too long";
  for (unsigned char const c : address)
    if (c <= 0x20 || c == 0x7F || c == '<' || c == '>')
      return "a blank, an angle bracket or a control character in an address";
  return {};
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x80; });
}

std::string xtext(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (unsigned char const c : text) {
    if (c > 0x20 && c < 0x7F && c != '+' && c != '=')
      out += static_cast<char>(c);
    else
      out.append({'+', hex[c >> 4], hex[c & 15]});
  }
  return out;
}

std::string wire_form(std::string_view mail) {
  std::string out;
  out.reserve(mail.size() + mail.size() / 32 + 8);
  std::size_t lone = mail.find('\r');  // the next CR, which may stand alone
  for (std::size_t at = 0; at < mail.size();) {
    if (lone < at) lone = mail.find('\r', at);
    auto const end = std::min({mail.find('\n', at), lone, mail.size()});
    if (mail[at] == '.') out += '.';
    out.append(mail, at, end - at).append("\r\n");
    at = end + (mail.substr(end, 2) == "\r\n" ? 2 : 1);
  }
  out += ".\r\n";
  return out;
}

}  // namespace spoc::channels
