// SPDX-License-Identifier: GPL-3.0-or-later
// The book of contacts: looked up by anything, kept, merged.
#include "store/contact_book.hpp"

#include "desk_fixture.hpp"
#include "store/contact_addresses.hpp"
#include "store/contact_pages.hpp"
#include "store/contact_rows.hpp"

namespace spoc::store {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class ContactBook : public Desk {
 protected:
  desk::Contact keep(desk::Contact contact, std::string const& address = "") {
    return ask([&](Tx& tx) {
      keep_contact(tx, contact, now);
      if (!address.empty()) add_address(tx, contact.id, address);
      return *find_contact(tx, contact.id);
    });
  }
  desk::Contact named(std::string const& name, std::vector<std::string> const& phones = {}) {
    desk::Contact contact;
    contact.name = name;
    contact.phones = phones;
    return contact;
  }
  std::vector<std::int64_t> meant(desk::Call const& call) {
    return ask([&](Tx& tx) {
      std::vector<std::int64_t> ids;
      for (auto const& one : contacts_meant(tx, call)) ids.push_back(desk::number(one.id));
      return ids;
    });
  }
  std::optional<desk::Contact> found(desk::ContactId id) {
    return ask([&](Tx& tx) { return find_contact(tx, id); });
  }
};

TEST_F(ContactBook, keeps_all_that_is_known) {
  desk::Contact contact = named("Ola", {"+47 22 33 44 55", "104"});
  contact.language = "nb";
  contact.organisation = "Example Ltd";
  contact.site = "Harbour";
  contact.notes = "two\nlines";
  contact.equipment = {"Laptop 7"};
  contact.vip = true;
  contact.external_id = "e7";
  desk::Contact const kept = keep(contact, "ola@example.net");
  contact.id = kept.id;
  contact.addresses = {"ola@example.net"};
  EXPECT_EQ(kept, contact);
  EXPECT_EQ(ask([](Tx& tx) { return contact_with_key(tx, "e7"); }), kept.id);
}

TEST_F(ContactBook, a_caller_is_found_by_address_number_and_name) {
  auto const ola = desk::number(keep(named("Ola Testmann", {"+47 22 33 44 55"}), "ola@example.net").id);
  auto const per = desk::number(keep(named("Per Testmann", {"0047 22334455"})).id);
  EXPECT_THAT(meant({.address = "ola@example.net"}), ElementsAre(ola));
  EXPECT_THAT(meant({.phone = "22334455"}), ElementsAre(ola, per));
  EXPECT_THAT(meant({.name = "per", .phone = "22334455"}), ElementsAre(per));
  EXPECT_THAT(meant({.name = "nobody", .phone = "22334455"}), ElementsAre(ola, per));
  EXPECT_THAT(meant({.name = "testmann OLA"}), ElementsAre(ola));
  EXPECT_THAT(meant({.name = "test"}), IsEmpty()) << "words are whole";
  EXPECT_THAT(meant({.name = "ola", .phone = "99887766"}), ElementsAre(ola))
      << "a new number of somebody known";
  EXPECT_THAT(meant({.name = "ola", .address = "else@example.net"}), IsEmpty());
}

TEST_F(ContactBook, names_are_found_by_folded_words_and_follow_every_change) {
  auto ase = keep(named("\u00c5se Testmann, \u00d8st"));
  EXPECT_THAT(meant({.name = "\u00e5SE \u00f8st"}), ElementsAre(desk::number(ase.id)));
  ase.name = "Liv Testmann";
  keep(ase);
  EXPECT_THAT(meant({.name = "\u00e5se"}), IsEmpty());
  EXPECT_THAT(meant({.name = "testmann liv"}), ElementsAre(desk::number(ase.id)));
  auto const writes = [&](std::string const& name) {
    return ask([&](Tx& tx) { return find_or_add_contact(tx, {name, "bo@example.net"}, "", now); }).id;
  };
  auto const bo = writes("");
  EXPECT_THAT(meant({.name = "bo"}), IsEmpty());
  writes("Bo Testmann");
  EXPECT_THAT(meant({.name = "bo"}), ElementsAre(desk::number(bo)));
  EXPECT_THAT(meant({.name = "testmann"}), ElementsAre(desk::number(ase.id), desk::number(bo)));
  write([&](Tx& tx) { merge_contacts(tx, ase.id, bo, "token:crm", now); });
  EXPECT_THAT(meant({.name = "bo"}), IsEmpty());
  EXPECT_THAT(meant({.name = "testmann"}), ElementsAre(desk::number(ase.id)));
}

TEST_F(ContactBook, a_name_of_a_thousand_words_does_no_harm) {
  std::string name;
  for (int i = 0; i < 1000; ++i) name += "word" + std::to_string(i) + " ";
  keep(named(name + std::string(1000, 'x')));
  EXPECT_EQ(rows("contact_word"), 20);
  EXPECT_THAT(meant({.name = name + "else"}), IsEmpty());
  EXPECT_THAT(meant({.name = std::string(1000, 'x')}), IsEmpty());
  EXPECT_THAT(meant({.name = "word3 word7 word0 word1 word2 word4 word5"}), testing::SizeIs(1));
  EXPECT_THAT(meant({.name = "word3 word7 word0 word1 word2 word4 other"}), IsEmpty());
}

TEST_F(ContactBook, merging_moves_everything_and_the_number_leads_on) {
  auto const into = keep(named("", {"104"}), "ola@example.net").id;
  desk::Contact second = named("Ola", {"22334455"});
  second.site = "Harbour";
  second.external_id = "e7";
  auto const other = keep(second, "ola@example.com").id;
  auto const ticket = arrive({.from = "ola@example.com"}).ticket;
  write([&](Tx& tx) { merge_contacts(tx, into, other, "token:crm", now); });
  auto const kept = *found(into);
  EXPECT_THAT(kept.addresses, ElementsAre("ola@example.net", "ola@example.com"));
  EXPECT_THAT(kept.phones, ElementsAre("104", "22334455"));
  EXPECT_EQ(kept.name + kept.site + kept.external_id, "OlaHarboure7");
  EXPECT_EQ(ask([&](Tx& tx) { return find_ticket(tx, ticket); })->requester, into);
  EXPECT_EQ(ask([&](Tx& tx) { return resolve_contact(tx, other); }), into);
  auto const told = ask([&](Tx& tx) { return trail_of(tx, ticket); }).back();
  EXPECT_EQ(told.who + " " + told.what, "token:crm requester");
  EXPECT_THAT(ask([](Tx& tx) { return list_contacts(tx, {"", {}, 100, true}); }).size(), 1U);
}

/// What give_address or take_address says against it; "" where it is done.
template <class Step>
std::string refused(Tx& tx, Step const& step) {
  try {
    step(tx);
  } catch (Fault const& fault) {
    return fault.error.what;
  }
  return "";
}

TEST_F(ContactBook, addresses_are_given_and_taken) {
  desk::Contact ola = keep(named("Ola"), "ola@example.net");
  keep(named("Ada"), "ada@example.net");
  desk::House house;
  house.agents = {{"kari", "Kari", {"kari@example.org"}, "nb"}};
  write([&](Tx& tx) {
    auto const give = [&](std::string const& address) {
      return refused(tx, [&](Tx& inside) { give_address(inside, house, ola, address); });
    };
    auto const take = [&](std::string const& address) {
      return refused(tx, [&](Tx& inside) { take_address(inside, ola, address); });
    };
    EXPECT_THAT(take("ola@example.net"), testing::HasSubstr("is the last address of contact 1"));
    EXPECT_EQ(give("Ola@Example.com"), "");
    EXPECT_EQ(give("ola@example.com"), "") << "once more changes nothing";
    EXPECT_EQ(give("third@example.com"), "");
    EXPECT_THAT(give("nowhere"), testing::HasSubstr("is no mail address"));
    EXPECT_THAT(give("kari@example.org"), testing::HasSubstr("is an agent's address"));
    EXPECT_THAT(give("ada@example.net"), testing::HasSubstr("belongs to contact 2"));
    EXPECT_THAT(take("ada@example.net"), testing::HasSubstr("has no address"));
    EXPECT_EQ(take("OLA@example.net"), "");
    EXPECT_EQ(find_contact(tx, ola.id)->addresses, ola.addresses);
    EXPECT_EQ(give("fourth@example.com"), "");
    EXPECT_THAT(find_contact(tx, ola.id)->addresses,
                ElementsAre("ola@example.com", "third@example.com", "fourth@example.com"))
        << "the order stays, and the first is written to";
    EXPECT_NE(find_or_add_contact(tx, {"", "ola@example.net"}, "", now).id, ola.id);
  });
}

TEST_F(ContactBook, counts_tickets_of_a_requester) {
  auto const ticket = arrive().ticket;
  auto const requester = ask([&](Tx& tx) { return find_ticket(tx, ticket); })->requester;
  auto const counted = ask([&](Tx& tx) { return count_tickets_of(tx, requester); });
  EXPECT_EQ(counted.all, 1);
  EXPECT_EQ(counted.unfinished, 1);
}

TEST_F(ContactBook, the_size_of_an_attachment_is_known_without_its_bytes) {
  desk::Attachment file{"a.bin", "application/octet-stream", std::string(100'000, 'x'), "sha-of-it"};
  auto const message = arrive({.attachments = {file}}).messages.at(0).id;
  auto const counted = ask([&](Tx& tx) { return find_message(tx, message, Contents::counted); });
  EXPECT_EQ(counted->attachments.at(0).content.string(), "");
  EXPECT_EQ(counted->attachments.at(0).size(), 100'000U);
}

}  // namespace
}  // namespace spoc::store
