// SPDX-License-Identifier: GPL-3.0-or-later
// Use moves an article a little, and never far.
#include "desk/favour.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

TEST(Favour, IsOneWhereNothingIsKnown) { EXPECT_EQ(favour_of({}), 1.0); }

TEST(Favour, GoesUpAndDownWithWhatIsSaid) {
  EXPECT_GT(favour_of({1, 0}), 1.0);
  EXPECT_LT(favour_of({0, 1}), 1.0);
  EXPECT_GT(favour_of({0, 0, 1, 0}), 1.0);
  EXPECT_GT(favour_of({0, 0, 0, 1}), favour_of({1, 0})) << "a solved matter says more than a reader's yes";
  EXPECT_GT(favour_of({1, 0}), favour_of({0, 0, 1, 0})) << "an agent's choice says less";
  EXPECT_EQ(favour_of({3, 3}), 1.0);
}

TEST(Favour, AFewSayLittle) {
  EXPECT_LT(favour_of({1, 0}), 1.01);
  EXPECT_GT(favour_of({0, 1}), 0.99);
}

TEST(Favour, CanNotRunAway) {
  std::int64_t const many = 1'000'000'000'000;
  EXPECT_LE(favour_of({many, 0, many, many}), 1.08);
  EXPECT_GE(favour_of({0, many}), 0.92);
  double before = 1;
  for (std::int64_t solved = 1; solved < 10'000; solved *= 2) {
    double const now = favour_of({0, 0, 0, solved});
    EXPECT_GE(now, before);
    EXPECT_LE(now, 1.08);
    before = now;
  }
}

}  // namespace
}  // namespace spoc::desk
