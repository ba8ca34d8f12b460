// SPDX-License-Identifier: GPL-3.0-or-later
// Lists and directories taken into the book of contacts: nothing twice, nothing stolen, nothing half.
#include "daemon/roster.hpp"

#include "daemon/directory.hpp"
#include "store/contact_book.hpp"
#include "store/contact_rows.hpp"
#include "store/contacts.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

desk::Card card(std::string const& where, std::vector<std::string> addresses, std::string const& name = "",
                std::string const& key = "") {
  desk::Card out;
  out.where = where;
  out.addresses = std::move(addresses);
  out.external_id = key;
  if (!name.empty()) out.name = name;
  return out;
}

class RosterRoom : public DeskRoom {
 protected:
  RosterRoom() { order.who = "operator"; }
  /// "line 2 added", ... and what was refused or told with its words.
  std::string take(std::vector<desk::Card> const& cards) {
    order.now = now;
    auto const report = take_cards(db, house, cards, order);
    if (!report) return report.error().what;
    return shown(*report);
  }
  static std::string shown(RosterReport const& report) {
    std::string out;
    for (RosterLine const& one : report.lines) {
      bool const words = one.fate == RosterLine::Fate::refused || one.fate == RosterLine::Fate::told ||
                         one.fate == RosterLine::Fate::changed;
      out += one.where + " " + std::string{name(one.fate)} + (words ? ": " + one.words : "") + "\n";
    }
    return out;
  }
  std::string mark(std::vector<std::string> const& keys) {
    RosterReport report;
    auto const done = db.write("mark", [&](store::Tx& tx) {
      Roster{tx, house, order, report}.mark_gone(keys);
    });
    return done ? shown(report) : done.error().what;
  }
  desk::Contact at(std::string const& address) {
    return ask([&](store::Tx& tx) {
      auto const id = store::contact_at(tx, address);
      return id ? *store::find_contact(tx, *id) : desk::Contact{};
    });
  }
  RosterOrder order;
};

TEST_F(RosterRoom, ASecondImportChangesNothing) {
  auto ola = card("line 2", {"ola@example.net", "ola@example.com"}, "Ola Testmann");
  ola.phones = {"22334455"};
  ola.vip = true;
  EXPECT_EQ(take({ola}), "line 2 added\n");
  EXPECT_EQ(take({ola}), "line 2 left\n");
  ola.site = "Harbour";
  EXPECT_EQ(take({ola}), "line 2 changed: Ola Testmann <ola@example.net>: site\n");
  EXPECT_THAT(at("ola@example.com").addresses, ElementsAre("ola@example.net", "ola@example.com"));
}

TEST_F(RosterRoom, WhoeverHasWrittenIsTheSamePerson) {
  desk::TicketId const ticket = receive(Sketch{}).ticket;
  EXPECT_EQ(take({card("line 2", {"ola@example.net"}, "Ola T. Testmann")}),
            "line 2 changed: Ola T. Testmann <ola@example.net>: name\n");
  EXPECT_EQ(this->ticket(ticket).requester, at("ola@example.net").id);
}

TEST_F(RosterRoom, AddressesOfOthersAreNotStolen) {
  take({card("line 2", {"ola@example.net"}, "Ola", "e1"), card("line 3", {"eva@example.net"}, "Eva", "e2")});
  EXPECT_THAT(take({card("line 2", {"ola@example.net", "eva@example.net"}, "Ola", "e1")}),
              HasSubstr("line 2 told: eva@example.net is left with contact 2 (Eva <eva@example.net>)"));
  EXPECT_THAT(take({card("line 2", {"ola@example.net", "eva@example.net"})}),
              HasSubstr("line 2 refused: its addresses belong to several contacts"));
  EXPECT_THAT(take({card("line 2", {"eva@example.net"}, "Eva", "e9")}), HasSubstr("whose id is \"e2\""));
  EXPECT_EQ(at("eva@example.net").name, "Eva");
}

TEST_F(RosterRoom, AgentsAndTheDeskAreRefused) {
  EXPECT_EQ(take({card("line 2", {"kari@example.org"}), card("line 3", {"support@example.org"}),
                  card("line 4", {"ola@example.net"})}),
            "line 2 refused: kari@example.org is an agent's address\n"
            "line 3 refused: support@example.org is the desk's own address\n"
            "line 4 added\n");
}

TEST_F(RosterRoom, APersonStandsInAListOnce) {
  EXPECT_EQ(take({card("line 2", {"ola@example.net"}, "Ola"), card("line 3", {"ola@example.net"}, "Olaf")}),
            "line 2 added\n"
            "line 3 refused: speaks of the same person as line 2 (address ola@example.net)\n");
  EXPECT_EQ(at("ola@example.net").name, "Ola");
}

TEST_F(RosterRoom, ALookWritesNothing) {
  order.look_only = true;
  EXPECT_EQ(take({card("line 2", {"ola@example.net"}, "Ola")}), "line 2 added\n");
  EXPECT_EQ(at("ola@example.net").id, desk::ContactId{});
}

