// SPDX-License-Identifier: GPL-3.0-or-later
// Tickets one message of which says a phrase. The stems of its words find entries, whose words are compared.
#pragma once

#include "search/terms.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace Xapian {
class Database;
}  // namespace Xapian

namespace spoc::search {

/// How much is looked at for one phrase: whoever asks next waits meanwhile, and for /find in a mail the desk.
struct Effort {
  std::size_t compared =
      20'000;  ///< entries that have all of its words, the newest first; then the piece is ended
  std::size_t tickets = 1000;    ///< that say it, the newest
  std::uint32_t piece = 16'384;  ///< numbers of entries, after each of which it may be enough
};

/// In order.
std::vector<std::int64_t> newest_that_say(Xapian::Database const& db, std::vector<Word> const& phrase,
                                          Effort const& effort = {});
/// Which of these do; in order.
std::vector<std::int64_t> those_that_say(Xapian::Database const& db, std::vector<Word> const& phrase,
                                         std::vector<std::int64_t> const& tickets);
/// No more entries than this can say it.
std::size_t most_that_say(Xapian::Database const& db, std::vector<Word> const& phrase);

}  // namespace spoc::search
