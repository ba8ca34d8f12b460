// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept for other programs: tokens, answers under their keys, webhook calls; and lists page by page.
#include "store/api_answers.hpp"
#include "store/api_tokens.hpp"
#include "store/contact_book.hpp"
#include "store/contact_pages.hpp"
#include "store/webhook_calls.hpp"

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

desk::Time at(int seconds) { return *desk::from_iso("2026-03-02T12:00:00Z") + std::chrono::seconds{seconds}; }

class Doors : public Desk {};

TEST_F(Doors, ATokenHoldsUntilItIsRevokedAndItsNameIsItsOwn) {
  write([](Tx& tx) {
    add_api_token(tx, {"crm", "h1", "write", "sam", at(0)});
    ASSERT_TRUE(find_api_token(tx, "h1"));
    EXPECT_EQ(find_api_token(tx, "h1")->agent, "sam");
    EXPECT_FALSE(find_api_token(tx, "h2"));
    note_api_token_use(tx, "crm", at(5));
    EXPECT_TRUE(revoke_api_token(tx, "crm", at(9)));
    EXPECT_FALSE(revoke_api_token(tx, "crm", at(10)));
    EXPECT_FALSE(find_api_token(tx, "h1"));
    auto const all = api_tokens(tx);
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].used, at(5));
    EXPECT_EQ(all[0].revoked, at(9));
  });
  auto const again = store.write("test", [](Tx& tx) {
    add_api_token(tx, {"crm", "h3", "read", "", at(20)});
  });
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, Kind::conflict);
}

TEST_F(Doors, AnAnswerIsFoundUnderItsKeyForItsTime) {
  write([](Tx& tx) {
    keep_api_answer(
        tx, {"token:a", "k", "print", 201, "application/json", {{"Location", "/x: y"}}, "{}", at(0)}, at(-9));
    EXPECT_FALSE(find_api_answer(tx, "token:b", "k", at(-9)));
    auto const found = find_api_answer(tx, "token:a", "k", at(-9));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->status, 201);
    EXPECT_EQ(found->request, "print");
    EXPECT_THAT(found->headers, ElementsAre(std::pair{"Location", "/x: y"}));
    EXPECT_FALSE(find_api_answer(tx, "token:a", "k", at(1)));
    keep_api_answer(tx, {"token:a", "k", "other", 200, "t", {}, "", at(50)}, at(1));
    EXPECT_EQ(find_api_answer(tx, "token:a", "k", at(1))->request, "other");
  });
}

std::int64_t queued(Tx& tx, std::string const& webhook, int second) {
  QueuedCall call;
  call.webhook = webhook;
  call.event = "test";
  call.body = "{}";
  call.made = at(second);
  return queue_call(tx, call);
}

TEST_F(Doors, CallsOfAWebhookWaitForTheOldest) {
  write([](Tx& tx) {
    auto const first = queued(tx, "a", 0), second = queued(tx, "a", 1);
    queued(tx, "b", 2);
    ASSERT_TRUE(first_call(tx, "a"));
    EXPECT_EQ(first_call(tx, "a")->id, first);
    EXPECT_EQ(first_call(tx, "a")->due, at(0));
    record_call(tx, first, "queued", "500 no", at(30));
    EXPECT_EQ(first_call(tx, "a")->id, first) << "though the second is due before";
    EXPECT_EQ(first_call(tx, "a")->due, at(30));
    EXPECT_EQ(first_call(tx, "a")->attempts, 1);
    EXPECT_EQ(first_call(tx, "a")->outcome, "500 no");
    record_call(tx, first, "sent", "204", at(31));
    EXPECT_EQ(first_call(tx, "a")->id, second);
    EXPECT_FALSE(first_call(tx, "c"));
    QueuedCall numbered;
    numbered.id = next_call(tx);
    numbered.webhook = "c";
    EXPECT_EQ(queue_call(tx, numbered), numbered.id);
    EXPECT_EQ(first_call(tx, "c")->id, numbered.id);
    EXPECT_GT(numbered.id, second);
  });
}

TEST_F(Doors, CallsComeBackAndAreForgotten) {
  write([](Tx& tx) {
    auto const first = queued(tx, "a", 0);
    auto const other = queued(tx, "b", 5);
    EXPECT_EQ(retry_calls(tx, std::nullopt, at(2)), 0) << "what has not been tried yet waits for nothing";
    record_call(tx, first, "given_up", "500 no", at(9));
    EXPECT_EQ(count_calls(tx).given_up, 1);
    EXPECT_EQ(count_calls(tx).queued, 1);
    EXPECT_EQ(retry_calls(tx, first, at(50)), 1);
    EXPECT_EQ(first_call(tx, "a")->begun, at(50));
    EXPECT_EQ(first_call(tx, "a")->made, at(0));
    EXPECT_EQ(first_call(tx, "a")->attempts, 0);
    give_up_calls_but_of(tx, {"a"});
    ASSERT_EQ(list_calls(tx, "given_up", 10).size(), 1U);
    EXPECT_EQ(list_calls(tx, "given_up", 10)[0].id, other);
    record_call(tx, first, "sent", "204", at(51));
    forget_calls(tx, at(5));
    EXPECT_THAT(list_calls(tx, "sent", 10), IsEmpty());
    EXPECT_EQ(list_calls(tx, "", 10).size(), 1U);
    forget_calls(tx, at(6));
    EXPECT_THAT(list_calls(tx, "", 10), IsEmpty());
  });
}

