// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-8 by whole characters: where one ends, mending what is none, one line, a cut that splits nothing.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace spoc::templates {

/// Bytes of the character at `at`; 0 where there is no valid one (RFC 3629: no overlong forms, no
/// surrogates).
std::size_t character_length(std::string_view text, std::size_t at);

/// Each broken byte becomes U+FFFD.
std::string valid_utf8(std::string_view text);

/// For header fields and other single lines: controls become blanks, the ends are trimmed, broken bytes are
/// mended.
std::string one_line(std::string_view text);

/// At most `characters` of them, with "…" where something was left out.
std::string clipped(std::string_view text, std::size_t characters);

/// CRLF and lone CR become LF.
std::string with_lf(std::string_view text);

/// Without blank lines at either end and without white space at the very end.
std::string trimmed_lines(std::string_view text);

bool is_ascii(std::string_view text);

}  // namespace spoc::templates
