// SPDX-License-Identifier: GPL-3.0-or-later
// What an import brings is in the search index when it ends.
#include "daemon/indexing.hpp"

#include "search/index.hpp"
#include "store/apply.hpp"
#include "tests/daemon/desk_room.hpp"

#include <fstream>

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
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