TEST_F(Doors, ContactsComePageByPageAndByAnyPartOfTheirNames) {
  write([](Tx& tx) {
    auto const ada = find_or_add_contact(tx, {"Ada Testmann", "ada@example.org"}, "en", at(0));
    auto const ola = find_or_add_contact(tx, {"Ola 100%", "ola_x@example.net"}, "", at(0));
    EXPECT_EQ(list_contacts(tx, {}).size(), 2U);
    EXPECT_THAT(list_contacts(tx, {"", ada.id, 5}), ElementsAre(ola));
    EXPECT_THAT(list_contacts(tx, {"TESTM", {}, 5}), ElementsAre(ada));
    EXPECT_THAT(list_contacts(tx, {"example.net", {}, 5}), ElementsAre(ola));
    EXPECT_THAT(list_contacts(tx, {"100%", {}, 5}), ElementsAre(ola));
    EXPECT_THAT(list_contacts(tx, {"a_a", {}, 5}), IsEmpty()) << "a sign of LIKE means itself";
    auto renamed = ada;
    renamed.name = "Ada Nilsen";
    keep_contact(tx, renamed, at(1));
    EXPECT_EQ(contact_of(tx, "ADA@example.org")->name, "Ada Nilsen");
    EXPECT_FALSE(contact_of(tx, "nobody@example.org"));
    merge_contacts(tx, ola.id, ada.id, "operator", at(2));
    EXPECT_EQ(list_contacts(tx, {}).size(), 1U) << "one person now";
    EXPECT_THAT(list_contacts(tx, {"Nilsen", {}, 5}), IsEmpty());
  });
}

TEST_F(Doors, ContactsComePageByPageByName) {
  write([](Tx& tx) {
    auto const zoe = find_or_add_contact(tx, {"zoe", "zoe@example.org"}, "", at(0));
    auto const none = find_or_add_contact(tx, {"", "none@example.org"}, "", at(0));
    auto const ola = find_or_add_contact(tx, {"Ola", "ola@example.net"}, "", at(0));
    auto const ada = find_or_add_contact(tx, {"ada", "ada@example.org"}, "", at(0));
    EXPECT_THAT(list_contacts(tx, {"", {}, 9, true}), ElementsAre(ada, ola, zoe, none));
    EXPECT_THAT(list_contacts(tx, {"", {}, 2, true}), ElementsAre(ada, ola));
    EXPECT_THAT(list_contacts(tx, {"", ola.id, 9, true}), ElementsAre(zoe, none)) << "behind Ola";
    EXPECT_THAT(list_contacts(tx, {"", none.id, 9, true}), IsEmpty());
    EXPECT_THAT(list_contacts(tx, {"example.org", ada.id, 9, true}), ElementsAre(zoe, none));
  });
}

class TicketPages : public Desk {};

TEST_F(TicketPages, TheNextPageBeginsBehindTheLast) {
  for (int i = 0; i < 5; ++i) arrive({.subject = "Matter " + std::to_string(i)});
  // At one moment, finished and not: two indexes have them.
  for (std::int64_t const number : {1002, 1004})
    change(desk::TicketId{number}, desk::SetStatus{desk::Status::closed});
  write([&](Tx& tx) {
    std::vector<std::int64_t> seen;
    TicketFilter filter;
    filter.limit = 2;
    for (auto page = list_tickets(tx, filter); !page.empty(); page = list_tickets(tx, filter)) {
      for (auto const& one : page) seen.push_back(desk::number(one.id));
      filter.behind = {page.back().changed, page.back().id};
    }
    EXPECT_THAT(seen, ElementsAre(1005, 1004, 1003, 1002, 1001));
  });
}

TEST_F(TicketPages, EachFilterNarrows) {
  auto const first = arrive({.subject = "One"}).ticket;
  auto const second = arrive({.subject = "Two"}).ticket;
  change(second, desk::AddTag{"red"});
  change(second, desk::SetPriority{desk::Priority::p1});
  write([&](Tx& tx) {
    auto const found = [&](auto const& narrow) {
      TicketFilter filter;
      narrow(filter);
      std::vector<desk::TicketId> out;
      for (auto const& one : list_tickets(tx, filter)) out.push_back(one.id);
      return out;
    };
    EXPECT_THAT(found([](auto& f) { f.tag = "red"; }), ElementsAre(second));
    EXPECT_THAT(found([](auto& f) { f.tag = "re"; }), IsEmpty());
    EXPECT_THAT(found([](auto& f) { f.tag = "r%"; }), IsEmpty());
    EXPECT_THAT(found([](auto& f) { f.priority = desk::Priority::p1; }), ElementsAre(second));
    EXPECT_THAT(found([](auto& f) { f.kind = desk::TicketKind::request; }), IsEmpty());
    EXPECT_THAT(found([&](auto& f) { f.among = {{desk::number(first), 7}}; }), ElementsAre(first));
    EXPECT_THAT(found([](auto& f) { f.among = std::vector<std::int64_t>{}; }), IsEmpty());
    EXPECT_THAT(found([](auto& f) { f.since = *desk::from_iso("2999-01-01T00:00:00Z"); }), IsEmpty());
  });
}

TEST_F(TicketPages, TheTrailIsNumbered) {
  arrive({});
  write([](Tx& tx) {
    auto const all = trail_after(tx, 0, 100);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.back().id, last_trail(tx));
    EXPECT_THAT(trail_after(tx, last_trail(tx), 100), IsEmpty());
    EXPECT_EQ(trail_after(tx, 0, 1).size(), 1U);
  });
}

}  // namespace
}  // namespace spoc::store
