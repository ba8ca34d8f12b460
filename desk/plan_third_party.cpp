// SPDX-License-Identifier: GPL-3.0-or-later
// The answer of somebody outside whom an agent asked: a note in the ticket, and word to its agents.
#include "desk/inbound.hpp"

namespace spoc::desk {
namespace {

bool from_a_person(Mail const& mail) {
  return mail.kind == MailKind::personal || mail.kind == MailKind::list;
}

Message note_of_answer(Arrival const& arrival, Mail const& mail, Known const& known) {
  Message out = message_of(arrival, mail, known);
  if (from_a_person(mail)) out.kind = MessageKind::note;
  out.rule = "third-party";
  return out;
}

/// Whose question it answers; "" where somebody answers who was not asked: whose it was, nobody can tell.
std::string whose_answer(Known const& known) {
  std::string const address = normal(known.author.address.address);
  return issued_to(*known.token, address, known.sign) ? address : "";
}

/// Past the budget of mails it is kept like the others, but nobody is told any more.
bool floods(Plan& plan, Known const& known) {
  int const budget = known.house->mail_budget;
  if (budget <= 0 || known.mails < budget) return false;
  std::string const words =
      "more than " + std::to_string(budget) + " mails an hour from " + known.author.address.address;
  plan.trail.push_back(trail(known, plan, "desk", "flooded", words));
  if (known.mails == budget) plan.alarm = words + ": they are filed without letters, until it ends";
  return true;
}

}  // namespace

Plan plan_third_party(Arrival const& arrival, Known const& known) {
  Mail const& mail = *arrival.mail();
  Plan plan;
  plan.ticket = known.ticket->id;
  plan.messages.push_back(note_of_answer(arrival, mail, known));
  plan.trail.push_back({plan.ticket, known.now, "third:" + known.author.address.address,
                        from_a_person(mail) ? "replied" : "filed", mail.kind_reason});
  if (from_a_person(mail)) plan.changes.emplace_back(EndQuestions{whose_answer(known)});
  if (!from_a_person(mail) || arrival.quiet || floods(plan, known)) return plan;
  // A forwarded question is answered by somebody else: kept all the same, and the operator may look.
  if (whose_answer(known).empty())
    plan.trail.push_back({plan.ticket, known.now, "desk", "unexpected sender",
                          "the question was put to somebody else than " + known.author.address.address});
  // Whoever waited for them has something to do now, and the clock runs again.
  if (known.ticket->status == Status::waiting) {
    plan.changes.emplace_back(SetStatus{Status::open});
    plan.trail.push_back({plan.ticket, known.now, "desk", "status", "waiting to open"});
  }
  Scribe const scribe{known, *known.ticket, arrival.hash};
  for (Letter& letter : scribe.to_crew(LetterKind::replied, nullptr, Purpose::note)) {
    letter.about = about_new;
    plan.letters.push_back(std::move(letter));
  }
  return plan;
}

}  // namespace spoc::desk
