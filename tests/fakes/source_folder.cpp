// SPDX-License-Identifier: GPL-3.0-or-later
// The only source that is told the checkout's path, so that ccache serves every other one to any checkout.
#include "tests/fakes/source_folder.hpp"

namespace spoc::fakes {

std::string const& source_folder() {
  static std::string const folder{SPOC_SOURCE};
  return folder;
}

}  // namespace spoc::fakes
