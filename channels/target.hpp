// SPDX-License-Identifier: GPL-3.0-or-later
// What a request line asks for, and whether a page of that origin may ask: pure, fuzzed.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::channels {

struct Target {
  std::string path;                          ///< decoded; begins with "/", or is "*"
  std::map<std::string, std::string> query;  ///< decoded; of equal names the first
  bool operator==(Target const&) const = default;
};

/// Origin form, absolute form or "*" (RFC 9112 3.2). Nothing for a broken escape, a control character, or a
/// path that climbs ("..").
std::optional<Target> read_target(std::string_view target);

/// Whether a page of `origin` (RFC 6454; "" when the client sent none, so no browser) may open a chat on
/// `host` (the Host field): it is the same origin, or listed, or "*" is.
bool may_chat(std::string_view origin, std::string_view host, std::vector<std::string> const& origins);

/// "127.0.0.1" or "::1", without a port or brackets.
bool is_ip_address(std::string const& text);

/// "desk.example.org:8443" of "https://desk.example.org:8443/path". Nothing where there is none, where it
/// says a user too, or where a blank or a control character stands in the address.
std::optional<std::string_view> authority_in(std::string_view url);

/// Letters, digits, ".", "-" and "_" as they are, all else percent-encoded (RFC 3986 2.1, RFC 8187 3.2); "/"
/// stays where `keep_slashes`.
std::string percent_encoded(std::string_view text, bool keep_slashes = false);

/// The client behind our own proxies: the last entry of X-Forwarded-For that is no proxy of ours and is an IP
/// address; `peer` when `peer` itself is no proxy of ours.
std::string behind_proxies(std::string const& peer, std::string_view forwarded_for,
                           std::vector<std::string> const& proxies);

/// Whose an address is: of IPv6 the 64 bits that a household or an office has (RFC 6177), within which one
/// visitor may take a new address for each request; any other text as it is.
std::string network_of(std::string const& peer);

}  // namespace spoc::channels
