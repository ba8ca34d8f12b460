// SPDX-License-Identifier: GPL-3.0-or-later
// The query parameters of the API, once each.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::daemon {

struct ApiParameter {
  std::string_view name;
  std::string_view type;  ///< "text", "integer", "moment", or the words of a choice, parted by "|"
  std::string_view help;
};
/// Nullptr where no parameter has this name.
ApiParameter const* api_parameter(std::string_view name);

/// The words of a list that are parted by blanks, or by another sign.
std::vector<std::string_view> parts_of(std::string_view list, char by = ' ');

/// Why a value can't be this parameter's; "" where it can.
std::string fault_of(ApiParameter const& parameter, std::string const& value);

}  // namespace spoc::daemon
