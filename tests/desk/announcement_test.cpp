// SPDX-License-Identifier: GPL-3.0-or-later
// Announcements: how they are read, what they match, and what they make happen to mails, chats and tickets.
#include "desk/announcement.hpp"

#include "desk/plan_outage.hpp"
#include "tests/desk/agent_room.hpp"

namespace spoc::desk {
namespace {

using namespace tests;

Announcement outage(std::vector<std::string> words) {
  Announcement out;
  out.id = AnnouncementId{3};
  out.text = "The VPN is down.";
  out.translations = {{"nb", "VPN er nede."}};
  out.words = std::move(words);
  out.made = noon() - std::chrono::hours{1};
  return out;
}

struct Meaning {
  std::string name, word, text;
  bool meant;
};
class Match : public testing::TestWithParam<Meaning> {};

TEST_P(Match, IsByWholeWordsOrByBeginnings) {
  auto const& row = GetParam();
  EXPECT_EQ(known_issue({outage({row.word})}, row.text, noon()) != nullptr, row.meant) << row.text;
}

INSTANTIATE_TEST_SUITE_P(
    Words, Match,
    testing::Values(Meaning{"Whatever_the_case", "vpn", "My VPN drops", true},
                    Meaning{"At_the_end", "vpn", "no vpn", true},
                    Meaning{"Within_a_word", "net", "Netto weight", false},
                    Meaning{"Behind_a_letter", "pn", "vpn", false},
                    Meaning{"A_beginning", "print*", "all Printers are off", true},
                    Meaning{"A_star_alone", "*", "anything", false},
                    Meaning{"Several_in_a_row", "shared drive", "The shared\n drive is gone", true},
                    Meaning{"Not_in_a_row", "shared drive", "shared is the drive", false},
                    Meaning{"Punctuation", "vpn", "(vpn)?", true},
                    Meaning{"Norwegian", "nett", "Ingen nettilgang", false},
                    Meaning{"Norwegian_letters", "tørk", "tørke", false},
                    Meaning{"Among_Chinese", "vpn", "我的VPN连不上", true},
                    Meaning{"Among_Chinese_within_a_word", "pn", "我的VPN连不上", false},
                    Meaning{"Behind_a_Norwegian_letter", "pn", "åpn", false},
                    Meaning{"Chinese_has_no_blanks", "网络", "公司网络断开了", true}),
    [](auto const& row) { return row.param.name; });

TEST(KnownIssue, IsTheNewestThatHolds) {
  Announcement older = outage({"vpn"}), newer = outage({"vpn"}), over = outage({"vpn"}),
               past = outage({"vpn"});
  newer.id = AnnouncementId{4};
  newer.made = noon();
  over.made = past.made = noon() + std::chrono::minutes{1};
  over.ended = noon();
  past.until = noon();
  std::vector const all{older, newer, over, past};
  ASSERT_NE(known_issue(all, "vpn", noon()), nullptr);
  EXPECT_EQ(known_issue(all, "vpn", noon())->id, AnnouncementId{4});
  EXPECT_EQ(known_issue({}, "vpn", noon()), nullptr);
}

TEST(ReadAnnouncement, TakesMomentWordsAndTranslations) {
  Zone const utc;
  auto const read = read_announcement(
      "until 18:00: VPN, remote  desktop, print*",
      "The VPN is down.\nWe work on it.\n\nnb: VPN er nede.\nzh-hans: VPN 中断。", noon(), utc);
  EXPECT_EQ(read.fault, "");
  EXPECT_EQ(read.announcement.until, noon() + std::chrono::hours{6});
  EXPECT_EQ(read.announcement.words, (std::vector<std::string>{"vpn", "remote desktop", "print*"}));
  EXPECT_EQ(read.announcement.text, "The VPN is down.\nWe work on it.");
  EXPECT_EQ(text_in(read.announcement, "nb"), "VPN er nede.");
  EXPECT_EQ(text_in(read.announcement, "zh-Hans"), "VPN 中断。");
  EXPECT_EQ(text_in(read.announcement, "zh-Hant"), read.announcement.text);
}

TEST(ReadAnnouncement, WordsAloneAndAMomentAlone) {
  auto const words = read_announcement("vpn，网络", "x", noon(), {});
  EXPECT_EQ(words.announcement.words, (std::vector<std::string>{"vpn", "网络"}));
  EXPECT_FALSE(words.announcement.until);
  auto const moment = read_announcement("until 2h", "x", noon(), {});
  EXPECT_EQ(moment.announcement.until, noon() + std::chrono::hours{2});
  EXPECT_TRUE(moment.announcement.words.empty());
}

TEST(ReadAnnouncement, SaysWhatItDoesNotUnderstand) {
  EXPECT_NE(read_announcement("until whenever: vpn", "x", noon(), {}).fault, "");
  EXPECT_NE(read_announcement("until 2020-01-01: vpn", "x", noon(), {}).fault, "");
  EXPECT_EQ(read_announcement("vpn", " \n", noon(), {}).fault, phrase("an announcement needs a text"));
}

class Outage : public AgentRoom {
 protected:
  /// A mail of Ola's, after the outage had its say.
  Plan mail_of_ola(std::string const& subject, MailKind kind = MailKind::personal) {
    known.ticket.reset();
    known.author.address = {"Ola Testmann", "ola@example.net"};
    known.contact.language = "nb";
    known.next_ticket = TicketId{50};
    Mail mail = mail_from("ola@example.net", subject, "It worked yesterday.");
    mail.kind = kind;
    Arrival arrival = arrival_of(mail);
    arrival.suggestions = {{"vpn", "VPN", "en", 0.9, true, false}};
    Plan plan = plan_arrival(arrival, known);
    joined = outage_of(plan, announced, known);
    if (joined != nullptr) join_outage(plan, *joined, heard, known);
    return plan;
  }
  static Letter const* letter(Plan const& plan, LetterKind kind) {
    for (Letter const& one : plan.letters)
      if (one.kind == kind) return &one;
    return nullptr;
  }

