// SPDX-License-Identifier: GPL-3.0-or-later
// A requester's mail that an agent passed on to the desk: the requester's ticket, the agent's words a note.
#include "desk/inbound.hpp"
#include "desk/phrase.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

bool is_enclosed_mail(Attachment const& one) {
  return one.type == "message/rfc822" || one.type == "message/global";
}

/// The mail as it would have looked had its author written to us.
Mail passed_on(Mail const& mail) {
  Forwarded const& forwarded = *mail.forwarded;
  Mail out = mail;
  out.from = {forwarded.author};
  out.sender.reset();
  out.return_path.reset();
  out.reply_to.clear();
  out.to = forwarded.to;
  out.cc = forwarded.cc;
  if (!forwarded.subject.empty()) out.subject = forwarded.subject;
  out.text = forwarded.text;
  out.reply = forwarded.reply.empty() ? forwarded.text : forwarded.reply;
  out.html.clear();
  out.message_id = forwarded.message_id;
  out.language = forwarded.language;
  out.authentication_results.clear();
  out.signatures.clear();
  if (!forwarded.enclosed) return out;
  std::erase_if(out.attachments, is_enclosed_mail);
  out.attachments.insert(out.attachments.end(), forwarded.attachments.begin(), forwarded.attachments.end());
  return out;
}

/// The agent's own mail, whole, for agents alone.
Message note_of(Arrival const& arrival, Mail const& mail, Known const& known) {
  Message out = message_of(arrival, mail, known);
  out.kind = MessageKind::note;
  out.author = {known.author.agent->name, normal(mail.from.front().address)};
  out.agent = known.author.agent->handle;
  out.reply = mail.forwarded->note;
  out.html.clear();
  out.attachments.clear();
  return out;
}

void tell_agent(Plan& plan, Arrival const& arrival, Mail const& mail, Known const& known,
                Ticket const& ticket, std::vector<std::string> lines) {
  if (arrival.quiet || known.author.agent == nullptr || known.author.agent->addresses.empty()) return;
  Scribe scribe{known, ticket, arrival.hash};
  scribe.answers(mail.message_id);
  Letter letter = scribe.to_agent(LetterKind::receipt, *known.author.agent);
  letter.lines = std::move(lines);
  if (mail.forwarded) letter.text = mail.forwarded->note;
  plan.letters.push_back(std::move(letter));
}

std::string shown(Address const& one) {
  return one.name.empty() ? one.address : one.name + " <" + one.address + ">";
}

}  // namespace

Plan plan_forward(Arrival const& arrival, Mail const& mail, Known const& known) {
  Mail const theirs = passed_on(mail);
  bool const new_ticket = !known.ticket || finished(known.ticket->status);
  bool const had_already = known.ticket && known.forwarded_before;
  Plan plan;
  if (had_already) {
    plan.ticket = known.ticket->id;
  } else if (new_ticket) {
    Known anew = known;
    if (known.ticket) anew.match.related = known.ticket->id;
    anew.ticket.reset();
    anew.thread_ids.clear();
    plan = open_ticket(arrival, theirs, anew);
  } else {
    plan = follow_up(arrival, theirs, known);
  }
  std::string const handle = "agent:" + known.author.agent->handle;
  plan.messages.push_back(note_of(arrival, mail, known));
  plan.trail.push_back(trail(known, plan, handle, "passed on", "a mail of " + known.author.address.address));
  std::string const number_of = std::to_string(number(plan.ticket));
  std::string const line =
      had_already
          ? phrase("the mail that you passed on is in ticket #{1} already", {number_of})
          : phrase("the mail that you passed on is {1}'s: ticket #{2} is theirs, and answers go to them",
                   {shown(known.author.address), number_of});
  tell_agent(plan, arrival, mail, known, plan.open ? *plan.open : *known.ticket, {line});
  return plan;
}

void ask_whose(Plan& plan, Arrival const& arrival, Known const& known) {
  plan.trail.push_back(trail(known, plan, "desk", "asked whose", "the mail passed on names no address"));
  tell_agent(
      plan, arrival, *arrival.mail(), known, *plan.open,
      {phrase("the mail that you passed on does not say whose it is, so ticket #{1} is yours; reply with "
              "/requester ADDRESS to give it to its requester",
              {std::to_string(number(plan.ticket))})});
}

}  // namespace spoc::desk
