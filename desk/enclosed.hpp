// SPDX-License-Identifier: GPL-3.0-or-later
// The text of an attachment inside of its raw mail.
#pragma once

#include "desk/base64.hpp"
#include "desk/shared_bytes.hpp"

#include <cstddef>
#include <string>

namespace spoc::desk {

/// Where a raw mail has a text that can be written again from an attachment, to the byte: so the attachment's
/// bytes are kept, and the text is not.
struct Enclosed {
  std::size_t place = 0;  ///< where the text begins, in bytes
  std::size_t size = 0;   ///< of the text, in bytes
  Base64Lines lines;
  std::string sha256;  ///< of content, lower-case hex
  SharedBytes content;
};

}  // namespace spoc::desk
