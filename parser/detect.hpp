// SPDX-License-Identifier: GPL-3.0-or-later
// Guesses the charset of bytes that nobody declared, or declared wrongly.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// A name for convert(); "windows-1252" where nothing speaks for anything else. Never fails.
std::string detect_charset(std::string_view bytes);

/// The double-byte charset in which the text reads much better than in the declared one ("gb18030" for what
/// is Big5 decodes, to nonsense); "" where the declaration may stand. text: what the declared one makes of
/// the bytes.
std::string better_than_declared(std::string_view bytes, std::string_view declared, std::string_view text);

/// True where escape sequences of ISO-2022 stand in the bytes (RFC 1468, RFC 1557).
bool has_iso2022_escapes(std::string_view bytes);

}  // namespace spoc::parser
