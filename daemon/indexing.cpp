// SPDX-License-Identifier: GPL-3.0-or-later
// A librarian for the time of an import.
#include "daemon/indexing.hpp"

#include "daemon/librarian.hpp"
#include "store/apply.hpp"

#include <exception>

namespace spoc::daemon {
namespace {

/// A commit of the index costs as much as some hundred tickets, and a ticket that gets a follow-up meanwhile
/// is put in again: so not fewer than this while more may come.
constexpr std::size_t worth_a_commit = 500;
constexpr std::size_t at_most = 2000;

}  // namespace

Indexing::Indexing(Config const& config) : config_{config}, thread_{[this] { run(); }} {}

Indexing::~Indexing() {
  stopping_ = true;
  wake_.ring();
  if (thread_.joinable()) thread_.join();
}

Result<std::size_t> Indexing::finish() {
  draining_ = true;
  wake_.ring();
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
}

Result<> Indexing::work() {
  auto index = search::Index::open(config_.index());
  if (!index && index.error().kind == Kind::busy) return {};
  if (!index) return index.error();
  auto store = store::Store::open(config_.database());
  if (!store) return store.error();
  if (auto const queued = queue_for_new(*index, *store); !queued) return queued;
  while (!stopping_) {
    bool const last = draining_;
    wake_.clear();
    auto const done = index_tickets(*index, *store, at_most, last ? 1 : worth_a_commit);
    if (!done) return done.error();
    tickets_ += *done;
    if (*done > 0) continue;
    if (last) return {};
    if (!draining_) wake_.wait(std::chrono::minutes{1});
  }
  return {};
}

}  // namespace spoc::daemon
