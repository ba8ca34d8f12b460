// SPDX-License-Identifier: GPL-3.0-or-later
// Messages are the entries, tickets are what is found.
#include "search/ticket_search.hpp"

#include "search/entry.hpp"

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

TEST_F(Threads, phrases_and_exclusions_are_of_words_as_written) {
  put(MessageText{4, 15, true, "Doors", "Two gates seven metres wide; error codes: quokkas.", "en"});
  commit();
  EXPECT_EQ(find("\"gate seven\" seven"), (Numbers{2, 1})) << "gates is another word, gate its stem";
  EXPECT_EQ(find("\"gates seven\""), Numbers{4});
  EXPECT_EQ(find("quokka -quokkas"), Numbers{1});
  EXPECT_EQ(find("quokka -quokka"), Numbers{4});
}

struct Phrase {
  char const* name;
  char const* language;
  char const* subject;
  char const* text;
  char const* query;
  bool found;
};
class Phrases : public Shelf, public testing::WithParamInterface<Phrase> {};
TEST_P(Phrases, found_or_not) {
  put(MessageText{1, 1, true, GetParam().subject, GetParam().text, GetParam().language});
  commit();
  EXPECT_EQ(reader().tickets(GetParam().query, 10).value(), GetParam().found ? Numbers{1} : Numbers{});
}
INSTANTIATE_TEST_SUITE_P(
    TicketSearch, Phrases,
    testing::Values(
        Phrase{"parts_of_a_compound", "nb", "", "Min e-post feiler.", "\"e-post feiler\"", true},
        Phrase{"a_compound", "nb", "", "Min e-post feiler.", "\"epost feiler\"", true},
        Phrase{"behind_a_compound", "nb", "", "Min e-post feiler nå.", "\"post feiler nå\"", true},
        Phrase{"not_over_a_compound", "nb", "", "Min e-post feiler.", "\"e feiler\"", false},
        Phrase{"not_from_subject_to_text", "en", "Broken gate", "Seven days ago.", "\"gate seven\"", false},
        Phrase{"at_the_end", "en", "Broken gate", "Days ago", "\"days ago\"", true},
        Phrase{"longer_than_the_text", "en", "", "Days ago", "\"days ago days\"", false},
        Phrase{"the_same_word_twice", "en", "", "It beeps, beeps beeps.", "\"beeps beeps beeps\"", true},
        Phrase{"chinese", "zh-Hans", "", "请打印机连接网络", "\"打印机连接\"", true},
        Phrase{"chinese_in_another_order", "zh-Hans", "", "请打印机连接网络", "\"连接打印机\"", false},
        Phrase{"chinese_over_a_line_end", "zh-Hans", "", "请打印机连\n接网络", "\"打印机连接\"", true},
        Phrase{"an_error_number", "en", "", "It says 0x80070005, again.", "\"says 0x80070005\"", true},
        Phrase{"german", "de", "", "Wir haben Ärger mit Benutzern.", "\"mit Benutzern\"", true},
        Phrase{"a_german_word", "de", "", "Wir haben Ärger mit Benutzern.", "Benutzern", true},
        Phrase{"a_finnish_word", "fi", "", "Tulostimessamme on vikaa.", "tulostimessamme", true},
        Phrase{"a_danish_word_as_norwegian_is_cut", "da", "", "Alle skærmene er nede.", "skærm", true}),
    [](auto const& row) { return std::string{row.param.name}; });

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

TEST(Entries, bytes_that_are_none_say_nothing) {
  std::vector<Word> const gate = split("gate");
  for (char const* bytes : {"", "7", "7\n", "7\nab", "x"}) EXPECT_FALSE(has_phrase(bytes, gate)) << bytes;
  EXPECT_EQ(ticket_of_entry("7"), 7);
  EXPECT_EQ(ticket_of_entry("x"), 0);
  EntryWriter entry(7);
  entry.add(gate);
  std::string const bytes = std::move(entry).bytes();
  EXPECT_TRUE(has_phrase(bytes, gate));
  EXPECT_EQ(ticket_of_entry(bytes), 7);
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
