// SPDX-License-Identifier: GPL-3.0-or-later
// How the desk's values stand in columns, and back.
#pragma once

#include "desk/ticket.hpp"
#include "store/driver.hpp"
#include "store/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

/// The next number of a kind of row (schema.cpp: counter). Counted in memory until the transaction ends.
std::int64_t next_number(Tx& tx, std::string_view counter);
/// Brings what was counted into the table: at the end, and before a statement that looks there.
void keep_numbers(Tx& tx);

/// "" becomes NULL.
inline Value maybe(std::string_view text) { return text.empty() ? Value{nullptr} : Value{text}; }
inline Value maybe(std::optional<desk::Time> const& time) {
  return time ? Value{desk::to_number(*time)} : Value{nullptr};
}
/// The number 0 becomes NULL: no such row.
template <class Id>
Value maybe_id(Id id) {
  return desk::number(id) == 0 ? Value{nullptr} : Value{desk::number(id)};
}
template <class Id>
Value maybe_id(std::optional<Id> id) {
  return maybe_id(id.value_or(Id{}));
}

desk::Time time_in(Row const& row, int column);
std::optional<desk::Time> maybe_time_in(Row const& row, int column);
template <class Id>
std::optional<Id> maybe_id_in(Row const& row, int column) {
  return row.null(column) ? std::nullopt : std::optional{Id{row.integer(column)}};
}

/// One item a line. A line break inside an item becomes a blank.
std::string as_lines(std::vector<std::string> const& items);
std::vector<std::string> from_lines(std::string_view text);
/// One article a line, its fields parted by tabs.
std::string as_articles(std::vector<desk::Suggestion> const& articles);
std::vector<desk::Suggestion> from_articles(std::string_view text);

/// A word for LIKE, its own signs told to mean themselves; behind the pattern stands like_escape.
std::string like_word(std::string_view word);
inline constexpr char const* like_escape = " ESCAPE '!'";

/// Words in the database that this program does not know: somebody wrote them by hand.
[[noreturn]] void throw_unknown_word(std::string_view column, std::string_view word);
template <class T>
T known(std::optional<T> value, std::string_view column, std::string_view word) {
  if (!value) throw_unknown_word(column, word);
  return *value;
}

}  // namespace spoc::store
