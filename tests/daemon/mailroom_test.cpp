// SPDX-License-Identifier: GPL-3.0-or-later
// What happens in a mailbox whose server can't, or won't: no mail is lost, and none keeps back another.
#include "tests/daemon/mailroom_room.hpp"

#include "store/sqlite.hpp"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <memory>
#include <numeric>

namespace spoc::daemon {
namespace {

using fakes::ImapBox;
using fakes::Peer;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using Says = ImapBox::Says;

class MailroomTest : public tests::MailroomRoom {
 protected:
  /// The server has no body for this one, but says that all is well.
  static ImapBox::Mood without(std::uint32_t uid, std::string const& verdict) {
    return [uid, verdict](Peer& peer, std::string const& command) {
      if (!ImapBox::asks_for(command, uid)) return Says::as_usual;
      std::string others;
      for (auto const one : ImapBox::named(command))
        if (one != uid) others += ImapBox::body_of(one, numbered(static_cast<int>(one)));
      peer.answer(others, verdict);
      return Says::answered;
    };
  }
};

TEST_F(MailroomTest, DeletedIsOnlyWhatWasTakenIn) {
  lay(1, 3);
  box.be(without(2, "NO it is damaged"));
  mailbox.after = channels::AfterCommit::erase;
  start();
  wait_until("the others to be deleted", [&] { return box.uids() == std::set<std::uint32_t>{2}; });
  wait_for_rounds();
  EXPECT_THAT(box.uids(), ElementsAre(2));
}

TEST_F(MailroomTest, MovedIsOnlyWhatWasTakenIn) {
  lay(1, 3);
  box.be(without(2, "OK done"));
  mailbox.after = channels::AfterCommit::move;
  mailbox.after_argument = "Done";
  start();
  wait_until("the others to be moved", [&] { return box.uids() == std::set<std::uint32_t>{2}; });
  wait_for_rounds();
  EXPECT_THAT(box.uids(), ElementsAre(2));
}

TEST_F(MailroomTest, WhatDidNotComeIsAskedForAgainThoughLaterMailsAreIn) {
  lay(1, 3);
  box.be(without(2, "OK done"));
  start();
  wait_until("the others", [&] { return tickets() == 2; });
  box.be({});
  wait_until("all", [&] { return tickets() == 3; });
}

TEST_F(MailroomTest, WhatWasOvertakenWhenTheLineBrokeIsFetchedByTheNextVisit) {
  lay(1, 200);
  house.mail_budget = 0;                                             // they have one sender
  auto const overtakes = std::make_shared<std::atomic<bool>>(true);  // the mood is copied for each command
  box.be([overtakes](Peer& peer, std::string const& command) {
    if (!*overtakes) return Says::as_usual;
    if (ImapBox::asks_for(command, 1)) return Says::answered;  // not a word on the first hundred
    if (!ImapBox::asks_for(command, 200)) return Says::as_usual;
    *overtakes = false;
    std::string bodies;
    for (auto const one : ImapBox::named(command))
      bodies += ImapBox::body_of(one, numbered(static_cast<int>(one)));
    peer.answer(bodies);
    return Says::hangs_up;
  });
  start();
  wait_until("all", [&] { return tickets() == 200; });
  EXPECT_THAT(aside(), IsEmpty());
}

/// Batches wait for the desk in a row: one that fails takes those behind it along, or its mails would be
/// passed over.
TEST_F(MailroomTest, NothingIsKeptBehindABatchThatCouldNotBe) {
  lay(1, 450);
  auto const refuse = [this](std::string const& table) {
    store::open_sqlite(database())
        ->run("CREATE TRIGGER no_" + table + " BEFORE INSERT ON " + table +
              " WHEN new.uid BETWEEN 101 AND 200 BEGIN SELECT RAISE(ABORT, 'no'); END");
  };
  refuse("ledger");
  refuse("quarantine");
  start();
  wait_for_rounds();
  auto const taken_in = [this] {
    return look([](store::Tx& tx) {
      std::vector<std::uint32_t> uids(450);
      std::iota(uids.begin(), uids.end(), 1U);
      return uids.size() - store::missing(tx, "support", 7, uids, "").size();
    });
  };
  EXPECT_EQ(taken_in(), 100U);
  auto const driver = store::open_sqlite(database());
  driver->run("DROP TRIGGER no_ledger");
  driver->run("DROP TRIGGER no_quarantine");
  wait_until("all mails", [&] { return taken_in() == 450; });
}

TEST_F(MailroomTest, AMailOfUnknownSizeKeepsBackNoOther) {
  lay(1, 5);
  box.be([](Peer& peer, std::string const& command) {
    bool const refused =
        command.find("RFC822.SIZE") != std::string::npos && ImapBox::named(command).contains(2);
    if (refused) peer.answer("", "NO its index is broken");
    return refused ? Says::answered : Says::as_usual;
  });
  start();
  wait_until("all, and one aside", [&] { return tickets() == 5 && aside().size() == 1; });
  EXPECT_EQ(aside()[0].place.uid, 2U);
  EXPECT_THAT(aside()[0].reason, HasSubstr("its index is broken"));
  EXPECT_THAT(line_to_desk.ask([&] { return board.alarms(); }), 1);
}

TEST_F(MailroomTest, AMailAtWhichTheServerHangsUpKeepsBackNoOther) {
  lay(1, 5);
  box.be([](Peer&, std::string const& command) {
    return ImapBox::asks_for(command, 3) ? Says::hangs_up : Says::as_usual;
  });
  mailbox.after = channels::AfterCommit::erase;
  start();
  wait_until("all, and one aside", [&] { return tickets() == 5 && aside().size() == 1; });
  EXPECT_EQ(aside()[0].place.uid, 3U);
  lay(6, 8);
  wait_until("the later ones", [&] { return tickets() == 8; });
  wait_until("the others to be deleted", [&] { return box.uids() == std::set<std::uint32_t>{3}; });
  EXPECT_THAT(aside(), SizeIs(1));
}

TEST_F(MailroomTest, AServerWithABugKeepsBackNoOther) {
  lay(1, 3);
  box.be(without(1, "NO [SERVERBUG] out of order"));
  start();
  wait_until("all, and one aside", [&] { return tickets() == 3 && aside().size() == 1; });
  EXPECT_THAT(aside()[0].reason, HasSubstr("SERVERBUG"));
}

TEST_F(MailroomTest, WhatWasPutAsideComesInOnceTheServerHasIt) {
  lay(1, 3);
  box.be(without(2, "NO it is damaged"));
  start();
  wait_until("one aside", [&] { return aside().size() == 1; });
  box.be({});
  wait_for_rounds();
  ASSERT_THAT(aside(), SizeIs(1)) << "asked for now and then only";
  look([&](store::Tx& tx) { return store::make_due(tx, store::quarantine(tx, false).at(0).id), 0; });
  wait_until("it", [&] { return tickets() == 4 && aside().empty(); });
  ASSERT_THAT(aside(true), SizeIs(1));
  EXPECT_TRUE(aside(true)[0].resolved);
  wait_for_rounds();
  EXPECT_EQ(tickets(), 4);
}

TEST_F(MailroomTest, AServerThatHandsOverNothingFillsNoQuarantine) {
  lay(1, 20);
  box.be([](Peer& peer, std::string const& command) {
    bool const refused = command.find("BODY") != std::string::npos;
    if (refused) peer.answer("", "NO out of order");
    return refused ? Says::answered : Says::as_usual;
  });
  start();
  wait_until("some aside", [&] { return aside().size() == 10; });
  wait_until("the trouble to be told",
             [&] { return !pulse().well && pulse().words.find("out of order") != std::string::npos; });
  wait_for_rounds();
  EXPECT_THAT(aside(), SizeIs(10));
  box.be({});
  wait_until("the others", [&] { return tickets() == 20 && pulse().well; });
}

TEST_F(MailroomTest, AFolderThatTakesNothingKeepsNothingBackAndIsTriedAgain) {
  lay(1, 2);
  box.be([](Peer& peer, std::string const& command) {
    bool const refused = command.starts_with("UID MOVE");
    if (refused) peer.answer("", "NO [OVERQUOTA] it is full");
    return refused ? Says::answered : Says::as_usual;
  });
  mailbox.after = channels::AfterCommit::move;
  mailbox.after_argument = "Done";
  start();
  wait_until("the trouble to be told",
             [&] { return !pulse().well && pulse().words.find("it is full") != std::string::npos; });
  lay(3, 3);
  wait_until("the new one", [&] { return tickets() == 3; });
  wait_for_rounds();
  EXPECT_FALSE(pulse().well) << "as long as they lie there";
  EXPECT_THAT(box.uids(), SizeIs(3));
  box.be({});
  wait_until("all to be moved", [&] { return box.uids().empty() && pulse().well; });
}

TEST_F(MailroomTest, WhatWasInWhenTheLineBrokeIsClearedAwayByTheNextVisit) {
  lay(1, 3);
  box.be([](Peer&, std::string const& command) {
    return command.starts_with("UID STORE") ? Says::hangs_up : Says::as_usual;
  });
  mailbox.after = channels::AfterCommit::erase;
  start();
  wait_until("a try", [&] { return box.heard("UID STORE") > 0; });
  stop();
  EXPECT_THAT(box.uids(), SizeIs(3));
  box.be({});
  start();
  wait_until("all to be deleted", [&] { return box.uids().empty(); });
  EXPECT_EQ(tickets(), 3);
}

TEST_F(MailroomTest, WhatLiesInAMaildirIsMovedOnceThatCanBeDone) {
  mailbox.source = Intake::maildir;
  mailbox.after = channels::AfterCommit::move;
  mailbox.after_argument = "done";
  ASSERT_TRUE(channels::make_maildir(mailbox.maildir));
  std::ofstream{folder.path() / "done"} << "in the way";
  ASSERT_TRUE(channels::deliver(mailbox.maildir, numbered(1), "one"));
  start();
  wait_until("the trouble to be told", [&] {
    return tickets() == 1 && !pulse().well && pulse().words.find("done") != std::string::npos;
  });
  stop();
  EXPECT_TRUE(std::filesystem::exists(mailbox.maildir / "new" / "one"));
  std::filesystem::remove(folder.path() / "done");
  start();
  auto const moved = folder.path() / "done" / "cur" / "one:2,S";
  wait_until("it to be moved", [&] { return std::filesystem::exists(moved) && pulse().well; });
  EXPECT_EQ(tickets(), 1);
}

TEST_F(MailroomTest, AFileThatCannotBeReadIsToldAndKeepsBackNoOther) {
  mailbox.source = Intake::maildir;
  ASSERT_TRUE(channels::make_maildir(mailbox.maildir));
  auto const loop = mailbox.maildir / "new" / "loop";
  std::filesystem::create_symlink("loop", loop);  // not even root can open it
  ASSERT_TRUE(channels::deliver(mailbox.maildir, numbered(1)));
  start();
  wait_until("the trouble to be told",
             [&] { return !pulse().well && pulse().words.find(loop.string()) != std::string::npos; });
  ASSERT_TRUE(channels::deliver(mailbox.maildir, numbered(2)));
  wait_until("the others", [&] { return tickets() == 2; });
  std::filesystem::remove(loop);
  wait_until("all to be well", [&] { return pulse().well; });
}

TEST_F(MailroomTest, AnEmptyFileIsShownAndStaysWhereItLies) {
  mailbox.source = Intake::maildir;
  mailbox.after = channels::AfterCommit::erase;
  ASSERT_TRUE(channels::make_maildir(mailbox.maildir));
  std::ofstream{mailbox.maildir / "new" / "empty"};
  start();
  wait_until("it to be shown", [&] { return aside().size() == 1; });
  EXPECT_EQ(aside()[0].reason, "the file is empty");
  ASSERT_TRUE(channels::deliver(mailbox.maildir, numbered(1), "whole"));
  wait_until("the other to be deleted",
             [&] { return tickets() == 2 && !std::filesystem::exists(mailbox.maildir / "new" / "whole"); });
  EXPECT_TRUE(std::filesystem::exists(mailbox.maildir / "new" / "empty"));
}

// With the same UIDVALIDITY and lower UIDs, as servers give them that count from 1.
TEST_F(MailroomTest, AnotherFolderIsReadFromItsBeginning) {
  lay(1, 3);
  start();
  wait_until("the first folder", [&] { return tickets() == 3; });
  stop();
  ImapBox other;
  other.lay(1, numbered(11));
  other.lay(2, numbered(2));  // a copy
  mailbox.folder = "Elsewhere";
  start(other);
  wait_until("the other folder", [&] { return tickets() == 4; });
  wait_until("a second look", [&] { return other.heard("UID SEARCH UID 3:*") > 0; });
  EXPECT_EQ(tickets(), 4) << "the copy is known by its content";
  stop();
  mailbox.folder = "INBOX";
  start();
  wait_for_rounds();
  EXPECT_EQ(tickets(), 4);
}

/// As a process leaves it behind that dies while it files these mails.
class AfterADeath : public MailroomTest {
 protected:
  std::filesystem::path black_box() const { return folder.path() / "reading.support"; }
  void die_with(std::vector<int> const& mails) {
    std::vector<std::string> hashes;
    for (int const mail : mails) hashes.push_back(parser::sha256(numbered(mail)));
    BlackBox{black_box()}.hand(hashes);
  }
};

TEST_F(AfterADeath, WhatWasBeingFiledGoesItsWayAlone) {
  die_with({2, 3});
  std::vector<std::size_t> together;
  on_bell = [&](desk::News const&) {
    std::ifstream in{black_box(), std::ios::binary};
    std::string const held{std::istreambuf_iterator<char>{in}, {}};
    std::size_t const end = held.find("----", 64);
    bool const reading = held[0] != '-';
    together.push_back((end - 64) / 64 + (reading ? 1 : 0));
  };
  lay(1, 4);
  start();
  wait_until("all", [&] { return tickets() == 4; });
  stop();
  EXPECT_THAT(together, ElementsAre(1, 1, 1, 1)) << "1 before 2, and 4 behind 3";
}

TEST_F(AfterADeath, ThatIsTheEighthItIsNotReadAgain) {
  for (int death = 1; death <= 7; ++death) {
    die_with(death == 1 ? std::vector{1, 2, 3} : std::vector{2});
    start();
    wait_for_rounds(1);
    stop();
  }
  die_with({2});
  lay(1, 3);
  start();
  wait_until("all", [&] { return tickets() == 3; });
  ASSERT_THAT(aside(), SizeIs(1));
  EXPECT_EQ(aside()[0].place.uid, 2U);
  EXPECT_THAT(aside()[0].reason, HasSubstr("died eight times"));
}

}  // namespace
}  // namespace spoc::daemon
