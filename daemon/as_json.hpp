// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's values as JSON: the same for the API, webhooks and spocctl.
#pragma once

#include "desk/plan.hpp"
#include "desk/rules.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <optional>
#include <string>
#include <vector>

namespace spoc::daemon {

boost::json::array texts(std::vector<std::string> const& all);
boost::json::value maybe(std::optional<desk::Time> const& time);
boost::json::object as_json(desk::Ticket const& ticket);
boost::json::object as_json(desk::Message const& message);
boost::json::object as_json(desk::Letter const& letter);
boost::json::object as_json(desk::Trail const& trail);
boost::json::object as_json(desk::Due const& due);
boost::json::object as_json(desk::Firing const& firing);
boost::json::object as_json(desk::Contact const& contact);
/// With what the daemon last found of its service level.
boost::json::object as_json(desk::Ticket const& ticket, desk::LevelState const& level);
/// All of `all`, each as it is shown.
template <class Value>
boost::json::array as_array(std::vector<Value> const& all) {
  boost::json::array out;
  for (Value const& one : all) out.push_back(as_json(one));
  return out;
}
/// Phrases of receipts and refusals, in English.
boost::json::array in_english(std::vector<std::string> const& phrases);

}  // namespace spoc::daemon
