// SPDX-License-Identifier: GPL-3.0-or-later
// Mistyped, forged, late, double and conflicting command mails: what goes in, and what each person receives.
#include "store/acted_mails.hpp"
#include "store/presence.hpp"
#include "store/reminders.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using tests::Sketch;

/// Who answers which notice with which words. Empty `notice`: the notice of the new ticket to `from`.
struct Step {
  std::string from, words;
  std::string notice = "";  ///< whose notice is answered, where it is another's
  int times = 1;            ///< the same mail comes so often
  int hours = 0;            ///< later
};

struct Row {
  std::string name;
  std::vector<Step> steps;
  std::string sam, kari, ola, stranger;  ///< kinds of letters, oldest first, behind those of the new ticket
  std::string ticket;                    ///< status, assignee and priority at the end
};
void PrintTo(Row const& row, std::ostream* out) { *out << row.name; }

class CommandMails : public tests::DeskRoom, public testing::WithParamInterface<Row> {
 protected:
  CommandMails() {
    house.teams = {{"first line", {"sam", "kari"}, "1", "second line"}, {"second line", {"kari"}}};
  }

  std::string received(std::string const& address, std::size_t before) {
    std::string out;
    auto all = ask([](store::Tx& tx) { return store::list_letters(tx, {{}, {}, 1000}); });
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
    for (std::size_t i = before; i < all.size(); ++i)
      if (all[i].to.address == address && all[i].state != desk::LetterState::cancelled)
        out += (out.empty() ? "" : " ") + std::string{desk::name(all[i].kind)};
    return out;
  }
  void take(Step const& step, desk::TicketId id) {
    now += std::chrono::hours{step.hours} + std::chrono::minutes{1};
    std::string const owner = step.notice.empty() ? step.from : step.notice;
    Sketch mail = answer_by(owner, id, step.words);
    // What the client quotes of the notice, as it stands at its end.
    std::string const token = letter_to(owner, desk::LetterKind::opened, id).token;
    if (auto const at = mail.text.find("{token}"); at != std::string::npos) mail.text.replace(at, 7, token);
    mail.from = step.from.find('@') == std::string::npos ? step.from + "@example.org" : step.from;
    for (int i = 0; i < step.times; ++i) receive(mail);
  }
};

TEST_P(CommandMails, ReachWhomTheyShould) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  auto const before = ask([](store::Tx& tx) { return store::list_letters(tx, {{}, {}, 1000}); }).size();
  for (Step const& step : GetParam().steps) take(step, id);
  EXPECT_EQ(received("sam@example.org", before), GetParam().sam);
  EXPECT_EQ(received("kari@example.org", before), GetParam().kari);
  EXPECT_EQ(received("ola@example.net", before), GetParam().ola);
  EXPECT_EQ(received("mallory@example.com", before), GetParam().stranger);
  desk::Ticket const end = ticket(id);
  EXPECT_EQ(
      std::string{desk::name(end.status)} + " " + end.assignee + " " + std::string{desk::name(end.priority)},
      GetParam().ticket);
}

// Mistyped.
INSTANTIATE_TEST_SUITE_P(
    Mistyped, CommandMails,
    testing::Values(
        Row{"UnknownWord", {{"sam", "/clsoe\nIt is done."}}, "refusal", "", "", "", "new  P3"},
        Row{"OneOfThree", {{"sam", "/take\n/priority P1\n/clsoe"}}, "refusal", "", "", "", "new  P3"},
        Row{"NoSuchPriority", {{"sam", "/priority high"}}, "refusal", "", "", "", "new  P3"},
        Row{"NobodyOfThatName", {{"sam", "/assign otto"}}, "refusal", "", "", "", "new  P3"},
        Row{"NoSuchArticle", {{"sam", "/use 7\nHello"}}, "refusal", "", "", "", "new  P3"},
        Row{"WordsBehindIt", {{"sam", "/close because it is done"}}, "refusal", "", "", "", "new  P3"},
        Row{"NoSuchDay", {{"sam", "/away until never"}}, "refusal", "", "", "", "new  P3"},
        Row{"NoSuchTicket", {{"sam", "/merge 999"}}, "refusal", "", "", "", "new  P3"},
        Row{"NoSuchMacro", {{"sam", "/do magic"}}, "refusal", "", "", "", "new  P3"},
        Row{"EmptyNote", {{"sam", "/note"}}, "refusal", "", "", "", "new  P3"},
        Row{"NothingButTheQuotedNotice",
            {{"sam", "\nOn Mon, 2 Mar 2026, Service desk wrote:\n> It smokes.\n> Ref: {token}\n"}},
            "refusal",
            "",
            "",
            "",
            "new  P3"},
        Row{"AskWithTheNotice",
            {{"sam", "/ask help@example.com\nIs it yours?\n> Ref: {token}\nor not?"}},
            "refusal",
            "",
            "",
            "",
            "new  P3"},
        Row{"APathFurtherDown",
            {{"sam", "Look here:\n/etc/hosts is empty"}},
            "",
            "",
            "answer",
            "",
            "open sam P3"}),
    [](auto const& row) { return row.param.name; });

