// SPDX-License-Identifier: GPL-3.0-or-later
// Whose matter it is: forms, lists, forwards, several desk addresses, forged agents, and too many mails.
#include "desk/phrase.hpp"
#include "store/contacts.hpp"
#include "store/ledger.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::MessageKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class FrontDeskWriters : public tests::DeskRoom {
 protected:
  std::string const passed_on =
      "For you, I think.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Ola Testmann "
      "<ola@example.net>\r\n"
      "Date: Mon, 2 Mar 2026 at 11:00\r\nSubject: The printer smokes\r\nTo: Kari Eksempel "
      "<kari@example.org>\r\n\r\n"
      "It stands in room 12 and smokes since noon.";

  std::vector<std::string> lines(std::string const& handle, LetterKind kind, desk::TicketId of) {
    std::vector<std::string> out;
    for (std::string const& one : letter_to(handle, kind, of).lines) out.push_back(desk::in_english(one));
    return out;
  }
};

TEST_F(FrontDeskWriters, FormsRequesterStandsInReplyTo) {
  house.mailboxes[0].trust_reply_to = {"forms@example.org"};
  desk::News const news = receive(
      Sketch{.from = "Form <forms@example.org>", .extra = "Reply-To: Ada Prøve <ada@example.com>\r\n"});
  EXPECT_EQ(ticket(news.ticket).requester_address.address, "ada@example.com");
  EXPECT_EQ(letters(LetterKind::acknowledgement).at(0).to.address, "ada@example.com");
  // She is a participant: her own mail finds the ticket by its number.
  desk::News const next =
      receive(Sketch{.from = "ada@example.com",
                     .subject = "Re: [#" + std::to_string(desk::number(news.ticket)) + "] x",
                     .text = "And now?"});
  EXPECT_EQ(next.ticket, news.ticket);
}

TEST_F(FrontDeskWriters, AListsWordIsGoodForAnAnswerButOpensNoDoor) {
  desk::TicketId const olas = receive(Sketch{}).ticket;
  desk::News const news =
      receive(Sketch{.from = "\"Ola Testmann via Staff\" <staff@lists.example.com>",
                     .subject = "Re: [#" + std::to_string(desk::number(olas)) + "] The printer smokes",
                     .text = "Tell me all about it.",
                     .extra = "Reply-To: ola@example.net\r\nList-Id: <staff.lists.example.com>\r\n"});
  EXPECT_TRUE(news.opened) << "whoever writes through a list is nobody's participant";
  EXPECT_EQ(ticket(news.ticket).requester_address.address, "ola@example.net");
  EXPECT_EQ(ticket(news.ticket).related, olas);
}

TEST_F(FrontDeskWriters, PassedOnMailBelongsToItsAuthor) {
  desk::News const news = receive(Sketch{.from = "Kari Eksempel <kari@example.org>",
                                         .subject = "Fwd: The printer smokes",
                                         .text = passed_on,
                                         .id = "fwd@example.org"});
  ASSERT_TRUE(news.opened);
  desk::Ticket const opened = ticket(news.ticket);
  EXPECT_EQ(opened.requester_address.address, "ola@example.net");
  EXPECT_EQ(opened.subject, "The printer smokes");
  auto const all = messages(news.ticket);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].author.address, "ola@example.net");
  EXPECT_EQ(all[0].reply, "It stands in room 12 and smokes since noon.");
  EXPECT_EQ(all[1].kind, MessageKind::note);
  EXPECT_EQ(all[1].agent, "kari");
  EXPECT_EQ(all[1].reply, "For you, I think.");
  EXPECT_EQ(letters(LetterKind::acknowledgement).at(0).to.address, "ola@example.net");
  EXPECT_THAT(lines("kari", LetterKind::receipt, news.ticket),
              ElementsAre(HasSubstr("is Ola Testmann <ola@example.net>'s")));
  // The same forward by another way, and an answer of the agent's to the notice.
  EXPECT_TRUE(receive(Sketch{.from = "Kari Eksempel <kari@example.org>",
                             .subject = "Fwd: The printer smokes",
                             .text = passed_on,
                             .id = "fwd@example.org",
                             .extra = "Received: from elsewhere\r\n"})
                  .duplicate);
  receive(answer_by("kari", news.ticket, "Pull the plug."));
  EXPECT_EQ(letters(LetterKind::answer).at(0).to.address, "ola@example.net");
}

TEST_F(FrontDeskWriters, PassedOnByAStrangerIsTheStrangers) {
  desk::News const news =
      receive(Sketch{.from = "eve@example.com", .subject = "Fwd: The printer smokes", .text = passed_on});
  EXPECT_EQ(ticket(news.ticket).requester_address.address, "eve@example.com");
}

TEST_F(FrontDeskWriters, UnclearForwardAsksItsAgent) {
  desk::News const news = receive(
      Sketch{.from = "kari@example.org", .subject = "Fwd: the printer", .text = "Somebody rang about it."});
  EXPECT_EQ(ticket(news.ticket).requester_address.address, "kari@example.org");
  EXPECT_THAT(lines("kari", LetterKind::receipt, news.ticket), ElementsAre(HasSubstr("/requester ADDRESS")));
  receive(answer_by("kari", news.ticket, "/requester Ada <ada@example.com>\n\nHello Ada."));
  EXPECT_EQ(ticket(news.ticket).requester_address.address, "ada@example.com");
  EXPECT_EQ(letters(LetterKind::answer).at(0).to.address, "ada@example.com");
  auto const karis = ask([](store::Tx& tx) {
    return std::optional{store::find_or_add_contact(tx, {"", "kari@example.org"}, "", {})};
  });
  EXPECT_THAT(karis->addresses, ElementsAre("kari@example.org")) << "Ada is another person";
}

