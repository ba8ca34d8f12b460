// SPDX-License-Identifier: GPL-3.0-or-later
// The C library's converters, behind values.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace spoc::parser {

/// The name under which the C library knows a charset: aliases of mail programs resolved
/// ("gb2312" is gb18030 in practice, "iso-8859-1" windows-1252). "" for what is no name of a charset.
std::string charset_named(std::string_view declared);

struct Converted {
  std::string text;      ///< valid UTF-8; U+FFFD stands for each byte that did not fit
  std::size_t lost = 0;  ///< how many of those
};
/// Nothing if there is no such charset.
std::optional<Converted> convert(std::string_view bytes, std::string const& charset);

}  // namespace spoc::parser
