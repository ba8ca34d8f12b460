// SPDX-License-Identifier: GPL-3.0-or-later
// Which mail no machine may answer.
#include "desk/screen.hpp"

#include <array>

namespace spoc::desk {
namespace {

constexpr std::array<std::string_view, 7> machine_senders{
    "mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce"};

std::string_view local_part(std::string_view address) { return address.substr(0, address.rfind('@')); }

// What servers say of a sender that they don't want, lower case.
constexpr std::array<std::string_view, 34> sender_words{
    "sender address",  "sender rejected", "sender denied",
    "sender verif",    "sender is",       "sender not",
    "sender unknown",  "sender domain",   "sender blocked",
    "unknown sender",  "invalid sender",  "bad sender",
    "your address",    "from address",    "envelope from",
    "envelope sender", "mail from",       "return path",
    "return-path",     "reverse-path",    "not owned by user",
    "send as",         "sendasdenied",    "发件人",
    "發件人",          "寄件人",          "寄件者",
    "送信者",          "avsender",        "avsändar",
    "absender",        "expéditeur",      "remitente",
    "тправител"};

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

bool is_of_machines(std::string_view tag) {
  return tag == name(MailKind::list) || tag == name(MailKind::auto_reply) || tag == name(MailKind::bounce) ||
         tag == name(MailKind::loop);
}

bool blames_sender(std::string_view words, std::string_view own) {
  std::string const said = normal(words);
  if (!own.empty() && said.find(normal(own)) != std::string::npos) return true;
  return std::any_of(sender_words.begin(), sender_words.end(),
                     [&](std::string_view one) { return said.find(one) != std::string::npos; });
}

}  // namespace spoc::desk
