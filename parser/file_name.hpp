// SPDX-License-Identifier: GPL-3.0-or-later
// How an attachment is called: as its sender said, or by what it is.
#pragma once

#include "parser/structure.hpp"

#include <string>
#include <string_view>

namespace spoc::parser {

/// The name that the header gives, never a path, at most 255 bytes; "" for none.
std::string file_name(Part const& part);

/// The same, else a name by the type: "winmail.dat", "invite.ics", a mail's subject with ".eml"; "" where the
/// type says nothing either. content is the decoded part.
std::string file_name_or_kind(Part const& part, std::string_view content);

/// The last element of what may be a path, printable, at most 255 bytes.
std::string without_path(std::string name);

/// "image/png" for "dot.png": for files of which only the name is known. "application/octet-stream" for
/// others.
std::string type_by_name(std::string_view name);

bool is_tnef(std::string_view type, std::string_view name);
bool is_calendar(std::string_view type);

}  // namespace spoc::parser
