// SPDX-License-Identifier: GPL-3.0-or-later
// Letters: queued, claimed, recorded, listed, put back.
#include "store/outbox.hpp"

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::vector<std::string> ids(std::vector<desk::Letter> const& letters) {
  std::vector<std::string> out;
  for (auto const& one : letters) out.push_back(one.message_id);
  return out;
}

class Outbox : public Desk {
 protected:
  void SetUp() override { id = arrive().ticket; }
  std::vector<std::string> claim(std::size_t limit = 10, std::string const& claimant = "postman") {
    return ids(ask([&](Tx& tx) { return claim_letters(tx, now, now + minutes{5}, claimant, limit); }));
  }
  void post(std::string const& name, std::string const& to = "ada@example.org",
            desk::LetterKind kind = desk::LetterKind::acknowledgement) {
    queue(id, letter(kind, to, name));
  }
  void post_at(std::string const& name, desk::Time due) {
    auto one = letter(desk::LetterKind::acknowledgement, "ada@example.org", name);
    one.due = due;
    queue(id, one);
  }
  /// Of a ticket of its own, by somebody else.
  desk::TicketId post_of(std::string const& requester, std::string const& name,
                         desk::LetterKind kind = desk::LetterKind::opened) {
    Sketch sketch;
    sketch.from = requester;
    auto const ticket = arrive(sketch).ticket;
    queue(ticket, letter(kind, kind == desk::LetterKind::opened ? "kari@desk.example.org" : requester, name));
    return ticket;
  }
  void outcome(std::string const& name, desk::LetterState state, std::string const& words,
               std::optional<desk::Time> again = {}) {
    auto const letter_id = letter_named(name).id;
    write([&](Tx& tx) { record(tx, letter_id, state, words, now, again); });
  }
  std::optional<desk::Time> next() {
    return ask([](Tx& tx) { return next_due(tx); });
  }
  desk::TicketId id{};
};

TEST_F(Outbox, a_letter_comes_back_as_it_was_written) {
  desk::Letter out;
  out.kind = desk::LetterKind::answer;
  out.to = {"Ada", "Ada@example.org"};
  out.agent = "kari";
  out.language = "zh-Hans";
  out.message_id = "spoc.x@example.org";
  out.references = {"a@example.org", "b@example.org"};
  out.token = "1001.rr.x.y";
  out.text = "Line\nline";
  out.lines = {"assigned to kari", "", "priority P1"};
  out.articles = {{"vpn", "VPN", "en", 0.25, true, false}};
  out.made = now;
  out.due = now + seconds{30};
  queue(id, out);
  auto const back = letter_named("spoc.x@example.org");
  EXPECT_EQ(desk::number(back.id), 1);
  EXPECT_EQ(back.kind, out.kind);
  EXPECT_EQ(back.ticket, id) << "the plan's ticket is filled in";
  EXPECT_EQ(back.to, out.to);
  EXPECT_EQ(back.agent, out.agent);
  EXPECT_EQ(back.language, out.language);
  EXPECT_EQ(back.references, out.references);
  EXPECT_EQ(back.token, out.token);
  EXPECT_EQ(back.about, std::nullopt);
  EXPECT_EQ(back.text, out.text);
  EXPECT_EQ(back.lines, out.lines);
  EXPECT_EQ(back.articles, out.articles);
  EXPECT_EQ(back.made, out.made);
  EXPECT_EQ(back.due, out.due);
  EXPECT_EQ(back.state, desk::LetterState::queued);
  EXPECT_EQ(back.attempts, 0);
  EXPECT_EQ(ask([&](Tx& tx) { return find_letter(tx, back.id); })->message_id, out.message_id);
}

TEST_F(Outbox, about_new_becomes_the_message_of_the_plan) {
  auto const news = answer(id, "kari", "water");
  EXPECT_EQ(letter_named("answer-water@example.org").about, news.messages.front().id);
}

TEST_F(Outbox, about_new_without_a_message_is_a_fault) {
  desk::Plan plan;
  plan.ticket = id;
  plan.letters.push_back(letter(desk::LetterKind::answer, "ada@example.org", "x@example.org"));
  plan.letters.back().about = desk::about_new;
  auto const done = store.write("apply", [&](Tx& tx) { apply(tx, plan, nullptr, now); });
  ASSERT_TRUE(done.has_error());
  EXPECT_THAT(done.error().what, HasSubstr("the plan adds none"));
}

