// SPDX-License-Identifier: GPL-3.0-or-later
// A front desk over a real database in a folder of its own, with a wound clock and a bell that is written
// down.
#pragma once

#include "daemon/front_desk.hpp"
#include "parser/digest.hpp"
#include "parser/mail.hpp"
#include "store/driver.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"
#include "tests/desk/house.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <string>
#include <vector>

namespace spoc::daemon::tests {

/// What a test says of a mail; the rest is the same for all.
struct Sketch {
  std::string from = "Ola Testmann <ola@example.net>";
  std::string to = "support@example.org";
  std::string subject = "The printer smokes";
  std::string text = "It stands in room 12 and smokes since noon.";
  std::string id{};
  std::vector<std::string> references{};
  std::string extra{};  ///< header lines
};

inline std::string raw_mail(Sketch const& sketch) {
  std::string references;
  for (std::string const& one : sketch.references) references += " <" + one + ">";
  std::string out =
      "From: " + sketch.from + "\r\nTo: " + sketch.to + "\r\nSubject: " + sketch.subject + "\r\n";
  if (!sketch.id.empty()) out += "Message-ID: <" + sketch.id + ">\r\n";
  if (!references.empty())
    out += "In-Reply-To: <" + sketch.references.back() + ">\r\nReferences:" + references + "\r\n";
  return out + sketch.extra +
         "Date: Mon, 02 Mar 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; "
         "charset=utf-8\r\n\r\n" +
         sketch.text + "\r\n";
}

class DeskRoom : public testing::Test {
 protected:
  DeskRoom() { house.automatic_budget = 1000; }

  static store::Store opened(std::filesystem::path const& file) {
    auto store = store::Store::open(file);
    if (!store) throw std::runtime_error(store.error().what);
    return std::move(*store);
  }
  std::filesystem::path database() const { return folder.path() / "spoc.db"; }

  Surroundings surroundings() {
    Surroundings around;
    around.clock = [this] { return now + later.load(); };
    around.article = [this](desk::Suggestion const& one) -> std::optional<desk::Article> {
      if (article_is_broken) throw std::runtime_error("the shelf fell down");
      desk::Article article;
      article.id = one.article;
      article.title = one.title;
      article.body = "Turn it **off**.";
      return article;
    };
    around.look_up = [this](std::string const& subject, std::string const& words, std::string const&) {
      looked_for.push_back(subject + "|" + words);
      now += looking_takes;
      return looked;
    };
    around.find = [this](std::string const&, std::string const&) { return findings; };
    around.present = [this](std::string const& session) { return present.contains(session); };
    around.bell = [this](desk::News const& news) {
      rung.push_back(news);
      if (on_bell) on_bell(news);
    };
    around.alarm = [this](std::string const& words) { alarms.push_back(words); };
    return around;
  }

  desk::Arrival arrival(Sketch const& sketch) {
    desk::Arrival out;
    out.raw = raw_mail(sketch);
    out.place = {"support", 7, ++uid, ""};
    out.hash = parser::sha256(out.raw);
    out.received = now;
    out.what = parser::read_mail(out.raw);
    return out;
  }

  desk::Arrival line(std::string const& ref, std::string const& text, std::string const& address = "",
                     std::string const& session = "s1") {
    desk::Arrival out;
    out.place.mailbox = "support";
    out.hash = parser::sha256(session + "\n" + ref);
    out.received = now;
    out.what = desk::ChatLine{session, ref, text, address.empty() ? "" : "Ada", address, "en"};
    return out;
  }

  desk::News receive(desk::Arrival const& arrival) {
    auto const all = front.receive(std::span{&arrival, 1});
    if (!all) throw std::runtime_error(all.error().what);
    return all->at(0);
  }
  desk::News receive(Sketch const& sketch) { return receive(arrival(sketch)); }

  template <class Work>
  auto ask(Work const& work) {
    decltype(work(std::declval<store::Tx&>())) answer{};
    auto const done = db.read("test", [&](store::Tx& tx) { answer = work(tx); });
    if (!done) ADD_FAILURE() << done.error().what;
    return answer;
  }
  desk::Ticket ticket(desk::TicketId id) {
    return ask([&](store::Tx& tx) { return store::find_ticket(tx, id); }).value_or(desk::Ticket{});
  }
  std::vector<desk::Message> messages(desk::TicketId id) {
    return ask([&](store::Tx& tx) { return store::messages_of(tx, id); });
  }
  store::Counts counts() {
    return ask([](store::Tx& tx) { return store::count(tx); });
  }
  std::vector<desk::Letter> letters(desk::LetterKind kind, desk::TicketId of = {}) {
    auto all = ask([](store::Tx& tx) { return store::list_letters(tx, {}); });
    std::erase_if(all, [&](desk::Letter const& one) {
      return one.kind != kind || (of != desk::TicketId{} && one.ticket != of);
    });
    return all;
  }
  desk::Letter letter_to(std::string const& handle, desk::LetterKind kind, desk::TicketId of = {}) {
    for (desk::Letter const& one : letters(kind, of))
      if (one.agent == handle) return one;
    ADD_FAILURE() << "no letter to " << handle;
    return {};
  }

  /// An agent answers the notice of a new ticket.
  Sketch answer_by(std::string const& handle, desk::TicketId to, std::string const& text) {
    desk::Letter const notice = letter_to(handle, desk::LetterKind::opened, to);
    Sketch out;
    out.from = handle + "@example.org";
    out.to = desk::with_token("support@example.org", notice.token);
    out.subject = "Re: the printer";
    out.text = text;
    out.id = "answer" + std::to_string(uid) + "@agents.example";
    out.references = {notice.message_id};
    return out;
  }

  fakes::TempDir folder;
  desk::Time now = desk::tests::noon();
  std::atomic<desk::Duration> later{desk::Duration{}};  ///< what other threads than the test's add to it
  desk::House house = desk::tests::house();
  std::vector<desk::News> rung;
  std::vector<std::string> alarms;
  std::function<void(desk::News const&)> on_bell;
  std::set<std::string> present;
  bool article_is_broken = false;
  Findings findings;
  LookedUp looked;
  std::vector<std::string> looked_for;
  desk::Duration looking_takes{};
  std::uint32_t uid = 0;
  store::Store db = opened(database());
  FrontDesk front{db, house, desk::tests::toy_sign, surroundings()};
};

}  // namespace spoc::daemon::tests
