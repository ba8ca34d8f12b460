// SPDX-License-Identifier: GPL-3.0-or-later
// Texts are cut between characters.
#include "desk/excerpt.hpp"

#include "desk/characters.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

TEST(Excerpt, BeginningEndsWithACharacter) {
  struct Row {
    std::string_view text;
    std::size_t most;
    std::string_view kept;
  };
  for (Row const& row :
       {Row{"", 3, ""}, Row{"abc", 3, "abc"}, Row{"abcd", 3, "abc"}, Row{"åå", 3, "å"}, Row{"你好", 5, "你"},
        Row{"你好", 6, "你好"}, Row{"你", 2, ""}, Row{"你", 0, ""}, Row{"\x80\x80\x80", 2, ""}})
    EXPECT_EQ(beginning_of(row.text, row.most), row.kept) << row.text << " to " << row.most;
}

TEST(Characters, BeginWhereTheirFirstByteIs) {
  struct Row {
    std::string_view text;
    std::size_t at, begin;
  };
  for (Row const& row : {Row{"ab", 2, 1}, Row{"aå", 3, 1}, Row{"你好", 6, 3}, Row{"你好", 3, 0},
                         Row{"a𠮷", 5, 1}, Row{"a", 0, 0}, Row{"\x80\x80", 2, 0}})
    EXPECT_EQ(start_before(row.text, row.at), row.begin) << row.text << " before " << row.at;
}

TEST(Excerpt, FirstLineSaysThatItWasCut) {
  EXPECT_EQ(first_line_of("one\ntwo", 10), "one");
  EXPECT_EQ(first_line_of("one", 3), "one");
  EXPECT_EQ(first_line_of("one two\nthree", 5), "one t…");
  EXPECT_EQ(first_line_of("打印机坏了", 7), "打印…");
  EXPECT_EQ(first_line_of("", 5), "");
}

}  // namespace
}  // namespace spoc::desk
