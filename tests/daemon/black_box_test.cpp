// SPDX-License-Identifier: GPL-3.0-or-later
// The black box remembers what was being read when the process died, and nothing else.
#include "daemon/black_box.hpp"

#include "daemon/corridor.hpp"
#include "parser/digest.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fstream>

namespace spoc::daemon {
namespace {

class BlackBoxTest : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder.path() / "reading"; }
  fakes::TempDir folder;
  std::string const hash = parser::sha256("a mail");
};

TEST_F(BlackBoxTest, RemembersOverADeath) {
  pid_t const child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    BlackBox box{file()};
    box.enter(hash);
    ::_exit(9);  // no destructor runs, as in a crash
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_EQ(WEXITSTATUS(status), 9);
  EXPECT_THAT(BlackBox{file()}.found(), testing::ElementsAre(hash));
  EXPECT_THAT(BlackBox{file()}.found(), testing::IsEmpty()) << "found once";
}

TEST_F(BlackBoxTest, ForgetsAfterLeave) {
  {
    BlackBox box{file()};
    box.enter(parser::sha256("another"));
    box.leave();
    box.enter(hash);
    box.leave();
  }
  EXPECT_THAT(BlackBox{file()}.found(), testing::IsEmpty());
}

TEST_F(BlackBoxTest, RemembersWhatWasBeingFiledToo) {
  std::vector<std::string> const batch{parser::sha256("one"), hash, parser::sha256("three")};
  {
    BlackBox box{file()};
    box.hand(std::vector<std::string>(100, parser::sha256("before")));
    box.receipt();
    box.enter(hash);
    box.hand(batch);
  }
  EXPECT_THAT(BlackBox{file()}.found(), testing::ElementsAre(hash, batch[0], batch[2]));
  EXPECT_THAT(BlackBox{file()}.found(), testing::IsEmpty());
  {
    BlackBox box{file()};
    box.hand(batch);
    box.leave();
    box.receipt();
  }
  EXPECT_THAT(BlackBox{file()}.found(), testing::IsEmpty());
}

TEST_F(BlackBoxTest, NewAndEmptyFilesHoldNothing) {
  EXPECT_THAT(BlackBox{file()}.found(), testing::IsEmpty());
  std::ofstream{folder.path() / "short"} << "abc";
  EXPECT_THAT(BlackBox{folder.path() / "short"}.found(), testing::IsEmpty());
}

TEST_F(BlackBoxTest, IsItsOwnersAlone) {
  BlackBox const box{file()};
  struct stat about {};
  ASSERT_EQ(::stat(file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
}

TEST_F(BlackBoxTest, PlaceThatCantBeWrittenCostsNoMail) {
  BlackBox box{folder.path() / "nowhere" / "reading"};
  box.enter(hash);
  box.leave();
  EXPECT_THAT(box.found(), testing::IsEmpty());
}

TEST_F(BlackBoxTest, CorridorLeavesItEmpty) {
  BlackBox box{file()};
  Corridor corridor{"", box, {}, false};
  desk::Arrival const arrival = corridor.take({{"support", 7, 1, ""}, "Subject: x\r\n\r\nwords\r\n", {}});
  EXPECT_NE(arrival.mail(), nullptr);
  EXPECT_EQ(arrival.hash, parser::sha256(arrival.raw));
  EXPECT_THAT(BlackBox{file()}.found(), testing::IsEmpty());
}

}  // namespace
}  // namespace spoc::daemon
