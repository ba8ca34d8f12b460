// SPDX-License-Identifier: GPL-3.0-or-later
// Which mail no machine may answer.
#include "desk/screen.hpp"

#include <array>

namespace spoc::desk {
namespace {

constexpr std::array<std::string_view, 7> machine_senders{
    "mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce"};

std::string_view local_part(std::string_view address) { return address.substr(0, address.rfind('@')); }

}  // namespace

std::string no_automatic_answer(Mail const& mail, House const& house) {
  if (mail.kind != MailKind::personal)
    return mail.kind_reason.empty() ? std::string{name(mail.kind)} : mail.kind_reason;
  if (mail.return_path && mail.return_path->empty()) return "null return path";
  if (mail.from.empty()) return "no author";
  std::string const author = normal(mail.from.front().address);
  if (house.mailbox_at(author) != nullptr) return "from one of our own addresses";
  for (std::string_view machine : machine_senders)
    if (local_part(author) == machine) return "sent by " + std::string{machine};
  return "";
}

bool address_is_bad(std::string_view status) {
  if (status == "5.1.7" || status == "5.1.8") return false;
  return status.starts_with("5.1.") || status == "5.2.1";
}

}  // namespace spoc::desk
