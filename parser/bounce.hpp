// SPDX-License-Identifier: GPL-3.0-or-later
// Is it a person, a machine, a list or a bounce? (RFC 3834, RFC 3464, RFC 2919, RFC 8098)
#pragma once

#include "desk/mail.hpp"
#include "parser/header.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// A leaf of a mail, as the classifier needs it.
struct LeafView {
  std::string type;        ///< "message/delivery-status"
  std::string_view bytes;  ///< decoded
};

struct Verdict {
  desk::MailKind kind = desk::MailKind::personal;
  std::string reason;
  std::optional<desk::Bounce> bounce;
};

/// Judges by header fields first, then by the report parts, then by the words of well-known bounces.
Verdict classify(Fields const& fields, Parameterised const& content_type, std::string_view subject,
                 std::string_view text, std::vector<LeafView> const& leaves);

}  // namespace spoc::parser
