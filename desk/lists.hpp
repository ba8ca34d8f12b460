// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of words, and what they say as conditions: an empty one asks for nothing.
#pragma once

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// Is the word one of the list?
template <class List>
bool has(List const& list, std::string_view word) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

/// Is it one of those wanted, or is none?
inline bool fits(std::vector<std::string> const& wanted, std::string_view word) {
  return wanted.empty() || has(wanted, word);
}

/// Is one of them among those wanted, or is none?
inline bool fits_any(std::vector<std::string> const& wanted, std::vector<std::string> const& words) {
  return wanted.empty() ||
         std::any_of(words.begin(), words.end(), [&](std::string const& word) { return has(wanted, word); });
}

/// Is a person wanted by the whole address (normal()) or by its domain?
inline bool fits_person(std::vector<std::string> const& wanted, std::string const& address) {
  return fits(wanted, address) || fits(wanted, address.substr(address.find('@') + 1));
}

}  // namespace spoc::desk
