// SPDX-License-Identifier: GPL-3.0-or-later
// A librarian for the time of an import.
#include "daemon/indexing.hpp"

#include "daemon/librarian.hpp"
#include "daemon/ownership.hpp"
#include "store/apply.hpp"

#include <algorithm>
#include <cstdint>
#include <exception>
#include <vector>

namespace spoc::daemon {
namespace {

/// A commit of the index costs as much as some hundred messages, the more the larger it is: so a share of
/// what was put in waits for one, but not more than may lie in memory, nor so much that the last one takes
/// long.
constexpr std::size_t least_for_a_commit = 700, most_for_a_commit = 4000, share = 4;

std::size_t worth_a_commit(std::size_t put_so_far) {
  return std::clamp(put_so_far / share, least_for_a_commit, most_for_a_commit);
}

/// So many that wait are put in at once, while more may come. What waits at the end is waited for.
constexpr std::size_t worth_a_round = 50;
constexpr std::size_t at_most = 500;

/// Their place in the queue is given up so many at a time: the write lock is the importer's, who would wait.
constexpr std::size_t worth_the_lock = 5000;

}  // namespace

Indexing::Indexing(Config const& config) : config_{config}, thread_{[this] { run(); }} {}

Indexing::~Indexing() {
  stopping_ = true;
  wake_.ring();
  if (thread_.joinable()) thread_.join();
}

void Indexing::drain() {
  draining_ = true;
  wake_.ring();
}

Result<std::size_t> Indexing::finish() {
  drain();
  thread_.join();
  if (!outcome_) return outcome_.error();
  return tickets_;
}

void Indexing::run() {
  try {
    outcome_ = work();
  } catch (std::exception const& fault) {
    outcome_ = Error{Kind::broken, std::string{"the search index: "} + fault.what()};
  } catch (...) {  // Xapian's are no std::exception
    outcome_ = Error{Kind::broken, "the search index: an unknown fault"};
  }
  give_all_to_folders_owner(config_.index());
}

Result<> Indexing::work() {
  auto index = search::Index::open(config_.index());
  if (!index && index.error().kind == Kind::busy) return {};
  if (!index) return index.error();
  auto store = store::Store::open(config_.database());
  if (!store) return store.error();
  if (auto const queued = queue_for_new(*index, *store); !queued) return queued;
  std::vector<store::IndexJob> done;
  std::size_t committed = 0;  // of these
  std::int64_t after = 0;
  auto const commit = [&]() -> Result<> {
    committed = done.size();
    return index->commit();
  };
  auto const give_up_places = [&]() -> Result<> {
    if (done.empty()) return {};
    auto const given = store->write("finish jobs", [&](store::Tx& tx) { store::finish_jobs(tx, done); });
    done.clear();
    committed = 0;
    return given;
  };
  while (!stopping_) {
    bool const last = draining_;
    wake_.clear();
    auto const put = put_tickets(*index, *store, {at_most, last ? 1 : worth_a_round, after});
    if (!put) return put.error();
    tickets_ += put->size();
    done.insert(done.end(), put->begin(), put->end());
    if (!put->empty()) after = put->back().id;
    if (done.size() - committed >= worth_a_commit(tickets_))
      if (auto const kept = commit(); !kept) return kept;
    if (committed == done.size() && done.size() >= worth_the_lock)
      if (auto const given = give_up_places(); !given) return given;
    if (!put->empty()) continue;
    if (last) break;
    if (!draining_) wake_.wait(std::chrono::minutes{1});
  }
  if (auto const kept = commit(); !kept) return kept;
  return give_up_places();
}

}  // namespace spoc::daemon
