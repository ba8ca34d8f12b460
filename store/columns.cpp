// SPDX-License-Identifier: GPL-3.0-or-later
// Lists in one column, moments, and numbers for new rows.
#include "store/columns.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace spoc::store {
namespace {

std::string flat(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return text;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find(separator, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

}  // namespace

std::int64_t next_number(Tx& tx, std::string_view counter) {
  auto& numbers = tx.numbers();
  if (auto const known = numbers.find(counter); known != numbers.end()) return ++known->second;
  std::optional<std::int64_t> value;
  tx.driver().run("SELECT value FROM counter WHERE name = $1", {counter},
                  [&](Row const& row) { value = row.integer(0); });
  if (!value)
    throw Fault{{Kind::broken, "the counter " + std::string{counter} + " is missing; restore the backup"}};
  return numbers[std::string{counter}] = *value + 1;
}

void keep_numbers(Tx& tx) {
  for (auto const& [counter, value] : tx.numbers())
    tx.driver().run("UPDATE counter SET value = $2 WHERE name = $1", {counter, value});
  tx.numbers().clear();
}

desk::Time time_in(Row const& row, int column) { return desk::from_number(row.integer(column)); }

std::optional<desk::Time> maybe_time_in(Row const& row, int column) {
  return row.null(column) ? std::nullopt : std::optional{time_in(row, column)};
}

std::string as_lines(std::vector<std::string> const& items) {
  std::string text;
  for (auto const& item : items) {
    std::size_t const start = text.size();
    text += item;
    std::replace(text.begin() + static_cast<std::ptrdiff_t>(start), text.end(), '\n', ' ');
    text += '\n';
  }
  return text;
}

std::vector<std::string> from_lines(std::string_view text) { return split(text, '\n'); }

std::string as_articles(std::vector<desk::Suggestion> const& articles) {
  std::string text;
  for (auto const& article : articles) {
    std::array<char, 32> score{};
    auto const end = std::to_chars(score.data(), score.data() + score.size(), article.score).ptr;
    text += flat(article.article) + '\t' + flat(article.title) + '\t' + flat(article.language) + '\t';
    text.append(score.data(), end);
    text += article.confident ? "\t1" : "\t0";
    text += article.internal ? "\t1\n" : "\t0\n";
  }
  return text;
}

std::vector<desk::Suggestion> from_articles(std::string_view text) {
  std::vector<desk::Suggestion> articles;
  for (auto const& line : from_lines(text)) {
    auto fields = split(line, '\t');
    fields.resize(6);
    desk::Suggestion article{fields[0], fields[1], fields[2], 0, fields[4] == "1", fields[5] == "1"};
    std::from_chars(fields[3].data(), fields[3].data() + fields[3].size(), article.score);
    articles.push_back(std::move(article));
  }
  return articles;
}

std::string like_word(std::string_view word) {
  std::string out;
  for (char const c : word) {
    if (c == '%' || c == '_' || c == '!') out += '!';
    out += c;
  }
  return out;
}

void throw_unknown_word(std::string_view column, std::string_view word) {
  throw Fault{{Kind::broken, "the database says '" + std::string{word} + "' for " + std::string{column} +
                                 ", which this release does not know; was it written by hand?"}};
}

}  // namespace spoc::store
