// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked often must go by an index: a million messages are not read one by one.
#include <algorithm>

#include "desk_fixture.hpp"
#include "store/announcements.hpp"
#include "store/api_answers.hpp"
#include "store/api_tokens.hpp"
#include "store/contact_book.hpp"
#include "store/contact_pages.hpp"
#include "store/outbox_line.hpp"
#include "store/presence.hpp"
#include "store/webhook_calls.hpp"

namespace spoc::store {
namespace {

/// Passes everything on and remembers the words.
class Recorder final : public Driver {
 public:
  explicit Recorder(Driver& driver) : driver_(driver) {}
  std::int64_t run(std::string_view sql, std::vector<Value> const& values,
                   std::function<void(Row const&)> const& each) override {
    said.emplace_back(sql);
    return driver_.run(sql, values, each);
  }
  void begin_write() override { driver_.begin_write(); }
  void begin_read() override { driver_.begin_read(); }
  void commit() override { driver_.commit(); }
  void roll_back() noexcept override { driver_.roll_back(); }
  void begin_nested() override { driver_.begin_nested(); }
  void commit_nested() override { driver_.commit_nested(); }
  void roll_back_nested() override { driver_.roll_back_nested(); }
  bool has_table(std::string_view name) override { return driver_.has_table(name); }
  void copy_to(std::string_view file) override { driver_.copy_to(file); }
  void carry_over_log() override { driver_.carry_over_log(); }
  std::vector<std::string> damage() override { return driver_.damage(); }

  std::vector<std::string> said;

 private:
  Driver& driver_;
};

struct HotQuery {
  char const* name;
  std::function<void(Tx&, desk::Time)> ask;
  bool in_order = false;  ///< what waits is read in the order of an index, never sorted
};

class QueryPlans : public Desk, public testing::WithParamInterface<HotQuery> {
 protected:
  /// A scan is good where it follows an index that holds nothing else, or stops at its LIMIT.
  static bool is_short_scan(std::string const& step) {
    constexpr std::array short_indexes{
        "letter_overdue", "letter_waiting",    "message_untold",  "ticket_finished", "ticket_unfinished",
        "ticket_load",    "announcement_open", "contact_by_name", "ledger_fresh",    "quarantine_open"};
    // As many rows as there are agents, teams and articles.
    bool const small = step == "SCAN presence" || step == "SCAN rota" || step == "SCAN article_use" ||
                       step == "SCAN newest";  // of a subject, limited
    return small || step.starts_with("SCAN (") || step.starts_with("SCAN CONSTANT") ||
           std::any_of(short_indexes.begin(), short_indexes.end(),
                       [&](auto const* index) { return step.ends_with(std::string{" "} + index); });
  }

