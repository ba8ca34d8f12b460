// SPDX-License-Identifier: GPL-3.0-or-later
// Style attributes: which declarations may stay, and whether they take an element out of sight.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// The declarations of a style attribute that can neither load nor cover anything: properties from a list,
/// each with values of its own kind (colours, lengths of a sensible size, its keywords). Writing the result
/// again gives the same. Whatever takes an element out of sight becomes "display:none".
std::string safe_style(std::string_view style);

/// Does the style take its element out of sight, as that of a newsletter's preview line does? display:none,
/// visibility:hidden, no opacity, no height with overflow:hidden.
bool hides(std::string_view style);

/// Does the style make a picture of at most one pixel in a direction?
bool is_pixel_sized(std::string_view style);

/// "red", "#ccc", "rgb(1, 2, 3)".
bool is_css_colour(std::string_view value);
/// Names of fonts, with or without quotation marks.
bool is_font_list(std::string_view value);

}  // namespace spoc::parser
