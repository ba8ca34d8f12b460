// SPDX-License-Identifier: GPL-3.0-or-later
// What the front desk looks up before an arrival is judged.
#include "daemon/front_desk.hpp"
#include "desk/author.hpp"
#include "desk/macro.hpp"
#include "parser/article.hpp"
#include "parser/quote.hpp"
#include "store/contacts.hpp"
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
  if (address.empty() || arrival.quiet) return;
  known.mails = store::mails_since(tx, address, known.now - std::chrono::hours{1});
  if (house_.mail_budget > 0 && known.mails >= house_.mail_budget) {
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
  if (!house_.rules.empty())
    known.dues = desk::dues(house_, *known.ticket, store::course_of(tx, known.ticket->id), known.now);
}

/// What came back of our letters is history, marked or not. An agent's words go out, so the comparison may
/// only take away, and only where at least half of a letter came back: a sentence that they write again is
/// theirs. A requester's are shown to agents, so answers between our lines are found as well.
void FrontDesk::know_words(store::Tx& tx, desk::Mail const& mail, bool from_agent, desk::Known& known) const {
  if (!around_.wording || mail.from.empty()) return;
  // Writing a letter anew costs milliseconds of the desk's thread: not where no letter can have come back,
  // since half of the shortest is longer than this, or ten words are.
  std::size_t const too_short = from_agent ? 200 : 40;
  if ((from_agent ? mail.reply : mail.text).size() < too_short) return;
  std::vector<desk::Letter> letters;
  for (auto const* ids : {&mail.in_reply_to, &mail.references})
    for (auto id = ids->rbegin(); id != ids->rend() && letters.empty(); ++id)
      if (auto letter = store::find_letter(tx, *id)) letters.push_back(std::move(*letter));
  constexpr std::size_t most = 3;
  if (letters.empty() && known.ticket)
    letters = store::newest_letters_to(tx, known.ticket->id, mail.from.front().address, most);
  std::vector<std::string> sent;
  for (desk::Letter& letter : letters) {
    if (from_agent) letter.text.clear();  // a refusal gives their own words back, which they may send again
    sent.push_back(around_.wording(letter));
  }
  auto const compared = parser::reply_against(mail.text, sent);
  if (!compared) return;
  std::size_t shortest = SIZE_MAX;
  for (std::string const& one : sent)
    if (!one.empty()) shortest = std::min(shortest, one.size());
  bool const came_back = compared->reply.size() + shortest / 2 <= mail.reply.size();
  if (from_agent && came_back) {
    known.reply = compared->reply;
    known.entangled = compared->scattered;
  }
  if (!from_agent && !compared->reply.empty()) known.reply = compared->reply;
}

void FrontDesk::know_answer(store::Tx& tx, desk::Mail const& mail, desk::AgentClaim const& claim,
                            desk::Known& known) const {
  known.token = claim.token;
  know_ticket(tx, claim.token->ticket, known);
  if (!known.ticket) return;
  know_words(tx, mail, true, known);  // before the commands that stand in them
  desk::Agent const nobody;
  know_work(tx, claim.agent != nullptr ? *claim.agent : nobody, known);
  for (std::string const& id : mail.in_reply_to)
    if (auto const letter = store::find_letter(tx, id)) know_answered(tx, *letter, known);
  if (claim.agent == nullptr) return;
  know_named(tx,
             desk::with_macros(desk::read_commands(desk::words_of(mail, known)), house_, *known.ticket,
                               *claim.agent),
             *claim.agent, known);
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
    known.colleague = desk::Answered{other->agent, other->at};
  known.reminders = store::reminders_of(tx, ticket.id);
  known.dues = desk::dues(house_, ticket, store::course_of(tx, ticket.id), known.now);
  known.history = store::messages_of(tx, ticket.id);
  constexpr std::size_t shown = 5;
  if (known.history.size() > shown) known.history.erase(known.history.begin(), known.history.end() - shown);
  know_rota(tx, ticket.requester, known);
  if (agent.handle.empty()) return;
  known.undo = store::find_undo(tx, ticket.id, agent.handle);
  if (known.undo) known.sent_since = store::sent_outside_since(tx, ticket.id, known.undo->at);
  for (desk::Letter const& letter : store::list_letters(tx, {desk::LetterState::queued, ticket.id, 50})) {
    bool const words = letter.kind == desk::LetterKind::answer || letter.kind == desk::LetterKind::asked;
    if (!words || !letter.about) continue;
    auto const message = store::find_message(tx, *letter.about);
    if (message && message->agent == agent.handle) ++known.waiting_answers;
  }
}

/// The letter to which the agent replies, and the message that it was about.
void FrontDesk::know_answered(store::Tx& tx, desk::Letter const& letter, desk::Known& known) const {
  // Words that went out with a hand-over stand in its very notice: they don't cross the answer to it.
  bool const hand_over = letter.kind == desk::LetterKind::assigned;
  known.answering = letter.made + std::chrono::seconds{hand_over ? 1 : 0};
  if (!letter.about) return;
  auto const all = store::messages_of(tx, known.ticket->id);
  for (desk::Message const& message : all)
    if (message.id == *letter.about) known.answered = message;
  known.answered_first = known.answered && known.answered->id == all.front().id;
}

/// The tickets that commands name or list.
void FrontDesk::know_named(store::Tx& tx, desk::CommandBlock const& block, desk::Agent const& agent,
                           desk::Known& known) const {
  for (desk::Command const& command : block.commands) {
    if (command.verb == desk::Verb::find) know_found(tx, command.argument, agent, known);
    if (command.verb == desk::Verb::in || command.verb == desk::Verb::away) {
      store::TicketFilter own;
      own.assignee = agent.handle;
      own.unfinished = true;
      known.own_tickets = store::list_tickets(tx, own);
    }
    if (command.verb != desk::Verb::merge && command.verb != desk::Verb::link) continue;
    std::int64_t const wanted = std::stoll(command.argument);
    if (auto ticket = store::find_ticket(tx, desk::TicketId{wanted}))
      known.others.emplace(wanted, std::move(*ticket));
  }
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
