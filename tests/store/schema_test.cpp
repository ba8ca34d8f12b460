// SPDX-License-Identifier: GPL-3.0-or-later
// The steps from the tables of older releases to ours, and what they make of the rows that lie there.
#include "store/schema.hpp"

#include "store/blobs.hpp"
#include "store/contact_book.hpp"
#include "store/levels.hpp"
#include "store/messages.hpp"
#include "store/sqlite.hpp"
#include "store/undo.hpp"

#include <map>

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;

/// The ones before answers could be withdrawn, names were found by an index, recent mails had a table, and
/// blobs numbers.
constexpr int before_withdrawn = 17, before_names = 23, before_lean = 29, before_names_of_blobs = 31;

class OlderSchema : public Desk {
 protected:
  std::filesystem::path old_file() const { return dir.path() / "old.db"; }
  /// A file as that release left it.
  void older(int version, std::function<void(Driver&)> const& fill = {}) {
    auto const driver = open_sqlite(old_file());
    make_older(*driver, version);
    if (fill) fill(*driver);
  }
  /// Every column of every table, and every index.
  static std::vector<std::string> shape_of(Store& one) {
    std::vector<std::string> out;
    auto const read = one.read("shape", [&](Tx& tx) {
      tx.driver().run(
          "SELECT m.type || ' ' || m.name || ' ' || COALESCE(c.name || ' ' || c.type || ' ' || c.\"notnull\" "
          "|| "
          "' ' || COALESCE(c.dflt_value, ''), m.sql, '') FROM sqlite_master m LEFT JOIN "
          "pragma_table_info(m.name) "
          "c ON m.type = 'table' WHERE m.name NOT LIKE 'sqlite_%' ORDER BY 1",
          {}, [&](Row const& row) { out.push_back(row.text(0)); });
    });
    EXPECT_TRUE(read.has_value()) << read.error().what;
    return out;
  }
};

TEST_F(OlderSchema, every_older_one_becomes_ours) {
  auto const ours = shape_of(store);
  EXPECT_GT(ours.size(), 100U);
  for (int version = 1; version < schema_version(); ++version) {
    older(version);
    {
      Store brought = opened(old_file());
      EXPECT_EQ(shape_of(brought), ours) << version;
      auto const read = brought.read("version", [&](Tx& tx) {
        tx.driver().run("SELECT value FROM meta WHERE key = 'schema'", {}, [&](Row const& row) {
          EXPECT_EQ(row.text(0), std::to_string(schema_version())) << version;
        });
      });
      EXPECT_TRUE(read.has_value());
    }
    for (char const* end : {"", "-wal", "-shm"}) std::filesystem::remove(old_file().string() + end);
  }
}

// ---- names ------------------------------------------------------------------------------------------------

TEST_F(OlderSchema, names_are_found_in_what_an_older_release_left) {
  older(before_names, [](Driver& db) {
    db.run("INSERT INTO contact (id, name, language, made) VALUES (7, '\u00c5se Testmann', 'nb', 0)");
  });
  Store brought = opened(old_file());
  std::vector<desk::ContactId> found;
  auto const done = brought.read("named", [&](Tx& tx) { found = contacts_named(tx, "\u00e5se", 10); });
  ASSERT_TRUE(done.has_value()) << done.error().what;
  EXPECT_THAT(found, ElementsAre(desk::ContactId{7}));
}

// ---- blobs ------------------------------------------------------------------------------------------------

