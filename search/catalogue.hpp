// SPDX-License-Identifier: GPL-3.0-or-later
// All articles of the index at once, without their bodies, for lists of them.
#pragma once

#include "desk/article.hpp"
#include "desk/error.hpp"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace spoc::search {

/// One per thread, as a Reader; sees the writer's newest commit.
class Catalogue {
 public:
  /// Kind::missing where there is no index yet.
  static Result<Catalogue> open(std::filesystem::path const& folder);
  Catalogue(Catalogue&&) noexcept;
  Catalogue& operator=(Catalogue&&) noexcept;
  ~Catalogue();

  /// Another number after each commit to the articles.
  Result<std::uint64_t> edition();
  /// Without bodies, in no order. An Error while the writer is two commits ahead, or has made the index anew:
  /// open it again.
  Result<std::vector<desk::Article>> articles();
  /// Where an article stands, and its content_hash(): who remembers what they have read reads what is new
  /// alone.
  struct Listed {
    std::uint32_t place = 0;  ///< until the next edition
    std::string hash;
  };
  /// As articles(), without reading one.
  Result<std::vector<Listed>> listed();
  /// Without its body.
  Result<desk::Article> article(Listed const& one);

 private:
  struct Body;
  explicit Catalogue(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace spoc::search
