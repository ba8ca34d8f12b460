// SPDX-License-Identifier: GPL-3.0-or-later
// A template before it is rendered: its tags, its limits, its partials.
#include "templates/template_text.hpp"

#include <algorithm>

namespace spoc::templates {
namespace {

/// The mustache package recurses by section and by partial: thousands of them overflow the stack.
constexpr std::size_t largest = 64 * 1024, largest_expanded = 256 * 1024, deepest = 16, deepest_partial = 4;

Error mistake(std::string_view text, std::size_t at, std::string const& what) {
  auto const line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  return {Kind::unreadable, "line " + std::to_string(line) + ": " + what};
}

bool is_name(std::string_view name, bool partial) {
  return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [partial](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || (partial && c == '-');
  });
}

TagKind kind_of(char mark) {
  switch (mark) {
    case '#':
      return TagKind::section;
    case '^':
      return TagKind::inverted;
    case '/':
      return TagKind::end;
    case '>':
      return TagKind::partial;
    case '!':
      return TagKind::comment;
    case '{':
    case '&':
      return TagKind::raw_word;
    default:
      return TagKind::word;
  }
}

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

Result<Tag> tag_at(std::string_view text, std::size_t begin) {
  Tag tag;
  tag.begin = begin;
  auto const inside = begin + 2;
  tag.kind = inside < text.size() ? kind_of(text[inside]) : TagKind::word;
  std::string_view const close = text.substr(inside).starts_with("{") ? "}}}" : "}}";
  auto const end = text.find(close, inside);
  if (end == std::string_view::npos)
    return mistake(text, begin, "a tag begins and never ends: no " + std::string(close));
  tag.end = end + close.size();
  if (tag.kind == TagKind::comment) return tag;
  if (text[inside] == '=')
    return mistake(text, begin, "other delimiters than {{ and }} are not possible here");
  auto const skip = tag.kind == TagKind::word ? 0U : 1U;
  tag.name = trimmed(text.substr(inside + skip, end - inside - skip));
  if (!is_name(tag.name, tag.kind == TagKind::partial)) {
    return mistake(text, begin, "\"" + tag.name.substr(0, 60) + "\" is no name: use a to z, 0 to 9 and _");
  }
  return tag;
}

Result<void> nest(std::string_view text, Tag const& tag, std::vector<Tag>& open) {
  if (tag.kind == TagKind::section || tag.kind == TagKind::inverted) {
    if (open.size() >= deepest) return mistake(text, tag.begin, "more than 16 sections within one another");
    open.push_back(tag);
  }
  if (tag.kind == TagKind::end) {
    if (open.empty() || open.back().name != tag.name) {
      return mistake(text, tag.begin, "{{/" + tag.name + "}} ends no section that is open here");
    }
    open.pop_back();
  }
  return {};
}

/// A tag other than a word, alone on its line, stands for no line of its own. Done here because the mustache
/// package leaves a blank line where a section is false.
struct Place {
  std::size_t begin, end;
};
Place place_of(std::string_view text, Tag const& tag) {
  auto const before = text.rfind('\n', tag.begin);
  auto const line = tag.begin == 0 || before == std::string_view::npos ? 0 : before + 1;
  auto const after = std::min(text.find('\n', tag.end), text.size());
  auto const alone = trimmed(text.substr(line, tag.begin - line)).empty() &&
                     trimmed(text.substr(tag.end, after - tag.end)).empty();
  return alone ? Place{line, std::min(after + 1, text.size())} : Place{tag.begin, tag.end};
}

Result<std::string> expand(std::string_view text, bool html, PartialText const& partial, std::size_t depth);

Result<std::string> put_in(std::string_view text, bool html, Tag const& tag, PartialText const& partial,
                           std::size_t depth) {
  auto const* found = partial(tag.name);
  if (found == nullptr) return mistake(text, tag.begin, "there is no text \"" + tag.name + "\" to put in");
  if (depth >= deepest_partial) {
    return mistake(text, tag.begin, "\"" + tag.name + "\" is put into itself, or texts are put in too deep");
  }
  auto inner = expand(*found, html, partial, depth + 1);
  if (!inner) return Error{inner.error().kind, tag.name + ", " + inner.error().what};
  return inner;
}

Result<std::string> expand(std::string_view text, bool html, PartialText const& partial, std::size_t depth) {
  auto tags = tags_of(text, html);
  if (!tags) return tags.error();
  std::string result;
  std::size_t done = 0;
  for (auto const& tag : *tags) {
    if (tag.kind == TagKind::word || tag.kind == TagKind::raw_word) continue;
    auto const place = place_of(text, tag);
    result.append(text, done, place.begin - done);
    done = place.end;
    if (tag.kind == TagKind::partial) {
      auto inner = put_in(text, html, tag, partial, depth);
      if (!inner) return inner.error();
      result += *inner;
    } else if (tag.kind != TagKind::comment) {
      result.append(text, tag.begin, tag.end - tag.begin);
    }
    if (result.size() > largest_expanded) {
      return mistake(text, tag.begin, "larger than 256 KB with all that is put in");
    }
  }
  return result.append(text, done);
}

}  // namespace

Result<std::vector<Tag>> tags_of(std::string_view text, bool html) {
  if (text.size() > largest) return Error{Kind::unreadable, "larger than 64 KB"};
  std::vector<Tag> tags, open;
  for (auto at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", at)) {
    auto tag = tag_at(text, at);
    if (!tag) return tag.error();
    if (html && tag->kind == TagKind::raw_word && !tag->name.ends_with("_html")) {
      return mistake(text, at, "{{{" + tag->name + "}}} would not be escaped: write {{" + tag->name + "}}");
    }
    if (auto nested = nest(text, *tag, open); !nested) return nested.error();
    at = tag->end;
    tags.push_back(std::move(*tag));
  }
  if (!open.empty()) {
    return mistake(text, open.back().begin, "{{#" + open.back().name + "}} is never closed");
  }
  return tags;
}

Result<std::string> with_partials(std::string_view text, bool html, PartialText const& partial) {
  auto result = expand(text, html, partial, 0);
  if (result && result->size() > largest_expanded) {
    return Error{Kind::unreadable, "larger than 256 KB with all that is put in"};
  }
  return result;
}

}  // namespace spoc::templates
