// SPDX-License-Identifier: GPL-3.0-or-later
// The word that is mailed to an address which a visitor gave: who can say it in that chat reads that mail.
#pragma once

#include "desk/time.hpp"
#include "desk/token.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

/// "7KQ2F-9XMPD": 50 bits that hold for one chat and one address, today and tomorrow. Nothing is stored for
/// it.
std::string proof_word(std::string_view session, std::string_view address, Time now, Sign const& sign);
/// As people type it: in any case, with or without the dash, O for 0, I and L for 1.
bool proves(std::string_view word, std::string_view session, std::string_view address, Time now,
            Sign const& sign);
/// The address of the page `page` with the word in its fragment, which no server gets to see; "" when the
/// page is of none of the origins: a mail of ours leads nowhere else.
std::string proof_link(std::string_view page, std::string_view word, std::vector<std::string> const& origins);

}  // namespace spoc::desk
