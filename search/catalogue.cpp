// SPDX-License-Identifier: GPL-3.0-or-later
// Walks through the documents of the articles.
#include "search/catalogue.hpp"

#include "search/fields.hpp"
#include "search/format.hpp"
#include "search/record.hpp"
#include "search/wall.hpp"

#include <xapian.h>

namespace spoc::search {

namespace fs = std::filesystem;

struct Catalogue::Body {
  fs::path folder;
  Xapian::Database articles;
};

Catalogue::Catalogue(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Catalogue::Catalogue(Catalogue&&) noexcept = default;
Catalogue& Catalogue::operator=(Catalogue&&) noexcept = default;
Catalogue::~Catalogue() = default;

Result<Catalogue> Catalogue::open(fs::path const& folder) {
  if (auto const there = expect_index(folder); !there) return there.error();
  auto body = std::make_unique<Body>();
  body->folder = folder;
  auto const opened = guarded<void>(
      folder.string(), [&] { body->articles = Xapian::Database((folder / "articles").string()); });
  if (!opened) return opened.error();
  return Catalogue(std::move(body));
}

Result<std::uint64_t> Catalogue::edition() {
  return guarded<std::uint64_t>(body_->folder.string(), [&] {
    body_->articles.reopen();
    return std::uint64_t{body_->articles.get_revision()};
  });
}

Result<std::vector<desk::Article>> Catalogue::articles() {
  using List = std::vector<desk::Article>;
  return guarded<List>(body_->folder.string(), [&] {
    List out;
    auto const& db = body_->articles;
    out.reserve(db.get_doccount());
    for (auto at = db.postlist_begin(""); at != db.postlist_end(""); ++at)
      out.push_back(read_record(db.get_document(*at).get_value(slots::record)).article);
    return out;
  });
}

Result<std::vector<Catalogue::Listed>> Catalogue::listed() {
  using List = std::vector<Listed>;
  return guarded<List>(body_->folder.string(), [&] {
    List out;
    auto const& db = body_->articles;
    out.reserve(db.get_doccount());
    for (auto at = db.valuestream_begin(slots::hash); at != db.valuestream_end(slots::hash); ++at)
      out.push_back({at.get_docid(), *at});
    return out;
  });
}

Result<desk::Article> Catalogue::article(Listed const& one) {
  return guarded<desk::Article>(body_->folder.string(), [&] {
    return read_record(body_->articles.get_document(one.place).get_value(slots::record)).article;
  });
}

}  // namespace spoc::search
