// SPDX-License-Identifier: GPL-3.0-or-later
// Mails that are in already: those without an id, and how many an author has sent of late.
#include "desk_fixture.hpp"

namespace spoc::store {
namespace {

class KnownMails : public Desk {};

TEST_F(KnownMails, a_mail_without_an_id_is_known_by_author_words_and_hour) {
  auto const ticket = arrive({.from = "ada@example.org", .reply = "It smokes."}).ticket;
  auto const known = [&](std::string author, std::string words, desk::Duration off) {
    return ask([&](Tx& tx) {
      return find_same_mail(tx, {"", std::move(author), "Printer on fire", words, words, now + off});
    });
  };
  EXPECT_EQ(known("ada@example.org", "It smokes.", std::chrono::minutes{59}), ticket);
  EXPECT_EQ(known("ada@example.org", "It smokes.", -std::chrono::minutes{59}), ticket);
  EXPECT_FALSE(known("ada@example.org", "It smokes.", std::chrono::minutes{61}));
  EXPECT_FALSE(known("ada@example.org", "It burns.", std::chrono::minutes{0}));
  EXPECT_FALSE(known("eve@example.org", "It smokes.", std::chrono::minutes{0}));
}

TEST_F(KnownMails, mails_of_the_last_hour_are_counted_by_their_author) {
  auto const mail_at = [&](std::string const& from, desk::Time at) {
    Sketch const sketch{.from = from, .reply = "mail " + std::to_string(uid)};
    auto const arrival = arrival_of(sketch);
    write([&](Tx& tx) {
      auto plan = plan_for(tx, sketch, arrival);
      plan.messages.front().at = at;
      apply(tx, plan, &arrival, now);
    });
  };
  auto const count = [&](std::string const& from) {
    return ask([&](Tx& tx) { return recent_mails(tx, from, now); });
  };
  desk::Time const begin = now;
  mail_at("ada@example.org", begin - std::chrono::minutes{61});
  mail_at("ada@example.org", begin - std::chrono::minutes{59});
  mail_at("eve@example.org", begin);
  mail_at("ada@example.org", begin);
  EXPECT_EQ(count("ada@example.org"), 2);
  EXPECT_EQ(count("Ada@Example.org"), 2);
  EXPECT_EQ(count("eve@example.org"), 1);
  EXPECT_EQ(rows("recent_mail"), 3) << "an old one never counts";
  now = begin + std::chrono::minutes{30};
  EXPECT_EQ(count("ada@example.org"), 1);
  now = begin + std::chrono::hours{24};
  EXPECT_EQ(count("ada@example.org"), 0);
  mail_at("ada@example.org", now);
  EXPECT_EQ(rows("recent_mail"), 1) << "those of the day before go";
  write([](Tx& tx) { skip_numbers(tx); });  // as if thousands of messages had come
  mail_at("eve@example.org", now);
  EXPECT_EQ(rows("recent_mail"), 1) << "so do those of 4,000 messages ago";
  EXPECT_EQ(count("ada@example.org"), 0);
}

}  // namespace
}  // namespace spoc::store
