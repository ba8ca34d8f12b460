// SPDX-License-Identifier: GPL-3.0-or-later
// Knowledge articles: front matter by hand (a small, strict part of YAML), Markdown through md4c.
#include "parser/article.hpp"

#include "parser/ascii.hpp"
#include "parser/html.hpp"
#include "parser/html_rules.hpp"

#include <md4c-html.h>
#include <md4c.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <optional>
#include <utility>

namespace spoc::parser {
namespace {

// Raw HTML is off, so what a writer types as HTML is shown as text. md4c lets javascript: and data: addresses
// through all the same; the sanitiser takes them out.
constexpr unsigned flags =
    MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_NOHTML;

std::string_view unquoted(std::string_view value) {
  value = trimmed(value);
  if (value.size() >= 2 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
    return value.substr(1, value.size() - 2);
  return value;
}

/// Takes one line after the other off a text.
struct Lines {
  std::string_view rest;
  int number = 0;
  std::optional<std::string_view> next() {
    if (rest.empty()) return std::nullopt;
    std::size_t const end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    return line;
  }
};

void add_words(std::vector<std::string>& words, std::string_view list) {
  list = trimmed(list);
  if (list.starts_with('[')) list.remove_prefix(1);
  if (list.ends_with(']')) list.remove_suffix(1);
  while (!list.empty()) {
    std::size_t const end = std::min(list.find(','), list.size());
    std::string_view const word = unquoted(list.substr(0, end));
    if (!word.empty()) words.emplace_back(word);
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

// "2027-01-31", and such a day there is.
bool is_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  int numbers[3] = {};
  std::size_t const starts[] = {0, 5, 8}, lengths[] = {4, 2, 2};
  for (std::size_t i = 0; i < 3; ++i) {
    std::string_view const digits = text.substr(starts[i], lengths[i]);
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), numbers[i]);
    if (read.ec != std::errc{} || read.ptr != digits.data() + digits.size()) return false;
  }
  return (std::chrono::year{numbers[0]} / numbers[1] / numbers[2]).ok();
}

bool is_id(std::string_view id) {
  return !id.empty() && id.size() <= 100 && std::none_of(id.begin(), id.end(), [](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == '/' || c == '\\' || c == '<' || c == '>' ||
           c == '"' || c == '#' || c == '?' || c == '&';
  });
}

Error wrong(std::string_view path, int line, std::string const& what) {
  return {Kind::unreadable, std::string{path} + ":" + std::to_string(line) + ": " + what};
}

/// The list that following lines "- word" belong to; nullptr outside of one.
using OpenList = std::vector<std::string>*;

// One "key: value". Returns what is wrong, "" if nothing.
std::string set_field(desk::Article& article, std::string_view key, std::string_view value, OpenList& list) {
  list = nullptr;
  if (key == "id") {
    if (!is_id(value)) return "id must be one word without blanks and slashes, such as vpn-drops";
    article.id = value;
  } else if (key == "title") {
    article.title = value;
  } else if (key == "language" || key == "lang") {
    if (value.empty()) return "language must be a tag such as en, nb or zh-Hans";
    article.language = value;
  } else if (key == "audience") {
    if (value != "public" && value != "internal") return "audience must be public or internal";
    article.internal = value == "internal";
  } else if (key == "tags" || key == "products" || key == "translations") {
    auto& words = key == "tags" ? article.tags : key == "products" ? article.products : article.translations;
    add_words(words, value);
    if (value.empty()) list = &words;
  } else if (key == "owner") {
    if (value.find('@') == std::string_view::npos) return "owner must be an address such as kb@example.org";
    article.owner = value;
  } else if (key == "review" || key == "expires") {
    if (!is_day(value)) return std::string{key} + " must be a day such as 2027-01-31";
    (key == "review" ? article.review : article.expires) = value;
  } else {
    return "unknown field \"" + std::string{key} +
           "\"; known are id, title, language, audience, tags, products, translations, owner, review, "
           "expires";
  }
  return {};
}

Result<> read_front_matter(desk::Article& article, Lines& lines) {
  int const opened = lines.number;
  OpenList list = nullptr;
  while (auto const line = lines.next()) {
    if (trimmed(*line) == "---" || trimmed(*line) == "...") return {};
    std::string_view const words = trimmed(*line);
    if (words.empty() || words.starts_with('#')) continue;
    if (list != nullptr && words.starts_with("- ")) {
      list->emplace_back(unquoted(words.substr(2)));
      continue;
    }
    std::size_t const colon = words.find(':');
    if (colon == std::string_view::npos)
      return wrong(article.path, lines.number, "expected \"key: value\" or \"---\" to end the front matter");
    std::string const fault =
        set_field(article, trimmed(words.substr(0, colon)), unquoted(words.substr(colon + 1)), list);
    if (!fault.empty()) return wrong(article.path, lines.number, fault);
  }
  return wrong(article.path, opened, "the front matter is never closed; add a line \"---\"");
}

std::string id_from_path(std::string_view path) {
  std::string id;
  if (path.ends_with(".md")) path.remove_suffix(3);
  if (path.ends_with(".markdown")) path.remove_suffix(9);
  for (char const c : path) {
    bool const plain =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (plain)
      id += c;
    else if (c >= 'A' && c <= 'Z')
      id += static_cast<char>(c - 'A' + 'a');
    else if (!id.empty() && id.back() != '-')
      id += '-';
  }
  while (id.ends_with('-')) id.pop_back();
  return id.empty() ? "article" : id;
}

// "# Title", or a line underlined by "===".
std::string first_heading(std::string_view body) {
  Lines lines{body};
  std::string_view before;
  while (auto const line = lines.next()) {
    std::string_view const words = trimmed(*line);
    if (words.starts_with('#')) {
      std::string_view title = words.substr(std::min(words.find_first_not_of('#'), words.size()));
      title = trimmed(title);
      while (title.ends_with('#')) title.remove_suffix(1);
      if (!trimmed(title).empty()) return std::string{trimmed(title)};
    }
    bool const underline = !words.empty() && words.find_first_not_of('=') == std::string_view::npos;
    if (underline && !before.empty()) return std::string{before};
    before = words;
  }
  return {};
}

void collect(MD_CHAR const* text, MD_SIZE size, void* out) {
  static_cast<std::string*>(out)->append(text, size);
}

constexpr std::size_t longest_article = 4U << 20;

/// What md4c meets on its way. Most of what it hands over lies in the text itself: so the line is known.
struct LinkFinder {
  std::string_view markdown;
  std::vector<MarkdownLink> links{};
  std::size_t at = 0;  ///< the place that was met last
  int line = 1;        ///< its line

