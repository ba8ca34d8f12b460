// SPDX-License-Identifier: GPL-3.0-or-later
// What happens in a mailbox whose server can't, or won't: no mail is lost, and none keeps back another.
#include "tests/daemon/mailroom_room.hpp"

#include <gmock/gmock.h>

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
  bool overtakes = true;
  box.be([&](Peer& peer, std::string const& command) {
    if (!overtakes) return Says::as_usual;
    if (ImapBox::asks_for(command, 1)) return Says::answered;  // not a word on the first hundred
    if (!ImapBox::asks_for(command, 200)) return Says::as_usual;
    overtakes = false;
    std::string bodies;
    for (auto const uid : ImapBox::named(command))
      bodies += ImapBox::body_of(uid, numbered(static_cast<int>(uid)));
    peer.answer(bodies);
    return Says::hangs_up;
  });
  start();
  wait_until("all", [&] { return tickets() == 200; });
}

}  // namespace
}  // namespace spoc::daemon
