// SPDX-License-Identifier: GPL-3.0-or-later
// Charsets: declared, misdeclared, undeclared, damaged.
#include "parser/charset.hpp"

#include "parser/iconv.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct CharsetRow {
  char const* name;
  std::string bytes;
  char const* declared;
  std::string expect;
};
class ToUtf8 : public testing::TestWithParam<CharsetRow> {};

TEST_P(ToUtf8, Converts) { EXPECT_EQ(to_utf8(GetParam().bytes, GetParam().declared), GetParam().expect); }

INSTANTIATE_TEST_SUITE_P(
    Charset, ToUtf8,
    testing::Values(CharsetRow{"empty", "", "utf-8", ""}, CharsetRow{"ascii", "abc", "", "abc"},
                    CharsetRow{"utf8", "bl\xC3\xA5", "UTF-8", "blå"},
                    CharsetRow{"byte_order_mark", "\xEF\xBB\xBFhei", "utf-8", "hei"},
                    CharsetRow{"latin1_means_windows",
                               "\x93"
                               "a\x94 \x80",
                               "iso-8859-1", "“a” €"},
                    CharsetRow{"quoted_name", "bl\xE5", "\"ISO-8859-1\"", "blå"},
                    CharsetRow{"language_suffix", "bl\xE5", "iso-8859-1*nb", "blå"},
                    CharsetRow{"latin1_that_is_utf8", "bl\xC3\xA5", "iso-8859-1", "blå"},
                    CharsetRow{"ascii_that_is_utf8", "bl\xC3\xA5", "us-ascii", "blå"},
                    CharsetRow{"utf8_that_is_latin1",
                               "r\xF8"
                               "d gr\xF8t p\xE5 bordet",
                               "utf-8", "rød grøt på bordet"},
                    CharsetRow{"undeclared_latin1",
                               "bl\xE5"
                               "b\xE6r",
                               "", "blåbær"},
                    CharsetRow{"unknown_charset", "bl\xC3\xA5", "x-klingon", "blå"},
                    CharsetRow{"gb2312_means_gb18030", "\xC0\xEE\xE9\x46", "gb2312", "李镕"},
                    CharsetRow{"big5", "\xB1\x7A\xA6\x6E", "Big5", "您好"},
                    CharsetRow{"iso_2022_jp", "\x1B$B$3\x1B(B", "iso-2022-jp", "こ"},
                    CharsetRow{"iso_2022_jp_undeclared", "\x1B$B$3\x1B(B", "", "こ"},
                    CharsetRow{"iso_2022_jp_as_ascii", "\x1B$B$3\x1B(B", "us-ascii", "こ"},
                    CharsetRow{"ks_c_5601", "\xBE\xC8\xB3\xE7", "ks_c_5601-1987", "안녕"},
                    CharsetRow{"hz", "~{VPND~} ok", "hz-gb-2312", "中文 ok"},
                    CharsetRow{"utf7", "Bl+AOU-", "utf-7", "Blå"},
                    CharsetRow{"utf16_with_mark", std::string("\xFF\xFEh\0i\0", 6), "utf-16", "hi"},
                    CharsetRow{"utf16_undeclared", std::string("h\0e\0l\0l\0o\0", 10), "", "hello"},
                    CharsetRow{
                        "cut_utf8_stays_utf8",
                        "\xE7\xBD\x91\xE7\xBB\x9C\xE8\xBF\x9E\xE6\x8E\xA5\xE4\xB8\x8D\xE4\xB8\x8A\xE4\xBA\x86"
                        "\xE7\xBD\x91\xE7\xBB"
                        "\x9C\xE8\xBF\x9E\xE6\x8E\xA5\xE4\xB8\x8D\xE4\xB8\x8A\xE4\xBA\x86\xE7\xBD\x91\xE7\xBB"
                        "\x9C\xE8\xBF\x9E"
                        "\xE6\x8E\xA5\xE4\xB8\x8D\xE4\xB8\x8A\xE4\xBA\x86\xE7",
                        "utf-8", "网络连接不上了网络连接不上了网络连接不上了\xEF\xBF\xBD"}),
    [](auto const& row) { return std::string{row.param.name}; });

struct Guess {
  char const* name;
  std::string bytes, expect;
};
class Detects : public testing::TestWithParam<Guess> {};
TEST_P(Detects, Undeclared) { EXPECT_EQ(to_utf8(GetParam().bytes, ""), GetParam().expect); }

