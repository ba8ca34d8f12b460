// SPDX-License-Identifier: GPL-3.0-or-later
// Authentication-Results: taken apart, believed or not, and what they come to.
#include "desk/checks.hpp"

#include "desk/trust.hpp"
#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

TEST(AuthenticationResultsField, IsTakenApart) {
  auto const read = read_authentication_results(
      "MX.example.org 1; spf=pass (sender (really) \\) ok; dmarc=pass) smtp.mailfrom=Ola@Example.net;"
      " dkim/1=fail reason=\"body; dmarc=pass header.from=example.net\" header.d=example.net header.s=k1;"
      " dmarc=none");
  EXPECT_EQ(read.server, "mx.example.org");
  ASSERT_EQ(read.methods.size(), 3U);
  EXPECT_EQ(read.methods[0].method, "spf");
  EXPECT_EQ(read.methods[0].properties.at("smtp.mailfrom"), "ola@example.net");
  EXPECT_EQ(read.methods[1], (MethodResult{"dkim",
                                           "fail",
                                           "body; dmarc=pass header.from=example.net",
                                           {{"header.d", "example.net"}, {"header.s", "k1"}}}));
  EXPECT_EQ(read.methods[2].result, "none");
}

TEST(AuthenticationResultsField, SurvivesDamage) {
  for (char const* field :
       {"", ";", "=", "mx; =", "mx; spf=", "mx; (((", "mx; \"", "mx ; none", "mx;;;spf==pass"})
    EXPECT_LE(read_authentication_results(field).methods.size(), 1U) << field;
}

struct OriginRow {
  char const* name;
  std::vector<std::string> fields;
  std::vector<int> hops;
  std::vector<std::string> received;
  std::string shown;
  bool failed, vouched;
};
void PrintTo(OriginRow const& row, std::ostream* out) { *out << row.name; }

std::string const good = "mx.example.org; dmarc=pass header.from=example.net";
std::string const bad =
    "mx.example.org; spf=fail smtp.mailfrom=example.net; dkim=none; dmarc=fail "
    "header.from=example.net";

class Origins : public testing::TestWithParam<OriginRow> {};

TEST_P(Origins, AreBelievedOnlyFromOurOwnServer) {
  OriginRow const& row = GetParam();
  Mail mail = tests::mail_from("ola@example.net", "x", "words");
  mail.authentication_results = row.fields;
  mail.authentication_hops = row.hops;
  mail.received_by = row.received;
  std::vector<std::string> const ours{"MX.example.org"};
  Checks const checks = checks_of(mail, ours);
  EXPECT_EQ(shown(checks), row.shown);
  EXPECT_EQ(checks.failed(), row.failed);
  EXPECT_EQ(vouched(mail, ours), row.vouched);
  EXPECT_EQ(checks_from(as_text(checks)), checks);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Origins,
    testing::Values(
        OriginRow{"Nobody", {}, {}, {}, "", false, false},
        OriginRow{"Ours", {good}, {0}, {"mx.example.org"}, "DMARC pass (example.net)", false, true},
        OriginRow{
            "OursBelowItsReceived", {good}, {1}, {"mx.example.org"}, "DMARC pass (example.net)", false, true},
        OriginRow{"Strangers",
                  {"evil.example; dmarc=pass header.from=example.net"},
                  {0},
                  {"mx.example.org"},
                  "",
                  false,
                  false},
        OriginRow{"ForgedBelowOurs",
                  {bad, good},
                  {0, 1},
                  {"mx.example.org", "evil.example"},
                  "SPF fail (example.net), DKIM none, DMARC fail (example.net)",
                  true,
                  false},
        OriginRow{"ForgedBelowAnotherHop", {good}, {2}, {"mx.example.org", "evil.example"}, "", false, false},
        OriginRow{"TwoOfOurs",
                  {"mx.example.org; spf=pass smtp.mailfrom=a@example.net",
                   "mx.example.org; dkim=pass header.d=example.net"},
                  {0, 0},
                  {"mx.example.org"},
                  "SPF pass (example.net), DKIM pass (example.net)",
                  false,
                  true},
        OriginRow{"SecondIsForgedWhereTheHopIsUnknown",
                  {bad, good},
                  {0, 0},
                  {},
                  "SPF fail (example.net), DKIM none, DMARC fail (example.net)",
                  true,
                  false},
        OriginRow{"WordsInAComment",
                  {"mx.example.org; spf=fail (dmarc=pass header.from=example.net) smtp.mailfrom=example.net"},
                  {0},
                  {"mx.example.org"},
                  "SPF fail (example.net)",
                  true,
                  false},
        OriginRow{"PassOfAnotherDomain",
                  {"mx.example.org; dkim=pass header.d=bulk.example"},
                  {0},
                  {"mx.example.org"},
                  "DKIM pass (bulk.example)",
                  false,
                  false},
        OriginRow{
            "OwnSignatureAmongMany",
            {"mx.example.org; dkim=pass header.d=bulk.example; dkim=pass header.i=@example.net; dkim=fail "
             "header.d=old.example"},
            {0},
            {"mx.example.org"},
            "DKIM pass (example.net)",
            false,
            false},
        OriginRow{"Softfail",
                  {"mx.example.org; spf=softfail smtp.mailfrom=example.net"},
                  {0},
                  {"mx.example.org"},
                  "SPF softfail (example.net)",
                  true,
                  false},
        OriginRow{"ForwardedButSigned",
                  {"mx.example.org; spf=fail smtp.mailfrom=list.example; dkim=pass header.d=example.net"},
                  {0},
                  {"mx.example.org"},
                  "SPF fail (list.example), DKIM pass (example.net)",
                  false,
                  true}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Signatures, CountWhereOurServerSaysNothing) {
  Mail mail = tests::mail_from("kari@example.org", "x", "words");
  mail.signatures = {{"pass", "bulk.example"}, {"pass", "example.org"}};
  Checks const checks = checks_of(mail, {});
  EXPECT_EQ(checks.by, "spocd");
  EXPECT_EQ(shown(checks), "DKIM pass (example.org)");
  House house = tests::house();
  house.dkim_required = true;
  EXPECT_TRUE(may_speak_for_agent(mail, house));
  mail.signatures = {{"fail", "example.org"}};
  EXPECT_FALSE(may_speak_for_agent(mail, house));
  EXPECT_TRUE(checks_of(mail, {}).failed());
}

}  // namespace
}  // namespace spoc::desk
