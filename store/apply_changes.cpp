// SPDX-License-Identifier: GPL-3.0-or-later
// apply(): one kind of change after the other, each a row or two.
#include "store/announcements.hpp"
#include "store/apply_steps.hpp"
#include "store/article_uses.hpp"
#include "store/columns.hpp"
#include "store/contact_rows.hpp"
#include "store/contact_words.hpp"
#include "store/contacts.hpp"
#include "store/drafts.hpp"
#include "store/outbox_line.hpp"
#include "store/presence.hpp"
#include "store/reminders.hpp"
#include "store/subject_key.hpp"
#include "store/undo.hpp"

#include <algorithm>

namespace spoc::store {
namespace {

class Changer {
 public:
  Changer(Tx& tx, desk::TicketId ticket, desk::Time now) : tx_(tx), ticket_(ticket), now_(now) {}

  void operator()(desk::SetStatus const& change) {
    set("status", desk::name(change.status));
    set("closed", desk::finished(change.status) ? Value{desk::to_number(now_)} : Value{nullptr});
    note_status(tx_, ticket_, change.status, now_);
  }

  void operator()(desk::SetAssignee const& change) { set("assignee", maybe(change.handle)); }
  void operator()(desk::SetInvited const& change) { set("invited", as_lines(change.agents)); }
  void operator()(desk::SetTeam const& change) { set("team", change.team); }
  void operator()(desk::SetPriority const& change) {
    set("priority", static_cast<std::int64_t>(change.priority));
  }

  void operator()(desk::SetKind const& change) { set("kind", desk::name(change.kind)); }
  void operator()(desk::SetCategory const& change) { set("category", maybe(change.path)); }
  void operator()(desk::SetLevels const& change) {
    set("impact", static_cast<std::int64_t>(change.impact));
    set("urgency", static_cast<std::int64_t>(change.urgency));
  }
  void operator()(desk::SetFirstLine const& change) {
    set("first_team", maybe(change.team));
    set("first_agent", maybe(change.agent));
    if (change.team.empty()) return;
    tx_.driver().run("UPDATE ticket SET passed_on = COALESCE(passed_on, $2) WHERE id = $1",
                     {desk::number(ticket_), desk::to_number(now_)});
  }
  void operator()(desk::ForgetPassedOn const&) { set("passed_on", nullptr); }
  void operator()(desk::SetRelated const& change) { set("related", maybe_id(change.ticket)); }
  void operator()(desk::KeepUndo const& change) {
    keep_undo(tx_, change.ticket == desk::TicketId{} ? ticket_ : change.ticket, change.undo);
  }
  void operator()(desk::DropUndo const& change) { drop_undo(tx_, ticket_, change.agent); }
  void operator()(desk::MergeInto const& change) { merge_ticket(tx_, ticket_, change, now_); }
  void operator()(desk::SetPresence const& change) {
    keep_presence(tx_, change.agent, change.presence, now_);
  }
  void operator()(desk::SetTurn const& change) { keep_turn(tx_, change.team, change.agent); }
  void operator()(desk::SplitOff const& change) { split_message(tx_, ticket_, change, now_); }

  void operator()(desk::SetPromise const& change) {
    set("promised", change.promise ? Value{desk::to_number(change.promise->due)} : Value{nullptr});
    set("promise_made", change.promise ? Value{desk::to_number(change.promise->made)} : Value{nullptr});
  }
  void operator()(desk::AddReminder const& change) { add_reminder(tx_, ticket_, change.reminder); }
  void operator()(desk::DropReminder const& change) { drop_reminder(tx_, change.id); }

  void operator()(desk::AddCopy const& change) {
    add_participant(tx_, ticket_, change.address);
    tx_.driver().run("UPDATE participant SET copied = 1 WHERE ticket = $1 AND key = $2",
                     {desk::number(ticket_), desk::normal(change.address.address)});
  }

