// SPDX-License-Identifier: GPL-3.0-or-later
// Request targets, origins, forwarded addresses and the token bucket, by tables.
#include "channels/target.hpp"

#include "channels/bucket.hpp"

#include <gtest/gtest.h>

namespace spoc::channels {
namespace {

using Query = std::map<std::string, std::string>;

TEST(Target, IsReadInEveryForm) {
  EXPECT_EQ(read_target("/"), (Target{"/", {}}));
  EXPECT_EQ(read_target("*"), (Target{"*", {}}));
  EXPECT_EQ(read_target("/a%2Fb/%E4%BD%A0?x=1&&y=%26+&z#part"),
            (Target{"/a/b/\xE4\xBD\xA0", Query{{"x", "1"}, {"y", "& "}, {"z", ""}}}));
  EXPECT_EQ(read_target("/a+b"), (Target{"/a+b", {}}));
  EXPECT_EQ(read_target("/?a=b=c"), (Target{"/", Query{{"a", "b=c"}}}));
  EXPECT_EQ(read_target("http://desk.example.org/kb?q=1"), (Target{"/kb", Query{{"q", "1"}}}));
  EXPECT_EQ(read_target("http://desk.example.org"), (Target{"/", {}}));
  EXPECT_EQ(read_target("/..a/b..?to=../x"), (Target{"/..a/b..", Query{{"to", "../x"}}}));
}

TEST(Target, IsRefusedWhenBroken) {
  for (auto const* bad : {"", "kb", "/%", "/%4", "/%g0", "/%0g", "/a%0d%0aSet-Cookie:x", "/%00", "/?a=%00",
                          "/?%4", "/..", "/../etc", "/kb/..", "/kb/%2E%2e/x", "/x%7f"}) {
    EXPECT_EQ(read_target(bad), std::nullopt) << bad;
  }
}

struct Asking {
  std::string name, origin, host;
  std::vector<std::string> origins;
  bool welcome;
};
class Origin : public testing::TestWithParam<Asking> {};
TEST_P(Origin, MayOrMayNotChat) {
  auto const& row = GetParam();
  EXPECT_EQ(may_chat(row.origin, row.host, row.origins), row.welcome);
}
std::vector<std::string> const intranet{"https://intranet.example.org", "http://old.example.org:8000/"};
INSTANTIATE_TEST_SUITE_P(
    Target, Origin,
    testing::Values(
        Asking{"absent", "", "desk.example.org", {}, true},
        Asking{"same", "https://desk.example.org", "desk.example.org", {}, true},
        Asking{"same_in_capitals", "https://Desk.Example.ORG", "desk.example.org", {}, true},
        Asking{"same_with_port", "http://localhost:8080", "localhost:8080", {}, true},
        Asking{"default_port_said_once", "https://desk.example.org", "desk.example.org:443", {}, true},
        Asking{"same_v6", "http://[::1]:8080", "[::1]:8080", {}, true},
        Asking{"other_port", "http://localhost:3000", "localhost:8080", {}, false},
        Asking{"stranger", "https://evil.example.net", "desk.example.org", intranet, false},
        Asking{"suffix_of_ours", "https://intranet.example.org.evil.example.net", "desk.example.org",
               intranet, false},
        Asking{"listed", "https://intranet.example.org", "desk.example.org", intranet, true},
        Asking{"listed_with_slash_and_port", "http://old.example.org:8000", "desk.example.org", intranet,
               true},
        Asking{"listed_under_other_scheme", "http://intranet.example.org", "desk.example.org", intranet,
               false},
        Asking{"null", "null", "desk.example.org", intranet, false},
        Asking{"null_host_null", "null", "null", {}, false},
        Asking{"any", "https://anywhere.example.net", "desk.example.org", {"*"}, true}),
    [](auto const& row) { return row.param.name; });

TEST(Proxies, AreBelievedFromTheRight) {
  std::vector<std::string> const ours{"10.0.0.1", "10.0.0.2"};
  EXPECT_EQ(behind_proxies("192.0.2.1", "203.0.113.5", ours), "192.0.2.1");
  EXPECT_EQ(behind_proxies("10.0.0.1", "203.0.113.5", ours), "203.0.113.5");
  EXPECT_EQ(behind_proxies("10.0.0.1", "198.51.100.1, 203.0.113.5 ,10.0.0.2", ours), "203.0.113.5");
  EXPECT_EQ(behind_proxies("10.0.0.1", "2001:db8::5", ours), "2001:db8::5");
  EXPECT_EQ(behind_proxies("10.0.0.1", "", ours), "10.0.0.1");
  EXPECT_EQ(behind_proxies("10.0.0.1", "10.0.0.2", ours), "10.0.0.1");
  EXPECT_EQ(behind_proxies("10.0.0.1", "unknown", ours), "10.0.0.1");
  EXPECT_EQ(behind_proxies("10.0.0.1", "203.0.113.5, <script>", ours), "10.0.0.1");
}

TEST(Addresses, AreToldFromNames) {
  for (char const* const one : {"127.0.0.1", "::1", "2001:db8::7"}) EXPECT_TRUE(is_ip_address(one)) << one;
  for (char const* const one : {"", "localhost", "[::1]", "127.0.0.1:80", "1.2.3", " ::1"})
    EXPECT_FALSE(is_ip_address(one)) << one;
}

TEST(Authority, IsWhatStandsBeforeThePath) {
  EXPECT_EQ(authority_in("https://desk.example.org:8443/path"), "desk.example.org:8443");
  EXPECT_EQ(authority_in("http://[::1]:80?x=a@b"), "[::1]:80");
  EXPECT_EQ(authority_in("https://example.org#part"), "example.org");
  for (char const* const one :
       {"", "example.org/path", "https://", "https:///path", "https://ola@example.org/",
        "https://example.org/a b", "https://example.org/a\x7f", "https://example.org/\n"})
    EXPECT_EQ(authority_in(one), std::nullopt) << one;
}

TEST(NetworkOf, IsAHouseholdsPartOfAnAddress) {
  EXPECT_EQ(network_of("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(network_of("2001:db8:1:2:a:b:c:d"), "2001:db8:1:2::");
  EXPECT_EQ(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:2:ffff::1"));
  EXPECT_NE(network_of("2001:db8:1:2::9"), network_of("2001:db8:1:3::9"));
  EXPECT_EQ(network_of("local"), "local");
  EXPECT_EQ(network_of(""), "");
}

TEST(Bucket, AllowsABurstAndThenTheRate) {
  using namespace std::chrono_literals;
  Bucket::Moment now{};
  Bucket bucket(10, 3, now);
  EXPECT_TRUE(bucket.take(now) && bucket.take(now) && bucket.take(now));
  EXPECT_FALSE(bucket.take(now));
  EXPECT_FALSE(bucket.take(now += 60ms));
  EXPECT_TRUE(bucket.take(now += 60ms));
  EXPECT_FALSE(bucket.take(now));
  now += 1h;
  EXPECT_TRUE(bucket.take(now) && bucket.take(now) && bucket.take(now));
  EXPECT_FALSE(bucket.take(now)) << "an hour of silence saves up one burst only";
}

TEST(Bucket, LosesNothingByAClockThatIsSetBack) {
  using namespace std::chrono_literals;
  Bucket::Moment now{24h};
  Bucket bucket(10, 3, now);
  EXPECT_TRUE(bucket.take(now));
  now -= 24h;
  EXPECT_TRUE(bucket.take(now) && bucket.take(now));
  EXPECT_FALSE(bucket.take(now));
  EXPECT_TRUE(bucket.take(now += 100ms));
}

}  // namespace
}  // namespace spoc::channels
