// SPDX-License-Identifier: GPL-3.0-or-later
// Who wrote a mail: From, or whom a web form, a mailing list or an agent's forward speaks for.
#pragma once

#include "desk/mail.hpp"

#include <string>

namespace spoc::desk {

/// Why the writer is not who From says.
enum class Speaks {
  itself,     ///< From wrote it
  form,       ///< a configured web form: Reply-To is the person
  list,       ///< a list rewrote From ("Ola via Staff <staff@lists.example.org>")
  forwarder,  ///< an agent passed somebody's mail on
};

struct Writer {
  Address author;     ///< normal() address; "" where the mail names nobody
  Address answer_to;  ///< where answers go: the author, or a Reply-To of the same domain
  Speaks how = Speaks::itself;
};

/// `mailbox`: where it arrived. Only a configured form and an agent's forward make somebody a full author; a
/// list's word is believed for whom to answer, never for joining somebody's ticket.
Writer writer_of(Mail const& mail, Mailbox const& mailbox, House const& house);

/// May this agent's mail be taken for a forward, and does it say whose mail it is?
enum class Forward { none, sure, unsure };
Forward forward_of(Mail const& mail, House const& house);

}  // namespace spoc::desk
