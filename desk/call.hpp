// SPDX-License-Identifier: GPL-3.0-or-later
// Phone calls: who called, as far as an agent's note says so, and the ticket that the call becomes.
#pragma once

#include "desk/plan.hpp"

#include <string_view>
#include <vector>

namespace spoc::desk {

/// What a few words say of a caller: an address, a number and a name, in any order.
Call caller_in(std::string_view words);

/// Is it an agent's mail to the call address? Whether they may speak for the agent is another question
/// (desk/trust.hpp).
bool is_call_note(Mail const& mail, House const& house);
/// The ways in which such a mail can be understood, the likeliest first: the caller stands in the first line
/// (perhaps behind "Caller:") or in the subject.
std::vector<Call> calls_in(Mail const& mail);

/// The arrival is an agent's note of known.call. known.callers are whom it may mean: one, and the ticket is
/// theirs; several or nobody, and it is the agent's until they say whose. known.contact is that person.
Plan plan_call(Arrival const& arrival, Known const& known);
/// The plan is that of such a note of which nobody vouches that the agent wrote it: it stays what it would be
/// from anybody, and the agent is told.
void refuse_call(Plan& plan, Arrival const& arrival, Known const& known);

}  // namespace spoc::desk
