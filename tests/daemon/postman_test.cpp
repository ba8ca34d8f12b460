// SPDX-License-Identifier: GPL-3.0-or-later
// The postman's rounds over a real desk and a real Maildir: what can't be written or delivered now comes
// again.
#include "daemon/postman.hpp"

#include "store/sqlite.hpp"
#include "tests/daemon/desk_room.hpp"
#include "tests/fakes/scripted_server.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <thread>

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::LetterState;
using testing::AllOf;
using testing::Each;
using testing::Field;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class PostmanRounds : public tests::DeskRoom {
 protected:
  PostmanRounds() {
    config.data = folder.path();
    config.house = house;
    config.out.way = Way::maildir;
    config.out.maildir = folder.path() / "out";
    desk_thread = std::thread([this] { context.run(); });
  }
  ~PostmanRounds() override {
    busy.reset();
    desk_thread.join();
  }

  std::vector<desk::Letter> all_letters() {
    return ask([](store::Tx& tx) { return store::list_letters(tx, {}); });
  }
  std::ptrdiff_t delivered() const {
    auto const place = config.out.maildir / "new";
    if (!std::filesystem::exists(place)) return 0;
    return std::distance(std::filesystem::directory_iterator{place}, {});
  }

  Config config;
  boost::asio::io_context context;
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> busy{context.get_executor()};
  std::thread desk_thread;
  Line line{context};
  Board board{db, [this] { return now; }};
  templates::Texts texts = templates::Texts::load({}).value();
  Postman postman{0, config, texts, line, front, board};
};

TEST_F(PostmanRounds, SendWhatIsDueAndThenNothing) {
  receive(Sketch{});
  EXPECT_TRUE(postman.round().value());
  EXPECT_EQ(delivered(), 3);
  EXPECT_THAT(all_letters(), Each(Field(&desk::Letter::state, LetterState::sent)));
  EXPECT_FALSE(postman.round().value());
}

TEST_F(PostmanRounds, BringALetterThatCannotBeWrittenNowAgainLater) {
  receive(Sketch{});
  auto const driver = store::open_sqlite(database());
  driver->run("ALTER TABLE attachment RENAME TO mislaid");
  EXPECT_TRUE(postman.round().value()) << "one letter's trouble is not the way's";
  EXPECT_EQ(delivered(), 0);
  EXPECT_THAT(all_letters(), AllOf(SizeIs(3), Each(Field(&desk::Letter::state, LetterState::queued)),
                                   Each(Field(&desk::Letter::outcome, HasSubstr("attachment")))));
  EXPECT_FALSE(postman.round().value()) << "not at once";

  driver->run("ALTER TABLE mislaid RENAME TO attachment");
  now += std::chrono::minutes{5};
  EXPECT_TRUE(postman.round().value());
  EXPECT_EQ(delivered(), 3);
  EXPECT_THAT(all_letters(), Each(Field(&desk::Letter::state, LetterState::sent)));
}

TEST_F(PostmanRounds, DoNotSendAgainWhatCouldNotBeWrittenDown) {
  receive(Sketch{});
  auto const driver = store::open_sqlite(database());
  driver->run(
      "CREATE TRIGGER full BEFORE UPDATE ON letter WHEN new.state = 'sent' BEGIN SELECT RAISE(ABORT, "
      "'full'); "
      "END");
  EXPECT_TRUE(postman.round().has_error());
  EXPECT_TRUE(postman.round().has_error()) << "nothing leaves while nothing can be written down";
  EXPECT_EQ(delivered(), 1);
  std::filesystem::remove_all(config.out.maildir / "new");

  driver->run("DROP TRIGGER full");
  EXPECT_TRUE(postman.round().value());
  EXPECT_EQ(delivered(), 2) << "the first letter has left already";
  EXPECT_THAT(all_letters(), Each(Field(&desk::Letter::state, LetterState::sent)));
}

TEST_F(PostmanRounds, WriteDownAtTheEndWhatHasLeft) {
  receive(Sketch{});
  auto const driver = store::open_sqlite(database());
  driver->run(
      "CREATE TRIGGER full BEFORE UPDATE ON letter WHEN new.state = 'sent' BEGIN SELECT RAISE(ABORT, "
      "'full'); "
      "END");
  EXPECT_TRUE(postman.round().has_error());
  EXPECT_EQ(delivered(), 1);
  driver->run("DROP TRIGGER full");
  postman.stop();
  postman.run();
  EXPECT_EQ(delivered(), 1);
  auto const all = all_letters();
  EXPECT_EQ(std::count_if(all.begin(), all.end(),
                          [](desk::Letter const& one) { return one.state == LetterState::sent; }),
            1)
      << "it would go again after the next start";
}

