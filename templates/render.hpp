// SPDX-License-Identifier: GPL-3.0-or-later
// Mustache: a template and values become a text. The only door to the mustache package.
#pragma once

#include "templates/letter.hpp"

#include <string>

namespace spoc::templates {

/// `text` has been through with_partials(). An empty word or list counts as false, so {{#word}} asks whether
/// there is one. Kind::unreadable lists the names that the values don't have.
Result<std::string> render_mustache(std::string const& text, Texts::Values const& values, bool html);

}  // namespace spoc::templates
