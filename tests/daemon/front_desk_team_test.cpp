// SPDX-License-Identifier: GPL-3.0-or-later
// Presence, rota, macros and searches at the front desk, over a real database.
#include "desk/phrase.hpp"
#include "store/presence.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::Contains;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class FrontDeskTeam : public tests::DeskRoom {
 protected:
  desk::TicketId incident(std::string const& from, std::string const& subject) {
    return receive(Sketch{.from = from, .subject = subject, .id = subject + "@example.net"}).ticket;
  }
  Sketch to_notice(desk::Letter const& letter, std::string const& from, std::string const& text) {
    Sketch out;
    out.from = from;
    out.to = desk::with_token("support@example.org", letter.token);
    out.subject = "Re: hello";
    out.text = text;
    out.id = "reply" + std::to_string(uid) + "@agents.example";
    out.references = {letter.message_id};
    return out;
  }
  std::string receipt() {
    std::string out;
    desk::Letter const newest = letters(LetterKind::receipt).at(0);
    for (std::string const& line : newest.lines) out += desk::in_english(line) + "\n";
    return out;
  }
};

TEST_F(FrontDeskTeam, AnAbsentAgentsWorkIsOfferedToTheTeamUntilTheyAreBack) {
  desk::TicketId const id = incident("ola@example.net", "Printer");
  receive(answer_by("sam", id, "/take"));
  desk::TicketId const other = incident("eva@example.net", "Scanner");
  receive(answer_by("sam", other, "/away until 2026-03-10"));
  EXPECT_THAT(ask([](store::Tx& tx) { return store::presences(tx); }), SizeIs(1));
  desk::Letter const offer = letter_to("kari", LetterKind::happened);
  ASSERT_THAT(offer.lines, SizeIs(2)) << "the ticket that nobody has is no matter of theirs";
  EXPECT_THAT(offer.lines[1], HasSubstr("Printer"));

  receive(Sketch{.text = "It still smokes.", .id = "w1@example.net", .references = {"Printer@example.net"}});
  desk::Letter const wrote = letter_to("kari", LetterKind::wrote, id);
  receive(to_notice(wrote, "kari@example.org", "/take\nI come at once."));
  EXPECT_EQ(ticket(id).assignee, "kari");
  EXPECT_THAT(letters(LetterKind::answer, id), SizeIs(1));

  now += std::chrono::days{8};  // the tenth has come
  receive(answer_by("sam", other, "/take"));
  receive(Sketch{.from = "eva@example.net",
                 .text = "More.",
                 .id = "w2@example.net",
                 .references = {"Scanner@example.net"}});
  EXPECT_THAT(letters(LetterKind::wrote, other), SizeIs(1)) << "Sam alone: he is back";
}

TEST_F(FrontDeskTeam, InListsWhatWaits) {
  desk::TicketId const id = incident("ola@example.net", "Printer");
  receive(answer_by("sam", id, "/take"));
  receive(answer_by("sam", id, "/out"));
  receive(answer_by("sam", id, "/in"));
  EXPECT_THAT(receipt(),
              HasSubstr("you are in\n#" + std::to_string(desk::number(id)) + " \"Printer\": support+"));
  EXPECT_EQ(ask([](store::Tx& tx) { return store::presences(tx); }).at("sam"), desk::Presence{});
}

TEST_F(FrontDeskTeam, RoundRobinGoesRoundAndSkipsTheAbsent) {
  house.teams[0].assignment = desk::Assignment::round_robin;
  EXPECT_EQ(ticket(incident("a@example.net", "One")).assignee, "kari");
  EXPECT_EQ(ticket(incident("b@example.net", "Two")).assignee, "sam");
  EXPECT_EQ(ticket(incident("c@example.net", "Three")).assignee, "kari");
  desk::TicketId const fourth = incident("d@example.net", "Four");
  EXPECT_EQ(ticket(fourth).assignee, "sam");
  receive(answer_by("sam", fourth, "/out"));
  EXPECT_EQ(ticket(incident("e@example.net", "Five")).assignee, "kari");
  EXPECT_EQ(ticket(incident("f@example.net", "Six")).assignee, "kari") << "Sam is out";
}

