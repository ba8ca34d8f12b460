// SPDX-License-Identifier: GPL-3.0-or-later
// A mail becomes a message of a ticket, with the letters that it calls for.
#include "desk/inbound.hpp"
#include "desk/courtesy.hpp"
#include "desk/held.hpp"
#include "desk/phrase.hpp"
#include "desk/screen.hpp"
#include "desk/verdict.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

bool is_spoken(std::string_view language) {
  return !language.empty() && (spoken(language) != "en" || language == "en");
}

std::string who(Address const& author) { return "requester:" + normal(author.address); }

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
  out.requester = known.contact.id;
  out.requester_address = known.answer_to.address.empty() ? known.author.address : known.answer_to;
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

/// Why no machine's letter may go to the author; "" if one may. An alarm where the budget is used up.
std::string why_silent(Plan& plan, Mail const& mail, Known const& known) {
  std::string why_not = no_automatic_answer(mail, *known.house);
  if (why_not.empty() && known.automatic_sent >= known.house->automatic_budget) {
    why_not =
        "over the budget of " + std::to_string(known.house->automatic_budget) + " automatic letters an hour";
    plan.alarm = "silent towards " + known.author.address.address + ": " + why_not +
                 "; is another machine answering us?";
  }
  if (why_not.empty() && known.dead_address) why_not = "the address does not take mail";
  return why_not;
}

/// An acknowledgement, if a machine may answer; else the reason goes into the trail.
void acknowledge(Plan& plan, Arrival const& arrival, Mail const& mail, Known const& known,
                 Scribe const& scribe) {
  Mailbox const& mailbox = mailbox_of(arrival, *known.house);
  std::string why_not = why_silent(plan, mail, known);
  if (why_not.empty() && !mailbox.acknowledge) why_not = "switched off for mailbox " + mailbox.name;
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

/// Of a mail that is larger than the mailbox takes only the beginning is here: its author should know.
void tell_cut(Plan& plan, Arrival const& arrival, Mail const& mail, Known const& known,
              Scribe const& scribe) {
  if (arrival.whole_size == 0) return;
  constexpr std::uint64_t megabyte = 1U << 20U;
  Mailbox const& mailbox = mailbox_of(arrival, *known.house);
  plan.trail.push_back(trail(known, plan, "desk", "cut",
                             std::to_string(arrival.whole_size) + " bytes, larger than the mailbox takes"));
  if (known.author.agent != nullptr || !why_silent(plan, mail, known).empty()) return;
  Letter letter = scribe.to_requester(LetterKind::too_large);
  letter.to = known.author.address;
  letter.text = std::to_string((mailbox.max_size + megabyte - 1) / megabyte) + " MB";
  plan.letters.push_back(std::move(letter));
}

/// The requester calls it something else now: letters follow. A subject that only lost its prefixes is the
/// same.
void follow_subject(Plan& plan, Mail const& mail, Known const& known) {
  Ticket const& ticket = *known.ticket;
  std::string const base = base_subject(mail.subject).text;
  if (base.empty() || base == base_subject(ticket.subject).text) return;
  if (known.contact.id != ticket.requester || mail.kind != MailKind::personal) return;
  plan.changes.emplace_back(SetSubject{mail.subject});
  plan.trail.push_back(trail(known, plan, "desk", "subject", "\"" + ticket.subject + "\" until now"));
}

void join_people(Plan& plan, Mail const& mail, Known const& known) {
  for (Address& one : people_of(mail, known)) {
    auto const& had = known.ticket->participants;
    bool const known_already = std::any_of(
        had.begin(), had.end(), [&](Address const& other) { return normal(other.address) == one.address; });
    if (!known_already) plan.changes.emplace_back(AddParticipant{std::move(one)});
  }
}

}  // namespace

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
  out.reply = words_of(mail, known);
  out.html = mail.html;
  out.message_id = mail.message_id;
  out.raw_hash = arrival.hash;
  out.rule = std::string{name(known.match.rule)};
  out.at = arrival.received;
  out.attachments = mail.attachments;
  hold_dangerous(out.attachments, mailbox_of(arrival, *known.house).held_extensions);
  out.checks = checks_of(mail, known.house->authserv_ids);
  return out;
}

std::vector<Suggestion> best_of(std::vector<Suggestion> found) {
  if (found.size() > most_suggested) found.resize(most_suggested);
  return found;
}

std::vector<std::string> similar_lines(Known const& known) {
  std::vector<std::string> out;
  for (Solved const& one : known.similar) {
    std::string const title = "#" + std::to_string(number(one.ticket)) + " \"" + one.subject + "\"";
    Agent const* agent = known.house->agent(one.agent);
    out.push_back(phrase("similar and solved: {1}, by {2}: {3}",
                         {title, agent != nullptr ? agent->name : one.agent, one.words}));
  }
  return out;
}

void tell_crew(Plan& plan, LetterKind kind, Scribe const& scribe, std::vector<Suggestion> const& offered,
               std::vector<std::string> const& lines) {
  for (Letter& letter : scribe.to_crew(kind)) {
    letter.about = about_new;
    letter.articles = offered;
    letter.lines = lines;
    plan.letters.push_back(std::move(letter));
  }
}

Plan open_ticket(Arrival const& arrival, Mail const& mail, Known const& known) {
  Plan plan;
  plan.ticket = known.next_ticket;
  plan.open = new_ticket(arrival, mail, known);
  plan.messages.push_back(message_of(arrival, mail, known));
  learn_language(plan, mail, known);
  std::vector<Suggestion> const offered = best_of(arrival.suggestions);
  if (!offered.empty()) plan.changes.emplace_back(Offered{offered});
  plan.trail.push_back(trail(known, plan, who(known.author.address), "opened",
                             known.match.reasons.empty() ? "" : known.match.reasons.back()));
  place(plan, mailbox_of(arrival, *known.house), mail.subject + "\n" + words_of(mail, known),
        known.contact.vip || known.house->is_vip(plan.open->requester_address.address), known);
  if (arrival.quiet) return plan;
  Scribe scribe{known, *plan.open, arrival.hash};
  scribe.answers(mail.message_id);
  acknowledge(plan, arrival, mail, known, scribe);
  tell_cut(plan, arrival, mail, known, scribe);
  // A vacation note or a bounce that belongs nowhere is kept and listed, but wakes nobody.
  bool const worth_a_notice = mail.kind == MailKind::personal || mail.kind == MailKind::list;
  if (worth_a_notice) tell_crew(plan, LetterKind::opened, scribe, offered, similar_lines(known));
  return plan;
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
  follow_subject(plan, mail, known);
  if (normal(known.author.address.address) == normal(known.ticket->requester_address.address))
    learn_language(plan, mail, known);
  bool const courtesy = is_courtesy(words_of(mail, known));
  Ticket seen = *known.ticket;
  Verdict const verdict = finished(seen.status) ? verdict_of(words_of(mail, known)) : Verdict::none;
  if (verdict == Verdict::solved) {
    bool const closes = seen.status == Status::resolved;
    if (closes) plan.changes.emplace_back(SetStatus{Status::closed});
    plan.trail.push_back(trail(known, plan, who(known.author.address), "confirmed",
                               closes ? "solved: resolved to closed" : "solved"));
    return plan;
  }
  if (courtesy && finished(seen.status)) {
    plan.trail.push_back(trail(known, plan, "desk", "courtesy", "filed without reopening"));
    return plan;
  }
  if (finished(seen.status) || seen.status == Status::waiting) {
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
  tell_cut(plan, arrival, mail, known, scribe);
  return plan;
}

}  // namespace spoc::desk
