// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader of the help pages says of an article, and the letter that brings it to whoever keeps it.
#pragma once

#include "desk/people.hpp"
#include "desk/time.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace spoc::desk {

/// Nobody knows who they are.
struct Feedback {
  std::string article, language;
  bool helped = false;
  std::string words;    ///< may be empty
  std::string title{};  ///< of the article, for the letter
  std::string owner{};  ///< of the article; "" where it names none
  bool counts = true;   ///< false: its words are kept, but it moves nothing; the same reader said it before
};

/// Feedback with words, as it is kept.
struct Remark {
  std::int64_t id = 0;
  std::string article, language;
  Time at{};
  bool helped = false;
  std::string words;
  std::string title{}, owner{};
};

/// Who hears what readers say: an article's owner; where it names none, or one of the desk's own addresses,
/// the members of that mailbox's team, without a mailbox the first one's.
std::vector<Address> keepers(std::string const& owner, House const& house);

struct Known;
struct Plan;
/// One letter with all of the remarks to each of them. They belong to no ticket.
Plan plan_feedback(std::vector<Remark> const& remarks, std::vector<Address> const& to, Known const& known);

}  // namespace spoc::desk
