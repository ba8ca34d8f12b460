// SPDX-License-Identifier: GPL-3.0-or-later
// What a requester's, a stranger's or a machine's mail makes happen.
#include "desk/plan.hpp"
#include "desk/screen.hpp"
#include "desk/scribe.hpp"
#include "desk/verdict.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

bool finished(Ticket const& ticket) {
  return ticket.status == Status::resolved || ticket.status == Status::closed;
}

bool is_spoken(std::string_view language) {
  return !language.empty() && (spoken(language) != "en" || language == "en");
}

std::string who(Address const& author) { return "requester:" + normal(author.address); }

Trail trail(Known const& known, Plan const& plan, std::string by, std::string what, std::string detail) {
  return {plan.ticket, known.now, std::move(by), std::move(what), std::move(detail)};
}

Mailbox const& mailbox_of(Arrival const& arrival, House const& house) {
  static Mailbox const none;
  if (Mailbox const* found = house.mailbox(arrival.place.mailbox)) return *found;
  return house.mailboxes.empty() ? none : house.mailboxes.front();
}

Message message_of(Arrival const& arrival, Mail const& mail, Known const& known) {
  Message out;
  out.kind = mail.kind == MailKind::personal || mail.kind == MailKind::list ? MessageKind::inbound
                                                                            : MessageKind::automatic;
  out.channel = Channel::mail;
  out.author = known.author.address;
  out.subject = mail.subject;
  out.text = mail.text;
  out.reply = mail.reply;
  out.html = mail.html;
  out.message_id = mail.message_id;
  out.raw_hash = arrival.hash;
  out.rule = std::string{name(known.match.rule)};
  out.at = arrival.received;
  out.attachments = mail.attachments;
  return out;
}

/// Author and everybody copied take part from now on; our own addresses and the agents do not count.
std::vector<Address> people_of(Mail const& mail, Known const& known) {
  std::vector<Address> out;
  auto const add = [&](Address const& one) {
    std::string const address = normal(one.address);
    if (address.empty() || known.house->mailbox_at(address) != nullptr ||
        known.house->agent_at(address) != nullptr)
      return;
    if (std::none_of(out.begin(), out.end(), [&](Address const& had) { return had.address == address; }))
      out.push_back({one.name, address});
  };
  add(known.author.address);
  for (auto const* list : {&mail.to, &mail.cc})
    for (Address const& one : *list) add(one);
  return out;
}

std::string language_for(Mail const& mail, Known const& known, Mailbox const& mailbox) {
  if (!known.contact.language.empty()) return spoken(known.contact.language);
  return spoken(is_spoken(mail.language) ? mail.language : mailbox.language);
}

Ticket new_ticket(Arrival const& arrival, Mail const& mail, Known const& known) {
  Mailbox const& mailbox = mailbox_of(arrival, *known.house);
  Ticket out;
  out.id = known.next_ticket;
  out.subject = mail.subject;
  out.mailbox = mailbox.name;
  out.team = mailbox.team;
  out.requester = known.contact.id;
  out.requester_address = known.author.address;
  out.language = language_for(mail, known, mailbox);
  out.participants = people_of(mail, known);
  out.related = known.match.related;
  out.rule = std::string{name(known.match.rule)};
  out.opened = out.changed = known.now;
  if (mail.kind != MailKind::personal) out.tags.emplace_back(name(mail.kind));
  return out;
}

void learn_language(Plan& plan, Mail const& mail, Known const& known) {
  if (known.contact.language.empty() && mail.kind == MailKind::personal && is_spoken(mail.language))
    plan.changes.emplace_back(SetContactLanguage{spoken(mail.language)});
}

/// An acknowledgement, if a machine may answer; else the reason goes into the trail.
void acknowledge(Plan& plan, Arrival const& arrival, Mail const& mail, Known const& known,
                 Scribe const& scribe) {
  Mailbox const& mailbox = mailbox_of(arrival, *known.house);
  std::string why_not = no_automatic_answer(mail, *known.house);
  if (why_not.empty() && !mailbox.acknowledge) why_not = "switched off for mailbox " + mailbox.name;
  if (why_not.empty() && known.automatic_sent >= known.house->automatic_budget) {
    why_not =
        "over the budget of " + std::to_string(known.house->automatic_budget) + " automatic letters an hour";
    plan.alarm = "silent towards " + known.author.address.address + ": " + why_not +
                 "; is another machine answering us?";
  }
  if (why_not.empty() && known.dead_address) why_not = "the address does not take mail";
  if (!why_not.empty()) {
    plan.trail.push_back(trail(known, plan, "desk", "not acknowledged", why_not));
    return;
  }
  Letter letter = scribe.to_requester(LetterKind::acknowledgement);
  letter.about = about_new;
  for (Suggestion const& one : arrival.suggestions)
    if (one.confident && !one.internal) letter.articles.push_back(one);
  plan.letters.push_back(std::move(letter));
}

