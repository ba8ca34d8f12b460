// SPDX-License-Identifier: GPL-3.0-or-later
// What each threading rule points at, and for whom.
#include "desk/thread.hpp"

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAreArray;

/// What stands in the store before each row:
///   1001  Ada, "Printer on fire", mail first@ada, references root@list and other@list, Thread-Index aa;
///         answered with the letter answer-water@, Bob was copied
///   1002  Eve, "Printer on fire" too, mail first@eve
///   1003  Ada, "Printer on fire", resolved
///   1004  merged into 1001
struct ClueRow {
  char const* name;
  desk::Traits traits;
  std::vector<std::string> expect;  ///< "rule ticket", with "!" behind where the author takes no part
};

desk::Token token(std::int64_t ticket) {
  return {desk::TicketId{ticket}, desk::Role::requester, desk::Purpose::reply, "digest"};
}

class Clues : public Desk, public testing::WithParamInterface<ClueRow> {
 protected:
  void SetUp() override {
    auto const ada =
        arrive({.message_id = "first@ada", .references = {"root@list", "other@list"}, .thread_index = "aa"});
    answer(ada.ticket, "kari", "water");
    change(ada.ticket, desk::AddParticipant{{"", "bob@example.org"}});
    arrive({.from = "eve@example.org", .message_id = "first@eve"});
    auto const done = arrive({.message_id = "done@ada"}).ticket;
    change(done, desk::SetStatus{desk::Status::resolved});
    auto const merged =
        arrive({.from = "ada@example.org", .subject = "Fire", .message_id = "merged@ada"}).ticket;
    write([&](Tx& tx) {
      tx.driver().run("UPDATE ticket SET merged_into = $2 WHERE id = $1",
                      {desk::number(merged), desk::number(ada.ticket)});
    });
  }

  std::vector<std::string> found(desk::Traits const& traits) {
    std::vector<std::string> words;
    for (auto const& clue :
         ask([&](Tx& tx) { return clues(tx, traits, now, std::chrono::hours{24 * 30}); })) {
      EXPECT_NE(clue.evidence, "");
      words.push_back(std::string{desk::name(clue.rule)} + " " + std::to_string(desk::number(clue.ticket)) +
                      (clue.participant ? "" : "!"));
    }
    return words;
  }
};

TEST_P(Clues, point_at) { EXPECT_THAT(found(GetParam().traits), ElementsAreArray(GetParam().expect)); }

std::vector<std::string> const ada{"ada@example.org"}, bob{"bob@example.org"}, eve{"eve@example.org"},
    mallory{"mallory@example.org"};

