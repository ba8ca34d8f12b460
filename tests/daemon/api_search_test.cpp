// SPDX-License-Identifier: GPL-3.0-or-later
// What programs search for is looked for beside the desk, which answers others meanwhile.
#include "daemon/api_call.hpp"
#include "daemon/api_door.hpp"
#include "daemon/seeker.hpp"
#include "tests/daemon/desk_room.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <stdexcept>
#include <thread>
#include <utility>

namespace spoc::daemon::tests {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;
using channels::HttpResponse;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

channels::HttpRequest search_for(std::string const& words) {
  channels::HttpRequest request;
  request.method = "GET";
  request.path = "/api/v1/tickets";
  request.query["q"] = words;
  request.local = true;
  return request;
}

class ApiSearch : public DeskRoom {
 protected:
  ApiSearch() { config.house = house; }
  ~ApiSearch() override {
    seeker.stop();
    if (thread.joinable()) thread.join();
  }

  desk::TicketId indexed_ticket(std::string const& words) {
    Sketch sketch;
    sketch.text = words;
    auto const news = receive(sketch);
    auto index = search::Index::open(place);
    EXPECT_TRUE(
        index &&
        index->put(search::MessageText{desk::number(news.ticket), desk::number(news.messages.at(0).id), true,
                                       "Help", words, "en"}) &&
        index->commit());
    return news.ticket;
  }
  ApiDoor door(bool aside) {
    ApiRooms rooms{config, db, front, [this] { return desks_reader(); }, [] {}};
    if (aside)
      rooms.seek = [this](auto work, auto instead) {
        return seeker.take(std::move(work), std::move(instead));
      };
    return ApiDoor{std::move(rooms)};
  }
  search::Reader* desks_reader() {
    if (auto opened = search::Reader::open(place)) reader.emplace(std::move(*opened));
    return reader ? &*reader : nullptr;
  }
  /// Asks, and lets the answer come to `told` when it likes.
  void ask(ApiDoor& at, channels::HttpRequest const& request) {
    auto const answer = at.answer(request);
    ASSERT_TRUE(answer.deferred);
    answer.deferred([this](HttpResponse said) { told.push_back(std::move(said)); });
  }
  void start() {
    thread = std::jthread{[this] { seeker.run(); }};
  }
  static std::vector<std::int64_t> found_in(HttpResponse const& answer) {
    std::vector<std::int64_t> out;
    json::value const body = json::parse(answer.body);
    for (json::value const& one : body.at("tickets").as_array()) out.push_back(one.at("id").as_int64());
    return out;
  }

  fakes::TempDir folder;
  std::filesystem::path place = folder.path() / "index";
  Config config;
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard{asio::make_work_guard(context)};
  Line line{context};
  Seeker seeker{place, line};
  std::jthread thread;
  std::optional<search::Reader> reader;
  std::vector<HttpResponse> told;
};

TEST_F(ApiSearch, TheDeskAnswersOthersMeanwhile) {
  auto const ticket = indexed_ticket("The projector hums.");
  ApiDoor desk = door(true);
  auto const request = search_for("projector");
  ask(desk, request);
  channels::HttpRequest other;
  other.method = "GET";
  other.path = "/api/v1/tickets/" + std::to_string(desk::number(ticket));
  other.local = true;
  EXPECT_EQ(desk.answer(other).status, 200);
  EXPECT_THAT(told, SizeIs(0)) << "nobody has begun to look";
  start();
  context.run_one();
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_EQ(told[0].status, 200) << told[0].body;
  EXPECT_THAT(found_in(told[0]), ElementsAre(desk::number(ticket)));
}

TEST_F(ApiSearch, AnswersAsTheDeskItselfWould) {
  indexed_ticket("The projector hums.");
  ApiDoor desk = door(true), alone = door(false);
  start();
  auto request = search_for("projector");
  ask(desk, request);
  context.run_one();
  auto const at_once = alone.answer(request);
  ASSERT_FALSE(at_once.deferred);
  EXPECT_EQ(at_once.body, told.at(0).body);
  EXPECT_EQ(at_once.headers, told[0].headers);
  ASSERT_FALSE(at_once.headers.empty());
  EXPECT_EQ(at_once.headers.back().first, "ETag");
  request.headers["if-none-match"] = at_once.headers.back().second;
  ask(desk, request);
  context.run_one();
  EXPECT_EQ(told.at(1).status, 304);
}

TEST_F(ApiSearch, WhatNeedsNoIndexIsAnsweredAtOnce) {
  ApiDoor desk = door(true);
  auto request = search_for("");
  request.query.clear();
  EXPECT_EQ(desk.answer(request).status, 200);
}

TEST_F(ApiSearch, AnIndexThatComesLaterIsFound) {
  ApiDoor desk = door(true);
  start();
  auto request = search_for("projector");
  ask(desk, request);
  context.run_one();
  EXPECT_THAT(found_in(told.at(0)), SizeIs(0));
  request.path = "/api/v1/articles";
  ask(desk, request);
  context.run_one();
  EXPECT_EQ(told.at(1).status, 503);
  auto const ticket = indexed_ticket("The projector hums.");
  request.path = "/api/v1/tickets";
  ask(desk, request);
  context.run_one();
  EXPECT_THAT(found_in(told.at(2)), ElementsAre(desk::number(ticket)));
}

TEST_F(ApiSearch, WhoeverCanNotBeServedIsToldToComeAgain) {
  ApiDoor desk = door(true);
  auto const request = search_for("projector");
  for (std::size_t i = 0; i < Aside::most_waiting; ++i) ask(desk, request);
  EXPECT_THAT(told, SizeIs(0));
  ask(desk, request);
  ASSERT_THAT(told, SizeIs(1)) << "too many wait";
  EXPECT_EQ(told[0].status, 503);
  EXPECT_THAT(told[0].body, HasSubstr("too many searches wait"));
  EXPECT_THAT(told[0].headers, testing::Contains(testing::Pair("Retry-After", "5")));
  seeker.stop();
  for (std::size_t i = 0; i < Aside::most_waiting; ++i) context.run_one();
  ASSERT_THAT(told, SizeIs(Aside::most_waiting + 1)) << "the desk ends";
  EXPECT_EQ(told.back().status, 503);
}

TEST_F(ApiSearch, AFaultThereCostsTheRequestAlone) {
  ApiRooms rooms{config, db, front, [] { return static_cast<search::Reader*>(nullptr); }, [] {}};
  bool fails = true;
  rooms.seek = [&](auto work, auto instead) {
    return seeker.take(
        [&fails, work](search::Reader* asked) {
          if (std::exchange(fails, false)) throw std::runtime_error("no such luck");
          return work(asked);
        },
        std::move(instead));
  };
  ApiDoor desk{std::move(rooms)};
  auto const request = search_for("projector");
  ask(desk, request);
  ask(desk, request);
  start();
  while (told.size() < 2) context.run_one();
  EXPECT_EQ(told[0].status, 503);
  EXPECT_THAT(told[0].body, HasSubstr("the search could not be done; come again"));
  EXPECT_EQ(told[1].status, 200);
}

TEST_F(ApiSearch, ACursorThatNoPageGaveIsToldAtOnce) {
  ApiDoor desk = door(true);
  auto request = search_for("projector");
  request.query["cursor"] = "7";
  auto const answer = desk.answer(request);
  EXPECT_FALSE(answer.deferred);
  EXPECT_EQ(answer.status, 400);
}

}  // namespace
}  // namespace spoc::daemon::tests