TEST_F(RosterRoom, WhoIsGoneFromTheDirectoryIsMarkedAndComesBack) {
  order.directory = true;
  std::vector<desk::Card> const all{card("uid=a", {"a@example.net"}, "A", "1"),
                                    card("uid=b", {"b@example.net"}, "B", "2"),
                                    card("uid=c", {"c@example.net"}, "C", "3")};
  take(all);
  EXPECT_EQ(mark({"1", "2"}), "3 gone\n");
  EXPECT_TRUE(at("c@example.net").gone);
  EXPECT_EQ(mark({"1", "2"}), "") << "once";
  EXPECT_THAT(mark({}), HasSubstr("nobody is marked"));
  EXPECT_FALSE(at("a@example.net").gone) << "an empty answer is a wrong search";
  EXPECT_THAT(take(all), HasSubstr("uid=c back"));
  EXPECT_FALSE(at("c@example.net").gone);
}

TEST(DirectoryCards, AreMadeByTheAttributes) {
  DirectoryAttributes const names{
      {"entryUUID"}, {"displayName", "cn"}, {"mail"},  {"telephoneNumber", "mobile"}, {"o"},
      {"l"},         {"preferredLanguage"}, {"device"}};
  channels::DirectoryEntry entry;
  entry.dn = "uid=ola";
  entry.values = {{"entryuuid", {"u-1"}},
                  {"cn", {"Ola Testmann", "Ola"}},
                  {"mail", {"Ola@Example.net", "broken", "ola@example.com"}},
                  {"telephonenumber", {"+47 22 33 44 55"}},
                  {"mobile", {"99887766"}},
                  {"l", {"Harbour"}},
                  {"preferredlanguage", {"de;q=0.9, nb-NO;q=0.8"}}};
  channels::DirectoryEntry const nobody{"cn=printer", {{"cn", {"Printer"}}}};
  auto const cards = cards_of({entry, nobody}, names);
  ASSERT_EQ(cards.size(), 1U);
  EXPECT_EQ(cards[0].external_id, "u-1");
  EXPECT_EQ(cards[0].name, "Ola Testmann");
  EXPECT_THAT(cards[0].addresses, ElementsAre("ola@example.net", "ola@example.com"));
  EXPECT_THAT(cards[0].phones, ElementsAre("+47 22 33 44 55", "99887766"));
  EXPECT_EQ(cards[0].site, "Harbour");
  EXPECT_EQ(cards[0].language, "nb");
  EXPECT_EQ(cards[0].organisation, std::nullopt);
  EXPECT_THAT(cards[0].silent, ElementsAre("organisation", "equipment"));
}

TEST_F(RosterRoom, WhatTheDirectoryGivesNoMoreIsTakenOutAndNothingElse) {
  order.directory = true;
  desk::Card full = card("uid=ola", {"ola@example.net"}, "Ola", "k1");
  full.site = "Mill";
  full.phones = {"22334455", "22334466"};
  full.equipment = std::vector<std::string>{"PC 7"};
  take({full});
  auto const done = db.write("a person's entries", [&](store::Tx& tx) {
    auto ola = *store::find_contact(tx, *store::contact_at(tx, "ola@example.net"));
    ola.phones.push_back("99887766");
    ola.equipment.push_back("Screen 3");
    ola.notes = "Left-handed";
    store::keep_contact(tx, ola, now);
  });
  ASSERT_TRUE(done);
  desk::Card fewer = card("uid=ola", {"ola@example.net"}, "Ola", "k1");
  fewer.phones = {"22334455"};
  fewer.silent = {"site", "equipment"};
  take({fewer});
  EXPECT_EQ(at("ola@example.net").site, "");
  EXPECT_THAT(at("ola@example.net").phones, ElementsAre("22334455", "99887766"));
  EXPECT_THAT(at("ola@example.net").equipment, ElementsAre("Screen 3"));
  fewer.phones.clear();
  fewer.silent = {"site", "equipment", "phones"};
  take({fewer});
  EXPECT_THAT(at("ola@example.net").phones, ElementsAre("99887766"));
  EXPECT_EQ(at("ola@example.net").notes, "Left-handed");
}

TEST_F(RosterRoom, WhatAPersonEnteredInItsPlaceStays) {
  order.directory = true;
  desk::Card full = card("uid=ola", {"ola@example.net"}, "Ola", "k1");
  full.site = "Mill";
  take({full});
  auto const done = db.write("a person's entry", [&](store::Tx& tx) {
    auto ola = *store::find_contact(tx, *store::contact_at(tx, "ola@example.net"));
    ola.site = "Harbour";
    store::keep_contact(tx, ola, now);
  });
  ASSERT_TRUE(done);
  desk::Card none = card("uid=ola", {"ola@example.net"}, "Ola", "k1");
  none.silent = {"site"};
  EXPECT_EQ(take({none}), "uid=ola left\n");
  EXPECT_EQ(at("ola@example.net").site, "Harbour");
  desk::Card unasked = card("uid=ola", {"ola@example.net"}, "Ola", "k1");
  EXPECT_EQ(take({unasked}), "uid=ola left\n") << "what is not asked for is no news";
}

}  // namespace
}  // namespace spoc::daemon::tests