TEST_F(OlderSchema, blobs_stay_where_they_are_and_are_found) {
  older(before_names_of_blobs, [](Driver& db) {
    db.run("INSERT INTO blob (sha256, bytes) VALUES ('file', 'bytes'), ('mail', 'before after')");
    db.run(
        "INSERT INTO enclosed (mail, position, place, size, line, crlf, file) VALUES ('mail', 0, 7, 8, 0, 0, "
        "'file')");
  });
  Store brought = opened(old_file());
  auto const done = brought.write("blobs", [](Tx& tx) {
    EXPECT_EQ(find_blob(tx, "file"), "bytes");
    EXPECT_EQ(find_blob(tx, "mail"), "before Ynl0ZXM=after");
    keep_blob(tx, "file", "bytes");
    keep_blob(tx, "more", "of today");
    EXPECT_EQ(blob_names(tx), (std::vector<std::string>{"file", "mail", "more"}));
  });
  EXPECT_TRUE(done.has_value()) << done.error().what;
}

// ---- answers that were cancelled -----------------------------------------------------------------------

/// What lay there: a message, and the letters about it.
struct Old {
  int id;
  char const *kind, *words;
  std::vector<std::pair<char const*, char const*>> letters;  ///< kind and state
  bool in_chat = false;
};

std::vector<Old> const& old_messages() {
  static std::vector<Old> const all{
      {1, "inbound", "It smokes.", {{"acknowledgement", "sent"}, {"opened", "cancelled"}}},
      {2, "outbound", "Pull the plug.", {{"answer", "sent"}}},
      {3, "outbound", "Wrong window.", {{"answer", "cancelled"}}},
      {4, "outbound", "Wrong again.", {{"answer", "cancelled"}, {"answer", "cancelled"}}},
      {5, "outbound", "One copy had left.", {{"answer", "cancelled"}, {"answer", "sent"}}},
      {6, "outbound", "This one waits.", {{"answer", "queued"}}},
      {7, "outbound", "This one was refused.", {{"answer", "refused"}}},
      {8, "outbound", "Seen in the chat.", {{"answer", "cancelled"}}, true},
      {9, "outbound", "Nobody to mail.", {}},
      {10, "outbound", "Only its notice was stopped.", {{"answer", "sent"}, {"undelivered", "cancelled"}}},
      {11, "note", "→ help@example.com", {{"asked", "cancelled"}}}};
  return all;
}

void add_letter(Driver& driver, std::int64_t id, std::string_view kind, Value about, std::string_view state) {
  driver.run(
      "INSERT INTO letter (id, kind, ticket, to_name, to_address, recipient, agent, author, language, "
      "thread, "
      "token, about, text, lines, articles, automatic, made, due, state, attempts, outcome) VALUES ($1, $2, "
      "1001, '', 'ola@example.net', 'ola@example.net', '', 'kari', 'en', '', '', $3, '', '', '', 0, 5, 5, "
      "$4, "
      "0, '')",
      {id, kind, about, state});
}

void fill(Driver& driver) {
  driver.run("INSERT INTO contact (id, name, language, made) VALUES (1, 'Ola Testmann', 'en', 1)");
  driver.run(
      "INSERT INTO ticket (id, subject, base_subject, status, priority, channel, mailbox, team, requester, "
      "requester_name, requester_address, language, tags, rule, session, opened, changed) VALUES (1001, "
      "'Printer', 'printer', 'open', 3, 'chat', 'support', 'first line', 1, 'Ola Testmann', "
      "'ola@example.net', 'en', '', 'new', 's1', 1, 1)");
  driver.run(
      "INSERT INTO session (secret, ticket, name, address, language, last, opened, seen) VALUES ('s1', 1001, "
      "'', '', 'en', 1, 1, 1)");
  std::int64_t letter = 0;
  for (Old const& one : old_messages()) {
    bool const said = std::string_view{one.kind} != "inbound";
    driver.run(
        "INSERT INTO message (id, ticket, kind, channel, author_name, author_address, agent, subject, text, "
        "reply, html, rule, session, sequence, told, at) VALUES ($1, 1001, $2, 'mail', '', '', $3, '', $4, "
        "$4, "
        "'', '', $5, $6, 1, $1)",
        {std::int64_t{one.id}, one.kind, said ? "kari" : "", one.words,
         one.in_chat ? Value{"s1"} : Value{nullptr}, std::int64_t{one.in_chat}});
    for (auto const& [kind, state] : one.letters)
      add_letter(driver, ++letter, kind, std::int64_t{one.id}, state);
  }
  // Of a letter that is about no message nothing follows for any.
  add_letter(driver, ++letter, "answer", nullptr, "sent");
  add_letter(driver, ++letter, "answer", nullptr, "cancelled");
  driver.run("INSERT INTO undo (ticket, agent, at, earlier, later) VALUES (1001, 'kari', 5, $1, $1)",
             {"open\nkari\nfirst line\n\n\nP3\nincident\nmedium\nmedium\n\n\n\n"});
}