TEST_F(PostmanRounds, GiveUpWhatCouldNotBeWrittenForDaysAndTellTheAgents) {
  desk::TicketId const ticket = receive(Sketch{}).ticket;
  auto const driver = store::open_sqlite(database());
  driver->run("ALTER TABLE attachment RENAME TO mislaid");
  EXPECT_TRUE(postman.round().value());
  now += config.out.give_up + std::chrono::hours{1};
  EXPECT_TRUE(postman.round().value());
  driver->run("ALTER TABLE mislaid RENAME TO attachment");
  EXPECT_THAT(letters(LetterKind::acknowledgement, ticket),
              Each(Field(&desk::Letter::state, LetterState::given_up)));
  EXPECT_THAT(letters(LetterKind::undelivered, ticket), SizeIs(2)) << "both agents hear of it";
}

/// Of the letters that have left the store may not know one: the one that goes twice after a crash.
TEST_F(PostmanRounds, BreakALetterOffWhenTheOneBeforeCouldNotBeWrittenDown) {
  std::atomic<int> taken = 0;
  fakes::ScriptedServer server{[&](fakes::Peer& peer) {
    peer.smtp_hello("");
    for (std::string command = peer.hear(); !command.empty(); command = peer.hear()) {
      peer.say(command == "DATA" ? "354 go on\r\n" : "250 well\r\n");
      if (command != "DATA") continue;
      int lines = 0;
      while (lines < 10'000 && peer.hear() != ".") ++lines;
      if (lines == 10'000) return;  // the connection has ended before the mail did
      ++taken;
      peer.say("250 taken\r\n");
    }
  }};
  receive(Sketch{});
  config.out.way = Way::smtp;
  config.out.account = server.account("");
  Postman own{0, config, texts, line, front, board};
  auto const driver = store::open_sqlite(database());
  driver->run(
      "CREATE TRIGGER full BEFORE UPDATE ON letter WHEN new.state = 'sent' BEGIN SELECT RAISE(ABORT, "
      "'full'); "
      "END");
  auto const blocked = own.round();
  ASSERT_TRUE(blocked.has_error());
  EXPECT_THAT(blocked.error().what, HasSubstr("full"));
  EXPECT_EQ(taken, 1);
  EXPECT_TRUE(own.round().has_error());
  EXPECT_EQ(taken, 1) << "nothing leaves while nothing can be written down";

  driver->run("DROP TRIGGER full");
  EXPECT_TRUE(own.round().value());
  EXPECT_EQ(taken, 3) << "each went once";
  EXPECT_THAT(all_letters(), AllOf(SizeIs(3), Each(Field(&desk::Letter::state, LetterState::sent))));
}

/// Else another postman, whose claim would be as good by then, would send the rest as well.
TEST_F(PostmanRounds, ARoundAtASlowServerEndsBeforeItsClaimsDo) {
  fakes::ScriptedServer slow{[this](fakes::Peer& peer) {
    peer.smtp_hello("");
    for (std::string command = peer.hear(); !command.empty(); command = peer.hear()) {
      bool const data = command == "DATA";
      peer.say(data ? "354 go on\r\n" : "250 well\r\n");
      if (!data) continue;
      for (int lines = 0; lines < 10'000 && peer.hear() != "."; ++lines) {
      }
      later = later.load() + std::chrono::minutes{3};
      peer.say("250 taken\r\n");
    }
  }};
  receive(Sketch{});
  config.out.way = Way::smtp;
  config.out.account = slow.account("");
  Postman own{0, config, texts, line, front, board};
  auto const sent = [this] {
    auto const all = all_letters();
    return std::count_if(all.begin(), all.end(),
                         [](desk::Letter const& one) { return one.state == LetterState::sent; });
  };
  EXPECT_TRUE(own.round().value());
  EXPECT_EQ(sent(), 2);
  auto const next = line.ask([this] { return front.next_letter(); });
  ASSERT_TRUE(next && *next);
  EXPECT_LE(**next, now + later.load()) << "the third is anybody's";
  EXPECT_TRUE(own.round().value());
  EXPECT_EQ(sent(), 3);
}

TEST_F(PostmanRounds, SayThatTheWayIsBlocked) {
  receive(Sketch{});
  std::ofstream{config.out.maildir} << "a file where the folder should be";
  EXPECT_FALSE(postman.round().has_value());
  EXPECT_THAT(all_letters(), Each(Field(&desk::Letter::state, LetterState::queued)));
}

}  // namespace
}  // namespace spoc::daemon
