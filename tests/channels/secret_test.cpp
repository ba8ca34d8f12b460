// SPDX-License-Identifier: GPL-3.0-or-later
// Files that hold a secret in their first line.
#include "channels/secret.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "tests/fakes/temp_dir.hpp"

namespace spoc::channels {
namespace {

TEST(Secret, IsTheFirstLineAsItIsNow) {
  fakes::TempDir const folder;
  auto const file = folder.path() / "secret";
  EXPECT_EQ(secret_in(file), std::nullopt);
  EXPECT_EQ(secret_in(folder.path()), std::nullopt);
  struct Content {
    std::string written;
    std::optional<std::string> read;
  };
  for (Content const& one :
       {Content{"", std::nullopt}, Content{"\n", ""}, Content{"\r\nword\n", ""}, Content{"word", "word"},
        Content{"word\n", "word"}, Content{"word\r\n", "word"}, Content{" a word \nmore\n", " a word "}}) {
    std::ofstream{file, std::ios::binary} << one.written;
    EXPECT_EQ(secret_in(file), one.read) << one.written;
  }
}

}  // namespace
}  // namespace spoc::channels