  std::vector<Announcement> announced{outage({"vpn"})};
  Announcement const* joined = nullptr;
  std::optional<TicketId> heard{};  ///< by which ticket the requester has read it
};

TEST_F(Outage, AMailThatMatchesIsAcknowledgedWithItInTheRequestersLanguage) {
  Plan const plan = mail_of_ola("VPN again");
  ASSERT_NE(joined, nullptr);
  EXPECT_TRUE(trailed(plan, "known outage"));
  Letter const* told = letter(plan, LetterKind::acknowledgement);
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->text, "VPN er nede.");
  EXPECT_TRUE(told->articles.empty());
  EXPECT_NE(letter(plan, LetterKind::opened), nullptr) << "agents hear of it all the same";
}

TEST_F(Outage, OtherMailsAreAcknowledgedAsEver) {
  Plan const plan = mail_of_ola("Printer");
  EXPECT_EQ(joined, nullptr);
  ASSERT_NE(letter(plan, LetterKind::acknowledgement), nullptr);
  EXPECT_EQ(letter(plan, LetterKind::acknowledgement)->text, "");
  EXPECT_EQ(letter(plan, LetterKind::acknowledgement)->articles.size(), 1U);
}

TEST_F(Outage, ItIsNoWayAroundTheBudget) {
  known.automatic_sent = desk.automatic_budget;
  Plan const plan = mail_of_ola("VPN again");
  EXPECT_NE(joined, nullptr) << "told when it is over";
  EXPECT_EQ(letter(plan, LetterKind::acknowledgement), nullptr);
}

TEST_F(Outage, AMachineDoesNotBelongToIt) {
  EXPECT_EQ(letter(mail_of_ola("VPN again", MailKind::auto_reply), LetterKind::acknowledgement), nullptr);
  EXPECT_EQ(joined, nullptr);
}

TEST_F(Outage, AFollowUpIsNoNewMatter) {
  known.author.address = {"Ola Testmann", "ola@example.net"};
  Plan plan = plan_arrival(arrival_of(mail_from("ola@example.net", "VPN", "vpn")), known);
  EXPECT_EQ(outage_of(plan, announced, known), nullptr);
}

TEST_F(Outage, AChatThatMatchesReadsItAtOnce) {
  known.ticket.reset();
  known.author.address = {};
  known.next_ticket = TicketId{50};
  Arrival arrival;
  arrival.place.mailbox = "support";
  arrival.received = noon();
  arrival.what = ChatLine{"s1", "r1", "vpn virker ikke", "", "", "nb"};
  Plan plan = plan_chat(arrival, known);
  ASSERT_NE(outage_of(plan, announced, known), nullptr);
  join_outage(plan, announced[0], {}, known);
  ASSERT_EQ(plan.messages.size(), 2U);
  EXPECT_EQ(plan.messages[1].kind, MessageKind::outbound);
  EXPECT_EQ(plan.messages[1].reply, "VPN er nede.");
  EXPECT_EQ(plan.messages[1].agent, "");
  EXPECT_TRUE(plan.letters.empty()) << "no address is known";
}

TEST_F(Outage, AChatThatMatchesHasALetterBehindItsLine) {
  known.ticket.reset();
  known.next_ticket = TicketId{50};
  known.author.address = {"Ola Testmann", "ola@example.net"};
  Arrival arrival;
  arrival.place.mailbox = "support";
  arrival.received = noon();
  arrival.what = ChatLine{"s1", "r1", "vpn virker ikke", "Ola Testmann", "ola@example.net", "nb"};
  Plan plan = plan_chat(arrival, known);
  join_outage(plan, announced[0], {}, known);
  ASSERT_EQ(plan.messages.size(), 2U);
  Letter const* told = letter(plan, LetterKind::progress);
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->state, LetterState::unread);
  EXPECT_EQ(told->about, about_last);
  EXPECT_EQ(told->to.address, "ola@example.net");
}

