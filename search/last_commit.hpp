// SPDX-License-Identifier: GPL-3.0-or-later
// When a Xapian folder was written last, asked without opening it.
#pragma once

#include <cstdint>
#include <filesystem>

namespace spoc::search {

/// To reopen a database costs a dozen files, and between two commits there is nothing new in it: of a mailbox
/// that is read at once, a seventh of the time.
class LastCommit {
 public:
  /// Looks, and says whether the folder was written since it was asked before. True where nobody can tell, so
  /// that the database itself says what is wrong.
  bool is_news(std::filesystem::path const& folder);
  /// The next question is answered by true.
  void forget() { *this = {}; }

 private:
  std::uint64_t file_ = 0;
  std::int64_t seconds_ = 0, nanoseconds_ = 0;
};

}  // namespace spoc::search
