// SPDX-License-Identifier: GPL-3.0-or-later
// Mustache: a template and values become a text.
#include "templates/render.hpp"

#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <set>

namespace spoc::templates {
namespace {

namespace mustache = kainjow::mustache;

/// The package renders an unknown name as nothing; this context remembers that it was asked for one.
class WatchfulContext : public mustache::context<std::string> {
 public:
  explicit WatchfulContext(mustache::data const* values) : mustache::context<std::string>(values) {}

  mustache::data const* get(std::string const& name) const override {
    auto const* found = mustache::context<std::string>::get(name);
    if (found == nullptr) unknown_.insert(name);
    return found;
  }

  std::set<std::string> const& unknown() const { return unknown_; }

 private:
  mutable std::set<std::string> unknown_;
};

/// Stands for a template's own line ends while the package works: its rules for lines lose blank ones beside
/// sections, and template_text has already done what they are for.
constexpr char line_end = '\x01';

mustache::data word(std::string text) {
  std::erase(text, line_end);
  if (text.empty()) return mustache::data(false);
  return mustache::data(text);
}

mustache::data row(Texts::Row const& words) {
  mustache::data result(mustache::data::type::object);
  for (auto const& [name, text] : words) result.set(name, word(text));
  return result;
}

mustache::data data_of(Texts::Values const& values) {
  auto result = row(values.words);
  for (auto const fact : known_facts()) result.set(std::string(fact), mustache::data(false));
  for (auto const& fact : values.facts) result.set(fact, mustache::data(true));
  for (auto const& [name, rows] : values.lists) {
    mustache::data list(mustache::data::type::list);
    for (auto const& words : rows) list.push_back(row(words));
    result.set(name, list);
  }
  return result;
}

}  // namespace

Result<std::string> render_mustache(std::string const& text, Texts::Values const& values, bool html) {
  auto one_line = text;
  std::replace(one_line.begin(), one_line.end(), '\n', line_end);
  mustache::mustache form(one_line);
  if (!form.is_valid()) return Error{Kind::unreadable, form.error_message()};
  form.set_custom_escape([html](std::string const& words) { return html ? escaped_html(words) : words; });
  auto const data = data_of(values);
  WatchfulContext context(&data);
  auto result = form.render(context);
  if (!form.is_valid()) return Error{Kind::unreadable, form.error_message()};
  std::replace(result.begin(), result.end(), line_end, '\n');
  if (context.unknown().empty()) return result;
  std::string names;
  for (auto const& name : context.unknown()) names += (names.empty() ? "" : ", ") + name;
  return Error{Kind::unreadable, "unknown names: " + names};
}

}  // namespace spoc::templates
