// SPDX-License-Identifier: GPL-3.0-or-later
// Every kind of change that a plan can hold.
#include "desk_fixture.hpp"
#include "store/contact_rows.hpp"
#include "store/levels.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

using Changes = Desk;

TEST_F(Changes, status_carries_the_moment_of_closing) {
  auto const id = arrive().ticket;
  EXPECT_EQ(ticket(id).closed, std::nullopt);
  now += std::chrono::hours{1};
  change(id, desk::SetStatus{desk::Status::resolved});
  EXPECT_EQ(ticket(id).status, desk::Status::resolved);
  EXPECT_EQ(ticket(id).closed, now);
  now += std::chrono::hours{1};
  change(id, desk::SetStatus{desk::Status::closed});
  EXPECT_EQ(ticket(id).closed, now);
  change(id, desk::SetStatus{desk::Status::open});
  EXPECT_EQ(ticket(id).status, desk::Status::open);
  EXPECT_EQ(ticket(id).closed, std::nullopt);
}

TEST_F(Changes, a_ticket_opened_as_resolved_is_finished) {
  auto const id = ask([&](Tx& tx) {
    desk::Plan plan;
    plan.open.emplace();
    plan.open->id = plan.ticket = next_ticket(tx);
    plan.open->status = desk::Status::resolved;
    return apply(tx, plan, nullptr, now).ticket;
  });
  EXPECT_EQ(ticket(id).closed, now);
}

TEST_F(Changes, every_change_moves_the_moment_of_change_never_back) {
  auto const id = arrive().ticket;
  now += std::chrono::hours{1};
  change(id, desk::AddTag{"vpn"});
  EXPECT_EQ(ticket(id).changed, now);
  auto const latest = now;
  now -= std::chrono::hours{2};
  change(id, desk::AddTag{"dns"});
  EXPECT_EQ(ticket(id).changed, latest);
}

TEST_F(Changes, assignee_comes_and_goes) {
  auto const id = arrive().ticket;
  change(id, desk::SetAssignee{"kari"});
  EXPECT_EQ(ticket(id).assignee, "kari");
  change(id, desk::SetAssignee{""});
  EXPECT_EQ(ticket(id).assignee, "");
}

TEST_F(Changes, priority) {
  auto const id = arrive().ticket;
  EXPECT_EQ(ticket(id).priority, desk::Priority::p3);
  change(id, desk::SetPriority{desk::Priority::p1});
  EXPECT_EQ(ticket(id).priority, desk::Priority::p1);
}

TEST_F(Changes, tags_are_a_set_in_order) {
  auto const id = arrive().ticket;
  change(id, desk::AddTag{"vpn"});
  change(id, desk::AddTag{"dns"});
  change(id, desk::AddTag{"vpn"});
  EXPECT_THAT(ticket(id).tags, ElementsAre("vpn", "dns"));
  change(id, desk::RemoveTag{"vpn"});
  change(id, desk::RemoveTag{"never there"});
  EXPECT_THAT(ticket(id).tags, ElementsAre("dns"));
  change(id, desk::RemoveTag{"dns"});
  EXPECT_THAT(ticket(id).tags, IsEmpty());
}

TEST_F(Changes, participants_are_one_per_address) {
  auto const id = arrive().ticket;
  change(id, desk::AddParticipant{{"Bob", "Bob@Example.org"}});
  change(id, desk::AddParticipant{{"", " bob@example.org "}});
  change(id, desk::AddParticipant{{"nobody", ""}});
  EXPECT_THAT(ticket(id).participants,
              ElementsAre(desk::Address{"", "ada@example.org"}, desk::Address{"Bob", "Bob@Example.org"}));
}

TEST_F(Changes, contact_language_is_the_requesters) {
  auto const id = arrive().ticket;
  change(id, desk::SetContactLanguage{"nb"});
  EXPECT_EQ(ask([&](Tx& tx) { return find_contact(tx, find_ticket(tx, id)->requester); })->language, "nb");
}