  void operator()(desk::DropCopy const& change) {
    std::string const key = desk::normal(change.address.address);
    tx_.driver().run(change.takes_part ? "UPDATE participant SET copied = 0 WHERE ticket = $1 AND key = $2"
                                       : "DELETE FROM participant WHERE ticket = $1 AND key = $2",
                     {desk::number(ticket_), key});
  }

  void operator()(desk::ReplaceRequester const& change) {
    auto const named = change.contact == desk::ContactId{} ? std::nullopt : find_contact(tx_, change.contact);
    auto const contact = named ? *named : find_or_add_contact(tx_, change.address, "", now_);
    set("requester", desk::number(contact.id));
    set("requester_name", contact.name);
    set("requester_address", change.address.address);
    std::string const& own = change.language.empty() ? contact.language : change.language;
    if (!own.empty()) set("language", desk::spoken(own));
    add_participant(tx_, ticket_, change.address);
    tx_.driver().run("UPDATE participant SET copied = 0 WHERE ticket = $1 AND key = $2",
                     {desk::number(ticket_), desk::normal(change.address.address)});
  }

  void operator()(desk::AddTag const& change) {
    auto all = tags();
    if (std::find(all.begin(), all.end(), change.tag) == all.end()) all.push_back(change.tag);
    set("tags", as_lines(all));
  }

  void operator()(desk::RemoveTag const& change) {
    auto all = tags();
    std::erase(all, change.tag);
    set("tags", as_lines(all));
  }

  void operator()(desk::AddParticipant const& change) { add_participant(tx_, ticket_, change.address); }

  void operator()(desk::SetContactLanguage const& change) {
    tx_.driver().run(
        "UPDATE contact SET language = $2 WHERE id = (SELECT requester FROM ticket WHERE id = $1)",
        {desk::number(ticket_), change.language});
  }

  void operator()(desk::MarkDead const& change) {
    tx_.driver().run(
        "INSERT INTO dead_address (key, reason, since) VALUES ($1, $2, $3) "
        "ON CONFLICT (key) DO UPDATE SET reason = excluded.reason, since = excluded.since",
        {desk::normal(change.address), change.reason, desk::to_number(now_)});
  }

  void operator()(desk::LetterFailed const& change) {
    tx_.driver().run(std::string{"UPDATE letter SET state = 'refused', outcome = $2, "}
                         .append(out_of_line)
                         .append(" WHERE message_id = $1"),
                     {change.message_id, change.reason});
  }

  void operator()(desk::CancelLetters const& change) {
    // One that a postman holds may be on the wire already. An unread one waits in a chat for its visitor.
    tx_.driver().run(
        std::string{"UPDATE letter SET state = 'cancelled', outcome = $3, "}
            .append(out_of_line)
            .append(
                " WHERE ticket = $1 AND author = $2 AND kind IN ('answer', 'asked', 'resolved', 'closed') "
                "AND state IN ('queued', 'unread') AND (claimed_until IS NULL OR claimed_until <= $4)"),
        {desk::number(ticket_), change.agent, "cancelled by " + change.agent, desk::to_number(now_)});
    withdraw_unsent(tx_, ticket_);
  }

  void operator()(desk::EndQuestions const& change) {
    tx_.driver().run(
        "UPDATE letter SET settled = $3 WHERE ticket = $1 AND kind = 'asked' AND settled IS NULL AND "
        "($2 = '' OR recipient = $2)",
        {desk::number(ticket_), desk::normal(change.address), desk::to_number(now_)});
  }

  void operator()(desk::Offered const& change) {
    tx_.driver().run(
        "INSERT INTO offer (ticket, articles) VALUES ($1, $2) "
        "ON CONFLICT (ticket) DO UPDATE SET articles = excluded.articles",
        {desk::number(ticket_), as_articles(change.articles)});
  }

  void operator()(desk::SetSubject const& change) {
    set("subject", change.subject);
    set("base_subject", subject_key(desk::base_subject(change.subject).text));
  }

  void operator()(desk::AddTeam const& change) { add_teams(tx_, ticket_, {change.team}); }

