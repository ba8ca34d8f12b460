// SPDX-License-Identifier: GPL-3.0-or-later
// How SQLite writes its write-ahead log: in few large pieces.
#pragma once

namespace spoc::store {

/// The name of a VFS (sqlite.org/vfs.html) that is the system's own but for the log: SQLite hands it each
/// page in two writes, 24 bytes and the page, and these join until the log is synchronised, read, or asked
/// for its length. For connections with synchronous=FULL alone: there each commit synchronises the log before
/// another connection may read what it wrote, so nobody sees a log whose end still waits here. nullptr where
/// SQLite has no VFS.
char const* joined_log();

}  // namespace spoc::store
