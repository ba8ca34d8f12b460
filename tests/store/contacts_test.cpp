// SPDX-License-Identifier: GPL-3.0-or-later
// People by address.
#include "store/contacts.hpp"

#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Contacts : public Desk {
 protected:
  desk::Contact meet(desk::Address const& address, std::string const& language = "") {
    return ask([&](Tx& tx) { return find_or_add_contact(tx, address, language, now); });
  }
};

TEST_F(Contacts, an_address_is_one_person) {
  auto const first = meet({"Ada", "Ada@Example.org"}, "nb");
  EXPECT_THAT(first.addresses, ElementsAre("ada@example.org"));
  EXPECT_EQ(meet({"", " ada@example.org"}), first);
  EXPECT_NE(meet({"Ada", "ada@example.com"}).id, first.id);
  EXPECT_EQ(ask([&](Tx& tx) { return find_contact(tx, first.id); }), first);
}

TEST_F(Contacts, what_was_unknown_is_filled_in_and_what_is_known_stays) {
  auto const first = meet({"", "ada@example.org"});
  EXPECT_EQ(first.name, "");
  EXPECT_EQ(meet({"Ada", "ada@example.org"}).name, "Ada");
  EXPECT_EQ(meet({"Countess", "ada@example.org"}, "en").name, "Ada");
  EXPECT_EQ(meet({"", "ada@example.org"}, "nb").language, "en");
  EXPECT_EQ(ask([&](Tx& tx) { return find_contact(tx, first.id); }),
            (desk::Contact{first.id, "Ada", "en", {"ada@example.org"}}));
}

TEST_F(Contacts, mails_without_an_author_are_not_all_one_person) {
  auto const first = meet({"", ""});
  EXPECT_NE(meet({"", ""}).id, first.id);
  EXPECT_THAT(first.addresses, IsEmpty());
}

TEST_F(Contacts, a_visitor_has_no_address) {
  auto const visitor = ask([&](Tx& tx) { return add_visitor(tx, "Ada", "zh-Hant", now); });
  EXPECT_EQ(ask([&](Tx& tx) { return find_contact(tx, visitor.id); }),
            (desk::Contact{visitor.id, "Ada", "zh-Hant", {}}));
  EXPECT_FALSE(ask([](Tx& tx) { return find_contact(tx, desk::ContactId{99}).has_value(); }));
}

}  // namespace
}  // namespace spoc::store
