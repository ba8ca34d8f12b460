// SPDX-License-Identifier: GPL-3.0-or-later
// Checks who an agent's mail comes from.
#include "desk/trust.hpp"

#include "desk/characters.hpp"
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

std::string domain_property(MethodResult const& one, std::string const& key) {
  auto const found = one.properties.find(key);
  return found == one.properties.end() ? "" : std::string{domain_of("@" + found->second)};
}

bool vouches(MethodResult const& one, std::string const& domain) {
  if (one.result != "pass") return false;
  if (one.method == "dmarc") return domain_property(one, "header.from") == domain;
  if (one.method == "dkim") return domain_property(one, "header.d") == domain;
  return one.method == "spf" && domain_property(one, "smtp.mailfrom") == domain;
}

bool signed_by(Mail const& mail, std::string const& domain) {
  return std::any_of(mail.signatures.begin(), mail.signatures.end(), [&](SeenSignature const& one) {
    return one.result == "pass" && normal(one.domain) == domain;
  });
}

/// Is a proof of origin asked for, and is it there?
bool proof_is_missing(Mail const& mail, House const& house) {
  if (house.authserv_ids.empty() && !house.dkim_required) return false;
  if (mail.from.size() != 1) return true;
  if (signed_by(mail, normal(domain_of(mail.from.front().address)))) return false;
  return house.authserv_ids.empty() || !vouched(mail, house.authserv_ids);
}

}  // namespace

std::optional<Token> third_party_token(Mail const& mail, Sign const& sign) {
  std::vector<Found> const found = tokens_of(mail, Role::third, sign);
  return found.empty() ? std::nullopt : std::optional{found.front().token};
}

bool vouched(Mail const& mail, std::vector<std::string> const& authserv_ids) {
  if (mail.from.size() != 1) return false;
  std::string const domain = normal(domain_of(mail.from.front().address));
  for (AuthenticationResults const& field : believed_results(mail, authserv_ids))
    if (std::any_of(field.methods.begin(), field.methods.end(),
                    [&](MethodResult const& one) { return vouches(one, domain); }))
      return true;
  return false;
}

bool may_speak_for_agent(Mail const& mail, House const& house) { return !proof_is_missing(mail, house); }

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
  // Written to both addresses of a notice: better a note too many than a letter too many.
  for (Found const& one : found)
    if (theirs != found.end() && one.addressed && one.token.purpose == Purpose::note &&
        one.token.ticket == claim.token->ticket && one.token.recipient == claim.token->recipient)
      claim.token = one.token;
  for (Agent const& one : house.agents)
    if (issued_to_agent(*claim.token, one, sign)) claim.issued = &one;

  if (claim.agent == nullptr) claim.faults.push_back(phrase("<{1}> is not an agent's address", {author}));
  if (mail.from.size() > 1) claim.faults.push_back(phrase("it has more than one author in From"));
  if (claim.agent != nullptr && theirs == found.end())
    claim.faults.push_back(claim.issued != nullptr
                               ? phrase("the notice that it answers was sent to {1}", {claim.issued->name})
                               : phrase("the notice that it answers was sent to somebody else"));
  if (proof_is_missing(mail, house))
    claim.faults.push_back(phrase("our mail server does not vouch that it comes from <{1}>", {author}));
  return claim;
}

}  // namespace spoc::desk
