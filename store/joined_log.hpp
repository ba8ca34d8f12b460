// SPDX-License-Identifier: GPL-3.0-or-later
// How SQLite writes its write-ahead log: a page in one piece.
#pragma once

namespace spoc::store {

/// The name of a VFS (sqlite.org/vfs.html) that is the system's own but for the log: SQLite hands it each
/// page in two writes, 24 bytes and the page, of which this makes one. nullptr where SQLite has no VFS.
char const* joined_log();

}  // namespace spoc::store