void tell_crew(Plan& plan, LetterKind kind, Scribe const& scribe, std::vector<Suggestion> const& offered) {
  for (Letter& letter : scribe.to_crew(kind)) {
    letter.about = about_new;
    letter.articles = offered;
    plan.letters.push_back(std::move(letter));
  }
}

Plan open_ticket(Arrival const& arrival, Mail const& mail, Known const& known) {
  Plan plan;
  plan.ticket = known.next_ticket;
  plan.open = new_ticket(arrival, mail, known);
  plan.messages.push_back(message_of(arrival, mail, known));
  learn_language(plan, mail, known);
  std::vector<Suggestion> offered = arrival.suggestions;
  if (offered.size() > 3) offered.resize(3);
  if (!offered.empty()) plan.changes.emplace_back(Offered{offered});
  plan.trail.push_back(trail(known, plan, who(known.author.address), "opened",
                             known.match.reasons.empty() ? "" : known.match.reasons.back()));
  if (arrival.quiet) return plan;
  Scribe scribe{known, *plan.open, arrival.hash};
  scribe.answers(mail.message_id);
  acknowledge(plan, arrival, mail, known, scribe);
  // A vacation note or a bounce that belongs nowhere is kept and listed, but wakes nobody.
  bool const worth_a_notice = mail.kind == MailKind::personal || mail.kind == MailKind::list;
  if (worth_a_notice) tell_crew(plan, LetterKind::opened, scribe, offered);
  return plan;
}

void join_people(Plan& plan, Mail const& mail, Known const& known) {
  for (Address& one : people_of(mail, known)) {
    auto const& had = known.ticket->participants;
    bool const known_already = std::any_of(
        had.begin(), had.end(), [&](Address const& other) { return normal(other.address) == one.address; });
    if (!known_already) plan.changes.emplace_back(AddParticipant{std::move(one)});
  }
}

Plan follow_up(Arrival const& arrival, Mail const& mail, Known const& known) {
  Plan plan;
  plan.ticket = known.ticket->id;
  plan.messages.push_back(message_of(arrival, mail, known));
  plan.trail.push_back(trail(known, plan, who(known.author.address),
                             mail.kind == MailKind::personal ? "wrote" : "filed",
                             known.match.reasons.empty() ? "" : known.match.reasons.back()));
  bool const machine =
      mail.kind == MailKind::auto_reply || mail.kind == MailKind::bounce || mail.kind == MailKind::loop;
  if (machine) return plan;
  join_people(plan, mail, known);
  learn_language(plan, mail, known);
  bool const courtesy = is_courtesy(mail.reply);
  Ticket seen = *known.ticket;
  Verdict const verdict = finished(seen) ? verdict_of(mail.reply) : Verdict::none;
  if (verdict == Verdict::solved) {
    if (seen.status == Status::resolved) plan.changes.emplace_back(SetStatus{Status::closed});
    plan.trail.push_back(trail(known, plan, who(known.author.address), "confirmed", "solved"));
    return plan;
  }
  if (courtesy && finished(seen)) {
    plan.trail.push_back(trail(known, plan, "desk", "courtesy", "filed without reopening"));
    return plan;
  }
  if (finished(seen) || seen.status == Status::waiting) {
    plan.changes.emplace_back(SetStatus{Status::open});
    plan.trail.push_back(trail(known, plan, "desk", "reopened",
                               std::string{name(seen.status)} + " to open: " +
                                   (verdict == Verdict::unsolved ? "not solved" : "the requester wrote")));
    seen.status = Status::open;
  }
  if (arrival.quiet) return plan;
  Scribe scribe{known, seen, arrival.hash};
  scribe.answers(mail.message_id);
  tell_crew(plan, LetterKind::wrote, scribe, known.offered);
  return plan;
}

