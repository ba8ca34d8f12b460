// SPDX-License-Identifier: GPL-3.0-or-later
// Work beside the desk. That it keeps its order, has a bound and tells who waits at the end is shown by the
// tests of the scanner.
#include "daemon/aside.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace spoc::daemon {
namespace {

/// Notes on which threads its copies end; what was moved away has nothing to end.
class Mark {
 public:
  explicit Mark(std::vector<std::thread::id>& ends) : ends_{&ends} {}
  Mark(Mark const&) = default;
  Mark(Mark&& other) noexcept : ends_{std::exchange(other.ends_, nullptr)} {}
  Mark& operator=(Mark const&) = delete;
  ~Mark() {
    if (ends_ != nullptr) ends_->push_back(std::this_thread::get_id());
  }

 private:
  std::vector<std::thread::id>* ends_;
};

TEST(OnTheSide, WhatAPieceHoldsEndsAtTheDesk) {
  boost::asio::io_context context{1};
  auto const guard = boost::asio::make_work_guard(context);
  Line line{context};
  Aside aside{line};
  std::vector<std::thread::id> ends;
  ends.reserve(100);
  bool done = false;
  {
    Mark mark{ends};  // a const one would be copied into closures, and not moved with them
    ASSERT_TRUE(aside.take([mark, &done]() -> Aside::Then { return [mark, &done] { done = true; }; },
                           [mark] { FAIL() << "it was begun"; }));
  }
  std::jthread thread{[&] { aside.run(); }};
  context.run_one();  // the piece, when it is done
  aside.stop();
  thread.join();
  EXPECT_TRUE(done);
  EXPECT_GE(ends.size(), 3U);
  EXPECT_THAT(ends, testing::Each(std::this_thread::get_id()));
}

TEST(OnTheSide, AFaultEndsNoOtherPiece) {
  boost::asio::io_context context{1};
  auto const guard = boost::asio::make_work_guard(context);
  Line line{context};
  Aside aside{line};
  std::vector<std::string> told;
  auto const piece = [&](std::function<void()> const& fault) {
    return aside.take(
        [&told, fault]() -> Aside::Then { return fault(), [&told] { told.push_back("done"); }; },
        [&told] { told.push_back("instead"); });
  };
  ASSERT_TRUE(piece([] { throw std::runtime_error("no such luck"); }));
  ASSERT_TRUE(piece([] { throw 7; }));
  ASSERT_TRUE(piece([] {}));
  std::jthread thread{[&] { aside.run(); }};
  while (told.size() < 3) context.run_one();
  EXPECT_THAT(told, testing::ElementsAre("instead", "instead", "done"));
  aside.stop();
}

}  // namespace
}  // namespace spoc::daemon
