// SPDX-License-Identifier: GPL-3.0-or-later
// Files that appear whole or not at all.
#include "daemon/synchronise.hpp"

#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <string>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

std::string bytes_in(fs::path const& file) {
  std::ifstream in{file, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

TEST(WriteWhole, PutsTheNewInThePlaceOfTheOld) {
  fakes::TempDir const folder;
  fs::path const file = folder.path() / "word";
  std::string const large(3'000'000, 'x');
  for (std::string const& one : {std::string{"first"}, large, std::string{}, std::string{"a\0b", 3}}) {
    auto const written = write_whole(file, one, 0600);
    ASSERT_TRUE(written) << written.error().what;
    EXPECT_EQ(bytes_in(file), one);
  }
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_FALSE(fs::exists(file.string() + ".part"));
}

TEST(WriteWhole, LeavesTheOldWhereItCanNot) {
  fakes::TempDir const folder;
  auto const nowhere = write_whole(folder.path() / "none" / "word", "x", 0600);
  ASSERT_FALSE(nowhere);
  EXPECT_THAT(nowhere.error().what, HasSubstr((folder.path() / "none" / "word").string()));
  fs::path const file = folder.path() / "word";
  ASSERT_TRUE(write_whole(file, "old", 0600));
  fs::create_directories(file.string() + ".part");
  EXPECT_FALSE(write_whole(file, "new", 0600));
  EXPECT_EQ(bytes_in(file), "old");
}

}  // namespace
}  // namespace spoc::daemon
