// SPDX-License-Identifier: GPL-3.0-or-later
// What is handed to the desk thread runs there in that order, and its value comes back.
#include "daemon/line.hpp"

#include <gmock/gmock.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace spoc::daemon {
namespace {

class OnTheLine : public testing::Test {
 protected:
  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      boost::asio::make_work_guard(context)};
  Line line{context};
  std::vector<int> order;
};

TEST_F(OnTheLine, WhatWasBegunRunsBeforeWhatIsAskedAfterwards) {
  auto first = line.begin([this] {
    order.push_back(1);
    return std::string{"one"};
  });
  auto second = line.begin([this] {
    order.push_back(2);
    return std::this_thread::get_id();
  });
  EXPECT_TRUE(order.empty());  // nobody is at the desk yet, and nobody waited
  std::jthread desk{[this] { context.run(); }};
  EXPECT_EQ(line.ask([this] { return order.size(); }), 2);
  EXPECT_EQ(first.get(), "one");
  EXPECT_EQ(second.get(), desk.get_id());
  EXPECT_THAT(order, testing::ElementsAre(1, 2));
  guard.reset();
}

TEST_F(OnTheLine, WhatTheDeskThrowsComesToWhoAsked) {
  std::jthread desk{[this] { context.run(); }};
  EXPECT_THROW(line.ask([]() -> int { throw std::runtime_error("no such luck"); }), std::runtime_error);
  EXPECT_THROW(line.ask([] { throw std::runtime_error("no such luck"); }), std::runtime_error);
  auto begun = line.begin([]() -> int { throw std::runtime_error("no such luck"); });
  EXPECT_THROW(begun.get(), std::runtime_error);
  EXPECT_EQ(line.ask([] { return 7; }), 7) << "the desk goes on";
  guard.reset();
}

}  // namespace
}  // namespace spoc::daemon
