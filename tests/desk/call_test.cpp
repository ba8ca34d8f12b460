// SPDX-License-Identifier: GPL-3.0-or-later
// Agents' notes of phone calls: who called, and what becomes of the note.
#include "desk/call.hpp"

#include "desk/phrase.hpp"
#include "desk/rules.hpp"
#include "tests/desk/house.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace spoc::desk {
namespace {

using namespace tests;
using testing::HasSubstr;
using testing::Not;

struct Note {
  char const* name;
  char const* subject;
  char const* text;
  char const*
      expect;  ///< "name|address|phone|subject|words" of the likeliest reading, "!" before what is certain
};

std::string shown(std::vector<Call> const& calls) {
  if (calls.empty()) return "";
  Call const& call = calls.front();
  return std::string{call.certain ? "!" : ""} + call.name + "|" + call.address + "|" + call.phone + "|" +
         call.subject + "|" + call.words;
}

class CallNote : public testing::TestWithParam<Note> {};

TEST_P(CallNote, IsReadInItsLikeliestWay) {
  EXPECT_EQ(shown(calls_in(mail_from("sam@example.org", GetParam().subject, GetParam().text))),
            GetParam().expect);
}

INSTANTIATE_TEST_SUITE_P(
    Table, CallNote,
    testing::Values(
        Note{"number_first", "Printer", "+47 22 33 44 55\nIt smokes.",
             "!||+47 22 33 44 55|Printer|It smokes."},
        Note{"name_and_number", "Printer", "Ola Testmann, 22334455\n\nIt smokes.",
             "!Ola Testmann||22334455|Printer|It smokes."},
        Note{"address", "Printer", "<Ola@Example.net>\nIt smokes.", "!|ola@example.net||Printer|It smokes."},
        Note{"label", "Printer", "Caller: Ola Testmann\nIt smokes.", "!Ola Testmann|||Printer|It smokes."},
        Note{"norwegian_label", "Skriver", "Innringer: Ola\nDen ryker.", "!Ola|||Skriver|Den ryker."},
        Note{"chinese_label", "打印机", "来电：王小明\n冒烟了。", "!王小明|||打印机|冒烟了。"},
        Note{"chinese_comma", "打印机", "王小明，139 0013 8000\n冒烟了。",
             "!王小明||139 0013 8000|打印机|冒烟了。"},
        Note{"chinese_close", "打印机", "王小明13900138000\n冒烟了。",
             "!王小明||13900138000|打印机|冒烟了。"},
        Note{"chinese_brackets", "打印机", "王小明（wang@example.net）\n冒烟了。",
             "!王小明|wang@example.net||打印机|冒烟了。"},
        Note{"full_width_digits", "打印机", "１３９００１３８０００\n冒烟了。",
             "!||13900138000|打印机|冒烟了。"},
        Note{"commands_first", "Printer", "/kind request\n22334455\nIt smokes.",
             "!||22334455|Printer|/kind request\nIt smokes."},
        Note{"extension", "Printer", "104\nIt smokes.", "!||104|Printer|It smokes."},
        Note{"in_subject", "Printer smokes +47 22 33 44 55", "It is the blue one.",
             "!||+47 22 33 44 55|Printer smokes|It is the blue one."},
        Note{"label_in_subject", "Call from: 22334455", "The printer smokes.",
             "!||22334455||The printer smokes."},
        Note{"bare_name", "Printer", "Ola Testmann\nIt smokes.", "Ola Testmann|||Printer|It smokes."},
        Note{"name_in_subject", "Ola Testmann: printer", "It smokes since noon.",
             "Ola Testmann|||printer|It smokes since noon."},
        Note{"sentence", "The printer smokes, says somebody from floor two", "It smokes since noon.", ""},
        Note{"number_in_a_sentence", "It smokes since noon, who knows",
             "The printer that has the number 22334455 on its side smokes since noon today.", ""}),
    [](auto const& row) { return row.param.name; });

class PlanCall : public testing::Test {
 protected:
  PlanCall() : known{known_in(desk)} {
    desk.call_address = "help@example.org";
    known.author.agent = &desk.agents[1];
    known.author.address = {"Sam Example", "sam@example.org"};
    ola.id = ContactId{7};
    ola.name = "Ola Testmann";
    ola.addresses = {"ola@example.net"};
    ola.phones = {"22334455"};
    ola.organisation = "Example Ltd";
  }
  Plan called(std::string const& words = "It smokes.") {
    Mail mail = mail_from("sam@example.org", "Printer", "22334455\n" + words);
    Arrival arrival = arrival_of(mail);
    arrival.suggestions = suggestions;
    if (!known.call) known.call = Call{"", "", "22334455", {}, true, false, "Printer", words};
    if (known.callers.size() == 1) known.contact = known.callers.front();
    return plan_call(arrival, known);
  }
  static std::string receipt(Plan const& plan) {
    std::string out;
    for (Letter const& letter : letters(plan, LetterKind::receipt))
      for (std::string const& line : letter.lines) out += in_english(line) + "\n";
    return out;
  }
  House desk = house();
  Known known;
  Contact ola;
  std::vector<Suggestion> suggestions;
};

TEST_F(PlanCall, SaysWhatWasFound) {
  known.callers = {ola};
  suggestions = {{"toner", "Toner", "nb", 0.4, false, false}, {"inside", "Inside", "en", 0.9, true, true}};
  known.similar = {{TicketId{17}, "Smoke", "kari", "Take the lid off."}};
  Plan const plan = called();
  ASSERT_NE(change<Offered>(plan), nullptr);
  EXPECT_EQ(change<Offered>(plan)->articles, suggestions);
  EXPECT_EQ(letters(plan, LetterKind::opened).at(0).articles, suggestions);
  EXPECT_THAT(receipt(plan), HasSubstr("article \"Toner\": /use 1 sends it"));
  EXPECT_THAT(receipt(plan), HasSubstr("article \"Inside\", internal"));
  EXPECT_THAT(receipt(plan), HasSubstr("similar and solved: #17"));
  known.call.reset();
  EXPECT_THAT(receipt(called("/close\nIt smokes.")), Not(HasSubstr("/use 1"))) << "it is over";
}

TEST_F(PlanCall, BecomesTheCallersTicket) {
  known.callers = {ola};
  Plan const plan = called("/kind request\n/priority P1\nIt smokes.");
  ASSERT_TRUE(plan.open);
  EXPECT_EQ(plan.open->requester, ContactId{7});
  EXPECT_EQ(plan.open->requester_address.address, "ola@example.net");
  EXPECT_EQ(plan.open->channel, Channel::phone);
  EXPECT_EQ(plan.messages.at(0).reply, "It smokes.");
  EXPECT_EQ(plan.messages.at(0).kind, MessageKind::inbound);
  EXPECT_EQ(change<SetKind>(plan)->kind, TicketKind::request);
  EXPECT_EQ(letters(plan, LetterKind::acknowledgement).size(), 1U);
  ASSERT_EQ(letters(plan, LetterKind::opened).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::opened)[0].agent, "kari") << "Sam has the receipt";
  EXPECT_THAT(receipt(plan), HasSubstr("ticket #1001 is Ola Testmann <ola@example.net>'s, who called"));
}

