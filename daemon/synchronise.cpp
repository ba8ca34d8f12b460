// SPDX-License-Identifier: GPL-3.0-or-later
// fsync(2) by name, and files that appear whole or not at all.
#include "daemon/synchronise.hpp"

#include "daemon/ownership.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <cerrno>
#include <cstring>
#include <system_error>

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

Result<> write_whole(std::filesystem::path const& file, std::string_view bytes, unsigned rights) {
  std::filesystem::path const part = file.string() + ".part";
  int const descriptor = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, rights);
  bool well = descriptor >= 0;
  while (well && !bytes.empty()) {
    ssize_t const count = ::write(descriptor, bytes.data(), bytes.size());
    well = count > 0;
    if (well) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  well = well && ::fsync(descriptor) == 0;
  int const why = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!well) return Error{Kind::broken, part.string() + ": can't be written: " + std::strerror(why)};
  give_to_folders_owner(part);
  std::error_code fault;
  std::filesystem::rename(part, file, fault);
  if (fault) return Error{Kind::broken, file.string() + ": can't be written: " + fault.message()};
  return synchronise(file.has_parent_path() ? file.parent_path() : ".");
}

}  // namespace spoc::daemon
