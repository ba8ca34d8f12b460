// SPDX-License-Identifier: GPL-3.0-or-later
// Words of protocols in capitals, whatever the locale.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace spoc::channels {

/// ASCII's letters alone: IMAP and SMTP know no others in their words.
inline std::string upper(std::string_view text) {
  std::string out{text};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return out;
}

}  // namespace spoc::channels
