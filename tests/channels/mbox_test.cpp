// SPDX-License-Identifier: GPL-3.0-or-later
// mbox files of several writers, mail by mail.
#include <gtest/gtest.h>

#include <fstream>
#include <ostream>
#include <string>
#include <vector>

#include "channels/maildir.hpp"
#include "tests/fakes/temp_dir.hpp"

namespace spoc::channels {
namespace {

using Mails = std::vector<std::string>;

struct MboxRow {
  std::string name;
  std::string file;
  Mails expect;
};
void PrintTo(MboxRow const& row, std::ostream* out) { *out << row.name; }

class MboxFaults : public testing::Test {
 protected:
  std::filesystem::path written(std::string const& bytes) const {
    auto const path = temp_.path() / "box.mbox";
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static Mails read(std::filesystem::path const& path, std::size_t enough = SIZE_MAX) {
    Mails mails;
    auto const done = read_mbox(path, [&](std::string&& mail) {
      mails.push_back(std::move(mail));
      return mails.size() < enough;
    });
    if (!done) mails.push_back("! " + done.error().what);
    return mails;
  }
  fakes::TempDir temp_;
};

class Mbox : public MboxFaults, public testing::WithParamInterface<MboxRow> {};

TEST_P(Mbox, IsReadMailByMail) { EXPECT_EQ(read(written(GetParam().file)), GetParam().expect); }

std::string const from = "From kari@example.org Thu Jan  1 00:00:00 2015\n";

INSTANTIATE_TEST_SUITE_P(
    Of, Mbox,
    testing::Values(
        MboxRow{"two_mails", from + "A: 1\n\nx\n\n" + from + "B: 2\n\ny\n", {"A: 1\n\nx\n", "B: 2\n\ny\n"}},
        MboxRow{"empty", "", {}}, MboxRow{"only_blanks", "\n\n", {}},
        MboxRow{
            "crlf",
            "From a Thu Jan  1 00:00:00 2015\r\nA: 1\r\n\r\nx\r\n\r\nFrom b Thu Jan  1 00:00:00 2015\r\nB: "
            "2\r\n",
            {"A: 1\r\n\r\nx\r\n", "B: 2\r\n"}},
        MboxRow{"mboxrd",
                from + "A: 1\n\n>From x\n>>From y\n> From z\n>Fro\n",
                {"A: 1\n\nFrom x\n>From y\n> From z\n>Fro\n"}},
        MboxRow{
            "prose",
            from + "A: 1\n\nFrom here on it gets better.\n\nFrom 2015 to 2016 nothing happened.\n\nFrom "
                   "12:30 we eat.\n",
            {"A: 1\n\nFrom here on it gets better.\n\nFrom 2015 to 2016 nothing happened.\n\nFrom 12:30 we "
             "eat.\n"}},
        MboxRow{"no_blank_before", from + "A: 1\n\nx\n" + from + "y\n", {"A: 1\n\nx\n" + from + "y\n"}},
        MboxRow{"thunderbird",
                "From - Mon Sep 17 00:00:00 2001\nA: 1\n\nFrom - Mon Sep 17 00:00:00 2001 +0200\nB: 2\n",
                {"A: 1\n", "B: 2\n"}},
        MboxRow{"mailman",
                "From a at example.org  Thu Jan  1 00:00:00 2015\nA: 1\n\nFrom b at example.org  Fri Jan  2 "
                "10:11 2015\nB: 2\n",
                {"A: 1\n", "B: 2\n"}},
        MboxRow{"unfinished", from + "A: 1\n\nno end of line", {"A: 1\n\nno end of line"}},
        MboxRow{"empty_mails", from + "\n" + from + "\n" + from + "A: 1\n", {"A: 1\n"}},
        MboxRow{"blanks_at_end", from + "A: 1\n\nx\n\n\n\n" + from + "B: 2\n", {"A: 1\n\nx\n\n\n", "B: 2\n"}},
        MboxRow{"nul_bytes", from + std::string("A: 1\n\na\0b\n", 10), {std::string("A: 1\n\na\0b\n", 10)}}),
    [](auto const& row) { return row.param.name; });

TEST_F(MboxFaults, AreNamed) {
  EXPECT_TRUE(read(written("Subject: a single mail\n\nx\n")).at(0).find("is no mbox") != std::string::npos);
  EXPECT_TRUE(read(temp_.path() / "none").at(0).find("there is no") != std::string::npos);
  EXPECT_TRUE(read(temp_.path()).at(0).starts_with("! "));
}

TEST_F(MboxFaults, TakingEndsWhenItIsEnough) {
  std::string file;
  for (int i = 0; i < 2000; ++i)
    file += from + "N: " + std::to_string(i) + "\n\n" + std::string(1000, 'x') + "\n\n";
  auto const path = written(file);
  EXPECT_EQ(read(path, 3).size(), 3U);
  auto const all = read(path);
  ASSERT_EQ(all.size(), 2000U);
  EXPECT_EQ(all.back(), "N: 1999\n\n" + std::string(1000, 'x') + "\n");
}

}  // namespace
}  // namespace spoc::channels
