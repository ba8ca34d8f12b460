// SPDX-License-Identifier: GPL-3.0-or-later
// Service levels over a real database: warnings once, across a process that dies, and the requester's button.
#include "store/levels.hpp"

#include <algorithm>

#include "daemon/solved_page.hpp"
#include "store/apply.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::Status;
using std::chrono::hours;
using std::chrono::minutes;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;
using tests::Sketch;

class LevelsTest : public tests::DeskRoom {
 protected:
  LevelsTest() {
    desk::Policy normal;
    normal.name = "normal";
    normal.first_response = hours{2};
    normal.keep_informed = hours{24};
    house.policies = {normal};
    house.public_url = "https://desk.example.org";
  }

  std::optional<desk::Time> tick() {
    auto const next = front.tick();
    EXPECT_TRUE(next) << next.error().what;
    return next ? *next : std::nullopt;
  }
  std::vector<desk::TicketId> quiet(int count);
  std::vector<desk::Trail> trail(desk::TicketId id) {
    return ask([&](store::Tx& tx) { return store::trail_of(tx, id); });
  }
  std::size_t trailed(desk::TicketId id, std::string const& what) {
    std::size_t count = 0;
    for (desk::Trail const& one : trail(id)) count += one.what == what ? 1 : 0;
    return count;
  }
  /// Kari's answer that resolves; the letter that asks the requester.
  std::string resolved(desk::TicketId id) {
    receive(answer_by("kari", id, "/resolve\n\nTurn it off."));
    return letters(LetterKind::answer, id).at(0).token;
  }
  channels::HttpResponse browse(std::string const& method, std::string const& path) {
    channels::HttpRequest request;
    request.method = method;
    request.path = path;
    return solved_page(front, request);
  }
};

TEST_F(LevelsTest, WarnsAndBreachesEachOnceAndSaysWhenToComeAgain) {
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  auto const opened = now;
  EXPECT_EQ(tick(), opened + minutes{96});
  EXPECT_THAT(letters(LetterKind::warning), SizeIs(0));
  now = opened + minutes{96};
  rung.clear();
  EXPECT_EQ(tick(), opened + minutes{120});
  EXPECT_THAT(letters(LetterKind::warning), SizeIs(2)) << "nobody has it: both of the team";
  EXPECT_THAT(rung, SizeIs(1)) << "the postmen hear of it";
  tick();
  EXPECT_THAT(letters(LetterKind::warning), SizeIs(2));
  now = opened + minutes{120};
  tick();
  tick();
  EXPECT_THAT(letters(LetterKind::warning), SizeIs(4));
  EXPECT_EQ(trailed(id, "warned"), 1U);
  EXPECT_EQ(trailed(id, "breached"), 1U);
}

TEST_F(LevelsTest, AProcessThatDiedBeforeTheCommitSaysItOnceAfterwards) {
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  now += minutes{100};
  // What a tick would write, rolled back as a killed process rolls it back.
  auto const killed = db.write("tick", [&](store::Tx& tx) {
    desk::Plan plan;
    plan.ticket = id;
    plan.level = desk::LevelState{{}, {}, "warned", {"normal/first_response/0/warned"}, {}};
    store::apply(tx, plan, nullptr, now);
    throw store::Fault{{Kind::broken, "killed"}};
  });
  EXPECT_FALSE(killed);
  auto again = opened(database());
  FrontDesk after{again, house, desk::tests::toy_sign, surroundings()};
  ASSERT_TRUE(after.tick());
  ASSERT_TRUE(front.tick());
  EXPECT_THAT(letters(LetterKind::warning), SizeIs(2));
}

TEST_F(LevelsTest, AnAnswerStopsTheClockOfTheFirstResponse) {
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  now += minutes{30};
  receive(answer_by("kari", id, "Turn it off."));
  now += hours{5};
  tick();
  EXPECT_THAT(letters(LetterKind::warning), SizeIs(0));
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::level_of(tx, id); }).standing, "met");
}

