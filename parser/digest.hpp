// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 and HMAC-SHA256 (RFC 2104), the names under which content is kept and tokens are signed.
#pragma once

#include <string>
#include <string_view>

namespace spoc::parser {

/// Lower-case hex, 64 characters.
std::string sha256(std::string_view bytes);
/// 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view bytes);

}  // namespace spoc::parser