TEST_F(PlanCall, IsPlacedAsAMailWouldBe) {
  Category printers;
  printers.path = "printers";
  printers.words = {"smokes"};
  printers.teams = {"paper", "ink"};
  printers.urgency = Level::high;
  desk.categories = {printers};
  desk.sites = {{"mill", {}}};
  desk.teams.push_back({"paper", {"sam"}});
  desk.teams.push_back({"ink", {"kari"}});
  desk.teams.back().sites = {"mill"};
  ola.site = "Mill";
  known.callers = {ola};
  Plan const plan = called();
  EXPECT_EQ(plan.open->category, "printers");
  EXPECT_EQ(plan.open->urgency, Level::high);
  EXPECT_EQ(plan.open->team, "ink") << "where the caller sits";
  EXPECT_TRUE(trailed(plan, "routed"));
  ASSERT_EQ(letters(plan, LetterKind::opened).size(), 1U);
  EXPECT_EQ(letters(plan, LetterKind::opened)[0].agent, "kari");
  desk.mailboxes[0].team = "";
  desk.mailboxes[0].teams = {"paper", "ink"};
  desk.categories.clear();
  EXPECT_EQ(called().open->team, "ink") << "a mailbox with several teams";
}

TEST_F(PlanCall, GoesToOneInTurnUnlessTheNoteSaysWhose) {
  desk.teams[0].assignment = Assignment::round_robin;
  known.callers = {ola};
  auto const ruled = [&](std::string const& words) {
    known.call.reset();
    Plan plan = called(words);
    apply_rules(plan, arrival_of(mail_from("sam@example.org", "Printer", words)), known);
    return plan;
  };
  known.rota.last["first line"] = "sam";
  Plan const kari = ruled("It smokes.");
  EXPECT_EQ(kari.open->assignee, "kari");
  ASSERT_EQ(letters(kari, LetterKind::opened).size(), 1U);
  known.rota.last["first line"] = "kari";
  Plan const own = ruled("It smokes.");
  EXPECT_EQ(own.open->assignee, "sam");
  EXPECT_TRUE(letters(own, LetterKind::opened).empty()) << "Sam has the receipt";
  Plan const taken = ruled("/assign kari\nIt smokes.");
  EXPECT_EQ(change<SetAssignee>(taken)->handle, "kari");
  EXPECT_EQ(change<SetTurn>(taken), nullptr);
  EXPECT_EQ(change<SetTurn>(ruled("/resolve\nSwitched it off and on.")), nullptr) << "nothing is left to do";
}

