// SPDX-License-Identifier: GPL-3.0-or-later
// What a list says of somebody, put into what is known.
#include "desk/card.hpp"

#include "tests/desk/house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Card, SaysWhatChangesAndNothingTwice) {
  Contact contact;
  contact.name = "Ola";
  contact.phones = {"104"};
  Card card;
  card.name = "Ola Testmann";
  card.site = "Harbour";
  card.phones = {"+47 22 33 44 55"};
  card.equipment = std::vector<std::string>{"Laptop 7"};
  card.vip = true;
  EXPECT_THAT(fill_from(contact, card), ElementsAre("name", "site", "equipment", "vip", "phones"));
  EXPECT_THAT(contact.phones, ElementsAre("+47 22 33 44 55", "104")) << "what it had besides stays";
  EXPECT_THAT(fill_from(contact, card), IsEmpty());
}

TEST(Card, LeavesWhatItDoesNotSpeakOf) {
  Contact contact;
  contact.organisation = "Example Ltd";
  contact.vip = true;
  Card card;
  card.organisation = "";
  EXPECT_THAT(fill_from(contact, card), ElementsAre("organisation")) << "emptied on purpose";
  EXPECT_TRUE(contact.vip);
}

TEST(Card, AgentsAndTheDeskAreNoContacts) {
  House const house = tests::house();
  EXPECT_EQ(why_no_contact("Kari@Private.example", house), "an agent's address");
  EXPECT_EQ(why_no_contact("help@example.org", house), "the desk's own address");
  EXPECT_EQ(why_no_contact("ola@example.net", house), "");
}

TEST(Card, LanguagesHaveNamesAndTags) {
  EXPECT_EQ(language_called("nb-NO"), "nb");
  EXPECT_EQ(language_called("Norwegian"), "nb");
  EXPECT_EQ(language_called("EN"), "en");
  EXPECT_EQ(language_called("繁體中文"), "zh-Hant");
  EXPECT_EQ(language_called("de"), std::nullopt);
}

}  // namespace
}  // namespace spoc::desk