TEST_F(Outbox, letters_are_claimed_when_due_oldest_first) {
  post_at("second", now + seconds{2});
  answer(id, "kari", "later");
  post_at("first", now + seconds{1});
  EXPECT_THAT(claim(), IsEmpty());
  now += seconds{2};
  EXPECT_THAT(claim(), ElementsAre("first", "second"));
  EXPECT_THAT(claim(), IsEmpty());
  now += seconds{28};
  EXPECT_THAT(claim(), ElementsAre("answer-later@example.org"));
}

TEST_F(Outbox, a_limit_holds) {
  for (auto const* name : {"a", "b", "c"}) post(name);
  EXPECT_THAT(claim(2), ElementsAre("a", "b"));
  EXPECT_THAT(claim(2), ElementsAre("c"));
  EXPECT_THAT(claim(0), IsEmpty());
}

TEST_F(Outbox, two_postmen_share) {
  post("a");
  post("b");
  EXPECT_THAT(claim(1, "one"), ElementsAre("a"));
  EXPECT_THAT(claim(10, "two"), ElementsAre("b"));
}

TEST_F(Outbox, a_dead_postmans_claim_runs_out) {
  post("a");
  claim();
  now += minutes{5} - std::chrono::milliseconds{1};
  EXPECT_THAT(claim(), IsEmpty());
  now += std::chrono::milliseconds{1};
  EXPECT_THAT(claim(), ElementsAre("a"));
}

TEST_F(Outbox, a_claim_that_ends_at_once_is_no_endless_loop) {
  post("a");
  EXPECT_THAT(ids(ask([&](Tx& tx) { return claim_letters(tx, now, now, "postman", 10); })), ElementsAre("a"));
}

TEST_F(Outbox, a_postman_that_starts_holds_nothing) {
  post("a");
  post("b");
  claim(1, "one");
  claim(1, "two");
  write([](Tx& tx) { drop_claims(tx, "one"); });
  EXPECT_THAT(claim(), ElementsAre("a"));
}

TEST_F(Outbox, letters_to_dead_addresses_are_refused_on_the_way) {
  for (auto const* name : {"a", "b", "c"}) post(name, "Dead@example.org");
  post("d");
  change(id, desk::MarkDead{"dead@example.org", "550 gone"});
  std::vector<desk::Letter> told;
  EXPECT_THAT(ids(ask([&](Tx& tx) { return claim_letters(tx, now, now + minutes{5}, "p", 2, &told); })),
              ElementsAre("d"))
      << "refused ones do not use up the limit";
  EXPECT_THAT(ids(told), ElementsAre("a", "b", "c")) << "and somebody can be told";
  EXPECT_THAT(told.front().outcome, HasSubstr("550 gone"));
  auto const refused = letter_named("b");
  EXPECT_EQ(refused.state, desk::LetterState::refused);
  EXPECT_THAT(refused.outcome, HasSubstr("550 gone"));
}

TEST_F(Outbox, an_outcome_is_recorded) {
  post("a");
  claim();
  outcome("a", desk::LetterState::sent, "250 2.0.0 queued");
  auto const sent = letter_named("a");
  EXPECT_EQ(sent.state, desk::LetterState::sent);
  EXPECT_EQ(sent.attempts, 1);
  EXPECT_EQ(sent.outcome, "250 2.0.0 queued");
  now += minutes{60};
  EXPECT_THAT(claim(), IsEmpty());
}

TEST_F(Outbox, later_means_later) {
  post("a");
  claim();
  outcome("a", desk::LetterState::queued, "451 later", now + minutes{5});
  EXPECT_EQ(next(), now + minutes{5});
  EXPECT_THAT(claim(), IsEmpty());
  now += minutes{5};
  EXPECT_THAT(claim(), ElementsAre("a"));
  EXPECT_EQ(letter_named("a").attempts, 1);
}

TEST_F(Outbox, an_unknown_letter_is_a_fault) {
  auto const done = store.write(
      "record", [&](Tx& tx) { record(tx, desk::LetterId{99}, desk::LetterState::sent, "", now, {}); });
  ASSERT_TRUE(done.has_error());
  EXPECT_EQ(done.error().kind, Kind::missing);
}

TEST_F(Outbox, the_next_one_due) {
  EXPECT_EQ(next(), std::nullopt);
  answer(id, "kari", "later");
  EXPECT_EQ(next(), now + seconds{30});
  post("a");
  EXPECT_EQ(next(), now);
}

TEST_F(Outbox, what_another_postman_has_is_nobody_elses_until_his_claim_ends) {
  auto const free = [&] { return ask([](Tx& tx) { return next_free(tx); }); };
  EXPECT_EQ(free(), std::nullopt);
  post("a");
  EXPECT_EQ(free(), now);
  claim(1, "one");
  EXPECT_EQ(free(), now + minutes{5}) << "idle postmen sleep meanwhile";
  EXPECT_EQ(next(), now) << "health still sees how long it has waited";
  answer(id, "kari", "later");
  EXPECT_EQ(free(), now + seconds{30});
  write([](Tx& tx) { drop_claims(tx, "one"); });
  EXPECT_EQ(free(), now);
}

