// SPDX-License-Identifier: GPL-3.0-or-later
// A queue of files, looked at one after the other.
#include "daemon/scanner.hpp"

#include "daemon/log.hpp"
#include "desk/phrase.hpp"

#include <exception>
#include <memory>

namespace spoc::daemon {
namespace {

/// Each holds its bytes in memory, and waits for those before it.
constexpr std::size_t most_waiting = 50;

void hold(std::vector<desk::Attachment>& files, std::string const& why) {
  for (desk::Attachment& one : files)
    if (one.held.empty()) one.held = desk::phrase("it could not be looked through for viruses: {1}", {why});
}

}  // namespace

void Scanner::look(std::vector<desk::Attachment> files, Done done) {
  {
    std::lock_guard const lock{mutex_};
    if (!stopping_ && waiting_.size() < most_waiting) {
      waiting_.push_back({std::move(files), std::move(done)});
      changed_.notify_one();
      return;
    }
  }
  done(std::nullopt);
}

std::optional<Scanner::Job> Scanner::next() {
  std::unique_lock lock{mutex_};
  changed_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
  if (stopping_) return std::nullopt;
  Job job = std::move(waiting_.front());
  waiting_.pop_front();
  return job;
}

/// Who waits gets an answer whatever happens: files held as when the scanner is away, or "come again".
std::optional<Scanned> Scanner::scan(Job& job) const {
  std::string why;
  try {
    auto infected = look_(clamd_, job.files);
    return Scanned{std::move(job.files), std::move(infected)};
  } catch (std::exception const& fault) {
    why = fault.what();
  } catch (...) {
    why = "an unknown fault";
  }
  Entry{Severity::error, "files not looked through"}.with("part", "scanner").with("why", why).write();
  try {
    hold(job.files, why);
    return Scanned{std::move(job.files), {}};
  } catch (std::exception const&) {
    return std::nullopt;
  }
}

void Scanner::run() {
  while (auto job = next()) {
    auto const scanned = std::make_shared<std::optional<Scanned>>(scan(*job));
    line_.post([done = std::move(job->done), scanned] { done(std::move(*scanned)); });
  }
}

void Scanner::stop() {
  std::deque<Job> left;
  {
    std::lock_guard const lock{mutex_};
    stopping_ = true;
    left.swap(waiting_);
    changed_.notify_all();
  }
  for (Job& one : left) line_.post([done = std::move(one.done)] { done(std::nullopt); });
}

}  // namespace spoc::daemon
