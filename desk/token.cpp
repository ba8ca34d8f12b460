// SPDX-License-Identifier: GPL-3.0-or-later
// Minting and checking tokens.
#include "desk/token.hpp"

#include "desk/characters.hpp"
#include "desk/people.hpp"

#include <algorithm>
#include <charconv>

namespace spoc::desk {
namespace {

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
constexpr std::size_t digest_length = 8;      // 40 bits
constexpr std::size_t signature_length = 16;  // 80 bits

std::string base32(std::string_view bytes, std::size_t length) {
  std::string out;
  unsigned bits = 0, held = 0;
  for (unsigned char byte : bytes) {
    bits = (bits << 8U) | byte;
    held += 8;
    while (held >= 5 && out.size() < length) {
      held -= 5;
      out += alphabet[(bits >> held) & 31U];
    }
  }
  return out;
}

bool is_token_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '2' && c <= '7'); }

char letter(Role role) { return role == Role::agent ? 'a' : role == Role::third ? 't' : 'r'; }
Role role_of(char c) { return c == 'a' ? Role::agent : c == 't' ? Role::third : Role::requester; }
char letter(Purpose purpose) {
  return purpose == Purpose::note ? 'n' : purpose == Purpose::digest ? 'd' : 'r';
}
Purpose purpose_of(char c) { return c == 'n' ? Purpose::note : c == 'd' ? Purpose::digest : Purpose::reply; }

std::string signature(std::string_view unsigned_part, Sign const& sign) {
  return base32(sign("token|" + std::string{unsigned_part}), signature_length);
}

/// The length of something shaped like a token at the start of text, 0 if there is none.
std::size_t shaped(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && at < 18 && is_digit(text[at])) ++at;
  if (at == 0) return 0;
  auto const run = [&](std::size_t length) {
    if (at >= text.size() || text[at] != '.') return false;
    ++at;
    for (std::size_t end = at + length; at < end; ++at)
      if (at >= text.size() || !is_token_letter(text[at])) return false;
    return true;
  };
  return run(2) && run(digest_length) && run(signature_length) ? at : 0;
}

std::string small(std::string_view text) {
  std::string out{text};
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

/// `number` is a ticket's or a digest's: the purpose says which.
std::string minted(std::int64_t number, Role role, Purpose purpose, std::string_view address,
                   Sign const& sign) {
  std::string out =
      std::to_string(number) + "." + letter(role) + letter(purpose) + "." + recipient_digest(address, sign);
  return out + "." + signature(out, sign);
}

}  // namespace

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]);
  return difference == 0;
}

std::string recipient_digest(std::string_view address, Sign const& sign) {
  return base32(sign("recipient|" + normal(address)), digest_length);
}

std::string mint(TicketId ticket, Role role, Purpose purpose, std::string_view address, Sign const& sign) {
  return minted(number(ticket), role, purpose, address, sign);
}

std::string mint(DigestId digest, std::string_view address, Sign const& sign) {
  return minted(number(digest), Role::agent, Purpose::digest, address, sign);
}

std::optional<Token> read_token(std::string_view given, Sign const& sign) {
  std::string const text = small(given);
  std::size_t const length = shaped(text);
  if (length == 0 || length != text.size()) return std::nullopt;
  std::size_t const last_dot = length - signature_length - 1;
  if (!equal_in_constant_time(signature(text.substr(0, last_dot), sign), text.substr(last_dot + 1)))
    return std::nullopt;
  std::size_t const first_dot = text.find('.');
  std::int64_t named = 0;
  std::from_chars(text.data(), text.data() + first_dot, named);
  Token token;
  token.role = role_of(text[first_dot + 1]);
  token.purpose = purpose_of(text[first_dot + 2]);
  if (token.purpose == Purpose::digest)
    token.digest = DigestId{named};
  else
    token.ticket = TicketId{named};
  token.recipient = text.substr(first_dot + 4, digest_length);
  return token;
}

bool issued_to(Token const& token, std::string_view address, Sign const& sign) {
  return equal_in_constant_time(token.recipient, recipient_digest(address, sign));
}

std::string with_token(std::string_view address, std::string_view token) {
  std::size_t const at = address.rfind('@');
  if (at == std::string_view::npos) return std::string{address};
  return std::string{address.substr(0, at)} + "+" + std::string{token} + std::string{address.substr(at)};
}

std::vector<Token> tokens_in(std::string_view given, Sign const& sign) {
  std::string const text = small(given);
  std::vector<Token> out;
  for (std::size_t at = 0; at < text.size();) {
    bool const starts = is_digit(text[at]) && (at == 0 || !is_digit(text[at - 1]));
    std::size_t const length = starts ? shaped(std::string_view{text}.substr(at)) : 0;
    if (length == 0) {
      ++at;
      continue;
    }
    auto const token = read_token(std::string_view{text}.substr(at, length), sign);
    if (token && std::find(out.begin(), out.end(), *token) == out.end()) out.push_back(*token);
    at += length;
  }
  return out;
}

std::string mint_message_id(std::string_view token, std::string_view cause, std::string_view domain,
                            Sign const& sign) {
  std::string const unique = base32(sign("unique|" + std::string{token} + "|" + std::string{cause}), 16);
  return "spoc." + std::string{token} + "." + unique + "@" + std::string{domain};
}

}  // namespace spoc::desk
