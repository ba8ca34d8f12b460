// SPDX-License-Identifier: GPL-3.0-or-later
// Ours instead of Xapian's QueryParser: that one throws on "AND OR", and makes a run of Chinese an AND of all
// its pairs.
#include "search/box.hpp"

#include <algorithm>

namespace spoc::search {
namespace {

constexpr std::size_t most_phrases = 8;
constexpr std::size_t most_excluded = 16;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

Box read_box(std::string_view query) {
  Box out;
  while (!query.empty()) {
    if (query.front() == '"') {
      auto const end = query.find('"', 1);
      auto const inside = query.substr(1, end == std::string_view::npos ? end : end - 1);
      auto words = split(inside);
      std::erase_if(words, [](Word const& word) { return word.compound; });
      auto const closed = end != std::string_view::npos;
      if (closed && words.size() > 1 && words.size() <= 32 && out.phrases.size() < most_phrases)
        out.phrases.push_back(std::move(words));
      out.words.append(inside) += ' ';
      query.remove_prefix(closed ? end + 1 : query.size());
      continue;
    }
    if (is_blank(query.front())) {
      out.words += ' ';
      query.remove_prefix(1);
      continue;
    }
    std::size_t end = 1;
    while (end < query.size() && !is_blank(query[end]) && query[end] != '"') ++end;
    auto const piece = query.substr(0, end);
    auto const starts = out.words.empty() || is_blank(out.words.back());
    if (starts && piece.size() > 1 && piece[0] == '-' && piece[1] != '-' &&
        out.excluded.size() < most_excluded) {
      auto const words = split(piece.substr(1));
      // A word that falls into several, like "-cloud-init", is neither looked for nor excluded.
      if (words.size() == 1) out.excluded.push_back(words.front());
    } else {
      out.words += piece;
    }
    query.remove_prefix(end);
  }
  return out;
}

}  // namespace spoc::search
