// SPDX-License-Identifier: GPL-3.0-or-later
// Mails that were refused because nothing proved that an agent wrote them, and what comes of /confirm.
#include "desk/phrase.hpp"
#include "store/blobs.hpp"
#include "store/ledger.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using tests::Sketch;

/// A desk that asks for a signature, and agents whose mail server makes none.
class Confirmations : public tests::DeskRoom {
 protected:
  Confirmations() { house.dkim_required = true; }

  /// The refusal of what Sam wrote.
  desk::Letter refused(std::string const& words) {
    receive(answer_by("sam", id, words));
    return letter_to("sam", LetterKind::refusal, id);
  }
  desk::News confirm(desk::Letter const& refusal, std::string const& words = "/confirm\n\nMvh\nSam Example",
                     std::string const& from = "sam@example.org") {
    Sketch mail;
    mail.from = from;
    mail.to = desk::with_token("support@example.org", refusal.token);
    mail.subject = "Re: refused";
    mail.text = words;
    mail.id = "confirm" + std::to_string(uid) + "@agents.example";
    mail.references = {refusal.message_id};
    return receive(mail);
  }
  std::string said_to_sam(LetterKind kind) {
    std::string out;
    for (std::string const& line : letter_to("sam", kind, id).lines) out += desk::in_english(line) + "\n";
    return out;
  }

  desk::TicketId const id = receive(Sketch{.id = "m1@example.net"}).ticket;
};

TEST_F(Confirmations, CommandsAreCarriedOutOnce) {
  desk::Letter const refusal = refused("/take\n/priority P1");
  EXPECT_EQ(ticket(id).assignee, "");
  EXPECT_THAT(said_to_sam(LetterKind::refusal), HasSubstr("/confirm"));
  confirm(refusal);
  EXPECT_EQ(ticket(id).assignee, "sam");
  EXPECT_EQ(ticket(id).priority, desk::Priority::p1);
  EXPECT_THAT(said_to_sam(LetterKind::receipt), HasSubstr("confirmed: what you wrote"));
  EXPECT_THAT(letters(LetterKind::refusal, id), SizeIs(1));
  receive(answer_by("sam", id, "/unassign"));  // refused: nothing proves it
  confirm(refusal);
  EXPECT_THAT(letters(LetterKind::refusal, id), SizeIs(3))
      << "what was confirmed is no proof of anything more";
  EXPECT_THAT(letters(LetterKind::receipt, id), SizeIs(1));
  EXPECT_THAT(said_to_sam(LetterKind::refusal), Not(HasSubstr("if you wrote it")));
}

TEST_F(Confirmations, AnAnswerGoesOutWithAReceipt) {
  confirm(refused("Pull the plug."));
  ASSERT_THAT(letters(LetterKind::answer, id), SizeIs(1));
  EXPECT_EQ(letters(LetterKind::answer, id)[0].text, "Pull the plug.");
  EXPECT_THAT(letters(LetterKind::receipt, id), SizeIs(1));
  desk::Message const said = messages(id).back();
  EXPECT_EQ(said.kind, desk::MessageKind::outbound);
  EXPECT_EQ(said.agent, "sam");
  auto const raw = ask([&](store::Tx& tx) { return store::find_blob(tx, said.raw_hash); });
  EXPECT_THAT(raw.value_or(""), HasSubstr("Pull the plug.")) << "its bytes are the refused mail's";
}

TEST_F(Confirmations, AnotherAddressOfTheAgent) {
  house.dkim_required = false;
  Sketch mail = answer_by("sam", id, "/close");
  mail.from = "sam@home.example.net";
  receive(mail);
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
  confirm(letter_to("sam", LetterKind::refusal, id));
  EXPECT_EQ(ticket(id).status, desk::Status::closed);
}

TEST_F(Confirmations, NobodyElseCanDoIt) {
  desk::Letter const refusal = refused("/close");
  confirm(refusal, "/confirm", "kari@example.org");
  confirm(refusal, "/confirm", "mallory@example.com");
  confirm(letter_to("sam", LetterKind::opened, id));
  confirm(refusal, "/confirm\n/priority P1");
  confirm(refusal, "/confirm\nAnd tell them that it burns.");
  desk::Letter guessed = refusal;
  guessed.message_id[guessed.message_id.find('@') - 1] ^= 1;
  confirm(guessed);
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
  EXPECT_THAT(letters(LetterKind::receipt, id), IsEmpty());
  confirm(refusal);
  EXPECT_EQ(ticket(id).status, desk::Status::closed);
}

TEST_F(Confirmations, HoldForAWeek) {
  desk::Letter const refusal = refused("/close");
  now += std::chrono::days{8};
  confirm(refusal);
  EXPECT_EQ(ticket(id).status, desk::Status::fresh);
}

TEST_F(Confirmations, WhatIsWrongOtherwiseStaysWrong) {
  confirm(refused("/clsoe\nBye."));
  EXPECT_THAT(letters(LetterKind::answer, id), IsEmpty());
  EXPECT_THAT(letters(LetterKind::refusal, id), SizeIs(2));
  EXPECT_THAT(said_to_sam(LetterKind::refusal), HasSubstr("did you mean /close?"));
}

TEST_F(Confirmations, ARefusalForItsWordsNeedsNone) {
  house.dkim_required = false;
  desk::Letter const refusal = refused("/clsoe");
  EXPECT_THAT(said_to_sam(LetterKind::refusal), Not(HasSubstr("/confirm")));
  confirm(refusal);
  EXPECT_THAT(said_to_sam(LetterKind::refusal), HasSubstr("nothing was confirmed"));
}

TEST_F(Confirmations, AMachineIsNotAnswered) {
  Sketch note = answer_by("sam", id, "I am away until Monday.");
  note.extra = "Auto-Submitted: auto-replied\r\n";
  receive(note);
  EXPECT_THAT(letters(LetterKind::refusal, id), IsEmpty()) << "its sender would answer that, too";
  EXPECT_EQ(messages(id).back().kind, desk::MessageKind::note) << "kept";
}

}  // namespace
}  // namespace spoc::daemon
