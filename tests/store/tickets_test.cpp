// SPDX-License-Identifier: GPL-3.0-or-later
// Plans become tickets and messages, and come back whole.
#include "store/tickets.hpp"
#include "store/blobs.hpp"

#include "desk_fixture.hpp"
#include "store/contact_book.hpp"
#include "store/levels.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::ElementsAreArray;
using testing::IsEmpty;

using Tickets = Desk;

std::vector<std::int64_t> numbers(std::vector<desk::Ticket> const& tickets) {
  std::vector<std::int64_t> out;
  for (auto const& one : tickets) out.push_back(desk::number(one.id));
  return out;
}

TEST_F(Tickets, numbers_begin_at_1001_and_none_is_wasted) {
  write([](Tx& tx) {
    EXPECT_EQ(desk::number(next_ticket(tx)), 1001);
    EXPECT_EQ(desk::number(next_ticket(tx)), 1001);
  });
  EXPECT_EQ(desk::number(arrive().ticket), 1001);
  write_again(desk::TicketId{1001});
  EXPECT_EQ(desk::number(arrive().ticket), 1002);
}

TEST_F(Tickets, a_ticket_comes_back_as_it_was_opened) {
  desk::Plan plan;
  desk::Ticket t;
  t.id = plan.ticket = desk::TicketId{1001};
  t.subject =
      "Skjermen er \xC3\xB8"
      "delagt";
  t.status = desk::Status::waiting;
  t.priority = desk::Priority::p1;
  t.channel = desk::Channel::chat;
  t.mailbox = "support";
  t.team = "line 2";
  t.assignee = "kari";
  t.requester = ask([&](Tx& tx) {
    return find_or_add_contact(tx, {"Ada", "ada@example.org"}, "nb", now).id;
  });
  t.requester_address = {"Ada", "Ada@Example.org"};
  t.language = "nb";
  t.tags = {"vpn", "two words"};
  t.participants = {{"Ada", "Ada@Example.org"}, {"", "bob@example.org"}};
  t.related = desk::TicketId{77};
  t.rule = "new";
  t.session = "secret";
  t.opened = now;
  t.changed = now + std::chrono::seconds{1};
  plan.open = t;
  auto const news = run(plan);
  EXPECT_TRUE(news.opened);
  EXPECT_EQ(news.session, "secret");

  auto const back = ticket(t.id);
  EXPECT_EQ(back.subject, t.subject);
  EXPECT_EQ(back.status, t.status);
  EXPECT_EQ(back.priority, t.priority);
  EXPECT_EQ(back.channel, t.channel);
  EXPECT_EQ(back.mailbox, t.mailbox);
  EXPECT_EQ(back.team, t.team);
  EXPECT_EQ(back.assignee, t.assignee);
  EXPECT_EQ(back.requester, t.requester);
  EXPECT_EQ(back.requester_address, t.requester_address);
  EXPECT_EQ(back.language, t.language);
  EXPECT_EQ(back.tags, t.tags);
  EXPECT_EQ(back.participants, t.participants);
  EXPECT_EQ(back.related, t.related);
  EXPECT_EQ(back.rule, t.rule);
  EXPECT_EQ(back.session, t.session);
  EXPECT_EQ(back.opened, t.opened);
  EXPECT_EQ(back.changed, t.changed);
  EXPECT_EQ(back.closed, std::nullopt);
}

TEST_F(Tickets, the_requesters_organisation_is_read_with_it) {
  auto const id = arrive({.from = "ada@example.org", .subject = "Fire"}).ticket;
  EXPECT_EQ(ticket(id).organisation, "");
  desk::ContactId const requester = ticket(id).requester;
  write([&](Tx& tx) {
    auto ada = *find_contact(tx, requester);
    ada.organisation = "Example Ltd";
    keep_contact(tx, ada, now);
  });
  EXPECT_EQ(ticket(id).organisation, "Example Ltd");
}

TEST_F(Tickets, what_does_not_exist_is_nothing) {
  write([](Tx& tx) {
    EXPECT_EQ(find_ticket(tx, desk::TicketId{9}).has_value(), false);
    EXPECT_EQ(find_message(tx, desk::MessageId{9}).has_value(), false);
    EXPECT_THAT(messages_of(tx, desk::TicketId{9}), IsEmpty());
    EXPECT_THAT(trail_of(tx, desk::TicketId{9}), IsEmpty());
    EXPECT_THAT(offered(tx, desk::TicketId{9}), IsEmpty());
  });
}

