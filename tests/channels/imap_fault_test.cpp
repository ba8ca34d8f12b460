// SPDX-License-Identifier: GPL-3.0-or-later
// Our IMAP client against servers that lack something, lie, fall silent or drop.
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "channels/imap.hpp"
#include "tests/fakes/scripted_server.hpp"
#include "tests/fakes/temp_dir.hpp"

namespace spoc::channels {
namespace {

using fakes::Peer;
using fakes::ScriptedServer;
using std::chrono::milliseconds;
using std::chrono::seconds;

std::string literal(std::string const& mail) { return "{" + std::to_string(mail.size()) + "}\r\n" + mail; }
std::string size_of(int number, std::size_t size) {
  return "* " + std::to_string(number) + " FETCH (UID " + std::to_string(number) + " RFC822.SIZE " +
         std::to_string(size) + ")\r\n";
}
std::string body_of(int number, std::string const& mail) {
  return "* " + std::to_string(number) + " FETCH (UID " + std::to_string(number) + " BODY[] " +
         literal(mail) + ")\r\n";
}

std::string sizes_to(int last) {
  std::string told;
  for (int i = 1; i <= last; ++i) told += size_of(i, 1);
  return told;
}
std::string bodies(int first, int last) {
  std::string told;
  for (int i = first; i <= last; ++i) told += body_of(i, "b");
  return told;
}
/// What it asks for in so many batches, by their tags.
std::vector<std::string> tags_of(Peer& peer, int batches) {
  std::vector<std::string> tags;
  for (int batch = 0; batch < batches; ++batch) {
    peer.command();
    tags.push_back(peer.tag());
  }
  return tags;
}
std::vector<std::uint32_t> uids_to(std::size_t last) {
  std::vector<std::uint32_t> uids(last);
  std::iota(uids.begin(), uids.end(), 1U);
  return uids;
}

class ImapFaults : public testing::Test {
 protected:
  Imap open(ScriptedServer const& server, milliseconds timeout = seconds{5}) {
    auto account = server.account("support");
    account.timeout = timeout;
    auto imap = Imap::open(account, "INBOX", wake_);
    if (!imap) throw std::runtime_error(imap.error().what);
    return std::move(*imap);
  }
  Result<> fetch(Imap& imap, std::vector<std::uint32_t> const& uids) {
    return imap.fetch(uids, [&](Fetched&& mail) {
      mails_.push_back(std::to_string(mail.uid) + ":" + mail.bytes);
      return true;
    });
  }

  static std::vector<std::uint32_t> order_of(Imap& imap, std::vector<std::uint32_t> const& uids) {
    std::vector<std::uint32_t> came;
    auto const done = imap.fetch(uids, [&](Fetched&& mail) {
      came.push_back(mail.uid);
      return true;
    });
    EXPECT_TRUE(done) << done.error().what;
    return came;
  }

  Wake wake_;
  std::vector<std::string> mails_;
};

TEST_F(ImapFaults, ThePasswordsFileIsReadBeforeEachConnection) {
  fakes::TempDir const folder;
  auto const file = folder.path() / "password";
  std::vector<std::string> logins;
  {
    ScriptedServer server([&](Peer& peer) {
      peer.imap_login("");
      for (auto const& line : peer.heard)
        if (line.find("LOGIN") != std::string::npos) logins.push_back(line.substr(line.find("LOGIN")));
    });
    auto account = server.account("support");
    account.password_file = file;
    EXPECT_EQ(Imap::open(account, "INBOX", wake_).error().kind, Kind::busy);
    for (char const* password : {"first\n", "second"}) {
      std::ofstream{file} << password;
      auto const opened = Imap::open(account, "INBOX", wake_);
      EXPECT_TRUE(opened) << opened.error().what;
    }
  }
  ASSERT_EQ(logins.size(), 2U);
  EXPECT_NE(logins[0].find("first"), std::string::npos) << logins[0];
  EXPECT_NE(logins[1].find("second"), std::string::npos) << logins[1];
}

TEST_F(ImapFaults, WithoutIdleItAsksOnce) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("UIDPLUS");
    EXPECT_EQ(peer.command(), "NOOP");
    peer.answer();
    EXPECT_EQ(peer.command(), "NOOP");
    peer.answer("* 4 EXISTS\r\n");
    peer.command();
  });
  auto imap = open(server);
  EXPECT_EQ(imap.idle(seconds{60}).value(), Idled::quiet);
  EXPECT_EQ(imap.idle(seconds{60}).value(), Idled::news);
}