  void operator()(desk::SetRequester const& change) {
    auto const& address = change.address;
    tx_.driver().run("UPDATE ticket SET requester_name = $2, requester_address = $3 WHERE id = $1",
                     {desk::number(ticket_), address.name, address.address});
    add_participant(tx_, ticket_, address);
    auto const had = requester();
    auto const contact = had ? find_contact(tx_, *had) : std::nullopt;
    if (change.proven && !desk::normal(address.address).empty())
      bind(address, contact);
    else if (!contact || !fits(*contact, address))
      set("requester", desk::number(add_visitor(tx_, "", contact ? contact->language : "", now_).id));
    name_requester(address.name);
  }

  void operator()(desk::Rated const& change) {
    tx_.driver().run("INSERT INTO rating (ticket, at, score, solved, words) VALUES ($1, $2, $3, $4, $5)",
                     {desk::number(ticket_), desk::to_number(now_), std::int64_t{change.score},
                      std::int64_t{change.solved}, change.words});
  }

  void operator()(desk::Announce const& change) {
    desk::Announcement announcement = change.announcement;
    announcement.ticket = ticket_;
    add_announcement(tx_, announcement);
  }
  void operator()(desk::EndAnnouncement const& change) { end_announcement(tx_, change.id, now_); }
  void operator()(desk::BelongsTo const& change) { add_ticket_to(tx_, change.announcement, ticket_); }
  void operator()(desk::CountUse const& change) { count_use(tx_, change); }
  void operator()(desk::KeepDraft const& change) { keep_draft(tx_, change.draft); }
  void operator()(desk::SettleDraft const& change) { settle_draft(tx_, change.id, change.state, now_); }

 private:
  /// `column` is one of ours, never anything from outside.
  void set(std::string const& column, Value value) {
    tx_.driver().run("UPDATE ticket SET " + column + " = $2 WHERE id = $1", {desk::number(ticket_), value});
  }

  std::vector<std::string> tags() {
    std::vector<std::string> all;
    tx_.driver().run("SELECT tags FROM ticket WHERE id = $1", {desk::number(ticket_)},
                     [&](Row const& row) { all = from_lines(row.text(0)); });
    return all;
  }

  std::optional<desk::ContactId> requester() {
    std::optional<desk::ContactId> id;
    tx_.driver().run("SELECT requester FROM ticket WHERE id = $1", {desk::number(ticket_)},
                     [&](Row const& row) { id = maybe_id_in<desk::ContactId>(row, 0); });
    return id;
  }

  /// An address belongs to one person: a visitor who proves a known one is that person.
  void bind(desk::Address const& address, std::optional<desk::Contact> const& contact) {
    if (auto const owner = contact_at(tx_, address.address))
      set("requester", desk::number(*owner));
    else if (contact && contact->addresses.empty())
      add_address(tx_, contact->id, address.address);
    else
      set("requester", desk::number(find_or_add_contact(tx_, address, "", now_).id));
  }

  /// A visitor of their own, or the person whose address it is already: nobody becomes another by naming
  /// them, and nobody gets a stranger's address.
  static bool fits(desk::Contact const& contact, desk::Address const& address) {
    auto const& all = contact.addresses;
    return all.empty() || std::find(all.begin(), all.end(), desk::normal(address.address)) != all.end();
  }

  void name_requester(std::string const& name) {
    auto const id = requester();
    if (!id) return;
    auto const named = tx_.driver().run("UPDATE contact SET name = $2 WHERE id = $1 AND name = ''",
                                        {desk::number(*id), name});
    if (named > 0) keep_name_words(tx_.driver(), *id, name);
  }

  Tx& tx_;
  desk::TicketId ticket_;
  desk::Time now_;
};

}  // namespace

void make_change(Tx& tx, desk::TicketId ticket, desk::Change const& change, desk::Time now) {
  std::visit(Changer{tx, ticket, now}, change);
}

}  // namespace spoc::store
