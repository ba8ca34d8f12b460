// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of people: columns by their names, cells to fields, faults with their lines.
#include "parser/contact_list.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

ContactList read_list(std::string const& csv) {
  auto list = read_contacts(csv);
  EXPECT_TRUE(list) << list.error().what;
  return list ? *list : ContactList{};
}

std::string faults(ContactList const& list) {
  std::string out;
  for (auto const& one : list.faults)
    out += std::to_string(one.line) + (one.refused ? "! " : " ") + one.what + "\n";
  return out;
}

TEST(ContactList, TakesEveryColumnByItsName) {
  auto const list = read_list(
      "id;Name;E-mail Address;E-mail 2 Address;Business Phone;Mobile;Company;Office Location;Language;VIP;"
      "Equipment;Notes\n"
      "e7;Ola Testmann;Ola@Example.net;ola@example.com;+47 22 33 44 55;104;Example Ltd;Harbour;Norwegian;yes;"
      "\"Laptop 7; Printer 12\";Comes at noon\n");
  ASSERT_EQ(list.cards.size(), 1U);
  desk::Card const& card = list.cards.front();
  EXPECT_EQ(card.where, "line 2");
  EXPECT_EQ(card.external_id, "e7");
  EXPECT_EQ(card.name, "Ola Testmann");
  EXPECT_THAT(card.addresses, ElementsAre("ola@example.net", "ola@example.com"));
  EXPECT_THAT(card.phones, ElementsAre("+47 22 33 44 55", "104"));
  EXPECT_EQ(card.organisation, "Example Ltd");
  EXPECT_EQ(card.site, "Harbour");
  EXPECT_EQ(card.language, "nb");
  EXPECT_EQ(card.vip, true);
  EXPECT_THAT(*card.equipment, ElementsAre("Laptop 7", "Printer 12"));
  EXPECT_EQ(card.notes, "Comes at noon");
  EXPECT_THAT(list.faults, IsEmpty());
}

TEST(ContactList, EmptyCellsSayNothingAndADashEmpties) {
  auto const list = read_list("email,site,organisation,vip\na@example.net,,-,\n");
  EXPECT_EQ(list.cards.at(0).site, std::nullopt);
  EXPECT_EQ(list.cards.at(0).organisation, "");
  EXPECT_EQ(list.cards.at(0).vip, std::nullopt);
}

TEST(ContactList, FirstAndLastNamesMakeOne) {
  auto const list =
      read_list("First Name,Last Name,Mail\nOla,Testmann,ola@example.net\nKari,,kari@example.net\n");
  EXPECT_EQ(list.cards.at(0).name, "Ola Testmann");
  EXPECT_EQ(list.cards.at(1).name, "Kari");
}

TEST(ContactList, SpeaksTheLanguagesOfTheHouse) {
  EXPECT_EQ(read_list("Navn,E-postadresse,Sted\nOla,ola@example.net,Havna\n").cards.at(0).site, "Havna");
  EXPECT_THAT(read_list("姓名,电子邮件,电话\n王小明,a@example.net,22334455\n").cards.at(0).phones,
              ElementsAre("22334455"));
}

TEST(ContactList, ReadsChineseListsAsTheyAreWritten) {
  auto const list = read_list(
      "姓,名,邮箱,电话,设备\n王,小明,wang@example.net；ming@example.net,"
      "139 0000 1111、010-62345678,笔记本 7；打印机，蓝色\n");
  ASSERT_EQ(list.cards.size(), 1U) << faults(list);
  desk::Card const& card = list.cards.front();
  EXPECT_EQ(card.name, "王小明");
  EXPECT_THAT(card.addresses, ElementsAre("wang@example.net", "ming@example.net"));
  EXPECT_THAT(card.phones, ElementsAre("139 0000 1111", "010-62345678"));
  EXPECT_THAT(*card.equipment, ElementsAre("笔记本 7", "打印机，蓝色"));
  EXPECT_THAT(list.faults, IsEmpty());
}

TEST(ContactList, SeveralAddressesMayStandInACell) {
  EXPECT_THAT(read_list("email\n\"a@example.net, b@example.net; a@example.net\"\n").cards.at(0).addresses,
              ElementsAre("a@example.net", "b@example.net"));
}

TEST(ContactList, WhatIsWrongIsNamedWithItsLineAndTheRestStays) {
  auto const list = read_list(
      "email,language,vip,phone,birthday\n"
      "no address,,,,\n"
      ",nb,,,\n"
      "a@example.net,Klingon,,,\n"
      "b@example.net,,perhaps,,\n"
      "c@example.net,,,none,\n"
      "d@example.net,,,,1,2\n");
  ASSERT_EQ(list.cards.size(), 2U);
  EXPECT_EQ(list.cards[0].where, "line 4");
  EXPECT_EQ(list.cards[1].where, "line 6");
  EXPECT_EQ(faults(list),
            "2! \"no\" is no mail address\n"
            "3! neither an address nor a key stands in it, so nobody knows whom it means\n"
            "4 language \"Klingon\" is left out: the desk speaks en, nb, zh-Hans and zh-Hant\n"
            "5! \"perhaps\" in the column for VIPs is neither yes nor no\n"
            "6 \"none\" is no phone number: left out\n"
            "7! it has 6 cells, the header 5; put quotes round cells that hold the separator\n");
  EXPECT_THAT(list.unknown, ElementsAre("birthday"));
}

TEST(ContactList, AFileWithoutAddressesIsRefused) {
  auto const list = read_contacts("name,site\nOla,Harbour\n");
  ASSERT_FALSE(list);
  EXPECT_EQ(list.error().kind, Kind::unreadable);
  EXPECT_THAT(list.error().what, HasSubstr("line 1: no column holds addresses"));
}

}  // namespace
}  // namespace spoc::parser
