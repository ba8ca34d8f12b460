// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the person behind From.
#include "desk/author.hpp"

#include "desk/characters.hpp"
#include "desk/thread.hpp"
#include "desk/trust.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

Address normalised(Address one) {
  one.address = normal(one.address);
  return one;
}

Address who_sent(Mail const& mail) {
  if (!mail.from.empty()) return normalised(mail.from.front());
  if (mail.sender) return normalised(*mail.sender);
  return {"", normal(mail.return_path.value_or(""))};
}

/// The one Reply-To that is neither the desk nor the sender.
Address reply_address(Mail const& mail, House const& house, std::string const& sender) {
  if (mail.reply_to.size() != 1) return {};
  Address one = normalised(mail.reply_to.front());
  if (one.address == sender || house.mailbox_at(one.address) != nullptr) return {};
  return one;
}

/// "Ola Nordmann via Staff" -> "Ola Nordmann"; "" where it says nothing of the kind. Lists of several
/// languages write it so: DMARC forbids them to keep From.
std::string name_before_via(std::string_view name) {
  for (std::string_view word : {" via ", " durch ", " por "})
    if (auto const at = name.find(word); at != std::string_view::npos && at > 0) {
      std::string out{name.substr(0, at)};
      if (out.size() > 1 && (out.front() == '\'' || out.front() == '"')) out = out.substr(1);
      while (!out.empty() && (out.back() == '\'' || out.back() == '"')) out.pop_back();
      return out;
    }
  return "";
}

Address behind_list(Mail const& mail, House const& house, Address const& sender) {
  std::string const name = name_before_via(sender.name);
  if (mail.original_from.size() == 1) {
    Address one = normalised(mail.original_from.front());
    if (one.address != sender.address) return one;
  }
  if (name.empty()) return {};
  Address one = reply_address(mail, house, sender.address);
  if (one.name.empty()) one.name = name;
  return one;
}

bool listed(std::vector<std::string> const& all, std::string const& address) {
  return std::find(all.begin(), all.end(), address) != all.end();
}

}  // namespace

Forward forward_of(Mail const& mail, House const& house) {
  if (mail.kind != MailKind::personal || mail.from.size() != 1) return Forward::none;
  Agent const* agent = house.agent_at(mail.from.front().address);
  if (agent == nullptr || !may_speak_for_agent(mail, house)) return Forward::none;
  if (!mail.forwarded) return says_forward(mail.subject) ? Forward::unsure : Forward::none;
  std::string const author = normal(mail.forwarded->author.address);
  bool const somebody = !author.empty() && author.find('@') != std::string::npos;
  bool const ours = house.mailbox_at(author) != nullptr || house.agent_at(author) != nullptr;
  if (ours && somebody) return Forward::none;  // a colleague's mail, or the desk's own letter
  return somebody ? Forward::sure : Forward::unsure;
}

Writer writer_of(Mail const& mail, Mailbox const& mailbox, House const& house) {
  Address const sender = who_sent(mail);
  if (forward_of(mail, house) == Forward::sure) {
    Address const author = normalised(mail.forwarded->author);
    return {author, author, Speaks::forwarder};
  }
  Address const other = reply_address(mail, house, sender.address);
  if (!other.address.empty() && listed(mailbox.trust_reply_to, sender.address))
    return {other, other, Speaks::form};
  if (Address const person = behind_list(mail, house, sender); !person.address.empty())
    return {person, person, Speaks::list};
  // A Reply-To of another domain may send a stranger what was meant for somebody else.
  if (!other.address.empty() && domain_of(other.address) == domain_of(sender.address))
    return {sender, {sender.name, other.address}, Speaks::itself};
  return {sender, sender, Speaks::itself};
}

}  // namespace spoc::desk
