// SPDX-License-Identifier: GPL-3.0-or-later
// Who is told when a database proves to be damaged: to go on would make it worse.
#pragma once

#include "desk/error.hpp"

#include <functional>

namespace spoc::store {

/// From now on `tell` is called, on the thread that found it, whenever a transaction of this process ends
/// with Kind::unreadable. One handler for all stores, as std::set_terminate; set it before other threads use
/// a store.
void on_damage(std::function<void(Error const&)> tell);

}  // namespace spoc::store
