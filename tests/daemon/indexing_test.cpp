// SPDX-License-Identifier: GPL-3.0-or-later
// What an import brings is in the search index when it ends.
#include "daemon/indexing.hpp"

#include "daemon/librarian.hpp"
#include "search/index.hpp"
#include "store/apply.hpp"
#include "tests/daemon/desk_room.hpp"

#include <fstream>

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing::UnorderedElementsAre;
using tests::Sketch;

class IndexBeside : public tests::DeskRoom {
 protected:
  IndexBeside() { config.data = folder.path(); }

  std::vector<std::int64_t> found(std::string const& word) const {
    auto reader = search::Reader::open(config.index());
    if (!reader) return {};
    return reader->tickets(word, 10).value();
  }

  Config config;
};

TEST_F(IndexBeside, WhatCameBeforeAndMeanwhileIsInIt) {
  desk::TicketId const before = receive(Sketch{.text = "It smokes."}).ticket;
  Indexing indexing{config};
  desk::TicketId const meanwhile =
      receive(Sketch{.from = "ada@example.net", .subject = "Coffee", .text = "It whistles."}).ticket;
  indexing.nudge();
  auto const done = indexing.finish();
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_EQ(*done, 2U);
  ASSERT_TRUE(db.read("jobs", [](store::Tx& tx) { EXPECT_TRUE(store::index_jobs(tx, 10).empty()); }));
  EXPECT_THAT(found("smokes"), ElementsAre(desk::number(before)));
  EXPECT_THAT(found("whistles"), ElementsAre(desk::number(meanwhile)));
}

TEST_F(IndexBeside, APortionWaitsForEnough) {
  std::vector<std::int64_t> tickets;
  for (int i = 0; i < 5; ++i)
    tickets.push_back(
        desk::number(receive(Sketch{.subject = "Pipe " + std::to_string(i), .text = "It smokes."}).ticket));
  auto index = search::Index::open(config.index());
  ASSERT_TRUE(index);
  EXPECT_TRUE(put_tickets(*index, db, {.most = 10, .least = 6})->empty());
  auto const first = put_tickets(*index, db, {.most = 3, .least = 3});
  ASSERT_TRUE(first);
  ASSERT_EQ(first->size(), 3U);
  EXPECT_THAT(found("smokes"), IsEmpty()) << "the caller commits";
  ASSERT_TRUE(index->commit());
  EXPECT_THAT(found("smokes"), UnorderedElementsAre(tickets[0], tickets[1], tickets[2]));
  auto const rest = put_tickets(*index, db, {.most = 10, .after = first->back().id});
  ASSERT_TRUE(rest);
  EXPECT_EQ(rest->size(), 2U);
  ASSERT_TRUE(index->commit());
  EXPECT_THAT(found("smokes"), SizeIs(5));
}

TEST_F(IndexBeside, OnlyWhatIsNewIsPutIn) {
  desk::TicketId const ticket = receive(Sketch{.text = "It smokes."}).ticket;
  auto index = search::Index::open(config.index());
  ASSERT_TRUE(index);
  ASSERT_EQ(index_tickets(*index, db, 10).value(), 1U);
  auto const had = index->messages(desk::number(ticket)).value().all;
  ASSERT_THAT(had, SizeIs(1));
  // Another text under the same number: it would only be seen if the message were put in again.
  ASSERT_TRUE(index->put(search::MessageText{desk::number(ticket), had[0], true, "Kept", "as it is", "en"}));
  ASSERT_TRUE(db.write("again", [](store::Tx& tx) { store::index_everything(tx); }));
  ASSERT_EQ(index_tickets(*index, db, 10).value(), 1U);
  EXPECT_THAT(found("kept"), ElementsAre(desk::number(ticket)));
}

TEST_F(IndexBeside, MessagesThatMoveToAnotherTicketLeaveTheirOwn) {
  desk::TicketId const source = receive(Sketch{.text = "It smokes."}).ticket;
  desk::TicketId const target =
      receive(Sketch{.from = "ada@example.net", .subject = "Coffee", .text = "It whistles."}).ticket;
  auto index = search::Index::open(config.index());
  ASSERT_TRUE(index);
  ASSERT_EQ(index_tickets(*index, db, 10).value(), 2U);
  desk::Plan plan;
  plan.ticket = source;
  plan.changes.emplace_back(desk::MergeInto{.target = target});
  ASSERT_TRUE(db.write("merge", [&](store::Tx& tx) { store::apply(tx, plan, nullptr, now); }));
  ASSERT_EQ(index_tickets(*index, db, 10).value(), 2U);
  auto const held = index->messages(desk::number(target)).value();
  EXPECT_THAT(held.all, SizeIs(2));
  EXPECT_THAT(held.first, ElementsAre(held.all.front())) << "one of them has the subject";
  EXPECT_THAT(found("smokes"), ElementsAre(desk::number(target)));
  EXPECT_THAT(found(std::to_string(desk::number(source))), ElementsAre(desk::number(source)))
      << "the old number leads to it still";
}

TEST_F(IndexBeside, ManyAreMadeOnAThreadBeside) {
  constexpr int many = 120;
  for (int i = 0; i < many; ++i)
    receive(Sketch{.from = "person" + std::to_string(i) + "@example.net",
                   .subject = "Pipe " + std::to_string(i),
                   .text = "It smokes in room" + std::to_string(i) + "."});
  auto index = search::Index::open(config.index());
  ASSERT_TRUE(index);
  auto const put = put_tickets(*index, db, {.most = 1000});
  ASSERT_TRUE(put);
  ASSERT_EQ(put->size(), static_cast<std::size_t>(many));
  ASSERT_TRUE(index->commit());
  for (int i = 0; i < many; ++i)
    EXPECT_THAT(found("room" + std::to_string(i)), ElementsAre(desk::number((*put)[std::size_t(i)].ticket)));
}

TEST_F(IndexBeside, LeftAloneWhileAnotherHoldsIt) {
  auto const librarian = search::Index::open(config.index());
  ASSERT_TRUE(librarian);
  receive(Sketch{.text = "It smokes."});
  Indexing indexing{config};
  auto const done = indexing.finish();
  ASSERT_TRUE(done) << done.error().what;
  EXPECT_EQ(*done, 0U);
  ASSERT_TRUE(db.read("jobs", [](store::Tx& tx) { EXPECT_EQ(store::index_jobs(tx, 10).size(), 1U); }));
}

TEST_F(IndexBeside, ABrokenStoreIsTold) {
  std::ofstream{folder.path() / "file"} << "no folder";
  config.data = folder.path() / "file";
  Indexing indexing{config};
  auto const done = indexing.finish();
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().what, testing::HasSubstr((folder.path() / "file").string()));
}

TEST_F(IndexBeside, MayBeGivenUp) {
  receive(Sketch{.text = "It smokes."});
  { Indexing const indexing{config}; }
  EXPECT_THAT(found("smokes"), IsEmpty());
}

}  // namespace
}  // namespace spoc::daemon
