// SPDX-License-Identifier: GPL-3.0-or-later
// The shapes of what the API takes and gives: JSON Schema (2020-12), as far as its own schemas use it.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace spoc::daemon {

/// Every schema by its name.
boost::json::object const& api_schemas();

/// What is wrong with a value that shall have this shape, each fault with its place ("/requester/address");
/// empty where nothing is.
std::vector<std::string> faults_of(boost::json::value const& value, std::string_view schema);

}  // namespace spoc::daemon
