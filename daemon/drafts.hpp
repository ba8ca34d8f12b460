// SPDX-License-Identifier: GPL-3.0-or-later
// The files of drafts: written into their folder, moved among the articles, removed, as the store says.
#pragma once

#include "desk/draft.hpp"
#include "desk/error.hpp"
#include "store/store.hpp"

#include <filesystem>

namespace spoc::daemon {

/// Where drafts and articles lie.
struct DraftFolders {
  std::filesystem::path drafts, articles;
};

/// Brings one file in step with its draft. What has been done already is not done again, so it may be called
/// anew after a crash at any moment. A draft that a keeper has edited meanwhile is published as edited. The
/// article goes into the folder of its language where there is one. An Error names the file and the remedy.
Result<> file_draft(desk::Draft const& draft, DraftFolders const& folders);

/// All that are not in step; stops at the first Error. How many were filed.
Result<std::size_t> file_drafts(store::Store& store, DraftFolders const& folders);

}  // namespace spoc::daemon
