// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP routes: the widget and its page, articles, health and metrics.
#pragma once

#include "channels/http.hpp"
#include "daemon/api_door.hpp"
#include "daemon/board.hpp"
#include "daemon/chat_files.hpp"
#include "daemon/config.hpp"
#include "daemon/front_desk.hpp"
#include "daemon/portal.hpp"
#include "daemon/switchboard.hpp"
#include "store/store.hpp"

#include <functional>
#include <string>

namespace spoc::daemon {

/// Lives on the desk thread.
class Api {
 public:
  Api(Config const& config, store::Store& store, Board const& board, Switchboard const& switchboard,
      FrontDesk& desk, ChatFiles& files, ApiDoor& door);

  channels::HttpResponse answer(channels::HttpRequest const& request);

 private:
  channels::HttpResponse health();
  channels::HttpResponse metrics();

  Config const& config_;
  store::Store& store_;
  Board const& board_;
  Switchboard const& switchboard_;
  FrontDesk& desk_;
  ChatFiles& files_;
  ApiDoor& door_;
  Portal portal_;
};

}  // namespace spoc::daemon
