// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of a table's phrases.
#include "parser/phrases.hpp"

#include <algorithm>

namespace spoc::parser {

Phrases::Phrases(std::span<std::string_view const> table) : table_{table} {
  for (std::string_view const phrase : table) head_ = std::min(head_, phrase.size());
  for (std::string_view const phrase : table) {
    std::uint16_t const key = key_of(phrase.data());
    keys_.set(key);
    entries_.push_back({key, phrase});
  }
  std::stable_sort(entries_.begin(), entries_.end(),
                   [](Entry const& a, Entry const& b) { return a.key < b.key; });
}

namespace {

constexpr auto whichever = [](std::size_t, std::string_view) { return true; };

}  // namespace

bool Phrases::in(std::string_view text) const { return any(text, whichever); }

bool Phrases::begin_of(std::string_view text) const {
  return text.size() >= head_ && may_begin(text.data()) && any_at(text, 0, whichever);
}

std::vector<Phrases::Entry>::const_iterator Phrases::first_with(std::uint16_t key) const {
  return std::lower_bound(entries_.begin(), entries_.end(), key,
                          [](Entry const& entry, std::uint16_t wanted) { return entry.key < wanted; });
}

}  // namespace spoc::parser
