// SPDX-License-Identifier: GPL-3.0-or-later
// The corridor from raw bytes to the front desk, the same for IMAP, Maildir and import: hash, guard, parse,
// suggest, batch.
#pragma once

#include "channels/bucket.hpp"
#include "daemon/black_box.hpp"
#include "daemon/inspector.hpp"
#include "desk/arrival.hpp"
#include "search/index.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <set>
#include <string>

namespace spoc::daemon {

class Recaller;

/// A raw mail on its way in.
struct RawMail {
  desk::Place place;
  std::string bytes;
  desk::Time received{};
  std::uint64_t whole_size = 0;  ///< of a mail of which `bytes` is the beginning; else 0
  std::string fault{};           ///< why there are no bytes, if there are none
};

/// Bytes of a mail that the mailbox takes whole; of a larger one the beginning.
std::size_t largest_mail(desk::Mailbox const& mailbox);

/// Makes arrivals. Owned by one thread.
class Corridor {
 public:
  /// `index` is the search index's folder, "" for no suggestions. `box` notes what is being read, so that a
  /// mail that kills the process is known afterwards. `recaller` compares answers with our letters; without
  /// one the desk does, where it can.
  Corridor(std::filesystem::path index, BlackBox& box, std::set<std::string> suspects, bool quiet,
           InspectionConfig inspection = {}, Recaller* recaller = nullptr);

  desk::Arrival take(RawMail&& raw);

 private:
  void get_ready();
  void suggest(desk::Arrival& arrival);

  std::filesystem::path index_;
  BlackBox& box_;
  std::set<std::string> suspects_;
  bool quiet_;
  Inspector inspector_;
  Recaller* recaller_;
  std::optional<search::Reader> reader_;
  /// A mailbox that is being caught up with has no time for more searches among tickets than ten a second.
  channels::Bucket similar_{10, 10, std::chrono::steady_clock::now()};
};

}  // namespace spoc::daemon
