// SPDX-License-Identifier: GPL-3.0-or-later
// The librarian's pulse: it goes on while there is nothing to do, and says what keeps a duty from being done.
#include "daemon/librarian.hpp"

#include "tests/daemon/desk_room.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>

#include <fstream>
#include <functional>
#include <thread>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

/// A librarian at work; this thread is the desk's.
class LibrarianAtWork : public tests::DeskRoom {
 protected:
  LibrarianAtWork() {
    config.data = folder.path();
    config.knowledge = folder.path() / "kb";
    config.drafts = folder.path() / "drafts";
    config.knowledge_poll = std::chrono::milliseconds{20};
    fs::create_directory(config.knowledge);
    std::ofstream{config.knowledge / "plug.md"} << "---\nid: plug\ntitle: Plugs\n---\n\nPull the plug.\n";
    thread = std::thread{[this] { librarian.run(); }};
  }
  ~LibrarianAtWork() override {
    librarian.stop();
    // It may be asking the desk just now.
    std::thread desk{[this] { context.run(); }};
    thread.join();
    guard.reset();
    desk.join();
  }

  /// Does the desk's work until `done`, for two minutes at most.
  bool until(std::function<bool()> const& done) {
    auto const end = std::chrono::steady_clock::now() + std::chrono::seconds{120};
    while (!done() && std::chrono::steady_clock::now() < end) context.run_one_for(std::chrono::seconds{1});
    return done();
  }
  Pulse pulse() const {
    auto const found = board.parts().find("librarian");
    return found == board.parts().end() ? Pulse{} : found->second;
  }
  std::size_t indexed() const {
    auto reader = search::Reader::open(config.index());
    auto const hits =
        reader ? reader->search("plug", {"en", true, 10}) : Result<std::vector<search::Hit>>{reader.error()};
    return hits ? hits->size() : 0;
  }

  Config config;
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      boost::asio::make_work_guard(context)};
  Line line{context};
  Board board{db, [this] { return now; }};
  Librarian librarian{config, line, board, db};
  std::thread thread;
};

TEST_F(LibrarianAtWork, IsNotSilentWhenThereIsNothingToDo) {
  ASSERT_TRUE(until([this] { return pulse().well && indexed() == 1; }));
  now += std::chrono::hours{3};
  EXPECT_TRUE(until([this] { return pulse().last_well == now; })) << "health would call it silent";
}

TEST_F(LibrarianAtWork, PutsTicketsInAndTheDeskTakesThemOffTheQueue) {
  ASSERT_TRUE(until([this] { return pulse().well; }));
  auto const ticket = receive(tests::Sketch{.text = "It smokes."}).ticket;
  auto const waiting = [this] {
    std::size_t jobs = 0;
    EXPECT_TRUE(db.read("jobs", [&](store::Tx& tx) { jobs = store::index_jobs(tx, 10).size(); }));
    return jobs;
  };
  ASSERT_TRUE(until([&] { return waiting() == 0; }));
  auto reader = search::Reader::open(config.index());
  ASSERT_TRUE(reader);
  EXPECT_EQ(reader->tickets("smokes", 10).value(), std::vector<std::int64_t>{desk::number(ticket)});
}

/// Tickets that change in the meantime must not make it try again at once, and again: it would leave no
/// processor to anybody.
TEST_F(LibrarianAtWork, WaitsAfterAFaultWhateverRings) {
  ASSERT_TRUE(until([this] { return pulse().well; }));
  // It may make a new one between the two steps.
  std::error_code fault;
  int taken_away = 0;
  do {
    fs::rename(config.index(), folder.path() / ("old index " + std::to_string(++taken_away)));
    fs::create_symlink(folder.path() / "nowhere" / "index", config.index(), fault);
  } while (fault && taken_away < 1000);
  ASSERT_FALSE(fault);
  ASSERT_TRUE(until([this] { return pulse().words.find(config.index().string()) != std::string::npos; }));
  librarian.nudge();
  EXPECT_LT(context.run_for(std::chrono::milliseconds{500}), 10U);
  EXPECT_FALSE(pulse().well);
}

/// A commit of the index costs as much as a hundred tickets: each batch of mails had one of its own.
TEST_F(LibrarianAtWork, GathersForAWhileWhateverRings) {
  ASSERT_TRUE(until([this] { return pulse().well && indexed() == 1; }));
  librarian.nudge();
  context.run_for(std::chrono::milliseconds{100});
  std::size_t words = 0;
  for (int rings = 0; rings < 20; ++rings) {
    librarian.nudge();
    words += context.run_for(std::chrono::milliseconds{50});
  }
  EXPECT_LT(words, 10U) << "each round says how it went";
}

TEST_F(LibrarianAtWork, SaysThatTheFolderIsEmptyUntilItIsBack) {
  ASSERT_TRUE(until([this] { return pulse().well && indexed() == 1; }));
  fs::rename(config.knowledge, folder.path() / "disk");
  fs::create_directory(config.knowledge);
  ASSERT_TRUE(until([this] { return !pulse().well && !pulse().words.empty(); }));
  // Between the two steps above it may have been gone.
  EXPECT_TRUE(until([this] { return pulse().words.find("holds no article") != std::string::npos; }));
  EXPECT_THAT(pulse().words, HasSubstr(config.knowledge.string()));
  EXPECT_EQ(indexed(), 1U);
  fs::remove(config.knowledge);
  fs::rename(folder.path() / "disk", config.knowledge);
  EXPECT_TRUE(until([this] { return pulse().well; }));
  fs::remove(config.knowledge / "plug.md");
  std::ofstream{config.knowledge / ".empty"};
  EXPECT_TRUE(until([this] { return pulse().well && indexed() == 0; }));
}

// The second look of all read each article once more.
TEST(FolderTrust, IsGainedByTheFirstReading) {
  FolderTrust trust;
  FolderTrust::Moment const start{std::chrono::hours{5}};
  EXPECT_FALSE(trust.holds("monday, two articles", start));
  trust.gain("monday, two articles", start);
  EXPECT_TRUE(trust.holds("monday, two articles", start + std::chrono::seconds{30}));
}

TEST(FolderTrust, IsLostByAChangeAndByTime) {
  FolderTrust trust;
  FolderTrust::Moment const start{std::chrono::hours{5}};
  trust.gain("two articles", start);
  EXPECT_FALSE(trust.holds("three articles", start));
  EXPECT_FALSE(trust.holds("", start)) << "nobody knows";
  EXPECT_FALSE(trust.holds("two articles", start + FolderTrust::longest));
  trust.gain("three articles", start + std::chrono::minutes{59});
  EXPECT_TRUE(trust.holds("three articles", start + FolderTrust::longest)) << "they were read a minute ago";
  trust.lose();
  EXPECT_FALSE(trust.holds("three articles", start + FolderTrust::longest));
  trust.gain("", start);
  EXPECT_FALSE(trust.holds("", start));
}

TEST_F(LibrarianAtWork, EndsWhileItAsksTheDesk) {
  ASSERT_TRUE(until([this] { return pulse().well; }));
  receive(tests::Sketch{.text = "It smokes."});
  librarian.nudge();
  librarian.stop();  // what it asks is answered by the desk that winds down, in ~LibrarianAtWork()
}

}  // namespace
}  // namespace spoc::daemon
