// SPDX-License-Identifier: GPL-3.0-or-later
// Answers told apart from the letters that they answer, by comparing: whatever the mail client marks or not.
#include "daemon/letter_facts.hpp"
#include "templates/letter.hpp"
#include "tests/daemon/desk_room.hpp"

#include <gmock/gmock.h>

namespace spoc::daemon::tests {
namespace {

using desk::LetterKind;
using testing::HasSubstr;
using testing::Not;

class AnswerWords : public DeskRoom {
 protected:
  AnswerWords() {
    Surroundings around = surroundings();
    around.wording = [this](desk::Letter const& letter) { return words_of(letter); };
    looker.emplace(looking, house, desk::tests::toy_sign, around);
    around.wording = [this](desk::Letter const& letter) {
      ++written_by_desk;
      return words_of(letter);
    };
    compared.emplace(db, house, desk::tests::toy_sign, around);
  }

  std::string words_of(desk::Letter const& letter) {
    static auto const texts = templates::Texts::load({});
    store::Store reading = opened(database());
    auto const facts = letter_facts(reading, letter, house, desk::tests::toy_sign, nullptr, now);
    auto const draft = templates::write_letter(*facts, *texts);
    return draft ? draft->text : throw std::runtime_error(draft.error().what);
  }

  desk::News take(Sketch const& sketch) {
    auto one = arrival(sketch);
    if (beforehand) one.own_words = looker->recall(one).value();
    auto const all = compared->receive(std::span{&one, 1});
    if (!all) throw std::runtime_error(all.error().what);
    return all->at(0);
  }
  desk::TicketId opened_ticket() { return take({}).ticket; }

  /// The requester answers what Kari wrote; `text` follows the letter's words where it holds {LETTER}.
  std::string shown(std::string const& text) {
    desk::TicketId const ticket = opened_ticket();
    take(answer_by(
        "kari", ticket,
        "Which room are you in at the moment, Ola, and which printer do you use?\n\nDoes the paper light "
        "blink when you try to print on it?"));
    desk::Letter const letter = letters(LetterKind::answer, ticket).at(0);
    Sketch reply;
    reply.subject = "Re: The printer smokes";
    reply.references = {letter.message_id};
    reply.text = text;
    if (auto const at = reply.text.find("{LETTER}"); at != std::string::npos)
      reply.text.replace(at, 8, words_of(letter));
    EXPECT_EQ(take(reply).ticket, ticket);
    return messages(ticket).back().reply;
  }

