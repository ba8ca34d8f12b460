// SPDX-License-Identifier: GPL-3.0-or-later
// Health: pulses that the board keeps in the store, letters that are stuck, a disk that fills.
#include "daemon/health.hpp"

#include "daemon/board.hpp"
#include "store/sqlite.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class HealthTest : public tests::DeskRoom {
 protected:
  HealthTest() {
    config.data = folder.path();
    config.disk_alarm = 0;
    config.mailboxes.emplace_back().desk.name = "support";
  }
  Health look() {
    auto const health = examine(db, config, now);
    EXPECT_TRUE(health);
    return health ? *health : Health{};
  }
  void all_well() {
    for (std::string const part : {"mailbox support", "postman 0", "librarian"}) board.note(part, true, "");
  }

  Config config;
  Board board{db, [this] { return now; }};
};

TEST_F(HealthTest, NobodyHasEverBeenWell) {
  EXPECT_THAT(look().troubles,
              ElementsAre(HasSubstr("mailbox support has never been well: is spocd running?"),
                          HasSubstr("postman 0 has never"), HasSubstr("librarian has never")));
}

TEST_F(HealthTest, AllIsWell) {
  all_well();
  Health const health = look();
  EXPECT_THAT(health.troubles, IsEmpty());
  ASSERT_THAT(health.parts, SizeIs(3));
  EXPECT_EQ(health.parts[0].name, "mailbox support");
  EXPECT_TRUE(health.parts[0].well);
  EXPECT_EQ(health.parts[0].last, now);
}

TEST_F(HealthTest, ADirectoryThatDoesNotAnswerIsATroubleAndOneThatIsAskedSeldomIsNone) {
  all_well();
  config.directory.server.url = "ldaps://ldap.example.org";
  config.directory.every = std::chrono::hours{6};
  EXPECT_THAT(look().troubles, ElementsAre(HasSubstr("directory has never been well")));
  board.note("directory", true, "");
  EXPECT_THAT(look().troubles, IsEmpty());
  now += std::chrono::hours{6};
  all_well();
  EXPECT_THAT(look().troubles, IsEmpty());
  now += std::chrono::hours{1};
  all_well();
  EXPECT_THAT(look().troubles, ElementsAre(HasSubstr("directory has been silent")));
  board.note("directory", false, "nobody answers at ldap.example.org");
  EXPECT_THAT(look().troubles, ElementsAre("directory: nobody answers at ldap.example.org"));
  config.directory.every = {};
  EXPECT_THAT(look().troubles, IsEmpty()) << "spocctl alone asks it";
}

TEST_F(HealthTest, AnAgentWhomNoNoticeReachesIsATroubleForAsLong) {
  all_well();
  desk::Agent& agent = config.house.agents.emplace_back();
  agent.handle = "kari";
  agent.addresses = {"kari@example.org", "kari@example.com"};
  EXPECT_THAT(look().troubles, IsEmpty());
  auto const driver = store::open_sqlite(database());
  driver->run("INSERT INTO dead_address (key, reason, since) VALUES ('kari@example.org', '550 no', 0)");
  EXPECT_THAT(look().troubles, ElementsAre(HasSubstr("agent kari gets no mail at kari@example.org")));
  driver->run("DELETE FROM dead_address");
  EXPECT_THAT(look().troubles, IsEmpty());
}

TEST_F(HealthTest, EveryConnectionOfThePostmenCounts) {
  all_well();
  config.out.connections = 2;
  EXPECT_THAT(look().troubles, ElementsAre(HasSubstr("postman 1 has never")));
}

TEST_F(HealthTest, IllPartIsNamedWithItsWords) {
  all_well();
  board.note("mailbox support", false, "login refused: 535 5.7.8 no");
  EXPECT_THAT(look().troubles, ElementsAre("mailbox support: login refused: 535 5.7.8 no"));
  board.note("mailbox support", true, "");
  EXPECT_THAT(look().troubles, IsEmpty());
}

