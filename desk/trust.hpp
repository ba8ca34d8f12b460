// SPDX-License-Identifier: GPL-3.0-or-later
// Is it really the agent who writes? From AND the token AND, where configured, what our own MX says.
#pragma once

#include "desk/checks.hpp"
#include "desk/token.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::desk {

/// A mail's claim to be an agent's answer.
struct AgentClaim {
  bool made = false;              ///< it came to an agent's token, or from an agent with one at hand
  Agent const* agent = nullptr;   ///< whose address From is, nullptr for a stranger
  Agent const* issued = nullptr;  ///< to whom the token was issued
  std::optional<Token> token;
  std::vector<std::string> faults;  ///< why it may not act; empty: it may
};

AgentClaim agent_claim(Mail const& mail, House const& house, Sign const& sign);

/// Is nothing wanting for taking From at its word when it names an agent? (authserv_ids, dkim_required)
bool may_speak_for_agent(Mail const& mail, House const& house);

/// The token of a question to somebody outside that this mail answers; nothing where it answers none. An
/// address counts before the thread, the thread before the body.
std::optional<Token> third_party_token(Mail const& mail, Sign const& sign);

/// Does what may be believed of Authentication-Results (desk/checks.hpp) vouch for the From domain?
/// dmarc=pass, or dkim=pass / spf=pass for that very domain.
bool vouched(Mail const& mail, std::vector<std::string> const& authserv_ids);

}  // namespace spoc::desk
