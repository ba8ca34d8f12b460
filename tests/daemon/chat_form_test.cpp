// SPDX-License-Identifier: GPL-3.0-or-later
// The questions before a chat: how they are written, and what answers them.
#include "daemon/chat_form.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::daemon {
namespace {

using testing::HasSubstr;

TEST(ChatForm, AsksInTheLanguageOfThePage) {
  auto const form = read_form({"address!", "Department! | nb: Avdeling|zh-Hans:  \u90e8\u95e8 ", "Room"});
  ASSERT_TRUE(form) << form.error().what;
  ASSERT_EQ(form->size(), 3U);
  EXPECT_EQ(form->at(0), (ChatQuestion{"address", true}));
  EXPECT_EQ(form->at(2), (ChatQuestion{"Room", false}));
  ChatQuestion const& department = form->at(1);
  EXPECT_TRUE(department.required);
  EXPECT_EQ(department.in("en-GB"), "Department");
  EXPECT_EQ(department.in("fr"), "Department");
  EXPECT_EQ(department.in("nn"), "Avdeling");
  EXPECT_EQ(department.in("zh-CN"), "\u90e8\u95e8");
  EXPECT_EQ(department.in("zh-Hant"), "Department");
}

TEST(ChatForm, IsAnsweredInAnyLanguage) {
  ChatQuestion const department{"Department", true, {{"nb", "Avdeling"}}};
  EXPECT_TRUE(department.is_answered_in("Hello\n\nDepartment: Sales"));
  EXPECT_TRUE(department.is_answered_in("Hei\n\nAvdeling: Salg"));
  EXPECT_FALSE(department.is_answered_in("Hello"));
  EXPECT_FALSE(department.is_answered_in("Department"));
}

TEST(ChatForm, NamesWhatItCannotRead) {
  for (std::string const line : {"", "!", " | nb: Avdeling", "Room | Rom", "Room | xx: Rom",
                                 "Room | nb: ", "Room | nb: Rom | nb: Rom", "name! | nb: Navn"}) {
    auto const form = read_form({"Floor", line});
    ASSERT_FALSE(form) << line;
    EXPECT_EQ(form.error().kind, Kind::unreadable);
    EXPECT_THAT(form.error().what, HasSubstr("\"" + line + "\""));
  }
  EXPECT_TRUE(read_form({}));
}

}  // namespace
}  // namespace spoc::daemon
