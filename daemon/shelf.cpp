// SPDX-License-Identifier: GPL-3.0-or-later
// Markdown files to articles, and articles into the index.
#include "daemon/shelf.hpp"

#include "channels/maildir.hpp"
#include "channels/target.hpp"
#include "daemon/portal_files.hpp"
#include "parser/article.hpp"
#include "search/synonyms.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <tuple>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> articles_in(fs::path const& folder, std::error_code& fault) {
  std::vector<fs::path> out;
  for (fs::recursive_directory_iterator at{folder, fs::directory_options::skip_permission_denied, fault}, end;
       !fault && at != end; at.increment(fault)) {
    std::error_code gone;  // since it was listed
    if (at->path().extension() == ".md" && at->is_regular_file(gone)) out.push_back(at->path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

/// The reader's words are "path:line: what", or without a line where the file can't be read.
Flaw flaw_of(std::string const& path, std::string const& words) {
  Flaw flaw{path, 0, true, words};
  std::string const head = path + ":";
  if (!words.starts_with(head)) return flaw;
  char const* const end = words.data() + words.size();
  auto const read = std::from_chars(words.data() + head.size(), end, flaw.line);
  if (read.ec == std::errc{} && end - read.ptr > 2) flaw.what = std::string{read.ptr + 2, end};
  return flaw;
}

bool has_come(std::string const& day, std::string const& today) { return !day.empty() && day <= today; }

bool has_scheme(std::string_view target) {
  std::size_t const colon = target.find(':');
  return target.starts_with("//") || (colon != std::string_view::npos && colon < target.find('/'));
}

/// What is wrong with one link of an article; "" if nothing. Addresses are read as the help pages read them:
/// "my%20lamp.png" is the file "my lamp.png".
std::string fault_of(parser::MarkdownLink const& link, desk::Article const& article, fs::path const& folder,
                     Shelf const& shelf) {
  std::string const target = link.target.substr(0, link.target.find_first_of("#?"));
  if (target.empty() || has_scheme(target)) return "";
  if (target.starts_with("/kb/")) {
    auto const read = channels::read_target(target);
    std::string const id = (read ? read->path : target).substr(4);
    if (shelf.contains(id)) return "";
    return "there is no article \"" + id + "\" to link to; name the id of another or take the link out";
  }
  if (target.starts_with('/')) return "";
  std::string const what = (link.picture ? "the picture \"" : "the file \"") + target + "\"";
  std::string const place = place_meant(article.path, target);
  if (place.empty())
    return what +
           " lies outside of the folder or is hidden, and is shown to nobody; put it beside the article";
  std::error_code fault;
  if (!fs::is_regular_file(folder / place, fault))
    return what + " is not there; put it beside the article or correct the name";
  std::string const why = link.picture ? why_not_shown(folder / place) : "";
  return why.empty() ? "" : what + " is not shown: it " + why;
}

/// What stands behind the colon of a line that says a field: "review : 2027-01-31".
std::optional<std::string_view> said_of(std::string_view line, std::string_view field) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with(field)) return std::nullopt;
  line.remove_prefix(field.size());
  line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
  if (!line.starts_with(':')) return std::nullopt;
  return line.substr(1);
}

/// The line of the front matter that says a field; the first of the file where none does.
int line_of_field(std::string_view bytes, std::string_view field) {
  int number = 0;
  for (std::size_t at = 0; at < bytes.size(); ++number) {
    auto const end = std::min(bytes.find('\n', at), bytes.size());
    std::string_view line = bytes.substr(at, end - at);
    at = end + 1;
    if (number > 0 && line.starts_with("---")) return 1;
    if (said_of(line, field)) return number + 1;
  }
  return 1;
}

/// Files that stand among the translations, named from the article's own folder, become the ids that they
/// have.
void resolve_translations(Shelf& shelf) {
  std::map<std::string, std::string> ids;  // by path
  for (auto const& [id, translations] : shelf)
    for (desk::Article const& one : translations) ids[one.path] = id;
  for (auto& [id, translations] : shelf)
    for (desk::Article& one : translations)
      for (std::string& other : one.translations) {
        fs::path const beside = (fs::path{one.path}.parent_path() / other).lexically_normal();
        if (auto const found = ids.find(beside.string()); found != ids.end()) other = found->second;
      }
}

/// What is wrong with one article that another names as its translation; "" if nothing.
std::string fault_of(std::string const& other, desk::Article const& article, Shelf const& shelf) {
  if (other == article.id) return "names itself as its translation; take it out";
  auto const found = shelf.find(other);
  if (found == shelf.end())
    return "there is no article \"" + other + "\" to be its translation; name the id or the file of one";
  for (desk::Article const& one : found->second) {
    auto const& back = one.translations;
    if (one.language == article.language)
      return "its translation \"" + other + "\" is in the same language, " + one.language;
    if (std::find(back.begin(), back.end(), article.id) == back.end())
      return "its translation \"" + other + "\" does not name \"" + article.id +
             "\"; add it to translations in " + one.path;
  }
  return "";
}