TEST_F(Tickets, old_numbers_lead_to_where_they_were_merged) {
  auto const a = arrive().ticket;
  auto const b = arrive().ticket;
  auto const c = arrive().ticket;
  auto const lead = [&](desk::TicketId from, desk::TicketId into) {
    write([&](Tx& tx) {
      tx.driver().run("UPDATE ticket SET merged_into = $2 WHERE id = $1",
                      {desk::number(from), desk::number(into)});
    });
  };
  lead(a, b);
  lead(b, c);
  EXPECT_EQ(ticket(a).id, c);
  EXPECT_THAT(numbers(ask([](Tx& tx) { return list_tickets(tx, {}); })), ElementsAre(desk::number(c)));
  lead(c, a);
  auto const round = store.read("look", [&](Tx& tx) { find_ticket(tx, a); });
  ASSERT_TRUE(round.has_error());
  EXPECT_THAT(round.error().what, testing::HasSubstr("merged in a circle"));
}

TEST_F(Tickets, a_long_chain_of_merges_is_one_step) {
  desk::TicketId const oldest = arrive().ticket;
  desk::TicketId last = oldest;
  for (int i = 0; i < 130; ++i) {
    desk::TicketId const next = arrive().ticket;
    change(last, desk::MergeInto{next, {}});
    last = next;
  }
  EXPECT_EQ(ticket(oldest).id, last);
  EXPECT_EQ(ask([&](Tx& tx) {
              std::int64_t to = 0;
              tx.driver().run("SELECT COUNT(*) FROM ticket WHERE merged_into = $1", {desk::number(last)},
                              [&](Row const& row) { to = row.integer(0); });
              return to;
            }),
            130);
}

TEST_F(Tickets, messages_come_back_whole_and_in_order) {
  desk::Attachment const picture{"fire.png",    "image/png", std::string{"\x89PNG\0x", 6},
                                 "sha-of-fire", true,        "cid1"};
  desk::Attachment const copy{"same.png", "image/png", picture.content.string(), "sha-of-fire", false, ""};
  auto const first = arrive({.message_id = "m1@example.org", .attachments = {picture, copy}});
  now += std::chrono::minutes{1};
  write_again(first.ticket, {.reply = "Still burning.", .message_id = "m2@example.org"});

  auto const all = ask([&](Tx& tx) { return messages_of(tx, first.ticket); });
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].reply, "It smokes.");
  EXPECT_EQ(all[0].message_id, "m1@example.org");
  EXPECT_EQ(all[0].author.address, "ada@example.org");
  EXPECT_EQ(all[0].at, now - std::chrono::minutes{1});
  EXPECT_EQ(all[0].sequence, 0);
  EXPECT_EQ(all[1].reply, "Still burning.");
  ASSERT_EQ(all[0].attachments.size(), 2U);
  EXPECT_EQ(all[0].attachments[0].content.string(), "");
  EXPECT_EQ(all[0].attachments[0].content_id, "cid1");
  EXPECT_EQ(rows("blob WHERE sha256 = 'sha-of-fire'"), 1);
  EXPECT_EQ(ask([&](Tx& tx) { return length_of_words(tx, first.ticket); }),
            static_cast<std::int64_t>(all[0].text.size() + all[0].reply.size() + all[1].text.size() +
                                      all[1].reply.size()));
  EXPECT_EQ(ask([&](Tx& tx) { return length_of_words(tx, desk::TicketId{9}); }), 0);

  auto const whole = ask([&](Tx& tx) { return find_message(tx, first.messages.front().id); });
  ASSERT_TRUE(whole.has_value());
  EXPECT_THAT(whole->attachments, ElementsAre(picture, copy));
  EXPECT_EQ(ask([&](Tx& tx) { return find_blob(tx, whole->raw_hash); }), "raw 1Printer on fireIt smokes.");
}

TEST_F(Tickets, lost_content_is_a_fault_not_an_empty_file) {
  auto const news = arrive({.attachments = {{"a.txt", "text/plain", "abc", "sha-abc", false, ""}}});
  write([](Tx& tx) { tx.driver().run("DELETE FROM blob_name WHERE sha256 = 'sha-abc'"); });
  auto const done = store.read("look", [&](Tx& tx) { find_message(tx, news.messages.front().id); });
  ASSERT_TRUE(done.has_error());
  EXPECT_THAT(done.error().what, testing::HasSubstr("the content of attachment 'a.txt'"));
}

TEST_F(Tickets, an_attachment_without_its_hash_is_refused) {
  auto const arrival = arrival_of({});
  Sketch const sketch{.attachments = {{"a.txt", "text/plain", "abc", "", false, ""}}};
  auto const done =
      store.write("receive", [&](Tx& tx) { apply(tx, plan_for(tx, sketch, arrival), &arrival, now); });
  ASSERT_TRUE(done.has_error());
  EXPECT_THAT(done.error().what, testing::HasSubstr("without their SHA-256"));
}

