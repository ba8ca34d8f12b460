// SPDX-License-Identifier: GPL-3.0-or-later
// The catalogue of public articles, read anew when the index has changed.
#include "daemon/public_shelf.hpp"

#include "desk/people.hpp"
#include "search/fold.hpp"
#include "search/terms.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <system_error>
#include <tuple>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

/// Every run of word characters with a blank before it, folded.
std::string words_of(std::string_view text) {
  std::u32string out;
  bool within = false;
  for (char32_t const c : search::fold(text)) {
    bool const word = search::is_word_character(c);
    if (word && (!within || search::is_wide(c))) out += U' ';
    if (word) out += c;
    within = word && !search::is_wide(c);
  }
  return search::utf8(out);
}

std::string_view main_part(std::string_view language) { return language.substr(0, language.find('-')); }

int suits(std::string_view have, std::string_view wanted) {
  if (have == wanted) return 4;
  if (same_tongue(have, wanted)) return 3;
  if (search::main_language(have) == search::main_language(wanted)) return 2;
  return main_part(have) == "en" ? 1 : 0;
}

desk::Time changed_at(fs::path const& file) {
  std::error_code fault;
  auto const at = fs::last_write_time(file, fault);
  if (fault) return {};
  return std::chrono::time_point_cast<desk::Duration>(std::chrono::file_clock::to_sys(at));
}

/// The words of a query, each of which must begin a word of the entry.
bool begins_in(std::string const& folded, std::string const& typed) {
  std::size_t at = 0;
  while (at < typed.size()) {
    auto const end = std::min(typed.find(' ', at + 1), typed.size());
    if (folded.find(typed.substr(at, end - at)) == std::string::npos) return false;
    at = end;
  }
  return !typed.empty();
}

}  // namespace

bool same_tongue(std::string_view one, std::string_view other) {
  return search::main_language(one) == search::main_language(other) &&
         desk::spoken(one) == desk::spoken(other);
}

search::Reader* PublicShelf::reader() {
  if (!reader_)
    if (auto opened = search::Reader::open(config_.index())) reader_.emplace(std::move(*opened));
  return reader_ ? &*reader_ : nullptr;
}

/// A catalogue that lags too far behind is opened anew.
bool PublicShelf::has_changed() {
  for (int tries = 2; tries > 0; --tries) {
    if (!catalogue_)
      if (auto opened = search::Catalogue::open(config_.index())) catalogue_.emplace(std::move(*opened));
    if (!catalogue_) return false;
    if (auto const edition = catalogue_->edition()) {
      bool const changed = edition_ != *edition;
      edition_ = *edition;
      return changed;
    }
    catalogue_.reset();
  }
  return false;
}

void PublicShelf::refresh() {
  if (!has_changed()) return;
  auto const listed = catalogue_->listed();
  if (listed && take_in(*listed)) return;
  catalogue_.reset();
  edition_.reset();
}

/// Reads what is new alone: where one of thousands of articles has changed, nobody at the desk waits for the
/// others. False where something can't be read; then all stays as it was.
bool PublicShelf::take_in(std::vector<search::Catalogue::Listed> const& listed) {
  std::unordered_set<std::string_view> known;
  for (Entry const& one : entries_) known.insert(one.hash);
  std::unordered_set<std::string_view> wanted;
  std::vector<Entry> fresh;
  std::vector<std::string> hidden;
  for (search::Catalogue::Listed const& one : listed) {
    wanted.insert(one.hash);
    if (known.contains(one.hash) || internal_.contains(one.hash)) continue;
    auto head = catalogue_->article(one);
    if (!head) return false;
    if (head->internal) {
      hidden.push_back(one.hash);
      continue;
    }
    Entry entry;
    entry.changed = changed_at(config_.knowledge / head->path);
    entry.folded = words_of(head->title);
    for (auto const* words : {&head->tags, &head->products})
      for (std::string const& word : *words) entry.folded += words_of(word);
    entry.head = std::move(*head);
    entry.hash = one.hash;
    fresh.push_back(std::move(entry));
  }
  std::erase_if(entries_, [&](Entry const& one) { return !wanted.contains(one.hash); });
  std::erase_if(internal_, [&](std::string const& one) { return !wanted.contains(one); });
  internal_.insert(hidden.begin(), hidden.end());
  std::move(fresh.begin(), fresh.end(), std::back_inserter(entries_));
  sort_in();
  return true;
}

void PublicShelf::sort_in() {
  std::sort(entries_.begin(), entries_.end(), [](Entry const& a, Entry const& b) {
    return std::tie(a.head.title, a.head.id, a.head.language) <
           std::tie(b.head.title, b.head.id, b.head.language);
  });
  group_translations();
  of_id_.clear();
  of_language_.clear();
  topics_.clear();
  for (Entry const& one : entries_) of_id_[one.head.id].push_back(&one);
}

