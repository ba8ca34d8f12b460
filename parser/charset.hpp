// SPDX-License-Identifier: GPL-3.0-or-later
// Any charset to UTF-8: declared is believed only if it decodes, else detected, else Windows-1252.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// Always valid UTF-8 (RFC 3629), never empty for non-empty input. Appends to defects when the declared
/// charset did not hold. "" as declared means that none was.
std::string to_utf8(std::string_view bytes, std::string_view declared,
                    std::vector<std::string>* defects = nullptr);

/// The same for bytes that may be used up: text that is UTF-8 already is handed back without a copy.
std::string into_utf8(std::string bytes, std::string_view declared,
                      std::vector<std::string>* defects = nullptr);

/// What an HTML text says of its own charset (<meta charset=...>, <?xml encoding=...?>); "" for UTF-8 and
/// where it says nothing.
std::string charset_in_html(std::string_view bytes);

bool is_utf8(std::string_view bytes);

/// Replaces each ill-formed sequence by U+FFFD.
std::string mend_utf8(std::string_view bytes);

}  // namespace spoc::parser
