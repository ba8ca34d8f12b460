// SPDX-License-Identifier: GPL-3.0-or-later
// Raw mails and attachments by SHA-256.
#pragma once

#include "desk/enclosed.hpp"
#include "store/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

void keep_blob(Tx& tx, std::string_view sha256, std::string_view bytes);

/// Keeps what a raw mail encloses as blobs, and of the mail only the rest, since it can be written again.
void keep_mail(Tx& tx, std::string_view sha256, std::string_view raw,
               std::vector<desk::Enclosed> const& enclosed);

/// The bytes as they were given, of whichever kind. Throws Kind::broken where a mail can't be written again.
std::optional<std::string> find_blob(Tx& tx, std::string_view sha256);

bool is_kept(Tx& tx, std::string_view sha256);

/// How many bytes it has, without reading them.
std::optional<std::int64_t> blob_size(Tx& tx, std::string_view sha256);

/// The name of each blob, in order.
std::vector<std::string> blob_names(Tx& tx);

}  // namespace spoc::store
