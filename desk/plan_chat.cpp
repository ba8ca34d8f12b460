// SPDX-License-Identifier: GPL-3.0-or-later
// What a line from the widget makes happen, at once and after the gathering pause.
#include "desk/courtesy.hpp"
#include "desk/desk_line.hpp"
#include "desk/excerpt.hpp"
#include "desk/held.hpp"
#include "desk/inbound.hpp"
#include "desk/phrase.hpp"
#include "desk/plan.hpp"
#include "desk/scribe.hpp"
#include "desk/verdict.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

/// The first words of a line make the subject.
std::string subject_of(std::string const& text) {
  constexpr std::size_t longest = 80;
  return first_line_of(text, longest);
}

Message message_of(Arrival const& arrival, ChatLine const& line, Known const& known) {
  Message out;
  out.kind = MessageKind::inbound;
  out.channel = Channel::chat;
  out.author = known.author.address;
  out.text = out.reply = line.text;
  out.rule = "session";
  out.ref = line.ref;
  out.attachments = line.files;
  if (Mailbox const* mailbox = known.house->mailbox(arrival.place.mailbox))
    hold_dangerous(out.attachments, mailbox->held_extensions);
  out.at = arrival.received;
  return out;
}

Ticket new_ticket(Arrival const& arrival, ChatLine const& line, Known const& known) {
  Ticket out;
  out.id = known.next_ticket;
  out.subject = subject_of(line.text);
  out.channel = Channel::chat;
  out.mailbox = mailbox_of(arrival, *known.house).name;
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

/// A visitor who had not said their name yet is the one who is known now.
std::string who_said(Message const& line, Ticket const& ticket) {
  bool const nameless = line.author.name.empty() && line.author.address.empty();
  Address const& who = nameless && line.kind == MessageKind::inbound ? ticket.requester_address : line.author;
  return who.name.empty() ? who.address : who.name;
}

/// What an agent sent along. A visitor's file is a line of its own, which has its name for words.
std::string names_of_files(Message const& line) {
  std::string out;
  if (line.kind == MessageKind::outbound)
    for (Attachment const& file : line.attachments)
      if (file.held.empty()) out += "\n[" + file.filename + "]";
  return out;
}

/// "2026-11-21 20:15 UTC": nobody knows where the reader is.
std::string minute_of(Time at) {
  std::string const text = iso(at);
  return text.substr(0, 10) + " " + text.substr(11, 5) + " UTC";
}

/// What an agent should know of where the answer will be read.
std::vector<std::string> whereabouts(Known const& known) {
  std::vector<std::string> out;
  if (known.visitor_back)
    out.push_back(phrase("the visitor is back since {1}", {minute_of(*known.visitor_back)}));
  std::string const& address = known.ticket->requester_address.address;
  if (!known.visitor_present && address.empty())
    out.push_back(phrase("the visitor has left without an address: your answer waits in the widget"));
  if (!known.visitor_present && !address.empty())
    out.push_back(phrase("the visitor has left: your answer goes to {1}", {address}));
  return out;
}

/// Thanks, and "yes" to "is it solved?", are nothing to work on.
bool asks_for_nothing(std::string const& words) {
  return is_courtesy(words) || verdict_of(words) == Verdict::solved;
}

/// What a line does to the status of its ticket, as a mail would.
void follow_line(Plan& plan, std::string const& words, Known const& known) {
  Status const status = known.ticket->status;
  auto const say = [&](std::string who, std::string what, std::string detail) {
    plan.trail.push_back({plan.ticket, known.now, std::move(who), std::move(what), std::move(detail)});
  };
  say("visitor", "wrote", "by chat");
  if (finished(status) && verdict_of(words) == Verdict::solved) {
    bool const closes = status == Status::resolved;
    if (closes) plan.changes.emplace_back(SetStatus{Status::closed});
    return say("visitor", "confirmed", closes ? "solved: resolved to closed" : "solved");
  }
  if (finished(status) && is_courtesy(words)) return say("desk", "courtesy", "filed without reopening");
  if (!finished(status) && status != Status::waiting) return;
  plan.changes.emplace_back(SetStatus{Status::open});
  bool const unsolved = finished(status) && verdict_of(words) == Verdict::unsolved;
  say("desk", "reopened",
      std::string{name(status)} + " to open: " + (unsolved ? "not solved" : "the visitor wrote"));
}

/// A "no" that comes too late to open the ticket again by itself: whoever had it decides. The visitor may
/// have left no address under which a new one could be answered.
void tell_unsolved_late(Plan& plan, Known const& known, std::string const& words) {
  Scribe const scribe{known, *known.ticket, "unsolved late/" + std::to_string(to_number(known.now))};
  for (Letter& letter : scribe.to_crew(LetterKind::happened)) {
    letter.about = newest_words(known);
    letter.lines = {phrase(
        "the visitor says that it is not solved, too late to open it again by itself: /reopen takes it up")};
    letter.text = words;
    plan.letters.push_back(std::move(letter));
  }
}

}  // namespace