TEST_F(FrontDeskWriters, OneMailToTwoDeskAddressesIsOneTicketOfBothTeams) {
  house.mailboxes.push_back({"house", {"House", "house@example.org"}, {}, "second line", "en", true});
  house.agents.push_back({"per", "Per", {"per@example.org"}, "nb"});
  house.teams.push_back({"second line", {"per", "sam"}});
  Sketch const sketch{.to = "support@example.org, house@example.org", .id = "both@example.net"};
  desk::News const first = receive(sketch);
  desk::Arrival second = arrival(Sketch{.to = sketch.to, .id = sketch.id, .extra = "X-Other: way\r\n"});
  second.place.mailbox = "house";
  desk::News const again = receive(second);
  EXPECT_TRUE(again.duplicate);
  EXPECT_EQ(counts().tickets, 1);
  EXPECT_THAT(ticket(first.ticket).other_teams, ElementsAre("second line"));
  EXPECT_EQ(letter_to("per", LetterKind::opened).ticket, first.ticket);
  EXPECT_THAT(letters(LetterKind::opened), SizeIs(3)) << "sam had it already";
  EXPECT_THAT(letters(LetterKind::acknowledgement), SizeIs(1));
  receive(Sketch{.text = "Still smoking.", .references = {"both@example.net"}});
  EXPECT_EQ(letter_to("per", LetterKind::wrote).ticket, first.ticket);
}

TEST_F(FrontDeskWriters, ForgedAgentIsCountedAndTheRealOneTold) {
  house.authserv_ids = {"mx.example.org"};
  desk::TicketId const first = receive(Sketch{}).ticket;
  Sketch forged = answer_by("kari", first, "/close\n\nSend me your password.");
  forged.extra =
      "Authentication-Results: mx.example.org; dmarc=fail header.from=example.org\r\n"
      "Received: from x by evil.example\r\n"
      "Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n";
  receive(forged);
  EXPECT_THAT(letters(LetterKind::answer), IsEmpty());
  EXPECT_EQ(letter_to("kari", LetterKind::refusal).to.address, "kari@example.org");
  EXPECT_EQ(counts().refused_agents, 1);
  EXPECT_THAT(alarms, SizeIs(1));
}

TEST_F(FrontDeskWriters, ChecksAreKeptWithTheMessage) {
  house.authserv_ids = {"mx.example.org"};
  desk::News const news = receive(Sketch{
      .extra =
          "Authentication-Results: mx.example.org; spf=softfail smtp.mailfrom=example.net; dmarc=fail\r\n"});
  desk::Checks const checks = messages(news.ticket).at(0).checks;
  EXPECT_TRUE(checks.failed());
  EXPECT_EQ(desk::shown(checks), "SPF softfail (example.net), DMARC fail");
  EXPECT_EQ(checks.by, "mx.example.org");
}

TEST_F(FrontDeskWriters, DangerousAttachmentIsHeldAndNotRelayed) {
  house.mailboxes[0].held_extensions = {"exe"};
  desk::Arrival mail = arrival({});
  auto& read = std::get<desk::Mail>(mail.what);
  read.attachments = {{"bill.pdf.exe", "application/pdf", "MZ", parser::sha256("MZ"), false, ""}};
  desk::TicketId const first = receive(mail).ticket;
  EXPECT_THAT(desk::in_english(messages(first).at(0).attachments.at(0).held), HasSubstr("hides"));
  desk::Arrival answer = arrival(answer_by("kari", first, "Run this."));
  std::get<desk::Mail>(answer.what).attachments = {
      {"fix.exe", "application/x-dosexec", "MZ", parser::sha256("MZ"), false, ""}};
  receive(answer);
  EXPECT_THAT(letters(LetterKind::answer), IsEmpty());
  EXPECT_THAT(lines("kari", LetterKind::refusal, first), Contains(HasSubstr("\"fix.exe\" is not passed on")));
}

TEST_F(FrontDeskWriters, LargeMailMakesATicketAndItsAuthorIsTold) {
  house.mailboxes[0].max_size = 25U << 20U;
  desk::Arrival mail = arrival({});
  mail.whole_size = 60'000'000;
  desk::TicketId const first = receive(mail).ticket;
  ASSERT_THAT(letters(LetterKind::too_large), SizeIs(1));
  EXPECT_EQ(letters(LetterKind::too_large)[0].to.address, "ola@example.net");
  EXPECT_EQ(letters(LetterKind::too_large)[0].text, "25 MB");
  EXPECT_THAT(messages(first).at(0).text, HasSubstr("smokes since noon"));
}

TEST_F(FrontDeskWriters, TooManyMailsAreFiledInOneTicketInSilence) {
  house.mail_budget = 5;
  for (int i = 0; i < 20; ++i) {
    receive(Sketch{.subject = "Alert " + std::to_string(i), .text = "Again " + std::to_string(i)});
    now += std::chrono::seconds{10};
  }
  EXPECT_EQ(counts().tickets, 5);
  EXPECT_EQ(counts().messages, 20) << "nothing is lost";
  EXPECT_THAT(alarms, ElementsAre(HasSubstr("more than 5 mails an hour from ola@example.net")));
  EXPECT_THAT(letters(LetterKind::acknowledgement), SizeIs(5));
  EXPECT_THAT(letters(LetterKind::wrote), SizeIs(2)) << "the agents hear of it once";
  now += std::chrono::hours{2};
  EXPECT_TRUE(receive(Sketch{.subject = "A question", .text = "By me."}).opened);
}

}  // namespace
}  // namespace spoc::daemon
