// SPDX-License-Identifier: GPL-3.0-or-later
// The ranges of RFC 6890.
#include "channels/inside.hpp"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstdint>

namespace spoc::channels {
namespace {

struct Range {
  std::uint32_t first;
  int bits;
};
constexpr std::array ranges{
    Range{0x00000000, 8},   // this network
    Range{0x0a000000, 8},   // private
    Range{0x64400000, 10},  // shared, RFC 6598
    Range{0x7f000000, 8},   // loopback
    Range{0xa9fe0000, 16},  // link-local: clouds answer here with their secrets
    Range{0xac100000, 12},  // private
    Range{0xc0000000, 24},  // IETF protocols
    Range{0xc0000200, 24},  // documentation
    Range{0xc0a80000, 16},  // private
    Range{0xc6120000, 15},  // benchmarks
    Range{0xc6336400, 24},  // documentation
    Range{0xcb007100, 24},  // documentation
    Range{0xe0000000, 3},   // multicast and reserved
};

bool four_is_inside(std::uint32_t address) {
  return std::any_of(ranges.begin(), ranges.end(), [&](Range const& range) {
    return (address ^ range.first) >> static_cast<unsigned>(32 - range.bits) == 0;
  });
}

std::uint32_t four_at(std::uint8_t const* bytes) {
  return std::uint32_t{bytes[0]} << 24U | std::uint32_t{bytes[1]} << 16U | std::uint32_t{bytes[2]} << 8U |
         std::uint32_t{bytes[3]};
}

bool six_is_inside(in6_addr const& address) {
  std::uint8_t const* const bytes = address.s6_addr;
  auto const zeros = [&](int from, int to) {
    return std::all_of(bytes + from, bytes + to, [](std::uint8_t byte) { return byte == 0; });
  };
  // ::ffff:0:0/96, ::/96 with loopback and unspecified among them, 64:ff9b::/96, 2002::/16
  if (zeros(0, 10) && bytes[10] == 0xff && bytes[11] == 0xff) return four_is_inside(four_at(bytes + 12));
  if (zeros(0, 12)) return true;
  if (four_at(bytes) == 0x0064ff9b) return !zeros(4, 12) || four_is_inside(four_at(bytes + 12));
  if (bytes[0] == 0x20 && bytes[1] == 0x02) return four_is_inside(four_at(bytes + 2));
  bool const unique_local = (bytes[0] & 0xfeU) == 0xfc;
  bool const link_local = bytes[0] == 0xfe && (bytes[1] & 0x80U) == 0x80;
  bool const documentation = four_at(bytes) == 0x20010db8;
  return unique_local || link_local || documentation || bytes[0] == 0xff;
}

}  // namespace

bool is_inside(sockaddr const& address) {
  if (address.sa_family == AF_INET)
    return four_is_inside(ntohl(reinterpret_cast<sockaddr_in const&>(address).sin_addr.s_addr));
  if (address.sa_family == AF_INET6)
    return six_is_inside(reinterpret_cast<sockaddr_in6 const&>(address).sin6_addr);
  return true;
}

}  // namespace spoc::channels
