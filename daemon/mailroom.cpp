// SPDX-License-Identifier: GPL-3.0-or-later
// Fetching from IMAP and Maildir.
#include "daemon/mailroom.hpp"

#include "daemon/log.hpp"
#include "daemon/recaller.hpp"
#include "store/ledger.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace spoc::daemon {
namespace {

constexpr std::size_t batch_mails = 100;
constexpr std::size_t batch_bytes = 8U << 20U;
constexpr std::size_t visit_mails = 1000;  // taken in before their after-commit action
/// Fewer may be chance: a machine that is switched off asks no mail.
constexpr int deaths_that_convict = 4;
constexpr desk::Duration longest_idle = std::chrono::minutes{25};  // RFC 2177: re-issue before 29 minutes
constexpr desk::Duration first_pause = std::chrono::seconds{1};
constexpr desk::Duration longest_pause = std::chrono::minutes{2};

std::string flags_of(MailboxConfig const& mailbox) {
  return mailbox.after == channels::AfterCommit::flag ? "FS" : "S";
}

}  // namespace

Mailroom::Mailroom(MailboxConfig const& mailbox, Config const& config, templates::Texts const& texts,
                   Line& line, FrontDesk& desk, Board& board, store::Store& store)
    : mailbox_{mailbox},
      config_{config},
      texts_{texts},
      line_{line},
      desk_{desk},
      board_{board},
      store_{store},
      box_{config.data / ("reading." + mailbox.desk.name)} {}

void Mailroom::stop() {
  stopping_ = true;
  wake_.ring();
}

void Mailroom::note(bool well, std::string const& words, std::int64_t count) {
  line_.post(
      [this, well, words, count] { board_.note("mailbox " + mailbox_.desk.name, well, words, count); });
}

/// The mail on which the process has died too often is not read again.
std::set<std::string> Mailroom::suspects() {
  std::set<std::string> out;
  std::string const hash = box_.found();
  if (hash.empty()) return out;
  int deaths = 0;
  line_.ask([&] {
    auto const counted =
        store_.write("count death", [&](store::Tx& tx) { deaths = store::begin_attempt(tx, hash); });
    if (!counted) Entry{Severity::error, "death not counted"}.with("why", counted.error().what).write();
  });
  Entry{Severity::warning, "died while reading"}
      .with("mailbox", mailbox_.desk.name)
      .with("hash", hash)
      .with("times", deaths)
      .write();
  if (deaths >= deaths_that_convict) out.insert(hash);
  return out;
}

void Mailroom::run() {
  Recaller recaller{config_, texts_, desk_.sign(), [this] { return desk_.now(); }};
  Corridor corridor{config_.index(), box_, suspects(), false, config_.inspection, &recaller};
  if (mailbox_.source == Intake::imap)
    run_imap(corridor);
  else
    run_maildir(corridor);
}

bool Mailroom::full(Batch const& batch) const {
  return batch.arrivals.size() >= batch_mails || batch.bytes >= batch_bytes;
}

/// Gives the batch to the desk, which commits it while the next is fetched and read; the batch before must be
/// safe first, so never more than one is under way, and none is committed after one that failed.
Result<> Mailroom::hand_in(Batch& batch) {
  if (auto const before = settle(); !before) return before;
  if (batch.arrivals.empty()) return {};
  auto const sent = std::make_shared<Batch const>(std::exchange(batch, {}));
  under_way_ = line_.begin([this, sent]() -> Result<std::size_t> {
    auto const receipt = desk_.receive(sent->arrivals);
    if (!receipt) return receipt.error();
    return receipt->size();
  });
  return {};
}

/// Waits for the receipt: after it the mails are safe.
Result<> Mailroom::settle() {
  if (!under_way_.valid()) return {};
  auto const receipt = under_way_.get();
  if (!receipt) return receipt.error();
  note(true, "", static_cast<std::int64_t>(*receipt));
  brought_ = true;
  return {};
}

// ---- IMAP ----------------------------------------------------------------------------------------

void Mailroom::run_imap(Corridor& corridor) {
  desk::Duration pause = first_pause;
  while (!stopping_) {
    auto const begun = std::chrono::steady_clock::now();
    brought_ = false;
    auto const visit = visit_imap(corridor);
    if (stopping_) return;
    if (!visit) note(false, visit.error().what);
    // A connection that held for a while or brought a mail starts the back-off anew.
    if (brought_ || std::chrono::steady_clock::now() - begun > longest_pause) pause = first_pause;
    wake_.wait(pause);
    pause = std::min(pause * 2, longest_pause);
  }
}