/// Translations share an id, have it with their language behind it ("vpn", "vpn.nb"), or name one another.
void PublicShelf::group_translations() {
  std::unordered_map<std::string, std::size_t> groups;
  std::unordered_map<std::string_view, std::size_t> of_id;
  for (Entry& one : entries_) {
    std::string const id = search::family_of(one.head.id, one.head.language);
    one.group = groups.try_emplace(id, groups.size()).first->second;
    of_id[one.head.id] = one.group;
  }
  // Which group a group has been joined to.
  std::vector<std::size_t> joined(groups.size());
  std::iota(joined.begin(), joined.end(), std::size_t{0});
  auto const root = [&](std::size_t group) {
    while (joined[group] != group) group = joined[group] = joined[joined[group]];
    return group;
  };
  for (Entry const& one : entries_)
    for (std::string const& other : one.head.translations)
      if (auto const found = of_id.find(other); found != of_id.end())
        joined[root(found->second)] = root(one.group);
  for (Entry& one : entries_) one.group = root(one.group);
}

PublicShelf::Entry const* PublicShelf::find(std::string_view id, std::string_view language) const {
  auto const of_id = of_id_.find(id);
  if (of_id == of_id_.end()) return nullptr;
  Entry const* best = nullptr;
  for (Entry const* one : of_id->second)
    if (best == nullptr || suits(one->head.language, language) > suits(best->head.language, language))
      best = one;
  return best;
}

std::vector<PublicShelf::Entry const*> PublicShelf::translations(Entry const& entry) const {
  std::vector<Entry const*> out;
  for (Entry const& one : entries_)
    if (one.group == entry.group) out.push_back(&one);
  std::sort(out.begin(), out.end(),
            [](Entry const* a, Entry const* b) { return a->head.language < b->head.language; });
  return out;
}

std::vector<PublicShelf::Entry const*> const& PublicShelf::in_language(std::string const& language) {
  auto const [place, added] = of_language_.try_emplace(language);
  if (!added) return place->second;
  std::unordered_map<std::size_t, Entry const*> best;
  for (Entry const& one : entries_) {
    Entry const*& had = best[one.group];
    if (had == nullptr || suits(one.head.language, language) > suits(had->head.language, language))
      had = &one;
  }
  for (Entry const& one : entries_)
    if (best[one.group] == &one) place->second.push_back(&one);
  return place->second;
}

std::vector<PublicShelf::Topic> const& PublicShelf::topics(std::string const& language) {
  auto const [place, added] = topics_.try_emplace(language);
  if (!added) return place->second;
  std::map<std::string, std::size_t> counts, own;
  for (Entry const* one : in_language(language))
    for (std::string const& tag : one->head.tags) {
      ++counts[tag];
      if (main_part(one->head.language) == main_part(language)) ++own[tag];
    }
  std::vector<Topic>& out = place->second;
  for (auto const& [tag, count] : counts) out.push_back({tag, count});
  std::stable_sort(out.begin(), out.end(), [&](Topic const& a, Topic const& b) {
    return std::pair{own.contains(a.tag), a.articles} > std::pair{own.contains(b.tag), b.articles};
  });
  return out;
}

std::vector<PublicShelf::Entry const*> PublicShelf::search(std::string const& words,
                                                           std::string const& language, std::size_t limit) {
  std::vector<Entry const*> out;
  auto const add = [&](Entry const* one) {
    bool const had = one == nullptr || std::any_of(out.begin(), out.end(), [&](Entry const* other) {
                       return other->group == one->group;
                     });
    if (!had && out.size() < limit) out.push_back(one);
  };
  std::string const typed = words_of(words);
  for (Entry const* one : in_language(language)) {
    if (out.size() == limit) return out;
    if (begins_in(one->folded, typed)) add(one);
  }
  if (reader() == nullptr) return out;
  if (auto const hits = reader_->search(words, {language, false, limit}))
    for (search::Hit const& hit : *hits) add(find(hit.id, hit.language));
  return out;
}

std::optional<std::string> PublicShelf::body(Entry const& entry) {
  if (reader() == nullptr) return std::nullopt;
  auto article = reader_->article(entry.head.id, entry.head.language);
  // Between two looks an article may have become internal.
  if (!article || article->internal) return std::nullopt;
  return std::move(article->body);
}

PublicShelf::Entry const* PublicShelf::at_path(std::string_view path) const {
  auto const found =
      std::find_if(entries_.begin(), entries_.end(), [&](Entry const& one) { return one.head.path == path; });
  return found == entries_.end() ? nullptr : &*found;
}

}  // namespace spoc::daemon