  void pass(MD_CHAR const* met) {
    std::less_equal<> const before;
    bool const within =
        met != nullptr && before(markdown.data(), met) && before(met, markdown.data() + markdown.size());
    if (!within) return;
    auto const place = static_cast<std::size_t>(met - markdown.data());
    auto const [from, to] = std::minmax(at, place);
    std::string_view const between = markdown.substr(from, to - from);
    auto const lines = static_cast<int>(std::count(between.begin(), between.end(), '\n'));
    line += place > at ? lines : -lines;
    at = place;
  }

  void add(MD_ATTRIBUTE const& target, bool picture) {
    if (target.size == 0) return;
    pass(target.text);
    std::string words{target.text, target.size};
    for (auto amp = words.find("&amp;"); amp != std::string::npos; amp = words.find("&amp;", amp + 1))
      words.replace(amp, 5, "&");
    links.push_back({line, std::move(words), picture});
  }
};

std::string render(std::string_view markdown) {
  std::string html;
  markdown = markdown.substr(0, longest_article);
  if (md_html(markdown.data(), static_cast<MD_SIZE>(markdown.size()), collect, &html, flags,
              MD_HTML_FLAG_SKIP_UTF8_BOM))
    return "<pre>" + escape_html(markdown) + "</pre>";
  return html;
}

}  // namespace

Result<desk::Article> read_article(std::string_view bytes, std::string_view path) {
  desk::Article article;
  article.path = path;
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  Lines lines{bytes};
  auto const first = lines.next();
  if (first && trimmed(*first) == "---") {
    if (auto const read = read_front_matter(article, lines); !read) return read.error();
    article.body = lines.rest;
  } else {
    article.body = bytes;
  }
  if (article.id.empty()) article.id = id_from_path(path);
  if (article.title.empty()) article.title = first_heading(article.body);
  if (article.title.empty()) article.title = article.id;
  return article;
}

std::string markdown_to_html(std::string_view markdown) {
  return sanitise_for(render(markdown), Trust::article);
}

std::vector<MarkdownLink> markdown_links(std::string_view markdown) {
  LinkFinder finder{markdown.substr(0, longest_article)};
  MD_PARSER callbacks{};
  callbacks.flags = flags;
  callbacks.enter_block = [](MD_BLOCKTYPE, void*, void*) { return 0; };
  callbacks.leave_block = callbacks.enter_block;
  callbacks.enter_span = [](MD_SPANTYPE type, void* detail, void* self) {
    auto& found = *static_cast<LinkFinder*>(self);
    if (type == MD_SPAN_A) found.add(static_cast<MD_SPAN_A_DETAIL*>(detail)->href, false);
    if (type == MD_SPAN_IMG) found.add(static_cast<MD_SPAN_IMG_DETAIL*>(detail)->src, true);
    return 0;
  };
  callbacks.leave_span = [](MD_SPANTYPE, void*, void*) { return 0; };
  callbacks.text = [](MD_TEXTTYPE, MD_CHAR const* text, MD_SIZE, void* self) {
    static_cast<LinkFinder*>(self)->pass(text);
    return 0;
  };
  md_parse(finder.markdown.data(), static_cast<MD_SIZE>(finder.markdown.size()), &callbacks, &finder);
  return std::move(finder.links);
}

std::string markdown_to_text(std::string_view markdown) { return html_to_text(render(markdown)); }

}  // namespace spoc::parser
