// SPDX-License-Identifier: GPL-3.0-or-later
// Plans in the words that other programs are told.
#include "desk/webhook.hpp"

#include "desk/plan.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace spoc::desk {
namespace {

struct EventRow {
  std::string name;
  Plan plan;
  std::vector<std::string> events;
};

Plan changes(std::vector<Change> all) {
  Plan plan;
  plan.changes = std::move(all);
  return plan;
}

Plan message(MessageKind kind) {
  Plan plan;
  plan.messages.emplace_back();
  plan.messages.back().kind = kind;
  return plan;
}

/// One whose letter may still be stopped.
Plan that_waits(MessageKind kind) {
  Plan plan = message(kind);
  plan.messages.back().state = MessageState::waiting;
  return plan;
}

/// One whose letter has left.
Plan that_left(MessageKind kind) {
  Plan plan;
  plan.said = message(kind).messages;
  return plan;
}

Plan opened() {
  Plan plan = message(MessageKind::inbound);
  plan.open = Ticket{};
  return plan;
}

Plan split_off() {
  Plan plan = that_left(MessageKind::inbound);
  plan.split = true;
  return plan;
}

class WebhookEvents : public testing::TestWithParam<EventRow> {};

TEST_P(WebhookEvents, AreWhatHappened) {
  auto const events = events_of(GetParam().plan);
  EXPECT_EQ(events, GetParam().events);
  for (std::string const& one : events)
    EXPECT_NE(std::find(event_words().begin(), event_words().end(), one), event_words().end()) << one;
}

INSTANTIATE_TEST_SUITE_P(
    Table, WebhookEvents,
    testing::Values(EventRow{"nothing", {}, {}},
                    EventRow{"opened", opened(), {"ticket.opened", "message.received"}},
                    EventRow{"answered", message(MessageKind::outbound), {"message.answered"}},
                    EventRow{"answer_waits", that_waits(MessageKind::outbound), {}},
                    EventRow{"answer_left", that_left(MessageKind::outbound), {"message.answered"}},
                    EventRow{"question_waits", that_waits(MessageKind::note), {}},
                    EventRow{"question_left", that_left(MessageKind::note), {"message.noted"}},
                    EventRow{"noted", message(MessageKind::note), {"message.noted"}},
                    EventRow{"machine", message(MessageKind::automatic), {}},
                    EventRow{"solved", changes({SetStatus{Status::resolved}}), {"ticket.resolved"}},
                    EventRow{"closed", changes({SetStatus{Status::closed}}), {"ticket.closed"}},
                    EventRow{"waits", changes({SetStatus{Status::waiting}}), {"ticket.changed"}},
                    EventRow{"changed_once", changes({SetAssignee{"sam"}, AddTag{"x"}}), {"ticket.changed"}},
                    EventRow{"filed", changes({SetCategory{"network"}}), {"ticket.changed"}},
                    EventRow{"split", changes({SplitOff{}}), {"ticket.changed"}},
                    EventRow{"split_off", split_off(), {"ticket.opened"}},
                    EventRow{"merged", changes({MergeInto{}}), {"ticket.merged"}},
                    EventRow{"inside", changes({DropUndo{"sam"}, Offered{}}), {}}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::desk
