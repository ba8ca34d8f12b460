// SPDX-License-Identifier: GPL-3.0-or-later
// Agents' numbered lists, and which mails have answered them.
#pragma once

#include "desk/digest.hpp"
#include "store/store.hpp"

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace spoc::store {

/// A number that no list has and none will get but the one that this transaction keeps.
desk::DigestId next_digest(Tx& tx);
/// One without items says that there was nothing to do on its day. A second one of the same agent and day is
/// a Fault.
void keep_digest(Tx& tx, desk::Digest const& digest);
std::optional<desk::Digest> find_digest(Tx& tx, desk::DigestId id);
/// Agent and day of the lists made since a moment, empty ones too.
std::set<std::pair<std::string, std::string>> digest_days(Tx& tx, desk::Time since);

/// A mail that has been acted on: the same Message-ID means nothing a second time.
void note_digest_answer(Tx& tx, desk::DigestId id, std::string_view message_id);
bool has_digest_answer(Tx& tx, desk::DigestId id, std::string_view message_id);

}  // namespace spoc::store
