// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl kb feedback.
#pragma once

#include "ctl/verbs.hpp"

#include <string>

namespace spoc::ctl {

/// How articles fare, and what readers said; of one article, or with "" of all.
int kb_feedback(Common const& common, std::string const& article);

}  // namespace spoc::ctl
