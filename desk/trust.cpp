// SPDX-License-Identifier: GPL-3.0-or-later
// Checks who an agent's mail comes from.
#include "desk/trust.hpp"

#include "desk/phrase.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

struct Found {
  Token token;
  bool addressed;  ///< stood in a recipient address
};

std::vector<Found> tokens_of(Mail const& mail, Role role, Sign const& sign) {
  std::vector<Found> out;
  auto const gather = [&](std::string_view text, bool addressed) {
    for (Token const& token : tokens_in(text, sign))
      if (token.role == role) out.push_back({token, addressed});
  };
  for (auto const* list : {&mail.to, &mail.cc})
    for (Address const& one : *list) gather(one.address, true);
  for (std::string const& one : mail.delivered_to) gather(one, true);
  for (std::string const& id : mail.in_reply_to) gather(id, false);
  for (auto id = mail.references.rbegin(); id != mail.references.rend(); ++id) gather(*id, false);
  gather(mail.text, false);
  return out;
}

bool issued_to_agent(Token const& token, Agent const& agent, Sign const& sign) {
  return std::any_of(agent.addresses.begin(), agent.addresses.end(),
                     [&](std::string const& address) { return issued_to(token, address, sign); });
}

std::string_view domain_of(std::string_view address) {
  auto const at = address.rfind('@');
  return at == std::string_view::npos ? std::string_view{} : address.substr(at + 1);
}

/// Written to the address that the author has as a requester: an agent may need the desk's help too.
bool answers_as_requester(Mail const& mail, std::string const& author, Sign const& sign) {
  auto const theirs = [&](std::string_view text) {
    auto const tokens = tokens_in(text, sign);
    return std::any_of(tokens.begin(), tokens.end(), [&](Token const& one) {
      return one.role == Role::requester && issued_to(one, author, sign);
    });
  };
  return std::any_of(mail.to.begin(), mail.to.end(), [&](Address const& one) { return theirs(one.address); });
}

/// The property's value in one method's part: "header.d=example.org" -> "example.org"; for addresses their
/// domain.
std::string property(std::string_view part, std::string_view key) {
  auto const at = part.find(key);
  if (at == std::string_view::npos) return "";
  std::string_view value = part.substr(at + key.size());
  value = value.substr(0, value.find_first_of(" ;\t()"));
  auto const sign = value.rfind('@');
  return std::string{sign == std::string_view::npos ? value : value.substr(sign + 1)};
}

bool part_vouches(std::string_view part, std::string_view domain) {
  auto const says = [&](std::string_view result) { return part.find(result) != std::string_view::npos; };
  if (says("dmarc=pass")) return property(part, "header.from=") == domain;
  if (says("dkim=pass")) return property(part, "header.d=") == domain;
  if (says("spf=pass")) return property(part, "smtp.mailfrom=") == domain;
  return false;
}

}  // namespace

std::optional<Token> third_party_token(Mail const& mail, Sign const& sign) {
  std::vector<Found> const found = tokens_of(mail, Role::third, sign);
  return found.empty() ? std::nullopt : std::optional{found.front().token};
}

bool vouched(Mail const& mail, std::vector<std::string> const& authserv_ids) {
  if (mail.from.size() != 1) return false;
  std::string const domain = normal(domain_of(mail.from.front().address));
  for (std::string const& field : mail.authentication_results) {
    std::string const text = normal(field);
    std::string const server = text.substr(0, text.find_first_of(" ;\t"));
    bool const ours = std::any_of(authserv_ids.begin(), authserv_ids.end(),
                                  [&](std::string const& id) { return normal(id) == server; });
    if (!ours) continue;
    // Only the topmost field of ours counts: whatever stands below it came in with the mail.
    for (std::size_t at = text.find(';'); at != std::string::npos; at = text.find(';', at + 1))
      if (part_vouches(std::string_view{text}.substr(at + 1, text.find(';', at + 1) - at - 1), domain))
        return true;
    return false;
  }
  return false;
}

AgentClaim agent_claim(Mail const& mail, House const& house, Sign const& sign) {
  AgentClaim claim;
  std::string const author = mail.from.empty() ? "" : mail.from.front().address;
  claim.agent = house.agent_at(author);
  std::vector<Found> const found = tokens_of(mail, Role::agent, sign);
  bool const addressed =
      std::any_of(found.begin(), found.end(), [](Found const& one) { return one.addressed; });
  claim.made =
      addressed || (claim.agent != nullptr && !found.empty() && !answers_as_requester(mail, author, sign));
  if (!claim.made) return claim;

  auto const theirs = std::find_if(found.begin(), found.end(), [&](Found const& one) {
    return claim.agent != nullptr && issued_to_agent(one.token, *claim.agent, sign);
  });
  claim.token = theirs == found.end() ? found.front().token : theirs->token;
  for (Agent const& one : house.agents)
    if (issued_to_agent(*claim.token, one, sign)) claim.issued = &one;

  if (claim.agent == nullptr) claim.faults.push_back(phrase("<{1}> is not an agent's address", {author}));
  if (mail.from.size() > 1) claim.faults.push_back(phrase("it has more than one author in From"));
  if (claim.agent != nullptr && theirs == found.end())
    claim.faults.push_back(claim.issued != nullptr
                               ? phrase("the notice that it answers was sent to {1}", {claim.issued->name})
                               : phrase("the notice that it answers was sent to somebody else"));
  if (!house.authserv_ids.empty() && !vouched(mail, house.authserv_ids))
    claim.faults.push_back(phrase("our mail server does not vouch that it comes from <{1}>", {author}));
  return claim;
}

}  // namespace spoc::desk