TEST_F(LevelsTest, AnOpenQuestionLetsTheSolutionsClockStand) {
  house.policies[0].first_response = house.policies[0].keep_informed = {};
  house.policies[0].resolution = hours{8};
  house.policies[0].pause_for_third_party = true;
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  auto const opened = now;
  now = opened + hours{1};
  receive(answer_by("kari", id, "/ask help@example.com Do you have a drum?"));
  EXPECT_EQ(ticket(id).status, Status::fresh) << "the ticket keeps its status";
  now = opened + hours{20};
  tick();
  EXPECT_THAT(letters(LetterKind::warning), SizeIs(0));
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::level_of(tx, id); }).standing, "paused");

  auto const asked = letters(LetterKind::asked, id).at(0);
  std::string const to = desk::with_token("support@example.org", asked.token);
  receive(Sketch{.from = "help@example.com", .to = to, .subject = "Re: A question", .text = "Yes."});
  EXPECT_EQ(tick(), opened + hours{19} + minutes{384})
      << "one hour is used, the warning comes after 6 h 24 min";
  now = opened + hours{19} + hours{8};
  tick();
  EXPECT_EQ(trailed(id, "breached"), 1U);
}

TEST_F(LevelsTest, AQuestionPausesNothingWithoutThePolicysWord) {
  house.policies[0].first_response = {};
  house.policies[0].resolution = hours{8};
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "/ask help@example.com Do you have a drum?"));
  now += hours{8};
  tick();
  EXPECT_EQ(trailed(id, "breached"), 1U);
}

/// `count` tickets of as many people, and nothing more to be done for any.
std::vector<desk::TicketId> LevelsTest::quiet(int count) {
  std::vector<desk::TicketId> ids;
  for (int i = 0; i < count; ++i) {
    std::string const number = std::to_string(i);
    ids.push_back(
        receive(Sketch{.from = "q" + number + "@example.net", .id = "q" + number + "@example.net"}).ticket);
  }
  for (auto next = tick(); next && *next <= now;) next = tick();
  return ids;
}

TEST_F(LevelsTest, NewPoliciesComeToAllTicketsSomeAtATimeBehindWhatIsDue) {
  auto const ids = quiet(70);
  auto const opened = now;
  house.policies[0].first_response = minutes{10};
  auto const judged_anew = [&] {
    return std::count_if(ids.begin(), ids.end(), [&](desk::TicketId id) {
      return ask([&](store::Tx& tx) { return store::level_of(tx, id); }).due == opened + minutes{10};
    });
  };
  EXPECT_EQ(tick(), opened + minutes{96}) << "nobody has said that it changed";
  front.look_at_all();
  auto const urgent = receive(Sketch{.id = "m1@example.net"}).ticket;
  EXPECT_EQ(judged_anew(), 0) << "nothing waits for it";
  EXPECT_EQ(tick(), now) << "there is more";
  EXPECT_EQ(judged_anew(), 49);
  EXPECT_EQ(ask([&](store::Tx& tx) { return store::level_of(tx, urgent); }).next, opened + minutes{8});
  EXPECT_EQ(tick(), opened + minutes{8});
  EXPECT_EQ(judged_anew(), 70);
  house.policies[0].first_response = minutes{20};
  EXPECT_EQ(tick(), opened + minutes{8}) << "once is enough";
}

TEST_F(LevelsTest, NoPolicyNoLook) {
  house.policies.clear();
  quiet(1);
  front.look_at_all();
  EXPECT_EQ(tick(), std::nullopt);
}

TEST_F(LevelsTest, StatusTellsAgentsWhatIsDue) {
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  receive(answer_by("kari", id, "/status"));
  auto const receipt = letter_to("kari", LetterKind::receipt, id);
  EXPECT_THAT(receipt.lines, testing::Contains(HasSubstr("first answer: due {1}")));
}

TEST_F(LevelsTest, ALinkShowsAButtonAndOnlyTheButtonDecides) {
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  std::string const path = "/solved/" + resolved(id);
  auto const shown = browse("GET", path + "/yes");
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr("method=\"post\""));
  EXPECT_EQ(ticket(id).status, Status::resolved) << "a scanner that opens links decides nothing";
  EXPECT_EQ(browse("POST", path + "/yes").status, 200);
  EXPECT_EQ(ticket(id).status, Status::closed);
  EXPECT_EQ(trailed(id, "confirmed"), 1U);
  browse("POST", path + "/yes");
  EXPECT_EQ(trailed(id, "confirmed"), 1U);
  EXPECT_EQ(browse("POST", path + "/no").status, 200);
  EXPECT_EQ(ticket(id).status, Status::open);
  EXPECT_THAT(letters(LetterKind::reminder), SizeIs(1)) << "kari, whose it is";
}

