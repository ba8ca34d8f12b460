// SPDX-License-Identifier: GPL-3.0-or-later
// The page behind "is it solved?" in a letter: a link shows a button, the button decides. Programs that open
// every link of a mail press nothing.
#pragma once

#include "channels/http.hpp"
#include "daemon/front_desk.hpp"

namespace spoc::daemon {

/// Answers /solved/TOKEN/yes and /solved/TOKEN/no, and /solved/TOKEN/by/ARTICLE: "this solved it".
channels::HttpResponse solved_page(FrontDesk& desk, channels::HttpRequest const& request);

}  // namespace spoc::daemon
