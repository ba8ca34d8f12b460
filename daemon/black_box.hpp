// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers over the death of the process which mails were being worked on. A few bytes in a file, written
// without fsync: they only have to outlive the process, not the machine.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::daemon {

/// One thread reads mails and another files them: each may tell of its own work at any time.
class BlackBox {
 public:
  explicit BlackBox(std::filesystem::path const& file);
  ~BlackBox();
  BlackBox(BlackBox const&) = delete;
  BlackBox& operator=(BlackBox const&) = delete;

  /// The hashes of the mails that were being read and filed when the process last died, each once. Read once,
  /// at the start.
  std::vector<std::string> const& found() const { return found_; }
  /// This one is being read.
  void enter(std::string_view hash);
  void leave();
  /// The desk files these, and is done.
  void hand(std::span<std::string const> hashes);
  void receipt();

 private:
  int descriptor_ = -1;
  std::vector<std::string> found_;
};

}  // namespace spoc::daemon
