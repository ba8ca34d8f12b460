// SPDX-License-Identifier: GPL-3.0-or-later
// The knowledge folder: its articles, what is wrong with them, and the index kept in step with them.
#pragma once

#include "desk/article.hpp"
#include "desk/error.hpp"
#include "desk/time.hpp"
#include "search/index.hpp"

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::daemon {

/// Something that a keeper of the folder should know.
struct Flaw {
  std::string path;     ///< relative to the folder
  int line = 0;         ///< 0 where no line is to blame
  bool mistake = true;  ///< false: it works, but wants a look
  std::string what;
};
/// "net/vpn.md:3: what"
std::string shown(Flaw const& flaw);

/// Every article of a folder by its id, translations together.
using Shelf = std::map<std::string, std::vector<desk::Article>>;
/// Files that are no article become flaws and are left out. Kind::busy where the folder itself can't be read.
Result<Shelf> read_shelf(std::filesystem::path const& folder, std::vector<Flaw>& flaws);

/// The operator's list of synonyms as it is written; its mistakes become flaws.
Result<std::string> read_synonym_file(std::filesystem::path const& file, std::vector<Flaw>& flaws);

/// A file of this name says that the folder is meant to hold no article.
constexpr std::string_view meant_empty = ".empty";
/// What an operator is told of a folder without an article (nobody has mounted it?) while the index has
/// `indexed`; "" where that is as it should be.
std::string emptied(std::filesystem::path const& folder, std::size_t indexed);

/// "2026-11-26", in UTC.
std::string today(desk::Time now);

/// All that is wrong or old in a folder, by file: front matter, ids taken twice, links to nowhere, pictures
/// that are not there, days of review and expiry that have come.
struct Examined {
  std::size_t articles = 0;  ///< that could be read
  std::vector<Flaw> flaws;
};
Examined examine_shelf(std::filesystem::path const& folder, std::string const& today);

/// Another one whenever a file of an article is: by names, sizes and moments of change, without reading any.
/// "" where the folder can't be looked through.
std::string state_of(std::filesystem::path const& folder);

/// What one look through the folder did.
struct Shelved {
  std::size_t articles = 0;  ///< in the index now
  std::size_t changed = 0, removed = 0;
  bool waits = false;                 ///< a file is in the middle of being saved: look again
  std::vector<std::string> mistakes;  ///< files that are no article, with line and remedy
};

/// Brings the index in step with the folder; commits if anything changed. Articles whose day of expiry has
/// come are left out. A folder that can't be read or has no article at all empties nothing (Kind::busy, see
/// emptied()), and while a file is half saved no article is taken out.
Result<Shelved> shelve(search::Index& index, std::filesystem::path const& folder, std::string const& today);

/// Ids in which an index (`held`, in order) differs from its folder.
struct Astray {
  std::vector<std::string> missing, surplus;
};
/// None where something in the folder was changed within `settling`, or a file is no article: the index
/// follows.
Result<Astray> compare_shelf(std::vector<std::string> const& held, std::filesystem::path const& folder,
                             std::string const& today, desk::Duration settling);

}  // namespace spoc::daemon
