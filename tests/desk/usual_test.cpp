// SPDX-License-Identifier: GPL-3.0-or-later
// What may be promised of first answers.
#include "desk/usual.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

Time const now{hours{1'000'000}};
FirstAnswer answered_after(Duration wait) { return {now - hours{48}, now - hours{48} + wait}; }
FirstAnswer never(Duration ago) { return {now - ago, std::nullopt}; }

struct UsualRow {
  std::string name;
  std::vector<FirstAnswer> chats;
  std::optional<int> minutes;
};
void PrintTo(UsualRow const& row, std::ostream* out) { *out << row.name; }
class UsualMinutes : public testing::TestWithParam<UsualRow> {};

TEST_P(UsualMinutes, AreTheMedian) { EXPECT_EQ(usual_minutes(GetParam().chats, now), GetParam().minutes); }

INSTANTIATE_TEST_SUITE_P(
    Each, UsualMinutes,
    testing::Values(UsualRow{"none", {}, std::nullopt},
                    UsualRow{"four", std::vector(4, answered_after(minutes{1})), std::nullopt},
                    UsualRow{"five", std::vector(5, answered_after(minutes{3})), 3},
                    UsualRow{"rounded_up", std::vector(5, answered_after(seconds{61})), 2},
                    UsualRow{"at_once", std::vector(5, answered_after(seconds{0})), 1},
                    UsualRow{
                        "median",
                        {answered_after(hours{9}), answered_after(minutes{1}), answered_after(minutes{4}),
                         answered_after(minutes{2}), answered_after(hours{8})},
                        4},
                    UsualRow{"never_answered_is_endless",
                             {answered_after(minutes{1}), answered_after(minutes{2}),
                              answered_after(minutes{7}), never(hours{2}), never(hours{3})},
                             7},
                    UsualRow{"most_never",
                             {answered_after(minutes{1}), answered_after(minutes{2}), never(hours{2}),
                              never(hours{3}), never(hours{4})},
                             std::nullopt},
                    UsualRow{"still_waiting_tells_nothing",
                             {answered_after(minutes{1}), answered_after(minutes{2}),
                              answered_after(minutes{3}), answered_after(minutes{4}), never(minutes{30})},
                             std::nullopt}),
    [](auto const& each) { return each.param.name; });

}  // namespace
}  // namespace spoc::desk