TEST_F(HealthTest, PartThatFailedFromItsFirstMomentIsNamedWithItsWords) {
  all_well();
  config.mailboxes.emplace_back().desk.name = "sales";
  board.note("mailbox sales", false, "no such host");
  EXPECT_THAT(look().troubles, ElementsAre("mailbox sales: no such host"));
}

TEST_F(HealthTest, SilentPartIsTrouble) {
  all_well();
  desk::Time const start = now;
  now += std::chrono::minutes{31};
  board.note("postman 0", true, "");
  board.note("librarian", true, "");
  EXPECT_THAT(look().troubles, ElementsAre("mailbox support has been silent since " + desk::iso(start)));
}

TEST_F(HealthTest, PulseIsKeptOnceAMinuteUnlessItChanges) {
  desk::Time const start = now;
  all_well();
  now += std::chrono::seconds{59};
  all_well();
  EXPECT_EQ(look().parts[0].last, start);
  now += std::chrono::seconds{2};
  all_well();
  EXPECT_EQ(look().parts[0].last, now);
  now += std::chrono::seconds{1};
  board.note("mailbox support", false, "gone");
  EXPECT_EQ(look().parts[0].last, now);
}

TEST_F(HealthTest, PulseIsKeptWhenTheClockIsSetBack) {
  all_well();
  now -= std::chrono::hours{24};
  all_well();
  EXPECT_EQ(look().parts[0].last, now);
}

TEST_F(HealthTest, BoardCountsAndRemembersSinceWhen) {
  desk::Time const start = now;
  board.note("postman 0", true, "", 2);
  now += std::chrono::minutes{5};
  board.note("postman 0", true, "", 3);
  Pulse const pulse = board.parts().at("postman 0");
  EXPECT_EQ(pulse.count, 5);
  EXPECT_EQ(pulse.since, start);
  EXPECT_EQ(pulse.last_well, now);
}

TEST_F(HealthTest, AStoreThatCantBeWrittenIsTroubleToTheDaemonItself) {
  all_well();
  auto const driver = store::open_sqlite(database());
  driver->run("CREATE TRIGGER full BEFORE UPDATE ON fact BEGIN SELECT RAISE(ABORT, 'no room'); END");
  board.note("mailbox support", false, "the disk is full");
  EXPECT_THAT(look().troubles, IsEmpty()) << "nobody could write it down";
  auto const seen = examine(db, config, now, &board);
  ASSERT_TRUE(seen);
  EXPECT_THAT(seen->troubles, ElementsAre(HasSubstr("no room"), "mailbox support: the disk is full"));

  driver->run("DROP TRIGGER full");
  board.note("mailbox support", true, "");
  EXPECT_THAT(examine(db, config, now, &board)->troubles, IsEmpty());
  EXPECT_THAT(look().troubles, IsEmpty());
}

TEST_F(HealthTest, StuckLetterIsTrouble) {
  receive(Sketch{});
  now += std::chrono::minutes{15};
  all_well();
  EXPECT_THAT(look().troubles, IsEmpty());
  now += std::chrono::seconds{1};
  EXPECT_EQ(look().oldest_letter_seconds, 901);
  EXPECT_THAT(look().troubles, ElementsAre(HasSubstr("a letter has waited for 901 s: spocctl outbox list")));
}

TEST_F(HealthTest, FullDiskIsTrouble) {
  all_well();
  config.disk_alarm = 101;  // of any disk less is free
  EXPECT_THAT(look().troubles, ElementsAre(HasSubstr("% of the disk of " + folder.path().string())));
}

TEST_F(HealthTest, CountsAreTheStores) {
  receive(Sketch{});
  EXPECT_EQ(look().counts.tickets, 1);
  EXPECT_EQ(look().counts.queued, 3);
}

}  // namespace
}  // namespace spoc::daemon
