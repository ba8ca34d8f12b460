// SPDX-License-Identifier: GPL-3.0-or-later
// Old mail through the same corridor: Maildir folders, mbox files, single mails. Resumable, since the ledger
// knows what is in.
#pragma once

#include "daemon/config.hpp"
#include "daemon/front_desk.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace spoc::daemon {

struct ImportCount {
  std::int64_t mails = 0, opened = 0, followed = 0, known = 0, quarantined = 0;
};

struct ImportOrder {
  std::string mailbox;  ///< Mailbox::name
  std::vector<std::filesystem::path> paths;
  bool quiet = false;                                                     ///< no letters
  std::function<void(ImportCount const&)> progress;                       ///< after each batch
  std::function<void(std::string const& place, desk::News const&)> each;  ///< what became of each mail
};

/// An Error names the path that can't be read; what came before it is in.
Result<ImportCount> import_mail(ImportOrder const& order, Config const& config, FrontDesk& desk);

}  // namespace spoc::daemon
