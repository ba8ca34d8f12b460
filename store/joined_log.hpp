// SPDX-License-Identifier: GPL-3.0-or-later
// How SQLite writes its write-ahead log: the pages of a commit in few pieces.
#pragma once

struct sqlite3;

namespace spoc::store {

/// The name of a VFS (sqlite.org/vfs.html) that is the system's own but for the log, which it writes as
/// JoinedCommit says. nullptr where SQLite has no VFS.
char const* joined_log();

/// While it lives, with a COMMIT of the connection inside: SQLite hands each page of it to the log in two
/// writes, of 24 bytes and the page; they are held and written by up to 120 KiB. All of them have been
/// written before SQLite synchronises the log or tells others of the commit, and its failure is the COMMIT's.
/// Outside of it nothing is held. Without effect where the connection was not opened with the VFS of
/// joined_log().
class JoinedCommit {
 public:
  explicit JoinedCommit(sqlite3* connection);
  JoinedCommit(JoinedCommit const&) = delete;
  JoinedCommit& operator=(JoinedCommit const&) = delete;
  ~JoinedCommit();

 private:
  sqlite3* connection_;
};

}  // namespace spoc::store
