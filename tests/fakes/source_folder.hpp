// SPDX-License-Identifier: GPL-3.0-or-later
// Where the checkout under test lies: its goldens, example files and scripts are read from there.
#pragma once

#include <string>

namespace spoc::fakes {

/// Without a final slash.
std::string const& source_folder();

}  // namespace spoc::fakes
