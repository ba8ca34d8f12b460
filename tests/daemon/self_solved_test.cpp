// SPDX-License-Identifier: GPL-3.0-or-later
// "This solved it": the button behind the link of an offered article, and what it leaves alone.
#include "daemon/solved_page.hpp"
#include "store/article_uses.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::Status;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::Sketch;

class SelfSolved : public tests::DeskRoom {
 protected:
  /// A mail for which two articles were offered; the token of its acknowledgement.
  std::string offered() {
    auto mail = arrival(Sketch{.id = "m1@example.net"});
    mail.suggestions = {{"smoke", "Smoking <printers>", "en", 0.9, true, false},
                        {"codes", "Codes", "en", 0.8, true, true}};
    id = receive(mail).ticket;
    return letters(LetterKind::acknowledgement, id).at(0).token;
  }
  channels::HttpResponse browse(std::string const& method, std::string const& path) {
    channels::HttpRequest request;
    request.method = method;
    request.path = path;
    return solved_page(front, request);
  }
  std::map<std::string, desk::Uses> uses() {
    return ask([](store::Tx& tx) { return store::article_uses(tx); });
  }

  desk::TicketId id{};
};

TEST_F(SelfSolved, ALinkShowsAButtonAndOnlyTheButtonCloses) {
  std::string const path = "/solved/" + offered() + "/by/smoke";
  auto const shown = browse("GET", path);
  EXPECT_EQ(shown.status, 200);
  EXPECT_THAT(shown.body, HasSubstr("method=\"post\""));
  EXPECT_THAT(shown.body, HasSubstr("Smoking &lt;printers&gt;"));
  EXPECT_THAT(shown.body, Not(HasSubstr("<printers>")));
  EXPECT_EQ(ticket(id).status, Status::fresh) << "a scanner that opens links closes nothing";
  rung.clear();
  EXPECT_EQ(browse("POST", path).status, 200);
  EXPECT_EQ(ticket(id).status, Status::closed);
  auto const told = letters(LetterKind::happened, id);
  EXPECT_THAT(told, SizeIs(2)) << "the crew hears of it";
  EXPECT_THAT(told.at(0).lines.at(0), HasSubstr("Smoking <printers>"));
  EXPECT_FALSE(rung.empty()) << "the postman too";
  EXPECT_EQ(uses()["smoke"].solved, 1);
  EXPECT_EQ(counts().self_solved, 1);
}

TEST_F(SelfSolved, PressedTwiceItCountsOnce) {
  std::string const path = "/solved/" + offered() + "/by/smoke";
  browse("POST", path);
  EXPECT_EQ(browse("POST", path).status, 200);
  EXPECT_EQ(uses()["smoke"].solved, 1);
  EXPECT_THAT(letters(LetterKind::happened, id), SizeIs(2));
}

TEST_F(SelfSolved, AReplyOpensItAgain) {
  browse("POST", "/solved/" + offered() + "/by/smoke");
  Sketch reply;
  reply.subject = "Re: The printer smokes";
  reply.text = "It smokes again, the article did not help in the end.";
  reply.references = {"m1@example.net"};
  EXPECT_EQ(receive(reply).ticket, id);
  EXPECT_EQ(ticket(id).status, Status::open);
}

TEST_F(SelfSolved, WhatWasNotOfferedToThemSolvesNothing) {
  std::string const token = offered();
  std::string const agents = letter_to("kari", LetterKind::opened, id).token;
  for (std::string const& path :
       {"/solved/" + token + "/by/other", "/solved/" + token + "/by/codes", "/solved/" + token + "/by/",
        "/solved/" + agents + "/by/smoke", "/solved/" + token + "x/by/smoke"})
    EXPECT_EQ(browse("POST", path).status, 404) << path;
  EXPECT_EQ(browse("DELETE", "/solved/" + token + "/by/smoke").status, 405);
  EXPECT_EQ(ticket(id).status, Status::fresh);
  EXPECT_THAT(uses(), IsEmpty());
}

TEST_F(SelfSolved, AnAgentsChoiceIsCountedToo) {
  offered();
  receive(answer_by("kari", id, "/use 1\nTry this."));
  EXPECT_EQ(uses()["smoke"].sent, 1);
  EXPECT_EQ(uses()["smoke"].solved, 0);
}

}  // namespace
}  // namespace spoc::daemon
