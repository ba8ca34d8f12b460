// SPDX-License-Identifier: GPL-3.0-or-later
// /do NAME: the commands and the text of a macro, in its place.
#pragma once

#include "desk/commands.hpp"
#include "desk/people.hpp"

#include <string>
#include <vector>

namespace spoc::desk {

/// The block as if the agent had written out each macro: its commands where /do stood, its words (in the
/// ticket's language where there are such) behind the agent's own. {requester}, {number} and {agent} in them
/// become the requester's name, the ticket's number and the agent's name.
CommandBlock with_macros(CommandBlock block, House const& house, Ticket const& ticket, Agent const& agent);

/// What is wrong with a macro, one line each: unknown commands, a /do within it.
std::vector<std::string> macro_faults(Macro const& macro);

}  // namespace spoc::desk
