// SPDX-License-Identifier: GPL-3.0-or-later
// Whom readers' words reach, and how.
#include "desk/feedback.hpp"

#include "desk/phrase.hpp"
#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using namespace tests;

Remark remark(bool helped, std::string words) {
  return {7, "vpn", "en", noon(), helped, std::move(words), "VPN drops", "kb@example.net"};
}

TEST(Keepers, AreTheOwnerElseATeam) {
  House const desk = house();
  ASSERT_EQ(keepers("KB@example.net", desk).size(), 1U);
  EXPECT_EQ(keepers("KB@example.net", desk)[0].address, "kb@example.net");
  for (std::string const nobody : {"", "support@example.org", "help@example.org"}) {
    auto const all = keepers(nobody, desk);
    ASSERT_EQ(all.size(), 2U) << nobody << ": never the desk's own mailbox, that would be a loop";
    EXPECT_EQ(all[0].address, "kari@example.org");
    EXPECT_EQ(all[1].address, "sam@example.org");
  }
  EXPECT_TRUE(keepers("", House{}).empty());
}

TEST(Feedback, IsOneLetterToEachInTheirLanguage) {
  House const desk = house();
  Known const known = known_in(desk);
  Plan const plan = plan_feedback({remark(false, "Step 3 is wrong."), remark(true, "Thanks")},
                                  {{"", "kb@example.net"}, {"Kari Eksempel", "kari@example.org"}}, known);
  ASSERT_EQ(plan.letters.size(), 2U);
  EXPECT_EQ(plan.letters[0].to.address, "kb@example.net");
  EXPECT_EQ(plan.letters[0].language, "en");
  EXPECT_EQ(plan.letters[1].language, "nb");
  EXPECT_EQ(plan.letters[0].lines,
            (std::vector<std::string>{phrase("\"{1}\" did not help: {2}", {"VPN drops", "Step 3 is wrong."}),
                                      phrase("\"{1}\" helped: {2}", {"VPN drops", "Thanks"})}));
  EXPECT_NE(plan.letters[0].message_id, plan.letters[1].message_id);
  EXPECT_TRUE(is_automatic(plan.letters[0].kind)) << "nobody's vacation note answers it";
  EXPECT_EQ(plan.ticket, TicketId{});
  EXPECT_TRUE(plan_feedback({}, {{"", "kb@example.net"}}, known).letters.empty());
}

}  // namespace
}  // namespace spoc::desk
