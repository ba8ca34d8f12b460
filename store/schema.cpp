// SPDX-License-Identifier: GPL-3.0-or-later
// The schema, told once, and how a database is brought to it.
//
// Dialect: what SQLite and PostgreSQL share. (There, INTEGER keys have 32 bits, and BLOB is CREATE DOMAIN
// blob AS bytea.) Numbers are ours, from `counter`, taken in the transaction that uses them. Moments are
// BIGINT milliseconds since 1970, claims are INTEGER 0 or 1, words of states are those of desk::name(). A
// text that may be absent is NULL, so that the partial indexes leave it out. A list in one column has one
// item a line, each ended by a newline. Addresses called `key` are desk::normal().
//
//   meta             schema version
//   counter          the last number given, by kind of row; tickets begin at 1001
//   fact             small things that outlive a restart
//   contact          a person who writes to us; contact_address their addresses, position 0 is written to;
//                    external_id is the key that a list or a directory has for them, directory = 1: the
//                    latter, and gone is since when it does not have them any more; merged_into leads on
//   contact_word     the words of their names, small letters: how they are found by name
//   contact_phone    their numbers as they were written, found by the last seven digits
//   dead_address     takes no mail: letters to it are refused
//   ticket           base_subject and thread_index are for threading; closed is NULL while unfinished;
//                    merged_into leads on for ever; other_teams got the mail as well; invited
//                    agents work on it besides the assignee; first_team and first_agent own it while another
//                    line has it; passed_on is when that was first so; impact and urgency are 1 (high) to 3
//                    (low); category is the configured path; promised is when an agent said by hand that it
//                    will be solved
//   participant      who takes part in a ticket: they may add to it; copied ones get each answer
//   first_reference  ids that a ticket's mails name: how siblings find each other
//   offer            what /use N means now for a ticket
//   message          session and sequence are set for chat lines and for answers shown in a chat;
//                    told = 0 is a chat line that agents have not had yet
//                    checks says where the mail comes from (desk::as_text); state is waiting while its
//                    letter may still be cancelled, withdrawn when it was, else said
//   recent_mail      the mails of the last hour, by whom: what floods are told by; of the last 4,000
//                    messages at most
//   attachment       of a message; the bytes are in blob; held says why it is not passed on
//   blob             raw mails and attachments by SHA-256: a view of blob_bytes, named by blob_name (settled
//                    = 0 for the newest, as in ledger), and of early_blob, which older releases kept
//   letter           the outbox; author is the agent whose words it carries or who caused it, recipient is
//                    normal(to_address); of a question to somebody outside settled is since when nobody
//                    awaits its answer. crowd is whose doing it is; turn its place among those that are
//                    due (below 0: people's own words), NULL unless it is queued; waiting = 1 is one that
//                    is queued for later
//   trail            the audit trail
//   session          a chat; last is the highest sequence number given; visitor is who the intranet signed
//                    for, confirmed the address that a mailed word proved
//   rating           what a visitor said of a chat; score 0 is none
//   ledger           where each mail lay that has been taken in; name is NULL for an import that has no
//                    place; cleared = 0 while it is still to be flagged, moved or deleted there; settled = 0
//                    for the newest, whose digests have a small index of their own (two_ages.hpp)
//   attempt          mails that the parser is working on, to see on which one the process died
//   quarantine       mails that could not be understood; raw = 0: there were no bytes to keep
//   acted_mail       agents' mails (by Message-ID) that have been acted on, for 30 days: one that comes twice
//                    is not carried out twice
//   contact_given    what the directory gave of a contact the last time: what it gives no more is taken out
//   undo             what an agent's last command mail changed in a ticket: the states before and after it,
//                    the moments of reminders that it set, and its commands that nothing takes back
//   status_change    since when a ticket has had which status: the course of its service level's clock
//   level            what a ticket's service level stands at, and when to look at it again: 0 is at once
//   reminder         letters that agents want to get later
//   announcement     a known outage; words as lines; until is when it is over by itself, ended when somebody
//                    said so, ticket the one announced; announcement_text are its translations,
//                    announcement_ticket whom it concerns and whether they have heard the end
//   article_use      how many readers of the help pages an article helped, and how many not; how often an
//                    agent sent it, and how often it solved somebody's matter, as they say
//   article_remark   what they said, word for word; told is when its keeper was written to, 0 for not yet
//   draft            articles that agents made of tickets; filed is the state that its file has followed
//   presence         agents who have said that they are in, out or away; by_note: a vacation note said it
//   rota             who got a team's last ticket in turn
//   digest           agents' numbered lists, one an agent and day by their clock; digest_item says what each
//                    number meant, digest_answer which mails (by Message-ID) have been acted on
//                    seen: the newest message of the desk when it was made, as letters and status changes
//                    have it: what was known then counts, not a mail server's time
//   api_token        who may use the API; of the token itself only the hash is kept
//   api_answer       what a change by the API was answered, under its key, kept in the change's own commit
//   webhook_call     calls of webhooks and what became of them, each with the body that is sent every time;
//                    begun: since when it has waited, which an operator's retry makes now
//   index_job        tickets that the librarian must index; a newer job of a ticket replaces the older one
#include "store/schema.hpp"

