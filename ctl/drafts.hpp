// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl kb drafts: articles that agents made of tickets.
#pragma once

#include "ctl/verbs.hpp"

namespace spoc::ctl {

/// The newest first, with what became of each.
int kb_drafts(Common const& common);

}  // namespace spoc::ctl
