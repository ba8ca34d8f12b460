// SPDX-License-Identifier: GPL-3.0-or-later
// What the widget asks before the first line, in the languages of its pages.
#pragma once

#include "desk/error.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::daemon {

/// "name" and "address" are the visitor's own form, which the widget knows in each language.
struct ChatQuestion {
  std::string label;
  bool required = false;
  std::map<std::string, std::string> translations{};  ///< by spoken() language

  std::string const& in(std::string_view language) const;
  /// Does this line hold an answer, in whatever language it was asked?
  bool is_answered_in(std::string_view line) const;
  bool operator==(ChatQuestion const&) const = default;
};

/// "Department! | nb: Avdeling | zh-Hans: 部门"; with ! it must be answered. Kind::unreadable names the
/// faulty one.
Result<std::vector<ChatQuestion>> read_form(std::vector<std::string> const& lines);

}  // namespace spoc::daemon
