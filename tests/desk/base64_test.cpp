// SPDX-License-Identifier: GPL-3.0-or-later
// Base64: the vectors of RFC 4648 10, and lines.
#include "desk/base64.hpp"

#include <gtest/gtest.h>

namespace spoc::desk {
namespace {

struct Vector {
  char const* bytes;
  char const* text;
};
class Base64 : public testing::TestWithParam<Vector> {};
TEST_P(Base64, AsTheRfcSays) {
  EXPECT_EQ(base64(GetParam().bytes), GetParam().text);
  EXPECT_TRUE(is_base64_of(GetParam().text, GetParam().bytes, {}));
  EXPECT_TRUE(is_base64_of(GetParam().text, GetParam().bytes, {76, true}));
}
INSTANTIATE_TEST_SUITE_P(Rfc4648, Base64,
                         testing::Values(Vector{"", ""}, Vector{"f", "Zg=="}, Vector{"fo", "Zm8="},
                                         Vector{"foo", "Zm9v"}, Vector{"foob", "Zm9vYg=="},
                                         Vector{"fooba", "Zm9vYmE="}, Vector{"foobar", "Zm9vYmFy"}));

TEST(Base64Lines, EndBetweenThemAlone) {
  std::string out = "> ";
  append_base64(out, "foobar!", {4, false});
  EXPECT_EQ(out, "> Zm9v\nYmFy\nIQ==");
  out.clear();
  append_base64(out, "foobar", {4, true});
  EXPECT_EQ(out, "Zm9v\r\nYmFy");
}

TEST(Base64Lines, SizeAndComparisonAgreeWithTheText) {
  for (Base64Lines const lines :
       {Base64Lines{}, Base64Lines{4, true}, Base64Lines{60, false}, Base64Lines{76, true}})
    for (std::size_t const size : {0, 1, 2, 3, 44, 45, 56, 57, 58, 113, 114, 115, 3647, 3648, 3649, 9000}) {
      std::string bytes(size, '\xFE');
      for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7);
      std::string text;
      append_base64(text, bytes, lines);
      EXPECT_EQ(base64_size(size, lines), text.size()) << size;
      EXPECT_TRUE(is_base64_of(text, bytes, lines)) << size;
      EXPECT_FALSE(is_base64_of(text + "\n", bytes, lines)) << size;
      if (text.empty()) continue;
      std::string other = text;
      other.back() = other.back() == 'A' ? 'B' : 'A';
      EXPECT_FALSE(is_base64_of(other, bytes, lines)) << size;
      other = text;
      other.front() = other.front() == 'A' ? 'B' : 'A';
      EXPECT_FALSE(is_base64_of(other, bytes, lines)) << size;
    }
}

TEST(Base64Lines, AnImpossibleLengthEndsToo) {
  for (std::size_t const length : {1U, 2U, 3U}) {
    std::string out;
    append_base64(out, "foobar", {length, false});
    EXPECT_EQ(out, "Zm9v\nYmFy");
  }
}

}  // namespace
}  // namespace spoc::desk
