// SPDX-License-Identifier: GPL-3.0-or-later
// Drafts of articles as rows, and whether their files are as the rows say.
#pragma once

#include "desk/draft.hpp"
#include "store/store.hpp"

#include <vector>

namespace spoc::store {

/// The number for a new one, taken.
desk::DraftId next_draft(Tx& tx);
void keep_draft(Tx& tx, desk::Draft const& draft);
/// From now on published or rejected; its file follows.
void settle_draft(Tx& tx, desk::DraftId id, desk::DraftState state, desk::Time now);

/// Those of a ticket that wait, the oldest first.
std::vector<desk::Draft> waiting_drafts(Tx& tx, desk::TicketId ticket);
/// All of them, the newest first.
std::vector<desk::Draft> list_drafts(Tx& tx, std::size_t limit);
/// Those whose files are not yet as their state says, the oldest first.
std::vector<desk::Draft> unfiled_drafts(Tx& tx, std::size_t limit);
/// `state`: what its file has followed.
void draft_was_filed(Tx& tx, desk::DraftId id, desk::DraftState state);

}  // namespace spoc::store
