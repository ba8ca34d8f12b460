// SPDX-License-Identifier: GPL-3.0-or-later
// Processor time of this thread: what other processes take away does not count.
#pragma once

#include <ctime>

namespace spoc::bench {

inline double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) / 1e9;
}

}  // namespace spoc::bench
