// SPDX-License-Identifier: GPL-3.0-or-later
// Words, stems, stop words, the search box and the record's bytes.
#include "search/terms.hpp"
#include "search/box.hpp"
#include "search/fields.hpp"
#include "search/fold.hpp"
#include "search/record.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

namespace spoc::search {
namespace {

std::string shown(std::vector<Word> const& words) {
  std::string out;
  for (auto const& word : words) {
    if (!out.empty()) out += word.joined ? "~" : " ";
    out += word.text;
  }
  return out;
}

struct TermRow {
  std::string name, given, expect;
};
std::string named(testing::TestParamInfo<TermRow> const& each) { return each.param.name; }

class Splits : public testing::TestWithParam<TermRow> {};
TEST_P(Splits, text) { EXPECT_EQ(shown(split(GetParam().given)), GetParam().expect); }
INSTANTIATE_TEST_SUITE_P(
    Texts, Splits,
    testing::Values(TermRow{"empty", "", ""}, TermRow{"case_and_marks", "Hello, World!", "hello world"},
                    TermRow{"accents", "Café naïve Ångström", "cafe naive ångström"},
                    TermRow{"nordic_letters_stay", "Å ØL ÆRE", "å øl ære"},
                    TermRow{"sharp_s", "Straße", "strasse"}, TermRow{"full_width", "ＡＢＣ１２３", "abc123"},
                    TermRow{"apostrophe", "don’t 'quoted'", "don't quoted"},
                    TermRow{"numbers", "5.1.1 3,14 1. 0x80070005", "5.1.1 3,14 1 0x80070005"},
                    TermRow{"hyphen", "e-post", "e post epost"}, TermRow{"many_hyphens", "a-b-c", "a b c"},
                    TermRow{"address", "ada@example.org", "ada example org"},
                    TermRow{"han", "忘記密碼", "忘~记~密~码"},
                    TermRow{"han_with_space", "打印 机", "打~印 机"},
                    TermRow{"mixed", "用VPN上网", "用 vpn 上~网"},
                    TermRow{"kana", "パスワード", "パ~ス~ワ~ー~ド"},
                    TermRow{"broken",
                            "a\xff"
                            "b",
                            "a b"}),
    named);

class Stems : public testing::TestWithParam<TermRow> {};
TEST_P(Stems, in_one_form) {
  auto const& row = GetParam();
  Stemmer const stem(row.name.substr(0, 2));
  EXPECT_EQ(stem(row.given), stem(row.expect));
}
INSTANTIATE_TEST_SUITE_P(Words, Stems,
                         testing::Values(TermRow{"en_plural", "passwords", "password"},
                                         TermRow{"en_ing", "printing", "printed"},
                                         TermRow{"nb_definite", "kantinen", "kantine"},
                                         TermRow{"nb_plural", "passordene", "passord"},
                                         TermRow{"nn_is_nb", "kontoane", "kontoane"},
                                         TermRow{"no_double_a", "paalogging", "pålogging"},
                                         TermRow{"no_accent_free", "palogging", "pålogging"},
                                         TermRow{"xx_unknown", "words", "words"}),
                         named);

TEST(Terms, languages_have_one_name) {
  EXPECT_EQ(main_language("zh-Hant"), "zh");
  EXPECT_EQ(main_language("NN"), "nb");
  EXPECT_EQ(main_language("no_NO"), "nb");
  EXPECT_EQ(main_language(""), "");
}

TEST(Terms, language_is_guessed_by_stop_words) {
  EXPECT_EQ(guess_language(split("hvorfor virker ikke skriveren min"), "en"), "nb");
  EXPECT_EQ(guess_language(split("why does it not work"), "nb"), "en");
  EXPECT_EQ(guess_language(split("打印机坏了 printer"), "en"), "zh");
  EXPECT_EQ(guess_language(split("xyzzy"), "nb"), "nb");
  EXPECT_EQ(guess_language(split("xyzzy"), ""), "en");
}

TEST(Terms, long_terms_are_shortened_and_stay_apart) {
  std::string const one(5000, 'a'), two(5001, 'a');
  EXPECT_EQ(term(fields::word, "abc"), "abc");
  EXPECT_LE(term(fields::word, one).size(), longest_term);
  EXPECT_NE(term(fields::word, one), term(fields::word, two));
}

TEST(Terms, utf8_round_trip) {
  std::string const text = "aé密😀";
  EXPECT_EQ(utf8(U"aé密😀"), text);
}

struct Typed {
  std::string name, query, words;
  std::size_t phrases, excluded;
};
class Boxes : public testing::TestWithParam<Typed> {};
TEST_P(Boxes, read) {
  auto const box = read_box(GetParam().query);
  EXPECT_EQ(shown(split(box.words)), GetParam().words);
  EXPECT_EQ(box.phrases.size(), GetParam().phrases);
  EXPECT_EQ(box.excluded.size(), GetParam().excluded);
}
INSTANTIATE_TEST_SUITE_P(Queries, Boxes,
                         testing::Values(Typed{"plain", "vpn drops", "vpn drops", 0, 0},
                                         Typed{"phrase", "a \"red wine\" b", "a red wine b", 1, 0},
                                         Typed{"open_quote", "\"red wine", "red wine", 0, 0},
                                         Typed{"one_word_quoted", "\"red\"", "red", 0, 0},
                                         Typed{"minus", "wine -red", "wine", 0, 1},
                                         Typed{"hyphen_inside", "e-post", "e post epost", 0, 0},
                                         Typed{"lone_minus", "a - b", "a b", 0, 0},
                                         Typed{"minus_phrase", "a -cloud-init", "a", 0, 0}),
                         [](auto const& each) { return each.param.name; });

TEST(Record, cut_bytes_are_refused) {
  Record record;
  record.article.id = "a";
  record.article.tags = {"x", "y"};
  record.article.expires = "2027-01-01";
  record.sketch.body = {1, 2, 3};
  auto const bytes = write_record(record);
  auto const got = read_record(bytes);
  EXPECT_EQ(got.article, record.article);
  EXPECT_EQ(got.sketch, record.sketch);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_THROW((void)read_record(bytes.substr(0, size)), std::runtime_error) << size;
}

}  // namespace
}  // namespace spoc::search
