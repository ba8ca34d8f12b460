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

std::size_t count_words(std::string_view text, CommonWords const& words) {
  std::size_t found = 0, seen = 0;
  while (!text.empty() && seen < 400) {
    auto const end = std::min(text.find_first_of(" \t\n.,;:!?()\"<>"), text.size());
    std::string const word = lowered(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    ++seen;
    if (std::find(words.begin(), words.end(), word) != words.end()) ++found;
  }
  return found;
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

std::string by_small_words(std::string_view text) {
  std::size_t const en = count_words(text, english), nb = count_words(text, norwegian);
  if (en >= 2 && en > nb * 2) return "en";
  if (nb >= 2 && nb > en * 2)
    return count_words(text, danish) > count_words(text, only_norwegian) ? "da" : "nb";
  return {};
}

}  // namespace

std::string language_of(std::string_view utf8) {
  std::string const text = mend_utf8(trimmed(utf8.substr(0, language_sample)));
  if (std::string tag = by_script(count_scripts(text)); !tag.empty()) return tag;
  std::string tag = by_cld2(text);
  if (tag.empty()) return by_small_words(text);
  if (tag != "da" && tag != "nb") return tag;
  std::size_t const da = count_words(text, danish), nb = count_words(text, only_norwegian);
  if (da == nb) return tag;
  return da > nb ? "da" : "nb";
}

}  // namespace spoc::parser
