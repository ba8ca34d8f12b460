// SPDX-License-Identifier: GPL-3.0-or-later
// What may stay in HTML that we show: elements, attributes, addresses, styles. All that is not named here
// goes.
#pragma once

#include "parser/html_tokens.hpp"

#include <string>
#include <string_view>

namespace spoc::parser {

/// How an element behaves when tags are put in order.
enum class Shape {
  unknown,    ///< not allowed: the tag goes, its content stays
  hidden,     ///< not allowed: its content goes, too
  inline_,    ///< b, span, a
  block,      ///< div, ul, h1
  paragraph,  ///< p: ended by the next block
  item,       ///< li, dt, dd: ended by the next of its list
  table,      ///< table
  part,       ///< tr, tbody, col: only inside a table
  cell,       ///< td, th, caption: what is open inside can't be closed from outside
  empty,      ///< br, hr, img
};
Shape shape_of(std::string_view element);

/// Whose HTML it is: mail is a stranger's, articles are the desk's own.
enum class Trust {
  mail,     ///< remote pictures held back, no relative addresses
  article,  ///< remote pictures and relative addresses stay
};

/// The attributes that may stay, ready to be written behind the element's name: ` href="..." rel="..."`.
std::string safe_attributes(HtmlToken const& tag, Trust trust);

/// Does the element take itself out of sight, by attribute or style?
bool is_hidden(HtmlToken const& tag);

/// What an element that may not stay is written as: a form is a block all the same. "" for most.
std::string_view stand_in(std::string_view element);

/// The address as it may be written, or "" if its scheme is not among http, https, mailto, tel and cid.
std::string safe_address(std::string_view address, Trust trust);

/// Is it a picture that only tells its server that the mail was read? It has no size, or cannot be seen, or
/// its address is that of a well-known counter.
bool is_tracking_pixel(HtmlToken const& image);

/// sanitise() for a given trust.
std::string sanitise_for(std::string_view html, Trust trust);

}  // namespace spoc::parser
