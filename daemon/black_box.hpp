// SPDX-License-Identifier: GPL-3.0-or-later
// Remembers over the death of the process which mail was being read. A few bytes in a file, written without
// fsync: they only have to outlive the process, not the machine.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace spoc::daemon {

class BlackBox {
 public:
  explicit BlackBox(std::filesystem::path const& file);
  ~BlackBox();
  BlackBox(BlackBox const&) = delete;
  BlackBox& operator=(BlackBox const&) = delete;

  /// The hash of the mail that was being read when the process last died; "" if it was none. Read once, at
  /// the start.
  std::string const& found() const { return found_; }
  void enter(std::string_view hash);
  void leave();

 private:
  int descriptor_ = -1;
  std::string found_;
};

}  // namespace spoc::daemon
