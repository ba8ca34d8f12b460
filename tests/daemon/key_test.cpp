// SPDX-License-Identifier: GPL-3.0-or-later
// The tokens' key: made once, for its owner alone, and never a short one.
#include "daemon/key.hpp"

#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <fstream>

namespace spoc::daemon {
namespace {

using testing::HasSubstr;

class Key : public testing::Test {
 protected:
  std::filesystem::path file() const { return folder.path() / "secret"; }
  fakes::TempDir folder;
};

TEST_F(Key, IsMadeOnceForItsOwnerAlone) {
  auto const made = read_key(file(), true);
  ASSERT_TRUE(made) << made.error().what;
  EXPECT_EQ(made->size(), 64U);
  EXPECT_EQ(made->find_first_not_of("0123456789abcdef"), std::string::npos);
  struct stat about {};
  ASSERT_EQ(::stat(file().c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777U, 0600U);
  EXPECT_EQ(read_key(file(), true).value(), *made);
  EXPECT_EQ(read_key(file(), false).value(), *made);
}

TEST_F(Key, IsNotMadeWhereItMayNot) {
  auto const key = read_key(file(), false);
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().what, HasSubstr(file().string()));
  EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(Key, OwnKeyIsReadWithoutItsLineEnd) {
  std::ofstream{file()} << std::string(32, 'k') << "\r\n";
  EXPECT_EQ(read_key(file(), true).value(), std::string(32, 'k'));
}

TEST_F(Key, ShortOneIsRefusedAndLeftAlone) {
  std::ofstream{file()} << std::string(31, 'k') << "\n";
  auto const key = read_key(file(), true);
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().kind, spoc::Kind::unreadable);
  EXPECT_THAT(key.error().what, HasSubstr(file().string()));
  EXPECT_THAT(key.error().what, HasSubstr("shorter than 32 bytes"));
  EXPECT_EQ(std::filesystem::file_size(file()), 32U);
}

TEST_F(Key, FolderThatIsNotThereIsNamed) {
  auto const key = read_key(folder.path() / "no" / "secret", true);
  ASSERT_FALSE(key);
  EXPECT_THAT(key.error().what, HasSubstr((folder.path() / "no" / "secret").string()));
}

TEST(Signer, SignsUnderItsKey) {
  desk::Sign const one = signer(std::string(32, 'a')), other = signer(std::string(32, 'b'));
  EXPECT_EQ(one("x").size(), 32U);
  EXPECT_EQ(one("x"), one("x"));
  EXPECT_NE(one("x"), other("x"));
  std::string const token =
      desk::mint(desk::TicketId{42}, desk::Role::requester, desk::Purpose::reply, "ola@example.net", one);
  EXPECT_TRUE(desk::read_token(token, one));
  EXPECT_FALSE(desk::read_token(token, other));
}

TEST(RandomWord, IsAnotherOneEachTime) {
  EXPECT_EQ(random_word().size(), 64U);
  EXPECT_NE(random_word(), random_word());
}

}  // namespace
}  // namespace spoc::daemon
