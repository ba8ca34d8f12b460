// SPDX-License-Identifier: GPL-3.0-or-later
// Agents read how like matters ended; requesters never do.
#include "desk/phrase.hpp"
#include "tests/daemon/desk_room.hpp"

namespace spoc::daemon {
namespace {

using desk::LetterKind;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::Sketch;

class Similar : public tests::DeskRoom {
 protected:
  /// A ticket that Kari answered; resolved as well, or not.
  desk::TicketId answered(std::string const& from, std::string const& words, bool resolved) {
    Sketch sketch;
    sketch.from = from;
    sketch.subject = "Smoke from " + from.substr(0, from.find(' '));
    auto const id = receive(sketch).ticket;
    receive(answer_by("kari", id, (resolved ? "/resolve\n\n" : "") + words));
    return id;
  }
  desk::TicketId mail_like(std::vector<desk::TicketId> similar) {
    Sketch fresh;
    fresh.from = "Ada Testmann <ada@example.net>";
    auto mail = arrival(fresh);
    mail.similar = std::move(similar);
    return receive(mail).ticket;
  }
};

TEST_F(Similar, TheNoticeSaysHowFinishedOnesEnded) {
  auto const solved = answered("Per Testmann <per@example.net>", "Take the lid off first.\nThen wait.", true);
  auto const open = answered("Ola Testmann <ola@example.net>", "What colour is the smoke?", false);
  auto const id = mail_like({open, solved, desk::TicketId{4711}});
  auto const notice = letter_to("sam", LetterKind::opened, id);
  ASSERT_THAT(notice.lines, SizeIs(1));
  EXPECT_EQ(notice.lines[0], desk::phrase("similar and solved: {1}, by {2}: {3}",
                                          {"#" + std::to_string(desk::number(solved)) + " \"Smoke from Per\"",
                                           "Kari Eksempel", "Take the lid off first."}));
  auto const acknowledgement = letters(LetterKind::acknowledgement, id).at(0);
  EXPECT_THAT(acknowledgement.lines, IsEmpty());
  EXPECT_THAT(acknowledgement.text, IsEmpty());
}

TEST_F(Similar, ThreeAreEnoughAndLongAnswersAreCutBetweenCharacters) {
  std::vector<desk::TicketId> all;
  std::string words;
  for (int i = 0; i < 60; ++i) words += "è";
  words += words;
  for (std::string const name : {"a", "b", "c", "d"})
    all.push_back(answered(name + " <" + name + "@example.net>", words, true));
  auto const notice = letter_to("sam", LetterKind::opened, mail_like(all));
  ASSERT_THAT(notice.lines, SizeIs(3));
  for (std::string const& line : notice.lines) EXPECT_TRUE(line.ends_with("è…")) << line;
}

}  // namespace
}  // namespace spoc::daemon
