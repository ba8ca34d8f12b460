// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the system's tz database. The only source that knows the date library.
#include "daemon/zones.hpp"

#include <date/tz.h>
#include <exception>

namespace spoc::daemon {

Result<desk::Zone> load_zone(std::string const& name) try {
  desk::Zone out;
  out.name = name;
  date::time_zone const* const zone = date::locate_zone(name);
  date::sys_seconds at = date::sys_days{date::year{2000} / 1 / 1};
  date::sys_seconds const end = date::sys_days{date::year{2038} / 1 / 1};
  while (at < end) {
    date::sys_info const info = zone->get_info(at);
    out.changes.push_back({desk::Time{at.time_since_epoch()}, info.offset, info.abbrev});
    if (info.end <= at) break;
    at = info.end;
  }
  return out;
} catch (std::exception const& fault) {
  return Error{Kind::missing, "\"" + name + "\" is no time zone of this system (" + fault.what() +
                                  "); use a name like \"Europe/Oslo\" and install tzdata"};
}

}  // namespace spoc::daemon
