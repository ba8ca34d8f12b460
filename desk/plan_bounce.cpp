// SPDX-License-Identifier: GPL-3.0-or-later
// What a letter that did not arrive makes happen: refused by our server, given up, or bounced later on.
#include "desk/inbound.hpp"
#include "desk/phrase.hpp"
#include "desk/screen.hpp"

namespace spoc::desk {
namespace {

/// A question that did not arrive is awaited by nobody.
void end_question(Plan& plan, Letter const& letter) {
  if (letter.kind == LetterKind::asked) plan.changes.emplace_back(EndQuestions{normal(letter.to.address)});
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

}  // namespace

Plan plan_bounce(Arrival const& arrival, Mail const& mail, Known const& known) {
  Plan plan;
  Letter const& letter = *known.bounced;
  Bounce const& bounce = *mail.bounce;
  std::string const words = bounce.reason.empty() ? bounce.status : bounce.reason;
  plan.ticket = letter.ticket;
  plan.messages.push_back(message_of(arrival, mail, known));
  plan.trail.push_back(trail(known, plan, "desk", "bounced", bounce.recipient + ": " + words));
  // Delayed, delivered, relayed and expanded mail has not failed (RFC 3464 2.3.3).
  if (bounce.action != "failed" && !bounce.action.empty()) return plan;
  plan.changes.emplace_back(LetterFailed{letter.message_id, words});
  end_question(plan, letter);
  // In reports a sender may be named who is none of the refusal's; only words that blame one count.
  if (address_is_bad(bounce.status) && !blames_sender(words, ""))
    plan.changes.emplace_back(MarkDead{normal(letter.to.address), words});
  if (!letter.agent.empty())
    plan.alarm = "a notice to agent " + letter.agent + " <" + letter.to.address + "> came back: " + words;
  tell_bounced(plan, arrival, bounce, known);
  return plan;
}

Plan plan_undelivered(Letter const& letter, std::string const& words, bool permanent, Known const& known) {
  Plan plan;
  plan.ticket = letter.ticket;
  plan.trail.push_back(trail(known, plan, "desk", "undelivered",
                             std::string{name(letter.kind)} + " to " + letter.to.address + ": " + words));
  if (permanent) plan.changes.emplace_back(MarkDead{normal(letter.to.address), words});
  end_question(plan, letter);
  if (!letter.agent.empty())
    plan.alarm =
        "a notice to agent " + letter.agent + " <" + letter.to.address + "> did not arrive: " + words;
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

Plan plan_delayed(Letter const& letter, std::string const& words, Known const& known) {
  Plan plan;
  plan.ticket = letter.ticket;
  plan.trail.push_back(trail(known, plan, "desk", "delayed", delayed_mark(letter) + ": " + words));
  // Nobody waits for a notice of ours as for an answer.
  bool const somebodys_words = letter.kind == LetterKind::answer || letter.kind == LetterKind::asked;
  if (!somebodys_words || !known.ticket) return plan;
  Scribe const scribe{known, *known.ticket, letter.message_id + " delayed"};
  for (Letter& told : scribe.to_crew(LetterKind::happened)) {
    told.lines = {phrase("what was written to {1} has not left yet: {2}; it is tried again and again",
                         {letter.to.address, words})};
    told.text = letter.text;
    plan.letters.push_back(std::move(told));
  }
  return plan;
}

std::string delayed_mark(Letter const& letter) {
  return "letter " + std::to_string(number(letter.id)) + " to " + letter.to.address;
}

}  // namespace spoc::desk
