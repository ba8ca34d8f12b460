// SPDX-License-Identifier: GPL-3.0-or-later
// Chat sessions: order, resends, replay, and the pause before agents are told.
#include "store/chats.hpp"

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Chats : public Desk {
 protected:
  void SetUp() override { visit("secret"); }

  void visit(std::string const& secret) {
    Session session{.secret = secret, .ticket = {}, .name = "", .address = "", .language = "en"};
    session.opened = session.seen = now;
    write([&](Tx& tx) { add_session(tx, session); });
  }

  static desk::Message line(std::string const& words, std::string const& ref) {
    desk::Message message;
    message.channel = desk::Channel::chat;
    message.text = message.reply = words;
    message.ref = ref;
    message.rule = "session";
    return message;
  }

  /// The first line of a session opens a ticket, the next ones join it.
  desk::News type(std::string const& words, std::string const& ref, std::string const& secret = "secret") {
    return ask([&](Tx& tx) {
      auto const session = find_session(tx, secret);
      desk::Plan plan;
      plan.ticket = session->ticket.value_or(next_ticket(tx));
      if (!session->ticket) {
        plan.open.emplace();
        plan.open->id = plan.ticket;
        plan.open->channel = desk::Channel::chat;
        plan.open->session = secret;
      }
      plan.messages.push_back(line(words, ref));
      desk::Arrival arrival;
      arrival.what = desk::ChatLine{.session = secret, .ref = ref, .text = words};
      return apply(tx, plan, &arrival, now);
    });
  }

  std::vector<std::string> after(std::int64_t sequence, std::string const& secret = "secret") {
    std::vector<std::string> words;
    for (auto const& one : ask([&](Tx& tx) { return lines_after(tx, secret, sequence); }))
      words.push_back(std::to_string(one.sequence) + " " + one.reply);
    return words;
  }
};

TEST_F(Chats, a_session_comes_back_as_it_was_added) {
  Session session{"other", {}, "Ada", "ada@example.org", "nb", 4, now, now + seconds{5}};
  write([&](Tx& tx) { add_session(tx, session); });
  auto back = ask([](Tx& tx) { return find_session(tx, "other"); });
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->secret, "other");
  EXPECT_EQ(back->ticket, std::nullopt);
  EXPECT_EQ(back->name, "Ada");
  EXPECT_EQ(back->address, "ada@example.org");
  EXPECT_EQ(back->language, "nb");
  EXPECT_EQ(back->last, 4);
  EXPECT_EQ(back->opened, now);
  EXPECT_EQ(back->seen, now + seconds{5});

  session.name = "Ada L.";
  session.seen = now + seconds{60};
  session.last = 99;
  write([&](Tx& tx) { update_session(tx, session); });
  back = ask([](Tx& tx) { return find_session(tx, "other"); });
  EXPECT_EQ(back->name, "Ada L.");
  EXPECT_EQ(back->seen, now + seconds{60});
  EXPECT_EQ(back->last, 4) << "numbers are given by apply alone";
  EXPECT_FALSE(ask([](Tx& tx) { return find_session(tx, "guessed").has_value(); }));
}

TEST_F(Chats, a_session_is_added_once_and_updated_only_if_there) {
  auto const twice = store.write("open", [](Tx& tx) { add_session(tx, {.secret = "secret"}); });
  ASSERT_TRUE(twice.has_error());
  EXPECT_EQ(twice.error().kind, Kind::conflict);
  auto const unknown = store.write("open", [](Tx& tx) { update_session(tx, {.secret = "guessed"}); });
  ASSERT_TRUE(unknown.has_error());
  EXPECT_EQ(unknown.error().kind, Kind::missing);
}

TEST_F(Chats, lines_and_answers_are_numbered_notes_are_not) {
  auto const first = type("hello", "r1");
  EXPECT_TRUE(first.opened);
  EXPECT_EQ(first.session, "secret");
  EXPECT_EQ(first.messages.front().sequence, 1);
  EXPECT_EQ(ask([](Tx& tx) { return find_session(tx, "secret"); })->ticket, first.ticket);
  type("anybody there?", "r2");

  desk::Plan note;
  note.ticket = first.ticket;
  note.messages.emplace_back();
  note.messages.back().kind = desk::MessageKind::note;
  note.messages.back().reply = "a secret";
  EXPECT_EQ(run(note).messages.front().sequence, 0);

  EXPECT_EQ(answer(first.ticket, "kari", "yes").messages.front().sequence, 3);
  auto const mailed = write_again(first.ticket, {.reply = "by mail"});
  EXPECT_EQ(mailed.messages.front().sequence, 0) << "a mail of theirs is no line";
  EXPECT_THAT(after(0), ElementsAre("1 hello", "2 anybody there?", "3 yes"));
  EXPECT_THAT(after(2), ElementsAre("3 yes"));
  EXPECT_THAT(after(3), IsEmpty());
  EXPECT_EQ(ask([](Tx& tx) { return find_session(tx, "secret"); })->last, 3);
}