TEST_F(Outage, TheDesksOwnLineIsNoAnswerThatATranscriptMayCarry) {
  known.ticket->session = "s1";
  Message line;
  line.kind = MessageKind::outbound;
  line.rule = std::string{outage_rule};
  EXPECT_TRUE(plan_transcript({line}, known).letters.empty());
  line.rule = "token";
  line.agent = "sam";
  EXPECT_FALSE(plan_transcript({line}, known).letters.empty());
}

TEST_F(Outage, TheEndIsToldAndAnUntouchedTicketResolved) {
  known.ticket->status = Status::fresh;
  Plan const plan = plan_outage_over(announced[0], {}, known);
  Letter const* told = letter(plan, LetterKind::progress);
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->lines.front(), phrase("this fault is over: {1}", {"VPN er nede."}));
  ASSERT_NE(change<SetStatus>(plan), nullptr);
  EXPECT_EQ(change<SetStatus>(plan)->status, Status::resolved);
  EXPECT_NE(told->message_id, "");
  EXPECT_EQ(letter(plan_outage_over(announced[0], {}, known), LetterKind::progress)->message_id,
            told->message_id)
      << "told twice, it would be the same letter";
}

TEST_F(Outage, TheEndLeavesWorkAndFinishedTicketsAlone) {
  known.ticket->status = Status::open;
  EXPECT_EQ(change<SetStatus>(plan_outage_over(announced[0], {}, known)), nullptr);
  known.ticket->status = Status::closed;
  EXPECT_TRUE(plan_outage_over(announced[0], {}, known).letters.empty());
  known.ticket->status = Status::open;
  known.automatic_sent = desk.automatic_budget;
  Plan const silent = plan_outage_over(announced[0], {}, known);
  EXPECT_TRUE(silent.letters.empty());
  EXPECT_TRUE(trailed(silent, "outage over, no letter"));
}

TEST_F(Outage, WhoCannotBeToldOfTheEndKeepsTheirTicketOpen) {
  known.ticket->status = Status::fresh;
  auto const stays_open = [&] {
    Plan const plan = plan_outage_over(announced[0], {}, known);
    EXPECT_EQ(change<SetStatus>(plan), nullptr);
    EXPECT_TRUE(plan.letters.empty());
    EXPECT_TRUE(trailed(plan, "outage over, no letter"));
    ASSERT_FALSE(plan.messages.empty());
    EXPECT_EQ(plan.messages.back().kind, MessageKind::note);
    EXPECT_NE(plan.messages.back().reply.find("could not be told"), std::string::npos);
  };
  known.automatic_sent = desk.automatic_budget;
  stays_open();
  known.automatic_sent = 0;
  known.dead_address = true;
  stays_open();
  known.dead_address = false;
  known.ticket->requester_address.address.clear();
  stays_open();
  known.ticket->session = "s1";
  stays_open();
  known.visitor_present = true;
  EXPECT_NE(change<SetStatus>(plan_outage_over(announced[0], {}, known)), nullptr) << "they read it there";
}

