// SPDX-License-Identifier: GPL-3.0-or-later
// What one folded line holds: a date, an address, decoration.
#include "parser/line_signs.hpp"

#include "parser/ascii.hpp"
#include "parser/fold_words.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

using View = std::string_view;

}  // namespace

View strip(View text, View signs) {
  std::size_t const first = text.find_first_not_of(signs);
  if (first == View::npos) return {};
  return text.substr(first, text.find_last_not_of(signs) - first + 1);
}

View strip_dashes(View text) {
  for (;;) {
    View const before = text;
    text = strip(text, "-_=*~# ");
    for (View const dash : {"\xe2\x80\x94", "\xe2\x80\x93", "\xe2\x94\x80", "\xe2\x94\x81"}) {
      if (text.starts_with(dash)) text.remove_prefix(dash.size());
      if (text.ends_with(dash)) text.remove_suffix(dash.size());
    }
    if (text.size() == before.size()) return text;
  }
}

DateSigns find_date(View text) {
  DateSigns found;
  std::size_t groups = 0, group_end = 0, apart = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    View const number = text.substr(i, end - i);
    if (number.size() == 4 && (number.starts_with("19") || number.starts_with("20"))) found.year = true;
    bool const joined = groups > 0 && i == group_end + 1 && number.size() <= 4;
    char const joint = joined ? text[i - 1] : ' ';
    if (joint == ':' || joint == 'h') found.time = true;
    if (joint == '.' && number.size() == 2) found.time = true;
    if (joint == '/' || joint == '-' || joint == '.') found.numeric = true;
    // "9. 11. 26" of Czechs and others.
    bool const spaced = groups > 0 && i == group_end + 2 && text[i - 2] == '.' && text[i - 1] == ' ';
    apart = spaced ? apart + 1 : 0;
    if (apart == 2) found.numeric = true;
    groups = joined ? groups + 1 : 1;
    group_end = end;
    i = end;
  }
  return found;
}

bool has_address(View text) {
  for (std::size_t at = text.find('@'); at != View::npos; at = text.find('@', at + 1)) {
    bool const left = at > 0 && text[at - 1] != ' ';
    bool const right = at + 1 < text.size() && text[at + 1] != ' ';
    if (left && right) return true;
  }
  return false;
}

bool has_bracketed_address(View text) {
  for (std::size_t at = text.find_first_of("<(["); at != View::npos; at = text.find_first_of("<([", at + 1)) {
    std::size_t const end = text.find_first_of(">)]", at);
    if (end == View::npos) return false;
    if (has_address(text.substr(at, end - at))) return true;
  }
  return false;
}

std::size_t words_in(View text) {
  return text.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
}

bool begins_with_date(View text) {
  return !text.empty() && (is_digit(text[0]) || begins_with_weekday(text)) &&
         find_date(text.substr(0, 40)).any();
}

}  // namespace spoc::parser
