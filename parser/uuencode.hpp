// SPDX-License-Identifier: GPL-3.0-or-later
// Files written into the text of a mail: uuencode, its base64 form, yEnc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

struct EncodedFile {
  std::string name;  ///< bytes as written, in whatever charset
  std::string content;
  bool cut = false;  ///< its end is missing
};

/// Takes such files out of the bytes of a text part, before its charset is looked at: yEnc uses all bytes.
/// What only looks like a file ("begin 644 words that are prose") stays. No more than 100 files; linear in
/// the size.
std::vector<EncodedFile> take_encoded_files(std::string& bytes);

}  // namespace spoc::parser