INSTANTIATE_TEST_SUITE_P(
    Table, Clues,
    testing::Values(
        ClueRow{"nothing", {}, {}},
        ClueRow{"token_of_anybody", {.tokens = {token(1001)}, .authors = mallory}, {"token 1001"}},
        ClueRow{"token_of_no_ticket", {.tokens = {token(4711)}, .authors = ada}, {}},
        ClueRow{"token_through_a_merge", {.tokens = {token(1004)}, .authors = ada}, {"token 1001"}},
        ClueRow{
            "tokens_in_their_order", {.tokens = {token(1002), token(1001)}}, {"token 1002", "token 1001"}},
        ClueRow{"token_in_the_body", {.body_tokens = {token(1002)}}, {"body-token 1002"}},
        ClueRow{"reply_to_a_mail", {.ids = {"first@ada"}, .authors = ada}, {"reference 1001"}},
        ClueRow{
            "reply_to_a_letter", {.ids = {"answer-water@example.org"}, .authors = ada}, {"reference 1001"}},
        ClueRow{"reply_by_one_who_was_copied", {.ids = {"first@ada"}, .authors = bob}, {"reference 1001"}},
        ClueRow{"reply_by_a_stranger", {.ids = {"first@ada"}, .authors = mallory}, {"reference 1001!"}},
        ClueRow{"reply_by_sender_for_another",
                {.ids = {"first@ada"}, .authors = {"x@example.org", "bob@example.org"}},
                {"reference 1001"}},
        ClueRow{"reply_to_a_merged_one", {.ids = {"merged@ada"}, .authors = ada}, {"reference 1001"}},
        ClueRow{"references_to_two",
                {.ids = {"first@eve", "first@ada"}, .authors = ada},
                {"reference 1002!", "reference 1001"}},
        ClueRow{"unknown_id", {.ids = {"nobody@knows"}, .authors = ada}, {}},
        ClueRow{"number", {.numbers = {desk::TicketId{1001}}, .authors = ada}, {"subject-number 1001"}},
        ClueRow{"number_by_a_stranger",
                {.numbers = {desk::TicketId{1001}}, .authors = mallory},
                {"subject-number 1001!"}},
        ClueRow{"number_of_nothing", {.numbers = {desk::TicketId{7}}, .authors = ada}, {}},
        ClueRow{"sibling", {.ids = {"root@list"}, .authors = mallory}, {"sibling 1001!"}},
        ClueRow{"sibling_of_two_ids", {.ids = {"other@list", "root@list"}, .authors = ada}, {"sibling 1001"}},
        ClueRow{"sibling_by_thread_index", {.thread_index = "aa", .authors = ada}, {"sibling 1001"}},
        ClueRow{"no_sibling_by_other_index", {.thread_index = "bb", .authors = ada}, {}},
        ClueRow{"subject",
                {.reply_prefix = true, .base_subject = "printer on fire", .authors = ada},
                {"same-subject 1001"}},
        ClueRow{"subject_of_another",
                {.reply_prefix = true, .base_subject = "printer on fire", .authors = eve},
                {"same-subject 1002"}},
        ClueRow{"subject_by_a_stranger",
                {.reply_prefix = true, .base_subject = "printer on fire", .authors = mallory},
                {"same-subject 1002!"}},
        ClueRow{"subject_without_prefix", {.base_subject = "printer on fire", .authors = ada}, {}},
        ClueRow{"no_subject", {.reply_prefix = true, .authors = ada}, {}},
        ClueRow{"another_subject", {.reply_prefix = true, .base_subject = "water", .authors = ada}, {}},
        ClueRow{"all_in_the_order_of_the_rules",
                {.tokens = {token(1002)},
                 .body_tokens = {token(1001)},
                 .ids = {"first@eve", "root@list"},
                 .numbers = {desk::TicketId{1003}},
                 .reply_prefix = true,
                 .base_subject = "printer on fire",
                 .authors = ada},
                {"token 1002", "reference 1002!", "body-token 1001", "subject-number 1003", "sibling 1001",
                 "same-subject 1001"}}),
    [](auto const& row) { return row.param.name; });

using CluesInTime = Clues;

TEST_F(CluesInTime, a_subject_is_forgotten_after_its_window) {
  desk::Traits const reply{
      .reply_prefix = true, .base_subject = "printer on fire", .authors = {"ada@example.org"}};
  now += std::chrono::hours{24 * 30};
  EXPECT_EQ(found(reply).size(), 1U);
  now += std::chrono::milliseconds{1};
  EXPECT_EQ(found(reply).size(), 0U);
}

TEST_F(CluesInTime, the_newest_ticket_comes_first) {
  arrive({.message_id = "first@ada"});
  EXPECT_THAT(found({.ids = {"first@ada"}, .authors = {"ada@example.org"}}),
              ElementsAreArray({"reference 1005", "reference 1001"}));
}

TEST_F(CluesInTime, an_endless_subject_is_found_again) {
  std::string const subject(70'000, 'x');
  arrive({.subject = subject});
  EXPECT_THAT(found({.reply_prefix = true, .base_subject = subject, .authors = {"ada@example.org"}}),
              ElementsAreArray({"same-subject 1005"}));
}

TEST_F(CluesInTime, a_forged_mail_cannot_make_us_look_for_ever) {
  desk::Traits traits;
  for (int i = 0; i < 100'000; ++i) traits.ids.push_back("forged" + std::to_string(i) + "@example.org");
  traits.ids.emplace_back("first@ada");
  EXPECT_TRUE(found(traits).empty()) << "what lies beyond the first 200 is not looked up";
}

}  // namespace
}  // namespace spoc::store
