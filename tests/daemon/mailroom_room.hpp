// SPDX-License-Identifier: GPL-3.0-or-later
// A mailroom on a thread of its own, before a real desk, and a mailbox whose server has moods.
#pragma once

#include "daemon/mailroom.hpp"
#include "store/ledger.hpp"
#include "tests/daemon/desk_room.hpp"
#include "tests/fakes/imap_box.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <thread>

namespace spoc::daemon::tests {

class MailroomRoom : public DeskRoom {
 protected:
  MailroomRoom() {
    config.data = folder.path();
    mailbox.desk = house.mailboxes.at(0);
    mailbox.source = Intake::imap;
    mailbox.poll = std::chrono::milliseconds{10};
    mailbox.maildir = folder.path() / "in";
  }
  ~MailroomRoom() override {
    stop();
    context.stop();
  }

  void start() { start(box); }
  void start(fakes::ImapBox const& at) {
    if (mailbox.source == Intake::imap) mailbox.account = at.account();
    mailbox.account.timeout = std::chrono::seconds{5};
    room.emplace(mailbox, config, texts(), line_to_desk, front, board, db, pace);
    at_work = std::jthread{[this] { room->run(); }};
  }
  void stop() {
    if (!room) return;
    room->stop();
    at_work.join();
    line_to_desk.ask([] { return true; });  // what it told the desk last is about itself
    room.reset();
  }
  static templates::Texts const& texts() {
    static auto const loaded = templates::Texts::load({});
    return *loaded;
  }

  /// Looks on the desk's thread.
  template <class Look>
  auto look(Look const& at) {
    return line_to_desk.ask([&] {
      decltype(at(std::declval<store::Tx&>())) out{};
      auto const done = db.write("look", [&](store::Tx& tx) { out = at(tx); });
      EXPECT_TRUE(done);
      return out;
    });
  }
  std::int64_t tickets() {
    return look([](store::Tx& tx) { return store::count(tx).tickets; });
  }
  std::vector<store::Quarantined> aside(bool resolved_too = false) {
    return look([&](store::Tx& tx) { return store::quarantine(tx, resolved_too); });
  }
  Pulse pulse() {
    return line_to_desk.ask([this] {
      auto const found = board.parts().find("mailbox support");
      return found == board.parts().end() ? Pulse{} : found->second;
    });
  }
  /// Until it is so; the test fails after a long while.
  template <class Claim>
  void wait_until(char const* what, Claim const& claim) {
    for (auto const end = std::chrono::steady_clock::now() + std::chrono::seconds{30};
         std::chrono::steady_clock::now() < end; std::this_thread::sleep_for(std::chrono::milliseconds{20}))
      if (claim()) return;
    ADD_FAILURE() << "not within half a minute: " << what;
  }
  /// Until the mailroom has looked into its mailbox so many times more.
  void wait_for_rounds(int count = 3) {
    int const before = box.heard("UID SEARCH");
    wait_until("rounds", [&] { return box.heard("UID SEARCH") >= before + count; });
  }

  static std::string numbered(int number) {
    return raw_mail({.subject = "Trouble " + std::to_string(number),
                     .text = "Words " + std::to_string(number),
                     .id = "m" + std::to_string(number) + "@example.net"});
  }
  void lay(std::uint32_t first, std::uint32_t last) {
    for (auto number = first; number <= last; ++number) box.lay(number, numbered(static_cast<int>(number)));
  }

  Config config;
  MailboxConfig mailbox;
  Mailroom::Pace pace{std::chrono::milliseconds{5}, std::chrono::milliseconds{20}, 1000};
  fakes::ImapBox box;
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      boost::asio::make_work_guard(context)};
  Line line_to_desk{context};
  Board board{db, [this] { return now; }};
  std::jthread desk_thread{[this] { context.run(); }};
  std::optional<Mailroom> room;
  std::jthread at_work;
};

}  // namespace spoc::daemon::tests
