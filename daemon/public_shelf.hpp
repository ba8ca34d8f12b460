// SPDX-License-Identifier: GPL-3.0-or-later
// What the public may see of the knowledge base: articles, their translations and topics, kept in step with
// the index. Internal articles do not exist here.
#pragma once

#include "daemon/config.hpp"
#include "desk/article.hpp"
#include "desk/time.hpp"
#include "search/catalogue.hpp"
#include "search/index.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace spoc::daemon {

/// Whoever reads the one reads the other: "no" and "nb", "zh-TW" and "zh-Hant", but not two kinds of Chinese.
bool same_tongue(std::string_view one, std::string_view other);

/// Lives on the desk thread. Pointers that it hands out hold until the next refresh().
class PublicShelf {
 public:
  struct Entry {
    desk::Article head;  ///< without body
    desk::Time changed{};
    std::string folded;     ///< title, tags and products, each word after a blank
    std::size_t group = 0;  ///< the same for all translations
    std::string hash{};     ///< of its content
  };
  struct Topic {
    std::string tag;
    std::size_t articles = 0;
  };

  explicit PublicShelf(Config const& config) : config_{config} {}

  /// Looks whether the index has changed; to be called before each answer.
  void refresh();
  /// The article of that id, in the language if it is there; nullptr for none.
  Entry const* find(std::string_view id, std::string_view language) const;
  /// All of one group, itself included, by language.
  std::vector<Entry const*> translations(Entry const& entry) const;
  /// Of each group the translation that suits the language best, in the order of the titles.
  std::vector<Entry const*> const& in_language(std::string const& language);
  /// The topics of those, the most used first.
  std::vector<Topic> const& topics(std::string const& language);
  /// As a person types: what the index finds, and titles in which each word begins as one typed.
  std::vector<Entry const*> search(std::string const& words, std::string const& language, std::size_t limit);
  /// Its Markdown; nothing where it has gone meanwhile.
  std::optional<std::string> body(Entry const& entry);
  /// The article that a file of the folder holds.
  Entry const* at_path(std::string_view path) const;

 private:
  search::Reader* reader();
  bool has_changed();
  bool take_in(std::vector<search::Catalogue::Listed> const& listed);
  void group_translations();
  void sort_in();

  Config const& config_;
  std::optional<search::Reader> reader_;
  std::optional<search::Catalogue> catalogue_;
  std::optional<std::uint64_t> edition_;
  std::vector<Entry> entries_;
  std::unordered_set<std::string> internal_;  ///< content hashes of what is not for the public
  std::unordered_map<std::string_view, std::vector<Entry const*>> of_id_;
  /// By the language of a reader, made when one comes.
  std::map<std::string, std::vector<Entry const*>> of_language_;
  std::map<std::string, std::vector<Topic>> topics_;
};

}  // namespace spoc::daemon
