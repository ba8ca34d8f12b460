// SPDX-License-Identifier: GPL-3.0-or-later
// Fetching from IMAP: visits, turns, and what happens to a mail once it is safe.
#include "daemon/mailroom.hpp"

#include "daemon/log.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace spoc::daemon {
namespace {

constexpr desk::Duration longest_idle = std::chrono::minutes{25};  // RFC 2177: re-issue before 29 minutes

}  // namespace

void Mailroom::run_imap(Corridor& corridor) {
  desk::Duration pause = pace_.first_pause;
  while (!stopping_) {
    auto const begun = std::chrono::steady_clock::now();
    brought_ = false;
    auto const visit = visit_imap(corridor);
    if (stopping_) return;
    if (!visit) note(false, visit.error().what);
    // A connection that held for a while or brought a mail starts the back-off anew.
    if (brought_ || std::chrono::steady_clock::now() - begun > pace_.longest_pause) pause = pace_.first_pause;
    wake_.wait(pause);
    pause = std::min(pause * 2, pace_.longest_pause);
  }
}

/// From login to the end of the connection.
Result<> Mailroom::visit_imap(Corridor& corridor) {
  auto imap = channels::Imap::open(mailbox_.account, mailbox_.folder, wake_);
  if (!imap) return imap.error();
  note(true, "");
  Turns turns{mailbox_.desk.name, imap->selected().validity, pace_.visit_mails, line_, store_};
  while (!stopping_) {
    auto const more = round_imap(*imap, turns, corridor);
    if (!more) return more.error();
    if (*more || stopping_) continue;
    auto const patience = imap->can("IDLE") ? longest_idle : mailbox_.poll;
    auto const idled = imap->idle(patience);
    if (!idled) return idled.error();
    note(true, "");
    bool const silent = *idled == channels::Idled::quiet && !imap->can("IDLE");
    if (silent) wake_.wait(mailbox_.poll);
  }
  imap->close();
  return {};
}

/// Takes in what is new, at most pace_.visit_mails mails; true if there may be more.
Result<bool> Mailroom::round_imap(channels::Imap& imap, Turns& turns, Corridor& corridor) {
  std::uint32_t const validity = imap.selected().validity;
  auto turn = turns.next([&](std::uint32_t above, auto const& over) { return imap.since(above, over); });
  if (!turn) return turn.error();
  if (turn->uids.empty()) return false;

  Batch batch;
  Result<> kept;
  std::vector<std::uint32_t> safe;
  auto const take = [&](channels::Fetched&& fetched) {
    desk::Place const place{mailbox_.desk.name, validity, fetched.uid, ""};
    auto const received = fetched.internal_date > 0 ? desk::from_number(fetched.internal_date) : desk_.now();
    batch.bytes += fetched.bytes.size();
    if (may_be_cleared(fetched)) safe.push_back(fetched.uid);
    std::uint64_t const whole = fetched.cut ? fetched.size : 0;
    batch.arrivals.push_back(corridor.take({place, std::move(fetched.bytes), received, whole}));
    turns.note(batch.arrivals.back());
    if (full(batch)) kept = hand_in(batch, turns);
    return kept.has_value() && !stopping_;
  };
  auto const fetched = imap.fetch(turn->uids, take, largest_mail(mailbox_.desk));
  if (kept) kept = hand_in(batch, turns);
  if (kept) kept = settle();
  if (!kept) return kept.error();
  if (!fetched) return fetched.error();
  if (stopping_) return false;
  auto const after = imap.after_commit(safe, mailbox_.after, mailbox_.after_argument);
  if (!after) return after.error();
  return turn->more;
}

/// Answers overtake each other, and some never come: what lies below is not forgotten.
Result<> Mailroom::hand_in(Batch& batch, Turns& turns) {
  if (auto const noted = turns.about_to_keep(batch.arrivals); !noted) return noted;
  return hand_in(batch);
}

/// What did not come whole lies nowhere but there. (The words of a mail that was cut are kept, so that it may
/// be moved; deleted it would be gone.)
bool Mailroom::may_be_cleared(channels::Fetched const& fetched) const {
  if (fetched.bytes.empty()) return false;
  return !fetched.cut || mailbox_.after != channels::AfterCommit::erase;
}

}  // namespace spoc::daemon