TEST_F(Changes, a_dead_address_takes_no_letters_until_it_writes) {
  auto const id = arrive().ticket;
  change(id, desk::MarkDead{"Ada@Example.org", "550 no such user"});
  EXPECT_TRUE(ask([](Tx& tx) { return is_dead(tx, "ada@example.org"); }));
  write([](Tx& tx) { revive(tx, "ADA@example.org"); });
  EXPECT_FALSE(ask([](Tx& tx) { return is_dead(tx, "ada@example.org"); }));
}

TEST_F(Changes, a_bounce_refuses_its_letter) {
  auto const id = arrive().ticket;
  answer(id, "kari", "water");
  answer(id, "kari", "foam");
  change(id, desk::LetterFailed{"answer-water@example.org", "5.1.1 no such user"});
  auto const failed = letter_named("answer-water@example.org");
  EXPECT_EQ(failed.state, desk::LetterState::refused);
  EXPECT_EQ(failed.outcome, "5.1.1 no such user");
  EXPECT_EQ(letter_named("answer-foam@example.org").state, desk::LetterState::queued);
}

TEST_F(Changes, cancel_stops_what_waits_of_that_agent_and_ticket) {
  auto const id = arrive().ticket;
  auto const other = arrive().ticket;
  answer(id, "kari", "sent", std::chrono::seconds{0});
  write([&](Tx& tx) {
    auto const one = find_letter(tx, std::string_view{"answer-sent@example.org"});
    record(tx, one->id, desk::LetterState::sent, "250 ok", now, {});
  });
  answer(id, "kari", "hers");
  answer(id, "ola", "his");
  answer(other, "kari", "elsewhere");
  auto theirs = letter(desk::LetterKind::resolved, "ada@example.org", "notice@example.org");
  theirs.author = "ola";
  queue(id, theirs);
  auto hers = letter(desk::LetterKind::closed, "ada@example.org", "her-notice@example.org");
  hers.author = "kari";
  queue(id, hers);
  change(id, desk::CancelLetters{"kari"});

  EXPECT_EQ(letter_named("answer-hers@example.org").state, desk::LetterState::cancelled);
  EXPECT_EQ(letter_named("answer-hers@example.org").outcome, "cancelled by kari");
  EXPECT_EQ(letter_named("answer-sent@example.org").state, desk::LetterState::sent);
  EXPECT_EQ(letter_named("answer-his@example.org").state, desk::LetterState::queued);
  EXPECT_EQ(letter_named("answer-elsewhere@example.org").state, desk::LetterState::queued);
  EXPECT_EQ(letter_named("notice@example.org").state, desk::LetterState::queued) << "a colleague's doing";
  EXPECT_EQ(letter_named("her-notice@example.org").state, desk::LetterState::cancelled);
}

TEST_F(Changes, words_whose_letters_were_all_cancelled_are_no_answer) {
  auto const id = arrive().ticket;
  auto const said = answer(id, "kari", "water", std::chrono::seconds{0}, desk::MessageState::waiting);
  write([&](Tx& tx) { claim_letters(tx, now, now + std::chrono::minutes{5}, "postman", 10); });
  EXPECT_THAT(ask([&](Tx& tx) { return say_what_left(tx, now); }), testing::SizeIs(1));
  EXPECT_THAT(ask([&](Tx& tx) { return say_what_left(tx, now); }), testing::IsEmpty());
  auto const late = answer(id, "kari", "foam", std::chrono::seconds{30}, desk::MessageState::waiting);
  EXPECT_THAT(ask([&](Tx& tx) { return say_what_left(tx, now); }), testing::IsEmpty()) << "not due yet";
  EXPECT_EQ(ask([&](Tx& tx) { return newest_answer(tx, id, "ola"); })->reply, "foam");
  change(id, desk::CancelLetters{"kari"});

  auto const all = ask([&](Tx& tx) { return messages_of(tx, id); });
  ASSERT_THAT(all, testing::SizeIs(3)) << "agents still see it";
  EXPECT_EQ(all[1].state, desk::MessageState::said);
  EXPECT_EQ(all[2].state, desk::MessageState::withdrawn);
  EXPECT_EQ(ask([&](Tx& tx) { return newest_answer(tx, id, "ola"); })->reply, "water");
  EXPECT_THAT(ask([&](Tx& tx) { return course_of(tx, id); }).exchanges, testing::SizeIs(2));
}