#include "store/driver.hpp"
#include "store/schema_steps.hpp"
#include "store/store.hpp"

#include <charconv>
#include <string>

namespace spoc::store {
namespace {

int version_in(Driver& driver) {
  if (!driver.has_table("meta")) return 0;
  int version = 0;
  driver.run("SELECT value FROM meta WHERE key = 'schema'", {}, [&](Row const& row) {
    std::string const word = row.text(0);
    std::from_chars(word.data(), word.data() + word.size(), version);
  });
  return version;
}

void take_steps(Driver& driver, int from, int to) {
  driver.run("CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL)");
  for (auto version = static_cast<std::size_t>(from); version < static_cast<std::size_t>(to); ++version) {
    SchemaStep const& step = schema_steps()[version];
    for (auto const sql : step.sql) driver.run(sql);
    if (step.after != nullptr) step.after(driver);
  }
  driver.run(
      "INSERT INTO meta (key, value) VALUES ('schema', $1) ON CONFLICT (key) DO UPDATE SET value = "
      "excluded.value",
      {std::to_string(to)});
}

void refuse_newer(int version, std::string_view file) {
  if (version <= schema_version()) return;
  throw Fault{{Kind::conflict, std::string{file} + ": made by a newer Spoc (schema " +
                                   std::to_string(version) + ", this one knows " +
                                   std::to_string(schema_version()) +
                                   "); install that release, or restore the backup made before the upgrade"}};
}

}  // namespace

int schema_version() { return static_cast<int>(schema_steps().size()); }

void expect_up_to_date(Driver& driver, std::string_view file) {
  int const version = version_in(driver);
  refuse_newer(version, file);
  if (version == schema_version()) return;
  throw Fault{
      {Kind::conflict, std::string{file} + ": made by an older Spoc (schema " + std::to_string(version) +
                           ", this one wants " + std::to_string(schema_version()) +
                           "), and spocd is at work on it; start the new spocd, or stop the old one"}};
}

void bring_up_to_date(Driver& driver, std::string_view file) {
  int const version = version_in(driver);
  refuse_newer(version, file);
  if (version == schema_version()) return;
  driver.begin_write();
  try {
    // Another process may have been here between the look and the lock.
    int const now = version_in(driver);
    refuse_newer(now, file);
    if (now < schema_version()) take_steps(driver, now, schema_version());
    driver.commit();
  } catch (...) {
    driver.roll_back();
    throw;
  }
}

void make_older(Driver& driver, int version) {
  driver.begin_write();
  take_steps(driver, 0, version);
  driver.commit();
}

}  // namespace spoc::store
