// SPDX-License-Identifier: GPL-3.0-or-later
// Fetching from a Maildir.
#include "daemon/mailroom.hpp"

#include "daemon/log.hpp"
#include "store/ledger.hpp"

#include <map>
#include <system_error>
#include <utility>

namespace spoc::daemon {
namespace {

std::string flags_of(MailboxConfig const& mailbox) {
  return mailbox.after == channels::AfterCommit::flag ? "FS" : "S";
}

}  // namespace

void Mailroom::run_maildir(Corridor& corridor) {
  auto const made = channels::make_maildir(mailbox_.maildir);
  if (!made) note(false, made.error().what);
  if (auto const lying = channels::list_maildir(mailbox_.maildir)) recognise(*lying);
  while (!stopping_) {
    std::int64_t const stamp = channels::maildir_stamp(mailbox_.maildir);
    auto const more = round_maildir(corridor);
    if (more)
      note_well();
    else
      note(false, more.error().what);
    if (more && *more) continue;
    if (!more)
      wake_.wait(pace_.first_pause);
    else
      channels::wait_for_maildir(mailbox_.maildir, wake_, mailbox_.poll, stamp);
  }
}

/// What lies there since an earlier run is looked up in the ledger: a part at a time, for the desk has others
/// to serve.
void Mailroom::recognise(std::vector<channels::Lying> const& lying) {
  std::vector<std::string> part;
  for (std::size_t i = 0; i < lying.size(); ++i) {
    part.push_back(lying[i].name);
    if (part.size() < pace_.visit_mails && i + 1 < lying.size()) continue;
    line_.ask([&] {
      auto const read = store_.read("maildir names", [&](store::Tx& tx) {
        for (std::string& name : store::known_names(tx, mailbox_.desk.name, part))
          known_names_.insert(std::move(name));
      });
      if (!read) Entry{Severity::error, "ledger not read"}.with("why", read.error().what).write();
    });
    part.clear();
  }
}

/// Names of files that lie there no more are forgotten.
void Mailroom::forget_gone(std::vector<channels::Lying> const& lying) {
  std::set<std::string> still;
  for (channels::Lying const& one : lying)
    if (auto known = known_names_.extract(one.name)) still.insert(std::move(known));
  known_names_ = std::move(still);
}

/// The mail in a file. What can't be read keeps back no other, but must be told: nobody else knows of it.
Result<RawMail> Mailroom::read_lying(channels::Lying const& one) const {
  std::error_code fault;
  std::uint64_t const size = std::filesystem::file_size(one.path, fault);
  bool const cut = !fault && size > largest_mail(mailbox_.desk);
  auto bytes = channels::read_file(one.path, cut ? channels::head_of_large_mail : SIZE_MAX);
  if (!bytes) {
    Error error = bytes.error();
    if (error.kind == Kind::denied)
      error.what += "; give spocd's user the right to read it: the delivery agent's umask, or a common group";
    return error;
  }
  return RawMail{{mailbox_.desk.name, 0, 0, one.name},
                 std::move(*bytes),
                 desk::from_number(one.written),
                 cut ? size : 0,
                 "the file is empty"};
}

Result<bool> Mailroom::round_maildir(Corridor& corridor) {
  auto const lying = channels::list_maildir(mailbox_.maildir);
  if (!lying) return lying.error();
  forget_gone(*lying);
  Batch batch;
  std::vector<std::string> taken;
  std::string words;
  std::size_t unread = 0;
  for (channels::Lying const& one : *lying) {
    if (stopping_ || taken.size() >= pace_.visit_mails) break;
    if (known_names_.contains(one.name)) continue;
    auto raw = read_lying(one);
    if (!raw && raw.error().kind == Kind::missing)
      continue;  // somebody has moved it: the next round sees where
    if (!raw) {
      if (unread++ == 0) words = raw.error().what;
      continue;
    }
    bool const alone = is_doubtful(raw->bytes);
    if (alone)
      if (auto const kept = hand_in_and_settle(batch); !kept) return kept.error();
    // The rest of a mail that was too large lies nowhere else: it is not deleted.
    bool const kept_there = mailbox_.after == channels::AfterCommit::leave || raw->bytes.empty() ||
                            (raw->whole_size != 0 && mailbox_.after == channels::AfterCommit::erase);
    batch.bytes += raw->bytes.size();
    batch.arrivals.push_back(corridor.take(std::move(*raw)));
    batch.arrivals.back().to_clear = !kept_there;
    taken.push_back(one.name);
    if (!alone && !full(batch)) continue;
    auto const kept = alone ? hand_in_and_settle(batch) : hand_in(batch);
    if (!kept) return kept.error();
  }
  if (auto const kept = hand_in_and_settle(batch); !kept) return kept.error();
  if (unread > 1) words += " (and " + std::to_string(unread - 1) + " more)";
  trouble("files", words);
  known_names_.insert(taken.begin(), taken.end());
  auto const more_to_clear = clear_away(*lying);
  if (!more_to_clear) return more_to_clear.error();
  return !taken.empty() || *more_to_clear;
}

/// True if there may be more. What can't be cleared away now is tried again by the next round.
Result<bool> Mailroom::clear_away(std::vector<channels::Lying> const& lying) {
  auto const places = uncleared(0);
  if (!places) return places.error();
  std::map<std::string_view, channels::Lying const*> there;
  if (!places->empty())
    for (channels::Lying const& one : lying) there.emplace(one.name, &one);
  std::vector<desk::Place> cleared;
  std::string words;
  for (desk::Place const& place : *places) {
    auto const found = there.find(place.name);
    auto const done = found == there.end() ? Result<>{} : clear_away(*found->second);
    if (done)
      cleared.push_back(place);
    else if (done.error().kind != Kind::missing)  // somebody has moved it: the next round sees where
      words = "mails that are in can't be cleared away: " + done.error().what;
  }
  trouble("after", words);
  if (auto const noted = note_cleared(cleared); !noted) return noted.error();
  return cleared.size() == pace_.visit_mails;
}

Result<> Mailroom::clear_away(channels::Lying const& one) {
  std::error_code fault;
  switch (mailbox_.after) {
    case channels::AfterCommit::leave:
      break;
    case channels::AfterCommit::flag:
      return channels::mark_maildir(mailbox_.maildir, one, flags_of(mailbox_));
    case channels::AfterCommit::move: {
      auto const target = mailbox_.maildir.parent_path() / mailbox_.after_argument;
      if (auto const made = channels::make_maildir(target); !made)
        return Error{Kind::broken, made.error().what};
      std::filesystem::rename(one.path, target / "cur" / (one.name + ":2,S"), fault);
      break;
    }
    case channels::AfterCommit::erase:
      std::filesystem::remove(one.path, fault);
      break;
  }
  if (!fault) return {};
  Kind const kind = fault == std::errc::no_such_file_or_directory ? Kind::missing : Kind::broken;
  return Error{kind, one.path.string() + ": " + fault.message()};
}

}  // namespace spoc::daemon
