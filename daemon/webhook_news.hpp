// SPDX-License-Identifier: GPL-3.0-or-later
// What webhooks are told of a plan that has been written: queued in the plan's own commit.
#pragma once

#include "desk/plan.hpp"
#include "store/store.hpp"

#include <cstddef>
#include <string>

namespace spoc::daemon {

/// Queues a call for each webhook that hears of what happened, and for each that a rule asks for; the body is
/// made now and stays the same whenever it is sent. Returns how many.
std::size_t queue_calls(store::Tx& tx, desk::Plan const& plan, desk::News const& news,
                        desk::House const& house, desk::Time now);

/// Queues a call for each webhook that hears of alarms, but for the one that the alarm is about. How many.
std::size_t queue_alarm(store::Tx& tx, std::string const& words, std::string const& about,
                        desk::House const& house, desk::Time now);

/// Queues a call that says nothing but that it is a test.
void queue_test_call(store::Tx& tx, desk::Webhook const& webhook, desk::Time now);

}  // namespace spoc::daemon
