// SPDX-License-Identifier: GPL-3.0-or-later
// Which addresses belong to the inside of a house: nobody outside may make us dial them.
#pragma once

struct sockaddr;

namespace spoc::channels {

/// Loopback, private, link-local, shared, multicast, unspecified and reserved ranges (RFC 6890) of IPv4 and
/// IPv6, also where IPv6 only wraps an IPv4 address (mapped, NAT64, 6to4). True for any other family.
bool is_inside(sockaddr const& address);

}  // namespace spoc::channels
