// SPDX-License-Identifier: GPL-3.0-or-later
// A certificate that is refused for its dates alone: then the clock is the first suspect.
#pragma once

namespace spoc::channels {

/// The words and the remedy, by libcurl's CURLINFO_SSL_VERIFYRESULT; null where the dates are not the reason.
inline char const* remedy_in_time(long verify_result) {
  // X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL, whose word libcurl passes on.
  constexpr long not_yet_valid = 9, has_expired = 10;
  if (verify_result == not_yet_valid)
    return "certificate not trusted, as it is not valid yet by this machine's clock; look at the clock first "
           "(timedatectl), then at the certificate";
  if (verify_result == has_expired)
    return "certificate not trusted, as it has run out by this machine's clock; have it renewed, unless the "
           "clock is ahead (timedatectl)";
  return nullptr;
}

}  // namespace spoc::channels
