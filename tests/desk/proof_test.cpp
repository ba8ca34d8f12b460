// SPDX-License-Identifier: GPL-3.0-or-later
// The word that proves an address: whose it is, how long it holds, and which pages a mail may lead to.
#include "desk/proof.hpp"

#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

#include <cctype>

namespace spoc::desk {
namespace {

class Proof : public testing::Test {
 protected:
  Sign sign = tests::toy_sign;
  Time now = tests::noon();
  std::string word = proof_word("s1", "Ada@Example.net", now, sign);
};

TEST_F(Proof, HoldsForOneChatAndOneAddress) {
  EXPECT_EQ(word.size(), 11U);
  EXPECT_EQ(word[5], '-');
  EXPECT_TRUE(proves(word, "s1", "ada@example.net", now, sign));
  EXPECT_FALSE(proves(word, "s2", "ada@example.net", now, sign));
  EXPECT_FALSE(proves(word, "s1", "bob@example.net", now, sign));
  EXPECT_FALSE(proves(word, "", "ada@example.net", now, sign));
  EXPECT_FALSE(proves(word, "s1", "", now, sign));
  EXPECT_FALSE(proves("", "s1", "ada@example.net", now, sign));
  EXPECT_FALSE(proves(std::string(5000, '0'), "s1", "ada@example.net", now, sign));
}

TEST_F(Proof, IsReadAsPeopleTypeIt) {
  std::string typed = " ";
  for (char const c : word) {
    if (c == '-') continue;
    typed += c == '0' ? 'o' : c == '1' ? 'l' : static_cast<char>(std::tolower(c));
    typed += ' ';
  }
  EXPECT_TRUE(proves(typed, "s1", "ada@example.net", now, sign));
}

TEST_F(Proof, EndsAfterTheNextDay) {
  EXPECT_TRUE(proves(word, "s1", "ada@example.net", now + std::chrono::hours{24}, sign));
  EXPECT_FALSE(proves(word, "s1", "ada@example.net", now + std::chrono::hours{48}, sign));
  EXPECT_FALSE(proves(word, "s1", "ada@example.net", now - std::chrono::hours{24}, sign));
}

TEST(ProofLink, LeadsToPagesOfOursAlone) {
  std::vector<std::string> const origins{"https://intranet.example.org", "http://127.0.0.1:8080", "*"};
  struct Row {
    char const* page;
    char const* link;
  };
  for (Row const& row : {
           Row{"https://intranet.example.org/help?a=1&b=%20#top",
               "https://intranet.example.org/help?a=1&b=%20#spoc=AB-CD"},
           Row{"https://intranet.example.org", "https://intranet.example.org#spoc=AB-CD"},
           Row{"http://127.0.0.1:8080/", "http://127.0.0.1:8080/#spoc=AB-CD"},
           Row{"https://intranet.example.org.evil.example/", ""},
           Row{"https://intranet.example.org@evil.example/", ""},
           Row{"https://evil.example/https://intranet.example.org/", ""},
           Row{"javascript:alert(1)", ""},
           Row{"https://intranet.example.org/ and more", ""},
           Row{"https://intranet.example.org/\r\nBcc: x@example.com", ""},
           Row{"*", ""},
           Row{"", ""},
       })
    EXPECT_EQ(proof_link(row.page, "AB-CD", origins), row.link) << row.page;
  EXPECT_EQ(proof_link("https://intranet.example.org/" + std::string(300, 'a'), "AB-CD", origins), "");
}

}  // namespace
}  // namespace spoc::desk
