// SPDX-License-Identifier: GPL-3.0-or-later
// A plan in the words that other programs are told.
#include "desk/webhook.hpp"

#include "desk/plan.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

/// The word for one change; "" for what nobody outside has to know.
std::string_view word_of(Change const& change) {
  if (auto const* status = std::get_if<SetStatus>(&change))
    return status->status == Status::resolved ? "ticket.resolved"
           : status->status == Status::closed ? "ticket.closed"
                                              : "ticket.changed";
  if (std::holds_alternative<MergeInto>(change)) return "ticket.merged";
  bool const seen = std::holds_alternative<SetAssignee>(change) || std::holds_alternative<SetTeam>(change) ||
                    std::holds_alternative<SetPriority>(change) || std::holds_alternative<SetKind>(change) ||
                    std::holds_alternative<SetLevels>(change) ||
                    std::holds_alternative<SetCategory>(change) || std::holds_alternative<AddTag>(change) ||
                    std::holds_alternative<RemoveTag>(change) || std::holds_alternative<SetPromise>(change) ||
                    std::holds_alternative<SetSubject>(change) ||
                    std::holds_alternative<ReplaceRequester>(change) ||
                    std::holds_alternative<SetRequester>(change) || std::holds_alternative<SplitOff>(change);
  return seen ? "ticket.changed" : "";
}

std::string_view word_of(Message const& message) {
  switch (message.kind) {
    case MessageKind::inbound:
      return "message.received";
    case MessageKind::outbound:
      return "message.answered";
    case MessageKind::note:
      return "message.noted";
    case MessageKind::automatic:
      return "";
  }
  return "";
}

}  // namespace

std::vector<std::string_view> const& event_words() {
  static std::vector<std::string_view> const words{"ticket.opened", "message.received", "message.answered",
                                                   "message.noted", "ticket.changed",   "ticket.resolved",
                                                   "ticket.closed", "ticket.merged",    "alarm"};
  return words;
}

std::vector<std::string> events_of(Plan const& plan) {
  std::vector<std::string> out;
  auto const add = [&](std::string_view word) {
    if (!word.empty() && std::find(out.begin(), out.end(), word) == out.end()) out.emplace_back(word);
  };
  if (plan.open || plan.split) add("ticket.opened");
  // What may still be stopped is told of when it has left.
  for (Message const& one : plan.messages)
    if (one.state != MessageState::waiting) add(word_of(one));
  // That somebody wrote what was split off has been told.
  for (Message const& one : plan.said)
    if (!plan.split) add(word_of(one));
  for (Change const& one : plan.changes) add(word_of(one));
  return out;
}

}  // namespace spoc::desk
