// SPDX-License-Identifier: GPL-3.0-or-later
// How a ticket is classed: kind, impact, urgency, and the priority that these make.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace spoc::desk {

enum class Priority { p1 = 1, p2, p3, p4 };
std::string_view name(Priority priority);  ///< "P1" to "P4"
std::optional<Priority> priority_named(std::string_view word);

enum class TicketKind {
  incident,   ///< something is broken
  request,    ///< something is wanted
  question,   ///< something is asked
  complaint,  ///< somebody is not content
};
std::string_view name(TicketKind kind);
std::optional<TicketKind> ticket_kind_named(std::string_view word);

/// Of impact and of urgency.
enum class Level { high = 1, medium, low };
std::string_view name(Level level);
std::optional<Level> level_named(std::string_view word);

/// Priorities by impact (outer) and urgency (inner), high to low. As ITIL has it, with four steps.
using PriorityMatrix = std::array<std::array<Priority, 3>, 3>;
inline constexpr PriorityMatrix itil_matrix{{{Priority::p1, Priority::p2, Priority::p3},
                                             {Priority::p2, Priority::p3, Priority::p4},
                                             {Priority::p3, Priority::p4, Priority::p4}}};
Priority priority_of(PriorityMatrix const& matrix, Level impact, Level urgency);

/// One row of a matrix, "P1 P2 P3"; nothing for anything else.
std::optional<std::array<Priority, 3>> matrix_row(std::string_view text);

}  // namespace spoc::desk
