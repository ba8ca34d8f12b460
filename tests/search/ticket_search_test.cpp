// SPDX-License-Identifier: GPL-3.0-or-later
// Messages are the entries, tickets are what is found.
#include "search/ticket_search.hpp"

#include "tests/search/shelf.hpp"

#include <gmock/gmock.h>

#include <stdexcept>

namespace spoc::search {
namespace {

using Numbers = std::vector<std::int64_t>;

class Threads : public Shelf {
 protected:
  /// Ticket 1 says what it is about in two messages, ticket 2 in one, ticket 3 has none yet.
  void SetUp() override {
    put(MessageText{1, 11, true, "Badge", "The reader at gate seven beeps twice.", "en"});
    put(MessageText{1, 14, false, "Badge", "Now it shows error quokka.", "en"});
    put(MessageText{2, 12, true, "Coffee", "The machine at gate seven leaks.", "en"});
    put(MessageText{3, 0, true, "Umbrella", "", "en"});
    commit();
  }
  Numbers find(std::string_view query) { return reader().tickets(query, 10).value(); }
};

TEST_F(Threads, words_of_several_messages_count_together) {
  EXPECT_EQ(find("gate quokka"), (Numbers{1, 2}));
  EXPECT_EQ(find("seven quokka"), (Numbers{1, 2}));
}

TEST_F(Threads, a_ticket_without_a_message_is_found_by_its_subject_and_number) {
  EXPECT_EQ(find("umbrella"), Numbers{3});
  EXPECT_EQ(find("3"), Numbers{3});
  EXPECT_EQ(index.messages(3).value().all, Numbers{0});
}

TEST_F(Threads, phrases_may_stand_in_different_messages) {
  EXPECT_EQ(find("\"gate seven\" \"error quokka\""), Numbers{1});
  EXPECT_EQ(find("leaks \"gate seven\""), (Numbers{2, 1}));
  EXPECT_EQ(find("\"seven gate\""), Numbers{});
}

TEST_F(Threads, what_is_excluded_stands_in_none_of_its_messages) {
  EXPECT_EQ(find("gate -quokka"), Numbers{2});
  EXPECT_EQ(find("quokka -beeps"), Numbers{}) << "the other message has the word";
  EXPECT_EQ(find("gate -nothing"), (Numbers{2, 1}));
}

TEST_F(Threads, no_more_than_were_asked_for) {
  EXPECT_EQ(reader().tickets("gate", 1).value().size(), 1U);
  EXPECT_EQ(reader().tickets("gate", 0).value(), Numbers{});
}

TEST_F(Threads, one_message_that_reads_alike_is_enough) {
  for (int other = 20; other < 40; ++other)
    put(MessageText{other, other, true, "Question " + std::to_string(other), "Nothing of that kind.", "en"});
  commit();
  EXPECT_EQ(reader().similar_tickets("", "error quokka again", 5).value(), Numbers{1});
}

/// On a desk with hardly a ticket no word is rare, and each time that the subject stood there it would be
/// less so.
TEST_F(Shelf, a_solved_ticket_is_similar_to_a_new_one_that_says_the_same) {
  put(MessageText{1, 1, true, "Plotter draws double lines",
                  "The plotter in the drawing office draws every line twice.", "en"});
  put(MessageText{1, 2, false, "", "Tighten the left cartridge clamp.", "en"});
  for (int other = 2; other < 8; ++other) {
    commit();
    auto const like =
        reader().similar_tickets("Plotter: double lines", "Our plotter draws double lines since today.", 12);
    EXPECT_THAT(like.value(), testing::Contains(1)) << other;
    put(MessageText{other, other + 1, true, "Plotter: double lines",
                    "Our plotter draws double lines since today.", "en"});
  }
}

TEST_F(Threads, a_message_that_moved_is_in_one_ticket) {
  put(MessageText{2, 14, false, "Coffee", "Now it shows error quokka.", "en"});
  EXPECT_EQ(index.messages(1).value().all, Numbers{11}) << "seen before the commit";
  commit();
  EXPECT_EQ(index.messages(2).value().all, (Numbers{12, 14}));
  EXPECT_EQ(index.messages(2).value().first, Numbers{12});
  EXPECT_EQ(find("quokka"), Numbers{2});
  EXPECT_EQ(reader().all_tickets().value(), (Numbers{1, 2, 3}));
  EXPECT_EQ(reader().all_messages().value(), (Numbers{11, 12, 14}));
}

TEST_F(Threads, what_is_taken_out_is_not_found) {
  ASSERT_TRUE(index.remove_message(1, 14));
  ASSERT_TRUE(index.remove_message(3, 0));
  commit();
  EXPECT_EQ(find("quokka"), Numbers{});
  EXPECT_EQ(reader().all_tickets().value(), (Numbers{1, 2}));
  EXPECT_FALSE(index.remove_message(1, 14)) << "twice";
}

TEST(Entries, messages_and_tickets_do_not_meet) {
  EXPECT_EQ(message_of(entry_of_message(7)), 7);
  EXPECT_EQ(message_of(entry_of_ticket(7)), 0);
  EXPECT_NE(entry_of_message(7), entry_of_ticket(7));
  EXPECT_THROW((void)entry_of_message(std::int64_t{1} << 31U), std::out_of_range);
  EXPECT_THROW((void)entry_of_ticket(-1), std::out_of_range);
}

}  // namespace
}  // namespace spoc::search