TEST_F(Changes, the_course_knows_when_the_requester_heard_of_the_end) {
  auto const id = arrive().ticket;
  EXPECT_FALSE(ask([&](Tx& tx) { return course_of(tx, id); }).end_told);
  auto notice = letter(desk::LetterKind::resolved, "ada@example.org", "notice@example.org");
  notice.author = "kari";
  queue(id, notice);
  EXPECT_EQ(ask([&](Tx& tx) { return course_of(tx, id); }).end_told, now);
  change(id, desk::CancelLetters{"kari"});
  EXPECT_FALSE(ask([&](Tx& tx) { return course_of(tx, id); }).end_told);
}

TEST_F(Changes, who_gets_no_copies_any_more_may_still_take_part) {
  auto const id = arrive().ticket;
  change(id, desk::AddCopy{{"", "bob@example.org"}});
  change(id, desk::AddCopy{{"", "eve@example.org"}});
  change(id, desk::DropCopy{{"", "bob@example.org"}, true});
  change(id, desk::DropCopy{{"", "eve@example.org"}, false});
  EXPECT_THAT(ticket(id).copies, testing::IsEmpty());
  EXPECT_THAT(ticket(id).participants, testing::SizeIs(2)) << "the requester and bob";
}

TEST_F(Changes, a_transfer_can_be_forgotten) {
  auto const id = arrive().ticket;
  change(id, desk::SetFirstLine{"first line", "kari"});
  EXPECT_EQ(ticket(id).passed_on, now);
  change(id, desk::SetFirstLine{});
  EXPECT_EQ(ticket(id).passed_on, now) << "the way back is no reason";
  change(id, desk::ForgetPassedOn{});
  EXPECT_FALSE(ticket(id).passed_on);
}

TEST_F(Changes, cancel_leaves_what_a_postman_holds) {
  auto const id = arrive().ticket;
  answer(id, "kari", "held", std::chrono::seconds{0});
  write([&](Tx& tx) { claim_letters(tx, now, now + std::chrono::minutes{5}, "postman", 10); });
  change(id, desk::CancelLetters{"kari"});
  EXPECT_EQ(letter_named("answer-held@example.org").state, desk::LetterState::queued);
  now += std::chrono::minutes{6};  // that postman is dead
  change(id, desk::CancelLetters{"kari"});
  EXPECT_EQ(letter_named("answer-held@example.org").state, desk::LetterState::cancelled);
}

TEST_F(Changes, an_answer_gathered_from_an_older_message_is_its_authors) {
  auto const id = arrive().ticket;
  auto const message = answer(id, "kari", "water").messages.front().id;
  auto again = letter(desk::LetterKind::answer, "bob@example.org", "copy@example.org");
  again.about = message;
  queue(id, again);
  change(id, desk::CancelLetters{"kari"});
  EXPECT_EQ(letter_named("copy@example.org").state, desk::LetterState::cancelled);
}

TEST_F(Changes, offers_replace_each_other) {
  auto const id = arrive().ticket;
  desk::Suggestion const vpn{"vpn-drops", "VPN drops\tafter\nlunch", "en", 0.1, true, false};
  desk::Suggestion const inside{"inside", "For us", "nb", 1.0 / 3, false, true};
  change(id, desk::Offered{{vpn, inside}});
  auto flat = vpn;
  flat.title = "VPN drops after lunch";
  EXPECT_THAT(ask([&](Tx& tx) { return offered(tx, id); }), ElementsAre(flat, inside));
  change(id, desk::Offered{{inside}});
  EXPECT_THAT(ask([&](Tx& tx) { return offered(tx, id); }), ElementsAre(inside));
  change(id, desk::Offered{});
  EXPECT_THAT(ask([&](Tx& tx) { return offered(tx, id); }), IsEmpty());
}

