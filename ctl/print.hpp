// SPDX-License-Identifier: GPL-3.0-or-later
// What spocctl prints: JSON, one object a line, and faults.
#pragma once

#include "daemon/as_json.hpp"
#include "desk/error.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::ctl {

/// One object on one line of standard output.
void print(boost::json::object const& object);
/// "spocctl: what" on standard error; the exit code that fits.
int fail(Error const& error);
/// A member as words: what is no text as JSON has it, "" for none and for null.
std::string text_of(boost::json::object const& object, std::string_view key);
/// An empty one where it is none.
boost::json::array const& list_of(boost::json::object const& object, std::string_view key);
/// A file's bytes, or standard input for "-".
Result<std::string> read_input(std::string const& file);
using daemon::texts;

}  // namespace spoc::ctl
