// SPDX-License-Identifier: GPL-3.0-or-later
// When a mail that the server can't hand over is put aside, and when not.
#include "daemon/patience.hpp"

#include <gtest/gtest.h>

namespace spoc::daemon {
namespace {

TEST(PatienceTest, ThreeMissesAreEnough) {
  Patience patience;
  EXPECT_FALSE(patience.missed(5));
  EXPECT_FALSE(patience.missed(5));
  EXPECT_FALSE(patience.missed(6));
  EXPECT_TRUE(patience.missed(5));
  EXPECT_FALSE(patience.careful());
}

TEST(PatienceTest, WhoseFaultThreeBrokenVisitsAreIsSeenOneByOne) {
  Patience patience;
  EXPECT_FALSE(patience.ended(1, false));
  EXPECT_FALSE(patience.ended(1, false));
  EXPECT_FALSE(patience.careful());
  EXPECT_FALSE(patience.ended(1, false)) << "it may have been one behind it";
  EXPECT_TRUE(patience.careful());
  patience.came(1);
  EXPECT_FALSE(patience.ended(4, true));
  EXPECT_FALSE(patience.ended(4, true));
  EXPECT_TRUE(patience.ended(4, true));
  patience.turn_done();
  EXPECT_FALSE(patience.careful());
}

TEST(PatienceTest, WhatEndedVisitsWithOthersIsNotToBlameYet) {
  Patience patience;
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(patience.ended(5, false));
  EXPECT_FALSE(patience.ended(5, true)) << "the line may be bad";
  EXPECT_FALSE(patience.ended(5, true));
  EXPECT_TRUE(patience.ended(5, true));
}

TEST(PatienceTest, AMailThatCameIsForgiven) {
  Patience patience;
  patience.missed(5);
  patience.missed(5);
  patience.came(5);
  EXPECT_FALSE(patience.missed(5));
}

TEST(PatienceTest, AServerThatHandsOverNothingIsNoMailsFault) {
  Patience patience;
  for (std::uint32_t uid = 1; uid <= 10; ++uid) {
    EXPECT_TRUE(patience.may_put_aside()) << uid;
    patience.put_aside(uid);
  }
  EXPECT_FALSE(patience.may_put_aside());
  patience.came(11);
  EXPECT_TRUE(patience.may_put_aside());
}

}  // namespace
}  // namespace spoc::daemon
