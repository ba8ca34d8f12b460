// SPDX-License-Identifier: GPL-3.0-or-later
// What brings each version of the tables to the next.
#pragma once

#include "store/driver.hpp"

#include <span>
#include <string_view>

namespace spoc::store {

struct SchemaStep {
  std::span<std::string_view const> sql;
  void (*after)(Driver&) = nullptr;  ///< what SQL can't do
};

/// All of them, from an empty database on.
std::span<SchemaStep const> schema_steps();

}  // namespace spoc::store
