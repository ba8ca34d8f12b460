// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of rules share: a house to which they are added, and plans that they have seen.
#pragma once

#include "desk/rules.hpp"
#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

namespace spoc::desk::tests {

inline HouseRule rule_of(std::string name, std::vector<std::string> when) {
  HouseRule out;
  out.name = std::move(name);
  out.when = std::move(when);
  return out;
}

class HouseRules : public testing::Test {
 protected:
  HouseRule& add(std::string name, std::vector<std::string> when) {
    home.rules.push_back(rule_of(std::move(name), std::move(when)));
    return home.rules.back();
  }
  Plan opened(Mail mail = mail_from("ola@example.net", "Printer", "It smokes.")) {
    Arrival const arrival = arrival_of(std::move(mail));
    Plan plan = plan_arrival(arrival, known);
    firings = apply_rules(plan, arrival, known);
    return plan;
  }
  static std::vector<std::string> told(Plan const& plan, LetterKind kind) {
    std::vector<std::string> out;
    for (Letter const& one : letters(plan, kind))
      out.push_back(one.agent.empty() ? one.to.address : one.agent);
    return out;
  }
  static std::vector<std::string> ruled(Plan const& plan) {
    std::vector<std::string> out;
    for (Trail const& one : plan.trail)
      if (one.what == "rule") out.push_back(one.detail);
    return out;
  }

  House home = house();
  Known known = known_in(home);
  std::vector<Firing> firings;
};

}  // namespace spoc::desk::tests