TEST_F(FrontDeskTeam, LeastLoadedCountsUnfinishedTicketsAndStickyRemembers) {
  house.teams[0].assignment = desk::Assignment::least_loaded;
  desk::TicketId const first = incident("a@example.net", "One");
  EXPECT_EQ(ticket(first).assignee, "kari");
  EXPECT_EQ(ticket(incident("b@example.net", "Two")).assignee, "sam");
  desk::TicketId const third = incident("c@example.net", "Three");
  EXPECT_EQ(ticket(third).assignee, "kari");
  receive(answer_by("kari", first, "/close"));
  receive(answer_by("kari", third, "/close"));
  EXPECT_EQ(ticket(incident("b@example.net", "Four")).assignee, "kari") << "she has none left";
  house.teams[0].assignment = desk::Assignment::sticky;
  EXPECT_EQ(ticket(incident("c@example.net", "Five")).assignee, "kari") << "although she has as many";
  EXPECT_EQ(ticket(incident("z@example.net", "Six")).assignee, "sam") << "a stranger's goes to the idler one";
}

TEST_F(FrontDeskTeam, FindAsksTheIndexAndTheNumberAndGoesOnThere) {
  desk::TicketId const id = incident("ola@example.net", "Printer");
  desk::TicketId const other = incident("eva@example.net", "Scanner");
  findings = {{desk::number(other), desk::number(other), 99999},
              {{"drum", "A new drum", "en", 0.9, true, false}}};
  receive(answer_by("sam", id, "/find scanner"));
  std::string const said = receipt();
  EXPECT_THAT(said, HasSubstr("\"Scanner\" (new)"));
  EXPECT_EQ(said.find("Scanner"), said.rfind("Scanner")) << "once";
  EXPECT_THAT(said, HasSubstr("/use 1 sends it"));

  Sketch onward;
  onward.from = "sam@example.org";
  auto const at = said.find("support+");
  onward.to = said.substr(at, said.find('\n', at) - at);
  onward.subject = "A mail of its own";
  onward.text = "Please try again.";
  onward.id = "onward@agents.example";
  EXPECT_EQ(receive(onward).ticket, other);
  EXPECT_THAT(letters(LetterKind::answer, other), SizeIs(1));
  receive(answer_by("sam", id, "/use 1"));
  EXPECT_THAT(messages(id).back().reply, HasSubstr("A new drum"));

  findings = {};
  receive(answer_by("sam", id, "/find #" + std::to_string(desk::number(other))));
  EXPECT_THAT(receipt(), HasSubstr("Scanner"));
}

TEST_F(FrontDeskTeam, AMacroMayNameAnotherTicket) {
  desk::TicketId const id = incident("ola@example.net", "Printer");
  desk::TicketId const storm = incident("eva@example.net", "Storm");
  house.macros = {
      {"storm", "", "/link " + std::to_string(desk::number(storm)) + "\n/tag storm\nIt is the storm."}};
  receive(answer_by("sam", id, "/do storm"));
  EXPECT_EQ(ticket(id).related, storm);
  EXPECT_THAT(ticket(id).tags, Contains("storm"));
  EXPECT_THAT(letters(LetterKind::answer, id), SizeIs(1));
}

TEST_F(FrontDeskTeam, AMergeCarriesTheOtherTeams) {
  house.agents.push_back({"eva", "Eva Eksempel", {"eva@example.org"}, "en"});
  house.teams.push_back({"network", {"eva"}});
  house.mailboxes.push_back({"network", {"", "network@example.org"}, {}, "network", "en", true});
  desk::TicketId const first = incident("ola@example.net", "Printer");
  Sketch both{.from = "ada@example.net", .subject = "Net and printer", .id = "both@example.net"};
  desk::TicketId const second = receive(both).ticket;
  desk::Arrival again = arrival(both);
  again.place.mailbox = "network";
  again.hash = "another way";
  receive(again);
  ASSERT_THAT(ticket(second).other_teams, SizeIs(1));
  receive(answer_by("sam", second, "/merge " + std::to_string(desk::number(first))));
  EXPECT_THAT(ticket(first).other_teams, testing::ElementsAre("network"));
  EXPECT_THAT(receipt(), HasSubstr("team network hears of it"));
  receive(Sketch{.text = "And now?", .id = "w3@example.net", .references = {"Printer@example.net"}});
  EXPECT_EQ(letter_to("eva", LetterKind::wrote, first).agent, "eva");
}

}  // namespace
}  // namespace spoc::daemon