TEST_F(Tickets, news_tells_what_was_written) {
  auto const news = arrive({.attachments = {{"a.txt", "text/plain", "abc", "sha-abc", false, ""}}});
  EXPECT_TRUE(news.opened);
  EXPECT_EQ(news.rule, "new");
  ASSERT_EQ(news.messages.size(), 1U);
  EXPECT_EQ(desk::number(news.messages[0].id), 1);
  EXPECT_EQ(news.messages[0].ticket, news.ticket);
  EXPECT_EQ(news.messages[0].attachments[0].content.string(), "") << "megabytes do not go to listeners";
  EXPECT_EQ(news.summary, "#1001 opened by new, 1 message, 0 letters");
  EXPECT_EQ(answer(news.ticket, "kari", "water").summary, "#1001, 1 message, 1 letter");
}

TEST_F(Tickets, thread_ids_are_the_newest_of_people_and_letters) {
  auto const ticket = arrive({.message_id = "m1@example.org"}).ticket;
  now += std::chrono::minutes{1};
  answer(ticket, "kari", "water");  // her own mail's id stays inside
  now += std::chrono::minutes{1};
  write_again(ticket, {.message_id = "m2@example.org"});
  auto const ids = [&](std::size_t limit) {
    return ask([&](Tx& tx) { return thread_ids(tx, ticket, limit); });
  };
  EXPECT_THAT(ids(10), ElementsAre("m1@example.org", "answer-water@example.org", "m2@example.org"));
  EXPECT_THAT(ids(2), ElementsAre("answer-water@example.org", "m2@example.org"));
}

TEST_F(Tickets, newest_answer_is_a_colleagues) {
  auto const ticket = arrive().ticket;
  auto const by = [&](std::string const& except) {
    auto const found = ask([&](Tx& tx) { return newest_answer(tx, ticket, except); });
    return found ? found->reply : "none";
  };
  EXPECT_EQ(by("kari"), "none");
  answer(ticket, "ola", "first");
  answer(ticket, "ola", "second");
  answer(ticket, "kari", "third");
  EXPECT_EQ(by("kari"), "second");
  EXPECT_EQ(by("ola"), "third");
}

TEST_F(Tickets, the_trail_keeps_its_order) {
  auto const id = arrive().ticket;
  desk::Plan plan;
  plan.ticket = id;
  plan.trail = {{id, now, "agent:kari", "assigned", "to herself"}, {{}, {}, "desk", "status", "open"}};
  run(plan);
  auto const trail = ask([&](Tx& tx) { return trail_of(tx, id); });
  ASSERT_EQ(trail.size(), 3U);
  EXPECT_EQ(trail[0].what, "opened");
  EXPECT_EQ(trail[1], plan.trail[0]);
  EXPECT_EQ(trail[2], (desk::Trail{id, now, "desk", "status", "open"}))
      << "the plan's ticket and moment are filled in";
}

TEST_F(Tickets, the_trail_is_read_page_by_page) {
  auto const other = arrive({.message_id = "m0@example.org"}).ticket;
  auto const id = arrive({.subject = "Another", .reply = "Else.", .message_id = "m1@example.org"}).ticket;
  desk::Plan plan;
  plan.ticket = id;
  for (int i = 0; i < 4; ++i) plan.trail.push_back({id, now, "desk", "step", std::to_string(i)});
  run(plan);
  auto const page = [&](std::int64_t after) {
    return ask([&](Tx& tx) { return trail_of(tx, id, after, 2); });
  };
  std::vector<desk::Trail> all;
  std::int64_t after = 0;
  for (auto part = page(0); !part.empty(); part = page(after)) {
    EXPECT_LE(part.size(), 2U);
    for (Numbered const& one : part) all.push_back(one.trail);
    after = part.back().id;
  }
  EXPECT_EQ(all, ask([&](Tx& tx) { return trail_of(tx, id); }));
  EXPECT_EQ(ask([&](Tx& tx) { return trail_of(tx, other, 0, 50); }).size(), 1U) << "of one ticket alone";
}

