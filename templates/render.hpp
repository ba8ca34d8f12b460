// SPDX-License-Identifier: GPL-3.0-or-later
// Mustache: a template and values become a text. The only door to the mustache package.
#pragma once

#include "templates/letter.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace spoc::templates {

/// A template that has been read, for any thread.
class Form {
 public:
  /// `text` has been through with_partials().
  static Result<Form> read(std::string const& text, bool html);

  /// An empty word or list counts as false, so {{#word}} asks whether there is one. Kind::unreadable lists
  /// the names that the values don't have.
  Result<std::string> render(Texts::Values const& values) const;

 private:
  struct Body;
  explicit Form(std::shared_ptr<Body> body) : body_{std::move(body)} {}
  std::shared_ptr<Body> body_;
};

/// Those that were read once, by language and name, for any thread.
class Forms {
 public:
  std::shared_ptr<Form const> find(std::string const& key) const;
  void keep(std::string const& key, std::shared_ptr<Form const> form);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Form const>> forms_;
};

}  // namespace spoc::templates