TEST_F(Chats, sessions_count_for_themselves_and_over_their_tickets) {
  visit("other");
  auto const first = type("hello", "r1").ticket;
  EXPECT_EQ(type("hi", "r1", "other").messages.front().sequence, 1);
  write([](Tx& tx) { tx.driver().run("UPDATE session SET ticket = NULL WHERE secret = 'secret'"); });
  auto const second = type("again", "r2");  // the old ticket is closed: a new one, the same session
  EXPECT_NE(second.ticket, first);
  EXPECT_EQ(second.messages.front().sequence, 2);
  EXPECT_THAT(after(0), ElementsAre("1 hello", "2 again"));
  EXPECT_THAT(after(0, "other"), ElementsAre("1 hi"));
}

TEST_F(Chats, a_resend_is_found_and_cannot_be_written_twice) {
  type("hello", "r1");
  auto const known = ask([](Tx& tx) { return find_line(tx, "secret", "r1"); });
  ASSERT_TRUE(known.has_value());
  EXPECT_EQ(known->sequence, 1);
  EXPECT_FALSE(ask([](Tx& tx) { return find_line(tx, "secret", "r2").has_value(); }));
  EXPECT_FALSE(ask([](Tx& tx) { return find_line(tx, "other", "r1").has_value(); }));
  EXPECT_FALSE(ask([](Tx& tx) { return find_line(tx, "secret", "").has_value(); }));

  auto const again = store.write("receive", [&](Tx& tx) {
    desk::Plan plan;
    plan.ticket = known->ticket;
    plan.messages.push_back(line("hello", "r1"));
    apply(tx, plan, nullptr, now);
  });
  EXPECT_TRUE(again.has_error());
  EXPECT_THAT(after(0), ElementsAre("1 hello"));
  EXPECT_EQ(ask([](Tx& tx) { return find_session(tx, "secret"); })->last, 1);
}

TEST_F(Chats, a_line_leaves_no_mark_in_the_mail_ledger) {
  type("hello", "r1");
  EXPECT_EQ(rows("ledger"), 0);
  EXPECT_EQ(rows("blob"), 0);
}

TEST_F(Chats, a_ticket_of_an_unknown_session_is_a_fault) {
  auto const done = store.write("receive", [&](Tx& tx) {
    desk::Plan plan;
    plan.open.emplace();
    plan.open->id = plan.ticket = next_ticket(tx);
    plan.open->session = "guessed";
    plan.messages.push_back(line("hello", "r1"));
    apply(tx, plan, nullptr, now);
  });
  ASSERT_TRUE(done.has_error());
  EXPECT_THAT(done.error().what, HasSubstr("chat session is not in the store"));
}

TEST_F(Chats, who_goes_on_writing_is_not_held_back_for_ever) {
  auto const since = [&] { return ask([](Tx& tx) { return next_waiting(tx, seconds{30}); }); };
  auto const begun = now;
  auto const ticket = type("l0", "r0").ticket;
  for (int i = 1; i <= 4; ++i) {
    now += seconds{10};
    type("l" + std::to_string(i), "r" + std::to_string(i));
    EXPECT_EQ(since(), std::min(now, begun + seconds{30}));
  }
  auto const waiting = [&](desk::Time before) {
    return ask([&](Tx& tx) { return waiting_lines(tx, before, seconds{30}); });
  };
  EXPECT_THAT(waiting(begun + seconds{29}), IsEmpty());
  ASSERT_EQ(waiting(begun + seconds{30}).size(), 1U);
  EXPECT_EQ(waiting(begun + seconds{30}).front().lines.size(), 5U) << "those that came since go along";
  EXPECT_EQ(waiting(begun + seconds{30}).front().ticket, ticket);
}

TEST_F(Chats, agents_are_told_after_a_pause) {
  auto const waiting = [&](desk::Time before) {
    std::vector<std::string> words;
    for (auto const& one : ask([&](Tx& tx) { return waiting_lines(tx, before, minutes{1}); }))
      for (auto const& message : one.lines)
        words.push_back(std::to_string(desk::number(one.ticket)) + " " + message.reply);
    return words;
  };
  auto const next = [&] { return ask([](Tx& tx) { return next_waiting(tx, minutes{1}); }); };
  visit("other");
  EXPECT_EQ(next(), std::nullopt);
  auto const a = type("a1", "r1").ticket;
  now += seconds{5};
  auto const b = type("b1", "r1", "other").ticket;
  now += seconds{5};
  type("a2", "r2");
  answer(a, "kari", "said");

  EXPECT_EQ(next(), now - seconds{5}) << "b has been silent for longer, though a began earlier";
  EXPECT_THAT(waiting(now - seconds{6}), IsEmpty());
  EXPECT_THAT(waiting(now - seconds{5}), ElementsAre("1002 b1"));
  EXPECT_THAT(waiting(now), ElementsAre("1002 b1", "1001 a1", "1001 a2"));

  auto const lines = ask([&](Tx& tx) { return waiting_lines(tx, now, minutes{1}); });
  write([&](Tx& tx) {
    mark_told(tx, b, lines[0].lines.back().id);
    mark_told(tx, a, lines[1].lines.front().id);
  });
  EXPECT_THAT(waiting(now), ElementsAre("1001 a2"));
  EXPECT_EQ(next(), now);
  write([&](Tx& tx) { mark_told(tx, a, desk::MessageId{1000}); });
  EXPECT_EQ(next(), std::nullopt);
}

}  // namespace
}  // namespace spoc::store
