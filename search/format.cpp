// SPDX-License-Identifier: GPL-3.0-or-later
// One line in a file.
#include "search/format.hpp"

#include "search/fields.hpp"

#include <fstream>
#include <stdexcept>
#include <string>

namespace spoc::search {

namespace fs = std::filesystem;

bool is_our_format(fs::path const& folder) {
  std::ifstream in(folder / "format");
  std::string line;
  return std::getline(in, line) && line == format_version;
}

void write_format(fs::path const& folder) {
  std::ofstream out(folder / "format");
  if (!(out << format_version << '\n') || !out.flush())
    throw std::runtime_error("can't write " + (folder / "format").string());
}

Result<> expect_index(fs::path const& folder) {
  std::string const place = "search index " + folder.string();
  if (!fs::exists(folder / "articles") || !fs::exists(folder / "tickets"))
    return Error{Kind::missing, place + " is not there; start spocd, it makes the index"};
  if (!is_our_format(folder))
    return Error{Kind::missing, place + " is of another release; start spocd, it makes the index anew"};
  return {};
}

}  // namespace spoc::search
