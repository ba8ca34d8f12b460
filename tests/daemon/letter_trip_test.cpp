// SPDX-License-Identifier: GPL-3.0-or-later
// Letters of every kind in every language, written, read back and answered.
#include "daemon/letter_facts.hpp"
#include "templates/compose.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using desk::MailKind;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::Sketch;

using LetterRow = std::tuple<LetterKind, std::string>;

class LetterTrip : public tests::DeskRoom, public testing::WithParamInterface<LetterRow> {
 protected:
  /// A letter of any kind about a ticket whose words are in the letter's own language.
  desk::Letter letter() {
    auto const [kind, language] = GetParam();
    bool const to_agent = kind != LetterKind::acknowledgement && kind != LetterKind::answer &&
                          kind != LetterKind::resolved && kind != LetterKind::closed &&
                          kind != LetterKind::transcript && kind != LetterKind::proof &&
                          kind != LetterKind::progress;
    desk::TicketId const ticket = receive(Sketch{.subject = "=?utf-8?q?Skriveren_p=C3=A5_rom_12?=",
                                                 .text = "Den ryker. 冒烟了。",
                                                 .id = "m1@example.net"})
                                      .ticket;
    receive(answer_by("kari", ticket, "Trekk ut støpselet."));
    desk::Letter out = to_agent ? letter_to("kari", LetterKind::opened) : letters(LetterKind::answer).at(0);
    out.kind = kind;
    out.language = language;
    out.about = messages(ticket).at(kind == LetterKind::answer || kind == LetterKind::undelivered ? 1 : 0).id;
    out.lines = {"550 5.1.1 no such user"};
    out.articles = {{"plug", "Støpsler", "nb", 0.9, true, false}};
    out.message_id = desk::mint_message_id(out.token, "round trip", house.domain, desk::tests::toy_sign);
    return out;
  }
};

TEST_P(LetterTrip, ParsesBackWithItsToken) {
  desk::Letter const out = letter();
  auto const facts = letter_facts(db, out, house, desk::tests::toy_sign, nullptr, now);
  ASSERT_TRUE(facts) << facts.error().what;
  static auto const texts = templates::Texts::load({});
  ASSERT_TRUE(texts);
  auto const draft = templates::write_letter(*facts, *texts);
  ASSERT_TRUE(draft) << draft.error().what;
  desk::Mail const read = parser::read_mail(templates::compose(templates::outgoing(*facts, *draft)));

  EXPECT_EQ(read.subject, draft->subject);
  EXPECT_EQ(read.message_id, out.message_id);
  EXPECT_EQ(read.references, out.references);
  EXPECT_THAT(read.to, ElementsAre(out.to));
  EXPECT_THAT(read.defects, IsEmpty());
  auto const token = desk::read_token(out.token, desk::tests::toy_sign);
  ASSERT_TRUE(token);
  ASSERT_THAT(read.reply_to, SizeIs(1));
  for (std::string const& place : {read.reply_to[0].address, read.message_id, read.text})
    EXPECT_THAT(desk::tokens_in(place, desk::tests::toy_sign), Contains(*token)) << place;
  EXPECT_NE(house.mailbox_at(read.reply_to[0].address), nullptr);
  // No machine may answer what no person wrote (RFC 3834), and the desk knows it for its own.
  EXPECT_EQ(read.kind, desk::is_automatic(out.kind) ? MailKind::loop : MailKind::personal)
      << read.kind_reason;
}

/// The reply to a letter, with the whole letter quoted below it, is what was written above, and finds its
/// ticket.
TEST_P(LetterTrip, ReplyToItIsUnderstood) {
  desk::Letter const out = letter();
  auto const facts = letter_facts(db, out, house, desk::tests::toy_sign, nullptr, now);
  static auto const texts = templates::Texts::load({});
  auto const draft = templates::write_letter(*facts, *texts);
  ASSERT_TRUE(facts && texts && draft);
  std::string quoted = "> ";
  for (char c : draft->text) quoted += c == '\n' ? std::string{"\r\n> "} : std::string{c};
  Sketch reply{.from = out.to.address,
               .subject = "Re: x",
               .text = "Tried it.\r\n\r\nOn Mon, 2 Mar 2026 at 12:00, Service desk wrote:\r\n" + quoted,
               .references = {out.message_id}};
  reply.to = facts->reply_to.address;
  desk::Arrival const arrived = arrival(reply);
  EXPECT_EQ(arrived.mail()->reply, "Tried it.");
  desk::News const news = receive(arrived);
  EXPECT_EQ(news.ticket, out.ticket);
  EXPECT_FALSE(news.opened);
}

INSTANTIATE_TEST_SUITE_P(
    Each, LetterTrip,
    testing::Combine(testing::Values(LetterKind::acknowledgement, LetterKind::answer, LetterKind::resolved,
                                     LetterKind::closed, LetterKind::transcript, LetterKind::proof,
                                     LetterKind::opened, LetterKind::wrote, LetterKind::noted,
                                     LetterKind::assigned, LetterKind::receipt, LetterKind::refusal,
                                     LetterKind::undelivered),
                     testing::Values("en", "nb", "zh-Hans", "zh-Hant")),
    [](auto const& each) {
      std::string out = std::string{desk::name(std::get<0>(each.param))} + "_" + std::get<1>(each.param);
      for (char& c : out) c = c == '-' ? '_' : c;
      return out;
    });