TEST_F(Outbox, lists_newest_first_by_state_and_ticket) {
  auto const list = [&](OutboxFilter const& filter) {
    return ids(ask([&](Tx& tx) { return list_letters(tx, filter); }));
  };
  post("a");
  post("b");
  outcome("a", desk::LetterState::refused, "no");
  auto const other = arrive().ticket;
  queue(other, letter(desk::LetterKind::opened, "kari@example.org", "c"));
  EXPECT_THAT(list({}), ElementsAre("c", "b", "a"));
  EXPECT_THAT(list({.limit = 1}), ElementsAre("c"));
  EXPECT_THAT(list({.state = desk::LetterState::queued}), ElementsAre("c", "b"));
  EXPECT_THAT(list({.ticket = id}), ElementsAre("b", "a"));
  EXPECT_THAT(list({.state = desk::LetterState::refused, .ticket = id}), ElementsAre("a"));
}

TEST_F(Outbox, retry_puts_back_what_failed_but_no_undo_delay) {
  for (auto const* name : {"refused", "given up", "waits", "sent"}) post(name);
  outcome("refused", desk::LetterState::refused, "no");
  outcome("given up", desk::LetterState::given_up, "5 days");
  outcome("waits", desk::LetterState::queued, "later", now + minutes{60});
  outcome("sent", desk::LetterState::sent, "ok");
  answer(id, "kari", "undoable");
  auto const retry = [&](std::optional<desk::LetterId> one) {
    return ask([&](Tx& tx) { return retry_letters(tx, one, now); });
  };
  EXPECT_EQ(retry(letter_named("refused").id), 1);
  EXPECT_EQ(retry(letter_named("sent").id), 0);
  EXPECT_THAT(claim(), ElementsAre("refused"));
  EXPECT_EQ(retry({}), 2);
  EXPECT_THAT(claim(), ElementsAre("given up", "waits"));
}

TEST_F(Outbox, retry_leaves_history_and_resting_addresses_alone) {
  post("old");
  outcome("old", desk::LetterState::given_up, "5 days");
  now += std::chrono::hours{24 * 10};
  post("new");
  post("resting", "dead@example.org");
  for (auto const* name : {"new", "resting"}) outcome(name, desk::LetterState::refused, "550 no");
  change(id, desk::MarkDead{"dead@example.org", "550 gone"});
  auto const retry = [&](desk::Time since) {
    return ask([&](Tx& tx) { return retry_letters(tx, {}, now, {since, seconds{30}}); });
  };
  EXPECT_EQ(retry(now - std::chrono::hours{72}), 1);
  EXPECT_THAT(claim(), ElementsAre("new"));
  EXPECT_EQ(letter_named("resting").state, desk::LetterState::refused);
  EXPECT_EQ(retry({}), 1);
  EXPECT_EQ(letter_named("old").state, desk::LetterState::queued);
}

TEST_F(Outbox, retry_reaches_what_a_clock_that_was_set_back_left_in_the_future) {
  now += std::chrono::hours{24};
  post_at("tomorrow", now + seconds{1});
  now -= std::chrono::hours{24};
  answer(id, "kari", "undoable");
  EXPECT_THAT(claim(), IsEmpty());
  EXPECT_EQ(ask([&](Tx& tx) { return retry_letters(tx, {}, now, {now, seconds{30}}); }), 1);
  EXPECT_THAT(claim(), ElementsAre("tomorrow"));
}

TEST_F(Outbox, a_crowds_letters_do_not_hold_up_anothers) {
  for (auto const* name : {"1", "2", "3", "4", "5", "6"}) post_of("eve@example.com", name);
  post_of("bob@example.org", "bob's");
  EXPECT_THAT(claim(3), ElementsAre("1", "bob's", "2")) << "all to the same agent";
  post_of("bob@example.org", "bob's second");
  post_of("eve@example.com", "7");
  post_of("cy@example.org", "cy's");
  EXPECT_THAT(claim(3), ElementsAre("3", "bob's second", "cy's"));
  EXPECT_THAT(claim(), ElementsAre("4", "5", "6", "7"));
}

TEST_F(Outbox, an_empty_line_begins_anew) {
  for (auto const* name : {"1", "2", "3"}) post_of("eve@example.com", name);
  for (auto const* name : {"1", "2", "3"}) {
    claim();
    outcome(name, desk::LetterState::sent, "ok");
  }
  post_of("eve@example.com", "4");
  post_of("bob@example.org", "bob's");
  EXPECT_THAT(claim(), ElementsAre("4", "bob's"));
}

