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

/// SQLite's unix VFS takes the length of a write by its lower 17 bits.
constexpr int most_joined = 120 << 10;

/// What SQLite takes for the log's file. The system's own stands behind it in the same memory.
struct Log {
  sqlite3_file head;  // first: SQLite knows no more of it
  char* joined;
  sqlite3_int64 from;  ///< where in the file `joined` begins
  int size;            ///< of what is in it
};
constexpr std::size_t own_size =
    (sizeof(Log) + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);

Log& log_of(sqlite3_file* file) { return *reinterpret_cast<Log*>(file); }
sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(file) + own_size);
}

/// What can't be written is let go: SQLite takes the transaction back and writes these places anew.
int write_joined(sqlite3_file* file) {
  Log& log = log_of(file);
  int const size = std::exchange(log.size, 0);
  if (size == 0) return SQLITE_OK;
  return real_of(file)->pMethods->xWrite(real_of(file), log.joined, size, log.from);
}

int write(sqlite3_file* file, void const* bytes, int size, sqlite3_int64 place) {
  Log& log = log_of(file);
  if (log.size > 0 && (place != log.from + log.size || log.size + size > most_joined))
    if (int const code = write_joined(file); code != SQLITE_OK) return code;
  if (size > most_joined) return real_of(file)->pMethods->xWrite(real_of(file), bytes, size, place);
  if (log.joined == nullptr) log.joined = new (std::nothrow) char[most_joined];
  if (log.joined == nullptr) return SQLITE_IOERR_NOMEM;
  if (log.size == 0) log.from = place;
  std::memcpy(log.joined + log.size, bytes, static_cast<std::size_t>(size));
  log.size += size;
  return SQLITE_OK;
}

int read(sqlite3_file* file, void* bytes, int size, sqlite3_int64 place) {
  if (int const code = write_joined(file); code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xRead(real_of(file), bytes, size, place);
}
int truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (int const code = write_joined(file); code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xTruncate(real_of(file), size);
}
int synchronise(sqlite3_file* file, int flags) {
  if (int const code = write_joined(file); code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xSync(real_of(file), flags);
}
int length(sqlite3_file* file, sqlite3_int64* size) {
  if (int const code = write_joined(file); code != SQLITE_OK) return code;
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int close(sqlite3_file* file) {
  int const written = write_joined(file);
  int const closed = real_of(file)->pMethods->xClose(real_of(file));
  delete[] log_of(file).joined;
  return written != SQLITE_OK ? written : closed;
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