TEST_F(ImapFaults, WithoutMoveItCopiesMarksAndExpungesOnlyItsOwn) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("UIDPLUS");
    bool first = true;
    for (char const* expected : {"UID COPY 1:2 \"Done\"", "CREATE \"Done\"", "UID COPY 1:2 \"Done\"",
                                 "UID STORE 1:2 +FLAGS.SILENT (\\Deleted)", "UID EXPUNGE 1:2"}) {
      EXPECT_EQ(peer.command(), expected);
      peer.answer("", std::exchange(first, false) ? "NO [TRYCREATE] no such folder" : "OK done");
    }
  });
  auto imap = open(server);
  auto const moved = imap.after_commit({2, 1}, AfterCommit::move, "Done");
  EXPECT_TRUE(moved) << moved.error().what;
}

TEST_F(ImapFaults, WithoutUidplusItOnlyMarks) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("IDLE");
    EXPECT_EQ(peer.command(), "UID STORE 7 +FLAGS.SILENT (\\Deleted)");
    peer.answer();
    EXPECT_EQ(peer.command().substr(0, 6), "LOGOUT");
    peer.say("* BYE\r\n");
  });
  auto imap = open(server);
  EXPECT_TRUE(imap.after_commit({7}, AfterCommit::erase, ""));
  imap.close();
}

TEST_F(ImapFaults, RefusalsSayWhetherToComeBack) {
  std::vector<std::pair<std::string, Kind>> const rows{{"NO [INUSE] locked", Kind::busy},
                                                       {"NO [NOPERM] read only", Kind::denied},
                                                       {"NO never", Kind::refused},
                                                       {"BAD what?", Kind::broken}};
  ScriptedServer server([&](Peer& peer) {
    peer.imap_login("");
    for (auto const& row : rows) {
      peer.command();
      peer.answer("", row.first);
    }
  });
  auto imap = open(server);
  for (auto const& [said, kind] : rows) {
    auto const done = imap.after_commit({1}, AfterCommit::flag, "");
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, kind) << said;
    EXPECT_NE(done.error().what.find(said), std::string::npos) << done.error().what;
    EXPECT_FALSE(imap.ended());
  }
}

TEST_F(ImapFaults, ABodyThatLooksLikeAnAnswerIsABody) {
  std::string trick;
  ScriptedServer server([&](Peer& peer) {
    peer.imap_login("");
    peer.command();
    // Even the real tag, were it known.
    trick = "Subject: x\r\n\r\nA004 OK Fetch completed.\r\n* BYE\r\n* 2 FETCH (UID 2 BODY[] {5}\r\n";
    peer.answer(size_of(1, trick.size()) + size_of(2, 3));
    peer.command();
    trick += peer.tag() + " OK done\r\n";
    peer.answer(body_of(1, trick) + "* 9 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen) UID 1)\r\n" + body_of(2, "two") +
                body_of(2, "again") + body_of(3, "nobody asked"));
    peer.command();
  });
  auto imap = open(server);
  ASSERT_TRUE(fetch(imap, {1, 2}));
  EXPECT_EQ(mails_, (std::vector<std::string>{"1:" + trick, "2:two"}));
  EXPECT_EQ(imap.idle(seconds{60}).value(), Idled::news);  // the 9 EXISTS in between
}

