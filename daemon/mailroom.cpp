// SPDX-License-Identifier: GPL-3.0-or-later
// What all mailboxes share: who is suspected, batches, receipts, how it goes.
#include "daemon/mailroom.hpp"

#include "daemon/recaller.hpp"
#include "parser/digest.hpp"
#include "store/ledger.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>

namespace spoc::daemon {
namespace {

constexpr std::size_t batch_mails = 100;
constexpr std::size_t batch_bytes = 8U << 20U;

}  // namespace

Mailroom::Mailroom(MailboxConfig const& mailbox, Config const& config, templates::Texts const& texts,
                   Line& line, FrontDesk& desk, Board& board, store::Store& store, Pace pace)
    : mailbox_{mailbox},
      config_{config},
      texts_{texts},
      line_{line},
      desk_{desk},
      board_{board},
      store_{store},
      pace_{pace},
      box_{std::make_shared<BlackBox>(config.data / ("reading." + mailbox.desk.name))} {}

void Mailroom::stop() {
  stopping_ = true;
  wake_.ring();
}

void Mailroom::note(bool well, std::string const& words, std::int64_t count) {
  line_.post(
      [this, well, words, count] { board_.note("mailbox " + mailbox_.desk.name, well, words, count); });
}

void Mailroom::trouble(std::string const& what, std::string const& words) {
  if (words.empty())
    troubles_.erase(what);
  else
    troubles_[what] = words;
}

void Mailroom::note_well(std::int64_t count) {
  std::string words;
  for (auto const& [what, one] : troubles_) words += (words.empty() ? "" : "; ") + one;
  note(words.empty(), words, count);
}

/// What is to be flagged, moved or deleted: of this turn, and of one that was cut short.
Result<std::vector<desk::Place>> Mailroom::uncleared(std::uint32_t validity) {
  std::vector<desk::Place> places;
  if (mailbox_.after == channels::AfterCommit::leave) return places;
  auto const looked = line_.ask([&] {
    return store_.read("uncleared", [&](store::Tx& tx) {
      places = store::uncleared(tx, mailbox_.desk.name, validity, pace_.visit_mails, spot_);
    });
  });
  if (!looked) return looked.error();
  return places;
}

Result<> Mailroom::note_cleared(std::vector<desk::Place> const& places) {
  if (places.empty()) return {};
  return line_.ask(
      [&] { return store_.write("cleared", [&](store::Tx& tx) { store::note_cleared(tx, places); }); });
}

bool Mailroom::is_doubtful(std::string const& bytes) const {
  return !doubtful_.empty() && doubtful_.contains(parser::sha256(bytes));
}

void Mailroom::run() {
  Recaller recaller{config_, texts_, desk_.sign(), [this] { return desk_.now(); }};
  auto suspects = line_.ask([this] { return desk_.suspects(box_->found()); });
  doubtful_ = std::move(suspects.doubtful);
  Corridor corridor{config_.index(),    *box_,    std::move(suspects.convicted), false,
                    config_.inspection, &recaller};
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
  under_way_ = line_.begin([this, sent, box = box_]() -> Result<std::size_t> {
    std::vector<std::string> hashes;
    for (desk::Arrival const& arrival : sent->arrivals) hashes.push_back(arrival.hash);
    box->hand(hashes);
    auto const receipt = desk_.receive(sent->arrivals);
    box->receipt();
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
  note_well(static_cast<std::int64_t>(*receipt));
  brought_ = true;
  return {};
}

Result<> Mailroom::hand_in_and_settle(Batch& batch) {
  if (auto const handed = hand_in(batch); !handed) return handed;
  return settle();
}

}  // namespace spoc::daemon
