// SPDX-License-Identifier: GPL-3.0-or-later
// Percent-decoding, origins and forwarded addresses.
#include "channels/target.hpp"

#include "desk/blanks.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <utility>

namespace spoc::channels {
namespace {

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::optional<std::string> decode(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size()) return std::nullopt;
      int const high = hex(text[i + 1]), low = hex(text[i + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    } else if (c == '+' && plus_is_blank) {
      c = ' ';
    }
    out.push_back(c);
  }
  return out;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

bool climbs(std::string_view path) {
  while (!path.empty()) {
    auto const slash = std::min(path.find('/'), path.size());
    if (path.substr(0, slash) == "..") return true;
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return false;
}

std::optional<std::map<std::string, std::string>> read_query(std::string_view text) {
  std::map<std::string, std::string> query;
  while (!text.empty()) {
    auto const end = std::min(text.find('&'), text.size());
    auto const pair = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (pair.empty()) continue;
    auto const equals = std::min(pair.find('='), pair.size());
    auto name = decode(pair.substr(0, equals), true);
    auto value = decode(pair.substr(std::min(equals + 1, pair.size())), true);
    if (!name || !value || value->find('\0') != std::string::npos) return std::nullopt;
    query.emplace(std::move(*name), std::move(*value));
  }
  return query;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

/// "https://Desk.example.org:443/" -> {"https", "desk.example.org"}: a default port says nothing (RFC 6454
/// 4).
std::pair<std::string, std::string> scheme_and_authority(std::string_view origin) {
  auto text = lower(origin);
  auto const colon = text.find("://");
  if (colon == std::string::npos) return {"", text};
  auto scheme = text.substr(0, colon);
  auto authority = text.substr(colon + 3);
  if (authority.ends_with('/')) authority.pop_back();
  std::string_view const port = scheme == "https" ? ":443" : scheme == "http" ? ":80" : "";
  if (!port.empty() && authority.ends_with(port)) authority.erase(authority.size() - port.size());
  return {scheme, authority};
}

}  // namespace

std::optional<Target> read_target(std::string_view target) {
  if (target == "*") return Target{"*", {}};
  auto const scheme = target.find("://");
  if (!target.starts_with('/')) {
    // Absolute form: RFC 9112 3.2.2 wants servers to take it although only proxies send it.
    if (scheme == std::string_view::npos) return std::nullopt;
    target.remove_prefix(scheme + 3);
    auto const slash = target.find('/');
    target = slash == std::string_view::npos ? std::string_view("/") : target.substr(slash);
  }
  target = target.substr(0, target.find('#'));
  auto const mark = std::min(target.find('?'), target.size());
  auto path = decode(target.substr(0, mark), false);
  auto query = read_query(target.substr(std::min(mark + 1, target.size())));
  if (!path || !query || std::ranges::any_of(*path, is_control) || climbs(*path)) return std::nullopt;
  return Target{std::move(*path), std::move(*query)};
}

bool is_ip_address(std::string const& text) {
  std::array<unsigned char, 16> bytes{};
  return ::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1;
}

std::optional<std::string_view> authority_in(std::string_view url) {
  auto const blank = [](char c) { return c == ' ' || is_control(c); };
  auto const begin = url.find("://");
  if (begin == std::string_view::npos || std::ranges::any_of(url, blank)) return std::nullopt;
  std::string_view const rest = url.substr(begin + 3);
  std::string_view const authority = rest.substr(0, rest.find_first_of("/?#"));
  if (authority.empty() || authority.find('@') != std::string_view::npos) return std::nullopt;
  return authority;
}

std::string percent_encoded(std::string_view text, bool keep_slashes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (char const c : text) {
    auto const byte = static_cast<unsigned char>(c);
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '-' || c == '_' || (c == '/' && keep_slashes);
    if (plain)
      out += c;
    else
      (out += '%').append({digits[byte >> 4U], digits[byte & 0xFU]});
  }
  return out;
}

bool may_chat(std::string_view origin, std::string_view host, std::vector<std::string> const& origins) {
  if (origin.empty()) return true;
  auto const asking = scheme_and_authority(origin);
  // "null" is what sandboxed frames and files send: the same origin as nobody.
  if (!asking.first.empty()) {
    auto const own = scheme_and_authority(asking.first + "://" + std::string(host));
    if (asking == own) return true;
  }
  return std::ranges::any_of(origins, [&](std::string const& allowed) {
    return allowed == "*" || scheme_and_authority(allowed) == asking;
  });
}

std::string behind_proxies(std::string const& peer, std::string_view forwarded_for,
                           std::vector<std::string> const& proxies) {
  auto const ours = [&](std::string const& address) {
    return std::ranges::find(proxies, address) != proxies.end();
  };
  if (!ours(peer)) return peer;
  // Each proxy appends whom it talked to, so only what stands right of a stranger can be believed.
  while (!forwarded_for.empty()) {
    auto const comma = forwarded_for.rfind(',');
    auto const from = comma == std::string_view::npos ? 0 : comma + 1;
    std::string const entry(desk::trimmed(forwarded_for.substr(from)));
    if (!is_ip_address(entry)) return peer;
    if (!ours(entry)) return entry;
    forwarded_for = forwarded_for.substr(0, from == 0 ? 0 : comma);
  }
  return peer;
}

std::string network_of(std::string const& peer) {
  in6_addr address{};
  if (::inet_pton(AF_INET6, peer.c_str(), &address) != 1) return peer;
  for (std::size_t i = 8; i < 16; ++i) address.s6_addr[i] = 0;
  std::array<char, INET6_ADDRSTRLEN> text{};
  return ::inet_ntop(AF_INET6, &address, text.data(), text.size()) == nullptr ? peer : text.data();
}

}  // namespace spoc::channels
