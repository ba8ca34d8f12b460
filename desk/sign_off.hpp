// SPDX-License-Identifier: GPL-3.0-or-later
// Tells a signature that stands alone from words that are meant for somebody.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// Are these words a farewell and who wrote, and nothing else? Outlook and its like put a signature under
/// each mail without the "-- " by which it could be known: below commands alone it would be an answer.
/// `names` are the author's. Thanks, greetings and farewells with anything else in them are words, and so is
/// a post-script below them ("PS: ...").
bool is_lone_sign_off(std::string_view words, std::vector<std::string> const& names);

/// What stands above a farewell on a line of its own and the lines of a signature below it: names, titles,
/// numbers, addresses. All of it where no such line is there, or where a sentence follows it.
std::string_view before_sign_off(std::string_view words);

}  // namespace spoc::desk
