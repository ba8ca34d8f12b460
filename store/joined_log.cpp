// SPDX-License-Identifier: GPL-3.0-or-later
// A shim over the system's VFS; of all files it keeps hold of the log alone.
#include "store/joined_log.hpp"

#include <sqlite3.h>

#include <cstddef>
#include <cstring>
#include <new>
#include <utility>

namespace spoc::store {
namespace {

/// What stands before each page in the log (sqlite.org/fileformat2.html, 4.1).
constexpr int head_size = 24;

/// What SQLite takes for the log's file. The system's own stands behind it in the same memory.
struct Log {
  sqlite3_file head;  // first: SQLite knows no more of it
  char* joined;       ///< room for a head and the largest page
  sqlite3_int64 end;  ///< of what was written last
  bool holds;         ///< a head that is to be written at `end`
};
constexpr std::size_t largest_page = 65536;
constexpr std::size_t own_size =
    (sizeof(Log) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);

Log& log_of(sqlite3_file* file) { return *reinterpret_cast<Log*>(file); }
sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + own_size);
}

int write_now(sqlite3_file* file, void const* bytes, int size, sqlite3_int64 place) {
  log_of(file).end = place + size;
  return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, place);
}

/// Before anything but the page.
int write_held(sqlite3_file* file) {
  Log& log = log_of(file);
  return std::exchange(log.holds, false) ? write_now(file, log.joined, head_size, log.end) : SQLITE_OK;
}

/// A head behind the last page is followed by its own page, with nothing between that could fail: so nothing
/// is held when SQLite lets go of the log, and another may write there. A head that is written anew in the
/// midst of the log is followed by none.
int write(sqlite3_file* file, void const* bytes, int size, sqlite3_int64 place) {
  Log& log = log_of(file);
  auto const length = static_cast<std::size_t>(size);
  if (log.holds && place == log.end + head_size && length <= largest_page) {
    log.holds = false;
    std::memcpy(log.joined + head_size, bytes, length);
    return write_now(file, log.joined, head_size + size, log.end);
  }
  if (int const code = write_held(file); code != SQLITE_OK) return code;
  if (size != head_size || place != log.end) return write_now(file, bytes, size, place);
  if (log.joined == nullptr) log.joined = new (std::nothrow) char[head_size + largest_page];
  if (log.joined == nullptr) return SQLITE_IOERR_NOMEM;
  std::memcpy(log.joined, bytes, head_size);
  log.holds = true;
  return SQLITE_OK;
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
  delete[] log_of(file).joined;
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

}  // namespace spoc::store
