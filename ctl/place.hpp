// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the desk's store as the configuration says, for the verbs that need it.
#pragma once

#include "ctl/verbs.hpp"
#include "daemon/front_desk.hpp"
#include "store/store.hpp"

#include <memory>

namespace spoc::ctl {

/// Configuration, store, and a front desk over it; spocd may be running beside it.
struct Place {
  daemon::Config config;
  store::Store store;
  std::unique_ptr<daemon::FrontDesk> desk;
  desk::Sign sign;
};

/// Prints each mistake of the configuration. Secrets and files of certificates are asked for by verbs that
/// dial.
Result<daemon::Config> open_config(Common const& common, daemon::Demand demand = daemon::Demand::words);
Result<std::unique_ptr<Place>> open_place(Common const& common,
                                          daemon::Demand demand = daemon::Demand::words);
desk::Time present_moment();

}  // namespace spoc::ctl
