// SPDX-License-Identifier: GPL-3.0-or-later
// The wall of this room: what Xapian throws inside becomes an Error at the door. Only for sources that
// include Xapian.
#pragma once

#include "desk/error.hpp"

#include <exception>
#include <functional>
#include <string>

namespace spoc::search {

/// Runs it; a fault becomes an Error that names the place and the remedy.
Error fault_of(std::exception_ptr thrown, std::string const& place);

template <class T>
Result<T> guarded(std::string const& place, std::function<T()> const& run) {
  try {
    if constexpr (std::is_void_v<T>) {
      run();
      return {};
    } else {
      return run();
    }
  } catch (...) {
    return fault_of(std::current_exception(), place);
  }
}

}  // namespace spoc::search
