// SPDX-License-Identifier: GPL-3.0-or-later
// Enum values and their words, each pair written once.
#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

namespace spoc::desk {

template <class Enum, std::size_t Count>
using Words = std::array<std::pair<Enum, std::string_view>, Count>;

template <class Enum, std::size_t Count>
std::string_view word_for(Words<Enum, Count> const& words, Enum value) {
  for (auto const& [one, word] : words)
    if (one == value) return word;
  return "";
}

template <class Enum, std::size_t Count>
std::optional<Enum> value_for(Words<Enum, Count> const& words, std::string_view wanted) {
  for (auto const& [one, word] : words)
    if (word == wanted) return one;
  return std::nullopt;
}

}  // namespace spoc::desk
