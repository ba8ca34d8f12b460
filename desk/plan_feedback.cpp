// SPDX-License-Identifier: GPL-3.0-or-later
// Readers' words become a letter to the keepers of the articles.
#include "desk/feedback.hpp"
#include "desk/phrase.hpp"
#include "desk/plan.hpp"
#include "desk/token.hpp"

namespace spoc::desk {
namespace {

/// An agent's own language; else that of the first mailbox.
std::string language_of(std::string const& address, House const& house) {
  if (Agent const* agent = house.agent_at(address)) return spoken(agent->language);
  return spoken(house.mailboxes.empty() ? "en" : house.mailboxes.front().language);
}

std::string line_of(Remark const& remark) {
  std::string const title = remark.title.empty() ? remark.article : remark.title;
  return remark.helped ? phrase("\"{1}\" helped: {2}", {title, remark.words})
                       : phrase("\"{1}\" did not help: {2}", {title, remark.words});
}

}  // namespace

std::vector<Address> keepers(std::string const& owner, House const& house) {
  Mailbox const* own = house.mailbox_at(owner);
  if (!owner.empty() && own == nullptr) return {{"", normal(owner)}};
  if (own == nullptr && !house.mailboxes.empty()) own = &house.mailboxes.front();
  std::vector<Address> out;
  if (own == nullptr) return out;
  for (Agent const* one : house.members(own->team))
    if (!one->addresses.empty()) out.push_back({one->name, one->addresses.front()});
  return out;
}

Plan plan_feedback(std::vector<Remark> const& remarks, std::vector<Address> const& to, Known const& known) {
  Plan plan;
  if (remarks.empty()) return plan;
  std::string const cause =
      std::string{name(LetterKind::feedback)} + "|" + std::to_string(remarks.front().id);
  for (Address const& one : to) {
    Letter letter;
    letter.kind = LetterKind::feedback;
    letter.to = one;
    letter.language = language_of(one.address, *known.house);
    letter.message_id = mint_message_id("kb", cause + "|" + one.address, known.house->domain, known.sign);
    for (Remark const& remark : remarks) letter.lines.push_back(line_of(remark));
    letter.made = letter.due = known.now;
    plan.letters.push_back(std::move(letter));
  }
  return plan;
}

}  // namespace spoc::desk
