// SPDX-License-Identifier: GPL-3.0-or-later
// Asks an LDAP directory for people (RFC 4511), page by page (RFC 2696).
#pragma once

#include "desk/error.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace spoc::channels {

struct Directory {
  std::string url;                      ///< "ldap://host:389", "ldaps://host:636"
  bool starttls = true;                 ///< for ldap://: required, not tried
  std::filesystem::path ca_file;        ///< certificates to trust instead of the system's
  std::string bind_dn, password;        ///< simple bind; both empty for an anonymous one
  std::string base, filter;             ///< the whole subtree of base is searched
  std::vector<std::string> attributes;  ///< what is asked for
  std::chrono::milliseconds timeout = std::chrono::seconds{30};  ///< of each step
  int page = 500;                                                ///< entries that are asked for at a time
};

struct DirectoryEntry {
  std::string dn;
  /// By the attribute's name in lower case, in the directory's order. Values that are no UTF-8 text (an
  /// objectGUID) are lower-case hex.
  std::map<std::string, std::vector<std::string>> values;
};

/// All entries. `going` is asked between pages; when it says false, Kind::busy is returned. Errors name the
/// server and the step that failed: unreachable and timed out are busy, wrong credentials denied, and what
/// the directory refuses (a base that is not there, a filter that is none, a size limit) is refused.
Result<std::vector<DirectoryEntry>> read_directory(Directory const& directory,
                                                   std::function<bool()> const& going);

}  // namespace spoc::channels