TEST_F(Tickets, messages_are_read_page_by_page) {
  auto const id = arrive({.message_id = "m0@example.org"}).ticket;
  std::vector<desk::MessageId> whole{ask([&](Tx& tx) { return messages_of(tx, id); }).front().id};
  arrive({.subject = "Another", .reply = "Else.", .message_id = "x@example.org"});
  for (int i = 1; i < 5; ++i) {
    std::string const nth = std::to_string(i);
    auto const more =
        write_again(id, {.reply = "It is " + nth + ".", .message_id = "m" + nth + "@example.org"});
    whole.push_back(more.messages.front().id);
  }
  std::vector<desk::MessageId> all;
  auto const page = [&] {
    desk::MessageId const after = all.empty() ? desk::MessageId{} : all.back();
    return ask([&](Tx& tx) { return messages_of(tx, id, after, 2); });
  };
  for (auto part = page(); !part.empty(); part = page()) {
    EXPECT_LE(part.size(), 2U);
    for (desk::Message const& one : part) all.push_back(one.id);
  }
  EXPECT_EQ(all, whole);
}

TEST_F(Tickets, what_is_due_is_listed_page_by_page) {
  std::vector<desk::TicketId> opened;
  for (int i = 0; i < 7; ++i)
    opened.push_back(arrive({.subject = "Number " + std::to_string(i),
                             .reply = "It is " + std::to_string(i) + ".",
                             .message_id = std::to_string(i) + "@example.org"})
                         .ticket);
  // Two are due at the same moment, and three are not due at all.
  int const hours[] = {3, 1, 2, 1};
  for (std::size_t i = 0; i < 4; ++i) {
    desk::Plan plan;
    plan.ticket = opened[i];
    plan.level.emplace();
    plan.level->due = now + std::chrono::hours{hours[i]};
    run(plan);
  }
  TicketFilter filter;
  filter.by_due = true;
  filter.limit = 2;
  std::vector<desk::TicketId> all;
  for (auto part = ask([&](Tx& tx) { return list_tickets(tx, filter); }); !part.empty();
       part = ask([&](Tx& tx) { return list_tickets(tx, filter); })) {
    for (desk::Ticket const& one : part) all.push_back(one.id);
    auto const level = ask([&](Tx& tx) { return level_of(tx, part.back().id); });
    filter.behind_due = std::pair{due_place(level.due), part.back().id};
  }
  EXPECT_EQ(all, (std::vector{opened[1], opened[3], opened[2], opened[0], opened[4], opened[5], opened[6]}));
}

TEST_F(Tickets, a_known_mail_has_the_same_id_and_the_same_words) {
  auto const id = arrive({.message_id = "m1@example.org"}).ticket;
  write([&](Tx& tx) {
    auto const same = [&](std::string_view message_id, std::string_view reply) {
      return find_same_mail(tx, {message_id, "", "", reply, "", now});
    };
    EXPECT_EQ(same("m1@example.org", "It smokes."), id);
    EXPECT_FALSE(same("m1@example.org", "Other words."));
    EXPECT_FALSE(same("m2@example.org", "It smokes."));
    EXPECT_FALSE(same("", "It smokes."));
  });
}

struct FilterRow {
  char const* name;
  TicketFilter filter;
  std::vector<std::int64_t> expect;
};

class ListTickets : public Desk, public testing::WithParamInterface<FilterRow> {};

TEST_P(ListTickets, shows_the_newest_change_first) {
  auto const a = arrive().ticket;  // 1001: ada, new
  now += std::chrono::minutes{1};
  auto const b = arrive({.from = "bob@example.org"}).ticket;  // 1002: bob, waiting, kari's
  now += std::chrono::minutes{1};
  auto const c = arrive().ticket;  // 1003: ada, resolved, kari's
  now += std::chrono::minutes{1};
  change(b, desk::SetAssignee{"kari"});
  change(b, desk::SetStatus{desk::Status::waiting});
  change(c, desk::SetAssignee{"kari"});
  now += std::chrono::minutes{1};
  change(c, desk::SetStatus{desk::Status::resolved});
  now += std::chrono::minutes{1};
  write_again(a);
  EXPECT_THAT(numbers(ask([&](Tx& tx) { return list_tickets(tx, GetParam().filter); })),
              ElementsAreArray(GetParam().expect));
}

INSTANTIATE_TEST_SUITE_P(
    Filters, ListTickets,
    testing::Values(FilterRow{"all", {}, {1001, 1003, 1002}}, FilterRow{"limit", {.limit = 2}, {1001, 1003}},
                    FilterRow{"unfinished", {.unfinished = true}, {1001, 1002}},
                    FilterRow{"waiting", {.status = desk::Status::waiting}, {1002}},
                    FilterRow{"resolved", {.status = desk::Status::resolved}, {1003}},
                    FilterRow{"closed", {.status = desk::Status::closed}, {}},
                    FilterRow{"assignee", {.assignee = "kari"}, {1003, 1002}},
                    FilterRow{"assignee_unfinished", {.unfinished = true, .assignee = "kari"}, {1002}},
                    FilterRow{"other_team", {.team = "line 2"}, {}},
                    FilterRow{"requester", {.requester = desk::ContactId{1}}, {1001, 1003}}),
    [](auto const& row) { return row.param.name; });

