// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the list in step with the index.
#include "daemon/article_list.hpp"

#include <algorithm>
#include <utility>

namespace spoc::daemon {

std::string place_on_shelf(desk::Article const& article) { return article.id + "|" + article.language; }

Result<> ArticleList::refresh(std::filesystem::path const& index) {
  if (!catalogue_) {
    auto opened = search::Catalogue::open(index);
    if (!opened) return opened.error();
    catalogue_.emplace(std::move(*opened));
    edition_.reset();
  }
  auto const edition = catalogue_->edition();
  if (!edition) return edition.error();
  if (edition_ == *edition) return {};
  auto articles = catalogue_->articles();
  if (!articles) return articles.error();
  articles_ = std::move(*articles);
  std::sort(articles_.begin(), articles_.end(), [](desk::Article const& a, desk::Article const& b) {
    return place_on_shelf(a) < place_on_shelf(b);
  });
  edition_ = *edition;
  return {};
}

Result<std::vector<desk::Article> const*> ArticleList::all(std::filesystem::path const& index) {
  auto fresh = refresh(index);
  if (!fresh) {
    // The writer is too far ahead, or has made the index anew.
    catalogue_.reset();
    fresh = refresh(index);
  }
  if (!fresh) return fresh.error();
  std::vector<desk::Article> const* const list = &articles_;
  return list;
}

}  // namespace spoc::daemon
