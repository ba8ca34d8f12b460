// SPDX-License-Identifier: GPL-3.0-or-later
// What spocctl does in an agent's name goes by the way that the agent's mail takes.
#pragma once

#include "ctl/place.hpp"
#include "desk/arrival.hpp"

#include <string>

namespace spoc::ctl {

/// By handle. Kind::missing where there is no such agent.
Result<desk::Agent const*> agent_called(Place const& place, std::string const& handle);
/// The mail that the agent would have written to one of the desk's addresses.
desk::Arrival agent_mail(Place const& place, desk::Agent const& agent, desk::Mailbox const& box,
                         std::string const& to, std::string const& words);

}  // namespace spoc::ctl
