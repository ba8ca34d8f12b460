// SPDX-License-Identifier: GPL-3.0-or-later
// Who fills a mailbox waits behind the others; nobody is forgotten, and nothing comes out of its order.
#include "daemon/turns.hpp"

#include "store/ledger.hpp"
#include "store/ledger_rows.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <thread>

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Uids = std::vector<std::uint32_t>;

constexpr std::size_t most = 8;

/// Runs what the line hands over.
class DeskThread {
 public:
  explicit DeskThread(boost::asio::io_context& context) : context_{context} {}
  ~DeskThread() { context_.stop(); }

 private:
  boost::asio::io_context& context_;
  std::jthread thread_{[this] { context_.run(); }};
};

/// A mailbox whose mails are their senders, and turns of eight mails.
class TurnsTest : public testing::Test {
 protected:
  void SetUp() override { visit(); }

  /// A new connection, perhaps of a new process.
  void visit(std::uint32_t validity = 7) {
    turns.emplace(desk::Place{"support", validity_ = validity, 0, ""}, most, line, db);
  }

  void lay(std::string const& sender, std::size_t count = 1) { mails.insert(mails.end(), count, sender); }

  Uids since(std::uint32_t above, std::set<std::string> const& passed_over) {
    Uids out;
    for (std::uint32_t uid = above + 1; uid <= mails.size(); ++uid)
      if (!gone.contains(uid) && !passed_over.contains(mails[uid - 1])) out.push_back(uid);
    return out;
  }

  /// What comes next; taken in unless the connection breaks before.
  Uids turn(bool taken = true) {
    auto const next = turns->next([this](std::uint32_t above, auto const& over) -> Result<Uids> {
      ++searches;
      return since(above, over);
    });
    EXPECT_TRUE(next) << next.error().what;
    more = next->more;
    for (auto const uid : next->uids) {
      desk::Mail mail;
      mail.from.push_back({"", mails[uid - 1]});
      desk::Arrival arrival;
      arrival.what = mail;
      turns->note(arrival);
      if (taken) take_in(uid);
    }
    return next->uids;
  }

  /// These came, whatever lies below them.
  void keep(Uids const& uids) {
    std::vector<desk::Arrival> arrivals;
    for (auto const uid : uids) arrivals.emplace_back().place = {"support", validity_, uid, ""};
    auto const noted = turns->about_to_keep(arrivals);
    ASSERT_TRUE(noted) << noted.error().what;
    for (auto const uid : uids) take_in(uid);
  }

  void take_in(std::uint32_t uid) {
    auto const done = line.ask([&] {
      return db.write("take in", [&](store::Tx& tx) {
        store::enter(tx, {"support", validity_, uid, ""}, "hash-" + std::to_string(uid), std::nullopt, "new",
                     desk::Time{});
      });
    });
    ASSERT_TRUE(done) << done.error().what;
  }

  /// All turns to the end.
  Uids rest() {
    Uids out;
    for (Uids next = turn(); !next.empty(); next = turn()) out.insert(out.end(), next.begin(), next.end());
    EXPECT_FALSE(more);
    return out;
  }

  fakes::TempDir folder;
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      boost::asio::make_work_guard(context)};
  Line line{context};
  store::Store db = store::Store::open(folder.path() / "spoc.db").value();
  std::uint32_t validity_ = 7;
  std::optional<Turns> turns;
  std::vector<std::string> mails;
  std::set<std::uint32_t> gone;
  bool more = false;
  int searches = 0;
  DeskThread desk{context};
};

Uids numbers(std::uint32_t first, std::uint32_t last) {
  Uids out;
  for (auto uid = first; uid <= last; ++uid) out.push_back(uid);
  return out;
}

TEST_F(TurnsTest, AFewMailsComeInTheirOrder) {
  EXPECT_THAT(turn(), IsEmpty());
  lay("eve", 5);
  EXPECT_EQ(turn(), numbers(1, 5));
  EXPECT_FALSE(more);
  lay("tessa");
  EXPECT_THAT(turn(), ElementsAre(6));
  EXPECT_THAT(turn(), IsEmpty());
  EXPECT_EQ(searches, 4);
}

TEST_F(TurnsTest, ManyMailsOfManySendersComeInTheirOrder) {
  for (int round = 0; round < 6; ++round)
    for (char const* sender : {"ada", "bo", "cy", "di"}) lay(sender);
  EXPECT_EQ(rest(), numbers(1, 24));
}

