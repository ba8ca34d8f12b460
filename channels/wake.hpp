// SPDX-License-Identifier: GPL-3.0-or-later
// A bell that another thread may ring to end a wait: a file descriptor, so that poll() hears it.
#pragma once

#include <chrono>

namespace spoc::channels {

class Wake {
 public:
  Wake();
  ~Wake();
  Wake(Wake const&) = delete;
  Wake& operator=(Wake const&) = delete;

  /// From any thread. Stays rung until clear().
  void ring() noexcept;
  void clear() noexcept;
  bool rung() const noexcept;
  /// True when rung within `patience`.
  bool wait(std::chrono::milliseconds patience) const noexcept;
  int descriptor() const noexcept;

 private:
  int descriptor_;
};

}  // namespace spoc::channels
