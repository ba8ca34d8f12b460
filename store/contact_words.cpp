// SPDX-License-Identifier: GPL-3.0-or-later
// Names as rows of words; SQL itself folds ASCII alone.
#include "store/contact_words.hpp"

#include "desk/lower.hpp"
#include "store/contact_book.hpp"
#include "store/driver.hpp"

#include <algorithm>
#include <utility>

namespace spoc::store {
namespace {

/// Nobody's name is longer, and nobody's mail may fill the index.
constexpr std::size_t longest_word = 100;
constexpr std::size_t most_words = 20;

/// Each once, as the index has them.
std::vector<std::string> indexed_words(std::string_view name) {
  auto words = words_in(name);
  std::erase_if(words, [](std::string const& word) { return word.size() > longest_word; });
  if (words.size() > most_words) words.resize(most_words);
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

}  // namespace

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  std::string const low = desk::lower(text);
  for (std::size_t at = 0; at < low.size();) {
    std::size_t const end = std::min(low.find_first_of(" ,\t", at), low.size());
    if (end > at) words.push_back(low.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

bool holds_all(std::string_view name, std::vector<std::string> const& words) {
  auto const own = words_in(name);
  return std::all_of(words.begin(), words.end(), [&](std::string const& word) {
    return std::find(own.begin(), own.end(), word) != own.end();
  });
}

void keep_name_words(Driver& driver, desk::ContactId contact, std::string_view name) {
  driver.run("DELETE FROM contact_word WHERE contact = $1", {desk::number(contact)});
  for (std::string const& word : indexed_words(name))
    driver.run("INSERT INTO contact_word (word, contact) VALUES ($1, $2)", {word, desk::number(contact)});
}

void keep_all_name_words(Driver& driver) {
  std::vector<std::pair<desk::ContactId, std::string>> names;
  driver.run("SELECT id, name FROM contact WHERE name <> ''", {},
             [&](Row const& row) { names.emplace_back(desk::ContactId{row.integer(0)}, row.text(1)); });
  for (auto const& [id, name] : names) keep_name_words(driver, id, name);
}

std::vector<desk::ContactId> contacts_named(Tx& tx, std::string_view words, std::size_t limit) {
  constexpr std::size_t most_asked = 5;  // the rest is compared
  std::vector<desk::ContactId> out;
  auto const wanted = words_in(words);
  auto asked = indexed_words(words);
  if (asked.empty()) return out;
  // Long words are rarer than initials.
  std::stable_sort(asked.begin(), asked.end(),
                   [](auto const& one, auto const& other) { return one.size() > other.size(); });
  if (asked.size() > most_asked) asked.resize(most_asked);
  std::string sql =
      "SELECT c.id, c.name FROM contact_word w JOIN contact c ON c.id = w.contact WHERE w.word = $1 AND "
      "c.merged_into IS NULL";
  std::vector<Value> values{std::string_view{asked.front()}};
  for (std::size_t i = 1; i < asked.size(); ++i) {
    values.emplace_back(std::string_view{asked[i]});
    sql += " AND EXISTS (SELECT 1 FROM contact_word o WHERE o.word = $" + std::to_string(i + 1) +
           " AND o.contact = w.contact)";
  }
  tx.driver().run(sql + " ORDER BY w.contact", values, [&](Row const& row) {
    if (out.size() < limit && holds_all(row.text(1), wanted))
      out.emplace_back(desk::ContactId{row.integer(0)});
  });
  return out;
}

}  // namespace spoc::store
