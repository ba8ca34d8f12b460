// SPDX-License-Identifier: GPL-3.0-or-later
// Languages of the short texts that people mail to a desk.
#include "parser/language.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct Row {
  char const* name;
  char const* text;
  char const* expect;
};
class LanguageOf : public testing::TestWithParam<Row> {};
TEST_P(LanguageOf, Tells) { EXPECT_EQ(language_of(GetParam().text), GetParam().expect); }

INSTANTIATE_TEST_SUITE_P(
    Language, LanguageOf,
    testing::Values(
        Row{"empty", "", ""}, Row{"one_word", "ok", ""}, Row{"numbers", "12345 67890 11111 22222", ""},
        Row{"english", "The printer on the third floor does not work and I need it today.", "en"},
        Row{"short_english", "thanks, it works", "en"},
        Row{"norwegian", "Hei, jeg får ikke logget på etter at passordet ble byttet. Kan dere hjelpe meg?",
            "nb"},
        Row{"short_norwegian", "Hei, jeg er på jobb", "nb"},
        Row{"nynorsk", "Eg får ikkje logga meg inn på maskina mi i dag. Kan de hjelpe meg med dette?", "nb"},
        Row{"danish", "Hej, jeg kan ikke logge på efter at mit kodeord blev skiftet. Hvad skal jeg gøre nu?",
            "da"},
        Row{"german", "Guten Tag, der Drucker im dritten Stock funktioniert heute leider nicht.", "de"},
        Row{"simplified", "我的电脑无法登录", "zh-Hans"}, Row{"traditional", "我的電腦無法登入", "zh-Hant"},
        Row{"two_simplified", "谢谢", "zh-Hans"}, Row{"two_traditional", "謝謝", "zh-Hant"},
        Row{"hans_with_product_names", "Outlook 打不开了，请帮忙", "zh-Hans"},
        Row{"japanese", "パスワードを忘れました", "ja"}, Row{"korean", "비밀번호를 잊었습니다", "ko"},
        Row{"english_with_a_chinese_name",
            "Please reset the password of my colleague 王小明, she cannot log in.", "en"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Language, AnyBytesAreTaken) {
  EXPECT_EQ(language_of(std::string(100, '\xFF')), "");
  EXPECT_EQ(language_of(std::string_view{"\0\0\0", 3}), "");
}

}  // namespace
}  // namespace spoc::parser
