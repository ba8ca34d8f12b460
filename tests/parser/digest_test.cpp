// SPDX-License-Identifier: GPL-3.0-or-later
// Known answers for SHA-256 and HMAC-SHA256.
#include "parser/digest.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

std::string hex(std::string_view bytes) {
  std::string out;
  for (char c : bytes) {
    out += "0123456789abcdef"[static_cast<unsigned char>(c) >> 4U];
    out += "0123456789abcdef"[static_cast<unsigned char>(c) & 15U];
  }
  return out;
}

// FIPS 180-4 examples.
TEST(Digest, Sha256KnownAnswers) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

// RFC 4231 4.2, 4.3, 4.7.
TEST(Digest, HmacKnownAnswers) {
  EXPECT_EQ(hex(hmac_sha256(std::string(20, '\x0b'), "Hi There")),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(
      hex(hmac_sha256(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First")),
      "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST(Digest, AnEmptyKeyIsAKey) { EXPECT_EQ(hmac_sha256("", "x").size(), 32U); }

TEST(Digest, BytesWithNulCount) { EXPECT_NE(sha256(std::string_view{"a\0b", 3}), sha256("a")); }

}  // namespace
}  // namespace spoc::parser
