// SPDX-License-Identifier: GPL-3.0-or-later
// lchown(2), for root alone.
#include "daemon/ownership.hpp"

#include <sys/stat.h>
#include <unistd.h>

namespace spoc::daemon {

void give_to_folders_owner(std::filesystem::path const& file) {
  struct stat folder {};
  if (::geteuid() != 0 || ::stat(file.parent_path().c_str(), &folder) != 0) return;
  // Where that fails, whoever can't open the file names it, with the remedy.
  [[maybe_unused]] int const given = ::lchown(file.c_str(), folder.st_uid, folder.st_gid);
}

}  // namespace spoc::daemon
