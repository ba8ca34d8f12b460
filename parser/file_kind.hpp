// SPDX-License-Identifier: GPL-3.0-or-later
// What a handed-in file is, by its name and by its first bytes: pure, linear, never throws.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// A name to keep: the last part of a path, valid UTF-8 without controls and without signs that turn the
/// reading direction (U+202E and its kind make "gpj.exe" look like "exe.jpg"), 120 bytes at most; "file"
/// where nothing is left.
std::string plain_name(std::string_view name);

/// What stands behind the last dot, in lower case; blanks and dots at the end, which Windows drops, are no
/// part of a name. "" for none.
std::string suffix_of(std::string_view name);

/// The media type that a suffix promises; "application/octet-stream" for one that we don't know.
std::string type_of_suffix(std::string_view suffix);

/// What the first bytes are: "image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf",
/// "application/zip", "program" (PE, ELF, Mach-O, a script with #!), or "" for anything else.
std::string_view sniffed(std::string_view bytes);

/// Whether content of that kind may bear that suffix: no program ever, and a picture must be one.
bool is_honest(std::string_view suffix, std::string_view bytes);

}  // namespace spoc::parser
