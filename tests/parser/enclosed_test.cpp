// SPDX-License-Identifier: GPL-3.0-or-later
// Attachments from which their mail can be written again, and those from which it can't.
#include "parser/enclosed.hpp"

#include "parser/mail.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

std::string some_bytes(std::size_t size, unsigned seed) {
  std::string out;
  for (unsigned next = seed; out.size() < size; next = next * 1664525U + 1013904223U)
    out += static_cast<char>(next >> 24U);
  return out;
}

std::string part(std::string const& body, std::string const& encoding = "base64") {
  return "--b\nContent-Type: image/png; name=a.png\nContent-Disposition: "
         "attachment\nContent-Transfer-Encoding: " +
         encoding + "\n\n" + body + "\n";
}

std::string mail_of(std::string const& parts) {
  return "From: a@example.org\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
         "--b\n\nSee the pictures.\n" +
         parts + "--b--\n";
}

std::string encoded(std::string const& bytes, desk::Base64Lines lines = {76, false}) {
  std::string out;
  desk::append_base64(out, bytes, lines);
  return out;
}

/// What would be kept of the mail; the whole of it where nothing could be written again.
std::string rest_of(std::string const& raw, std::size_t enclosed) {
  auto const found = enclosed_in(raw, read_mail(raw).attachments);
  EXPECT_EQ(found.size(), enclosed);
  std::string out, again;
  std::size_t from = 0;
  for (desk::Enclosed const& one : found) {
    out += raw.substr(from, one.place - from);
    desk::append_base64(again += raw.substr(from, one.place - from), one.content, one.lines);
    from = one.place + one.size;
  }
  EXPECT_EQ(again + raw.substr(from), raw);
  return out + raw.substr(from);
}

struct Form {
  char const* name;
  desk::Base64Lines lines;
};
class Forms : public testing::TestWithParam<Form> {};
TEST_P(Forms, AreToldByTheFirstLine) {
  for (std::size_t const size : {4096U, 4097U, 4098U, 5700U, 100'000U}) {
    std::string raw = mail_of(part(encoded(some_bytes(size, 1), GetParam().lines)));
    EXPECT_EQ(rest_of(raw, 1), mail_of(part(""))) << size;
  }
}
INSTANTIATE_TEST_SUITE_P(Enclosed, Forms,
                         testing::Values(Form{"of_76", {76, false}}, Form{"of_72", {72, false}},
                                         Form{"of_60", {60, false}}, Form{"of_64_crlf", {64, true}},
                                         Form{"of_76_crlf", {76, true}}, Form{"in_one_line", {}}),
                         [](auto const& row) { return std::string{row.param.name}; });

TEST(Enclosed, SeveralFilesAndTheSameTwice) {
  std::string const one = encoded(some_bytes(6000, 1)), two = encoded(some_bytes(7000, 2), {72, false});
  EXPECT_EQ(rest_of(mail_of(part(one) + part(two) + part(one)), 3), mail_of(part("") + part("") + part("")));
}

TEST(Enclosed, FilesThatBeginAlikeAreToldApart) {
  std::string const same = some_bytes(6000, 1);
  std::string const raw = mail_of(part(encoded(same + "1")) + part(encoded(same + "2")));
  EXPECT_EQ(rest_of(raw, 2), mail_of(part("") + part("")));
}

TEST(Enclosed, AHostileMailIsNotSearchedForEachOfItsFiles) {
  std::string in_vain, found = part(encoded(some_bytes(6000, 1)));
  for (int i = 0; i < 15; ++i) in_vain += part(std::string(5000, 'x'), "8bit");
  EXPECT_EQ(rest_of(mail_of(in_vain + found), 1), mail_of(in_vain + part("")));
  in_vain += part(std::string(5000, 'x'), "8bit");
  EXPECT_EQ(rest_of(mail_of(in_vain + found), 0), mail_of(in_vain + found));
}

struct Whole {
  char const* name;
  std::string parts;
};
class WholeMails : public testing::TestWithParam<Whole> {};
TEST_P(WholeMails, AreLeftAsTheyAre) {
  std::string const raw = mail_of(GetParam().parts);
  EXPECT_EQ(rest_of(raw, 0), raw);
}
INSTANTIATE_TEST_SUITE_P(
    Enclosed, WholeMails,
    testing::Values(
        Whole{"small", part(encoded(some_bytes(4095, 1)))},
        Whole{"an_end_cut_off", part(encoded(some_bytes(6000, 1)).substr(0, 5000))},
        Whole{"lines_of_several_lengths",
              part(encoded(some_bytes(3000, 1)) + "\n" + encoded(some_bytes(3000, 2)))},
        Whole{"a_blank_at_the_end_of_a_line",
              part(encoded(some_bytes(3000, 1)).replace(76, 1, " \n").append(encoded(some_bytes(3000, 2))))},
        Whole{"lines_longer_than_mail_has", part(encoded(some_bytes(6000, 1), {1000, false}))},
        Whole{"words_below", part(encoded(some_bytes(6000, 1)) + "=\nthe list server says hello")},
        Whole{"eight_bit", part(std::string(6000, 'x'), "8bit")}, Whole{"none", ""}),
    [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::parser
