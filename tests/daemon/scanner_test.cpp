// SPDX-License-Identifier: GPL-3.0-or-later
// Files are looked through while the desk goes on, in their order, and everybody who waits is told.
#include "daemon/scanner.hpp"

#include "tests/fakes/clamd.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace spoc::daemon {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class Scanning : public testing::Test {
 protected:
  void begin(std::string const& place) {
    scanner = std::make_unique<Scanner>(place, line);
    thread = std::jthread{[this] { scanner->run(); }};
  }
  void begin(Scanner::Look look) {
    scanner = std::make_unique<Scanner>("somewhere", line, std::move(look));
    thread = std::jthread{[this] { scanner->run(); }};
  }
  void end() {
    scanner->stop();
    thread.join();
  }
  static desk::Attachment file(std::string name) {
    return {std::move(name), "text/plain", "words", "sha", false, ""};
  }
  void look(std::string const& name) {
    scanner->look({file(name)},
                  [this](std::optional<Scanned> scanned) { told.push_back(std::move(scanned)); });
  }

  boost::asio::io_context context{1};
  boost::asio::executor_work_guard<boost::asio::io_context::executor_type> guard{
      boost::asio::make_work_guard(context)};
  Line line{context};
  std::unique_ptr<Scanner> scanner;
  std::jthread thread;
  std::vector<std::optional<Scanned>> told;
};

TEST_F(Scanning, SaysWhatWasFoundInWhichFile) {
  fakes::Clamd const clamd{"stream: Test.Mark FOUND"};
  begin(clamd.place());
  look("a.txt");
  EXPECT_THAT(told, SizeIs(0)) << "the answer comes to the desk thread, when it gets round to it";
  context.run_one();
  ASSERT_THAT(told, SizeIs(1));
  ASSERT_TRUE(told[0]);
  ASSERT_THAT(told[0]->infected, SizeIs(1));
  EXPECT_EQ(told[0]->infected[0].filename + " " + told[0]->infected[0].virus, "a.txt Test.Mark");
  EXPECT_THAT(told[0]->files.at(0).held, HasSubstr("it carries a virus"));
  end();
}

TEST_F(Scanning, LetsCleanFilesThroughAsTheyAre) {
  fakes::Clamd const clamd{"stream: OK"};
  begin(clamd.place());
  look("a.txt");
  context.run_one();
  ASSERT_TRUE(told.at(0));
  EXPECT_THAT(told[0]->infected, SizeIs(0));
  EXPECT_EQ(told[0]->files.at(0), file("a.txt"));
  end();
}

TEST_F(Scanning, HoldsWhatItCannotAskAbout) {
  begin("127.0.0.1:1");
  look("a.txt");
  context.run_one();
  ASSERT_TRUE(told.at(0));
  EXPECT_THAT(told[0]->infected, SizeIs(0));
  EXPECT_THAT(told[0]->files.at(0).held, HasSubstr("could not be looked through"));
  end();
}

TEST_F(Scanning, GoesOnAfterAFaultAndHoldsTheFile) {
  begin([](std::string const&, std::vector<desk::Attachment>& files) -> std::vector<Infected> {
    if (files.front().filename == "bad.txt") throw std::runtime_error("no such luck");
    if (files.front().filename == "worse.txt") throw 7;
    return {};
  });
  look("bad.txt");
  look("worse.txt");
  look("good.txt");
  while (told.size() < 3) context.run_one();
  ASSERT_TRUE(told[0] && told[1] && told[2]);
  EXPECT_THAT(told[0]->files.at(0).held, HasSubstr("could not be looked through"));
  EXPECT_THAT(told[0]->files.at(0).held, HasSubstr("no such luck"));
  EXPECT_THAT(told[1]->files.at(0).held, HasSubstr("an unknown fault"));
  EXPECT_EQ(told[2]->files.at(0), file("good.txt"));
  end();
}

TEST_F(Scanning, KeepsAVirusThatWasFoundBeforeTheFault) {
  begin([](std::string const&, std::vector<desk::Attachment>& files) -> std::vector<Infected> {
    files.front().held = "it carries a virus";
    throw std::runtime_error("no such luck");
  });
  look("a.txt");
  context.run_one();
  ASSERT_TRUE(told.at(0));
  EXPECT_EQ(told[0]->files.at(0).held, "it carries a virus");
  end();
}

TEST_F(Scanning, TellsWhoWaitsWhenItEnds) {
  std::promise<void> asked, go_on;
  fakes::Clamd const clamd{"stream: OK", [&] {
                             asked.set_value();
                             go_on.get_future().wait();
                           }};
  begin(clamd.place());
  look("first.txt");
  asked.get_future().wait();
  look("second.txt");
  scanner->stop();
  look("third.txt");
  ASSERT_THAT(told, SizeIs(1)) << "the third is told at once";
  EXPECT_FALSE(told[0]);
  context.run_one();
  ASSERT_THAT(told, SizeIs(2)) << "the second has waited in vain";
  EXPECT_FALSE(told[1]);
  go_on.set_value();
  context.run_one();
  ASSERT_THAT(told, SizeIs(3)) << "the first was begun, and is finished";
  ASSERT_TRUE(told[2]);
  EXPECT_EQ(told[2]->files.at(0).filename, "first.txt");
  thread.join();
}

TEST_F(Scanning, TakesOnlySoManyAtOnce) {
  std::promise<void> asked, go_on;
  fakes::Clamd const clamd{"stream: OK", [&, first = true]() mutable {
                             if (!std::exchange(first, false)) return;
                             asked.set_value();
                             go_on.get_future().wait();
                           }};
  begin(clamd.place());
  look("first.txt");
  asked.get_future().wait();
  for (int i = 0; i < 50; ++i) look("more.txt");
  EXPECT_THAT(told, SizeIs(0));
  look("too many.txt");
  ASSERT_THAT(told, SizeIs(1));
  EXPECT_FALSE(told[0]);
  go_on.set_value();
  while (told.size() < 52) context.run_one();
  EXPECT_TRUE(told.back());
  end();
}

}  // namespace
}  // namespace spoc::daemon
