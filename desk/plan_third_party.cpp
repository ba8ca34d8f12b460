// SPDX-License-Identifier: GPL-3.0-or-later
// The answer of somebody outside whom an agent asked: a note in the ticket, and word to its agents.
#include "desk/plan.hpp"
#include "desk/scribe.hpp"

namespace spoc::desk {
namespace {

bool from_a_person(Mail const& mail) {
  return mail.kind == MailKind::personal || mail.kind == MailKind::list;
}

Message note_of(Arrival const& arrival, Mail const& mail, Known const& known) {
  Message out;
  out.kind = from_a_person(mail) ? MessageKind::note : MessageKind::automatic;
  out.author = known.author.address;
  out.subject = mail.subject;
  out.text = mail.text;
  out.reply = mail.reply;
  out.html = mail.html;
  out.message_id = mail.message_id;
  out.raw_hash = arrival.hash;
  out.rule = "third-party";
  out.at = arrival.received;
  out.attachments = mail.attachments;
  return out;
}

}  // namespace

Plan plan_third_party(Arrival const& arrival, Known const& known) {
  Mail const& mail = *arrival.mail();
  Plan plan;
  plan.ticket = known.ticket->id;
  plan.messages.push_back(note_of(arrival, mail, known));
  plan.trail.push_back({plan.ticket, known.now, "third:" + known.author.address.address,
                        from_a_person(mail) ? "replied" : "filed", mail.kind_reason});
  if (!from_a_person(mail) || arrival.quiet) return plan;
  // A forwarded question is answered by somebody else: kept all the same, and the operator may look.
  if (!issued_to(*known.token, known.author.address.address, known.sign))
    plan.trail.push_back({plan.ticket, known.now, "desk", "unexpected sender",
                          "the question was put to somebody else than " + known.author.address.address});
  Scribe const scribe{known, *known.ticket, arrival.hash};
  for (Letter& letter : scribe.to_crew(LetterKind::replied, nullptr, Purpose::note)) {
    letter.about = about_new;
    plan.letters.push_back(std::move(letter));
  }
  return plan;
}

}  // namespace spoc::desk
