// SPDX-License-Identifier: GPL-3.0-or-later
// What a virus scanner says, and what it is when it says nothing.
#include "channels/clamd.hpp"

#include "tests/fakes/clamd.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::channels {
namespace {

using fakes::Clamd;
using testing::HasSubstr;

Result<std::string> ask(std::string const& place, std::string const& bytes) {
  return scan(place, bytes, std::chrono::seconds{5});
}

TEST(VirusScanner, CleanBytes) {
  Clamd clamd{"stream: OK"};
  std::string const bytes(200'000, 'x');
  auto const verdict = ask(clamd.place(), bytes);
  ASSERT_TRUE(verdict) << verdict.error().what;
  EXPECT_EQ(*verdict, "");
  EXPECT_EQ(clamd.received, bytes) << "in pieces, and whole";
}

TEST(VirusScanner, Virus) {
  Clamd const clamd{"stream: Win.Test.EICAR_HDB-1 FOUND"};
  auto const verdict = ask(clamd.place(), "X5O!P%");
  ASSERT_TRUE(verdict) << verdict.error().what;
  EXPECT_EQ(*verdict, "Win.Test.EICAR_HDB-1");
}

TEST(VirusScanner, NoVerdict) {
  Clamd const clamd{"INSTREAM size limit exceeded. ERROR"};
  auto const verdict = ask(clamd.place(), "words");
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().kind, Kind::refused);
  EXPECT_THAT(verdict.error().what, HasSubstr("size limit exceeded"));
}

TEST(VirusScanner, Away) {
  fakes::ScriptedServer const silent{[](fakes::Peer&) {}};
  for (std::string const& place :
       {std::string{"/nowhere/clamd.ctl"}, std::string{"127.0.0.1:1"},
        "127.0.0.1:" + std::to_string(silent.account("").port), std::string(200, '/')}) {
    auto const verdict = ask(place, "words");
    ASSERT_FALSE(verdict) << place;
    EXPECT_EQ(verdict.error().kind, Kind::busy) << place;
    EXPECT_THAT(verdict.error().what, HasSubstr(place));
  }
}

}  // namespace
}  // namespace spoc::channels
