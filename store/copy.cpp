// SPDX-License-Identifier: GPL-3.0-or-later
// A copy of the database that a power cut can't halve: written aside, synchronised, then named.
#include "store/driver.hpp"
#include "store/store.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>

namespace spoc::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(fs::path const& file, std::string_view doing) {
  throw Fault{{Kind::broken, file.string() + ": can't be " + std::string{doing} + " (" +
                                 std::strerror(errno) +
                                 "); look at the folder, its rights and the room on its disk"}};
}

/// Data and length of a file, or the names in a folder, are on the disk when this returns.
void synchronise(fs::path const& path) {
  int const descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) fail(path, "opened");
  int const code = ::fsync(descriptor);
  ::close(descriptor);
  if (code != 0) fail(path, "written to disk");
}

/// An empty file for this user's eyes alone, since it will hold every word.
void create_empty(fs::path const& file) {
  int const descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (descriptor < 0) fail(file, "created");
  ::close(descriptor);
}

}  // namespace

Result<> Store::copy_to(fs::path const& file) {
  fs::path const aside = file.string() + ".part";
  std::error_code ignored;
  if (fs::exists(file, ignored))
    return Error{Kind::conflict, file.string() + ": is there already; name a new file"};
  try {
    create_empty(aside);
    driver_->copy_to(aside.string());
    synchronise(aside);
    if (::rename(aside.c_str(), file.c_str()) != 0) fail(file, "named");
    synchronise(file.has_parent_path() ? file.parent_path() : fs::path{"."});
    return {};
  } catch (Fault const& fault) {
    fs::remove(aside, ignored);
    return fault.error;
  }
}

}  // namespace spoc::store
