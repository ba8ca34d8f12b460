// SPDX-License-Identifier: GPL-3.0-or-later
// The files that are part of the binary: which form a client gets, and when it needs none.
#include "daemon/web_files.hpp"

#include <gmock/gmock.h>

#include <optional>
#include <string>

namespace spoc::daemon {
namespace {

using channels::HttpRequest;
using channels::HttpResponse;

std::optional<std::string> header_of(HttpResponse const& response, std::string const& name) {
  for (auto const& [key, value] : response.headers)
    if (key == name) return value;
  return std::nullopt;
}

HttpResponse got(std::string const& name, std::string const& accepted, std::string const& had = "") {
  HttpRequest request{"GET", "/" + name, {}, {}, "", "192.0.2.1"};
  if (!accepted.empty()) request.headers["accept-encoding"] = accepted;
  if (!had.empty()) request.headers["if-none-match"] = had;
  return web_file(name, request);
}

struct Accepted {
  std::string field;
  bool gzip = false;
};
void PrintTo(Accepted const& row, std::ostream* out) { *out << row.field; }

class AcceptEncoding : public testing::TestWithParam<Accepted> {};

TEST_P(AcceptEncoding, SaysWhetherGzipIsTaken) {
  EXPECT_EQ(takes_gzip(GetParam().field), GetParam().gzip);
  EXPECT_EQ(header_of(got("widget.js", GetParam().field), "Content-Encoding").has_value(), GetParam().gzip);
}

INSTANTIATE_TEST_SUITE_P(
    Table, AcceptEncoding,
    testing::Values(Accepted{"", false}, Accepted{"gzip", true}, Accepted{"gzip, deflate, br, zstd", true},
                    Accepted{"br,GZip", true}, Accepted{"x-gzip", true},
                    Accepted{" br ; q=1.0 ,\tgzip ; q=0.5", true}, Accepted{"gzip;q=0.001", true},
                    Accepted{"gzip;q=0", false}, Accepted{"gzip; Q=0.000", false}, Accepted{"*", true},
                    Accepted{"*;q=0", false}, Accepted{"gzip;q=0, *", false}, Accepted{"*;q=0, gzip", true},
                    Accepted{"identity", false}, Accepted{"gzipped, bzip", false}, Accepted{",;,", false},
                    Accepted{"br", false}));

TEST(WebFile, HasTwoFormsWithATagForEach) {
  auto const plain = got("widget.js", "");
  auto const packed = got("widget.js", "gzip");
  EXPECT_EQ(plain.status, 200);
  EXPECT_EQ(packed.status, 200);
  EXPECT_EQ(plain.type, "text/javascript; charset=utf-8");
  EXPECT_EQ(packed.type, plain.type);
  EXPECT_TRUE(packed.body.starts_with("\x1f\x8b"));
  EXPECT_LT(packed.body.size(), plain.body.size() / 2);
  EXPECT_NE(header_of(packed, "ETag"), header_of(plain, "ETag"));
  for (auto const& one : {plain, packed}) {
    EXPECT_EQ(header_of(one, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header_of(one, "Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(header_of(one, "Cross-Origin-Resource-Policy"), "cross-origin");
    EXPECT_EQ(header_of(one, "Cache-Control"), "no-cache");
  }
  EXPECT_EQ(header_of(got("portal.css", "gzip"), "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(got("portal.css", "gzip"), "Access-Control-Allow-Origin"), std::nullopt);
}

TEST(WebFile, IsNotSentToWhoHasThatForm) {
  std::string const plain = *header_of(got("widget.js", ""), "ETag");
  std::string const packed = *header_of(got("widget.js", "gzip"), "ETag");
  for (std::string const& had : {packed, "W/" + packed, "\"x\", " + packed, std::string{"*"}}) {
    auto const same = got("widget.js", "gzip", had);
    EXPECT_EQ(same.status, 304) << had;
    EXPECT_EQ(same.body, "");
    EXPECT_EQ(header_of(same, "ETag"), packed);
    EXPECT_EQ(header_of(same, "Vary"), "Accept-Encoding");
    EXPECT_EQ(header_of(same, "Content-Encoding"), std::nullopt);
  }
  EXPECT_EQ(got("widget.js", "gzip", plain).status, 200) << "the other form is no use for it";
  EXPECT_EQ(got("widget.js", "", packed).status, 200);
}

TEST(WebFile, IsOnlyWhatIsThere) {
  for (std::string const name : {"", "nothing.js", "widget.js.gz", "../web/widget.js", "widget"})
    EXPECT_EQ(got(name, "gzip").status, 404) << name;
}

TEST(PackedFor, WhoTakesItAndWhereItIsWorthIt) {
  HttpRequest request{"GET", "/kb/", {}, {}, "", "192.0.2.1"};
  HttpResponse const page{
      200, "text/html; charset=utf-8", std::string(5000, 'a'), {{"Vary", "Accept-Language"}}};
  EXPECT_EQ(packed_for(request, page).body, page.body);
  request.headers["accept-encoding"] = "gzip, br";
  auto const small = packed_for(request, page);
  EXPECT_TRUE(small.body.starts_with("\x1f\x8b"));
  EXPECT_LT(small.body.size(), 200U);
  EXPECT_EQ(header_of(small, "Content-Encoding"), "gzip");
  EXPECT_EQ(header_of(small, "Vary"), "Accept-Language");
  EXPECT_EQ(small.headers.size(), 3U) << "and Vary: Accept-Encoding";
  HttpResponse const line{200, "application/json", "{}", {}},
      picture{200, "image/png", std::string(5000, 'a'), {}};
  EXPECT_EQ(header_of(packed_for(request, line), "Content-Encoding"), std::nullopt);
  EXPECT_EQ(packed_for(request, picture).body, picture.body);
  EXPECT_TRUE(packed_for(request, picture).headers.empty());
}

}  // namespace
}  // namespace spoc::daemon
