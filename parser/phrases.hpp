// SPDX-License-Identifier: GPL-3.0-or-later
// A table of phrases that is looked for in one pass over a text, however many phrases it has.
#pragma once

#include <bitset>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// Made once from a table that outlives it. Where a phrase may begin is told by the hash of its first bytes,
/// so most places of a text cost one look.
class Phrases {
 public:
  /// No phrase may be empty.
  explicit Phrases(std::span<std::string_view const> table);

  auto begin() const { return table_.begin(); }
  auto end() const { return table_.end(); }

  /// Does text hold one of them?
  bool in(std::string_view text) const;
  /// Does text begin with one of them?
  bool begin_of(std::string_view text) const;
  /// Is there one in text that `accept(place, phrase)` takes?
  template <class Accept>
  bool any(std::string_view text, Accept accept) const;

 private:
  struct Entry {
    std::uint16_t key;
    std::string_view phrase;
  };

  std::uint16_t key_of(char const* bytes) const;
  bool may_begin(char const* bytes) const { return keys_[key_of(bytes)]; }
  template <class Accept>
  bool any_at(std::string_view text, std::size_t at, Accept accept) const;
  std::vector<Entry>::const_iterator first_with(std::uint16_t key) const;

  std::span<std::string_view const> table_;
  std::size_t head_ = 4;        ///< bytes of a phrase that are hashed: as many as the shortest has, at most 4
  std::vector<Entry> entries_;  ///< by key
  std::bitset<65536> keys_;
};

inline std::uint16_t Phrases::key_of(char const* bytes) const {
  std::uint32_t head = 0;
  if (head_ == 4)
    std::memcpy(&head, bytes, 4);
  else
    for (std::size_t i = 0; i < head_; ++i) head = head << 8U | static_cast<unsigned char>(bytes[i]);
  return static_cast<std::uint16_t>((head * 0x9e3779b1U) >> 16U);  // Knuth's multiplier
}

template <class Accept>
bool Phrases::any_at(std::string_view text, std::size_t at, Accept accept) const {
  std::uint16_t const key = key_of(text.data() + at);
  for (auto one = first_with(key); one != entries_.end() && one->key == key; ++one)
    if (text.substr(at).starts_with(one->phrase) && accept(at, one->phrase)) return true;
  return false;
}

template <class Accept>
bool Phrases::any(std::string_view text, Accept accept) const {
  for (std::size_t at = 0; at + head_ <= text.size(); ++at)
    if (may_begin(text.data() + at) && any_at(text, at, accept)) return true;
  return false;
}

}  // namespace spoc::parser
