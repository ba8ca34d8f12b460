// SPDX-License-Identifier: GPL-3.0-or-later
// Entries to bytes and back.
#include "search/entry.hpp"

#include <algorithm>
#include <charconv>

namespace spoc::search {
namespace {

constexpr std::size_t mark_size = 3;
constexpr std::uint32_t same_place = 1;

/// Even and not 0: that is a border.
std::uint32_t mark_of(Word const& word) {
  std::uint32_t const hash = key_of(word.text) >> 8U & ~same_place;
  return hash == 0 ? 2 : hash;
}

/// The marks behind an entry's number.
class Marks {
 public:
  explicit Marks(std::string_view entry) : bytes_(entry) {
    bytes_.remove_prefix(std::min(bytes_.find('\n'), bytes_.size() - 1) + 1);
  }
  std::size_t size() const { return bytes_.size() / mark_size; }
  std::uint32_t at(std::size_t i) const {
    auto const byte = [&](std::size_t n) {
      return std::uint32_t{static_cast<unsigned char>(bytes_[i * mark_size + n])};
    };
    return byte(0) | byte(1) << 8U | byte(2) << 16U;
  }
  bool begins_place(std::size_t i) const { return (at(i) & same_place) == 0; }
  /// The place behind that of i.
  std::size_t next(std::size_t i) const {
    for (++i; i < size() && !begins_place(i);) ++i;
    return i;
  }
  /// Does the word stand in the place that begins with i, by itself or made from its parts?
  bool has(std::size_t i, std::uint32_t mark) const {
    if (i >= size()) return false;
    for (std::size_t const end = next(i); i < end; ++i)
      if ((at(i) & ~same_place) == mark) return true;
    return false;
  }

 private:
  std::string_view bytes_;
};

}  // namespace

void EntryWriter::add(std::vector<Word> const& words) {
  auto const put = [&](std::uint32_t mark) {
    for (unsigned shift = 0; shift < 8 * mark_size; shift += 8)
      bytes_ += static_cast<char>(static_cast<unsigned char>(mark >> shift));
  };
  for (Word const& word : words) put(mark_of(word) | (word.compound ? same_place : 0));
  put(0);
}

std::int64_t ticket_of_entry(std::string_view bytes) {
  std::int64_t out = 0;
  std::from_chars(bytes.data(), bytes.data() + bytes.size(), out);
  return out;
}

bool has_phrase(std::string_view bytes, std::vector<Word> const& phrase) {
  if (bytes.empty()) return false;
  Marks const marks(bytes);
  std::vector<std::uint32_t> wanted;
  for (Word const& word : phrase) wanted.push_back(mark_of(word));
  for (std::size_t i = 0; i < marks.size(); i = marks.next(i)) {
    std::size_t at = i, n = 0;
    while (n < wanted.size() && marks.has(at, wanted[n])) at = marks.next(at), ++n;
    if (n == wanted.size()) return true;
  }
  return false;
}

std::string_view language_of_entry(std::string_view language) {
  std::string const main = main_language(language);
  if (main == "en") return "en";
  // Danish and Swedish are cut much as Norwegian is, for which short texts of theirs are taken at times.
  return main == "nb" || main == "da" || main == "sv" ? "nb" : "";
}

}  // namespace spoc::search