class LateLetter : public tests::DeskRoom {
 protected:
  search::Reader shelf_with(std::vector<desk::Article> const& articles) const {
    auto index = search::Index::open(folder.path() / "index");
    EXPECT_TRUE(index);
    for (desk::Article const& one : articles) EXPECT_TRUE(index->put(one));
    EXPECT_TRUE(index->commit());
    return search::Reader::open(folder.path() / "index").value();
  }
  static desk::Article called(std::string id, bool internal) {
    desk::Article out;
    out.id = out.title = std::move(id);
    out.body = "The words of it.";
    out.internal = internal;
    return out;
  }
};

TEST_F(LateLetter, WhatHasBecomeInternalMeanwhileIsLeftOut) {
  auto mail = arrival(Sketch{.id = "m1@example.net"});
  mail.suggestions = {{"smoke", "Smoking printers", "en", 0.9, true, false},
                      {"plug", "Plugs", "en", 0.9, true, false}};
  desk::TicketId const id = receive(mail).ticket;
  desk::Letter out = letters(LetterKind::acknowledgement, id).at(0);
  ASSERT_THAT(out.articles, SizeIs(2));
  auto reader = shelf_with({called("smoke", true), called("plug", false)});
  auto const sent = letter_facts(db, out, house, desk::tests::toy_sign, &reader, now);
  ASSERT_TRUE(sent);
  ASSERT_THAT(sent->articles, SizeIs(1));
  EXPECT_EQ(sent->articles[0].id, "plug");
  EXPECT_EQ(sent->articles[0].number, 1);
  out.kind = LetterKind::answer;
  out.text = "Try this.";
  auto const answer = letter_facts(db, out, house, desk::tests::toy_sign, &reader, now);
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->letter.text, "") << "it goes out as it was filed";
  auto const notice =
      letter_facts(db, letter_to("kari", LetterKind::opened, id), house, desk::tests::toy_sign, &reader, now);
  ASSERT_TRUE(notice);
  EXPECT_THAT(notice->articles, SizeIs(2)) << "agents see it";
}

class Receipt : public tests::DeskRoom {};

TEST_F(Receipt, SaysInTheAgentsLanguageWhatWasDone) {
  desk::TicketId const ticket = receive(Sketch{}).ticket;
  receive(answer_by("kari", ticket, "/tag printer\n\nPull the plug."));
  desk::Letter const receipt = letter_to("kari", LetterKind::receipt);
  auto const facts = letter_facts(db, receipt, house, desk::tests::toy_sign, nullptr, now);
  auto const texts = templates::Texts::load({});
  ASSERT_TRUE(facts && texts);
  auto const draft = templates::write_letter(*facts, *texts);
  ASSERT_TRUE(draft) << draft.error().what;
  desk::Mail const read = parser::read_mail(templates::compose(templates::outgoing(*facts, *draft)));
  EXPECT_EQ(receipt.language, "nb");
  EXPECT_THAT(read.text, HasSubstr("printer"));
  EXPECT_THAT(read.text, HasSubstr("ola@example.net"));
  for (std::string const raw : {"\x1F", "{1}", "tagged"}) EXPECT_THAT(read.text, Not(HasSubstr(raw)));
}

class LostLetter : public tests::DeskRoom {};

TEST_F(LostLetter, LetterWithoutItsTicketIsAnError) {
  desk::Letter lost;
  lost.id = desk::LetterId{5};
  lost.ticket = desk::TicketId{99};
  auto const facts = letter_facts(db, lost, house, desk::tests::toy_sign, nullptr, now);
  ASSERT_FALSE(facts);
  EXPECT_EQ(facts.error().kind, Kind::missing);
  EXPECT_THAT(facts.error().what, HasSubstr("ticket 99"));
}

using NoteAddress = tests::DeskRoom;

TEST_F(NoteAddress, StandsUnderEachNoticeAndTheOtherWayRound) {
  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
  auto const under = [&](desk::Letter const& letter) {
    auto const facts = letter_facts(db, letter, house, desk::tests::toy_sign, nullptr, now);
    EXPECT_TRUE(facts) << facts.error().what;
    static auto const texts = templates::Texts::load({});
    auto const draft = templates::write_letter(*facts, *texts);
    EXPECT_TRUE(draft &&
                (facts->other_address.empty() || draft->text.ends_with(facts->other_address + "\n")));
    return facts->other_address;
  };
  desk::Letter const notice = letter_to("sam", LetterKind::opened, id);
  Sketch aside = answer_by("sam", id, "He is angry.");
  aside.to = under(notice);
  receive(aside);
  EXPECT_EQ(messages(id).back().kind, desk::MessageKind::note);
  EXPECT_TRUE(letters(LetterKind::answer).empty());

  desk::Letter const noted = letter_to("kari", LetterKind::noted, id);
  Sketch open = answer_by("kari", id, "We are on our way.");
  open.to = under(noted);
  open.references = {noted.message_id};
  receive(open);
  EXPECT_EQ(messages(id).back().kind, desk::MessageKind::outbound);
  ASSERT_EQ(letters(LetterKind::answer).size(), 1U);
  EXPECT_EQ(under(letters(LetterKind::answer)[0]), "") << "people outside have one way";
}

}  // namespace
}  // namespace spoc::daemon