  /// As a mailroom does it; without, the desk compares for itself.
  bool beforehand = true;
  int written_by_desk = 0;
  store::Store looking = opened(database());
  std::optional<FrontDesk> looker, compared;
};

TEST_F(AnswerWords, TheDeskWritesNoLetterThatWasComparedBeforehand) {
  EXPECT_EQ(shown("Room 214, the blue one.\n\n{LETTER}"), "Room 214, the blue one.");
  EXPECT_EQ(written_by_desk, 0);
}

TEST_F(AnswerWords, TheDeskComparesForItselfWhereNobodyDidBeforehand) {
  beforehand = false;
  EXPECT_EQ(shown("Room 214, the blue one.\n\n{LETTER}"), "Room 214, the blue one.");
  EXPECT_GT(written_by_desk, 0);
}

TEST_F(AnswerWords, AComparisonWithOtherLettersIsNotBelieved) {
  desk::TicketId const ticket = opened_ticket();
  take(answer_by("kari", ticket, "Which room are you in at the moment, Ola, and which printer do you use?"));
  desk::Letter const letter = letters(LetterKind::answer, ticket).at(0);
  Sketch reply;
  reply.subject = "Re: The printer smokes";
  reply.references = {letter.message_id};
  reply.text = "Room 214, the blue one.\n\n" + words_of(letter);
  auto one = arrival(reply);
  one.own_words = desk::OwnWords{{desk::LetterId{999}}, false, "something else", false};
  ASSERT_TRUE(compared->receive(std::span{&one, 1}));
  EXPECT_EQ(messages(ticket).back().reply, "Room 214, the blue one.");
}

TEST_F(AnswerWords, AnUnmarkedLetterBelowAnAnswerIsFolded) {
  EXPECT_EQ(shown("Room 214, the blue one.\n\n{LETTER}"), "Room 214, the blue one.");
}

TEST_F(AnswerWords, AnUnmarkedLetterAboveAnAnswerIsFolded) {
  EXPECT_EQ(shown("{LETTER}\n\nRoom 214, the blue one."), "Room 214, the blue one.");
}

TEST_F(AnswerWords, AnswersBetweenUnmarkedLinesBelowAHeaderAreShown) {
  std::string const reply = shown(
      "See below.\n\nFrom: Kari Tester <support@example.org>\nSent: Monday, 2 March 2026 12:04\nTo: Ola "
      "Testmann\nSubject: Re: The printer smokes\n\nWhich room are you in at the moment, Ola, and which "
      "printer do "
      "you use?\nRoom 214.\n\nDoes the paper light blink when you try to print on it?\nNo.\n");
  EXPECT_THAT(reply, HasSubstr("See below."));
  EXPECT_THAT(reply, HasSubstr("Room 214."));
  EXPECT_THAT(reply, HasSubstr("No."));
}

TEST_F(AnswerWords, WhatHoldsOnlyOurWordsIsShownWhole) {
  EXPECT_THAT(shown("{LETTER}"), HasSubstr("Which room are you in"));
}

TEST_F(AnswerWords, TheSameMailOnceMoreIsKnownAlthoughItsReplyWasFolded) {
  desk::TicketId const ticket = opened_ticket();
  take(answer_by("kari", ticket, "Which room are you in at the moment, Ola, and which printer do you use?"));
  desk::Letter const letter = letters(LetterKind::answer, ticket).at(0);
  Sketch reply;
  reply.subject = "Re: The printer smokes";
  reply.references = {letter.message_id};
  reply.text = "Room 214.\n\n" + words_of(letter);
  take(reply);
  EXPECT_TRUE(take(reply).duplicate);
}

TEST_F(AnswerWords, ANoticeThatAnAgentsClientDoesNotMarkIsNotSentOn) {
  desk::TicketId const ticket = opened_ticket();
  std::string const notice = words_of(letter_to("kari", LetterKind::opened, ticket));
  take(answer_by("kari", ticket, "Please pull the plug.\n\n" + notice));
  EXPECT_EQ(letters(LetterKind::answer, ticket).at(0).text, "Please pull the plug.");
}

TEST_F(AnswerWords, AnAgentsMailWithoutWordsOfTheirOwnIsRefused) {
  desk::TicketId const ticket = opened_ticket();
  std::string const notice = words_of(letter_to("kari", LetterKind::opened, ticket));
  for (std::string const& text : {notice, "> " + notice}) {
    take(answer_by("kari", ticket, text));
    EXPECT_TRUE(letters(LetterKind::answer, ticket).empty()) << text;
  }
  ASSERT_EQ(letters(LetterKind::refusal, ticket).size(), 2U);
  EXPECT_THAT(letters(LetterKind::refusal, ticket)[0].lines[0], HasSubstr("neither words of yours"));
}

TEST_F(AnswerWords, AnAgentsWordsAmongUnmarkedLinesOfANoticeAreAskedAgain) {
  desk::TicketId const ticket = opened_ticket();
  std::string notice = words_of(letter_to("kari", LetterKind::opened, ticket));
  notice.insert(notice.find("It stands in room 12"), "I have seen that one.\n\n");
  take(answer_by("kari", ticket, "Please pull the plug.\n\n" + notice));
  EXPECT_TRUE(letters(LetterKind::answer, ticket).empty());
  EXPECT_THAT(letter_to("kari", LetterKind::refusal, ticket).lines[0],
              HasSubstr("your words stand among lines"));
}

TEST_F(AnswerWords, WordsOfARefusalMayBeSentAgain) {
  desk::TicketId const ticket = opened_ticket();
  take(answer_by("kari", ticket,
                 "/clsoe\nIt works again, since the cable was loose and I have pushed it in."));
  desk::Letter const refusal = letters(LetterKind::refusal, ticket).at(0);
  Sketch again = answer_by("kari", ticket,
                           "/close\nIt works again, since the cable was loose and I have pushed it in.\n\n"
                           "On Monday the desk wrote:\n> " +
                               std::string{"Nothing was sent."});
  again.references = {refusal.message_id};
  take(again);
  EXPECT_EQ(letters(LetterKind::answer, ticket).at(0).text,
            "It works again, since the cable was loose and I have pushed it in.");
}

TEST_F(AnswerWords, ACommandBelowAnUnmarkedNoticeFindsTheTicketThatItNames) {
  desk::TicketId const first = opened_ticket();
  desk::TicketId const second =
      take({.from = "Eva <eva@example.net>", .subject = "Smoke in room 12", .text = "It smokes here."})
          .ticket;
  std::string const notice = words_of(letter_to("kari", LetterKind::opened, second));
  take(answer_by("kari", second, notice + "\n\n/merge " + std::to_string(desk::number(first))));
  EXPECT_EQ(ticket(second).id, first);
}

TEST_F(AnswerWords, ACommandAboveAnUnmarkedNoticeIsCarriedOut) {
  desk::TicketId const ticket = opened_ticket();
  take(answer_by("kari", ticket, "/close\n\n" + words_of(letter_to("kari", LetterKind::opened, ticket))));
  EXPECT_EQ(this->ticket(ticket).status, desk::Status::closed);
  EXPECT_TRUE(letters(LetterKind::answer, ticket).empty());
}

}  // namespace
}  // namespace spoc::daemon::tests