/// From login to the end of the connection.
Result<> Mailroom::visit_imap(Corridor& corridor) {
  auto imap = channels::Imap::open(mailbox_.account, mailbox_.folder, wake_);
  if (!imap) return imap.error();
  note(true, "");
  Turns turns{mailbox_.desk.name, imap->selected().validity, visit_mails, line_, store_};
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

/// Takes in what is new, at most visit_mails mails; true if there may be more.
Result<bool> Mailroom::round_imap(channels::Imap& imap, Turns& turns, Corridor& corridor) {
  std::uint32_t const validity = imap.selected().validity;
  auto turn = turns.next([&](std::uint32_t above, auto const& over) { return imap.since(above, over); });
  if (!turn) return turn.error();
  auto& uids = turn->uids;
  if (uids.empty()) return false;

  Batch batch;
  Result<> kept;
  std::vector<std::uint32_t> cut;
  auto const take = [&](channels::Fetched&& fetched) {
    desk::Place const place{mailbox_.desk.name, validity, fetched.uid, ""};
    auto const received = fetched.internal_date > 0 ? desk::from_number(fetched.internal_date) : desk_.now();
    batch.bytes += fetched.bytes.size();
    if (fetched.cut) cut.push_back(fetched.uid);
    std::uint64_t const whole = fetched.cut ? fetched.size : 0;
    batch.arrivals.push_back(corridor.take({place, std::move(fetched.bytes), received, whole}));
    turns.note(batch.arrivals.back());
    if (full(batch)) kept = hand_in(batch);
    return kept.has_value() && !stopping_;
  };
  auto const fetched = imap.fetch(uids, take, largest_mail(mailbox_.desk));
  if (kept) kept = hand_in(batch);
  if (kept) kept = settle();
  if (!kept) return kept.error();
  if (!fetched) return fetched.error();
  if (stopping_) return false;
  // The rest of a mail that was too large lies nowhere else: it is not deleted.
  if (mailbox_.after == channels::AfterCommit::erase)
    std::erase_if(uids,
                  [&](std::uint32_t uid) { return std::find(cut.begin(), cut.end(), uid) != cut.end(); });
  auto const after = imap.after_commit(uids, mailbox_.after, mailbox_.after_argument);
  if (!after) return after.error();
  return turn->more;
}

// ---- Maildir -------------------------------------------------------------------------------------

void Mailroom::run_maildir(Corridor& corridor) {
  auto const made = channels::make_maildir(mailbox_.maildir);
  if (!made) note(false, made.error().what);
  if (auto const lying = channels::list_maildir(mailbox_.maildir)) recognise(*lying);
  while (!stopping_) {
    std::int64_t const stamp = channels::maildir_stamp(mailbox_.maildir);
    auto const more = round_maildir(corridor);
    note(more.has_value(), more ? "" : more.error().what);
    if (more && *more) continue;
    if (!more)
      wake_.wait(first_pause);
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
    if (part.size() < visit_mails && i + 1 < lying.size()) continue;
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

Result<bool> Mailroom::round_maildir(Corridor& corridor) {
  auto const lying = channels::list_maildir(mailbox_.maildir);
  if (!lying) return lying.error();
  forget_gone(*lying);
  Batch batch;
  std::vector<channels::Lying> taken, staying;
  for (channels::Lying const& one : *lying) {
    if (stopping_ || taken.size() + staying.size() >= visit_mails) break;
    if (known_names_.contains(one.name)) continue;
    std::error_code fault;
    std::uint64_t const size = std::filesystem::file_size(one.path, fault);
    if (fault) continue;  // somebody else has moved it: the next round sees where
    bool const cut = size > largest_mail(mailbox_.desk);
    auto bytes = channels::read_file(one.path, cut ? channels::head_of_large_mail : SIZE_MAX);
    if (!bytes) continue;
    batch.bytes += bytes->size();
    desk::Place const place{mailbox_.desk.name, 0, 0, one.name};
    batch.arrivals.push_back(
        corridor.take({place, std::move(*bytes), desk::from_number(one.written), cut ? size : 0}));
    // The rest of a mail that was too large lies nowhere else: it is not deleted.
    (cut && mailbox_.after == channels::AfterCommit::erase ? staying : taken).push_back(one);
    if (!full(batch)) continue;
    if (auto const kept = hand_in(batch); !kept) return kept.error();
  }
  if (auto const kept = hand_in(batch); !kept) return kept.error();
  if (auto const kept = settle(); !kept) return kept.error();
  for (auto const* all : {&taken, &staying})
    for (channels::Lying const& one : *all) known_names_.insert(one.name);
  clear_away(taken);
  return !taken.empty() || !staying.empty();
}

void Mailroom::clear_away(std::vector<channels::Lying> const& taken) {
  std::error_code fault;
  for (channels::Lying const& one : taken) {
    switch (mailbox_.after) {
      case channels::AfterCommit::leave:
        break;
      case channels::AfterCommit::flag:
        if (auto const marked = channels::mark_maildir(mailbox_.maildir, one, flags_of(mailbox_)); !marked)
          note(false, marked.error().what);
        break;
      case channels::AfterCommit::move: {
        auto const target = mailbox_.maildir.parent_path() / mailbox_.after_argument;
        if (auto const made = channels::make_maildir(target); !made) note(false, made.error().what);
        std::filesystem::rename(one.path, target / "cur" / (one.name + ":2,S"), fault);
        break;
      }
      case channels::AfterCommit::erase:
        std::filesystem::remove(one.path, fault);
        break;
    }
    if (fault) note(false, "can't clear away " + one.path.string() + ": " + fault.message());
  }
}

}  // namespace spoc::daemon