TEST_F(TurnsTest, WhoFillsTheMailboxWaitsBehindTheOthers) {
  lay("eve", 20);
  lay("tessa");
  lay("eve", 10);
  lay("bo");
  EXPECT_EQ(turn(), numbers(1, 8));  // who she is, is seen only now
  EXPECT_TRUE(more);
  EXPECT_THAT(turn(), ElementsAre(21, 32));
  EXPECT_THAT(turn(), ElementsAre(9, 10));  // small turns, as others may come any moment
  lay("tessa", 2);
  EXPECT_THAT(turn(), ElementsAre(33, 34));
  EXPECT_THAT(turn(), ElementsAre(11, 12));
  Uids eves = numbers(13, 31);
  std::erase(eves, 21U);
  EXPECT_EQ(rest(), eves);
  // And all is as before.
  lay("eve", 3);
  EXPECT_EQ(turn(), numbers(35, 37));
  EXPECT_FALSE(more);
}

TEST_F(TurnsTest, ACrashForgetsNobody) {
  lay("eve", 30);
  lay("tessa", 2);
  EXPECT_EQ(turn(), numbers(1, 8));
  EXPECT_THAT(turn(), ElementsAre(31, 32));
  visit();
  EXPECT_EQ(turn(), numbers(9, 16));
  lay("bo");
  EXPECT_THAT(turn(), ElementsAre(33));
  visit();
  visit();
  EXPECT_EQ(rest(), numbers(17, 30));
}

TEST_F(TurnsTest, ALineThatBreaksAmongTheOthersForgetsNobody) {
  lay("eve", 30);
  lay("tessa", 3);
  EXPECT_EQ(turn(), numbers(1, 8));
  EXPECT_THAT(turn(false), ElementsAre(31, 32, 33));
  take_in(32);  // what came before the line broke need not be the first
  visit();
  Uids all = numbers(9, 33);
  std::erase(all, 32U);
  auto found = rest();
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, all);
}

TEST_F(TurnsTest, WhatWasOvertakenIsAskedForAgain) {
  lay("ada", 6);
  EXPECT_EQ(turn(false), numbers(1, 6));
  keep({3, 4});
  keep({1, 6});
  visit();
  EXPECT_THAT(turn(false), ElementsAre(2, 5));
  keep({2, 5});
  EXPECT_THAT(turn(), IsEmpty());
  lay("bo");
  visit();
  EXPECT_THAT(turn(), ElementsAre(7));
}

TEST_F(TurnsTest, WhatWasOvertakenAndIsGoneIsForgotten) {
  lay("ada", 4);
  EXPECT_EQ(turn(false), numbers(1, 4));
  keep({1, 3, 4});
  EXPECT_THAT(turn(false), ElementsAre(2)) << "as long as the server has it";
  gone.insert(2);
  EXPECT_THAT(turn(), IsEmpty());
  gone.clear();
  EXPECT_THAT(turn(), IsEmpty());
}

TEST_F(TurnsTest, TwoCrowdsWaitBehindTheThird) {
  lay("eve", 20);
  lay("mallory", 20);
  lay("tessa");
  EXPECT_EQ(turn(), numbers(1, 8));
  EXPECT_EQ(turn(), numbers(21, 28));
  EXPECT_THAT(turn(), ElementsAre(41));
  auto found = rest();
  EXPECT_EQ(found.size(), 24U);
  EXPECT_TRUE(std::is_sorted(found.begin(), found.end()));
}

TEST_F(TurnsTest, WhatIsRemovedMeanwhileKeepsNothingBack) {
  lay("eve", 30);
  lay("tessa");
  EXPECT_EQ(turn(), numbers(1, 8));
  EXPECT_THAT(turn(), ElementsAre(31));
  for (auto const uid : numbers(9, 31)) gone.insert(uid);
  EXPECT_THAT(turn(), IsEmpty());
  lay("bo");
  EXPECT_THAT(turn(), ElementsAre(32));
}

TEST_F(TurnsTest, ANewValidityStartsAfresh) {
  lay("eve", 30);
  lay("tessa");
  EXPECT_EQ(turn(), numbers(1, 8));
  EXPECT_THAT(turn(), ElementsAre(31));
  visit(8);
  EXPECT_EQ(turn(), numbers(1, 8));
}

TEST_F(TurnsTest, AMailboxThatCannotBeAskedIsAnError) {
  auto const next = turns->next([](std::uint32_t, auto const&) -> Result<Uids> {
    return Error{Kind::busy, "the line is cut"};
  });
  ASSERT_FALSE(next);
  EXPECT_EQ(next.error().kind, Kind::busy);
}

}  // namespace
}  // namespace spoc::daemon
