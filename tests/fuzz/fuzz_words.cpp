// SPDX-License-Identifier: GPL-3.0-or-later
// Folding of words, the tables that are asked with folded words, scripts, languages and ASCII.
#include "parser/ascii.hpp"
#include "parser/fold_words.hpp"
#include "parser/han.hpp"
#include "parser/language.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

void ask_the_tables(std::string_view words) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  demand(!has_strong_writing_verb(words) || has_writing_verb(words));
  static_cast<void>(begins_with_lead(words));
  static_cast<void>(begins_with_citing(words));
  static_cast<void>(speaks_of_self(words));
  static_cast<void>(begins_with_weekday(words));
  static_cast<void>(label_named(words));
  static_cast<void>(names_original(words));
  static_cast<void>(begins_forward(words));
  static_cast<void>(asks_to_reply_above(words));
  static_cast<void>(is_mobile_footer(words));
  demand(legal_words(words) >= 0);
}

void compare_letters(std::string_view text) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string const low = lowered(text);
  demand(same_letters(low, text) && begins_with(text, low) && holds(text, trimmed(text)));
  for (char const c : text) {
    demand(lower(lower(c)) == lower(c) && !(is_digit(c) && is_letter(c)) && !(is_blank(c) && is_high(c)));
    demand(hex_value(c) >= -1 && hex_value(c) < 16);
  }
  std::size_t taken = 0;
  for (std::string_view rest = text; !rest.empty();) taken += take_line(rest).size();
  demand(taken <= text.size());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const bytes = bytes_of(data, size);
  std::string const text = mend_utf8(bytes);
  std::string const once = folded(text);
  demand_utf8(once);
  demand(folded(once) == once);
  ask_the_tables(once);
  ask_the_tables(folded(bytes));
  compare_letters(bytes);
  Scripts const scripts = count_scripts(bytes);
  demand(scripts.latin + scripts.han + scripts.kana + scripts.hangul <= bytes.size());
  demand(scripts.simplified + scripts.traditional <= scripts.han);
  demand_utf8(language_of(text));
  static_cast<void>(language_of(bytes));
  return 0;
}
