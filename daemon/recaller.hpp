// SPDX-License-Identifier: GPL-3.0-or-later
// Compares mails with the letters of ours that they answer, on the thread that reads them: to write a letter
// anew takes milliseconds, which the desk's thread should not lose.
#pragma once

#include "daemon/config.hpp"
#include "daemon/front_desk.hpp"
#include "daemon/wording.hpp"
#include "store/store.hpp"

#include <optional>

namespace spoc::daemon {

/// One thread's: it reads through connections of its own.
class Recaller {
 public:
  Recaller(Config const& config, templates::Texts const& texts, desk::Sign sign, desk::Clock clock);

  /// Opens the store; where that fails, the next call tries again. On the thread that recalls.
  void open();
  /// Fills in own_words. Where that fails the desk compares for itself.
  void recall(desk::Arrival& arrival);

 private:
  Config const& config_;
  desk::Sign sign_;
  desk::Clock clock_;
  Wording wording_;
  std::optional<store::Store> store_;
  std::optional<FrontDesk> looker_;  ///< only asked, never told anything
};

}  // namespace spoc::daemon
