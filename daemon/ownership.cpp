// SPDX-License-Identifier: GPL-3.0-or-later
// lchown(2) and fchownat(2), for root alone.
#include "daemon/ownership.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string_view>

namespace spoc::daemon {
namespace {

using FileFacts = struct stat;

/// What is open is what is looked at, whatever its name leads to meanwhile.
void give_opened(int descriptor, FileFacts const& owner) {
  FileFacts what{};
  if (::fstat(descriptor, &what) != 0 || what.st_uid != 0) return;
  bool const plain = S_ISDIR(what.st_mode) || (S_ISREG(what.st_mode) && what.st_nlink == 1);
  if (!plain) return;
  // Where that fails, whoever can't open the file names it, with the remedy.
  [[maybe_unused]] int const given = ::fchownat(descriptor, "", owner.st_uid, owner.st_gid, AT_EMPTY_PATH);
}

/// `name` in the folder that is open as `within`, and what is in it.
void give_all_of(int within, char const* name, FileFacts const& owner) {
  int const one = ::openat(within, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);
  if (one < 0) return;
  give_opened(one, owner);
  int const folder = ::openat(one, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);  // fails for a file
  ::close(one);
  DIR* const listing = folder < 0 ? nullptr : ::fdopendir(folder);
  if (listing == nullptr) {
    if (folder >= 0) ::close(folder);
    return;
  }
  while (dirent const* const entry = ::readdir(listing)) {
    std::string_view const inner = entry->d_name;
    if (inner != "." && inner != "..") give_all_of(::dirfd(listing), entry->d_name, owner);
  }
  ::closedir(listing);
}

}  // namespace

void give_to_folders_owner(std::filesystem::path const& file) {
  FileFacts folder{};
  if (::geteuid() != 0 || ::stat(file.parent_path().c_str(), &folder) != 0) return;
  // Where that fails, whoever can't open the file names it, with the remedy.
  [[maybe_unused]] int const given = ::lchown(file.c_str(), folder.st_uid, folder.st_gid);
}

void give_all_to_folders_owner(std::filesystem::path const& folder) {
  FileFacts around{};
  if (::geteuid() != 0 || ::stat(folder.parent_path().c_str(), &around) != 0) return;
  give_all_of(AT_FDCWD, folder.c_str(), around);
}

}  // namespace spoc::daemon