TEST_F(Outbox, peoples_words_go_before_notices) {
  for (auto const* name : {"1", "2", "3", "4", "5", "6"}) post_of("eve@example.com", name);
  answer(id, "kari", "at once", seconds{0});
  EXPECT_THAT(claim(2), ElementsAre("answer-at once@example.org", "1"));
  answer(id, "kari", "later", seconds{30});
  now += seconds{30};
  EXPECT_THAT(claim(2), ElementsAre("answer-later@example.org", "2"));
}

TEST_F(Outbox, notices_get_a_quarter_while_words_come_in_masses) {
  for (auto const* word : {"a", "b", "c", "d", "e"}) answer(id, "program", word, seconds{0});
  for (auto const* name : {"1", "2"}) post_of("eve@example.com", name);
  EXPECT_THAT(claim(4),
              ElementsAre("answer-a@example.org", "answer-b@example.org", "answer-c@example.org", "1"));
}

TEST_F(Outbox, an_agents_words_do_not_wait_behind_a_programs) {
  auto const other = post_of("bob@example.org", "acknowledged", desk::LetterKind::acknowledgement);
  for (auto const* word : {"a", "b", "c"}) answer(id, "program", word, seconds{0});
  auto out = letter(desk::LetterKind::answer, "bob@example.org", "kari's");
  out.author = "kari";
  queue(other, out);
  EXPECT_THAT(claim(2), ElementsAre("acknowledged", "answer-a@example.org")) << "it goes with Kari's";
  EXPECT_THAT(claim(2), ElementsAre("kari's", "answer-b@example.org"));
}

TEST_F(Outbox, letters_of_a_ticket_to_one_person_keep_their_order) {
  for (auto const* name : {"1", "2", "3"}) post_of("ada@example.org", name);
  post("acknowledged");
  answer(id, "kari", "words", seconds{0});
  post("resolved", "ada@example.org", desk::LetterKind::resolved);
  EXPECT_THAT(claim(4), ElementsAre("acknowledged", "answer-words@example.org", "resolved", "1"));
}

TEST_F(Outbox, a_receipt_is_the_agents_own_doing) {
  auto const flood = post_of("eve@example.com", "1");
  for (auto const* name : {"2", "3"}) post_of("eve@example.com", name);
  queue(flood, letter(desk::LetterKind::receipt, "kari@desk.example.org", "receipt"));
  EXPECT_THAT(claim(), ElementsAre("1", "receipt", "2", "3"));
}

TEST_F(Outbox, visitors_without_an_address_are_no_crowd) {
  for (auto const* name : {"1", "2"}) post_of("", name);
  post_of("eve@example.com", "eve's");
  EXPECT_THAT(claim(), ElementsAre("1", "2", "eve's"));
}

TEST_F(Outbox, many_that_become_due_at_once_get_their_turns_by_and_by) {
  for (int i = 0; i < 250; ++i) post_at("n" + std::to_string(i), now + seconds{1});
  now += seconds{1};
  EXPECT_THAT(claim(1), ElementsAre("n0"));
  EXPECT_EQ(ask([](Tx& tx) {
              std::int64_t count = 0;
              tx.driver().run("SELECT COUNT(*) FROM letter WHERE waiting = 1", {},
                              [&](Row const& row) { count = row.integer(0); });
              return count;
            }),
            50);
  EXPECT_EQ(claim(300).size(), 249U);
  EXPECT_THAT(claim(300), IsEmpty());
}

TEST_F(Outbox, what_an_older_release_queued_leaves_too) {
  post("a");
  post_of("bob@example.org", "b");
  write([](Tx& tx) { tx.driver().run("UPDATE letter SET turn = NULL, waiting = 1, crowd = ''"); });
  EXPECT_EQ(next(), now);
  EXPECT_THAT(claim(), ElementsAre("a", "b"));
}

TEST_F(Outbox, counts_automatic_letters_by_address) {
  auto const automatic = [&](std::string const& address) {
    return ask([&](Tx& tx) { return automatic_since(tx, address, now - minutes{60}); });
  };
  post("a", "Ada@example.org");
  post("b", "ada@example.org", desk::LetterKind::answer);
  post("c", "bob@example.org");
  EXPECT_EQ(automatic("ADA@example.org"), 1);
  now += minutes{30};
  post("d");
  EXPECT_EQ(automatic("ada@example.org"), 2);
  now += minutes{31};
  EXPECT_EQ(automatic("ada@example.org"), 1);
}

}  // namespace
}  // namespace spoc::store
