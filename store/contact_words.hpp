// SPDX-License-Identifier: GPL-3.0-or-later
// The words of contacts' names, folded: how somebody is found by name among a hundred thousand.
#pragma once

#include "desk/people.hpp"
#include "store/store.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

/// Small letters, cut at blanks and commas.
std::vector<std::string> words_in(std::string_view text);
/// By whole words: "Test" is not Testmann.
bool holds_all(std::string_view name, std::vector<std::string> const& words);
/// In the place of those that the contact had. After each change of a name.
void keep_name_words(Driver& driver, desk::ContactId contact, std::string_view name);
/// Of all contacts: for a database that an older release has made.
void keep_all_name_words(Driver& driver);

}  // namespace spoc::store
