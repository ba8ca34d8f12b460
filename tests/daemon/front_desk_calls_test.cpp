// SPDX-License-Identifier: GPL-3.0-or-later
// Notes of phone calls over a real database: whose ticket they become.
#include "desk/phrase.hpp"
#include "store/contact_book.hpp"
#include "store/contacts.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon::tests {
namespace {

using desk::LetterKind;
using testing::ElementsAre;
using testing::HasSubstr;

class Calls : public DeskRoom {
 protected:
  Calls() { house.call_address = "help@example.org"; }
  desk::News note(std::string const& text, std::string const& from = "Sam <sam@example.org>") {
    Sketch sketch;
    sketch.from = from;
    sketch.to = "help@example.org";
    sketch.text = text;
    sketch.id = "note" + std::to_string(uid) + "@agents.example";
    return receive(sketch);
  }
  desk::Contact requester_of(desk::TicketId id) {
    desk::ContactId const requester = ticket(id).requester;
    return ask([&](store::Tx& tx) { return store::find_contact(tx, requester); }).value_or(desk::Contact{});
  }
  desk::ContactId known(std::string const& name, std::string const& phone) {
    desk::Contact contact;
    contact.name = name;
    contact.phones = {phone};
    auto const done = db.write("keep", [&](store::Tx& tx) { store::keep_contact(tx, contact, now); });
    if (!done) ADD_FAILURE() << done.error().what;
    return contact.id;
  }
};

TEST_F(Calls, AKnownNumberIsTheCaller) {
  desk::ContactId const ola = known("Ola Testmann", "+47 22 33 44 55");
  desk::News const news = note("22334455\nIt smokes.");
  desk::Ticket const opened = ticket(news.ticket);
  EXPECT_EQ(opened.requester, ola);
  EXPECT_EQ(opened.channel, desk::Channel::phone);
  EXPECT_EQ(letters(LetterKind::acknowledgement, news.ticket).size(), 0U) << "there is no address";
  EXPECT_EQ(letter_to("sam", LetterKind::receipt, news.ticket).lines.size(), 1U);
  EXPECT_EQ(messages(news.ticket).at(0).reply, "It smokes.");
}

TEST_F(Calls, ANumberThatNobodyHasMakesAContact) {
  desk::Contact const caller = requester_of(note("Eva Testdame, 99887766\nIt smokes.").ticket);
  EXPECT_EQ(caller.name, "Eva Testdame");
  EXPECT_THAT(caller.phones, ElementsAre("99887766"));
  EXPECT_EQ(requester_of(note("+47 998 87 766\nStill.").ticket).id, caller.id);
}

TEST_F(Calls, AnAddressIsAcknowledged) {
  desk::News const news = note("ola@example.net\nIt smokes.");
  EXPECT_EQ(letters(LetterKind::acknowledgement, news.ticket).at(0).to.address, "ola@example.net");
}

TEST_F(Calls, OneOfSeveralIsPickedByItsNumberInAReply) {
  known("Ola Testmann", "22334455");
  desk::ContactId const per = known("Per Testmann", "22334455");
  desk::News const news = note("22334455\nIt smokes.");
  desk::Letter const receipt = letter_to("sam", LetterKind::receipt, news.ticket);
  ASSERT_EQ(receipt.lines.size(), 3U);
  Sketch reply;
  reply.from = "Sam <sam@example.org>";
  reply.to = desk::with_token("support@example.org", receipt.token);
  reply.text = "/requester " + std::to_string(desk::number(per));
  reply.references = {receipt.message_id};
  receive(reply);
  EXPECT_EQ(ticket(news.ticket).requester, per);
}

TEST_F(Calls, AnAnswerToACallerWithoutAnAddressSaysWhomToCall) {
  known("Ola Testmann", "22334455");
  desk::News const news = note("22334455\nIt smokes.");
  desk::Letter const receipt = letter_to("sam", LetterKind::receipt, news.ticket);
  Sketch reply;
  reply.from = "Sam <sam@example.org>";
  reply.to = desk::with_token("support@example.org", receipt.token);
  reply.text = "Please switch it off.";
  receive(reply);
  EXPECT_THAT(desk::in_english(letter_to("sam", LetterKind::refusal, news.ticket).lines.at(0)),
              HasSubstr("call 22334455"));
}

TEST_F(Calls, TheSameNoteTwiceIsOneTicket) {
  Sketch sketch;
  sketch.from = "Sam <sam@example.org>";
  sketch.to = "help@example.org";
  sketch.text = "99887766\nIt smokes.";
  sketch.id = "once@agents.example";
  receive(sketch);
  EXPECT_TRUE(receive(sketch).duplicate);
}

TEST_F(Calls, ANoteThatNobodyVouchesForIsAnybodysMail) {
  house.authserv_ids = {"mx.example.org"};
  known("Ola Testmann", "22334455");
  desk::News const news = note("22334455\nIt smokes.");
  EXPECT_EQ(ticket(news.ticket).requester_address.address, "sam@example.org");
  EXPECT_EQ(ticket(news.ticket).channel, desk::Channel::mail);
  EXPECT_EQ(letters(LetterKind::refusal, news.ticket).size(), 1U);
  EXPECT_EQ(alarms.size(), 1U);
}

TEST_F(Calls, AStrangersMailToTheCallAddressIsAnybodysMail) {
  desk::News const news = note("22334455\nIt smokes.", "Ola Testmann <ola@example.net>");
  EXPECT_EQ(ticket(news.ticket).requester_address.address, "ola@example.net");
}

}  // namespace
}  // namespace spoc::daemon::tests
