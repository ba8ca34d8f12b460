// SPDX-License-Identifier: GPL-3.0-or-later
// fsync(2) by name.
#include "daemon/synchronise.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>

namespace spoc::daemon {

Result<> synchronise(std::filesystem::path const& path) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  bool const done = descriptor >= 0 && ::fsync(descriptor) == 0;
  int const why = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!done)
    return Error{Kind::broken, path.string() + ": can't be written to disk: " + std::strerror(why) +
                                   "; look at the rights and the room on its disk"};
  return {};
}

}  // namespace spoc::daemon
