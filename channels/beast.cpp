// SPDX-License-Identifier: GPL-3.0-or-later
// The compiled half of Asio and Beast, once, so that no other source pays for it (channels/room.cmake sets
// the macros).
#include <boost/asio/impl/src.hpp>
#include <boost/beast/src.hpp>