TEST_F(Tickets, counts) {
  auto const a = arrive().ticket;
  arrive();
  answer(a, "kari", "water");
  change(a, desk::SetStatus{desk::Status::closed});
  queue(a, letter(desk::LetterKind::closed, "ada@example.org", "l1@example.org"));
  change(a, desk::LetterFailed{"l1@example.org", "no such user"});
  auto const counts = ask([](Tx& tx) { return count(tx); });
  EXPECT_EQ(counts.tickets, 2);
  EXPECT_EQ(counts.unfinished, 1);
  EXPECT_EQ(counts.messages, 3);
  EXPECT_EQ(counts.queued, 1);
  EXPECT_EQ(counts.failed, 1);
  EXPECT_EQ(counts.quarantined, 0);
}

TEST_F(Tickets, index_jobs_come_once_a_ticket_and_survive_a_change_meanwhile) {
  auto const a = arrive().ticket;
  auto const b = arrive().ticket;
  write_again(a);
  auto const jobs = ask([](Tx& tx) { return index_jobs(tx, 10); });
  ASSERT_EQ(jobs.size(), 2U);
  EXPECT_EQ(jobs[0].ticket, b);
  EXPECT_EQ(jobs[1].ticket, a);
  change(b, desk::AddTag{"vpn"});  // while the librarian works
  write([&](Tx& tx) { finish_jobs(tx, jobs); });
  auto const left = ask([](Tx& tx) { return index_jobs(tx, 10); });
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].ticket, b);
  write([](Tx& tx) { index_everything(tx); });
  EXPECT_EQ(ask([](Tx& tx) { return index_jobs(tx, 10); }).size(), 2U);
  EXPECT_EQ(ask([](Tx& tx) { return index_jobs(tx, 1); }).size(), 1U);
  arrive();
  EXPECT_EQ(ask([](Tx& tx) { return index_jobs(tx, 10); }).size(), 3U);
}

TEST_F(Tickets, index_jobs_are_read_on_from_where_they_ended) {
  auto const a = arrive().ticket;
  auto const b = arrive().ticket;
  auto const had = ask([](Tx& tx) { return index_jobs(tx, 1); });
  ASSERT_EQ(had.size(), 1U);
  EXPECT_EQ(had[0].ticket, a);
  auto const rest = [&] { return ask([&](Tx& tx) { return index_jobs(tx, 10, had[0].id); }); };
  ASSERT_EQ(rest().size(), 1U);
  EXPECT_EQ(rest()[0].ticket, b);
  write_again(a);  // goes to the end
  ASSERT_EQ(rest().size(), 2U);
  EXPECT_EQ(rest()[1].ticket, a);
}

TEST_F(Tickets, what_is_searched_for_in_a_ticket) {
  auto const news = arrive();
  write_again(news.ticket);
  auto const whole = ask([&](Tx& tx) { return find_ticket(tx, news.ticket); });
  auto const messages = ask([&](Tx& tx) { return messages_of(tx, news.ticket); });
  ASSERT_TRUE(whole);
  ASSERT_EQ(messages.size(), 2U);
  auto const all = ask([&](Tx& tx) { return wording_of(tx, news.ticket); });
  ASSERT_TRUE(all);
  EXPECT_EQ(all->subject, whole->subject);
  EXPECT_EQ(all->language, whole->language);
  EXPECT_EQ(all->messages, (std::vector{messages[0].id, messages[1].id}));
  EXPECT_EQ(ask([&](Tx& tx) { return words_of(tx, messages[1].id); }), messages[1].reply);
  EXPECT_EQ(ask([](Tx& tx) { return words_of(tx, desk::MessageId{9999}); }), "");
  EXPECT_FALSE(ask([](Tx& tx) { return wording_of(tx, desk::TicketId{9999}); }));
}

TEST_F(Tickets, numbers_of_a_later_state_are_skipped) {
  auto const before = arrive();
  write([](Tx& tx) { skip_numbers(tx); });
  auto const after = arrive();
  EXPECT_EQ(desk::number(after.ticket), desk::number(before.ticket) + 1001);
  EXPECT_EQ(desk::number(after.messages.front().id), desk::number(before.messages.front().id) + 20001);
  write([](Tx& tx) { skip_numbers(tx); });
  EXPECT_EQ(ask([](Tx& tx) { return count(tx); }).messages, 2) << "what was skipped is no message";
}

}  // namespace
}  // namespace spoc::store
