// SPDX-License-Identifier: GPL-3.0-or-later
// Signed and encrypted mail: told apart, and the words of an opaquely signed one taken out.
#pragma once

#include "parser/structure.hpp"

#include <string>
#include <string_view>

namespace spoc::parser {

/// application/pkcs7-mime and its old name (RFC 8551 3.2).
bool is_smime(Part const& part);

/// The mail inside an opaquely signed one (CMS SignedData, RFC 5652 5). Nothing is verified. "" for anything
/// else, and for what is damaged.
std::string signed_content(std::string_view der);

/// Why the words of an S/MIME part that signed_content() could not open stay unread; "" where encryption_of()
/// says it already.
std::string unopened(Part const& part, std::string_view der);

/// "encrypted mail (OpenPGP): it cannot be read here", or "" for a part that is not encrypted.
std::string encryption_of(Part const& part);
/// The same for a text that is an armoured OpenPGP message.
std::string encryption_of_text(std::string_view text);

}  // namespace spoc::parser