  /// The lines of the plan that read a whole table.
  static std::vector<std::string> slow_steps(Driver& driver, std::string const& sql, bool in_order) {
    std::vector<std::string> slow;
    std::vector<Value> const nulls(40, Value{nullptr});
    driver.run("EXPLAIN QUERY PLAN " + sql, nulls, [&](Row const& row) {
      auto const step = row.text(3);
      // One mailbox may have all of the table.
      bool const broad = step.ends_with("(mailbox=?)");
      if (broad || (step.starts_with("SCAN ") && !is_short_scan(step))) slow.push_back(step + " in: " + sql);
      bool const of_one_ticket = sql.find("FROM participant WHERE ticket = $1 ORDER BY") != std::string::npos;
      if (in_order && !of_one_ticket && step.starts_with("USE TEMP B-TREE"))
        slow.push_back(step + " in: " + sql);
    });
    return slow;
  }
};

TEST_P(QueryPlans, go_by_an_index) {
  auto const id = arrive({.message_id = "m1@example.org"}).ticket;
  answer(id, "kari", "water", std::chrono::seconds{0});
  write([&](Tx& tx) {
    Recorder recorder{tx.driver()};
    Tx watched{recorder};
    GetParam().ask(watched, now);
    ASSERT_FALSE(recorder.said.empty());
    for (auto const& sql : recorder.said)
      EXPECT_THAT(slow_steps(tx.driver(), sql, GetParam().in_order), testing::IsEmpty());
  });
}

constexpr desk::TicketId first{1001};

desk::Traits rich_traits() {
  return {.tokens = {{first, desk::Role::requester, desk::Purpose::reply, "d"}},
          .body_tokens = {{first, desk::Role::agent, desk::Purpose::note, "d"}},
          .ids = {"m1@example.org"},
          .numbers = {first},
          .thread_index = "aa",
          .reply_prefix = true,
          .base_subject = "printer on fire",
          .authors = {"ada@example.org"}};
}

desk::Plan rich_plan() {
  desk::Plan plan;
  plan.ticket = first;
  plan.messages.emplace_back();
  plan.changes = {desk::SetStatus{desk::Status::open},
                  desk::SetAssignee{"kari"},
                  desk::AddTag{"vpn"},
                  desk::AddParticipant{{"", "bob@example.org"}},
                  desk::SetContactLanguage{"nb"},
                  desk::MarkDead{"dead@example.org", "gone"},
                  desk::LetterFailed{"l1@example.org", "no"},
                  desk::CancelLetters{"kari"},
                  desk::EndQuestions{"help@example.com"},
                  desk::Offered{},
                  desk::SetRequester{{"", "eve@example.org"}},
                  desk::Rated{5, true, "fine"}};
  plan.letters.emplace_back();
  plan.trail.emplace_back();
  return plan;
}

INSTANTIATE_TEST_SUITE_P(
    Hot, QueryPlans,
    testing::Values(
        HotQuery{"clues", [](Tx& tx, desk::Time now) { clues(tx, rich_traits(), now, std::chrono::hours{1}); }},
        HotQuery{"apply",
                 [](Tx& tx, desk::Time now) {
                   desk::Arrival const arrival{.place = {"support", 7, 99, ""}, .hash = "h", .raw = "raw"};
                   apply(tx, rich_plan(), &arrival, now);
                 }},
        HotQuery{"seen", [](Tx& tx, desk::Time) { seen(tx, {"support", 9, 9, ""}, "h"); }},
        HotQuery{"highest_uid", [](Tx& tx, desk::Time) { highest_uid(tx, "support", 7); }},
        HotQuery{"known_names",
                 [](Tx& tx, desk::Time) {
                   std::vector<std::string> const lying{"a"};
                   known_names(tx, "box", lying);
                 }},
        HotQuery{"missing", [](Tx& tx, desk::Time) { missing(tx, "support", 7, {1}); }},
        HotQuery{"hashes_filed", [](Tx& tx, desk::Time now) { hashes_filed(tx, first, now); }},
        HotQuery{"attempts", [](Tx& tx, desk::Time) { begin_attempt(tx, "h"); }},
        HotQuery{"claim_letters",
                 [](Tx& tx, desk::Time now) {
                   claim_letters(tx, now, now + std::chrono::hours{1}, "p", 10);
                   say_what_left(tx, now);
                 }},
        HotQuery{"line_of_letters",
                 [](Tx& tx, desk::Time now) {
                   take_turn(tx, {first, "ada@example.org", "ada@example.org", true}, now);
                   take_turn(tx, {first, "ada@example.org", "ada@example.org", false}, now);
                   claim_letters(tx, now, now + std::chrono::hours{1}, "p", 10);
                   next_due(tx);
                 },
                 true},
        HotQuery{"next_due", [](Tx& tx, desk::Time) { next_due(tx); }},
        HotQuery{"next_free", [](Tx& tx, desk::Time) { next_free(tx); }},
        HotQuery{"drop_claims", [](Tx& tx, desk::Time) { drop_claims(tx, "p"); }},
        HotQuery{"record",
                 [](Tx& tx, desk::Time now) {
                   record(tx, desk::LetterId{1}, desk::LetterState::sent, "ok", now, std::nullopt);
                 }},
        HotQuery{"find_letter", [](Tx& tx, desk::Time) { find_letter(tx, std::string_view{"l1@example.org"}); }},
        HotQuery{"retry_letters", [](Tx& tx, desk::Time now) { retry_letters(tx, std::nullopt, now); }},
        HotQuery{"list_letters",
                 [](Tx& tx, desk::Time) {
                   list_letters(tx, {.state = desk::LetterState::refused});
                   list_letters(tx, {.ticket = first});
                 }},
        HotQuery{"automatic_since", [](Tx& tx, desk::Time now) { automatic_since(tx, "ada@example.org", now); }},
        HotQuery{"doors",
                 [](Tx& tx, desk::Time now) {
                   find_api_token(tx, "h");
                   find_api_answer(tx, "token:a", "k", now);
                   keep_api_answer(tx, {"token:a", "k", "r", 200, "t", {}, "", now}, now);
                   first_call(tx, "pager");
                   count_calls(tx);
                   forget_calls(tx, now);
                   trail_after(tx, 5, 100);
                   last_trail(tx);
                 }},
        HotQuery{"outages",
                 [](Tx& tx, desk::Time now) {
                   announcements_in_force(tx, now);
                   announcements_to_join(tx, now, std::chrono::hours{24});
                   tickets_before(tx, {}, now, 500);
                 }},
        HotQuery{"lines_after",
                 [](Tx& tx, desk::Time) {
                   lines_after(tx, "secret", 0);
                   newest_lines(tx, "secret", 0, 100, 10);
                 }},
        HotQuery{"unread",
                 [](Tx& tx, desk::Time now) {
                   has_unread(tx, "secret");
                   cancel_unread(tx, "secret", 7);
                   hasten_unread(tx, "secret", now);
                   queue_unread(tx, now);
                   next_unread(tx);
                 }},
        HotQuery{"rota",
                 [](Tx& tx, desk::Time) {
                   presences(tx);
                   rota(tx, desk::ContactId{1});
                 }},
        HotQuery{"find_line", [](Tx& tx, desk::Time) { find_line(tx, "secret", "r1"); }},
        HotQuery{"find_session", [](Tx& tx, desk::Time) { find_session(tx, "secret"); }},
        HotQuery{"waiting_lines",
                 [](Tx& tx, desk::Time now) {
                   waiting_lines(tx, now, std::chrono::minutes{1});
                   next_waiting(tx, std::chrono::minutes{1});
                   has_earlier(tx, first, desk::MessageId{2});
                   mark_told(tx, first, desk::MessageId{1});
                 }},
        HotQuery{"find_message", [](Tx& tx, desk::Time) { find_message(tx, desk::MessageId{1}); }},
        HotQuery{"length_of_words", [](Tx& tx, desk::Time) { length_of_words(tx, first); }},
        HotQuery{"messages_of",
                 [](Tx& tx, desk::Time) {
                   messages_of(tx, first);
                   messages_of(tx, first, desk::MessageId{1}, 50);
                 }},
        HotQuery{"list_contacts",
                 [](Tx& tx, desk::Time) {
                   list_contacts(tx, {"", desk::ContactId{1}, 50});
                   list_contacts(tx, {"", {}, 50, true});
                   list_contacts(tx, {"", desk::ContactId{1}, 50, true});
                 }},
        HotQuery{"wording_of", [](Tx& tx, desk::Time) { (void)wording_of(tx, first); }, true},
        HotQuery{"words_of", [](Tx& tx, desk::Time) { (void)words_of(tx, desk::MessageId{1}); }, true},
        HotQuery{"index_jobs", [](Tx& tx, desk::Time) { index_jobs(tx, 10, 5); }, true},
        HotQuery{"find_ticket", [](Tx& tx, desk::Time) { find_ticket(tx, first); }},
        HotQuery{"thread_ids", [](Tx& tx, desk::Time) { thread_ids(tx, first, 10); }},
        HotQuery{"newest_answer", [](Tx& tx, desk::Time) { newest_answer(tx, first, "ola"); }},
        HotQuery{"trail", [](Tx& tx, desk::Time) { trail_of(tx, first); }},
        HotQuery{"find_same_mail",
                 [](Tx& tx, desk::Time) {
                   find_same_mail(tx, {"m1@example.org", "", "", "words", "", {}});
                   find_same_mail(tx, {"", "ada@example.org", "", "words", "", {}});
                 }},
        HotQuery{"recent_mails", [](Tx& tx, desk::Time now) { recent_mails(tx, "ada@example.org", now); }},
        HotQuery{"contacts",
                 [](Tx& tx, desk::Time now) { find_or_add_contact(tx, {"", "ada@example.org"}, "", now); }},
        HotQuery{"is_in_directory", [](Tx& tx, desk::Time) { is_in_directory(tx, "e-7"); }},
        HotQuery{"contacts_named", [](Tx& tx, desk::Time) { contacts_named(tx, "ada testmann", 20); }},
        HotQuery{"list_tickets",
                 [](Tx& tx, desk::Time now) {
                   list_tickets(tx, {});
                   list_tickets(tx, {.unfinished = true});
                   list_tickets(tx, {.assignee = "kari"});
                   list_tickets(tx, {.requester = desk::ContactId{1}});
                   count(tx);
                   first_answers(tx, now, 9);
                 }},
        HotQuery{"tickets_by_change",
                 [](Tx& tx, desk::Time now) {
                   list_tickets(tx, {});
                   list_tickets(tx, {.behind = std::pair{now, first}});
                   list_tickets(tx, {.unfinished = true});
                   list_tickets(tx, {.unfinished = true, .unassigned = true});
                   list_tickets(tx, {.unfinished = true, .priority = desk::Priority::p1});
                   list_tickets(tx, {.status = desk::Status::closed});
                   list_tickets(tx, {.assignee = "kari"});
                 },
                 true}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::store
