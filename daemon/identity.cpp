// SPDX-License-Identifier: GPL-3.0-or-later
// Reads and checks what an intranet signs about a visitor (RFC 7515, 7519).
#include "daemon/identity.hpp"

#include "desk/token.hpp"
#include "parser/digest.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <boost/json.hpp>

#include <array>
#include <charconv>
#include <memory>
#include <optional>
#include <vector>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

/// Two machines' clocks differ.
constexpr auto leeway = std::chrono::seconds{60};

Error denied(std::string why) { return {Kind::denied, "signed visitor: " + std::move(why)}; }

/// RFC 7515 2: base64url without padding; nothing for any other sign.
std::optional<std::string> from_base64url(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  int held = 0;
  for (char const c : text) {
    unsigned value = 0;
    if (c >= 'A' && c <= 'Z')
      value = static_cast<unsigned>(c - 'A');
    else if (c >= 'a' && c <= 'z')
      value = static_cast<unsigned>(c - 'a' + 26);
    else if (c >= '0' && c <= '9')
      value = static_cast<unsigned>(c - '0' + 52);
    else if (c == '-' || c == '_')
      value = c == '-' ? 62U : 63U;
    else
      return std::nullopt;
    bits = bits << 6U | value;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out += static_cast<char>(bits >> static_cast<unsigned>(held) & 0xFFU);
  }
  return out;
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (char const c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    out.append({digits[byte >> 4U], digits[byte & 15U]});
  }
  return out;
}

bool holds_rsa(std::string const& pem, std::string_view text, std::string_view signature) {
  std::unique_ptr<BIO, decltype(&BIO_free)> const in{
      BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), BIO_free};
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key{
      PEM_read_bio_PUBKEY(in.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_RSA) return false;
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const work{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  auto const bytes = [](std::string_view from) {
    return reinterpret_cast<unsigned char const*>(from.data());
  };
  return EVP_DigestVerifyInit(work.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(work.get(), bytes(signature), signature.size(), bytes(text), text.size()) == 1;
}

std::optional<json::object> object_in(std::string_view part) {
  auto const text = from_base64url(part);
  if (!text) return std::nullopt;
  boost::system::error_code fault;
  json::value value = json::parse(*text, fault);
  if (fault || !value.is_object()) return std::nullopt;
  return std::move(value.get_object());
}

std::string word(json::object const& claims, std::string_view key) {
  json::value const* value = claims.if_contains(key);
  return value != nullptr && value->is_string() ? std::string{value->get_string()} : std::string{};
}

/// RFC 7519 2, NumericDate: seconds, perhaps with a fraction.
std::optional<desk::Time> moment(json::object const& claims, std::string_view key) {
  json::value const* value = claims.if_contains(key);
  if (value == nullptr || !value->is_number()) return std::nullopt;
  double const seconds = value->is_double() ? value->get_double() : value->to_number<double>();
  if (!(seconds >= 0 && seconds < 1e11)) return std::nullopt;
  return desk::Time{std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)}};
}

bool is_for(json::object const& claims, std::string const& audience) {
  if (audience.empty()) return true;
  json::value const* value = claims.if_contains("aud");
  if (value == nullptr) return false;
  if (value->is_string()) return std::string_view{value->get_string()} == audience;
  if (!value->is_array()) return false;
  for (json::value const& one : value->get_array())
    if (one.is_string() && std::string_view{one.get_string()} == audience) return true;
  return false;
}

Result<Visitor> visitor_of(json::object const& claims, Identity const& identity, desk::Time now) {
  auto const expires = moment(claims, "exp");
  auto const begins = moment(claims, "nbf");
  if (!expires) return denied("\"exp\" is missing; a word that never ends is not taken");
  if (now > *expires + leeway) return denied("it is over since " + desk::iso(*expires));
  if (begins && now + leeway < *begins) return denied("it begins at " + desk::iso(*begins));
  if (!is_for(claims, identity.audience))
    return denied("\"aud\" does not name \"" + identity.audience + "\"");
  Visitor visitor{word(claims, "sub"), {word(claims, "name"), desk::normal(word(claims, "email"))}};
  if (visitor.user.empty() || visitor.user.size() > 200) return denied("\"sub\" is missing or too long");
  return visitor;
}

Result<Visitor> read_jwt(std::string_view token, Identity const& identity, desk::Time now) {
  auto const first = token.find('.');
  auto const last = token.rfind('.');
  if (first == std::string_view::npos || last == first) return denied("it is no JWT of three parts");
  auto const head = object_in(token.substr(0, first));
  auto const claims = object_in(token.substr(first + 1, last - first - 1));
  auto const signature = from_base64url(token.substr(last + 1));
  if (!head || !claims || !signature) return denied("its parts are no JSON objects in base64url");
  // RFC 8725 3.1: the configuration says which algorithm, never the token.
  bool const rsa = identity.way == Identity::Way::rs256;
  if (word(*head, "alg") != (rsa ? "RS256" : "HS256")) return denied("another algorithm than configured");
  std::string_view const text = token.substr(0, last);
  bool const holds = rsa ? holds_rsa(identity.key, text, *signature)
                         : desk::equal_in_constant_time(parser::hmac_sha256(identity.key, text), *signature);
  if (!holds) return denied("the signature does not hold");
  return visitor_of(*claims, identity, now);
}

Result<Visitor> read_hmac(std::string_view token, Identity const& identity, desk::Time now) {
  auto const last = token.rfind('.');
  if (last == std::string_view::npos) return denied("it is not USER.EXPIRES.HEX");
  std::string_view const text = token.substr(0, last);
  if (!desk::equal_in_constant_time(hex(parser::hmac_sha256(identity.key, text)), token.substr(last + 1)))
    return denied("the signature does not hold");
  auto const dot = text.rfind('.');
  std::int64_t seconds = 0;
  if (dot == std::string_view::npos ||
      std::from_chars(text.data() + dot + 1, text.data() + text.size(), seconds).ptr !=
          text.data() + text.size())
    return denied("it is not USER.EXPIRES.HEX");
  std::string const user{text.substr(0, dot)};
  json::object claims{{"sub", user}, {"exp", seconds}};
  if (user.find('@') != std::string::npos) claims["email"] = user;
  Identity without_audience = identity;
  without_audience.audience.clear();
  return visitor_of(claims, without_audience, now);
}

}  // namespace

Result<Visitor> read_identity(std::string_view token, Identity const& identity, desk::Time now) {
  if (identity.way == Identity::Way::none) return denied("no way to sign is configured");
  return identity.way == Identity::Way::hmac ? read_hmac(token, identity, now)
                                             : read_jwt(token, identity, now);
}

}  // namespace spoc::daemon
