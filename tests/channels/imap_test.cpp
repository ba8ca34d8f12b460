// SPDX-License-Identifier: GPL-3.0-or-later
// Our IMAP client against a real Dovecot: fetching, IDLE, after-commit actions, logins.
#include "channels/imap.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "channels/imap_talk.hpp"
#include "channels/imap_words.hpp"
#include "tests/fakes/mail_servers.hpp"

namespace spoc::channels {
namespace {

using fakes::MailServers;
using std::chrono::milliseconds;
using std::chrono::seconds;

// A second client, as a person at their mail program: speaks commands as they stand.
class Person {
 public:
  explicit Person(Account const& account) : talk_(ImapTalk::open(account, wake_).value()) {}

  void append(std::string const& mail) {
    auto const done = talk_.ask("APPEND INBOX \"17-Jul-1996 02:44:25 -0700\" {" +
                                std::to_string(mail.size()) + "+}\r\n" + mail);
    ASSERT_TRUE(done) << done.error().what;
  }
  void say(std::string const& command) {
    auto const done = talk_.ask(command);
    ASSERT_TRUE(done) << done.error().what;
  }
  /// All FLAGS of a folder, one string a mail.
  std::vector<std::string> flags(std::string const& folder) {
    std::vector<std::string> found;
    say("SELECT " + folder_argument(folder).value());
    auto const done = talk_.ask("FETCH 1:* (FLAGS)", [&](ImapAnswer& answer) -> Result<> {
      if (answer.word != "FETCH") return {};
      std::string line;
      for (auto const& flag : answer.items.at(0).items.at(1).items)
        if (flag.text != "\\Recent") line += flag.text + " ";
      found.push_back(line);
      return {};
    });
    if (!done) found.clear();  // an empty folder: BAD
    return found;
  }

 private:
  Wake wake_;
  ImapTalk talk_;
};

// A mailbox of the test's own.
class ImapWithDovecot : public testing::Test {
 protected:
  std::string user() const {
    std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(tolower(c)); });
    return name;
  }
  Account account(Security security = Security::tls) const {
    return MailServers::get().imap(user(), security);
  }

  Imap open() {
    auto imap = Imap::open(account(), "INBOX", wake_);
    if (!imap) throw std::runtime_error(imap.error().what);
    return std::move(*imap);
  }
  static std::vector<std::uint32_t> since(Imap& imap, std::uint32_t uid) {
    auto found = imap.since(uid);
    EXPECT_TRUE(found) << found.error().what;
    return found ? *found : std::vector<std::uint32_t>{};
  }
  static std::vector<Fetched> fetch(Imap& imap, std::vector<std::uint32_t> const& uids,
                                    std::size_t enough = SIZE_MAX) {
    std::vector<Fetched> mails;
    auto const done = imap.fetch(uids, [&](Fetched&& mail) {
      mails.push_back(std::move(mail));
      return mails.size() < enough;
    });
    EXPECT_TRUE(done) << done.error().what;
    return mails;
  }

  Wake wake_;
};

TEST_F(ImapWithDovecot, TellsWhatOthersBeganOrAnsweredUs) {
  Person person(account());
  auto const mail = [&](std::string const& from, std::string const& more) {
    person.append("From: " + from + "\r\nSubject: Help\r\n" + more + "\r\nPlease.\r\n");
  };
  std::string const ours = "<spoc.abc.def@example.org>", theirs = "<flood-1@example.com>";
  mail("Eve <EVE@example.com>", "Message-ID: " + theirs + "\r\n");           // 1
  mail("Tessa <tessa@example.net>", "Message-ID: <first@example.net>\r\n");  // 2: begins a thread
  mail("eve@example.com", "");                                               // 3
  mail("Bo <bo@example.net>", "In-Reply-To: " + theirs + "\r\n");            // 4: may answer what waits
  mail("Bo <bo@example.net>", "References: " + theirs + "\r\n");             // 5
  mail("Sam <sam@example.org>", "In-Reply-To: " + ours + "\r\n");            // 6: answers us
  mail("Sam <sam@example.org>", "References: <x@example.net>\r\n " + ours + "\r\n");  // 7
  mail("Eve <eve@example.com>", "References: " + ours + "\r\n");                      // 8
  mail("\"eve@example.com\" <mallory@example.com>", "");  // 9: by her name, she is passed over too
  auto imap = open();
  auto const all = since(imap, 0);
  ASSERT_EQ(all.size(), 9U);
  EXPECT_EQ(imap.since(0, {"eve@example.com"}).value(), (std::vector<std::uint32_t>{all[1], all[5], all[6]}));
  EXPECT_EQ(imap.since(all[1], {"eve@example.com", "sam@example.org"}).value(), std::vector<std::uint32_t>{});
  EXPECT_EQ(since(imap, 0).size(), 9U);
}

// Bytes that a line-minded client trips over.
std::string mail_number(int number) {
  std::string mail = "Subject: mail " + std::to_string(number) + "\r\nMessage-ID: <" +
                     std::to_string(number) + "@example.org>\r\n\r\n";
  for (int line = 0; line < number % 40; ++line)
    mail += "line {" + std::to_string(line) + "}\r\n)\r\nA004 OK done\r\n";
  return mail + "\xE2\x82\xAC \xFF)\r\n";
}