// Forged: the owner of the notice is told, the forger is not.
INSTANTIATE_TEST_SUITE_P(
    Forged, CommandMails,
    testing::Values(Row{"StrangerWithTheToken",
                        {{"mallory@example.com", "/close", "sam"}},
                        "refusal",
                        "",
                        "",
                        "",
                        "new  P3"},
                    Row{"StrangerWithWords",
                        {{"mallory@example.com", "Pay here.", "sam"}},
                        "refusal",
                        "",
                        "",
                        "",
                        "new  P3"},
                    Row{"ColleaguesNotice", {{"kari", "/close", "sam"}}, "", "refusal", "", "", "new  P3"},
                    Row{"TwoAuthors",
                        {{"sam@example.org, mallory@example.com", "/close", "sam"}},
                        "refusal",
                        "",
                        "",
                        "",
                        "new  P3"}),
    [](auto const& row) { return row.param.name; });

// Late.
INSTANTIATE_TEST_SUITE_P(
    Late, CommandMails,
    testing::Values(Row{"CloseTwiceOverByTwo",
                        {{"sam", "/close"}, {"kari", "/close", "", 1, 2}},
                        "receipt",
                        "receipt",
                        "closed",
                        "",
                        "closed  P3"},
                    Row{"AnswerBehindAColleagues",
                        {{"kari", "Please turn it off."}, {"sam", "Please turn it on."}},
                        "refusal",
                        "",
                        "answer",
                        "",
                        "open kari P3"},
                    Row{"AnswerAllTheSame",
                        {{"kari", "Please turn it off."}, {"sam", "/send anyway\nPlease turn it on."}},
                        "receipt",
                        "",
                        "answer answer",
                        "",
                        "open kari P3"},
                    Row{"CancelInTime",
                        {{"sam", "Too early."}, {"sam", "/cancel"}},
                        "receipt",
                        "",
                        "",
                        "",
                        "open sam P3"},
                    Row{"AnswerAfterOneThatWasCancelled",
                        {{"sam", "Too early."}, {"sam", "/cancel"}, {"kari", "Please turn it off."}},
                        "receipt",
                        "",
                        "answer",
                        "",
                        "open sam P3"},
                    Row{"CancelALoneClose",
                        {{"sam", "/close"}, {"sam", "/cancel"}},
                        "receipt receipt",
                        "",
                        "",
                        "",
                        "closed  P3"},
                    Row{"UndoLeavesAColleaguesLetter",
                        {{"sam", "/priority P1"}, {"kari", "/close"}, {"sam", "/undo"}},
                        "receipt receipt",
                        "receipt",
                        "closed",
                        "",
                        "closed  P3"},
                    Row{"UndoAfterAColleague",
                        {{"sam", "/priority P1"}, {"kari", "/priority P2"}, {"sam", "/undo", "", 1, 3}},
                        "receipt receipt",
                        "receipt",
                        "",
                        "",
                        "new  P2"},
                    Row{"EscalateWhatIsClosed",
                        {{"sam", "/close"}, {"sam", "/escalate It is back.", "", 1, 2}},
                        "receipt receipt",
                        "assigned",
                        "closed",
                        "",
                        "open  P3"},
                    Row{"TakeWhatAnotherHas",
                        {{"kari", "/take"}, {"sam", "/take", "", 1, 1}},
                        "receipt",
                        "receipt happened",
                        "",
                        "",
                        "new sam P3"}),
    [](auto const& row) { return row.param.name; });

// Double: the same mail again changes nothing and is not answered again.
INSTANTIATE_TEST_SUITE_P(
    Double, CommandMails,
    testing::Values(Row{"Take", {{"sam", "/take", "", 3}}, "receipt", "", "", "", "new sam P3"},
                    Row{"Answer", {{"sam", "It is mended.", "", 2}}, "", "", "answer", "", "open sam P3"},
                    Row{"Refused", {{"sam", "/clsoe", "", 2}}, "refusal", "", "", "", "new  P3"},
                    Row{"SaidTwiceInOne", {{"sam", "/take\n/take"}}, "refusal", "", "", "", "new  P3"},
                    Row{"UndoTwice",
                        {{"sam", "/close"}, {"sam", "/undo"}, {"sam", "/undo "}},
                        "receipt receipt refusal",
                        "",
                        "",
                        "",
                        "new  P3"}),
    [](auto const& row) { return row.param.name; });

