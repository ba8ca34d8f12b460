// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens: minted, carried through mail, checked, and refused when anything was changed.
#include "desk/token.hpp"

#include "tests/desk/house.hpp"

#include <gtest/gtest.h>
#include <algorithm>

namespace spoc::desk {
namespace {

using tests::toy_sign;

std::string minted() { return mint(TicketId{42}, Role::agent, Purpose::note, "Kari@Example.org", toy_sign); }

TEST(Token, ComesBackAsItWasMinted) {
  auto const token = read_token(minted(), toy_sign);
  ASSERT_TRUE(token);
  EXPECT_EQ(token->ticket, TicketId{42});
  EXPECT_EQ(token->role, Role::agent);
  EXPECT_EQ(token->purpose, Purpose::note);
  EXPECT_TRUE(issued_to(*token, "kari@example.org", toy_sign));
  EXPECT_FALSE(issued_to(*token, "sam@example.org", toy_sign));
}

TEST(Token, SurvivesUpperCase) {
  std::string loud = minted();
  std::transform(loud.begin(), loud.end(), loud.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  EXPECT_TRUE(read_token(loud, toy_sign));
}

TEST(Token, EveryChangedCharacterVoidsIt) {
  std::string const good = minted();
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string bad = good;
    bad[i] = bad[i] == 'b'    ? 'c'
             : bad[i] == '7'  ? '6'
             : good[i] == '.' ? 'b'
                              : (bad[i] >= '0' && bad[i] <= '9' ? '7' : 'b');
    if (bad == good) continue;
    EXPECT_FALSE(read_token(bad, toy_sign)) << i << " " << bad;
  }
}

TEST(Token, AnotherKeyVoidsIt) {
  auto const other = [](std::string_view text) { return toy_sign("other" + std::string{text}); };
  EXPECT_FALSE(read_token(minted(), other));
}

TEST(Token, FitsALocalPart) {
  std::string const longest =
      mint(TicketId{999'999'999'999}, Role::requester, Purpose::reply, "a@b", toy_sign);
  EXPECT_LE(std::string{"support+"}.size() + longest.size(), 64U);  // RFC 5321 4.5.3.1.1
}

TEST(Token, TravelsInAddressMessageIdAndText) {
  std::string const token = minted();
  EXPECT_EQ(with_token("support@example.org", token), "support+" + token + "@example.org");
  for (std::string const& text :
       {with_token("support@example.org", token), mint_message_id(token, "cause", "example.org", toy_sign),
        "> Ref: " + token + "\n"}) {
    auto const found = tokens_in(text, toy_sign);
    ASSERT_EQ(found.size(), 1U) << text;
    EXPECT_EQ(found.front().ticket, TicketId{42});
  }
}

TEST(Token, IsFoundAmongOthersInOrderAndOnce) {
  std::string const one = minted(), two = mint(TicketId{7}, Role::requester, Purpose::reply, "a@b", toy_sign);
  auto const found = tokens_in("1.2.3 " + two + " 99999999999999999999.ar " + one + " " + two, toy_sign);
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].ticket, TicketId{7});
  EXPECT_EQ(found[1].ticket, TicketId{42});
}

TEST(Token, SameCauseGivesTheSameMessageId) {
  EXPECT_EQ(mint_message_id(minted(), "a", "x", toy_sign), mint_message_id(minted(), "a", "x", toy_sign));
  EXPECT_NE(mint_message_id(minted(), "a", "x", toy_sign), mint_message_id(minted(), "b", "x", toy_sign));
}

}  // namespace
}  // namespace spoc::desk