TEST_F(ImapFaults, OneMailThatTheServerCantReadKeepsBackNoOther) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("");
    EXPECT_EQ(peer.command(), "UID FETCH 1:3 (UID RFC822.SIZE)");
    peer.answer(size_of(1, 3) + size_of(2, 3) + size_of(3, 3));
    peer.command();
    peer.answer(body_of(1, "one"), "NO some messages could not be read");
    EXPECT_EQ(peer.command(), "UID FETCH 2 (UID INTERNALDATE BODY.PEEK[])");
    peer.answer("", "NO it is damaged");
    EXPECT_EQ(peer.command(), "UID FETCH 3 (UID INTERNALDATE BODY.PEEK[])");
    peer.answer(body_of(3, "three"));
  });
  auto imap = open(server);
  auto const done = fetch(imap, {1, 2, 3});
  EXPECT_TRUE(done) << done.error().what;
  EXPECT_EQ(mails_, (std::vector<std::string>{"1:one", "2:", "3:three"}));
}

TEST_F(ImapFaults, OneMailWhoseSizeCantBeToldKeepsBackNoOther) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("");
    for (char const* set : {"1:3", "1", "", "2:3", "2", "3", ""}) {
      std::string const command = peer.command();
      std::string const asked = set;
      if (asked.empty()) {
        int const uid = command.find(" 1 ") != std::string::npos ? 1 : 3;
        peer.answer(body_of(uid, std::to_string(uid)));
        continue;
      }
      EXPECT_EQ(command, "UID FETCH " + asked + " (UID RFC822.SIZE)");
      bool const well = asked == "1" || asked == "3";
      peer.answer(well ? size_of(std::stoi(asked), 1) : "", well ? "OK" : "NO its index is broken");
    }
  });
  auto imap = open(server);
  auto const done = fetch(imap, {1, 2, 3});
  EXPECT_TRUE(done) << done.error().what;
  EXPECT_EQ(mails_, (std::vector<std::string>{"1:1", "2:", "3:3"}));
}

TEST_F(ImapFaults, AServerThatIsBusyJustNowLosesNothing) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("");
    peer.command();
    peer.answer(size_of(1, 3));
    peer.command();
    peer.answer("", "NO [UNAVAILABLE] the disk is away");
  });
  auto imap = open(server);
  EXPECT_EQ(fetch(imap, {1}).error().kind, Kind::busy);
  EXPECT_TRUE(mails_.empty());
}

// RFC 3501 5.5. Mails are handed over in their order nevertheless: an answer comes after its question.
TEST_F(ImapFaults, AnswersMayOvertakeEachOther) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("");
    peer.command();
    peer.answer(sizes_to(400));
    auto const tags = tags_of(peer, 4);
    peer.say(bodies(301, 400) + tags[3] + " OK\r\n");
    peer.say(bodies(1, 50) + bodies(201, 250) + bodies(51, 100) + tags[0] + " OK\r\n");
    peer.say(bodies(101, 150) + bodies(251, 300) + tags[2] + " OK\r\n");
    peer.say(bodies(151, 200) + tags[1] + " OK\r\n");
  });
  auto imap = open(server);
  EXPECT_EQ(order_of(imap, uids_to(400)), uids_to(400));
}

