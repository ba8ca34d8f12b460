// SPDX-License-Identifier: GPL-3.0-or-later
// One spocd for one data folder: a second would claim the first one's letters and fetch its mail again.
#pragma once

#include "desk/error.hpp"

#include <filesystem>

namespace spoc::daemon {

/// Holds the folder until it goes; the kernel lets go when the process dies, however it dies.
class DataLock {
 public:
  /// Kind::conflict when somebody else has the folder: the words name the process and the remedy.
  static Result<DataLock> take(std::filesystem::path const& folder);
  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&& other) noexcept;
  ~DataLock();

 private:
  explicit DataLock(int descriptor) : descriptor_{descriptor} {}
  int descriptor_ = -1;
};

}  // namespace spoc::daemon
