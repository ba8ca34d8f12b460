// SPDX-License-Identifier: GPL-3.0-or-later
// A machine that falls ill on demand: preloaded into spocd, it lets the disk refuse writes, sets the clock
// and loses the name server, as tests/story/sick.py says while the process runs.
//
//   SPOC_SICK_FOLDER  whose files can't be written        SPOC_SICK_STATE  a file of four numbers of 8
//   bytes: the errno that writes end with (0: well), the seconds by which the clock is ahead, whether names
//   can't be resolved, whether the next wait for a server's word throws (once).
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

template <class Call>
Call real(char const* name) {
  return reinterpret_cast<Call>(dlsym(RTLD_NEXT, name));
}

/// The name that stands for 127.0.0.1 here: libcurl never asks anybody for localhost.
constexpr std::string_view known_name = "mail.desk.test";

struct State {
  std::int64_t disk, clock, dns, fault;
};

State const& state() {
  static State const well{};
  static State const* const shared = [] {
    char const* const file = std::getenv("SPOC_SICK_STATE");
    int const descriptor =
        file == nullptr ? -1 : real<int (*)(char const*, int, ...)>("open")(file, O_RDONLY | O_CLOEXEC);
    void* const place = ::mmap(nullptr, sizeof(State), PROT_READ, MAP_SHARED, descriptor, 0);
    return place == MAP_FAILED ? &well : static_cast<State const*>(place);
  }();
  return *shared;
}

std::string const& folder() {
  static auto* const name =
      new std::string{std::getenv("SPOC_SICK_FOLDER") == nullptr ? "" : std::getenv("SPOC_SICK_FOLDER")};
  return *name;
}

bool ours(std::string_view path) { return !folder().empty() && path.starts_with(folder() + "/"); }

/// True, with errno set, where a write to this file must fail.
bool refused(int file) {
  if (state().disk == 0) return false;
  char name[4096];
  ssize_t const length = ::readlink(("/proc/self/fd/" + std::to_string(file)).c_str(), name, sizeof name);
  if (length <= 0 || !ours({name, static_cast<std::size_t>(length)})) return false;
  errno = static_cast<int>(state().disk);
  return true;
}

/// A full disk still opens what is there; a read-only one opens nothing for writing.
bool refused(char const* path, int flags) {
  bool const writes = (flags & (O_WRONLY | O_RDWR | O_CREAT)) != 0;
  if (state().disk == 0 || !writes || !ours(path)) return false;
  if (state().disk == ENOSPC && ((flags & O_CREAT) == 0 || ::access(path, F_OK) == 0)) return false;
  errno = static_cast<int>(state().disk);
  return true;
}

}  // namespace

extern "C" {

ssize_t write(int file, void const* bytes, std::size_t size) {
  static auto const call = real<ssize_t (*)(int, void const*, std::size_t)>("write");
  return refused(file) ? -1 : call(file, bytes, size);
}

ssize_t writev(int file, iovec const* parts, int count) {
  static auto const call = real<ssize_t (*)(int, iovec const*, int)>("writev");
  return refused(file) ? -1 : call(file, parts, count);
}

ssize_t pwrite64(int file, void const* bytes, std::size_t size, off64_t offset) {
  static auto const call = real<ssize_t (*)(int, void const*, std::size_t, off64_t)>("pwrite64");
  return refused(file) ? -1 : call(file, bytes, size, offset);
}

ssize_t pwrite(int file, void const* bytes, std::size_t size, off_t offset) {
  return pwrite64(file, bytes, size, offset);
}

int ftruncate64(int file, off64_t length) {
  static auto const call = real<int (*)(int, off64_t)>("ftruncate64");
  return refused(file) ? -1 : call(file, length);
}

int ftruncate(int file, off_t length) { return ftruncate64(file, length); }

int open64(char const* path, int flags, ...) {
  static auto const call = real<int (*)(char const*, int, ...)>("open64");
  va_list rest;
  va_start(rest, flags);
  mode_t const mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return refused(path, flags) ? -1 : call(path, flags, mode);
}

int open(char const* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t const mode = (flags & O_CREAT) != 0 ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  return open64(path, flags, mode);
}

int clock_gettime(clockid_t clock, timespec* out) noexcept {
  static auto const call = real<int (*)(clockid_t, timespec*)>("clock_gettime");
  int const done = call(clock, out);
  if (done == 0 && clock == CLOCK_REALTIME) out->tv_sec += state().clock;
  return done;
}

int gettimeofday(timeval* out, void* zone) noexcept {
  static auto const call = real<int (*)(timeval*, void*)>("gettimeofday");
  int const done = call(out, zone);
  if (done == 0) out->tv_sec += state().clock;
  return done;
}

time_t time(time_t* out) noexcept {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  if (out != nullptr) *out = now.tv_sec;
  return now.tv_sec;
}

/// Two at once, a server or a folder and a bell, are waited for by mailrooms and postmen alone
/// (Dialled::wait_for, wait_for_maildir), and nothing stands round that through which no exception goes.
int poll(pollfd* waited, nfds_t count, int patience) {
  static auto const call = real<int (*)(pollfd*, nfds_t, int)>("poll");
  static std::atomic<bool> thrown{false};
  if (count == 2 && state().fault != 0 && !thrown.exchange(true))
    throw std::runtime_error("a fault of the machine");
  return call(waited, count, patience);
}

int getaddrinfo(char const* name, char const* service, addrinfo const* hints, addrinfo** out) {
  static auto const call =
      real<int (*)(char const*, char const*, addrinfo const*, addrinfo**)>("getaddrinfo");
  if (name == nullptr || name != known_name) return call(name, service, hints, out);
  return state().dns != 0 ? EAI_AGAIN : call("127.0.0.1", service, hints, out);
}

}  // extern "C"