/// The line on which the nth of an article's translations is named.
int line_of_translation(std::string_view bytes, std::size_t nth) {
  bool within = false;
  for (int number = 1; !bytes.empty(); ++number) {
    auto const end = std::min(bytes.find('\n'), bytes.size());
    std::string_view const line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    auto const begin = std::min(line.find_first_not_of(" \t"), line.size());
    std::string_view const words = line.substr(begin);
    auto const said = within ? std::nullopt : said_of(words, "translations");
    if (said) {
      within = true;
      if (said->find_first_not_of(" \t\r") != std::string_view::npos) return number;
    } else if (within && words.starts_with("- ") && nth-- == 0) {
      return number;
    }
  }
  return 1;
}

void look_at(desk::Article const& article, fs::path const& folder, Shelf const& shelf,
             std::string const& today, std::vector<Flaw>& flaws) {
  auto const bytes = channels::read_file(folder / article.path);
  if (!bytes) return;
  auto const above = std::count(bytes->begin(), bytes->end(), '\n') -
                     std::count(article.body.begin(), article.body.end(), '\n');
  for (parser::MarkdownLink const& link : parser::markdown_links(article.body))
    if (std::string what = fault_of(link, article, folder, shelf); !what.empty())
      flaws.push_back({article.path, static_cast<int>(above) + link.line, true, std::move(what)});
  for (std::size_t i = 0; i < article.translations.size(); ++i)
    if (std::string what = fault_of(article.translations[i], article, shelf); !what.empty())
      flaws.push_back({article.path, line_of_translation(*bytes, i), true, std::move(what)});
  if (article.body.find_first_not_of(" \t\r\n") == std::string::npos)
    flaws.push_back(
        {article.path, static_cast<int>(above) + 1, true, "it has no words; write some or remove the file"});
  if (has_come(article.expires, today))
    flaws.push_back({article.path, line_of_field(*bytes, "expires"), false,
                     "expired on " + article.expires + " and is not offered any more"});
  else if (has_come(article.review, today))
    flaws.push_back({article.path, line_of_field(*bytes, "review"), false,
                     "was to be reviewed by " + article.review +
                         (article.owner.empty() ? "" : " (" + article.owner + ")")});
}

bool has_changed_within(fs::path const& folder, desk::Duration time) {
  auto const since = fs::file_time_type::clock::now() - time;
  std::error_code fault;
  if (fs::last_write_time(folder, fault) > since) return true;
  for (fs::recursive_directory_iterator at{folder, fs::directory_options::skip_permission_denied, fault}, end;
       !fault && at != end; at.increment(fault)) {
    std::error_code gone;
    if (auto const changed = fs::last_write_time(at->path(), gone); !gone && changed > since) return true;
  }
  return false;
}

std::uint64_t nanoseconds(timespec const& moment) {
  return static_cast<std::uint64_t>(moment.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(moment.tv_nsec);
}

/// A file that can't be read just after it was changed is in the middle of being saved.
bool is_being_saved(fs::path const& folder, std::vector<Flaw> const& flaws) {
  auto const now = fs::file_time_type::clock::now();
  return std::any_of(flaws.begin(), flaws.end(), [&](Flaw const& one) {
    std::error_code fault;
    auto const at = fs::last_write_time(folder / one.path, fault);
    return fault || now - at < std::chrono::minutes{1};
  });
}

}  // namespace

std::string shown(Flaw const& flaw) {
  if (flaw.path.empty()) return flaw.what;  // of the folder
  return flaw.path + (flaw.line > 0 ? ":" + std::to_string(flaw.line) : "") + ": " + flaw.what;
}

std::string emptied(fs::path const& folder, std::size_t indexed) {
  std::error_code fault;
  bool const there = fs::is_directory(folder, fault);
  auto const files = articles_in(folder, fault);
  if (indexed == 0 || (there && !files.empty())) return "";
  if (there && fs::exists(folder / meant_empty, fault)) return "";
  return folder.string() + (there ? " holds no article" : " is gone") + ", while the search index has " +
         std::to_string(indexed) +
         ": those stay as they are. Mount the folder or put its articles back; if " +
         "none are meant to be there, create the file " + (folder / meant_empty).string();
}

std::string today(desk::Time now) { return desk::iso(now).substr(0, 10); }

Result<Shelf> read_shelf(fs::path const& folder, std::vector<Flaw>& flaws) {
  Shelf shelf;
  std::error_code fault;
  auto const files = articles_in(folder, fault);
  if (fault)
    return Error{Kind::busy, folder.string() + ": the articles can't be read: " + fault.message() +
                                 "; those in the index stay as they are"};
  for (fs::path const& file : files) {
    std::string const path = file.lexically_relative(folder).string();
    auto const bytes = channels::read_file(file);
    auto article = bytes ? parser::read_article(*bytes, path) : Result<desk::Article>{bytes.error()};
    if (!article) {
      flaws.push_back(flaw_of(path, article.error().what));
      continue;
    }
    auto& translations = shelf[article->id];
    auto const same = std::find_if(translations.begin(), translations.end(), [&](desk::Article const& other) {
      return other.language == article->language;
    });
    if (same == translations.end())
      translations.push_back(std::move(*article));
    else
      flaws.push_back({path, line_of_field(*bytes, "id"), true,
                       "id \"" + article->id + "\" is taken in this language by " + same->path +
                           "; give it an id of its own"});
  }
  resolve_translations(shelf);
  return shelf;
}

