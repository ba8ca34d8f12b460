// SPDX-License-Identifier: GPL-3.0-or-later
// A knowledge article: a Markdown file with front matter, read by parser, found by search.
#pragma once

#include <string>
#include <vector>

namespace spoc::desk {

struct Article {
  std::string id;  ///< stable word from the front matter: "vpn-drops"
  std::string title;
  std::string language = "en";
  bool internal = false;  ///< audience: internal
  std::vector<std::string> tags;
  std::string body;                     ///< Markdown without the front matter
  std::string path;                     ///< relative to the knowledge folder
  std::vector<std::string> products{};  ///< what it is about: found like tags
  std::string owner{};                  ///< the address that hears what readers say
  std::string review{},
      expires{};  ///< days, "2027-01-31"; "" for never. From `expires` on it is not offered.
  std::vector<std::string> translations{};  ///< ids of those that say it in other languages
  bool operator==(Article const&) const = default;
};

}  // namespace spoc::desk