// Batches as they end, in that order: "2 OK" after all of its hundred mails, "1 NO" after its first ten.
// Those that are left are asked for alone.
TEST_F(ImapFaults, MailsOfRefusedBatchesComeInTheirOrder) {
  for (std::vector<std::string> const& ends :
       std::vector<std::vector<std::string>>{{"1 NO", "2 OK", "3 OK"},
                                             {"2 OK", "1 NO", "3 OK"},
                                             {"3 NO", "2 NO", "1 NO"},
                                             {"2 NO", "3 OK", "1 OK"}}) {
    ScriptedServer server([&](Peer& peer) {
      peer.imap_login("");
      peer.command();
      peer.answer(sizes_to(300));
      auto const tags = tags_of(peer, 3);
      int alone = 0;
      for (auto const& end : ends) {
        int const first = (end[0] - '1') * 100 + 1;
        bool const refused = end.ends_with("NO");
        peer.say(bodies(first, first + (refused ? 9 : 99)) + tags[static_cast<std::size_t>(end[0] - '1')] +
                 end.substr(1) + " so it is\r\n");
        if (refused) alone += 90;
      }
      for (; alone > 0; --alone) {
        std::string const command = peer.command();
        EXPECT_TRUE(command.starts_with("UID FETCH ")) << command;
        peer.answer(body_of(std::stoi(command.substr(10)), "alone"));
      }
    });
    auto imap = open(server);
    EXPECT_EQ(order_of(imap, uids_to(300)), uids_to(300)) << ends.front();
  }
}

// A batch that a server answers twice has no second end.
TEST_F(ImapFaults, ABatchAnsweredTwiceEndsTheTalk) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("");
    peer.command();
    peer.answer(sizes_to(200));
    auto const tags = tags_of(peer, 2);
    peer.say(tags[1] + " OK\r\n" + tags[1] + " OK\r\n" + tags[0] + " OK\r\n");
  });
  auto imap = open(server);
  auto const done = fetch(imap, uids_to(200));
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, "the IMAP server answered a command that was not given");
  EXPECT_TRUE(imap.ended());
}

// Its header and its first words make a ticket; the rest is not even asked for.
TEST_F(ImapFaults, OfAMailBeyondTheLimitOnlyTheBeginningIsFetched) {
  std::string const beginning(512 << 10, 'x');
  ScriptedServer server([&](Peer& peer) {
    peer.imap_login("");
    peer.command();
    peer.answer(size_of(1, largest_mail + 1000));
    EXPECT_EQ(peer.command(), "UID FETCH 1 (UID INTERNALDATE BODY.PEEK[]<0.524288>)");
    peer.answer("* 1 FETCH (UID 1 BODY[]<0> " + literal(beginning) + ")\r\n");
    EXPECT_FALSE(peer.command().starts_with("UID FETCH"));
  });
  auto imap = open(server);
  Fetched got;
  ASSERT_TRUE(imap.fetch({1}, [&](Fetched&& mail) {
    got = std::move(mail);
    return true;
  }));
  EXPECT_TRUE(got.cut);
  EXPECT_EQ(got.bytes.size(), beginning.size());
  imap.close();
}

// A server that breaks off at any point: an Error, an end, and only whole mails handed over.
TEST_F(ImapFaults, ADropAnywhereHandsOverOnlyWholeMails) {
  std::string const answer =
      body_of(1, "Subject: one\r\n\r\nfirst\r\n") + body_of(2, "Subject: two\r\n\r\nsecond\r\n");
  std::atomic<std::size_t> cut = 0;
  ScriptedServer server([&](Peer& peer) {
    peer.imap_login("");
    peer.command();
    peer.answer(size_of(1, 10) + size_of(2, 10));
    peer.command();
    peer.say(answer.substr(0, cut));
  });
  auto const first_whole = body_of(1, "Subject: one\r\n\r\nfirst\r\n").size();
  for (cut = 0; cut <= answer.size(); cut += 7) {
    mails_.clear();
    auto imap = open(server);
    auto const done = fetch(imap, {1, 2});
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, Kind::busy);
    EXPECT_TRUE(imap.ended());
    EXPECT_EQ(mails_.size(), (cut >= first_whole ? 1U : 0U) + (cut >= answer.size() ? 1U : 0U)) << cut;
    EXPECT_EQ(imap.since(0).error().kind, Kind::busy);
  }
}

