// SPDX-License-Identifier: GPL-3.0-or-later
// A shim over the system's VFS; of all files it keeps hold of the log alone.
#include "store/joined_log.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

namespace spoc::store {
namespace {

/// What stands before each page in the log: bytes 4 to 7 are 0 but for the last page of a commit
/// (sqlite.org/fileformat2.html, 4.1).
constexpr int head_size = 24;
bool ends_a_commit(void const* bytes, int size) {
  if (size != head_size) return false;
  auto const* const head = static_cast<char const*>(bytes);
  return std::any_of(head + 4, head + 8, [](char byte) { return byte != 0; });
}

/// What SQLite takes for the log's file. The system's own stands behind it in the same memory.
struct Log {
  sqlite3_file head;    // first: SQLite knows no more of it
  char* held;           ///< `room` bytes
  int size;             ///< of what is held
  sqlite3_int64 place;  ///< where that belongs
  int failure;          ///< of a write in this commit: what follows must not stand on what is not there
  bool joining;         ///< pages of a commit come
  bool at_once;  ///< its last page has begun: SQLite tells others of the commit without asking us again
};
constexpr int room = 120 << 10;  ///< the system's VFS takes 131,071 bytes at a time at most
constexpr std::size_t own_size =
    (sizeof(Log) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);

Log& log_of(sqlite3_file* file) { return *reinterpret_cast<Log*>(file); }
sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + own_size);
}

int write_real(sqlite3_file* file, void const* bytes, int size, sqlite3_int64 place) {
  return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, place);
}

int write_held(sqlite3_file* file) {
  Log& log = log_of(file);
  int const size = std::exchange(log.size, 0);
  if (log.failure == SQLITE_OK && size > 0) log.failure = write_real(file, log.held, size, log.place);
  return log.failure;
}

/// What does not follow on what is held, or has no room there, goes behind it.
int write(sqlite3_file* file, void const* bytes, int size, sqlite3_int64 place) {
  Log& log = log_of(file);
  if (!log.joining) return write_real(file, bytes, size, place);
  if (log.size > 0 && (place != log.place + log.size || size > room - log.size)) write_held(file);
  if (log.failure != SQLITE_OK) return log.failure;
  if (size > room) return log.failure = write_real(file, bytes, size, place);
  if (log.size == 0) log.place = place;
  std::memcpy(log.held + log.size, bytes, static_cast<std::size_t>(size));
  log.size += size;
  log.at_once = log.at_once || ends_a_commit(bytes, size);
  return log.at_once ? write_held(file) : SQLITE_OK;
}

int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 place) {
  if (int const code = write_held(file); code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xRead(real_of(file), bytes, size, place);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (int const code = write_held(file); code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int synchronise(sqlite3_file* file, int flags) {
  if (int const code = write_held(file); code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xSync(real_of(file), flags);
}
int length(sqlite3_file* file, sqlite3_int64* size) {
  if (int const code = write_held(file); code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int close(sqlite3_file* file) {
  delete[] log_of(file).held;
  return real_of(file)->pMethods->xClose(real_of(file));
}
int lock(sqlite3_file* file, int level) { return real_of(file)->pMethods->xLock(real_of(file), level); }
int unlock(sqlite3_file* file, int level) { return real_of(file)->pMethods->xUnlock(real_of(file), level); }
int is_locked(sqlite3_file* file, int* out) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), out);
}
int control(sqlite3_file* file, int what, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), what, argument);
}
int sector_size(sqlite3_file* file) { return real_of(file)->pMethods->xSectorSize(real_of(file)); }
int characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

/// Version 1: shared memory and mapped pages are asked for of the database's file, never of the log.
sqlite3_io_methods const methods = [] {
  sqlite3_io_methods all{};
  all.iVersion = 1;
  all.xClose = close;
  all.xRead = read;
  all.xWrite = write;
  all.xTruncate = truncate;
  all.xSync = synchronise;
  all.xFileSize = length;
  all.xLock = lock;
  all.xUnlock = unlock;
  all.xCheckReservedLock = is_locked;
  all.xFileControl = control;
  all.xSectorSize = sector_size;
  all.xDeviceCharacteristics = characteristics;
  return all;
}();

sqlite3_vfs* system_vfs() { return sqlite3_vfs_find(nullptr); }

int open(sqlite3_vfs*, char const* name, sqlite3_file* file, int flags, int* out_flags) {
  sqlite3_vfs* const system = system_vfs();
  if ((flags & SQLITE_OPEN_WAL) == 0) return system->xOpen(system, name, file, flags, out_flags);
  std::memset(file, 0, own_size + static_cast<std::size_t>(system->szOsFile));
  int const code = system->xOpen(system, name, real_of(file), flags, out_flags);
  // Without methods SQLite does not close what it could not open.
  if (code == SQLITE_OK) file->pMethods = &methods;
  return code;
}

/// nullptr where the connection has no log of ours.
Log* log_behind(sqlite3* connection) {
  sqlite3_file* file = nullptr;
  int const code = sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &file);
  return code == SQLITE_OK && file != nullptr && file->pMethods == &methods ? &log_of(file) : nullptr;
}

}  // namespace

char const* joined_log() {
  static sqlite3_vfs shim;
  static bool const registered = [] {
    sqlite3_vfs const* const system = system_vfs();
    if (system == nullptr) return false;
    shim = *system;
    shim.pNext = nullptr;
    shim.zName = "spoc";
    shim.szOsFile = static_cast<int>(own_size) + system->szOsFile;
    shim.xOpen = open;
    return sqlite3_vfs_register(&shim, 0) == SQLITE_OK;
  }();
  return registered ? shim.zName : nullptr;
}

JoinedCommit::JoinedCommit(sqlite3* connection) : connection_(connection) {
  Log* const log = log_behind(connection_);
  if (log == nullptr) return;
  if (log->held == nullptr) log->held = new (std::nothrow) char[room];
  log->joining = log->held != nullptr;
}

JoinedCommit::~JoinedCommit() {
  Log* const log = log_behind(connection_);
  if (log == nullptr) return;
  // What is still held is of a commit that failed: others may write at its place by now.
  log->size = 0;
  log->failure = SQLITE_OK;
  log->joining = log->at_once = false;
}

}  // namespace spoc::store
