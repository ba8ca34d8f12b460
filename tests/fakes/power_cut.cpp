// SPDX-License-Identifier: GPL-3.0-or-later
// A disk that forgets what was not synced: preloaded into spocd, it keeps an undo record of every write into
// one folder until the file is synced, and ends the process at a chosen sync. tests/story/power.py takes the
// writes back.
//
//   SPOC_POWER_FOLDER  whose files are meant      SPOC_POWER_UNDO  where the records go
//   SPOC_POWER_AT      "before N" or "after N": the process ends there, at the N-th sync; empty: never
//   SPOC_POWER_COUNT   a file that holds the number of syncs so far
//
// A file's record is "<path>\n" and, for each write, four numbers of 8 bytes (offset, size of the file
// before, bytes written, length of what follows) and the bytes that stood there. A file that is cut writes
// none. Names (rename, unlink) are taken as kept at
// once.
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

namespace {

template <class Call>
Call real(char const* name) {
  return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

std::string setting(char const* name) {
  char const* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

constexpr std::uint64_t to_the_end = UINT64_MAX / 2;

class Disk {
 public:
  /// Before `size` bytes are written at `offset`.
  void keep(int file, std::uint64_t offset, std::uint64_t size) {
    struct stat state {};
    std::string const path = path_of(file, state);
    if (path.empty()) return;
    auto const whole = static_cast<std::uint64_t>(state.st_size);
    std::uint64_t const length = offset < whole ? std::min(size, whole - offset) : 0;
    std::uint64_t const numbers[] = {offset, whole, size == to_the_end ? 0 : size, length};
    std::vector<char> record(sizeof numbers + length);
    std::memcpy(record.data(), numbers, sizeof numbers);
    if (length > 0) {
      int const again = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
      if (::pread(again, record.data() + sizeof numbers, length, static_cast<off_t>(offset)) < 0)
        std::abort();
      ::close(again);
    }
    append(state.st_ino, path, record);
  }

  /// Round a sync of `file`, which `sync` carries out.
  template <class Sync>
  int synced(int file, Sync sync) {
    std::lock_guard const lock{mutex_};
    struct stat state {};
    if (path_of(file, state).empty()) return sync();
    ++count_;
    tell();
    if (at_ == count_ && before_) ::raise(SIGKILL);
    int const done = sync();
    if (done == 0) ::unlink(undo_of(state.st_ino).c_str());
    if (at_ == count_) ::raise(SIGKILL);
    return done;
  }

  std::mutex& mutex() { return mutex_; }

 private:
  std::string path_of(int file, struct stat& state) const {
    if (folder_.empty() || ::fstat(file, &state) != 0 || !S_ISREG(state.st_mode)) return "";
    char name[4096];
    ssize_t const length = ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), name, sizeof name);
    if (length <= 0) return "";
    std::string path{name, static_cast<std::size_t>(length)};
    return path.starts_with(folder_ + "/") ? path : "";
  }

  std::string undo_of(ino_t number) const { return undo_ + "/" + std::to_string(number); }

  void append(ino_t number, std::string const& path, std::vector<char> const& record) const {
    static auto const write = real<ssize_t (*)(int, void const*, std::size_t)>("write");
    int const log = ::open(undo_of(number).c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct stat state {};
    std::string const head = ::fstat(log, &state) == 0 && state.st_size == 0 ? path + "\n" : "";
    std::string const all = head + std::string{record.begin(), record.end()};
    if (write(log, all.data(), all.size()) != static_cast<ssize_t>(all.size())) std::abort();
    ::close(log);
  }

  void tell() const {
    static auto const write = real<ssize_t (*)(int, void const*, std::size_t)>("write");
    if (count_file_.empty()) return;
    int const out = ::open(count_file_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    std::string const words = std::to_string(count_);
    if (write(out, words.data(), words.size()) < 0) std::abort();
    ::close(out);
  }

  std::string const folder_ = setting("SPOC_POWER_FOLDER"), undo_ = setting("SPOC_POWER_UNDO"),
                    count_file_ = setting("SPOC_POWER_COUNT"), when_ = setting("SPOC_POWER_AT");
  bool const before_ = when_.starts_with("before ");
  std::uint64_t const at_ =
      when_.empty() ? 0 : std::strtoull(when_.substr(when_.find(' ') + 1).c_str(), nullptr, 10);
  std::uint64_t count_ = 0;
  std::mutex mutex_;
};

Disk& disk() {
  static auto* const one = new Disk;  // never taken down: other threads may write to the end
  return *one;
}

std::uint64_t place_of(int file) {
  if ((::fcntl(file, F_GETFL) & O_APPEND) == 0) {
    off_t const at = ::lseek(file, 0, SEEK_CUR);
    return at < 0 ? 0 : static_cast<std::uint64_t>(at);
  }
  struct stat state {};
  return ::fstat(file, &state) == 0 ? static_cast<std::uint64_t>(state.st_size) : 0;
}

std::uint64_t size_of(iovec const* parts, int count) {
  std::uint64_t all = 0;
  for (int i = 0; i < count; ++i) all += parts[i].iov_len;
  return all;
}

}  // namespace

extern "C" {

ssize_t write(int file, void const* bytes, std::size_t size) {
  static auto const call = real<ssize_t (*)(int, void const*, std::size_t)>("write");
  std::lock_guard const lock{disk().mutex()};
  disk().keep(file, place_of(file), size);
  return call(file, bytes, size);
}

ssize_t writev(int file, iovec const* parts, int count) {
  static auto const call = real<ssize_t (*)(int, iovec const*, int)>("writev");
  std::lock_guard const lock{disk().mutex()};
  disk().keep(file, place_of(file), size_of(parts, count));
  return call(file, parts, count);
}

ssize_t pwrite64(int file, void const* bytes, std::size_t size, off64_t offset) {
  static auto const call = real<ssize_t (*)(int, void const*, std::size_t, off64_t)>("pwrite64");
  std::lock_guard const lock{disk().mutex()};
  disk().keep(file, static_cast<std::uint64_t>(offset), size);
  return call(file, bytes, size, offset);
}

ssize_t pwrite(int file, void const* bytes, std::size_t size, off_t offset) {
  return pwrite64(file, bytes, size, offset);
}

int ftruncate64(int file, off64_t length) {
  static auto const call = real<int (*)(int, off64_t)>("ftruncate64");
  std::lock_guard const lock{disk().mutex()};
  disk().keep(file, static_cast<std::uint64_t>(length), to_the_end);
  return call(file, length);
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int fsync(int file) {
  static auto const call = real<int (*)(int)>("fsync");
  return disk().synced(file, [&] { return call(file); });
}

int fdatasync(int file) {
  static auto const call = real<int (*)(int)>("fdatasync");
  return disk().synced(file, [&] { return call(file); });
}

}  // extern "C"