Result<std::string> read_synonym_file(fs::path const& file, std::vector<Flaw>& flaws) {
  auto text = channels::read_file(file);
  if (!text) return text.error();
  for (auto const& [line, what] : search::read_synonyms(*text).mistakes)
    flaws.push_back({file.filename().string(), line, true, what});
  return text;
}

Examined examine_shelf(fs::path const& folder, std::string const& today) {
  Examined out;
  auto& flaws = out.flaws;
  auto const read = read_shelf(folder, flaws);
  if (!read) flaws.push_back({"", 0, true, read.error().what});
  Shelf const shelf = read ? *read : Shelf{};
  for (auto const& [id, translations] : shelf) {
    out.articles += translations.size();
    for (desk::Article const& one : translations) look_at(one, folder, shelf, today, flaws);
  }
  std::stable_sort(flaws.begin(), flaws.end(), [](Flaw const& a, Flaw const& b) {
    return std::tie(a.path, a.line) < std::tie(b.path, b.line);
  });
  return out;
}

Result<Astray> compare_shelf(std::vector<std::string> const& held, fs::path const& folder,
                             std::string const& today, desk::Duration settling) {
  std::vector<Flaw> flaws;
  auto const shelf = read_shelf(folder, flaws);
  if (!shelf) return shelf.error();
  if (!flaws.empty() || has_changed_within(folder, settling)) return Astray{};
  std::vector<std::string> wanted;
  for (auto const& [id, translations] : *shelf)
    if (std::any_of(translations.begin(), translations.end(),
                    [&](desk::Article const& one) { return !has_come(one.expires, today); }))
      wanted.push_back(id);
  Astray out;
  std::set_difference(wanted.begin(), wanted.end(), held.begin(), held.end(),
                      std::back_inserter(out.missing));
  std::set_difference(held.begin(), held.end(), wanted.begin(), wanted.end(),
                      std::back_inserter(out.surplus));
  return out;
}

std::string state_of(fs::path const& folder) {
  std::uint64_t files = 0, sum = 0;  // of hashes: in whatever order a folder lists its files
  std::error_code fault;
  fs::recursive_directory_iterator at{folder, fs::directory_options::skip_permission_denied, fault};
  for (fs::recursive_directory_iterator const end; !fault && at != end; at.increment(fault)) {
    struct stat one {};
    if (at->path().extension() != ".md" || ::stat(at->path().c_str(), &one) != 0) continue;
    std::string words = at->path().string();
    for (auto const number : {static_cast<std::uint64_t>(one.st_ino), static_cast<std::uint64_t>(one.st_size),
                              nanoseconds(one.st_mtim), nanoseconds(one.st_ctim)})
      words += '\n' + std::to_string(number);
    ++files;
    sum += std::hash<std::string>{}(words);
  }
  return fault ? "" : std::to_string(files) + " " + std::to_string(sum);
}

Result<Shelved> shelve(search::Index& index, fs::path const& folder, std::string const& today) {
  Shelved done;
  std::vector<Flaw> flaws;
  auto const held = index.articles();
  if (!held) return held.error();
  if (std::string words = emptied(folder, held->size()); !words.empty())
    return Error{Kind::busy, std::move(words)};
  auto read = read_shelf(folder, flaws);
  if (!read) return read.error();
  Shelf& shelf = *read;
  bool const waits = done.waits = is_being_saved(folder, flaws);
  for (Flaw const& flaw : flaws) done.mistakes.push_back(shown(flaw));
  for (auto& [id, translations] : shelf)
    std::erase_if(translations, [&](desk::Article const& one) { return has_come(one.expires, today); });
  std::erase_if(shelf, [](auto const& entry) { return entry.second.empty(); });
  std::map<std::string, std::multiset<std::string>> before;
  for (auto const& [id, hash] : *held) before[id].insert(hash);

  for (auto const& [id, translations] : shelf) {
    done.articles += translations.size();
    std::multiset<std::string> now;
    for (desk::Article const& one : translations) now.insert(search::content_hash(one));
    if (before[id] == now || (waits && now.size() < before[id].size())) continue;
    // Translations share the id: the entry is made anew as a whole, so that one that is gone leaves nothing
    // behind.
    if (auto const gone = index.remove_article(id); !gone) return gone.error();
    for (desk::Article const& one : translations)
      if (auto const put = index.put(one); !put) return put.error();
    ++done.changed;
  }
  for (auto const& [id, hashes] : before) {
    if (shelf.contains(id) || waits) continue;
    if (auto const gone = index.remove_article(id); !gone) return gone.error();
    ++done.removed;
  }
  if (done.changed + done.removed == 0) return done;
  if (auto const committed = index.commit(); !committed) return committed.error();
  return done;
}

}  // namespace spoc::daemon
