// SPDX-License-Identifier: GPL-3.0-or-later
// All articles in one order, read again only when the index has changed: a page of them costs a page.
#pragma once

#include "desk/article.hpp"
#include "search/catalogue.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace spoc::daemon {

/// An article in one language; more than one may bear its id.
std::string place_on_shelf(desk::Article const& article);

/// Lives on one thread.
class ArticleList {
 public:
  /// Without bodies, by place_on_shelf(); they hold until the next call. Kind::missing where there is no
  /// index yet.
  Result<std::vector<desk::Article> const*> all(std::filesystem::path const& index);

 private:
  Result<> refresh(std::filesystem::path const& index);

  std::optional<search::Catalogue> catalogue_;
  std::optional<std::uint64_t> edition_;
  std::vector<desk::Article> articles_;
};

}  // namespace spoc::daemon