TEST_F(Outage, AVisitorReadsTheEndInTheChat) {
  known.ticket->session = "s1";
  known.ticket->status = Status::open;
  known.visitor_present = true;
  Plan const plan = plan_outage_over(announced[0], {}, known);
  ASSERT_EQ(plan.messages.size(), 1U);
  EXPECT_NE(plan.messages[0].reply.find("VPN er nede."), std::string::npos);
  EXPECT_TRUE(trailed(plan, "outage over"));
  ASSERT_EQ(plan.letters.size(), 1U);
  EXPECT_EQ(plan.letters[0].state, LetterState::unread) << "an open tab is not always looked at";
  EXPECT_EQ(plan.letters[0].due, known.now + desk.unread_after);
  EXPECT_EQ(plan.letters[0].about, about_last) << "cancelled once they have seen that line";
  EXPECT_EQ(plan.letters[0].lines.front(), phrase("this fault is over: {1}", {"VPN er nede."}));
  EXPECT_TRUE(plan_outage_over(announced[0], TicketId{41}, known).letters.empty()) << "told already";
  known.automatic_sent = desk.automatic_budget;
  EXPECT_TRUE(plan_outage_over(announced[0], {}, known).letters.empty());
}

TEST_F(Outage, ItsTicketIsRelatedToTheAnnouncedOne) {
  announced[0].ticket = TicketId{42};
  Plan const plan = mail_of_ola("VPN again");
  ASSERT_NE(change<BelongsTo>(plan), nullptr);
  EXPECT_EQ(change<BelongsTo>(plan)->announcement, AnnouncementId{3});
  EXPECT_EQ(plan.open->related, TicketId{42});
}

TEST_F(Outage, WhoHasReadItIsAcknowledgedAsEver) {
  heard = TicketId{49};
  Plan const plan = mail_of_ola("VPN again");
  EXPECT_NE(change<BelongsTo>(plan), nullptr);
  ASSERT_NE(letter(plan, LetterKind::acknowledgement), nullptr);
  EXPECT_EQ(letter(plan, LetterKind::acknowledgement)->text, "");
  EXPECT_EQ(letter(plan, LetterKind::acknowledgement)->articles.size(), 1U);
}

TEST_F(Outage, WhoWasToldOfTheEndIsNotToldAgain) {
  known.ticket->status = Status::fresh;
  Plan const plan = plan_outage_over(announced[0], TicketId{41}, known);
  EXPECT_TRUE(plan.letters.empty());
  EXPECT_TRUE(trailed(plan, "outage over, no letter"));
  EXPECT_NE(change<SetStatus>(plan), nullptr);
}

TEST_F(Outage, AnOpenTicketOfBeforeJoinsItAndItsRequesterReadsIt) {
  announced[0].ticket = TicketId{41};
  Plan const plan = plan_joins_outage(announced[0], {}, false, known);
  EXPECT_EQ(plan.ticket, known.ticket->id);
  ASSERT_NE(change<BelongsTo>(plan), nullptr);
  ASSERT_NE(change<SetRelated>(plan), nullptr);
  EXPECT_EQ(change<SetRelated>(plan)->ticket, TicketId{41});
  Letter const* told = letter(plan, LetterKind::progress);
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->lines.front(), phrase("this is a fault that we know of: {1}", {"VPN er nede."}));
  EXPECT_EQ(change<SetStatus>(plan), nullptr);
  announced[0].ticket = known.ticket->id;
  EXPECT_EQ(change<SetRelated>(plan_joins_outage(announced[0], {}, false, known)), nullptr);
}

TEST_F(Outage, OneThatJoinsItInSilence) {
  for (bool const answered : {true, false}) {
    Plan const plan = plan_joins_outage(announced[0], answered ? std::nullopt : std::optional{TicketId{41}},
                                        answered, known);
    EXPECT_NE(change<BelongsTo>(plan), nullptr) << "the end is told";
    EXPECT_TRUE(plan.letters.empty() && plan.messages.empty());
    ASSERT_EQ(plan.trail.size(), 1U);
    EXPECT_NE(plan.trail[0].detail.find(answered ? "an agent has answered" : "they were told in #41"),
              std::string::npos);
  }
  known.dead_address = true;
  EXPECT_TRUE(plan_joins_outage(announced[0], {}, false, known).letters.empty());
}