INSTANTIATE_TEST_SUITE_P(
    Charset, Detects,
    testing::Values(
        Guess{"gb18030",
              "\xCE\xD2\xB5\xC4\xB5\xE7\xC4\xD4\xCE\xDE\xB7\xA8\xB5\xC7\xC2\xBC\xA3\xAC\xC7\xEB\xCE\xCA",
              "我的电脑无法登录，请问"},
        Guess{"big5", "\xBD\xD0\xB0\xDD\xA7\xDA\xAA\xBA\xB9\x71\xB8\xA3\xA8\x53\xA6\xB3\xBF\xEC\xAA\x6B",
              "請問我的電腦沒有辦法"},
        Guess{"shift_jis",
              "\x83\x70\x83\x58\x83\x8F\x81\x5B\x83\x68\x82\xF0\x96\x59\x82\xEA\x82\xDC\x82\xB5\x82\xBD",
              "パスワードを忘れました"},
        Guess{"euc_jp",
              "\xA5\xD1\xA5\xB9\xA5\xEF\xA1\xBC\xA5\xC9\xA4\xF2\xCB\xBA\xA4\xEC\xA4\xDE\xA4\xB7\xA4\xBF",
              "パスワードを忘れました"},
        Guess{"euc_kr",
              "\xBA\xF1\xB9\xD0\xB9\xF8\xC8\xA3\xB8\xA6\x20\xC0\xD8\xBE\xFA\xBD\xC0\xB4\xCF\xB4\xD9",
              "비밀번호를 잊었습니다"},
        Guess{"koi8_r", "\xEE\xC5 \xD2\xC1\xC2\xCF\xD4\xC1\xC5\xD4 \xD0\xD2\xC9\xCE\xD4\xC5\xD2",
              "Не работает принтер"},
        Guess{"windows_1251", "\xCD\xE5 \xF0\xE0\xE1\xEE\xF2\xE0\xE5\xF2 \xEF\xF0\xE8\xED\xF2\xE5\xF0",
              "Не работает принтер"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(Charset, SaysWhatDidNotHold) {
  std::vector<std::string> defects;
  to_utf8(
      "r\xF8"
      "d",
      "utf-8", &defects);
  ASSERT_EQ(defects.size(), 1U);
  EXPECT_EQ(defects[0], "text is not in its declared charset utf-8");
  defects.clear();
  to_utf8("abc", "x-klingon", &defects);
  EXPECT_TRUE(defects.empty()) << "plain ASCII needs no charset";
}

TEST(Charset, NamesAreNoInstructions) {
  EXPECT_EQ(to_utf8("bl\xC3\xA5", "utf-8//IGNORE"), "blå");
  EXPECT_EQ(to_utf8("bl\xC3\xA5", "../../etc/passwd"), "blå");
  EXPECT_EQ(to_utf8("bl\xC3\xA5", std::string(100'000, 'x')), "blå");
}

TEST(Charset, EveryByteUnderEveryNameIsValidAndNeverNothing) {
  std::string all;
  for (int i = 0; i < 256; ++i) all += static_cast<char>(static_cast<unsigned char>(i));
  for (char const* name :
       {"", "utf-8", "utf-7", "utf-16", "utf-32", "gb2312", "big5", "shift_jis", "euc-jp", "euc-kr",
        "iso-2022-jp", "iso-2022-kr", "hz-gb-2312", "windows-1252", "iso-8859-15", "koi8-r", "ebcdic-us"})
    for (std::size_t from : {0U, 1U, 100U, 128U, 200U, 255U}) {
      std::string const text = to_utf8(std::string_view{all}.substr(from), name);
      EXPECT_TRUE(is_utf8(text)) << name << ' ' << from;
      EXPECT_FALSE(text.empty()) << name << ' ' << from;
    }
}

// The C library names the same charset CP1252, which convert() does not take from its own table.
TEST(Charset, Windows1252IsWhatTheLibrarySays) {
  for (int i = 0; i < 256; ++i) {
    std::string const byte(1, static_cast<char>(static_cast<unsigned char>(i)));
    auto const ours = convert(byte, "windows-1252"), theirs = convert(byte, "cp1252");
    ASSERT_TRUE(ours && theirs);
    EXPECT_EQ(ours->text, theirs->text) << i;
    EXPECT_EQ(ours->lost, theirs->lost) << i;
  }
}

TEST(Utf8, TellsWellFormedFromIllFormed) {
  EXPECT_TRUE(is_utf8("a\xC3\xA5\xE4\xB8\xAD\xF0\x9F\x98\x80"));
  EXPECT_FALSE(is_utf8("\xC0\xAF")) << "overlong";
  EXPECT_FALSE(is_utf8("\xED\xA0\x80")) << "surrogate";
  EXPECT_FALSE(is_utf8("\xF4\x90\x80\x80")) << "above U+10FFFF";
  EXPECT_FALSE(is_utf8("\xE4\xB8")) << "cut";
  EXPECT_EQ(mend_utf8("a\xFF"
                      "b"),
            "a\xEF\xBF\xBD"
            "b");
  EXPECT_EQ(mend_utf8("\xE4\xB8"), "\xEF\xBF\xBD\xEF\xBF\xBD");
}

}  // namespace
}  // namespace spoc::parser
