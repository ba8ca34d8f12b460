// SPDX-License-Identifier: GPL-3.0-or-later
// Texts become rows of words; runs of five words that both sides share cover the lines that hold them.
#include "parser/sent_lines.hpp"

#include "parser/fold_words.hpp"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_set>

namespace spoc::parser {
namespace {

constexpr std::size_t run_length = 5;     // words that are compared at once
constexpr std::size_t fewest_words = 10;  // that a find must have
constexpr std::size_t longest_text = 2 << 20;

struct Word {
  std::uint64_t hash;
  std::size_t line;
};

// FNV-1a.
std::uint64_t hash_of(std::string_view word) {
  std::uint64_t hash = 14695981039346656037U;
  for (char const c : word) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return hash;
}

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

std::size_t length_of(std::string_view text) {
  auto const lead = static_cast<unsigned char>(text.front());
  return std::min<std::size_t>(text.size(), lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
}

// Typographic punctuation (U+2000 to U+206F), that of CJK (U+3000 to U+303F) and Latin-1's signs.
bool is_punctuation(std::string_view point) {
  return point.starts_with("\xe2\x80") || point.starts_with("\xe2\x81") || point.starts_with("\xe3\x80") ||
         (point.size() == 2 && static_cast<unsigned char>(point[0]) == 0xc2);
}

// Clients rewrite links, drop them or write them twice.
bool is_link(std::string_view token) {
  return token.find("://") != std::string_view::npos || token.find("www.") != std::string_view::npos ||
         token.find("cid:") != std::string_view::npos || token.find("mailto:") != std::string_view::npos;
}

void add_token(std::string_view token, std::size_t line, std::vector<Word>& words) {
  if (is_link(token)) return;
  std::string word;
  auto const end_word = [&] {
    if (!word.empty()) words.push_back({hash_of(word), line});
    word.clear();
  };
  while (!token.empty()) {
    std::string_view const point = token.substr(0, length_of(token));
    token.remove_prefix(point.size());
    bool const cjk = static_cast<unsigned char>(point.front()) >= 0xe3;
    if (point.size() == 1 ? !is_plain(point.front()) : is_punctuation(point)) {
      end_word();
    } else if (cjk) {
      // Scripts without blanks: each character counts as a word.
      end_word();
      words.push_back({hash_of(point), line});
    } else {
      word += point;
    }
  }
  end_word();
}

void add_line(std::string_view text, std::size_t line, std::vector<Word>& words) {
  std::string const small = folded(text);
  for (std::string_view rest = small; !rest.empty();) {
    std::size_t const end = std::min(rest.find(' '), rest.size());
    add_token(rest.substr(0, end), line, words);
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

std::uint64_t hash_of_run(std::vector<Word> const& words, std::size_t first) {
  std::uint64_t hash = 0;
  for (std::size_t i = first; i < first + run_length; ++i)
    hash = (hash ^ words[i].hash) * 0x9e3779b97f4a7c15U + 1;
  return hash;
}

/// What we sent: its runs of words, and its lines of two words and more.
struct Sent {
  std::unordered_set<std::uint64_t> runs, lines;
};

// How many words each line has, and how many of them a shared run covers.
struct Cover {
  std::size_t words = 0, covered = 0;
  std::uint64_t line = 0;  // all its words
  bool whole() const { return words > 0 && covered == words; }
  void take(Word const& word) {
    ++words;
    line = (line ^ word.hash) * 0x9e3779b97f4a7c15U + 1;
  }
};

Sent read_sent(std::span<std::string const> letters) {
  Sent sent;
  for (std::string const& letter : letters) {
    std::vector<Word> words;
    for (BodyLine const& line : lines_of_text(std::string_view{letter}.substr(0, longest_text))) {
      std::size_t const before = words.size();
      add_line(line.text, 0, words);
      Cover cover;
      for (std::size_t i = before; i < words.size(); ++i) cover.take(words[i]);
      if (cover.words >= 2) sent.lines.insert(cover.line);
    }
    for (std::size_t i = 0; i + run_length <= words.size(); ++i) sent.runs.insert(hash_of_run(words, i));
  }
  return sent;
}

std::vector<Cover> covers_of(std::vector<BodyLine> const& lines,
                             std::unordered_set<std::uint64_t> const& runs) {
  std::vector<Word> words;
  for (std::size_t n = 0; n < lines.size(); ++n) add_line(lines[n].text, n, words);
  std::vector<Cover> covers(lines.size());
  std::size_t covered_to = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i + run_length <= words.size() && runs.contains(hash_of_run(words, i))) covered_to = i + run_length;
    Cover& cover = covers[words[i].line];
    cover.take(words[i]);
    if (i < covered_to) ++cover.covered;
  }
  return covers;
}

void mark(BodyLine& line) {
  if (line.depth > 0) return;
  line.depth = 1;
  line.shown = line.text;
}

// A rule or a link; other signs without words ("?!") may be an answer.
bool is_ornament(std::string_view text) {
  return is_link(text) || text.find_first_not_of("-_=* \t|") == std::string_view::npos;
}

}  // namespace

std::size_t mark_sent(std::vector<BodyLine>& lines, std::span<std::string const> letters) {
  Sent const sent = read_sent(letters);
  std::vector<Cover> const covers = covers_of(lines, sent.runs);
  std::size_t found = 0;
  for (std::size_t first = 0; first < lines.size();) {
    std::size_t next = first, last = first, words = 0;
    // Lines without words, blank ones and rules, interrupt nothing.
    for (; next < lines.size() && (covers[next].whole() || (next > first && covers[next].words == 0));
         ++next) {
      words += covers[next].words;
      if (covers[next].whole()) last = next + 1;
    }
    if (words >= fewest_words)
      for (std::size_t n = first; n < last; ++n) {
        if (lines[n].text.empty() || (covers[n].words == 0 && !is_ornament(lines[n].text))) continue;
        mark(lines[n]);
        ++found;
      }
    first = std::max(next, first + 1);
  }
  // A name under the letter is too short to be found alone, but not beside what was found.
  for (std::size_t n = 0; found > 0 && n < lines.size(); ++n)
    if (covers[n].words >= 2 && sent.lines.contains(covers[n].line)) mark(lines[n]);
  return found;
}

}  // namespace spoc::parser