TEST_F(OlderSchema, of_older_answers_those_that_were_cancelled_are_withdrawn) {
  older(before_withdrawn, fill);
  store = opened(old_file());
  std::map<std::int64_t, std::string> states;
  for (auto const& one : ask([](Tx& tx) { return messages_of(tx, desk::TicketId{1001}); }))
    states[desk::number(one.id)] = desk::name(one.state);
  std::map<std::int64_t, std::string> wanted;
  for (Old const& one : old_messages()) wanted[one.id] = one.id == 3 || one.id == 4 ? "withdrawn" : "said";
  EXPECT_EQ(states, wanted);
}

TEST_F(OlderSchema, the_last_hours_mails_go_on_to_be_counted) {
  older(before_lean, [](Driver& driver) {
    fill(driver);
    driver.run("UPDATE message SET author_address = 'ola@example.net', at = 36000000 WHERE id > 9");
    driver.run("UPDATE message SET author_address = 'ola@example.net', at = 36000000 - 3700000 WHERE id = 1");
    driver.run("UPDATE message SET agent = '' WHERE id > 10");
  });
  store = opened(old_file());
  auto const then = desk::from_number(36'000'000);
  EXPECT_EQ(ask([&](Tx& tx) { return recent_mails(tx, "ola@example.net", then); }), 1);
}

TEST_F(OlderSchema, what_was_withdrawn_counts_as_no_answer_from_then_on) {
  older(before_withdrawn, [](Driver& driver) {
    fill(driver);
    driver.run("DELETE FROM letter WHERE about > 3");
    driver.run("DELETE FROM message WHERE id > 3");
  });
  store = opened(old_file());
  desk::TicketId const id{1001};
  EXPECT_EQ(ask([&](Tx& tx) { return newest_answer(tx, id, "sam"); })->reply, "Pull the plug.");
  std::vector<std::int64_t> exchanges;
  for (auto const& one : ask([&](Tx& tx) { return course_of(tx, id); }).exchanges)
    exchanges.push_back(desk::number(one.id));
  EXPECT_THAT(exchanges, ElementsAre(1, 2));
}

TEST_F(OlderSchema, letters_that_waited_leave_and_are_told_of_once) {
  older(before_withdrawn, fill);
  store = opened(old_file());
  std::vector<std::int64_t> left;
  write([&](Tx& tx) {
    for (auto const& one : claim_letters(tx, now, now + std::chrono::minutes{5}, "postman", 10))
      left.push_back(one.about ? desk::number(*one.about) : 0);
    EXPECT_TRUE(say_what_left(tx, now).empty()) << "the older release has told of it";
  });
  EXPECT_THAT(left, ElementsAre(6));
}

TEST_F(OlderSchema, what_undo_knew_is_known_still) {
  older(before_withdrawn, fill);
  store = opened(old_file());
  auto const undo = ask([](Tx& tx) { return find_undo(tx, desk::TicketId{1001}, "kari"); });
  ASSERT_TRUE(undo);
  EXPECT_EQ(undo->before.assignee, "kari");
  EXPECT_EQ(undo->before, undo->after);
  EXPECT_TRUE(undo->reminders.empty() && undo->lasting.empty());
}

}  // namespace
}  // namespace spoc::store