// Conflicting.
INSTANTIATE_TEST_SUITE_P(
    Conflicting, CommandMails,
    testing::Values(
        Row{"CloseAndReopen", {{"sam", "/close\n/reopen"}}, "refusal", "", "", "", "new  P3"},
        Row{"TakeAndAssign", {{"sam", "/take\n/assign kari"}}, "refusal", "", "", "", "new  P3"},
        Row{"EscalateAndTake", {{"sam", "/take\n/escalate hard"}}, "refusal", "", "", "", "new  P3"},
        Row{"EscalateAndClose", {{"sam", "/escalate hard\n/close"}}, "refusal", "", "", "", "new  P3"},
        Row{"ArticleInANote", {{"sam", "/note\n/use 1\nhm"}}, "refusal", "", "", "", "new  P3"},
        Row{"UndoAndClose", {{"sam", "/undo\n/close"}}, "refusal", "", "", "", "new  P3"},
        Row{"InAndOut", {{"sam", "/in\n/out"}}, "refusal", "", "", "", "new  P3"},
        Row{"NoteIsNoAnswer", {{"sam", "/note\nHe is a VIP."}}, "receipt", "noted", "", "", "new  P3"},
        Row{"EscalateWithWords",
            {{"sam", "/escalate hard\nI tried all."}},
            "receipt",
            "assigned",
            "",
            "",
            "open  P3"},
        Row{"CloseWithWords", {{"sam", "/close\nBye."}}, "receipt", "", "answer", "", "closed sam P3"}),
    [](auto const& row) { return row.param.name; });

/// By another way, so that its bytes are others: a second mailbox, or a server that sent it once more.
class CommandMailTwice : public tests::DeskRoom {
 protected:
  void receive_twice(Sketch mail) {
    receive(mail);
    mail.extra += "Received: from relay.example.org by mail.example.org; Mon, 02 Mar 2026 12:00:09 +0000\r\n";
    again = receive(mail);
  }
  desk::News again;
};

TEST_F(CommandMailTwice, SetsOneReminder) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive_twice(answer_by("sam", id, "/remind tomorrow call the supplier"));
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.ticket, id);
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::reminders_of(tx, id); }).size(), 1U);
  EXPECT_EQ(letters(desk::LetterKind::receipt, id).size(), 1U);
}

TEST_F(CommandMailTwice, MergesOnceAndRefusesNothing) {
  desk::TicketId const first = receive(Sketch{.id = "m1@example.net"}).ticket;
  desk::TicketId const second =
      receive(Sketch{.subject = "Smoke again", .text = "It smokes.", .id = "m2@example.net"}).ticket;
  receive_twice(answer_by("sam", second, "/merge " + std::to_string(desk::number(first))));
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(again.ticket, first);
  EXPECT_TRUE(letters(desk::LetterKind::refusal).empty());
}

TEST_F(CommandMailTwice, AForgersIsNotTheFirst) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  Sketch mail = answer_by("sam", id, "/take");
  Sketch forged = mail;
  forged.from = "mallory@example.com";
  forged.text = "/close";
  receive(forged);
  receive(mail);
  EXPECT_EQ(ticket(id).assignee, "sam");
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
}

TEST_F(CommandMailTwice, AForgersWithTheVeryWordsIsNotTheFirstEither) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  Sketch const mail = answer_by("sam", id, "Pull the plug.");
  Sketch forged = mail;
  forged.from = "mallory@example.com";
  receive_twice(forged);
  EXPECT_TRUE(again.duplicate) << "the forger's own double is one";
  receive(mail);
  ASSERT_EQ(letters(desk::LetterKind::answer, id).size(), 1U);
  EXPECT_EQ(ticket(id).assignee, "sam");
  receive_twice(mail);
  EXPECT_EQ(letters(desk::LetterKind::answer, id).size(), 1U);
}

TEST_F(CommandMailTwice, IsForgottenAfterThirtyDays) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  Sketch const mail = answer_by("sam", id, "/take");
  receive(mail);
  now += std::chrono::days{31};
  receive(answer_by("kari", id, "/priority P1"));
  EXPECT_FALSE(ask([&](store::Tx& tx) { return store::find_acted(tx, "sam", mail.id); }));
}

}  // namespace
}  // namespace spoc::daemon
