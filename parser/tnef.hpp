// SPDX-License-Identifier: GPL-3.0-or-later
// What Outlook hides in winmail.dat (MS-OXTNEF): the files, and the body where the mail has no other.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

struct TnefFile {
  std::string name, type, content_id, content;  ///< type "" where nobody said
};

struct Tnef {
  std::string text, html;  ///< UTF-8; "" where there is none
  std::string rtf;         ///< decompressed
  std::vector<TnefFile> files;
  bool damaged = false;  ///< something could not be read: the rest is here
};

/// Nothing where the bytes are no TNEF. Never more than 200 files, of mails within mails three deep; what
/// comes out is not larger than what went in, but for the RTF (MS-OXRTFCP), which is at most 8 MB.
std::optional<Tnef> read_tnef(std::string_view bytes);

}  // namespace spoc::parser
