// SPDX-License-Identifier: GPL-3.0-or-later
// What a mailroom asks others about a mail before the desk judges it: signatures and viruses.
#pragma once

#include "channels/dkim.hpp"
#include "daemon/config.hpp"
#include "desk/arrival.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::daemon {

/// A file in which the scanner has found something.
struct Infected {
  std::string filename, virus;
};
/// Asks the scanner at `clamd` about each file that has bytes and is not held, and waits for it. What it
/// finds something in is held, and returned; held as well is what it can't be asked about.
std::vector<Infected> look_for_viruses(std::string const& clamd, std::vector<desk::Attachment>& files);

/// Owned by one thread; waits for the DNS and for the scanner.
class Inspector {
 public:
  explicit Inspector(InspectionConfig config) : config_{std::move(config)} {}

  /// Fills Mail::signatures, and Attachment::held where the scanner finds something or can't be asked. Of a
  /// mail that is not whole the last attachment is held: it is the one that was cut.
  void inspect(desk::Arrival& arrival);

 private:
  void look_at_signatures(desk::Arrival const& arrival, desk::Mail& mail);

  InspectionConfig config_;
  std::optional<channels::DkimReader> reader_;
};

}  // namespace spoc::daemon
