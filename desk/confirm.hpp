// SPDX-License-Identifier: GPL-3.0-or-later
// A mail that was refused for its sender, and whose agent says that it was theirs: who reads the mails of
// that agent's address has proved as much as any signature would.
#pragma once

#include "desk/plan.hpp"
#include "desk/trust.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace spoc::desk {

/// Later nobody remembers what they confirm.
inline constexpr Duration confirmable = std::chrono::days{7};

/// Do the words say /confirm and nothing else, a signature aside? `names` are the author's.
bool says_confirm(std::string_view words, std::vector<std::string> const& names);
/// The Message-ID of the refusal of these bytes, of which only its reader knows: no other proof is asked for.
/// `token` is the letter's.
std::string refusal_id(std::string_view hash, std::string_view token, House const& house, Sign const& sign);
/// The claim of a mail that was refused for its sender, as if `agent` had sent it from where they should;
/// nothing where its sender was not the reason.
std::optional<AgentClaim> claim_confirmed(Mail const& refused, Agent const& agent, House const& house,
                                          Sign const& sign);
/// What the refused mail makes happen now, in the name of `claim`, with a receipt in any case. Files are not
/// passed on: nobody has looked into them.
Plan plan_confirmed(Arrival const& refused, Known const& known, AgentClaim claim);

}  // namespace spoc::desk
