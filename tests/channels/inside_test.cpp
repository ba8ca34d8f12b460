// SPDX-License-Identifier: GPL-3.0-or-later
// Addresses of the inside, one of each range and its neighbours outside.
#include "channels/inside.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <string>

namespace spoc::channels {
namespace {

bool judged(std::string const& text) {
  sockaddr_storage storage{};
  auto& address = reinterpret_cast<sockaddr&>(storage);
  if (text.find(':') == std::string::npos) {
    auto& four = reinterpret_cast<sockaddr_in&>(storage);
    four.sin_family = AF_INET;
    EXPECT_EQ(::inet_pton(AF_INET, text.c_str(), &four.sin_addr), 1) << text;
  } else {
    auto& six = reinterpret_cast<sockaddr_in6&>(storage);
    six.sin6_family = AF_INET6;
    EXPECT_EQ(::inet_pton(AF_INET6, text.c_str(), &six.sin6_addr), 1) << text;
  }
  return is_inside(address);
}

TEST(Inside, KnowsTheInside) {
  for (auto const* one : {"0.0.0.0",
                          "10.0.0.1",
                          "10.255.255.255",
                          "100.64.0.1",
                          "100.127.255.255",
                          "127.0.0.1",
                          "127.9.9.9",
                          "169.254.169.254",
                          "172.16.0.1",
                          "172.31.255.255",
                          "192.0.0.8",
                          "192.0.2.1",
                          "192.168.1.1",
                          "198.18.0.1",
                          "198.19.255.255",
                          "198.51.100.7",
                          "203.0.113.7",
                          "224.0.0.1",
                          "240.0.0.1",
                          "255.255.255.255",
                          "::",
                          "::1",
                          "::ffff:127.0.0.1",
                          "::ffff:10.1.2.3",
                          "::127.0.0.1",
                          "64:ff9b::7f00:1",
                          "64:ff9b:1::1",
                          "2002:7f00:1::",
                          "2002:c0a8:101::1",
                          "fc00::1",
                          "fd12:3456::1",
                          "fe80::1",
                          "febf::1",
                          "fec0::1",
                          "ff02::1",
                          "2001:db8::1"})
    EXPECT_TRUE(judged(one)) << one;
}

TEST(Inside, LetsTheRestBe) {
  for (auto const* one :
       {"1.1.1.1",         "9.255.255.255",  "11.0.0.0",         "100.63.255.255",  "100.128.0.0",
        "126.255.255.255", "128.0.0.1",      "169.253.1.1",      "172.15.255.255",  "172.32.0.0",
        "192.0.1.1",       "192.167.1.1",    "192.169.1.1",      "198.17.255.255",  "198.20.0.0",
        "223.255.255.255", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1", "2001:4860::8888",
        "2a00::1"})
    EXPECT_FALSE(judged(one)) << one;
}

TEST(Inside, AnyOtherFamilyIsInside) {
  sockaddr_storage storage{};
  storage.ss_family = AF_UNIX;
  EXPECT_TRUE(is_inside(reinterpret_cast<sockaddr&>(storage)));
}

}  // namespace
}  // namespace spoc::channels