TEST_F(LevelsTest, ThePageSaysWhatWasDone) {
  house.close_after = {};
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  std::string const path = "/solved/" + resolved(id);
  EXPECT_THAT(browse("POST", path + "/no").body, HasSubstr("open again"));
  EXPECT_THAT(browse("POST", path + "/no").body, HasSubstr("is open, and we go on"));
  EXPECT_THAT(browse("POST", path + "/yes").body, HasSubstr("still open; those who work on it"));
  browse("POST", path + "/yes");
  EXPECT_EQ(trailed(id, "confirmed"), 1U) << "pressed twice it is said once";
  EXPECT_THAT(letters(LetterKind::happened, id), SizeIs(1));
  EXPECT_EQ(ticket(id).status, Status::open);
  receive(answer_by("kari", id, "/close"));
  EXPECT_THAT(browse("POST", path + "/yes").body, HasSubstr("The ticket is closed"));
  now += house.reopen_window + hours{1};
  auto const late = browse("POST", path + "/no").body;
  EXPECT_THAT(late, HasSubstr("in a new one, #"));
  EXPECT_EQ(browse("POST", path + "/no").body, late) << "and no third ticket";
  EXPECT_EQ(ticket(id).status, Status::closed);
  EXPECT_EQ(trailed(id, "went on"), 1U);
  EXPECT_THAT(letters(LetterKind::opened), SizeIs(4)) << "two agents, two tickets";
}

TEST_F(LevelsTest, ForeignAndForgedLinksDoNothing) {
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  std::string token = resolved(id);
  auto const agents = letter_to("kari", LetterKind::opened, id).token;
  for (std::string const& path : {"/solved/" + agents + "/yes", "/solved/" + token + "x/yes",
                                  "/solved/" + token, "/solved/" + token + "/maybe", std::string{"/solved/"}})
    EXPECT_EQ(browse("POST", path).status, 404) << path;
  EXPECT_EQ(browse("DELETE", "/solved/" + token + "/yes").status, 405);
  EXPECT_EQ(ticket(id).status, Status::resolved);
}

TEST_F(LevelsTest, ThePageEscapesTheSubjectAndSpeaksTheRequestersLanguage) {
  auto const id = receive(Sketch{.subject = "<script>x</script>", .id = "m1@example.net"}).ticket;
  std::string const path = "/solved/" + resolved(id) + "/no";
  EXPECT_THAT(browse("GET", path).body, Not(HasSubstr("<script>")));
  auto const written = db.write("language", [&](store::Tx& tx) {
    tx.driver().run("UPDATE ticket SET language = 'nb' WHERE id = $1", {desk::number(id)});
  });
  ASSERT_TRUE(written);
  EXPECT_THAT(browse("GET", path).body, HasSubstr("Er denne saken løst?"));
}

TEST_F(LevelsTest, ADeskWithoutLevelsKeepsPromisesAndReminders) {
  house.policies.clear();
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  EXPECT_FALSE(tick());
  receive(answer_by("kari", id, "/take\n/due 10h\n/remind 1h look again"));
  EXPECT_EQ(tick(), now + hours{1});
  now += hours{1};
  EXPECT_EQ(tick(), now + hours{7}) << "then the warning of the promise";
  EXPECT_THAT(letter_to("kari", LetterKind::reminder, id).lines, testing::ElementsAre("look again"));
  now += hours{7};
  tick();
  EXPECT_THAT(letters(LetterKind::warning, id), SizeIs(1));
  tick();
  EXPECT_THAT(letters(LetterKind::warning, id), SizeIs(1));
  EXPECT_EQ(trailed(id, "reminded"), 1U);
}

TEST_F(LevelsTest, ClosesResolvedTicketsAfterTheTime) {
  house.close_after = hours{72};
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  resolved(id);
  tick();
  now += hours{71};
  tick();
  EXPECT_EQ(ticket(id).status, Status::resolved);
  now += hours{1};
  tick();
  EXPECT_EQ(ticket(id).status, Status::closed);
}

TEST_F(LevelsTest, TellsTheRequesterThatWorkGoesOn) {
  auto const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  now += hours{24};
  tick();
  ASSERT_THAT(letters(LetterKind::progress, id), SizeIs(1));
  EXPECT_EQ(letters(LetterKind::progress, id).front().to.address, "ola@example.net");
  tick();
  EXPECT_THAT(letters(LetterKind::progress, id), SizeIs(1));
}

}  // namespace
}  // namespace spoc::daemon