TEST_F(ImapWithDovecot, FetchesAllInOrderByteForByteAndNeverSetsSeen) {
  Person person(account());
  for (int i = 1; i <= 300; ++i) person.append(mail_number(i));
  auto imap = open();
  EXPECT_GT(imap.selected().validity, 0U);
  EXPECT_EQ(imap.selected().exists, 300U);
  EXPECT_EQ(imap.selected().next, 301U);
  EXPECT_TRUE(imap.can("IDLE") && imap.can("MOVE") && imap.can("UIDPLUS"));

  auto const uids = since(imap, 0);
  ASSERT_EQ(uids.size(), 300U);
  EXPECT_TRUE(std::is_sorted(uids.begin(), uids.end()));
  auto const mails = fetch(imap, uids);
  ASSERT_EQ(mails.size(), 300U);
  for (std::size_t i = 0; i < mails.size(); ++i) {
    ASSERT_EQ(mails[i].uid, uids[i]);
    ASSERT_EQ(mails[i].bytes, mail_number(static_cast<int>(i) + 1));
    ASSERT_EQ(mails[i].internal_date, 837596665000);
  }

  // From a UID on; the last one; none.
  EXPECT_EQ(since(imap, uids[199]), std::vector<std::uint32_t>(uids.begin() + 200, uids.end()));
  EXPECT_EQ(since(imap, uids[298]), std::vector<std::uint32_t>{uids[299]});
  EXPECT_TRUE(since(imap, uids[299]).empty());
  EXPECT_TRUE(since(imap, UINT32_MAX).empty());

  // Nobody wrote these: all are others'.
  EXPECT_EQ(imap.since(uids[297], {"eve@example.com"}).value(),
            (std::vector<std::uint32_t>{uids[298], uids[299]}));

  // Ended early, the connection goes on; what has vanished is left out.
  EXPECT_EQ(fetch(imap, uids, 10).size(), 10U);
  EXPECT_EQ(fetch(imap, {uids[5], 100'000}).size(), 1U);
  EXPECT_TRUE(fetch(imap, {100'000}).empty());
  EXPECT_FALSE(imap.ended());
  EXPECT_EQ(person.flags("INBOX"), std::vector<std::string>(300, ""));
  imap.close();
  EXPECT_TRUE(imap.ended());
}

TEST_F(ImapWithDovecot, ALargeMailComesInPiecesBetweenItsNeighbours) {
  std::string large = "Subject: large\r\n\r\n";
  while (large.size() < 12'000'000)
    large += std::to_string(large.size()) + " bytes so far, and then A004 OK done\r\n";
  std::string exact(8 << 20, 'x');  // two pieces to the byte
  exact.replace(0, 16, "Subject: x\r\n\r\nyy");
  Person person(account());
  for (auto const& mail : {mail_number(1), large, exact, mail_number(2)}) person.append(mail);
  auto imap = open();
  auto const mails = fetch(imap, since(imap, 0));
  ASSERT_EQ(mails.size(), 4U);
  EXPECT_EQ(mails[0].bytes, mail_number(1));
  EXPECT_TRUE(mails[1].bytes == large) << mails[1].bytes.size();
  EXPECT_TRUE(mails[2].bytes.size() == exact.size() && mails[2].bytes == exact);
  EXPECT_EQ(mails[3].bytes, mail_number(2));
  EXPECT_FALSE(mails[1].cut || mails[2].cut);
  EXPECT_EQ(mails[1].internal_date, 837596665000);
  EXPECT_EQ(person.flags("INBOX"), std::vector<std::string>(4, ""));
}

TEST_F(ImapWithDovecot, IdleHearsNewsTheBellAndSilence) {
  auto imap = open();
  EXPECT_EQ(imap.idle(milliseconds{20}).value(), Idled::quiet);

  std::thread person([this] { Person(account()).append(mail_number(1)); });
  EXPECT_EQ(imap.idle(seconds{20}).value(), Idled::news);
  person.join();
  EXPECT_EQ(since(imap, 0).size(), 1U);

  std::thread bell([this] {
    std::this_thread::sleep_for(
        milliseconds{50});  // rung while it idles; were it earlier, the result is the same
    wake_.ring();
  });
  EXPECT_EQ(imap.idle(seconds{20}).value(), Idled::woken);
  bell.join();
  EXPECT_EQ(imap.idle(seconds{20}).value(), Idled::woken);  // still rung

  wake_.clear();
  EXPECT_FALSE(imap.ended());
  EXPECT_EQ(fetch(imap, since(imap, 0)).at(0).bytes, mail_number(1));
}

TEST_F(ImapWithDovecot, NewsBetweenTwoCommandsIsNotLost) {
  auto imap = open();
  Person(account()).append(mail_number(1));
  // Told in the answer to this flagging; by the time of IDLE the server has nothing more to say.
  ASSERT_TRUE(imap.after_commit({999}, AfterCommit::flag, ""));
  EXPECT_EQ(imap.idle(seconds{20}).value(), Idled::news);
  EXPECT_EQ(since(imap, 0).size(), 1U);
}

TEST_F(ImapWithDovecot, AfterCommitFlagsMovesAndErases) {
  Person person(account());
  for (int i = 1; i <= 5; ++i) person.append(mail_number(i));
  auto imap = open();
  auto const uids = since(imap, 0);
  ASSERT_EQ(uids.size(), 5U);
  ASSERT_TRUE(imap.after_commit(uids, AfterCommit::leave, ""));
  ASSERT_TRUE(imap.after_commit({uids[0]}, AfterCommit::flag, ""));
  ASSERT_TRUE(imap.after_commit({uids[1]}, AfterCommit::flag, "Filed"));
  EXPECT_EQ(imap.after_commit({uids[1]}, AfterCommit::flag, "a b").error().kind, Kind::refused);
  EXPECT_EQ(person.flags("INBOX"), (std::vector<std::string>{"\\Flagged ", "Filed ", "", "", ""}));

  // The folder is made; its name goes beyond ASCII.
  ASSERT_TRUE(imap.after_commit({uids[2], uids[3]}, AfterCommit::move, "Støtte/已处理"));
  EXPECT_EQ(person.flags("Støtte/已处理").size(), 2U);
  ASSERT_TRUE(imap.after_commit({uids[4]}, AfterCommit::erase, ""));
  EXPECT_EQ(person.flags("INBOX").size(), 2U);
  EXPECT_EQ(since(imap, 0).size(), 2U);

  // What another client has marked stays, and is not ours to fetch.
  person.say("STORE 1 +FLAGS (\\Deleted)");
  EXPECT_EQ(since(imap, 0), std::vector<std::uint32_t>{uids[1]});
  ASSERT_TRUE(imap.after_commit({uids[4], 12'345}, AfterCommit::erase, ""));
  EXPECT_EQ(person.flags("INBOX").size(), 2U);
}

TEST_F(ImapWithDovecot, EverySecurityAndLoginOpens) {
  for (auto const security : {Security::tls, Security::starttls, Security::none}) {
    auto imap = Imap::open(account(security), "INBOX", wake_);
    ASSERT_TRUE(imap) << imap.error().what;
    imap->close();
  }
  auto token = account();
  token.user = "oauth";
  token.oauth2 = true;
  token.password = MailServers::get().token();
  auto imap = Imap::open(token, "INBOX", wake_);
  ASSERT_TRUE(imap) << imap.error().what;

  token.password = "x" + token.password;
  EXPECT_EQ(Imap::open(token, "INBOX", wake_).error().kind, Kind::denied);
}

/// Those that it gives one after the other; the last again and again.
struct SomeTokens : Tokens {
  explicit SomeTokens(std::vector<std::string> some) : words(std::move(some)) {}
  Result<std::string> token(Wake const&) override { return words.at(at); }
  bool refused(std::string const& token) override {
    refusals.push_back(token);
    if (at + 1 < words.size()) ++at;
    return true;
  }
  std::vector<std::string> words, refusals;
  std::size_t at = 0;
};

TEST_F(ImapWithDovecot, ATokenThatTheServerRefusesIsRenewedOnce) {
  std::string const good = MailServers::get().token();
  auto account = this->account();
  account.user = "oauth";
  auto const tokens = std::make_shared<SomeTokens>(std::vector<std::string>{"withdrawn", good});
  account.tokens = tokens;
  auto imap = Imap::open(account, "INBOX", wake_);
  ASSERT_TRUE(imap) << imap.error().what;
  EXPECT_EQ(tokens->refusals, std::vector<std::string>{"withdrawn"});

  auto const bad = std::make_shared<SomeTokens>(std::vector<std::string>{"bad", "worse", good});
  account.tokens = bad;
  auto const denied = Imap::open(account, "INBOX", wake_);
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().kind, Kind::denied);
  EXPECT_EQ(bad->refusals, std::vector<std::string>{"bad"}) << "one try more, and no other at once";
}

TEST_F(ImapWithDovecot, RefusalsNamePlaceAndReason) {
  auto wrong = account();
  wrong.password = "wrong";
  auto const denied = Imap::open(wrong, "INBOX", wake_);
  ASSERT_FALSE(denied);
  EXPECT_EQ(denied.error().kind, Kind::denied);
  EXPECT_NE(denied.error().what.find("localhost:" + std::to_string(wrong.port)), std::string::npos)
      << denied.error().what;
  EXPECT_NE(denied.error().what.find("AUTHENTICATIONFAILED"), std::string::npos) << denied.error().what;

  auto const missing = Imap::open(account(), "Nowhere", wake_);
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().kind, Kind::missing);
  EXPECT_NE(missing.error().what.find("Nowhere"), std::string::npos) << missing.error().what;
  EXPECT_EQ(Imap::open(account(), "a\r\nb", wake_).error().kind, Kind::refused);
}

}  // namespace
}  // namespace spoc::channels
