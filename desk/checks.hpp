// SPDX-License-Identifier: GPL-3.0-or-later
// What our own mail server, or our own look at the signature, says of where a mail comes from (RFC 8601).
#pragma once

#include "desk/mail.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// One method's result: "spf=fail reason="..." smtp.mailfrom=a@example.org".
struct MethodResult {
  std::string method, result, reason;             ///< lower case but the reason
  std::map<std::string, std::string> properties;  ///< "header.from" -> "example.org", lower case
  bool operator==(MethodResult const&) const = default;
};

/// One Authentication-Results field, taken apart. Comments are no part of it, whatever they say.
struct AuthenticationResults {
  std::string server;  ///< authserv-id, lower case
  std::vector<MethodResult> methods;
};
AuthenticationResults read_authentication_results(std::string_view field);

/// The fields that may be believed. Ours are those of a configured server; the topmost of them counts, and
/// others only where they stand above that server's own Received field: what stands below may have come in
/// with the mail (RFC 8601 5).
std::vector<AuthenticationResults> believed_results(Mail const& mail,
                                                    std::vector<std::string> const& authserv_ids);

/// One check: "pass", "fail", "softfail", "none"..., and the domain that it speaks of. Empty: nobody said.
struct Check {
  std::string result, domain;
  bool operator==(Check const&) const = default;
};

/// What is known of a mail's origin; kept with its message and shown to agents.
struct Checks {
  std::string by;  ///< the server that said so; "spocd" where only we looked; "" where nobody did
  Check spf, dkim, dmarc;
  bool operator==(Checks const&) const = default;
  bool known() const { return !spf.result.empty() || !dkim.result.empty() || !dmarc.result.empty(); }
  /// The sender is probably not who From says.
  bool failed() const;
};
Checks checks_of(Mail const& mail, std::vector<std::string> const& authserv_ids);

/// "SPF pass, DKIM pass (example.org), DMARC fail": as people read it. "" if nothing is known.
std::string shown(Checks const& checks);
/// The form in which the store keeps it, and back.
std::string as_text(Checks const& checks);
Checks checks_from(std::string_view text);

}  // namespace spoc::desk
