// SPDX-License-Identifier: GPL-3.0-or-later
// The lock is flock(2) on a file of its own, which holds the number of the process for whoever asks.
#include "daemon/data_lock.hpp"

#include "daemon/ownership.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace spoc::daemon {
namespace {

std::string holder(int descriptor) {
  std::array<char, 32> text{};
  auto const size = ::pread(descriptor, text.data(), text.size() - 1, 0);
  std::string number(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  while (!number.empty() && number.back() == '\n') number.pop_back();
  return number.empty() ? "another process" : "process " + number;
}

}  // namespace

Result<DataLock> DataLock::take(std::filesystem::path const& folder) {
  auto const file = folder / "lock";
  int const descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return Error{Kind::broken, "can't open " + file.string() + ": " + std::strerror(errno) +
                                   "; the data folder must exist and belong to this user"};
  DataLock lock{descriptor};
  give_to_folders_owner(file);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
    return Error{Kind::conflict, "the data folder " + folder.string() + " is in use by " +
                                     holder(descriptor) +
                                     "; stop it first, or name another folder under data in [desk]"};
  std::string const number = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) != 0 ||
      ::pwrite(descriptor, number.data(), number.size(), 0) != static_cast<ssize_t>(number.size()))
    return Error{Kind::broken, "can't write " + file.string() + ": " + std::strerror(errno)};
  return lock;
}

DataLock::DataLock(DataLock&& other) noexcept : descriptor_{std::exchange(other.descriptor_, -1)} {}
DataLock& DataLock::operator=(DataLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}
DataLock::~DataLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace spoc::daemon
