// SPDX-License-Identifier: GPL-3.0-or-later
// Known outages: the first word on a new matter, and the last on each that belongs to one.
#include "desk/plan_outage.hpp"

#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

#include <iterator>

namespace spoc::desk {
namespace {

std::string over_words(std::string const& language) {
  std::string const tongue = spoken(language);
  if (tongue == "nb") return "Dette er over nå. Skriv her hvis det fortsatt ikke virker hos deg.";
  if (tongue == "zh-Hans") return "故障已经排除。如果您那里仍有问题，请在这里告诉我们。";
  if (tongue == "zh-Hant") return "故障已經排除。如果您那裡仍有問題，請在這裡告訴我們。";
  return "This is over now. Tell us here if it still does not work for you.";
}

std::string why_silent(Known const& known) {
  if (known.visitor_present) return "the visitor reads it in the chat";
  if (known.ticket->requester_address.address.empty()) return "no address is known";
  if (known.dead_address) return "the address does not take mail";
  if (known.automatic_sent >= known.house->automatic_budget)
    return "over the budget of automatic letters an hour";
  return "";
}

Letter known_letter(Announcement const& issue, Ticket const& ticket, Known const& known) {
  Scribe const scribe{known, ticket, "outage|" + std::to_string(number(issue.id))};
  Letter letter = scribe.to_requester(LetterKind::progress);
  letter.lines = {phrase("this is a fault that we know of: {1}", {text_in(issue, letter.language)}),
                  phrase("we tell you when it is over")};
  return letter;
}

Letter over_letter(Announcement const& issue, Ticket const& ticket, Known const& known) {
  Scribe const scribe{known, ticket, "outage over|" + std::to_string(number(issue.id))};
  Letter letter = scribe.to_requester(LetterKind::progress);
  letter.lines = {phrase("this fault is over: {1}", {text_in(issue, ticket.language)}),
                  phrase("if it still does not work for you, reply and tell us")};
  return letter;
}

/// "" where the requester hears of it, here, in the chat before their eyes or by another ticket; else why
/// not.
std::string tell_over(Plan& plan, Announcement const& announcement, std::optional<TicketId> heard,
                      Known const& known) {
  Ticket const& ticket = *known.ticket;
  std::string const words = text_in(announcement, ticket.language) + "\n\n" + over_words(ticket.language);
  if (!ticket.session.empty() && known.visitor_present && !heard) {
    // An open tab is not always looked at.
    say_in_chat(plan, over_letter(announcement, ticket, known), words, known);
    plan.trail.push_back({plan.ticket, known.now, "desk", "outage over", "in the chat"});
    return "";
  }
  if (!ticket.session.empty()) plan.messages.push_back(desk_line(words, known));
  std::string why = why_silent(known);
  bool const reached = why.empty() || known.visitor_present || heard;
  if (heard && (why.empty() || !known.visitor_present))
    why = "they were told in #" + std::to_string(number(*heard));
  if (!why.empty()) {
    plan.trail.push_back({plan.ticket, known.now, "desk", "outage over, no letter", why});
    return reached ? "" : why;
  }
  plan.letters.push_back(over_letter(announcement, ticket, known));
  plan.trail.push_back({plan.ticket, known.now, "desk", "outage over", ticket.requester_address.address});
  return "";
}

/// Nobody may call it solved while its requester knows nothing: agents find out.
void leave_untold(Plan& plan, Announcement const& announcement, std::string const& why, Known const& known) {
  Message note;
  note.kind = MessageKind::note;
  note.channel = known.ticket->channel;
  note.author = {known.house->name, ""};
  note.text = note.reply = "Outage " + std::to_string(number(announcement.id)) +
                           " is over, but the requester could not be told: " + why +
                           ". The ticket stays open; please make sure that they know.";
  note.rule = std::string{desk_rule};
  note.at = known.now;
  plan.messages.push_back(std::move(note));
}

/// Why nobody is told that an open ticket belongs to an outage; "" where they are.
std::string why_joined_silently(std::optional<TicketId> heard, bool answered, Known const& known) {
  if (answered) return "an agent has answered already";
  if (heard) return "they were told in #" + std::to_string(number(*heard));
  return why_silent(known);
}

/// The new ticket of a plan; nullptr for none.
Ticket const* new_ticket_of(Plan const& plan, Known const& known) {
  if (plan.open) return &*plan.open;
  return plan.split && known.ticket ? &*known.ticket : nullptr;
}

/// What the requester says in the mail or the line with which it begins; "" for what a machine wrote.
std::string words_of_requester(Plan const& plan, Ticket const& ticket) {
  auto const& words = plan.open ? plan.messages : plan.said;
  if (words.empty() || words.front().kind != MessageKind::inbound) return "";
  return ticket.subject + "\n" + words.front().reply;
}

void append(Plan& plan, Plan&& more) {
  auto const move_to = [](auto& all, auto& others) {
    all.insert(all.end(), std::move_iterator{others.begin()}, std::move_iterator{others.end()});
  };
  move_to(plan.messages, more.messages);
  move_to(plan.changes, more.changes);
  move_to(plan.letters, more.letters);
  move_to(plan.trail, more.trail);
}

}  // namespace

Announcement const* outage_of(Plan const& plan, std::vector<Announcement> const& announced,
                              Known const& known) {
  Ticket const* const ticket = new_ticket_of(plan, known);
  if (ticket == nullptr || announced.empty()) return nullptr;
  return known_issue(announced, words_of_requester(plan, *ticket), known.now, known.fold);
}

void join_outage(Plan& plan, Announcement const& issue, std::optional<TicketId> heard, Known const& known) {
  // Nobody acknowledges what was split off: it is as with a ticket that was there before.
  if (!plan.open) return append(plan, plan_joins_outage(issue, heard, false, known));
  plan.changes.emplace_back(BelongsTo{issue.id});
  if (!plan.open->related && issue.ticket != TicketId{}) plan.open->related = issue.ticket;
  std::string const which = "announcement " + std::to_string(number(issue.id));
  plan.trail.push_back({plan.ticket, known.now, "desk", "known outage",
                        heard ? which + "; they were told in #" + std::to_string(number(*heard)) : which});
  if (heard) return;
  for (Letter& letter : plan.letters) {
    if (letter.kind != LetterKind::acknowledgement) continue;
    letter.text = text_in(issue, letter.language);
    letter.articles.clear();
  }
  if (!plan.open->session.empty())
    say_in_chat(plan, known_letter(issue, *plan.open, known), text_in(issue, plan.open->language), known);
}

Time joins_at(Announcement const& announcement, House const& house) {
  return announcement.made + (announcement.ticket == TicketId{} ? Duration{} : house.undo_delay);
}

Plan plan_joins_outage(Announcement const& issue, std::optional<TicketId> heard, bool answered,
                       Known const& known) {
  Plan plan;
  Ticket const& ticket = *known.ticket;
  plan.ticket = ticket.id;
  plan.changes.emplace_back(BelongsTo{issue.id});
  bool const other = issue.ticket != TicketId{} && issue.ticket != ticket.id;
  if (!ticket.related && other) plan.changes.emplace_back(SetRelated{issue.ticket});
  std::string const which = "announcement " + std::to_string(number(issue.id));
  std::string const text = text_in(issue, spoken(ticket.language));
  if (!answered && !heard && !ticket.session.empty()) {
    if (known.visitor_present) {
      say_in_chat(plan, known_letter(issue, ticket, known), text, known);
      plan.trail.push_back({plan.ticket, known.now, "desk", "known outage", which + ", in the chat"});
      return plan;
    }
    plan.messages.push_back(desk_line(text, known));
  }
  if (std::string const why = why_joined_silently(heard, answered, known); !why.empty()) {
    plan.trail.push_back({plan.ticket, known.now, "desk", "known outage", which + ", no letter: " + why});
    return plan;
  }
  plan.letters.push_back(known_letter(issue, ticket, known));
  plan.trail.push_back({plan.ticket, known.now, "desk", "known outage", which});
  return plan;
}

Plan plan_outage_over(Announcement const& announcement, std::optional<TicketId> heard, Known const& known) {
  Plan plan;
  plan.ticket = known.ticket->id;
  if (finished(known.ticket->status)) {
    plan.trail.push_back(
        {plan.ticket, known.now, "desk", "outage over, no letter", "the ticket is finished"});
    return plan;
  }
  std::string const untold = tell_over(plan, announcement, heard, known);
  if (known.ticket->status != Status::fresh) return plan;
  if (!untold.empty()) {
    leave_untold(plan, announcement, untold, known);
  } else {
    plan.changes.emplace_back(SetStatus{Status::resolved});
    plan.trail.push_back({plan.ticket, known.now, "desk", "status", "new to resolved: the outage is over"});
  }
  return plan;
}

}  // namespace spoc::desk
