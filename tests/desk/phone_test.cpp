// SPDX-License-Identifier: GPL-3.0-or-later
// Phone numbers: which are the same line, and where one stands in a line.
#include "desk/phone.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

struct Pair {
  char const* name;
  char const* one;
  char const* other;
  bool same;
};

class SamePhone : public testing::TestWithParam<Pair> {};

TEST_P(SamePhone, OrNot) {
  EXPECT_EQ(same_phone(GetParam().one, GetParam().other), GetParam().same);
  EXPECT_EQ(same_phone(GetParam().other, GetParam().one), GetParam().same);
  bool const found = phone_tail(GetParam().one) == phone_tail(GetParam().other);
  EXPECT_TRUE(found || !GetParam().same) << "the index would not find it";
}

INSTANTIATE_TEST_SUITE_P(Table, SamePhone,
                         testing::Values(Pair{"blanks", "22 33 44 55", "22334455", true},
                                         Pair{"country", "+47 22 33 44 55", "22334455", true},
                                         Pair{"two_zeros", "0047 22334455", "+47 22 33 44 55", true},
                                         Pair{"other_countries", "+47 22334455", "+46 22334455", false},
                                         Pair{"trunk_zero", "+44 (0)20 7946 0018", "020 7946 0018", true},
                                         Pair{"extension_word", "22 33 44 55 ext. 12", "22334455", true},
                                         Pair{"extensions", "104", "104", true},
                                         Pair{"short_tail", "4455", "22334455", false},
                                         Pair{"another", "22334455", "22334456", false},
                                         Pair{"nothing", "", "", false},
                                         Pair{"no_digits", "none", "22334455", false}),
                         [](auto const& row) { return row.param.name; });

TEST(Phone, IsANumberAndNothingElse) {
  for (char const* one : {"+47 22 33 44 55", "104", "(022) 33-44.55", "22334455 ext 3"})
    EXPECT_TRUE(is_phone(one)) << one;
  for (char const* one : {"", "12", "Ola", "22334455 Ola", "a@example.org", "+"})
    EXPECT_FALSE(is_phone(one)) << one;
}

struct Line {
  char const* name;
  char const* line;
  char const* phone;
};

class PhoneIn : public testing::TestWithParam<Line> {};

TEST_P(PhoneIn, ALine) {
  std::string_view const line = GetParam().line;
  auto const place = phone_in(line);
  EXPECT_EQ(place ? line.substr(place->at, place->size) : "", GetParam().phone);
}

INSTANTIATE_TEST_SUITE_P(
    Table, PhoneIn,
    testing::Values(Line{"behind_name", "Ola Testmann, +47 22 33 44 55", "+47 22 33 44 55"},
                    Line{"before_name", "22334455 Ola", "22334455"},
                    Line{"in_brackets", "Ola (22 33 44 55)", "(22 33 44 55"},
                    Line{"date", "since 2026-11-26", ""}, Line{"inventory", "PC4711223344", ""},
                    Line{"ticket", "see #10423344", ""}, Line{"few", "room 12", ""},
                    Line{"two", "room 12, 22334455", "22334455"},
                    Line{"behind_Chinese", "电话13800138000，谢谢", "13800138000"},
                    Line{"behind_a_letter_with_a_ring", "å22334455", ""},
                    Line{"chinese_comma", "王小明，139 0013 8000", "139 0013 8000"},
                    Line{"chinese_colon", "电话：22334455", "22334455"},
                    Line{"chinese_close", "电话13900138000请回", "13900138000"},
                    Line{"chinese_plus", "王小明+86 139 0013 8000", "+86 139 0013 8000"},
                    Line{"chinese_order", "订单号20261126001", ""}, Line{"latin", "på22334455å22334455", ""}),
    [](auto const& row) { return row.param.name; });

}  // namespace
}  // namespace spoc::desk
