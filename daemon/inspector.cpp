// SPDX-License-Identifier: GPL-3.0-or-later
// Signatures and viruses, looked at on the mailroom's thread.
#include "daemon/inspector.hpp"

#include "channels/clamd.hpp"
#include "daemon/log.hpp"
#include "desk/phrase.hpp"

namespace spoc::daemon {
namespace {

constexpr std::chrono::seconds scanner_patience{30};

}  // namespace

void Inspector::inspect(desk::Arrival& arrival) {
  auto* mail = std::get_if<desk::Mail>(&arrival.what);
  if (mail == nullptr) return;
  bool const cut = arrival.whole_size > 0;
  if (cut && !mail->attachments.empty())
    mail->attachments.back().held = desk::phrase("it did not come whole");
  if (config_.dkim && !cut) look_at_signatures(arrival, *mail);
  if (!config_.clamd.empty()) look_for_viruses(config_.clamd, mail->attachments);
}

void Inspector::look_at_signatures(desk::Arrival const& arrival, desk::Mail& mail) {
  if (!reader_) {
    auto opened = channels::DkimReader::open(config_.dkim_keys);
    if (!opened) {
      Entry{Severity::error, "signatures not looked at"}.with("why", opened.error().what).write();
      config_.dkim = false;
      return;
    }
    reader_.emplace(std::move(*opened));
  }
  mail.signatures = reader_->read(arrival.raw);
}

/// A scanner that is away holds the files, never what they came with. One that was away is not asked again
/// for the same mail: each question would wait.
std::vector<Infected> look_for_viruses(std::string const& clamd, std::vector<desk::Attachment>& files) {
  std::vector<Infected> found;
  std::string away;
  for (desk::Attachment& one : files) {
    if (one.content.empty() || !one.held.empty()) continue;
    if (away.empty()) {
      auto const virus = channels::scan(clamd, one.content, scanner_patience);
      if (virus && virus->empty()) continue;
      if (virus) {
        one.held = desk::phrase("it carries a virus: {1}", {*virus});
        found.push_back({one.filename, *virus});
        continue;
      }
      one.held = desk::phrase("it could not be looked through for viruses: {1}", {virus.error().what});
      if (virus.error().kind == Kind::busy) away = one.held;
      Entry{Severity::warning, "attachment held"}.with("why", virus.error().what).write();
      continue;
    }
    one.held = away;
  }
  return found;
}

}  // namespace spoc::daemon
