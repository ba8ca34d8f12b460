// SPDX-License-Identifier: GPL-3.0-or-later
// The texts of letters: the built-in set, files of a folder in their place, and a check over all of them.
#include "embedded/spoc_templates.hpp"
#include "templates/letter.hpp"
#include "templates/letter_words.hpp"
#include "templates/render.hpp"
#include "templates/template_text.hpp"
#include "templates/utf8.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

namespace spoc::templates {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view suffix = ".mustache";
constexpr std::array languages{"en", "zh-Hans", "zh-Hant", "nb"};

using Map = std::map<std::string, std::string>;

bool is_html(std::string_view name) { return name.ends_with(".html"); }

/// A language's own text, else the English one.
std::string const* find(Map const& texts, std::string const& language, std::string const& name) {
  auto found = texts.find(language + "/" + name);
  if (found == texts.end()) found = texts.find("en/" + name);
  return found == texts.end() ? nullptr : &found->second;
}

/// The partial "foot" is "foot.html" within HTML and "foot.txt" elsewhere.
Result<std::string> whole_text(Map const& texts, std::string const& language, std::string const& name) {
  auto const* text = find(texts, language, name);
  if (text == nullptr) return Error{Kind::missing, "there is no text " + name};
  auto const ending = is_html(name) ? ".html" : ".txt";
  return with_partials(*text, is_html(name),
                       [&](std::string const& partial) { return find(texts, language, partial + ending); });
}

Map built_in() {
  constexpr std::string_view root = "templates/text/";
  Map texts;
  for (auto const& file : embedded_files()) {
    if (!file.path.starts_with(root) || !file.path.ends_with(suffix)) continue;
    auto const key = file.path.substr(root.size(), file.path.size() - root.size() - suffix.size());
    texts.emplace(key, file.content);
  }
  return texts;
}

Result<std::string> read_text(fs::path const& path) {
  std::ifstream file(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  if (file.bad() || !file.is_open()) return Error{Kind::missing, path.string() + " cannot be read"};
  // An editor's byte order mark would stand in the letter.
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return with_lf(text);
}

Result<void> add_overrides(fs::path const& folder, Map& texts) {
  std::error_code failed;
  if (!fs::is_directory(folder, failed)) {
    return Error{Kind::missing, "the folder of letter texts " + folder.string() + " does not exist"};
  }
  for (auto entry = fs::recursive_directory_iterator(folder, failed);
       entry != fs::recursive_directory_iterator(); entry.increment(failed)) {
    if (failed) break;
    auto const key = fs::relative(entry->path(), folder, failed).generic_string();
    if (!entry->is_regular_file(failed) || !key.ends_with(suffix)) continue;
    auto text = read_text(entry->path());
    if (!text) return text.error();
    texts[key.substr(0, key.size() - suffix.size())] = std::move(*text);
  }
  if (failed) return Error{Kind::missing, folder.string() + ": " + failed.message()};
  return {};
}

/// Texts that no letter comes to: a misspelt name, or a language in which Spoc doesn't write.
void check_names(Map const& texts, Map const& known, std::vector<std::string>& mistakes) {
  std::set<std::string> names;
  for (auto const& [key, text] : known) names.insert(key.substr(key.find('/') + 1));
  for (auto const& [key, text] : texts) {
    auto const tags = tags_of(text, is_html(key));
    if (!tags) continue;
    for (auto const& tag : *tags) {
      if (tag.kind == TagKind::partial) names.insert(tag.name + (is_html(key) ? ".html" : ".txt"));
    }
  }
  for (auto const& [key, text] : texts) {
    auto const slash = key.find('/');
    auto const language = key.substr(0, slash);
    if (slash == std::string::npos ||
        std::find(languages.begin(), languages.end(), language) == languages.end()) {
      mistakes.push_back(key + ": not in a folder en, zh-Hans, zh-Hant or nb");
    } else if (!names.contains(key.substr(slash + 1))) {
      mistakes.push_back(key + ": no letter has a text of this name");
    }
  }
}

}  // namespace

Result<Texts> Texts::load(fs::path const& folder) try {
  Texts result;
  result.forms_ = std::make_shared<Forms>();
  result.texts_ = built_in();
  if (!folder.empty()) {
    if (auto added = add_overrides(folder, result.texts_); !added) return added.error();
  }
  for (auto const& [key, text] : result.texts_) {
    auto const slash = key.find('/');
    if (slash == std::string::npos) continue;
    auto whole = whole_text(result.texts_, key.substr(0, slash), key.substr(slash + 1));
    if (!whole) return Error{Kind::unreadable, "letter text " + key + ".mustache, " + whole.error().what};
  }
  // What is wrong with them is said by check(), and by the letter that needs them.
  for (std::string const language : languages)
    if (auto phrases = Phrases::load(result, language))
      result.phrases_.emplace(language, std::make_shared<Phrases const>(std::move(*phrases)));
  return result;
} catch (std::exception const& fault) {
  return Error{Kind::missing, folder.string() + ": " + fault.what()};
}

/// Read at its first letter and kept: their number is bounded by ours and the folder's.
Result<std::shared_ptr<Form const>> Texts::form_of(std::string const& name,
                                                   std::string const& language) const {
  std::string const key = language + "/" + name;
  if (auto known = forms_->find(key)) return known;
  auto const whole = whole_text(texts_, language, name);
  if (!whole) return Error{whole.error().kind, "letter text " + key + ", " + whole.error().what};
  auto read = Form::read(*whole, is_html(name));
  if (!read) return Error{read.error().kind, "letter text " + key + ".mustache: " + read.error().what};
  auto form = std::make_shared<Form const>(std::move(*read));
  bool const ours = std::find(languages.begin(), languages.end(), language) != languages.end();
  if (ours) forms_->keep(key, form);
  return form;
}

Result<std::string> Texts::render(std::string const& name, std::string const& language,
                                  Values const& values) const {
  auto const form = form_of(name, language);
  if (!form) return form.error();
  auto result = (*form)->render(values);
  if (!result) {
    return Error{result.error().kind,
                 "letter text " + language + "/" + name + ".mustache: " + result.error().what};
  }
  return result;
}

std::vector<std::string> Texts::check() const {
  std::vector<std::string> mistakes;
  check_names(texts_, built_in(), mistakes);
  for (auto const* const language : languages) {
    for (auto const& sample : sample_letters(language)) {
      auto const values = letter_values(sample, *this);
      if (!values) {
        mistakes.push_back(values.error().what);
        continue;
      }
      for (auto const* const ending : {".subject", ".txt", ".html"}) {
        auto const text = render(std::string(desk::name(sample.letter.kind)) + ending, language, *values);
        if (!text) mistakes.push_back(text.error().what);
      }
    }
  }
  // The full and the bare sample meet the same mistake.
  std::sort(mistakes.begin(), mistakes.end());
  mistakes.erase(std::unique(mistakes.begin(), mistakes.end()), mistakes.end());
  return mistakes;
}

std::shared_ptr<Phrases const> Texts::phrases(std::string const& language) const {
  auto const found = phrases_.find(language);
  return found == phrases_.end() ? nullptr : found->second;
}

std::vector<std::string> Texts::names() const {
  std::set<std::string> names;
  for (auto const& [key, text] : texts_) names.insert(key.substr(key.find('/') + 1));
  return {names.begin(), names.end()};
}

}  // namespace spoc::templates
