// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures among somebody's own words, told apart from those of history and signature.
#include "parser/pictures.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct PictureRow {
  std::string name, html;
  bool own = false;
};
class OwnPictures : public testing::TestWithParam<PictureRow> {};

TEST_P(OwnPictures, AreTold) {
  std::vector<desk::Attachment> all(2);
  all[0].inline_ = true;
  all[0].content_id = "p@example.org";
  tell_own_pictures(GetParam().html, all);
  EXPECT_EQ(all[0].own, GetParam().own) << GetParam().html;
  EXPECT_FALSE(all[1].own) << "an attachment is no picture of the text";
}

constexpr char const* const picture = R"(<img alt="x" src="cid:p@example.org">)";

INSTANTIATE_TEST_SUITE_P(
    Table, OwnPictures,
    testing::Values(
        PictureRow{"above_the_quote",
                   std::string{"<div>Press this:<br>"} + picture +
                       R"(</div><div class="gmail_quote"><div class="gmail_attr">On Monday Ola wrote:</div>)"
                       "<blockquote>It is broken</blockquote></div>",
                   true},
        PictureRow{
            "in_the_quote",
            R"(<div>Press it.</div><div class="gmail_quote"><div class="gmail_attr">On Monday Ola wrote:</div>)"
            "<blockquote>It is broken " +
                std::string{picture} + "</blockquote></div>",
            false},
        PictureRow{"alone_above_the_quote",
                   std::string{"<div>"} + picture +
                       R"(</div><div class="gmail_quote"><div class="gmail_attr">On Monday Ola wrote:</div>)"
                       "<blockquote>It is broken</blockquote></div>",
                   true},
        PictureRow{"behind_a_delimiter", std::string{"<p>Press it.</p><p>-- <br>Sam<br>"} + picture + "</p>",
                   false},
        PictureRow{
            "in_a_signature",
            std::string{R"(<p>Press it.</p><div id="Signature"><div>Sam</div><p>)"} + picture + "</p></div>",
            false},
        PictureRow{"behind_a_signature",
                   std::string{R"(<p>Press it.</p><div class="moz-signature"><div>Sam</div></div><p>)"} +
                       picture + "</p>",
                   true},
        PictureRow{"below_outlooks_line",
                   R"(<p>Press it.</p><div id="divRplyFwdMsg"><b>From:</b> Ola</div><p>It is broken )" +
                       std::string{picture} + "</p>",
                   false},
        PictureRow{"nowhere_in_the_html", "<p>Press it.</p>", true}, PictureRow{"without_html", "", true}),
    [](auto const& row) { return row.param.name; });

TEST(OwnPicture, OneThatStandsInBothIsTheirOwn) {
  std::vector<desk::Attachment> all(1);
  all[0].inline_ = true;
  all[0].content_id = "p@example.org";
  tell_own_pictures(std::string{"<p>This one: "} + picture +
                        R"(</p><div class="yahoo_quoted"><p>On Monday Ola wrote:</p><p>Look )" + picture +
                        "</p></div>",
                    all);
  EXPECT_TRUE(all[0].own);
}

}  // namespace
}  // namespace spoc::parser
