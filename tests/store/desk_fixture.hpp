// SPDX-License-Identifier: GPL-3.0-or-later
// A desk over a real database in a folder of its own, with verbs: arrive, write_again, answer, change.
#pragma once

// Rows name what matters to them; the other members keep their defaults on purpose.
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "desk/plan.hpp"
#include "store/apply.hpp"
#include "store/chats.hpp"
#include "store/contacts.hpp"
#include "store/driver.hpp"
#include "store/ledger.hpp"
#include "store/outbox.hpp"
#include "store/store.hpp"
#include "store/tickets.hpp"

namespace spoc::store {

class TempDir {
 public:
  TempDir() {
    std::string pattern = (std::filesystem::temp_directory_path() / "spoc-store-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  TempDir(TempDir const&) = delete;
  TempDir& operator=(TempDir const&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::filesystem::path path() const { return path_; }
  std::filesystem::path file() const { return path_ / "spoc.db"; }

 private:
  std::filesystem::path path_;
};

/// What a test says of a mail; the rest is the same for all.
struct Sketch {
  std::string from = "ada@example.org";
  std::string subject = "Printer on fire";
  std::string reply = "It smokes.";
  std::string message_id;
  std::vector<std::string> references;
  std::string thread_index;
  desk::Place place{};
  std::vector<desk::Attachment> attachments{};
};

class Desk : public testing::Test {
 protected:
  static Store opened(std::filesystem::path const& file) {
    auto store = Store::open(file);
    if (store.has_error()) throw std::runtime_error(store.error().what);
    return std::move(*store);
  }

  template <class Work>
  void write(Work const& work) {
    auto const done = store.write("test", work);
    ASSERT_TRUE(done.has_value()) << done.error().what;
  }

  /// What `work` returns, from a transaction of its own.
  template <class Work>
  auto ask(Work const& work) {
    decltype(work(std::declval<Tx&>())) answer{};
    auto const done = store.write("test", [&](Tx& tx) { answer = work(tx); });
    if (done.has_error()) ADD_FAILURE() << done.error().what;
    return answer;
  }

  desk::Arrival arrival_of(Sketch const& sketch) {
    desk::Mail mail;
    mail.from = {{"", sketch.from}};
    mail.subject = sketch.subject;
    mail.message_id = sketch.message_id;
    mail.references = sketch.references;
    if (!sketch.references.empty()) mail.in_reply_to = {sketch.references.back()};
    mail.thread_index = sketch.thread_index;
    mail.reply = mail.text = sketch.reply;
    desk::Arrival arrival;
    arrival.place = sketch.place;
    if (arrival.place.mailbox.empty()) arrival.place = {"support", 7, ++uid, ""};
    arrival.raw = "raw " + std::to_string(arrival.place.uid) + sketch.subject + sketch.reply;
    arrival.hash = "hash of " + arrival.raw;
    arrival.received = now;
    arrival.what = std::move(mail);
    return arrival;
  }

  desk::Message message_of(Sketch const& sketch, desk::Arrival const& arrival) {
    desk::Message message;
    message.author = {"", sketch.from};
    message.subject = sketch.subject;
    message.text = message.reply = sketch.reply;
    message.message_id = sketch.message_id;
    message.raw_hash = arrival.hash;
    message.rule = "new";
    message.attachments = sketch.attachments;
    return message;
  }

  desk::Plan plan_for(Tx& tx, Sketch const& sketch, desk::Arrival const& arrival) {
    desk::Plan plan;
    plan.ticket = next_ticket(tx);
    desk::Ticket ticket;
    ticket.id = plan.ticket;
    ticket.subject = sketch.subject;
    ticket.mailbox = arrival.place.mailbox;
    ticket.requester = find_or_add_contact(tx, {"", sketch.from}, "", now).id;
    ticket.requester_address = {"", sketch.from};
    ticket.language = "en";
    ticket.rule = "new";
    plan.open = ticket;
    plan.messages.push_back(message_of(sketch, arrival));
    plan.trail.push_back({plan.ticket, now, "requester:" + sketch.from, "opened", ""});
    return plan;
  }

  /// A mail that opens a ticket.
  desk::News arrive(Sketch const& sketch = {}) {
    auto const arrival = arrival_of(sketch);
    return ask([&](Tx& tx) { return apply(tx, plan_for(tx, sketch, arrival), &arrival, now); });
  }

  /// A mail that joins one.
  desk::News write_again(desk::TicketId ticket, Sketch const& sketch = {}) {
    auto const arrival = arrival_of(sketch);
    desk::Plan plan;
    plan.ticket = ticket;
    plan.messages.push_back(message_of(sketch, arrival));
    return ask([&](Tx& tx) { return apply(tx, plan, &arrival, now); });
  }

  desk::Letter letter(desk::LetterKind kind, std::string to, std::string message_id) {
    desk::Letter out;
    out.kind = kind;
    out.to = {"", std::move(to)};
    out.message_id = std::move(message_id);
    out.made = out.due = now;
    return out;
  }

  /// An agent's public answer, with its letter to the requester.
  desk::News answer(desk::TicketId ticket, std::string const& agent, std::string const& words,
                    desk::Duration delay = std::chrono::seconds{30},
                    desk::MessageState state = desk::MessageState::said) {
    desk::Plan plan;
    plan.ticket = ticket;
    desk::Message message;
    message.kind = desk::MessageKind::outbound;
    message.state = state;
    message.agent = agent;
    message.author = {agent, agent + "@desk.example.org"};
    message.text = message.reply = words;
    message.message_id = "agent-mail-" + words + "@example.org";
    plan.messages.push_back(message);
    auto out = letter(desk::LetterKind::answer, "ada@example.org", "answer-" + words + "@example.org");
    out.about = desk::about_new;
    out.due = now + delay;
    plan.letters.push_back(out);
    return run(plan);
  }

  desk::News run(desk::Plan const& plan) {
    return ask([&](Tx& tx) { return apply(tx, plan, nullptr, now); });
  }

  void change(desk::TicketId ticket, desk::Change const& what) {
    desk::Plan plan;
    plan.ticket = ticket;
    plan.changes.push_back(what);
    run(plan);
  }

  void queue(desk::TicketId ticket, desk::Letter const& one) {
    desk::Plan plan;
    plan.ticket = ticket;
    plan.letters.push_back(one);
    run(plan);
  }

  desk::Ticket ticket(desk::TicketId id) {
    auto const found = ask([&](Tx& tx) { return find_ticket(tx, id); });
    EXPECT_TRUE(found.has_value()) << "no ticket " << desk::number(id);
    return found.value_or(desk::Ticket{});
  }

  desk::Letter letter_named(std::string const& message_id) {
    auto const found = ask([&](Tx& tx) { return find_letter(tx, std::string_view{message_id}); });
    EXPECT_TRUE(found.has_value()) << "no letter " << message_id;
    return found.value_or(desk::Letter{});
  }

  std::int64_t rows(std::string const& table) {
    return ask([&](Tx& tx) {
      std::int64_t count = 0;
      tx.driver().run("SELECT COUNT(*) FROM " + table, {}, [&](Row const& row) { count = row.integer(0); });
      return count;
    });
  }

  TempDir dir;
  Store store = opened(dir.file());
  desk::Time now = *desk::from_iso("2026-11-21T20:00:00Z");
  std::uint32_t uid = 0;
};

}  // namespace spoc::store
