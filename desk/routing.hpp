// SPDX-License-Identifier: GPL-3.0-or-later
// What a new ticket is about and whose it is: by category, mailbox, skill, site, language and open hours.
#pragma once

#include "desk/people.hpp"
#include "desk/ticket.hpp"

#include <string>
#include <string_view>

namespace spoc::desk {

// ---- categories ----------------------------------------------------------------------------------

/// Is `path` the branch itself, or below it?
bool is_within(std::string_view path, std::string_view branch);
/// By its path or, where it is the only one of that name, by the path's last part; whatever the case.
Category const* category_called(House const& house, std::string_view word);
/// With everything that only its ancestors say.
Category whole_category(House const& house, std::string_view path);
/// The deepest one of whose words stands in the text; of several the first configured.
struct WordsFound {
  Category const* category = nullptr;
  std::string word;
};
WordsFound category_of_words(House const& house, std::string_view text);

// ---- whose it is ---------------------------------------------------------------------------------

/// Where the requester sits: by what is known of them (`own`, whatever the case; a site that is not
/// configured says nothing), by address, by domain, else where people of the mailbox sit; "" for nobody
/// knows.
std::string site_of(House const& house, Ticket const& ticket, std::string_view own);

/// A team, and why: "" where there was nothing to choose.
struct Route {
  std::string team, reason;
  bool operator==(Route const&) const = default;
};
/// Candidates are the category's teams, else the mailbox's. Each of skills, site, language and open hours
/// leaves those of them that fit, unless it would leave none; the first of the rest has it. Where all are
/// closed, the one that opens first.
/// `own_site` as in site_of().
Route route(House const& house, Ticket const& ticket, std::string_view own_site, Time now);

}  // namespace spoc::desk
