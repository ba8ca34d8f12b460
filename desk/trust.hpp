// SPDX-License-Identifier: GPL-3.0-or-later
// Is it really the agent who writes? From AND the token AND, where configured, what our own MX says.
#pragma once

#include "desk/mail.hpp"
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

/// The token of a question to somebody outside that this mail answers; nothing where it answers none. An
/// address counts before the thread, the thread before the body.
std::optional<Token> third_party_token(Mail const& mail, Sign const& sign);

/// Does the topmost Authentication-Results field (RFC 8601) of one of our own servers vouch for the From
/// domain? dmarc=pass, or dkim=pass / spf=pass for that very domain.
bool vouched(Mail const& mail, std::vector<std::string> const& authserv_ids);

}  // namespace spoc::desk
