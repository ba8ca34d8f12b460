// SPDX-License-Identifier: GPL-3.0-or-later
// What all mailboxes share: who is suspected, batches, receipts, how it goes.
#include "daemon/mailroom.hpp"

#include "daemon/recaller.hpp"
#include "parser/digest.hpp"
#include "store/ledger.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <numeric>
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
  // What the desk still has of ours speaks to us.
  if (auto const kept = settle(); !kept) note(false, kept.error().what);
}

bool Mailroom::full(Batch const& batch) const {
  return batch.arrivals.size() >= batch_mails || batch.bytes >= batch_bytes;
}

/// Gives the batch to the desk, which commits it while others are fetched and read. One may wait behind it,
/// so that neither thread waits for the other as long as both take about the same time; none is committed
/// after one that failed.
Result<> Mailroom::hand_in(Batch& batch) {
  if (batch.arrivals.empty()) return settle_down_to(1, batch_bytes);
  auto const room = batch_bytes - std::min(batch.bytes, batch_bytes);
  if (auto const before = settle_down_to(1, room); !before) return before;
  auto const sent = std::make_shared<Batch const>(std::exchange(batch, {}));
  auto receipt = line_.begin([this, sent, box = box_, failed = failed_]() -> Result<std::size_t> {
    if (*failed) return Error{Kind::busy, "the mails before these could not be taken in"};
    std::vector<std::string> hashes;
    for (desk::Arrival const& arrival : sent->arrivals) hashes.push_back(arrival.hash);
    box->hand(hashes);
    *failed = true;  // also where it throws
    auto const kept = desk_.receive(sent->arrivals);
    box->receipt();
    *failed = !kept;
    if (!kept) return kept.error();
    return kept->size();
  });
  under_way_.push_back({sent->bytes, std::move(receipt)});
  return {};
}

/// Waits for all receipts: after them the mails are safe.
Result<> Mailroom::settle() { return settle_down_to(0, 0); }

Result<> Mailroom::settle_down_to(std::size_t batches, std::size_t bytes) {
  auto const under_way = [this] {
    return std::accumulate(under_way_.begin(), under_way_.end(), std::size_t{0},
                           [](std::size_t sum, Sent const& sent) { return sum + sent.bytes; });
  };
  while (under_way_.size() > batches || under_way() > bytes) {
    auto const receipt = under_way_.front().receipt.get();
    under_way_.pop_front();
    if (!receipt) {
      under_way_.clear();  // the desk refuses them
      failed_ = std::make_shared<bool>(false);
      return receipt.error();
    }
    note_well(static_cast<std::int64_t>(*receipt));
    brought_ = true;
  }
  return {};
}

Result<> Mailroom::hand_in_and_settle(Batch& batch) {
  if (auto const handed = hand_in(batch); !handed) return handed;
  return settle();
}

}  // namespace spoc::daemon
