// SPDX-License-Identifier: GPL-3.0-or-later
// What is laid on a belt comes off in order, and nobody waits for somebody who has gone.
#include "daemon/belt.hpp"

#include <gmock/gmock.h>
#include <thread>
#include <vector>

namespace spoc::daemon {
namespace {

TEST(ABelt, KeepsTheOrderAndMakesTheGiverWaitForRoom) {
  constexpr int many = 1000;
  Belt<int> belt{2};
  std::jthread const giver{[&] {
    for (int i = 0; i < many; ++i) belt.lay(i);
    belt.end();
  }};
  int expected = 0;
  while (auto const value = belt.take()) EXPECT_EQ(*value, expected++);
  EXPECT_EQ(expected, many);
}

TEST(ABelt, IsEmptiedAfterItsEnd) {
  Belt<int> belt{2};
  EXPECT_TRUE(belt.lay(1));
  belt.end();
  EXPECT_EQ(belt.take(), 1);
  EXPECT_EQ(belt.take(), std::nullopt);
}

TEST(ABelt, ThatIsStoppedLetsAWaitingGiverGo) {
  Belt<int> belt{1};
  EXPECT_TRUE(belt.lay(1));
  bool laid = true;
  {
    std::jthread const giver{[&] { laid = belt.lay(2); }};
    belt.stop();
  }
  EXPECT_FALSE(laid);
}

}  // namespace
}  // namespace spoc::daemon
