// SPDX-License-Identifier: GPL-3.0-or-later
// What the front desk looks up before an arrival is judged.
#include "daemon/front_desk.hpp"
#include "desk/author.hpp"
#include "desk/macro.hpp"
#include "parser/article.hpp"
#include "search/fold.hpp"
#include "store/announcements.hpp"
#include "store/contact_book.hpp"
#include "store/contact_rows.hpp"
#include "store/contacts.hpp"
#include "store/drafts.hpp"
#include "store/levels.hpp"
#include "store/outbox.hpp"
#include "store/presence.hpp"
#include "store/reminders.hpp"
#include "store/tickets.hpp"
#include "store/undo.hpp"

#include <algorithm>

namespace spoc::daemon {

desk::Known FrontDesk::blank(store::Tx& tx) const {
  desk::Known known;
  known.now = around_.clock();
  known.house = &house_;
  known.sign = sign_;
  known.fold = [](std::string_view text) { return search::utf8(search::fold(text)); };
  known.presences = store::presences(tx);
  return known;
}

void FrontDesk::know_people(desk::Mail const& mail, std::string const& mailbox, bool claims,
                            desk::Known& known) const {
  desk::Mailbox const* box = house_.mailbox(mailbox);
  desk::Writer writer = desk::writer_of(mail, box != nullptr ? *box : desk::Mailbox{}, house_);
  if (claims && !mail.from.empty()) {
    desk::Address const from{mail.from.front().name, desk::normal(mail.from.front().address)};
    writer = {from, from, desk::Speaks::itself};
  }
  known.author.address = writer.author;
  known.answer_to = writer.answer_to;
  known.how = writer.how;
  // Who passes a mail on is an agent, whoever wrote it.
  std::string const from = mail.from.empty() ? writer.author.address : mail.from.front().address;
  known.author.agent = house_.agent_at(from);
}

void FrontDesk::know_author(store::Tx& tx, desk::Arrival const& arrival, bool claims,
                            desk::Known& known) const {
  desk::Mail const& mail = *arrival.mail();
  know_people(mail, arrival.place.mailbox, claims, known);
  std::string const& address = known.author.address.address;
  if (mail.kind == desk::MailKind::personal && known.how != desk::Speaks::forwarder)
    store::revive(tx, address);
  known.contact = store::find_or_add_contact(tx, known.author.address, "", known.now);
  known.dead_address = store::is_dead(tx, address) || store::is_dead(tx, known.answer_to.address);
  known.automatic_sent = store::automatic_since(tx, address, known.now - std::chrono::hours{1});
  if (address.empty() || arrival.quiet || house_.mail_budget == 0) return;
  known.mails = store::recent_mails(tx, address, known.now);
  if (known.mails >= house_.mail_budget) {
    store::TicketFilter theirs;
    theirs.requester = known.contact.id;
    theirs.limit = 1;
    auto const tickets = store::list_tickets(tx, theirs);
    if (!tickets.empty()) known.flooded = tickets.front();
  }
}

void FrontDesk::know_thread(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const {
  desk::Traits traits = desk::traits_of(mail, sign_);
  // A form's Reply-To and an agent's forward are believed as From is; a list's word is not.
  bool const speaks_for = known.how == desk::Speaks::form || known.how == desk::Speaks::forwarder;
  if (speaks_for) traits.authors.push_back(known.author.address.address);
  if (known.how == desk::Speaks::forwarder && !mail.forwarded->message_id.empty()) {
    traits.ids.insert(traits.ids.begin(), mail.forwarded->message_id);
    known.forwarded_before = store::has_mail(tx, mail.forwarded->message_id);
  }
  known.match = desk::pick(store::clues(tx, traits, known.now, house_.subject_window), house_.disabled_rules);
  if (known.match.ticket) know_ticket(tx, *known.match.ticket, known);
  if (mail.bounce) know_bounced(tx, *mail.bounce, known);
}

/// The letter by its Message-ID, which only its readers know; else, where the report quotes a token of ours,
/// the newest letter of that ticket to that recipient. A recipient alone proves nothing: anybody can name
/// one.
void FrontDesk::know_bounced(store::Tx& tx, desk::Bounce const& bounce, desk::Known& known) const {
  if (!bounce.original_message_id.empty()) known.bounced = store::find_letter(tx, bounce.original_message_id);
  bool const by_token = known.match.rule == desk::Rule::token || known.match.rule == desk::Rule::body_token;
  if (!known.bounced && by_token && known.match.ticket)
    for (desk::Letter& newest : store::newest_letters_to(tx, *known.match.ticket, bounce.recipient, 1))
      known.bounced = std::move(newest);
  if (known.bounced && known.bounced->ticket == desk::TicketId{}) known.bounced.reset();  // an agent's list
  if (known.bounced) know_ticket(tx, known.bounced->ticket, known);
}

void FrontDesk::know_ticket(store::Tx& tx, desk::TicketId ticket, desk::Known& known) const {
  known.ticket = store::find_ticket(tx, ticket);
  if (!known.ticket) return;
  known.thread_ids = store::thread_ids(tx, known.ticket->id, 20);
  known.offered = store::offered(tx, known.ticket->id);
  // Rules and categories ask who the requester is, and a caller without an address is called back.
  if (!house_.rules.empty() || !house_.categories.empty() || !house_.sites.empty() ||
      known.ticket->requester_address.address.empty())
    known.requester = store::find_contact(tx, known.ticket->requester).value_or(desk::Contact{});
  if (house_.rules.empty()) return;
  desk::Course const course = store::course_of(tx, known.ticket->id);
  known.dues = desk::dues(house_, *known.ticket, course, known.now);
  auto const from_outside = std::find_if(course.exchanges.rbegin(), course.exchanges.rend(),
                                         [](desk::Exchange const& one) { return !one.answer; });
  known.newest.reset();
  if (from_outside != course.exchanges.rend())
    known.newest = store::find_message(tx, from_outside->id, store::Contents::counted);
}

void FrontDesk::know_answer(store::Tx& tx, desk::Arrival const& arrival, desk::AgentClaim const& claim,
                            desk::Known& known) const {
  desk::Mail const& mail = *arrival.mail();
  known.token = claim.token;
  know_ticket(tx, claim.token->ticket, known);
  if (!known.ticket) return;
  follow_split(tx, mail, known);
  follow_offer(tx, mail, known);
  know_words(tx, arrival, true, known);  // before the commands that stand in them
  desk::Agent const nobody;
  know_work(tx, claim.agent != nullptr ? *claim.agent : nobody, known);
  for (std::string const& id : mail.in_reply_to)
    if (auto const letter = store::find_letter(tx, id)) know_answered(*letter, known);
  if (!known.answering && !mail.in_reply_to.empty()) know_last_notice(tx, mail, known);
  if (claim.agent == nullptr) return;
  // Their vacation note offers their tickets to the team, as /away does.
  if (mail.kind == desk::MailKind::auto_reply) know_own(tx, *claim.agent, known);
  know_named(tx,
             desk::with_macros(desk::read_commands(desk::words_of(mail, known)), house_, *known.ticket,
                               *claim.agent),
             *claim.agent, known);
}

/// The message of the answered notice may be a ticket of its own since: its requester is somebody else, and
/// the answer is theirs.
void FrontDesk::follow_split(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const {
  for (std::string const& id : mail.in_reply_to) {
    auto const letter = store::find_letter(tx, id);
    if (!letter || letter->ticket != known.ticket->id || !letter->about) continue;
    auto const message = store::find_message(tx, *letter->about, store::Contents::counted);
    if (message && message->ticket != known.ticket->id) know_ticket(tx, message->ticket, known);
  }
}

/// /use N means what the answered notice showed under N, whatever ticket it was merged into; behind its list
/// the numbers of the ticket go on, as /find gave them.
void FrontDesk::follow_offer(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const {
  for (std::string const& id : mail.in_reply_to) {
    auto const letter = store::find_letter(tx, id);
    if (!letter || letter->agent.empty()) continue;
    for (std::size_t i = 0; i < letter->articles.size(); ++i) {
      if (i == known.offered.size()) known.offered.emplace_back();
      known.offered[i] = letter->articles[i];
    }
  }
}

void FrontDesk::know_work(store::Tx& tx, desk::Agent const& agent, desk::Known& known) const {
  desk::Ticket const& ticket = *known.ticket;
  known.dead_address = store::is_dead(tx, ticket.requester_address.address);
  known.visitor_present = !ticket.session.empty() && around_.present && around_.present(ticket.session);
  for (desk::Suggestion const& one : known.offered) {
    auto article = around_.article ? around_.article(one) : std::nullopt;
    known.articles.push_back(article.value_or(desk::Article{}));
    known.articles.back().body = parser::markdown_to_text(known.articles.back().body);
  }
  if (auto const other = store::newest_answer(tx, ticket.id, agent.handle))
    known.colleague = desk::Answered{other->agent, other->at, other->id};
  known.announcements = store::announcements_in_force(tx, known.now);
  known.drafts = store::waiting_drafts(tx, ticket.id);
  known.reminders = store::reminders_of(tx, ticket.id);
  known.dues = desk::dues(house_, ticket, store::course_of(tx, ticket.id), known.now);
  known.history = store::messages_of(tx, ticket.id);
  know_rota(tx, ticket.requester, known);
  if (agent.handle.empty()) return;
  known.undo = store::find_undo(tx, ticket.id, agent.handle);
  if (known.undo) known.sent_since = store::sent_outside_since(tx, ticket.id, known.undo->at);
  know_waiting(tx, agent, known);
}

/// The agent's letters that have not left: what /cancel and /undo stop.
void FrontDesk::know_waiting(store::Tx& tx, desk::Agent const& agent, desk::Known& known) const {
  for (desk::LetterState const state : {desk::LetterState::queued, desk::LetterState::unread})
    for (desk::Letter const& letter : store::list_letters(tx, {state, known.ticket->id, 50})) {
      if (letter.author != agent.handle) continue;
      bool const in_chat =
          std::any_of(known.history.begin(), known.history.end(),
                      [&](desk::Message const& one) { return letter.about == one.id && one.sequence > 0; });
      bool const words = letter.kind == desk::LetterKind::answer || letter.kind == desk::LetterKind::asked;
      bool const end = letter.kind == desk::LetterKind::resolved || letter.kind == desk::LetterKind::closed;
      if (words) ++(in_chat ? known.waiting_mails : known.waiting_answers);
      if (end) ++known.waiting_notices;
    }
}

/// The letter to which the agent replies, and the message that it was about.
void FrontDesk::know_answered(desk::Letter const& letter, desk::Known& known) const {
  // Words that went out with a hand-over or an invitation stand in its very notice: they don't cross the
  // answer to it.
  bool const holds_them =
      letter.kind == desk::LetterKind::assigned || letter.kind == desk::LetterKind::happened;
  known.answering = letter.made + std::chrono::seconds{holds_them ? 1 : 0};
  known.seen = letter.seen;
  if (!letter.about) return;
  for (desk::Message const& message : known.history)
    if (message.id == *letter.about) known.answered = message;
  known.answered_first = known.answered && known.answered->id == known.history.front().id;
}

/// A relay that writes Message-IDs anew (SES) hides which notice is answered. For what colleagues and the
/// requester wrote meanwhile the newest that its author got stands for it; /split has to know, and asks.
void FrontDesk::know_last_notice(store::Tx& tx, desk::Mail const& mail, desk::Known& known) const {
  if (mail.from.empty()) return;
  for (desk::Letter const& letter :
       store::newest_letters_to(tx, known.ticket->id, mail.from.front().address, 1)) {
    known.answering = letter.made;
    known.seen = letter.seen;
  }
}

void FrontDesk::know_own(store::Tx& tx, desk::Agent const& agent, desk::Known& known) const {
  store::TicketFilter own;
  own.assignee = agent.handle;
  own.unfinished = true;
  known.own_tickets = store::list_tickets(tx, own);
}

/// The tickets that commands name or list.
void FrontDesk::know_named(store::Tx& tx, desk::CommandBlock const& block, desk::Agent const& agent,
                           desk::Known& known) const {
  for (desk::Command const& command : block.commands) {
    if (command.verb == desk::Verb::kb) known.next_draft = store::next_draft(tx);
    if (command.verb == desk::Verb::find) know_found(tx, command.argument, agent, known);
    if (command.verb == desk::Verb::in || command.verb == desk::Verb::out || command.verb == desk::Verb::away)
      know_own(tx, agent, known);
    if (command.verb == desk::Verb::split && known.answered)
      know_person(tx, known.answered->author.address, known);
    bool const by_address = command.argument.find('@') != std::string::npos;
    if (command.verb == desk::Verb::requester && by_address) know_person(tx, command.argument, known);
    bool const person = command.verb == desk::Verb::requester && !by_address;
    bool const other = command.verb == desk::Verb::merge || command.verb == desk::Verb::link;
    if (!person && !other) continue;
    std::int64_t const wanted = std::stoll(command.argument);
    if (person) {
      if (auto const id = store::resolve_contact(tx, desk::ContactId{wanted}))
        known.people.emplace(wanted, *store::find_contact(tx, *id));
      continue;
    }
    if (auto ticket = store::find_ticket(tx, desk::TicketId{wanted}))
      known.others.emplace(wanted, std::move(*ticket));
  }
}

void FrontDesk::know_person(store::Tx& tx, std::string const& argument, desk::Known& known) const {
  std::string const address = desk::normal(desk::address_in(argument).address);
  if (address.empty()) return;
  if (auto const id = store::contact_at(tx, address))
    if (auto contact = store::find_contact(tx, *id)) known.people_at.emplace(address, std::move(*contact));
}

/// By number, or by what the index has. Tickets that were merged are shown once.
void FrontDesk::know_found(store::Tx& tx, std::string const& words, desk::Agent const& agent,
                           desk::Known& known) const {
  constexpr std::size_t longest_number = 15;
  Findings findings = around_.find ? around_.find(words, agent.language) : Findings{};
  std::string const digits = words.substr(words.starts_with('#') ? 1 : 0, longest_number);
  if (digits.find_first_not_of("0123456789") == std::string::npos && !digits.empty())
    findings.tickets.insert(findings.tickets.begin(), std::stoll(digits));
  for (std::int64_t const number : findings.tickets) {
    auto ticket = store::find_ticket(tx, desk::TicketId{number});
    auto& had = known.found.tickets;
    bool const again = ticket && std::any_of(had.begin(), had.end(),
                                             [&](desk::Ticket const& one) { return one.id == ticket->id; });
    if (ticket && !again) had.push_back(std::move(*ticket));
  }
  known.found.articles = std::move(findings.articles);
}

/// Counted only where some team's policy asks for it.
void FrontDesk::know_rota(store::Tx& tx, desk::ContactId requester, desk::Known& known) const {
  bool const asked = std::any_of(house_.teams.begin(), house_.teams.end(), [](desk::Team const& one) {
    return one.assignment != desk::Assignment::manual;
  });
  if (asked) known.rota = store::rota(tx, requester);
}

}  // namespace spoc::daemon
