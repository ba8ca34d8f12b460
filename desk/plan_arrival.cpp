// SPDX-License-Identifier: GPL-3.0-or-later
// Judges a requester's, a stranger's or a machine's mail: new ticket, follow-up, bounce, forward or flood.
#include "desk/courtesy.hpp"
#include "desk/inbound.hpp"
#include "desk/verdict.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

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

/// The requester came back to a finished ticket with another matter.
bool is_new_matter(Mail const& mail, Known const& known) {
  std::string const base = base_subject(mail.subject).text;
  return finished(known.ticket->status) && !base.empty() &&
         base != base_subject(known.ticket->subject).text && !base_subject(mail.subject).reply_prefix;
}

Plan open_linked(Arrival const& arrival, Mail const& mail, Known const& known, std::string const& why) {
  Known anew = known;
  anew.match.related = known.ticket->id;
  anew.match.rule = Rule::fresh;
  anew.match.reasons.push_back("#" + std::to_string(number(known.ticket->id)) + " " + why +
                               ": new ticket, linked");
  anew.ticket.reset();
  anew.thread_ids.clear();
  return open_ticket(arrival, mail, anew);
}

/// More mails within an hour than anybody writes: they are kept in one ticket, and nobody is written to.
Plan flooded(Arrival const& arrival, Mail const& mail, Known const& known) {
  Known within = known;
  if (!known.ticket) within.ticket = known.flooded;
  Plan plan = within.ticket ? follow_up(arrival, mail, within) : open_ticket(arrival, mail, known);
  bool const first = known.mails == known.house->mail_budget;
  if (!first) plan.letters.clear();
  std::erase_if(plan.letters, [](Letter const& letter) { return letter.agent.empty(); });
  std::string const words = "more than " + std::to_string(known.house->mail_budget) + " mails an hour from " +
                            known.author.address.address;
  plan.trail.push_back(trail(known, plan, "desk", "flooded", words));
  plan.alarm = first ? words + ": they are filed in one ticket, without letters, until it ends" : "";
  return plan;
}

Plan judged(Arrival const& arrival, Mail const& mail, Known const& known) {
  if (known.how == Speaks::forwarder) return plan_forward(arrival, mail, known);
  if (!known.ticket) return open_ticket(arrival, mail, known);
  std::string const& words = words_of(mail, known);
  bool const speaks =
      mail.kind == MailKind::personal && !is_courtesy(words) && verdict_of(words) != Verdict::solved;
  if (speaks && past_reopening(known))
    return open_linked(arrival, mail, known, "was closed longer ago than the reopen window");
  if (speaks && is_new_matter(mail, known))
    return open_linked(arrival, mail, known, "is finished, and the subject is another");
  return follow_up(arrival, mail, known);
}

}  // namespace

Plan plan_arrival(Arrival const& arrival, Known const& known) {
  Mail const* mail = arrival.mail();
  if (mail == nullptr) return unreadable(arrival, known);
  if (mail->kind == MailKind::bounce && mail->bounce && known.bounced)
    return plan_bounce(arrival, *mail, known);
  int const budget = known.house->mail_budget;
  if (budget > 0 && known.mails >= budget && known.how == Speaks::itself)
    return flooded(arrival, *mail, known);
  Plan plan = judged(arrival, *mail, known);
  if (forward_of(*mail, *known.house) == Forward::unsure && plan.open) ask_whose(plan, arrival, known);
  return plan;
}

Plan plan_duplicate(Arrival const& arrival, Known const& known) {
  Plan plan;
  plan.duplicate = true;
  if (!known.ticket) return plan;
  Ticket ticket = *known.ticket;
  plan.ticket = ticket.id;
  std::string const& team = mailbox_of(arrival, *known.house).team;
  auto const& others = ticket.other_teams;
  bool const told = team == ticket.team || std::find(others.begin(), others.end(), team) != others.end();
  if (told || arrival.place.mailbox == ticket.mailbox || team.empty()) return plan;
  plan.changes.emplace_back(AddTeam{team});
  plan.trail.push_back(
      trail(known, plan, "desk", "also to", "mailbox " + arrival.place.mailbox + ", team " + team));
  if (arrival.quiet || known.history.empty()) return plan;
  // They get the same notice as the first team did, those who had it already excepted.
  Scribe scribe{known, ticket, arrival.hash};
  if (arrival.mail() != nullptr) scribe.answers(arrival.mail()->message_id);
  std::vector<Agent const*> const first = known.house->members(ticket.team);
  for (Agent const* one : known.house->members(team)) {
    if (one->addresses.empty() || std::find(first.begin(), first.end(), one) != first.end()) continue;
    Letter letter = scribe.to_agent(LetterKind::opened, *one);
    letter.about = known.history.front().id;
    letter.articles = known.offered;
    plan.letters.push_back(std::move(letter));
  }
  return plan;
}

}  // namespace spoc::desk