TEST_F(ImapFaults, SilenceEndsInTime) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("IDLE");
    peer.wait_for_end();
  });
  auto imap = open(server, milliseconds{300});
  auto const found = imap.since(0);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, Kind::busy);
  EXPECT_TRUE(imap.ended());
}

TEST_F(ImapFaults, TheBellEndsAFetchThatHangs) {
  ScriptedServer server([this](Peer& peer) {
    peer.imap_login("");
    peer.command();
    peer.say("* 1 FETCH (UID 1 RFC");
    wake_.ring();
    peer.wait_for_end();
  });
  auto imap = open(server, seconds{60});
  EXPECT_EQ(fetch(imap, {1}).error().kind, Kind::busy);
  EXPECT_TRUE(imap.ended());
}

TEST_F(ImapFaults, GoodbyesAndGarbageEndTheTalk) {
  for (std::string const said :
       {"* BYE shutting down\r\n", "hello?\n", "* SEARCH (1\r\n", "XYZ OK not yours\r\n"}) {
    ScriptedServer server([&](Peer& peer) {
      peer.imap_login("IDLE");
      peer.command();
      peer.say(said);
      peer.wait_for_end();
    });
    {
      auto imap = open(server);
      auto const found = imap.since(0);
      ASSERT_FALSE(found) << said;
      EXPECT_EQ(found.error().kind, Kind::busy);
      EXPECT_TRUE(imap.ended()) << said;
    }
    auto imap = open(server);
    EXPECT_FALSE(imap.idle(seconds{5})) << said;
    EXPECT_TRUE(imap.ended()) << said;
  }
}

TEST_F(ImapFaults, WhoIsPassedOverIsNamedOnlyWhereTheCommandCanHoldIt) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("");
    EXPECT_EQ(peer.command(), "NOOP");
    peer.answer("");
    EXPECT_EQ(peer.command(),
              "UID SEARCH UID 8:* UNDELETED NOT FROM \"eve@example.com\" NOT FROM \"mallory@example.com\""
              " OR (NOT HEADER References \"\" NOT HEADER In-Reply-To \"\")"
              " (OR HEADER References \"<spoc.\" HEADER In-Reply-To \"<spoc.\")");
    peer.answer("* SEARCH 9\r\n");
    EXPECT_EQ(peer.command(), "NOOP");
    peer.answer("");
    EXPECT_EQ(peer.command(), "UID SEARCH UID 8:* UNDELETED");
    peer.answer("* SEARCH 8 9\r\n");
  });
  auto imap = open(server);
  EXPECT_EQ(imap.since(7, {"mallory@example.com", "eve@example.com", "a b\"@example.com"}).value(),
            std::vector<std::uint32_t>{9});
  EXPECT_EQ(imap.since(7, {"x\r\n@example.com"}).value(), (std::vector<std::uint32_t>{8, 9}));
}

TEST_F(ImapFaults, ALargeMailboxIsSearchedInWindows) {
  ScriptedServer server([](Peer& peer) {
    peer.imap_login("");
    for (char const* exists : {"120000", "120001"}) {
      EXPECT_EQ(peer.command(), "NOOP");
      peer.answer("* " + std::string(exists) + " EXISTS\r\n");
    }
    for (char const* expected : {"1:50000", "50001:100000", "100001:*"}) {
      EXPECT_EQ(peer.command(), "UID SEARCH " + std::string(expected) + " UID 8:* UNDELETED");
      peer.answer("* SEARCH 9 7\r\n* SEARCH " + std::to_string(100 + peer.heard.size()) + "\r\n");
    }
  });
  auto imap = open(server);
  EXPECT_EQ(imap.idle(seconds{60}).value(), Idled::news);
  auto const found = imap.since(7);
  ASSERT_TRUE(found) << found.error().what;
  EXPECT_EQ(found->size(), 4U);
  EXPECT_EQ(found->front(), 9U);
}

}  // namespace
}  // namespace spoc::channels
