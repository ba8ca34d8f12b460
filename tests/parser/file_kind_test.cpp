// SPDX-License-Identifier: GPL-3.0-or-later
// Names and first bytes of handed-in files.
#include "parser/file_kind.hpp"

#include <gtest/gtest.h>

#include <string>

namespace spoc::parser {
namespace {

using namespace std::string_literals;

TEST(FileKind, ANameKeepsWhatAPersonSees) {
  struct Case {
    std::string given, kept;
  };
  for (Case const& one : {
           Case{"photo.png", "photo.png"},
           Case{"C:\\Users\\Ola\\skjerm.png", "skjerm.png"},
           Case{"../../etc/passwd", "passwd"},
           Case{"\xE6\x88\xAA\xE5\x9B\xBE.png", "\xE6\x88\xAA\xE5\x9B\xBE.png"},
           Case{"exe.\xE2\x80\xAEgnp.exe", "exe.gnp.exe"},
           Case{"bad\xFF\xC0name.txt", "badname.txt"},
           Case{"line\r\nbreak\0.txt"s, "linebreak.txt"},
           Case{"..hidden ..", "hidden"},
           Case{"", "file"},
           Case{"///", "file"},
           Case{" . ", "file"},
       })
    EXPECT_EQ(plain_name(one.given), one.kept) << one.given;
  std::string given(400, 'x');
  given.append("\xC3\xA5.png");
  std::string const long_name = plain_name(given);
  EXPECT_LE(long_name.size(), 120U);
  EXPECT_TRUE(long_name.ends_with("\xC3\xA5.png"));
}

TEST(FileKind, TheLastSuffixCounts) {
  EXPECT_EQ(suffix_of("a.PDF"), "pdf");
  EXPECT_EQ(suffix_of("a.pdf.exe"), "exe");
  EXPECT_EQ(suffix_of("a.exe. ."), "exe");
  EXPECT_EQ(suffix_of("none"), "");
  EXPECT_EQ(suffix_of("end."), "");
}

TEST(FileKind, FirstBytesTellProgramsAndPictures) {
  EXPECT_EQ(sniffed("\x89PNG\r\n\x1A\nrest"), "image/png");
  EXPECT_EQ(sniffed("RIFF1234WEBPVP8 "), "image/webp");
  EXPECT_EQ(sniffed("RIFF1234WAVE"), "");
  EXPECT_EQ(sniffed("MZ\x90"), "program");
  EXPECT_EQ(sniffed("#!/bin/sh"), "program");
  EXPECT_EQ(sniffed(""), "");
}

TEST(FileKind, APictureMustBeOneAndAProgramIsNothingElse) {
  EXPECT_TRUE(is_honest("png", "\x89PNG\r\n\x1A\n"));
  EXPECT_FALSE(is_honest("png", "<html><script>"));
  EXPECT_FALSE(is_honest("jpg", "\x89PNG\r\n\x1A\n"));
  EXPECT_FALSE(is_honest("txt", "MZ\x90"));
  EXPECT_TRUE(is_honest("txt", "hello"));
  EXPECT_TRUE(is_honest("docx", "PK\x03\x04"));
  EXPECT_FALSE(is_honest("pdf", ""));
}

}  // namespace
}  // namespace spoc::parser
