// SPDX-License-Identifier: GPL-3.0-or-later
// Mustache: a template and values become a text.
#include "templates/render.hpp"

#include "templates/letter_words.hpp"
#include "templates/plain_html.hpp"

#include <kainjow/mustache.hpp>

#include <algorithm>
#include <set>
#include <utility>

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

/// The package's renderer isn't const: one thread at a time.
struct Form::Body {
  explicit Body(std::string const& text) : form(text) {}
  std::mutex mutex;
  mustache::mustache form;
};

Result<Form> Form::read(std::string const& text, bool html) {
  auto one_line = text;
  std::replace(one_line.begin(), one_line.end(), '\n', line_end);
  auto body = std::make_shared<Body>(one_line);
  if (!body->form.is_valid()) return Error{Kind::unreadable, body->form.error_message()};
  body->form.set_custom_escape(
      [html](std::string const& words) { return html ? escaped_html(words) : words; });
  return Form{std::move(body)};
}

Result<std::string> Form::render(Texts::Values const& values) const {
  auto const data = data_of(values);
  WatchfulContext context(&data);
  std::lock_guard const lock{body_->mutex};
  auto result = body_->form.render(context);
  if (!body_->form.is_valid()) return Error{Kind::unreadable, body_->form.error_message()};
  std::replace(result.begin(), result.end(), line_end, '\n');
  if (context.unknown().empty()) return result;
  std::string names;
  for (auto const& name : context.unknown()) names += (names.empty() ? "" : ", ") + name;
  return Error{Kind::unreadable, "unknown names: " + names};
}

std::shared_ptr<Form const> Forms::find(std::string const& key) const {
  std::lock_guard const lock{mutex_};
  auto const found = forms_.find(key);
  return found == forms_.end() ? nullptr : found->second;
}

void Forms::keep(std::string const& key, std::shared_ptr<Form const> form) {
  std::lock_guard const lock{mutex_};
  forms_.emplace(key, std::move(form));
}

}  // namespace spoc::templates
