// SPDX-License-Identifier: GPL-3.0-or-later
// Knows a confirmation, and in whose name the refused mail counts then.
#include "desk/confirm.hpp"

#include "desk/agent_work.hpp"
#include "desk/commands.hpp"
#include "desk/sign_off.hpp"

namespace spoc::desk {

bool says_confirm(std::string_view words, std::vector<std::string> const& names) {
  CommandBlock const block = read_commands(words);
  bool const alone = block.words.empty() || is_lone_sign_off(block.words, names);
  return alone && block.faults.empty() && block.commands.size() == 1 &&
         block.commands.front().verb == Verb::confirm;
}

std::string refusal_id(std::string_view hash, std::string_view token, House const& house, Sign const& sign) {
  // As Scribe::letter() makes it.
  return mint_message_id(token, std::string{name(LetterKind::refusal)} + "|" + std::string{hash},
                         house.domain, sign);
}

std::optional<AgentClaim> claim_confirmed(Mail const& refused, Agent const& agent, House const& house,
                                          Sign const& sign) {
  AgentClaim claim = agent_claim(refused, house, sign);
  bool const theirs = claim.agent == &agent || (claim.agent == nullptr && claim.issued == &agent);
  if (is_of_a_machine(refused) || !claim.made || claim.faults.empty() || !theirs ||
      claim.token->purpose == Purpose::digest)
    return std::nullopt;
  claim.agent = claim.issued = &agent;
  claim.faults.clear();
  return claim;
}

}  // namespace spoc::desk