TEST_F(PlanCall, WithoutAnAddressNobodyIsAcknowledged) {
  ola.addresses.clear();
  known.callers = {ola};
  Plan const plan = called();
  EXPECT_TRUE(letters(plan, LetterKind::acknowledgement).empty());
  EXPECT_TRUE(plan.open->participants.empty());
}

TEST_F(PlanCall, OneThatWasSolvedOnThePhoneWakesNobody) {
  known.callers = {ola};
  Plan const plan = called("/resolve\nSwitched it off and on.");
  EXPECT_EQ(letters(plan, LetterKind::resolved).size(), 1U);
  EXPECT_TRUE(letters(plan, LetterKind::opened).empty());
  EXPECT_TRUE(letters(plan, LetterKind::acknowledgement).empty());
}

TEST_F(PlanCall, SeveralWhoMayBeMeantAreListed) {
  Contact other = ola;
  other.id = ContactId{9};
  other.addresses.clear();
  other.name = "Ola Example";
  known.callers = {ola, other};
  Plan const plan = called();
  EXPECT_EQ(plan.open->requester, ContactId{1}) << "whoever is known as the author: the agent";
  EXPECT_TRUE(letters(plan, LetterKind::acknowledgement).empty());
  std::string const lines = receipt(plan);
  EXPECT_THAT(lines, HasSubstr("7: Ola Testmann <ola@example.net>, Example Ltd, 22334455"));
  EXPECT_THAT(lines, HasSubstr("9: Ola Example"));
}

TEST_F(PlanCall, OneWhoIsNotSaidIsAskedFor) {
  known.call = Call{"The printer", "", "", {}, false, false, "Printer", "It smokes."};
  Plan const plan = called();
  EXPECT_THAT(receipt(plan), HasSubstr("does not say who called"));
  EXPECT_EQ(plan.messages.at(0).reply, "It smokes.") << "nothing of it is lost";
}

TEST_F(PlanCall, CommandsThatCantBeCarriedOutAreNamedAndLoseNothing) {
  known.callers = {ola};
  for (std::string const wrong : {"/clsoe", "/merge 12", "/assign nobody"}) {
    Plan const plan = called("/priority P1\n" + wrong + "\nIt smokes.");
    known.call.reset();
    EXPECT_THAT(receipt(plan), HasSubstr("its commands were not carried out")) << wrong;
    EXPECT_EQ(change<SetPriority>(plan), nullptr) << wrong;
    EXPECT_EQ(plan.messages.at(0).reply, "It smokes.") << wrong;
  }
}

TEST_F(PlanCall, OnlyAgentsMailsToTheCallAddressAreNotes) {
  Mail mail = mail_from("sam@example.org", "Printer", "22334455");
  EXPECT_FALSE(is_call_note(mail, desk)) << "to another address";
  mail.to = {{"", "Help@example.org"}};
  EXPECT_TRUE(is_call_note(mail, desk));
  mail.from.front().address = "ola@example.net";
  EXPECT_FALSE(is_call_note(mail, desk));
  desk.call_address.clear();
  mail.from.front().address = "sam@example.org";
  EXPECT_FALSE(is_call_note(mail, desk));
}

}  // namespace
}  // namespace spoc::desk
