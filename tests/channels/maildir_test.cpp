// SPDX-License-Identifier: GPL-3.0-or-later
// Maildir: delivery that is safe and happens once, listing, flags, waiting.
#include "channels/maildir.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "tests/fakes/temp_dir.hpp"

namespace spoc::channels {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

class Maildir : public testing::Test {
 protected:
  Maildir() { EXPECT_TRUE(make_maildir(folder_)); }

  std::vector<std::string> names() const {
    auto const found = list_maildir(folder_);
    EXPECT_TRUE(found) << found.error().what;
    std::vector<std::string> out;
    for (auto const& mail : *found) out.push_back(mail.name);
    return out;
  }
  Lying only() const { return list_maildir(folder_)->at(0); }

  fakes::TempDir temp_;
  fs::path folder_ = temp_.path() / "a/box";
  Wake wake_;
};

TEST_F(Maildir, KeepsWhatIsDelivered) {
  std::string const mail("Subject: x\r\n\r\n\0\xFF", 16);
  auto const name = deliver(folder_, mail);
  ASSERT_TRUE(name) << name.error().what;
  ASSERT_EQ(names(), std::vector<std::string>{*name});
  EXPECT_EQ(only().path, folder_ / "new" / *name);
  EXPECT_EQ(*read_file(only().path), mail);
  EXPECT_GT(only().written, 1'500'000'000'000);
  EXPECT_TRUE(fs::is_empty(folder_ / "tmp"));
  EXPECT_NE(*deliver(folder_, mail), *name);
}

TEST_F(Maildir, TheSameNameIsWrittenOnceWhereverItLiesNow) {
  EXPECT_EQ(*deliver(folder_, "one", "letter-7"), "letter-7");
  EXPECT_EQ(*deliver(folder_, "two", "letter-7"), "letter-7");
  EXPECT_EQ(names(), std::vector<std::string>{"letter-7"});
  ASSERT_TRUE(mark_maildir(folder_, only(), "S"));
  EXPECT_EQ(*deliver(folder_, "three", "letter-7"), "letter-7");
  EXPECT_EQ(names(), std::vector<std::string>{"letter-7"});
  EXPECT_EQ(*read_file(only().path), "one");
  // What a crash left in tmp/ is no mail, and in nobody's way.
  std::ofstream(folder_ / "tmp/letter-8") << "half a ma";
  EXPECT_EQ(names().size(), 1U);
  EXPECT_EQ(*deliver(folder_, "whole", "letter-8"), "letter-8");
  EXPECT_EQ(*read_file(folder_ / "new/letter-8"), "whole");
}

TEST_F(Maildir, NamesThatLeadOutOfTheFolderAreRefused) {
  for (char const* bad : {"../x", "a/b", ".hidden", "a:2,S", "a\nb"}) {
    auto const name = deliver(folder_, "x", bad);
    ASSERT_FALSE(name) << bad;
    EXPECT_EQ(name.error().kind, Kind::refused);
  }
  EXPECT_FALSE(deliver(folder_, "x", std::string(300, 'a')));
}

TEST_F(Maildir, ListsOldestFirstAndOnlyMails) {
  auto const now = fs::file_time_type::clock::now();
  for (auto const& [name, age] :
       {std::pair{"new/b", 3}, {"cur/a:2,RS", 2}, {"new/c", 9}, {"new/d", 3}, {"new/.dot", 1}}) {
    std::ofstream(folder_ / name) << "x";
    fs::last_write_time(folder_ / name, now - seconds{age});
  }
  fs::create_directory(folder_ / "new/folder");
  std::ofstream(folder_ / "cur/b:2,") << "seen in both, while it moves";
  EXPECT_EQ(names(), (std::vector<std::string>{"c", "b", "d", "a"}));
}

TEST_F(Maildir, MarksAreMergedAndFollowAMailThatMoved) {
  ASSERT_TRUE(deliver(folder_, "x", "m"));
  auto const first_seen = only();
  ASSERT_TRUE(mark_maildir(folder_, first_seen, "S"));
  EXPECT_EQ(only().path, folder_ / "cur/m:2,S");
  ASSERT_TRUE(mark_maildir(folder_, first_seen, "FS"));
  EXPECT_EQ(only().path, folder_ / "cur/m:2,FS");
  EXPECT_EQ(mark_maildir(folder_, only(), "../x").error().kind, Kind::refused);
  fs::remove(only().path);
  EXPECT_EQ(mark_maildir(folder_, first_seen, "S").error().kind, Kind::missing);
}

TEST_F(Maildir, FaultsNameThePlace) {
  auto const none = list_maildir(temp_.path() / "nowhere");
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().kind, Kind::missing);
  EXPECT_NE(none.error().what.find("nowhere"), std::string::npos);
  EXPECT_EQ(deliver(temp_.path() / "nowhere", "x").error().kind, Kind::missing);
  EXPECT_EQ(read_file(folder_ / "new/none").error().kind, Kind::missing);
  EXPECT_FALSE(read_file(folder_));
  std::ofstream(temp_.path() / "file") << "x";
  EXPECT_FALSE(make_maildir(temp_.path() / "file"));
}

TEST_F(Maildir, WaitingHearsArrivalsTheBellAndSilence) {
  EXPECT_FALSE(wait_for_maildir(folder_, wake_, milliseconds{20}));
  auto const stamp = maildir_stamp(folder_);
  EXPECT_FALSE(wait_for_maildir(folder_, wake_, milliseconds{20}, stamp));

  std::thread arrival([this] {
    std::this_thread::sleep_for(
        milliseconds{50});  // while it waits; the stamp covers the case that it does not yet
    EXPECT_TRUE(deliver(folder_, "x", "m"));
  });
  EXPECT_TRUE(wait_for_maildir(folder_, wake_, seconds{20}, stamp));
  arrival.join();
  // Between looking and waiting nothing is missed.
  EXPECT_TRUE(wait_for_maildir(folder_, wake_, seconds{20}, stamp));
  EXPECT_FALSE(wait_for_maildir(folder_, wake_, milliseconds{20}, maildir_stamp(folder_)));

  wake_.ring();
  EXPECT_FALSE(wait_for_maildir(folder_, wake_, seconds{20}));
  EXPECT_FALSE(wait_for_maildir(temp_.path() / "nowhere", wake_, seconds{20}));
  EXPECT_EQ(maildir_stamp(temp_.path() / "nowhere"), 0);
}

}  // namespace
}  // namespace spoc::channels
