// SPDX-License-Identifier: GPL-3.0-or-later
// An agent's mail, or one that says so, on which nobody acts: kept, and told with the reason.
#include "desk/agent_work.hpp"
#include "desk/confirm.hpp"
#include "desk/held.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

#include <algorithm>
#include <utility>

namespace spoc::desk {
namespace {

/// The text goes back to whoever may see it.
void refuse(AgentWork& work, std::vector<std::string> const& reasons) {
  std::string const joined = joined_reasons(reasons);
  work.plan.trail.push_back(trail(work, "refused", joined));
  work.plan.refused_agent = is_forged(work.claim);
  if (work.plan.refused_agent) work.plan.alarm = forgery_alarm(work.known, joined);
  Agent const* told = told_of_refusal(work.claim);
  if (told == nullptr || work.arrival.quiet || is_of_a_machine(work.mail)) return;
  Scribe scribe{work.known, work.ticket, work.arrival.hash};
  scribe.answers(work.mail.message_id);
  Letter letter = scribe.to_agent(LetterKind::refusal, *told);
  letter.lines = reasons;
  bool const confirms = says_confirm(work.mail.reply, {told->name});
  auto const& files = work.mail.attachments;
  bool const confirmable_as_it_is = !confirms && std::none_of(files.begin(), files.end(), is_a_file);
  if (work.plan.refused_agent && confirmable_as_it_is)
    letter.lines.push_back(phrase(
        "if you wrote it, reply to this mail with /confirm and no other words, and what it says is done"));
  letter.text = work.mail.reply.empty() ? work.mail.text : work.mail.reply;
  work.plan.letters.push_back(std::move(letter));
}

}  // namespace

Plan refuse_mail(AgentWork& work, std::vector<std::string> const& reasons) {
  work.plan.changes.clear();
  work.plan.messages.clear();
  work.plan.letters.clear();
  work.plan.trail.clear();
  if (work.claim.agent == nullptr || is_of_a_machine(work.mail)) {
    Message kept;
    kept.kind = MessageKind::note;
    kept.author = work.known.author.address;
    kept.subject = work.mail.subject;
    kept.text = work.mail.text;
    kept.reply = work.mail.reply;
    kept.message_id = work.mail.message_id;
    kept.raw_hash = work.arrival.hash;
    kept.rule = "refused";
    kept.checks = checks_of(work.mail, work.known.house->authserv_ids);
    kept.attachments = work.mail.attachments;
    for (Attachment& one : kept.attachments)
      if (one.held.empty()) one.held = phrase("it came with a mail that was refused");
    kept.at = work.arrival.received;
    work.plan.messages.push_back(std::move(kept));
  }
  refuse(work, reasons);
  return std::move(work.plan);
}

bool is_of_a_machine(Mail const& mail) {
  return mail.kind != MailKind::personal && mail.kind != MailKind::list;
}

bool is_a_file(Attachment const& one) {
  return (!one.inline_ || one.own) && one.type != "application/pkcs7-signature" &&
         one.type != "application/x-pkcs7-signature" && one.type != "application/pgp-signature" &&
         one.type != "text/vcard" && one.type != "text/x-vcard";
}

bool is_forged(AgentClaim const& claim) { return claim.agent == nullptr || !claim.faults.empty(); }

Agent const* told_of_refusal(AgentClaim const& claim) {
  return claim.agent != nullptr ? claim.agent : claim.issued;
}

std::string forgery_alarm(Known const& known, std::string const& reasons) {
  return "refused a mail that says it comes from an agent, <" + known.author.address.address +
         ">: " + reasons;
}

std::string joined_reasons(std::vector<std::string> const& reasons) {
  std::string joined;
  for (std::string const& reason : reasons) joined += (joined.empty() ? "" : "; ") + in_english(reason);
  return joined;
}

}  // namespace spoc::desk
