// SPDX-License-Identifier: GPL-3.0-or-later
// What a line from the widget makes happen, at once and after the gathering pause.
#include "desk/plan.hpp"
#include "desk/scribe.hpp"

namespace spoc::desk {
namespace {

/// The first words of a line make the subject; cut at a character boundary.
std::string subject_of(std::string const& text) {
  constexpr std::size_t longest = 80;
  std::string out = text.substr(0, text.find('\n'));
  if (out.size() <= longest) return out;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(out[end]) & 0xC0U) == 0x80U) --end;
  return out.substr(0, end) + "\xE2\x80\xA6";
}

Message message_of(Arrival const& arrival, ChatLine const& line, Known const& known) {
  Message out;
  out.kind = MessageKind::inbound;
  out.channel = Channel::chat;
  out.author = known.author.address;
  out.text = out.reply = line.text;
  out.rule = "session";
  out.ref = line.ref;
  out.at = arrival.received;
  return out;
}

Ticket new_ticket(Arrival const& arrival, ChatLine const& line, Known const& known) {
  Ticket out;
  out.id = known.next_ticket;
  out.subject = subject_of(line.text);
  out.channel = Channel::chat;
  if (!known.house->mailboxes.empty()) {
    Mailbox const* named = known.house->mailbox(arrival.place.mailbox);
    Mailbox const& mailbox = named != nullptr ? *named : known.house->mailboxes.front();
    out.mailbox = mailbox.name;
    out.team = mailbox.team;
    // Whoever types an address in the widget need not be its owner: nobody is a VIP here.
    classify(out, mailbox, *known.house, false);
  }
  out.requester = known.contact.id;
  out.requester_address = known.author.address;
  out.language = spoken(line.language);
  if (!known.author.address.address.empty()) out.participants.push_back(known.author.address);
  out.rule = "session";
  out.session = line.session;
  if (known.ticket) out.related = known.ticket->id;
  out.opened = out.changed = known.now;
  return out;
}

}  // namespace

Plan plan_chat(Arrival const& arrival, Known const& known) {
  Plan plan;
  ChatLine const& line = *arrival.line();
  plan.messages.push_back(message_of(arrival, line, known));
  bool const too_late = known.ticket && finished(known.ticket->status) && known.ticket->closed &&
                        known.now - *known.ticket->closed > known.house->reopen_window;
  if (known.ticket && !too_late) {
    plan.ticket = known.ticket->id;
    if (finished(known.ticket->status) || known.ticket->status == Status::waiting)
      plan.changes.emplace_back(SetStatus{Status::open});
    return plan;
  }
  plan.open = new_ticket(arrival, line, known);
  plan.ticket = plan.open->id;
  if (!arrival.suggestions.empty()) {
    std::vector<Suggestion> offered = arrival.suggestions;
    if (offered.size() > 3) offered.resize(3);
    plan.changes.emplace_back(Offered{std::move(offered)});
  }
  plan.trail.push_back({plan.ticket, known.now, "visitor", "opened", "by chat"});
  give_in_turn(plan, known);
  return plan;
}

Plan plan_gathered(std::vector<Message> const& lines, Known const& known) {
  Plan plan;
  Ticket const& ticket = *known.ticket;
  plan.ticket = ticket.id;
  std::string words;
  for (Message const& line : lines) words += (words.empty() ? "" : "\n") + line.reply;
  Scribe const scribe{known, ticket, "chat|" + std::to_string(number(lines.back().id))};
  for (Letter& letter : scribe.to_crew(known.told ? LetterKind::wrote : LetterKind::opened)) {
    letter.about = lines.back().id;
    letter.text = words;
    letter.articles = known.offered;
    plan.letters.push_back(std::move(letter));
  }
  return plan;
}

}  // namespace spoc::desk
