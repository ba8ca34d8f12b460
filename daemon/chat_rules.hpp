// SPDX-License-Identifier: GPL-3.0-or-later
// What the configuration says about chats, as the switchboard needs it.
#pragma once

#include "daemon/chat_hours.hpp"
#include "daemon/identity.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace spoc::daemon {

struct ChatRules {
  std::size_t file_bytes = 10 << 20;    ///< of one handed-in file; 0: none are taken
  std::vector<std::string> file_types;  ///< suffixes that are taken, in lower case
  std::vector<std::string> form;        ///< questions before the first line; see read_form()
  std::vector<std::string> hours;       ///< see read_hours(); empty: always
  std::string calendar;                 ///< a [[calendar]] instead of hours; "" for none
  int lines_per_minute = 120;           ///< of one visitor, over all their tabs; 0: no limit
  int lines_per_peer = 3000;            ///< a minute from one IP address; 0: no limit
  int megabytes_an_hour = 100;  ///< of files of one visitor, ten times that of one IP address; 0: no limit
  Identity identity;
  std::vector<std::string> pages;  ///< origins to whose pages a mailed link may lead
};

}  // namespace spoc::daemon