Plan plan_chat(Arrival const& arrival, Known const& known) {
  Plan plan;
  ChatLine const& line = *arrival.line();
  plan.messages.push_back(message_of(arrival, line, known));
  if (known.ticket && (!past_reopening(known) || asks_for_nothing(line.text))) {
    plan.ticket = known.ticket->id;
    follow_line(plan, line.text, known);
    return plan;
  }
  plan.open = new_ticket(arrival, line, known);
  plan.ticket = plan.open->id;
  if (!arrival.suggestions.empty()) {
    plan.changes.emplace_back(Offered{best_of(arrival.suggestions)});
  }
  plan.trail.push_back({plan.ticket, known.now, "visitor", "opened", "by chat"});
  // Whoever types an address in the widget need not be its owner: nobody is a VIP here.
  place(plan, mailbox_of(arrival, *known.house), line.text, false, known);
  return plan;
}

Plan plan_ended(Rated const& rated, Known const& known) {
  Plan plan;
  plan.ticket = known.ticket->id;
  plan.changes.emplace_back(rated);
  std::string said = rated.solved     ? "solved"
                     : rated.unsolved ? "not solved"
                                      : "did not say whether it is solved";
  if (rated.score > 0) said += ", " + std::to_string(rated.score) + " of 5";
  if (!rated.words.empty()) said += ": " + rated.words;
  plan.trail.push_back({plan.ticket, known.now, "visitor", "ended the chat", said});
  if (rated.solved && !finished(known.ticket->status)) {
    plan.changes.emplace_back(SetStatus{Status::resolved});
    plan.trail.push_back({plan.ticket, known.now, "visitor", "status", "resolved"});
  } else if (rated.solved && known.ticket->status == Status::resolved) {
    plan.changes.emplace_back(SetStatus{Status::closed});
    plan.trail.push_back({plan.ticket, known.now, "visitor", "confirmed", "solved: resolved to closed"});
  }
  if (!rated.unsolved || !finished(known.ticket->status)) return plan;
  if (past_reopening(known))
    tell_unsolved_late(plan, known, rated.words);
  else
    take_up_again(plan, known, "visitor", "not solved, by the widget", rated.words);
  return plan;
}

Plan plan_transcript(std::vector<Message> const& lines, Known const& known) {
  Plan plan;
  plan.ticket = known.ticket->id;
  bool const answered = std::any_of(lines.begin(), lines.end(), [](Message const& one) {
    return one.kind == MessageKind::outbound && is_public(one) && !is_desk_line(one);
  });
  bool const too_many = known.automatic_sent >= known.house->automatic_budget;
  if (!answered || too_many || known.dead_address || known.ticket->requester_address.address.empty())
    return plan;
  Scribe const scribe{known, *known.ticket, "transcript|" + std::to_string(to_number(known.now))};
  Letter letter = scribe.to_requester(LetterKind::transcript);
  for (Message const& line : lines)
    letter.text += (letter.text.empty() ? "" : "\n\n") + who_said(line, *known.ticket) + ", " +
                   minute_of(line.at) + "\n" + line.reply + names_of_files(line);
  plan.letters.push_back(std::move(letter));
  plan.trail.push_back(
      {plan.ticket, known.now, "visitor", "transcript", known.ticket->requester_address.address});
  return plan;
}

Plan plan_proof(std::string const& word, std::string const& link, Known const& known) {
  Plan plan;
  plan.ticket = known.ticket->id;
  std::string const& address = known.ticket->requester_address.address;
  bool const too_many = known.automatic_sent >= known.house->automatic_budget;
  if (too_many || known.dead_address || address.empty()) return plan;
  Scribe const scribe{known, *known.ticket, "proof|" + word + "|" + std::to_string(to_number(known.now))};
  Letter letter = scribe.to_requester(LetterKind::proof);
  // Nobody knows yet who reads this: neither the name nor the way into the ticket is for them.
  letter.to.name.clear();
  letter.token.clear();
  letter.text = word;
  if (!link.empty()) letter.lines = {link};
  plan.letters.push_back(std::move(letter));
  plan.trail.push_back({plan.ticket, known.now, "visitor", "asked for a proof", address});
  return plan;
}

std::string words_of(std::vector<Message> const& lines) {
  std::string words;
  for (Message const& line : lines) words += (words.empty() ? "" : "\n") + line.reply;
  return words;
}

Plan plan_gathered(std::vector<Message> const& lines, Known const& known) {
  Plan plan;
  Ticket const& ticket = *known.ticket;
  plan.ticket = ticket.id;
  // As with mails: what left a finished ticket finished wakes nobody.
  bool const nothing =
      std::all_of(lines.begin(), lines.end(), [](Message const& one) { return asks_for_nothing(one.reply); });
  if (known.told && finished(ticket.status) && nothing) return plan;
  std::string const words = words_of(lines);
  auto const offered = best_of(known.suggested.empty() ? known.offered : known.suggested);
  if (!known.suggested.empty()) plan.changes.emplace_back(Offered{offered});
  Scribe const scribe{known, ticket, "chat|" + std::to_string(number(lines.back().id))};
  for (Letter& letter : scribe.to_crew(known.told ? LetterKind::wrote : LetterKind::opened)) {
    letter.about = lines.back().id;
    letter.text = words;
    letter.lines = whereabouts(known);
    for (std::string& line : similar_lines(known)) letter.lines.push_back(std::move(line));
    letter.articles = offered;
    plan.letters.push_back(std::move(letter));
  }
  return plan;
}

}  // namespace spoc::desk