/// Past the reopen window a reply begins a new ticket that is linked to the old one.
bool too_late(Known const& known) {
  return known.ticket && finished(*known.ticket) && known.ticket->closed &&
         known.now - *known.ticket->closed > known.house->reopen_window;
}

bool address_is_bad(Bounce const& bounce) {
  return bounce.action != "delayed" && (bounce.status.substr(0, 4) == "5.1." || bounce.status == "5.2.1");
}

/// Tells the crew that a letter to the requester came back.
void tell_bounced(Plan& plan, Arrival const& arrival, Bounce const& bounce, Known const& known) {
  Letter const& letter = *known.bounced;
  if (!letter.agent.empty() || arrival.quiet || !known.ticket) return;
  Scribe const scribe{known, *known.ticket, arrival.hash};
  for (Letter& told : scribe.to_crew(LetterKind::undelivered)) {
    told.about = letter.about;
    told.lines = {bounce.recipient + ": " + (bounce.reason.empty() ? bounce.status : bounce.reason)};
    told.text = letter.text;
    plan.letters.push_back(std::move(told));
  }
}

Plan bounced(Arrival const& arrival, Mail const& mail, Known const& known) {
  Plan plan;
  Letter const& letter = *known.bounced;
  Bounce const& bounce = *mail.bounce;
  std::string const words = bounce.reason.empty() ? bounce.status : bounce.reason;
  plan.ticket = letter.ticket;
  plan.messages.push_back(message_of(arrival, mail, known));
  plan.trail.push_back(trail(known, plan, "desk", "bounced", bounce.recipient + ": " + words));
  if (bounce.action == "delayed" || bounce.action == "delivered" || bounce.action == "relayed") return plan;
  plan.changes.emplace_back(LetterFailed{letter.message_id, words});
  if (address_is_bad(bounce)) plan.changes.emplace_back(MarkDead{normal(letter.to.address), words});
  tell_bounced(plan, arrival, bounce, known);
  return plan;
}

Plan unreadable(Arrival const& arrival, Known const& known) {
  Plan plan;
  std::string const reason = std::get<Unreadable>(arrival.what).reason;
  Mail shown;
  shown.subject = "A mail that could not be read";
  shown.text = shown.reply = "A mail in mailbox \"" + arrival.place.mailbox +
                             "\" could not be read and is kept in quarantine: " + reason +
                             "\n\nspocctl quarantine list\n";
  plan = open_ticket(arrival, shown, known);
  plan.quarantine = reason;
  std::erase_if(plan.letters, [](Letter const& letter) { return letter.agent.empty(); });
  return plan;
}

}  // namespace

Plan plan_arrival(Arrival const& arrival, Known const& known) {
  Mail const* mail = arrival.mail();
  if (mail == nullptr) return unreadable(arrival, known);
  if (mail->kind == MailKind::bounce && mail->bounce && known.bounced) return bounced(arrival, *mail, known);
  if (!known.ticket) return open_ticket(arrival, *mail, known);
  if (!too_late(known)) return follow_up(arrival, *mail, known);
  if (mail->kind != MailKind::personal || is_courtesy(mail->reply) ||
      verdict_of(mail->reply) == Verdict::solved)
    return follow_up(arrival, *mail, known);
  Known anew = known;
  anew.match.related = known.ticket->id;
  anew.match.rule = Rule::fresh;
  anew.match.reasons.push_back("#" + std::to_string(number(known.ticket->id)) +
                               " was closed longer ago than the reopen window: new ticket, linked");
  anew.ticket.reset();
  anew.thread_ids.clear();
  return open_ticket(arrival, *mail, anew);
}

Plan plan_undelivered(Letter const& letter, std::string const& words, bool permanent, Known const& known) {
  Plan plan;
  plan.ticket = letter.ticket;
  plan.trail.push_back(trail(known, plan, "desk", "undelivered",
                             std::string{name(letter.kind)} + " to " + letter.to.address + ": " + words));
  if (permanent) plan.changes.emplace_back(MarkDead{normal(letter.to.address), words});
  if (!letter.agent.empty() || !known.ticket) return plan;
  Scribe const scribe{known, *known.ticket, letter.message_id};
  for (Letter& told : scribe.to_crew(LetterKind::undelivered)) {
    told.about = letter.about;
    told.lines = {letter.to.address + ": " + words};
    told.text = letter.text;
    plan.letters.push_back(std::move(told));
  }
  return plan;
}

}  // namespace spoc::desk
