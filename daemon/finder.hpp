// SPDX-License-Identifier: GPL-3.0-or-later
// What /find finds in the search index, and what is looked up for agents unasked.
#pragma once

#include "daemon/front_desk.hpp"
#include "parser/frame.hpp"
#include "search/index.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace spoc::daemon {

/// At most eight tickets and three articles, internal ones too: it is an agent who asks. Nothing without a
/// reader or where the index can't be read.
Findings find_for_agent(search::Reader* reader, std::string const& words, std::string const& language);

/// So many hits are looked through for what suggested() makes of them.
inline constexpr std::size_t looked_through = 10;
/// The best three. Where none of those may be shown to a requester but a later one may, that one stands in
/// the third place: what agents alone may read must not keep an answer from who asks.
std::vector<desk::Suggestion> suggested(std::vector<search::Hit> const& hits);

/// The path of its page. Where translations share the id it names the language: else the browser's would
/// decide, and nobody offered that one.
std::string article_page(search::Reader* reader, std::string const& id, std::string const& language);

/// For a visitor's words, before anybody at the desk has read them: what is likely to answer, three at most.
std::vector<parser::Offer> offers(search::Reader* reader, std::string const& text,
                                  std::string const& language);

/// What a new matter is about, as for a mail: at most three articles, and tickets that read like it.
LookedUp look_up(search::Reader* reader, std::string const& subject, std::string const& words,
                 std::string const& language);

}  // namespace spoc::daemon
