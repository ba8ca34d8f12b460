// SPDX-License-Identifier: GPL-3.0-or-later
// What the tests of the configuration share: the smallest desk, and mistakes as text.
#pragma once

#include "daemon/config.hpp"

#include <string>
#include <vector>

namespace spoc::daemon {

/// A mailbox and an agent: whatever is appended belongs to that agent until the next table.
inline std::string const smallest_desk =
    "[[mailbox]]\nname = \"support\"\naddress = \"support@example.org\"\n"
    "[[agent]]\nhandle = \"sam\"\nname = \"Sam Example\"\naddresses = [\"sam@example.org\"]\n";

/// A line each: where, which key, what is wrong, the remedy.
inline std::string all_of(std::vector<Mistake> const& mistakes) {
  std::string out;
  for (Mistake const& one : mistakes)
    out += std::to_string(one.line) + " " + one.key + " " + one.what + ": " + one.remedy + "\n";
  return out;
}

}  // namespace spoc::daemon
