// SPDX-License-Identifier: GPL-3.0-or-later
// Bounces that RFC 3464 knows nothing of: qmail, Exim, older Exchange, Domino and many more, told by their
// words.
#pragma once

#include "parser/bounce.hpp"

#include <optional>
#include <string_view>

namespace spoc::parser {

struct BounceSigns {
  int weight = 0;      ///< 2 and more: it is one
  std::string reason;  ///< the strongest sign
};
/// returned: an old mail is attached.
BounceSigns bounce_signs(Fields const& fields, std::string_view subject, std::string_view text,
                         bool returned);

/// Recipient, status (as a server named it), action and the other server's words, as far as they are said.
desk::Bounce read_dialect(Fields const& fields, std::string_view subject, std::string_view text);

/// The status where no server named one: its class from the reply code or the action, the rest from the
/// words.
std::string status_from_words(desk::Bounce const& bounce, std::string_view subject, std::string_view text);

}  // namespace spoc::parser
