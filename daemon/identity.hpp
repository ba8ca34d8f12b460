// SPDX-License-Identifier: GPL-3.0-or-later
// Who a visitor is, when the intranet that shows the widget signs for them: a JWT, or an HMAC of a user id.
#pragma once

#include "desk/error.hpp"
#include "desk/people.hpp"
#include "desk/time.hpp"

#include <string>
#include <string_view>

namespace spoc::daemon {

/// How the intranet signs.
struct Identity {
  enum class Way {
    none,
    hs256,  ///< JWT (RFC 7519) with HMAC-SHA256
    rs256,  ///< JWT with RSASSA-PKCS1-v1_5 and SHA-256
    hmac,   ///< "USER.EXPIRES.HEX", HEX = HMAC-SHA256(key, "USER.EXPIRES")
  };
  Way way = Way::none;
  std::string key;       ///< the shared secret, or the public key in PEM
  std::string audience;  ///< what "aud" must name; "" for anything
};

struct Visitor {
  std::string user;  ///< "sub"
  desk::Address address;
};

/// Kind::denied says why not: another algorithm, a wrong signature, over, not yet, for somebody else.
Result<Visitor> read_identity(std::string_view token, Identity const& identity, desk::Time now);

}  // namespace spoc::daemon
