// SPDX-License-Identifier: GPL-3.0-or-later
// The words for kinds and levels, and the priority that a matrix gives.
#include "desk/classes.hpp"

#include "desk/words.hpp"

namespace spoc::desk {
namespace {

constexpr Words<Priority, 4> priorities{
    {{Priority::p1, "P1"}, {Priority::p2, "P2"}, {Priority::p3, "P3"}, {Priority::p4, "P4"}}};
constexpr Words<TicketKind, 4> ticket_kinds{{{TicketKind::incident, "incident"},
                                             {TicketKind::request, "request"},
                                             {TicketKind::question, "question"},
                                             {TicketKind::complaint, "complaint"}}};
constexpr Words<Level, 3> levels{{{Level::high, "high"}, {Level::medium, "medium"}, {Level::low, "low"}}};

}  // namespace

std::string_view name(Priority priority) { return word_for(priorities, priority); }
std::optional<Priority> priority_named(std::string_view word) { return value_for(priorities, word); }
std::string_view name(TicketKind kind) { return word_for(ticket_kinds, kind); }
std::optional<TicketKind> ticket_kind_named(std::string_view word) { return value_for(ticket_kinds, word); }
std::string_view name(Level level) { return word_for(levels, level); }
std::optional<Level> level_named(std::string_view word) { return value_for(levels, word); }

Priority priority_of(PriorityMatrix const& matrix, Level impact, Level urgency) {
  return matrix.at(static_cast<std::size_t>(impact) - 1).at(static_cast<std::size_t>(urgency) - 1);
}

std::optional<std::array<Priority, 3>> matrix_row(std::string_view text) {
  std::array<Priority, 3> row{};
  if (text.size() != 8 || text[2] != ' ' || text[5] != ' ') return std::nullopt;
  for (std::size_t i = 0; i < row.size(); ++i) {
    auto const priority = priority_named(text.substr(i * 3, 2));
    if (!priority) return std::nullopt;
    row.at(i) = *priority;
  }
  return row;
}

}  // namespace spoc::desk
