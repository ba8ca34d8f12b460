// SPDX-License-Identifier: GPL-3.0-or-later
// What a virus scanner says, and what it is when it says nothing.
#include "channels/clamd.hpp"

#include "tests/fakes/scripted_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::channels {
namespace {

using testing::HasSubstr;

/// clamd as it answers INSTREAM: reads all pieces, then says its verdict.
class Clamd {
 public:
  explicit Clamd(std::string verdict)
      : server_{[this, verdict](fakes::Peer& peer) {
          std::string const command = peer.take(10);
          received.clear();
          for (;;) {
            std::string const length = peer.take(4);
            if (length.size() < 4) return;
            std::size_t bytes = 0;
            for (char c : length) bytes = bytes << 8U | static_cast<unsigned char>(c);
            if (bytes == 0) break;
            received += peer.take(bytes);
          }
          if (command == std::string{"zINSTREAM\0", 10}) peer.say(verdict + std::string(1, '\0'));
        }} {}

  std::string place() const { return "127.0.0.1:" + std::to_string(server_.account("").port); }
  std::string received;

 private:
  fakes::ScriptedServer server_;
};

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