class SetRequesterChange : public Desk {
 protected:
  desk::TicketId visit() {
    return ask([&](Tx& tx) {
      desk::Plan plan;
      plan.open.emplace();
      plan.open->id = plan.ticket = next_ticket(tx);
      plan.open->requester = add_visitor(tx, "", "en", now).id;
      return apply(tx, plan, nullptr, now).ticket;
    });
  }
};

TEST_F(SetRequesterChange, names_a_visitor) {
  auto const id = visit();
  change(id, desk::SetRequester{{"Ada", "Ada@example.org"}, true});
  auto const after = ticket(id);
  EXPECT_EQ(after.requester_address, (desk::Address{"Ada", "Ada@example.org"}));
  EXPECT_THAT(after.participants, ElementsAre(desk::Address{"Ada", "Ada@example.org"}));
  auto const contact = ask([&](Tx& tx) { return find_contact(tx, after.requester); });
  EXPECT_EQ(contact->name, "Ada");
  EXPECT_THAT(contact->addresses, ElementsAre("ada@example.org"));
}

TEST_F(SetRequesterChange, finds_the_person_who_has_the_address) {
  auto const ada = ask([&](Tx& tx) {
    return find_or_add_contact(tx, {"Ada", "ada@example.org"}, "nb", now);
  });
  auto const id = visit();
  change(id, desk::SetRequester{{"Somebody", "ada@example.org"}, true});
  EXPECT_EQ(ticket(id).requester, ada.id);
  EXPECT_EQ(ask([&](Tx& tx) { return find_contact(tx, ada.id); })->name, "Ada");
}

TEST_F(SetRequesterChange, works_where_nobody_was_requester) {
  auto const id = ask([&](Tx& tx) {
    desk::Plan plan;
    plan.open.emplace();
    plan.open->id = plan.ticket = next_ticket(tx);
    return apply(tx, plan, nullptr, now).ticket;
  });
  change(id, desk::SetRequester{{"Ada", "ada@example.org"}});
  EXPECT_NE(ticket(id).requester, desk::ContactId{});
}

TEST_F(SetRequesterChange, a_given_address_is_only_where_answers_go) {
  auto const ada = ask([&](Tx& tx) {
    return find_or_add_contact(tx, {"Ada", "ada@example.org"}, "nb", now);
  });
  auto const id = visit();
  auto const visitor = ticket(id).requester;
  change(id, desk::SetRequester{{"Somebody", "ada@example.org"}});
  EXPECT_EQ(ticket(id).requester, visitor);
  EXPECT_EQ(ticket(id).requester_address.address, "ada@example.org");
  change(id, desk::SetRequester{{"Mallory", "mallory@example.com"}});
  EXPECT_EQ(ticket(id).requester, visitor);
  EXPECT_THAT(ask([&](Tx& tx) { return find_contact(tx, ada.id); })->addresses,
              ElementsAre("ada@example.org"));
  EXPECT_THAT(ask([&](Tx& tx) { return find_contact(tx, visitor); })->addresses, IsEmpty());
  EXPECT_FALSE(ask([&](Tx& tx) { return contact_at(tx, "mallory@example.com"); }));
}

TEST_F(SetRequesterChange, who_proved_one_address_is_a_visitor_again_under_another) {
  auto const ada = ask([&](Tx& tx) {
    return find_or_add_contact(tx, {"Ada", "ada@example.org"}, "nb", now);
  });
  auto const id = visit();
  change(id, desk::SetRequester{{"Ada", "ada@example.org"}, true});
  change(id, desk::SetRequester{{"Mallory", "mallory@example.com"}});
  EXPECT_NE(ticket(id).requester, ada.id);
  EXPECT_THAT(ask([&](Tx& tx) { return find_contact(tx, ada.id); })->addresses,
              ElementsAre("ada@example.org"));
}

}  // namespace
}  // namespace spoc::store
