// SPDX-License-Identifier: GPL-3.0-or-later
// Maildir folders and mbox files, read and written.
#pragma once

#include "channels/wake.hpp"
#include "desk/error.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::channels {

struct Lying {
  std::string name;  ///< the unique part: what stands before ":2,"
  std::filesystem::path path;
  std::int64_t written = 0;  ///< mtime, milliseconds since 1970
};

/// What lies in new/ and cur/, oldest first, files that can't be read among it. Kind::missing if it is no
/// Maildir.
Result<std::vector<Lying>> list_maildir(std::filesystem::path const& folder);
/// Creates tmp/, new/ and cur/.
Result<> make_maildir(std::filesystem::path const& folder);
/// tmp/, fsync, rename into new/, fsync of the folder. Returns the unique name. The same `name` given twice
/// is written once.
Result<std::string> deliver(std::filesystem::path const& folder, std::string_view mail,
                            std::string_view name = "");
/// `most`: bytes of its beginning.
Result<std::string> read_file(std::filesystem::path const& path, std::size_t most = SIZE_MAX);
/// So much of a mail that is too large is taken: the header and, as mails are built, its words.
constexpr std::size_t head_of_large_mail = std::size_t{512} << 10;
/// new/x -> cur/x:2,S (or with other flags); for after-commit actions.
Result<> mark_maildir(std::filesystem::path const& folder, Lying const& lying, std::string_view flags);

/// Walks an mbox file (mboxrd and mboxo quoting) mail by mail without reading it whole; `take` returning
/// false ends it.
Result<> read_mbox(std::filesystem::path const& file, std::function<bool(std::string&& mail)> const& take);

/// When new/ changed last, 0 if there is none. Taken before list_maildir(), it lets the wait below miss
/// nothing.
std::int64_t maildir_stamp(std::filesystem::path const& folder);
/// Waits until something changes in new/ (inotify) or `patience` is over or `wake` rings; true if something
/// changed. With a `stamp` also what changed since that was taken.
bool wait_for_maildir(std::filesystem::path const& folder, Wake const& wake,
                      std::chrono::milliseconds patience, std::int64_t stamp = 0);

}  // namespace spoc::channels
