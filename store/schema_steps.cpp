// SPDX-License-Identifier: GPL-3.0-or-later
// The steps of the schema, in the order in which releases took them. What the tables mean stands in
// schema.cpp.
#include "store/schema_steps.hpp"

#include "store/contact_words.hpp"

#include <array>

namespace spoc::store {
namespace {

constexpr std::string_view step_1[] = {
    "CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL)",
    "INSERT INTO counter (name, value) VALUES ('ticket', 1000), ('message', 0), ('contact', 0), ('letter', "
    "0), ('trail', 0), ('quarantine', 0), ('index_job', 0)",
    "CREATE TABLE fact (key TEXT PRIMARY KEY, value TEXT NOT NULL)",

    "CREATE TABLE contact (id INTEGER PRIMARY KEY, name TEXT NOT NULL, language TEXT NOT NULL, made BIGINT "
    "NOT NULL)",
    "CREATE TABLE contact_address (key TEXT PRIMARY KEY, contact INTEGER NOT NULL REFERENCES contact (id), "
    "position INTEGER NOT NULL)",
    "CREATE INDEX contact_address_of ON contact_address (contact, position)",
    "CREATE TABLE dead_address (key TEXT PRIMARY KEY, reason TEXT NOT NULL, since BIGINT NOT NULL)",

    "CREATE TABLE ticket (id INTEGER PRIMARY KEY, subject TEXT NOT NULL, base_subject TEXT NOT NULL, status "
    "TEXT NOT NULL, priority INTEGER NOT NULL, channel TEXT NOT NULL, mailbox TEXT NOT NULL, team TEXT NOT "
    "NULL, assignee TEXT, requester INTEGER REFERENCES contact (id), requester_name TEXT NOT NULL, "
    "requester_address TEXT NOT NULL, language TEXT NOT NULL, tags TEXT NOT NULL, related INTEGER, rule TEXT "
    "NOT NULL, session TEXT, thread_index TEXT, opened BIGINT NOT NULL, changed BIGINT NOT NULL, closed "
    "BIGINT, merged_into INTEGER REFERENCES ticket (id))",
    "CREATE INDEX ticket_changed ON ticket (changed)",
    "CREATE INDEX ticket_unfinished ON ticket (changed) WHERE closed IS NULL",
    "CREATE INDEX ticket_subject ON ticket (base_subject, changed) WHERE closed IS NULL",
    "CREATE INDEX ticket_assignee ON ticket (assignee, changed) WHERE assignee IS NOT NULL",
    "CREATE INDEX ticket_requester ON ticket (requester, changed) WHERE requester IS NOT NULL",
    "CREATE INDEX ticket_thread ON ticket (thread_index) WHERE thread_index IS NOT NULL",
    "CREATE TABLE participant (ticket INTEGER NOT NULL REFERENCES ticket (id), key TEXT NOT NULL, name TEXT "
    "NOT NULL, address TEXT NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (ticket, key))",
    "CREATE TABLE first_reference (reference TEXT NOT NULL, ticket INTEGER NOT NULL REFERENCES ticket (id), "
    "PRIMARY KEY (reference, ticket))",
    "CREATE TABLE offer (ticket INTEGER PRIMARY KEY REFERENCES ticket (id), articles TEXT NOT NULL)",

    "CREATE TABLE message (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES ticket (id), kind TEXT "
    "NOT NULL, channel TEXT NOT NULL, author_name TEXT NOT NULL, author_address TEXT NOT NULL, agent TEXT "
    "NOT NULL, subject TEXT NOT NULL, text TEXT NOT NULL, reply TEXT NOT NULL, html TEXT NOT NULL, "
    "message_id TEXT, raw_hash TEXT, rule TEXT NOT NULL, ref TEXT, session TEXT, sequence BIGINT NOT NULL, "
    "told INTEGER NOT NULL, at BIGINT NOT NULL)",
    "CREATE INDEX message_of ON message (ticket, id)",
    "CREATE INDEX message_id_of ON message (message_id) WHERE message_id IS NOT NULL",
    "CREATE UNIQUE INDEX message_line ON message (session, sequence) WHERE session IS NOT NULL",
    "CREATE UNIQUE INDEX message_ref ON message (session, ref) WHERE ref IS NOT NULL",
    "CREATE INDEX message_untold ON message (ticket, at) WHERE told = 0",
    "CREATE TABLE attachment (message INTEGER NOT NULL REFERENCES message (id), position INTEGER NOT NULL, "
    "filename TEXT NOT NULL, type TEXT NOT NULL, sha256 TEXT NOT NULL, shown_inline INTEGER NOT NULL, "
    "content_id TEXT NOT NULL, PRIMARY KEY (message, position))",
    "CREATE TABLE blob (sha256 TEXT PRIMARY KEY, bytes BLOB NOT NULL)",

    "CREATE TABLE letter (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, ticket INTEGER REFERENCES ticket (id), "
    "to_name TEXT NOT NULL, to_address TEXT NOT NULL, recipient TEXT NOT NULL, agent TEXT NOT NULL, author "
    "TEXT NOT NULL, language TEXT NOT NULL, message_id TEXT, thread TEXT NOT NULL, token TEXT NOT NULL, "
    "about INTEGER REFERENCES message (id), text TEXT NOT NULL, lines TEXT NOT NULL, articles TEXT NOT NULL, "
    "automatic INTEGER NOT NULL, made BIGINT NOT NULL, due BIGINT NOT NULL, state TEXT NOT NULL, attempts "
    "INTEGER NOT NULL, outcome TEXT NOT NULL, claimant TEXT, claimed_until BIGINT)",
    "CREATE INDEX letter_of ON letter (ticket, id)",
    "CREATE INDEX letter_message_id ON letter (message_id) WHERE message_id IS NOT NULL",
    "CREATE INDEX letter_due ON letter (due, id) WHERE state = 'queued'",
    "CREATE INDEX letter_state ON letter (state, id)",
    "CREATE INDEX letter_automatic ON letter (recipient, made) WHERE automatic = 1",
    "CREATE INDEX letter_claimed ON letter (claimant) WHERE claimant IS NOT NULL",
    "CREATE TABLE trail (id INTEGER PRIMARY KEY, ticket INTEGER REFERENCES ticket (id), at BIGINT NOT NULL, "
    "who TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL)",
    "CREATE INDEX trail_of ON trail (ticket, id)",

    "CREATE TABLE session (secret TEXT PRIMARY KEY, ticket INTEGER REFERENCES ticket (id), name TEXT NOT "
    "NULL, address TEXT NOT NULL, language TEXT NOT NULL, last BIGINT NOT NULL, opened BIGINT NOT NULL, seen "
    "BIGINT NOT NULL)",

    "CREATE TABLE ledger (mailbox TEXT NOT NULL, validity BIGINT NOT NULL, uid BIGINT NOT NULL, name TEXT, "
    "hash TEXT NOT NULL, ticket INTEGER, outcome TEXT NOT NULL, at BIGINT NOT NULL)",
    "CREATE UNIQUE INDEX ledger_place ON ledger (mailbox, validity, uid, name)",
    "CREATE INDEX ledger_hash ON ledger (mailbox, hash)",
    "CREATE TABLE attempt (hash TEXT PRIMARY KEY, count INTEGER NOT NULL)",
    "CREATE TABLE quarantine (id INTEGER PRIMARY KEY, mailbox TEXT NOT NULL, validity BIGINT NOT NULL, uid "
    "BIGINT NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL, reason TEXT NOT NULL, at BIGINT NOT NULL, "
    "ticket INTEGER, resolved INTEGER NOT NULL)",
    "CREATE INDEX quarantine_open ON quarantine (id) WHERE resolved = 0",
    "CREATE TABLE index_job (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL UNIQUE)",
};

constexpr std::string_view step_2[] = {
    "ALTER TABLE message ADD COLUMN checks TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE attachment ADD COLUMN held TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE ticket ADD COLUMN other_teams TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX message_author ON message (author_address, at)",
    "CREATE INDEX letter_to ON letter (ticket, recipient, id)",
};

/// What a chat's visitor said of it, and who the intranet says they are.
constexpr std::string_view step_chat[] = {
    "ALTER TABLE session ADD COLUMN visitor TEXT",
    "CREATE INDEX session_visitor ON session (visitor, seen) WHERE visitor IS NOT NULL",
    "CREATE TABLE rating (ticket INTEGER NOT NULL REFERENCES ticket (id), at BIGINT NOT NULL, score INTEGER "
    "NOT NULL, solved INTEGER NOT NULL, words TEXT NOT NULL)",
    "CREATE INDEX rating_of ON rating (ticket, at)",
};

/// Classes, lines and what /undo takes back.
constexpr std::string_view step_lines[] = {
    "ALTER TABLE ticket ADD COLUMN kind TEXT NOT NULL DEFAULT 'incident'",
    "ALTER TABLE ticket ADD COLUMN impact INTEGER NOT NULL DEFAULT 2",
    "ALTER TABLE ticket ADD COLUMN urgency INTEGER NOT NULL DEFAULT 2",
    "ALTER TABLE ticket ADD COLUMN first_team TEXT",
    "ALTER TABLE ticket ADD COLUMN first_agent TEXT",
    "ALTER TABLE participant ADD COLUMN copied INTEGER NOT NULL DEFAULT 0",
    "CREATE TABLE undo (ticket INTEGER NOT NULL REFERENCES ticket (id), agent TEXT NOT NULL, at BIGINT NOT "
    "NULL, earlier TEXT NOT NULL, later TEXT NOT NULL, PRIMARY KEY (ticket, agent))",
};

constexpr std::string_view step_proof[] = {
    "ALTER TABLE session ADD COLUMN confirmed TEXT",
};

constexpr std::string_view step_levels[] = {
    "CREATE TABLE status_change (ticket INTEGER NOT NULL REFERENCES ticket (id), position INTEGER NOT NULL, "
    "status TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (ticket, position))",
    "CREATE TABLE level (ticket INTEGER PRIMARY KEY REFERENCES ticket (id), next_moment BIGINT, due BIGINT, "
    "standing TEXT NOT NULL, told TEXT NOT NULL, informed BIGINT)",
    "CREATE INDEX level_next ON level (next_moment) WHERE next_moment IS NOT NULL",
    "CREATE INDEX level_standing ON level (standing) WHERE standing <> ''",
    "ALTER TABLE ticket ADD COLUMN promised BIGINT",
    "ALTER TABLE ticket ADD COLUMN promise_made BIGINT",
    "CREATE INDEX ticket_promised ON ticket (promised) WHERE promised IS NOT NULL",
    "CREATE TABLE reminder (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES ticket (id), agent "
    "TEXT NOT NULL, at BIGINT NOT NULL, text TEXT NOT NULL)",
    "INSERT INTO counter (name, value) VALUES ('reminder', 0)",
    "CREATE INDEX reminder_at ON reminder (at)",
    "CREATE INDEX reminder_ticket ON reminder (ticket)",
    // Of older tickets only the present status is known: their clock begins with it.
    "INSERT INTO status_change (ticket, position, status, at) SELECT id, 0, status, COALESCE(closed, opened) "
    "FROM ticket",
    "INSERT INTO level (ticket, next_moment, standing, told) SELECT id, 0, '', '' FROM ticket WHERE closed "
    "IS NULL",
};

constexpr std::string_view step_presence[] = {
    "CREATE TABLE presence (agent TEXT PRIMARY KEY, whereabouts TEXT NOT NULL, until BIGINT, by_note INTEGER "
    "NOT NULL, since BIGINT NOT NULL)",
    "CREATE TABLE rota (team TEXT PRIMARY KEY, agent TEXT NOT NULL)",
    "CREATE INDEX ticket_load ON ticket (assignee) WHERE closed IS NULL AND merged_into IS NULL AND assignee "
    "IS NOT NULL",
};

constexpr std::string_view step_readers[] = {
    "CREATE TABLE article_use (article TEXT PRIMARY KEY, helped BIGINT NOT NULL, unhelped BIGINT NOT NULL)",
    "CREATE TABLE article_remark (id INTEGER PRIMARY KEY, article TEXT NOT NULL, language TEXT NOT NULL, at "
    "BIGINT NOT NULL, helped INTEGER NOT NULL, words TEXT NOT NULL)",
    "CREATE INDEX article_remark_of ON article_remark (article, id)",
    "INSERT INTO counter (name, value) VALUES ('article_remark', 0)",
};

/// Agents' numbered lists; categories, and when a ticket first went to another line.
constexpr std::string_view step_digests[] = {
    "CREATE TABLE digest (id INTEGER PRIMARY KEY, agent TEXT NOT NULL, day TEXT NOT NULL, mailbox TEXT NOT "
    "NULL, made BIGINT NOT NULL, left_out INTEGER NOT NULL)",
    "CREATE UNIQUE INDEX digest_day ON digest (agent, day)",
    "CREATE INDEX digest_made ON digest (made)",
    "CREATE TABLE digest_item (digest INTEGER NOT NULL REFERENCES digest (id), position INTEGER NOT NULL, "
    "ticket INTEGER NOT NULL REFERENCES ticket (id), subject TEXT NOT NULL, requester_name TEXT NOT NULL, "
    "requester_address TEXT NOT NULL, priority INTEGER NOT NULL, status TEXT NOT NULL, assignee TEXT NOT "
    "NULL, team TEXT NOT NULL, due TEXT NOT NULL, PRIMARY KEY (digest, position))",
    "CREATE TABLE digest_answer (digest INTEGER NOT NULL REFERENCES digest (id), message_id TEXT NOT NULL, "
    "PRIMARY KEY (digest, message_id))",
    "INSERT INTO counter (name, value) VALUES ('digest', 0)",
    "ALTER TABLE ticket ADD COLUMN category TEXT",
    "ALTER TABLE ticket ADD COLUMN passed_on BIGINT",
    "CREATE INDEX ticket_free ON ticket (changed) WHERE closed IS NULL AND merged_into IS NULL AND assignee "
    "IS NULL",
};

/// Doors for other programs.
constexpr std::string_view step_api[] = {
    "CREATE TABLE api_token (name TEXT PRIMARY KEY, hash TEXT NOT NULL, scope TEXT NOT NULL, agent TEXT, "
    "made BIGINT NOT NULL, used BIGINT, revoked BIGINT)",
    "CREATE UNIQUE INDEX api_token_hash ON api_token (hash)",
    "CREATE TABLE api_answer (token TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, status INTEGER "
    "NOT NULL, type TEXT NOT NULL, headers TEXT NOT NULL, body TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY "
    "KEY (token, key))",
    "CREATE INDEX api_answer_at ON api_answer (at)",
    "CREATE INDEX ticket_priority ON ticket (priority, changed) WHERE closed IS NULL",
};

/// What is known of people besides their addresses.
constexpr std::string_view step_people[] = {
    "ALTER TABLE contact ADD COLUMN organisation TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE contact ADD COLUMN site TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE contact ADD COLUMN vip INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE contact ADD COLUMN equipment TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE contact ADD COLUMN notes TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE contact ADD COLUMN external_id TEXT",
    "ALTER TABLE contact ADD COLUMN directory INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE contact ADD COLUMN gone BIGINT",
    "ALTER TABLE contact ADD COLUMN merged_into INTEGER REFERENCES contact (id)",
    "CREATE UNIQUE INDEX contact_external ON contact (external_id) WHERE external_id IS NOT NULL",
    "CREATE INDEX contact_merged ON contact (merged_into) WHERE merged_into IS NOT NULL",
    "CREATE TABLE contact_phone (contact INTEGER NOT NULL REFERENCES contact (id), position INTEGER NOT "
    "NULL, number TEXT NOT NULL, tail TEXT NOT NULL, PRIMARY KEY (contact, position))",
    "CREATE INDEX contact_phone_tail ON contact_phone (tail)",
};

constexpr std::string_view step_webhooks[] = {
    "CREATE TABLE webhook_call (id INTEGER PRIMARY KEY, webhook TEXT NOT NULL, event TEXT NOT NULL, ticket "
    "INTEGER, body TEXT NOT NULL, made BIGINT NOT NULL, begun BIGINT NOT NULL, due BIGINT NOT NULL, state "
    "TEXT NOT NULL, attempts INTEGER NOT NULL, outcome TEXT NOT NULL)",
    "CREATE INDEX webhook_call_waiting ON webhook_call (webhook, id) WHERE state = 'queued'",
    "CREATE INDEX webhook_call_state ON webhook_call (state, id)",
    "INSERT INTO counter (name, value) VALUES ('webhook_call', 0)",
};

/// Known outages.
constexpr std::string_view step_outages[] = {
    "CREATE TABLE announcement (id INTEGER PRIMARY KEY, text TEXT NOT NULL, words TEXT NOT NULL, author TEXT "
    "NOT NULL, made BIGINT NOT NULL, until BIGINT, ended BIGINT, ticket INTEGER REFERENCES ticket (id))",
    "INSERT INTO counter (name, value) VALUES ('announcement', 0)",
    "CREATE INDEX announcement_open ON announcement (id) WHERE ended IS NULL",
    "CREATE TABLE announcement_text (announcement INTEGER NOT NULL REFERENCES announcement (id), language "
    "TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (announcement, language))",
    "CREATE TABLE announcement_ticket (announcement INTEGER NOT NULL REFERENCES announcement (id), ticket "
    "INTEGER NOT NULL REFERENCES ticket (id), told INTEGER NOT NULL, PRIMARY KEY (announcement, ticket))",
    "CREATE INDEX announcement_untold ON announcement_ticket (announcement, ticket) WHERE told = 0",
};

/// What agents and requesters make of articles.
constexpr std::string_view step_uses[] = {
    "ALTER TABLE article_use ADD COLUMN sent BIGINT NOT NULL DEFAULT 0",
    "ALTER TABLE article_use ADD COLUMN solved BIGINT NOT NULL DEFAULT 0",
};

/// Whom readers' words concern, and whether they have them. What was said before this step was not mailed.
constexpr std::string_view step_keepers[] = {
    "ALTER TABLE article_remark ADD COLUMN title TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE article_remark ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE article_remark ADD COLUMN told BIGINT NOT NULL DEFAULT 1",
    "CREATE INDEX article_remark_untold ON article_remark (owner, id) WHERE told = 0",
    "CREATE INDEX article_remark_told ON article_remark (owner, told)",
};

/// Drafts of articles.
constexpr std::string_view step_drafts[] = {
    "CREATE TABLE draft (id INTEGER PRIMARY KEY, ticket INTEGER NOT NULL REFERENCES ticket (id), file TEXT "
    "NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL, author TEXT NOT NULL, text TEXT NOT NULL, made "
    "BIGINT NOT NULL, state TEXT NOT NULL, settled BIGINT, filed TEXT NOT NULL)",
    "INSERT INTO counter (name, value) VALUES ('draft', 0)",
    "CREATE INDEX draft_of ON draft (ticket) WHERE state = 'waiting'",
    "CREATE INDEX draft_unfiled ON draft (id) WHERE filed <> state",
};

/// Who waits for an answer from outside. Of what was asked before this step it is not known.
constexpr std::string_view step_questions[] = {
    "ALTER TABLE letter ADD COLUMN settled BIGINT",
    "UPDATE letter SET settled = made WHERE kind = 'asked'",
};

/// Answers that may be taken back, what /undo knows of a mail, and merges found from both ends. Of answers
/// that older releases let somebody cancel, the words stay with the agents from now on.
constexpr std::string_view step_withdrawn[] = {
    "ALTER TABLE message ADD COLUMN state TEXT NOT NULL DEFAULT 'said'",
    "UPDATE message SET state = 'withdrawn' WHERE kind = 'outbound' AND session IS NULL AND id IN (SELECT "
    "about FROM letter WHERE kind = 'answer' AND state = 'cancelled') AND id NOT IN (SELECT about FROM "
    "letter WHERE kind = 'answer' AND state <> 'cancelled' AND about IS NOT NULL)",
    "CREATE INDEX message_waiting ON message (state, id) WHERE state = 'waiting'",
    "ALTER TABLE undo ADD COLUMN reminders TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE undo ADD COLUMN lasting TEXT NOT NULL DEFAULT ''",
    "CREATE INDEX ticket_merged ON ticket (merged_into) WHERE merged_into IS NOT NULL",
};

/// Agents who work on a ticket besides its assignee.
constexpr std::string_view step_invited[] = {
    "ALTER TABLE ticket ADD COLUMN invited TEXT NOT NULL DEFAULT ''",
};

/// Mails without a byte have no raw mail to be kept, and one that was handed in again has the name of its
/// content, its digest, which stood behind the last colon.
constexpr std::string_view step_bytes[] = {
    "ALTER TABLE quarantine ADD COLUMN raw INTEGER NOT NULL DEFAULT 1",
    "UPDATE quarantine SET raw = 0 WHERE reason = 'the server gave no bytes for it' AND hash NOT IN (SELECT "
    "sha256 FROM blob)",
    "UPDATE message SET raw_hash = NULL WHERE raw_hash IN (SELECT hash FROM quarantine WHERE raw = 0)",
    "INSERT INTO blob (sha256, bytes) SELECT DISTINCT SUBSTR(b.sha256, LENGTH(b.sha256) - 63), b.bytes FROM "
    "blob b WHERE b.sha256 LIKE 'retry:%' ON CONFLICT (sha256) DO NOTHING",
    "DELETE FROM blob WHERE sha256 LIKE 'retry:%'",
    "UPDATE message SET raw_hash = SUBSTR(raw_hash, LENGTH(raw_hash) - 63) WHERE raw_hash LIKE 'retry:%'",
    "UPDATE quarantine SET hash = SUBSTR(hash, LENGTH(hash) - 63) WHERE hash LIKE 'retry:%'",
};

/// Agents' mails that have been acted on.
constexpr std::string_view step_acted[] = {
    "CREATE TABLE acted_mail (agent TEXT NOT NULL, message_id TEXT NOT NULL, ticket INTEGER NOT NULL "
    "REFERENCES ticket (id), at BIGINT NOT NULL, PRIMARY KEY (agent, message_id))",
    "CREATE INDEX acted_mail_at ON acted_mail (at)",
};

/// Mails that are in, but still lie where they lay.
constexpr std::string_view step_clearing[] = {
    "ALTER TABLE ledger ADD COLUMN cleared INTEGER",
    "CREATE INDEX ledger_uncleared ON ledger (mailbox, validity, uid) WHERE cleared = 0",
};

/// The order in which letters leave (store/outbox_line.hpp).
constexpr std::string_view step_turns[] = {
    "ALTER TABLE letter ADD COLUMN crowd TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE letter ADD COLUMN turn BIGINT",
    "ALTER TABLE letter ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0",
    "UPDATE letter SET crowd = COALESCE((SELECT LOWER(t.requester_address) FROM ticket t WHERE t.id = "
    "letter.ticket AND t.requester_address <> ''), recipient) WHERE state IN ('queued', 'unread', 'refused', "
    "'given_up')",
    "UPDATE letter SET waiting = 1 WHERE state = 'queued'",
    "DROP INDEX letter_due",
    "CREATE INDEX letter_waiting ON letter (due, id) WHERE waiting = 1",
    "CREATE INDEX letter_words ON letter (due, id) WHERE waiting = 1 AND automatic = 0",
    "CREATE INDEX letter_turn ON letter (turn, id) WHERE turn IS NOT NULL",
    "CREATE INDEX letter_overdue ON letter (due) WHERE turn IS NOT NULL",
    "CREATE INDEX letter_crowd ON letter (crowd, turn) WHERE turn IS NOT NULL",
    "CREATE INDEX letter_course ON letter (ticket, recipient, turn) WHERE turn IS NOT NULL",
};

/// How somebody is found by name. take_steps() fills it: SQL folds ASCII alone.
constexpr std::string_view step_names[] = {
    "CREATE TABLE contact_word (word TEXT NOT NULL, contact INTEGER NOT NULL REFERENCES contact (id), "
    "PRIMARY KEY (word, contact))",
    "CREATE INDEX contact_word_of ON contact_word (contact)",
};

/// What was there to be seen when a letter or a list was made and when a status changed: mail servers' times
/// say nothing of that.
constexpr std::array<std::string_view, 3> step_seen{
    "ALTER TABLE letter ADD COLUMN seen BIGINT",
    "ALTER TABLE digest ADD COLUMN seen BIGINT",
    "ALTER TABLE status_change ADD COLUMN seen BIGINT",
};

/// What the directory gave of people.
constexpr std::string_view step_given[] = {
    "CREATE TABLE contact_given (contact INTEGER NOT NULL REFERENCES contact (id), field TEXT NOT NULL, "
    "position INTEGER NOT NULL, value TEXT NOT NULL, PRIMARY KEY (contact, field, position))",
};

/// Contacts page by page in the order of their names, as store/contact_pages.cpp asks for them.
constexpr std::array<std::string_view, 1> step_by_name{
    "CREATE INDEX contact_by_name ON contact ((CASE WHEN name = '' THEN 1 ELSE 0 END), LOWER(name), id) "
    "WHERE merged_into IS NULL",
};

/// What was filed in a ticket, for /confirm.
constexpr std::array<std::string_view, 1> step_filed{
    "CREATE INDEX ledger_ticket ON ledger (ticket, at) WHERE ticket IS NOT NULL",
};

/// What raw mails enclose, so that the bytes of attachments are kept once.
constexpr std::array<std::string_view, 1> step_enclosed{
    "CREATE TABLE enclosed (mail TEXT NOT NULL, position INTEGER NOT NULL, place BIGINT NOT NULL, size "
    "BIGINT NOT NULL, line INTEGER NOT NULL, crlf INTEGER NOT NULL, file TEXT NOT NULL, PRIMARY KEY (mail, "
    "position))",
};

/// Fewer indexes whose keys come in no order: in a large database each is a page more that a mail's commit
/// writes. The last characters of a digest tell nearly as much as all of them; what was filed about a moment
/// is found by the moment; whose mails are counted is asked for an hour back alone.
constexpr std::string_view step_lean[] = {
    "DROP INDEX ledger_hash",
    "CREATE INDEX ledger_content ON ledger (SUBSTR(hash, LENGTH(hash) - 11))",
    "DROP INDEX ledger_ticket",
    "CREATE INDEX ledger_at ON ledger (at) WHERE ticket IS NOT NULL",
    "DROP INDEX message_author",
    "CREATE INDEX message_nameless ON message (author_address, at) WHERE message_id IS NULL AND channel = "
    "'mail'",
    "CREATE TABLE recent_mail (message INTEGER PRIMARY KEY REFERENCES message (id), author TEXT NOT NULL, at "
    "BIGINT NOT NULL)",
    "CREATE INDEX recent_mail_of ON recent_mail (author, at)",
    "INSERT INTO recent_mail (message, author, at) SELECT id, author_address, at FROM message WHERE id > "
    "(SELECT MAX(id) - 10000 FROM message) AND channel = 'mail' AND agent = '' AND author_address <> '' AND "
    "at >= (SELECT MAX(at) - 3600000 FROM message WHERE id > (SELECT MAX(id) - 100 FROM message))",
};

/// Fewer pages again. A mail's digest goes into a small index of the newest, which is emptied into the large
/// one now and then (store/ledger.cpp): so that one's pages are written once for many mails. Of four indexes
/// that knew when a ticket changed it moves in one: it is unfinished or it is not.
constexpr std::string_view step_fresh[] = {
    "ALTER TABLE ledger ADD COLUMN settled INTEGER NOT NULL DEFAULT 1",
    "DROP INDEX ledger_content",
    "CREATE INDEX ledger_settled ON ledger (SUBSTR(hash, LENGTH(hash) - 11)) WHERE settled = 1",
    "CREATE INDEX ledger_fresh ON ledger (SUBSTR(hash, LENGTH(hash) - 11)) WHERE settled = 0",
    "INSERT INTO counter (name, value) VALUES ('ledger', 0)",
    "DROP INDEX ticket_changed",
    "DROP INDEX ticket_free",
    "DROP INDEX ticket_priority",
    "DROP INDEX ticket_unfinished",
    "CREATE INDEX ticket_unfinished ON ticket (changed, id, assignee, priority, merged_into) WHERE closed IS "
    "NULL",
    "CREATE INDEX ticket_finished ON ticket (changed, id, merged_into) WHERE closed IS NOT NULL",
    "DROP INDEX ticket_subject",
    "CREATE INDEX ticket_subject ON ticket (base_subject) WHERE closed IS NULL",
};

/// The names of blobs by their last characters, the newest in an index of their own (store/two_ages.hpp).
/// What is kept already stays where it is; the view has all, for whoever looks at the database.
constexpr std::string_view step_names_of_blobs[] = {
    "ALTER TABLE blob RENAME TO early_blob",
    "CREATE TABLE blob_bytes (id INTEGER PRIMARY KEY, bytes BLOB NOT NULL)",
    "CREATE TABLE blob_name (id INTEGER PRIMARY KEY REFERENCES blob_bytes (id), sha256 TEXT NOT NULL, "
    "settled INTEGER NOT NULL)",
    "CREATE INDEX blob_settled ON blob_name (SUBSTR(sha256, LENGTH(sha256) - 11)) WHERE settled = 1",
    "CREATE INDEX blob_fresh ON blob_name (SUBSTR(sha256, LENGTH(sha256) - 11)) WHERE settled = 0",
    "INSERT INTO counter (name, value) VALUES ('blob_name', 0)",
    "CREATE VIEW blob (sha256, bytes) AS SELECT n.sha256, b.bytes FROM blob_name n LEFT JOIN blob_bytes b ON "
    "b.id = n.id UNION ALL SELECT sha256, bytes FROM early_blob",
};

/// A change of the schema is one more step here; a step that has been released is never altered.
constexpr std::array<SchemaStep, 32> steps{
    {{step_1},         {step_2},         {step_chat},     {step_lines},
     {step_proof},     {step_levels},    {step_presence}, {step_readers},
     {step_digests},   {step_api},       {step_people},   {step_webhooks},
     {step_outages},   {step_uses},      {step_keepers},  {step_drafts},
     {step_questions}, {step_withdrawn}, {step_invited},  {step_bytes},
     {step_acted},     {step_clearing},  {step_turns},    {step_names, keep_all_name_words},
     {step_seen},      {step_given},     {step_by_name},  {step_filed},
     {step_enclosed},  {step_lean},      {step_fresh},    {step_names_of_blobs}}};

}  // namespace

std::span<SchemaStep const> schema_steps() { return steps; }

}  // namespace spoc::store