TEST_F(Outage, AVisitorOfBeforeReadsItInTheChat) {
  known.ticket->session = "s1";
  known.visitor_present = true;
  Plan const plan = plan_joins_outage(announced[0], {}, false, known);
  ASSERT_EQ(plan.messages.size(), 1U);
  EXPECT_EQ(plan.messages[0].reply, "VPN er nede.");
  EXPECT_EQ(plan.messages[0].rule, outage_rule);
  ASSERT_EQ(plan.letters.size(), 1U);
  EXPECT_EQ(plan.letters[0].state, LetterState::unread) << "an open tab is not always looked at";
  EXPECT_EQ(plan.letters[0].due, known.now + desk.unread_after);
  EXPECT_EQ(plan.letters[0].lines.front(), phrase("this is a fault that we know of: {1}", {"VPN er nede."}));
  ASSERT_EQ(plan.trail.size(), 1U);
  EXPECT_NE(plan.trail[0].detail.find("in the chat"), std::string::npos);
  known.dead_address = true;
  Plan const without = plan_joins_outage(announced[0], {}, false, known);
  EXPECT_EQ(without.messages.size(), 1U);
  EXPECT_TRUE(without.letters.empty());
}

TEST_F(Outage, AnAgentsAnnouncementWaitsAsTheirAnswerWould) {
  desk.undo_delay = std::chrono::seconds{30};
  announced[0].ticket = TicketId{};
  EXPECT_EQ(joins_at(announced[0], desk), announced[0].made);
  announced[0].ticket = TicketId{41};
  EXPECT_EQ(joins_at(announced[0], desk), announced[0].made + std::chrono::seconds{30});
}

class Announcing : public AgentRoom {};

TEST_F(Announcing, AnAgentsWordsAreAnnouncedAndNotSent) {
  Plan const plan = plan_for("/announce until 4h: vpn\nThe VPN is down.");
  auto const* said = change<Announce>(plan);
  ASSERT_NE(said, nullptr) << receipt(plan);
  EXPECT_EQ(said->announcement.text, "The VPN is down.");
  EXPECT_EQ(said->announcement.by, "sam");
  EXPECT_EQ(said->announcement.until, known.now + std::chrono::hours{4});
  std::vector<Letter> to_requester;
  for (Letter const& one : plan.letters)
    if (one.agent.empty()) to_requester.push_back(one);
  ASSERT_EQ(to_requester.size(), 1U) << "this ticket's requester reads it first";
  EXPECT_EQ(to_requester[0].kind, LetterKind::progress);
  EXPECT_EQ(to_requester[0].lines.at(0),
            phrase("this is a fault that we know of: {1}", {"The VPN is down."}));
  ASSERT_EQ(plan.messages.size(), 1U);
  EXPECT_EQ(plan.messages[0].kind, MessageKind::note);
  EXPECT_TRUE(trailed(plan, "announced"));
}

TEST_F(Announcing, WithoutTextOrBesideOtherUsesOfTheWordsItIsRefused) {
  for (std::string const words : {"/announce vpn", "/announce vpn\n/note\nx", "/announce vpn\n/use 1\nx",
                                  "/announce vpn\n/announce mail\nx", "/announce until whenever: vpn\nx"}) {
    Plan const plan = plan_for(words);
    EXPECT_EQ(change<Announce>(plan), nullptr) << words;
    EXPECT_FALSE(reaches_requester(plan)) << words;
    EXPECT_TRUE(trailed(plan, "refused")) << words;
  }
}

TEST_F(Announcing, OverEndsTheOneThereIs) {
  EXPECT_NE(receipt(plan_for("/announce over")).find("nothing is announced"), std::string::npos);
  known.announcements = {outage({"vpn"})};
  auto const plan = plan_for("/announce over");
  ASSERT_NE(change<EndAnnouncement>(plan), nullptr);
  EXPECT_EQ(change<EndAnnouncement>(plan)->id, AnnouncementId{3});
  EXPECT_FALSE(reaches_requester(plan));
  known.announcements.push_back(outage({"mail"}));
  EXPECT_EQ(change<EndAnnouncement>(plan_for("/announce over")), nullptr) << "which one?";
  EXPECT_NE(change<EndAnnouncement>(plan_for("/kunngjør slutt #3")), nullptr);
}

}  // namespace
}  // namespace spoc::desk
