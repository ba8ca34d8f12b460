// SPDX-License-Identifier: GPL-3.0-or-later
// What tickets can be about, and where those who write are, as configured.
#pragma once

#include "desk/classes.hpp"

#include <optional>
#include <string>
#include <vector>

namespace spoc::desk {

/// One branch of the tree. What it does not say, its parent says.
struct Category {
  std::string path;                ///< "hardware/printer" is below "hardware"
  std::vector<std::string> words;  ///< one of these in subject or text: a new ticket is of it
  std::optional<TicketKind> kind;
  std::optional<Level> impact, urgency;
  std::vector<std::string> teams;   ///< whose it is; several: desk/routing.hpp picks one
  std::vector<std::string> skills;  ///< what the team must know
  bool operator==(Category const&) const = default;
};

/// A place at which people sit.
struct Site {
  std::string name;
  std::vector<std::string> requesters;  ///< normal() addresses and domains of who is there
  bool operator==(Site const&) const = default;
};

}  // namespace spoc::desk
