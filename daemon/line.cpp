// SPDX-License-Identifier: GPL-3.0-or-later
// The line to the desk thread.
#include "daemon/line.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

namespace spoc::daemon {

void Line::post(std::function<void()> work) { boost::asio::post(context_, std::move(work)); }

}  // namespace spoc::daemon
