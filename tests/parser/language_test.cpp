// SPDX-License-Identifier: GPL-3.0-or-later
// Languages of the short texts that people mail to a desk.
#include "parser/language.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct LanguageRow {
  char const* name;
  char const* text;
  char const* expect;
};
class LanguageOf : public testing::TestWithParam<LanguageRow> {};
TEST_P(LanguageOf, Tells) { EXPECT_EQ(language_of(GetParam().text), GetParam().expect); }

INSTANTIATE_TEST_SUITE_P(
    Language, LanguageOf,
    testing::Values(
        LanguageRow{"empty", "", ""}, LanguageRow{"one_word", "ok", ""},
        LanguageRow{"numbers", "12345 67890 11111 22222", ""},
        LanguageRow{"english", "The printer on the third floor does not work and I need it today.", "en"},
        LanguageRow{"short_english", "thanks, it works", "en"},
        LanguageRow{"norwegian",
                    "Hei, jeg får ikke logget på etter at passordet ble byttet. Kan dere hjelpe meg?", "nb"},
        LanguageRow{"short_norwegian", "Hei, jeg er på jobb", "nb"},
        LanguageRow{"nynorsk", "Eg får ikkje logga meg inn på maskina mi i dag. Kan de hjelpe meg med dette?",
                    "nb"},
        LanguageRow{"danish",
                    "Hej, jeg kan ikke logge på efter at mit kodeord blev skiftet. Hvad skal jeg gøre nu?",
                    "da"},
        LanguageRow{
            "long_danish",
            "Hej, jeg kan ikke få fat i nogen, og jeg er på kontoret til klokken to. Vi har brug for at "
            "komme på nettet efter frokost, og det kan vi ikke. Kan I ringe til mig eller skrive, når "
            "det virker? Venlig hilsen fra os alle, og tak for hjælpen.",
            "da"},
        LanguageRow{
            "swedish",
            "Hej, jag kan inte logga in på datorn efter att vi bytte lösenord. Kan ni hjälpa mig med det "
            "här i dag? Tack på förhand och hälsningar från oss.",
            "sv"},
        LanguageRow{"dutch",
                    "Hallo, de printer op de derde verdieping werkt niet meer. Is het mogelijk dat iemand er "
                    "vandaag naar kijkt? Het is dringend, want wij hebben om drie uur een vergadering.",
                    "nl"},
        LanguageRow{
            "german_of_an_english_menu",
            "Wenn ich auf \"Save this to your drive\" klicke, passiert leider gar nichts. Das Fenster bleibt "
            "offen und der Rechner meldet nur einen Fehler, den ich nicht verstehe.",
            "de"},
        LanguageRow{"english_of_many_small_words",
                    "Hi, the screen is black when you open it and what I type does not show. Thank you!",
                    "en"},
        LanguageRow{"norwegian_of_many_small_words",
                    "Hei, jeg har ikke fått noen svar og vi kommer ikke inn. Takk for hjelp fra dere!", "nb"},
        LanguageRow{"german", "Guten Tag, der Drucker im dritten Stock funktioniert heute leider nicht.",
                    "de"},
        LanguageRow{"simplified", "我的电脑无法登录", "zh-Hans"},
        LanguageRow{"traditional", "我的電腦無法登入", "zh-Hant"},
        LanguageRow{"two_simplified", "谢谢", "zh-Hans"}, LanguageRow{"two_traditional", "謝謝", "zh-Hant"},
        LanguageRow{"hans_with_product_names", "Outlook 打不开了，请帮忙", "zh-Hans"},
        LanguageRow{"japanese", "パスワードを忘れました", "ja"},
        LanguageRow{"korean", "비밀번호를 잊었습니다", "ko"},
        LanguageRow{"english_with_a_chinese_name",
                    "Please reset the password of my colleague 王小明, she cannot log in.", "en"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Language, AnyBytesAreTaken) {
  EXPECT_EQ(language_of(std::string(100, '\xFF')), "");
  EXPECT_EQ(language_of(std::string_view{"\0\0\0", 3}), "");
}

}  // namespace
}  // namespace spoc::parser
