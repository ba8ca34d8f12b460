// SPDX-License-Identifier: GPL-3.0-or-later
// The language of a text: by its script where that tells, else by cld2, else by its commonest small words.
#include "parser/language.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"
#include "parser/han.hpp"

#include <cstdio>  // cld2's header uses FILE without saying so

#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <utility>

namespace spoc::parser {
namespace {

constexpr std::size_t language_sample = 3 * 1024;  // cld2 is as sure of it as of more
constexpr std::size_t shortest = 20;               // below, cld2 guesses

using CommonWords = std::array<std::string_view, 28>;

// Words of one language that its neighbours do not have.
constexpr CommonWords english{"the",    "and",   "is",    "are",    "have",  "with",  "please",
                              "thanks", "thank", "hello", "you",    "your",  "what",  "my",
                              "not",    "this",  "that",  "cannot", "can't", "does",  "doesn't",
                              "it",     "when",  "how",   "to",     "hi",    "works", "dear"};
constexpr CommonWords norwegian{"hei",  "ikke",  "jeg",    "på",      "og",        "fra",  "hva",
                                "også", "etter", "meg",    "deg",     "av",        "er",   "får",
                                "noen", "når",   "nå",     "hilsen",  "takk",      "dere", "vi",
                                "kan",  "til",   "kommer", "skriver", "passordet", "å",    "etter"};
// What tells Danish from Norwegian, which cld2 mixes up in short texts.
constexpr CommonWords danish{"af",     "efter",  "hvad",  "mig",   "dig",   "sig",     "nogen",
                             "noget",  "bliver", "også",  "kunne", "meget", "hej",     "nu",
                             "venlig", "mvh",    "mange", "ud",    "op",    "hvordan", "skulle",
                             "jer",    "været",  "blev",  "selv",  "kun",   "lige",    "vores"};
constexpr CommonWords only_norwegian{"av",   "etter", "hva",  "meg",   "deg",  "seg",         "noen",
                                     "noe",  "blir",  "hei",  "nå",    "opp",  "hvordan går", "dere",
                                     "vært", "ble",   "bare", "vår",   "våre", "mye",         "fikk",
                                     "ut",   "ikkje", "eg",   "hjelp", "gjør", "hilsen",      "jobber"};

constexpr std::array<bool, 256> word_ends = [] {
  std::array<bool, 256> out{};
  for (char const c : std::string_view{" \t\n.,;:!?()\"<>"}) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

bool ends_word(char c) { return word_ends[static_cast<unsigned char>(c)]; }

/// How many of a text's words are of which table.
struct WordCounts {
  std::size_t all = 0, english = 0, norwegian = 0, danish = 0, only_norwegian = 0;
};

constexpr std::array<std::pair<CommonWords const*, std::size_t WordCounts::*>, 4> word_tables{{
    {&english, &WordCounts::english},
    {&norwegian, &WordCounts::norwegian},
    {&danish, &WordCounts::danish},
    {&only_norwegian, &WordCounts::only_norwegian},
}};

// Each word with a bit for each table that has it.
std::unordered_map<std::string_view, unsigned> const& tables_of_words() {
  static std::unordered_map<std::string_view, unsigned> const tables = [] {
    std::unordered_map<std::string_view, unsigned> out;
    for (std::size_t n = 0; n < word_tables.size(); ++n)
      for (std::string_view const word : *word_tables[n].first) out[word] |= 1U << n;
    return out;
  }();
  return tables;
}

WordCounts count_words(std::string_view text) {
  WordCounts out;
  auto const& tables = tables_of_words();
  while (!text.empty() && out.all < 400) {
    auto const end =
        static_cast<std::size_t>(std::find_if(text.begin(), text.end(), ends_word) - text.begin());
    std::string const word = lowered(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    ++out.all;
    auto const found = tables.find(word);
    if (found == tables.end()) continue;
    for (std::size_t n = 0; n < word_tables.size(); ++n)
      out.*word_tables[n].second += found->second >> n & 1U;
  }
  return out;
}

std::string by_script(Scripts const& scripts) {
  std::size_t const cjk = scripts.han + scripts.kana + scripts.hangul;
  // A Han character says about as much as three Latin letters; a Chinese name under an English mail says
  // little.
  if (cjk == 0 || cjk * 3 < scripts.latin) return {};
  if (scripts.hangul * 2 > cjk) return "ko";
  if (scripts.kana * 10 > cjk) return "ja";
  if (scripts.han == 0) return {};
  return scripts.traditional > scripts.simplified ? "zh-Hant" : "zh-Hans";
}

std::string by_cld2(std::string_view text) {
  if (text.size() < shortest) return {};
  std::array<CLD2::Language, 3> languages{};
  std::array<int, 3> percents{};
  std::array<double, 3> scores{};
  int bytes = 0, valid = 0;
  bool reliable = false;
  CLD2::CLDHints const hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
  CLD2::Language const best = CLD2::ExtDetectLanguageSummaryCheckUTF8(
      text.data(), static_cast<int>(text.size()), true, &hints, 0, languages.data(), percents.data(),
      scores.data(), nullptr, &bytes, &reliable, &valid);
  if (!reliable || best == CLD2::UNKNOWN_LANGUAGE) return {};
  std::string const code = CLD2::LanguageCode(best);
  if (code == "no" || code == "nn" || code == "nb") return "nb";
  if (code == "zh") return "zh-Hans";
  return code;
}

std::string by_small_words(WordCounts const& words) {
  if (words.english >= 2 && words.english > words.norwegian * 2) return "en";
  if (words.norwegian >= 2 && words.norwegian > words.english * 2)
    return words.danish > words.only_norwegian ? "da" : "nb";
  return {};
}

// A text every sixth word of which is one of these needs no cld2, which costs a fifth of reading a mail.
std::string by_many_small_words(WordCounts const& words) {
  if (words.english >= 4 && words.english * 6 >= words.all && words.english > words.norwegian * 4)
    return "en";
  bool const nordic =
      words.norwegian >= 4 && words.norwegian * 5 >= words.all && words.norwegian > words.english * 4;
  return nordic && words.only_norwegian > words.danish * 2 ? "nb" : "";
}

}  // namespace

std::string language_of(std::string_view utf8) {
  std::string const text = mend_utf8(trimmed(utf8.substr(0, language_sample)));
  if (std::string tag = by_script(count_scripts(text)); !tag.empty()) return tag;
  WordCounts const words = count_words(text);
  if (std::string tag = by_many_small_words(words); !tag.empty()) return tag;
  std::string tag = by_cld2(text);
  if (tag.empty()) return by_small_words(words);
  bool const either = tag == "da" || tag == "nb";
  if (!either || words.danish == words.only_norwegian) return tag;
  return words.danish > words.only_norwegian ? "da" : "nb";
}

}  // namespace spoc::parser
