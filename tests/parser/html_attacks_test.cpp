// SPDX-License-Identifier: GPL-3.0-or-later
// The table of attacks (html_attacks.txt) and what holds for every output: allowed tags alone, and sanitising
// it again changes nothing.
#include "parser/body.hpp"
#include "parser/charset.hpp"
#include "parser/html.hpp"
#include "parser/html_rules.hpp"
#include "parser/html_style.hpp"
#include "parser/structure.hpp"

#include "tests/fakes/source_folder.hpp"

#include <gtest/gtest.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace spoc::parser {
namespace {

std::string table_path() { return fakes::source_folder() + "/tests/parser/html_attacks.txt"; }

std::string content(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::string unescaped(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\\' || i + 1 == text.size()) {
      out += text[i];
      continue;
    }
    constexpr std::string_view from = "0tnrf\\", to{"\0\t\n\r\f\\", 6};
    ++i;
    if (text[i] == 'x' && i + 2 < text.size()) {
      unsigned value = 0;
      std::from_chars(text.data() + i + 1, text.data() + i + 3, value, 16);
      out += static_cast<char>(static_cast<unsigned char>(value));
      i += 2;
    } else {
      out += to[from.find(text[i])];
    }
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (char const c : text) {
    constexpr std::string_view from{"\0\t\n\r\f\\", 6}, to = "0tnrf\\";
    auto const at = from.find(c);
    char hex[8];
    if (at != std::string_view::npos)
      out.append("\\").append(1, to[at]);
    else if (static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~')
      out.append(hex, static_cast<std::size_t>(
                          std::snprintf(hex, sizeof hex, "\\x%02x", static_cast<unsigned char>(c))));
    else
      out += c;
  }
  return out;
}

struct Attack {
  std::string name, html, safe;
};
void PrintTo(Attack const& attack, std::ostream* out) { *out << attack.html; }

std::vector<Attack> attacks() {
  std::vector<Attack> rows;
  std::istringstream lines{content(table_path())};
  for (std::string line; std::getline(lines, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("< "))
      rows.back().html = unescaped(line.substr(2));
    else if (line.starts_with(">"))
      rows.back().safe = unescaped(line.substr(std::min<std::size_t>(line.size(), 2)));
    else
      rows.push_back({line, "", ""});
  }
  return rows;
}

// Reads the output again as a browser would and demands that everything in it is on the lists.
void expect_harmless(std::string const& safe) {
  HtmlTokens tokens{safe};
  for (HtmlToken token; tokens.next(token);) {
    ASSERT_NE(token.kind, HtmlToken::Kind::raw) << safe;
    ASSERT_FALSE(token.foreign) << safe;
    if (token.kind == HtmlToken::Kind::text) continue;
    Shape const shape = shape_of(token.name);
    ASSERT_TRUE(shape != Shape::unknown && shape != Shape::hidden) << token.name << " in " << safe;
    for (HtmlAttribute const& each : token.attributes) {
      constexpr std::string_view known =
          " href src data-held-src alt title style lang dir rel target width height border cellpadding "
          "cellspacing align valign bgcolor colspan rowspan nowrap scope span color face size start type "
          "reversed value open ";
      ASSERT_NE(known.find(" " + each.name + " "), std::string_view::npos) << each.name << " in " << safe;
      bool const inner = each.value.starts_with("cid:") || each.value.starts_with("data:image/");
      EXPECT_TRUE(each.name != "href" || safe_address(each.value, Trust::mail) == each.value) << safe;
      EXPECT_TRUE(each.name != "style" || safe_style(each.value) == each.value) << safe;
      EXPECT_TRUE(each.name != "src" || inner) << safe;
    }
  }
  EXPECT_EQ(sanitise(safe), safe);
}

class HtmlAttack : public testing::TestWithParam<Attack> {};

TEST_P(HtmlAttack, IsDisarmed) {
  std::string const safe = sanitise(GetParam().html);
  EXPECT_EQ(escaped(safe), escaped(GetParam().safe));
  expect_harmless(safe);
  EXPECT_EQ(html_to_text(GetParam().html).find('\0'), std::string::npos);
}

// The same in the places where a browser reads on differently.
TEST_P(HtmlAttack, IsDisarmedAnywhere) {
  for (char const* before :
       {"<svg>", "<math><mtext>", "<table><tr><td>", "<select><option>", "<p title=\"", "<!--",
        "<svg><style>", "<noscript>", "<title>", "<a href='", "<b><i><u><a href=cid:x>",
        "<svg><foreignObject>", "<textarea>", "<math><annotation-xml encoding=text/html>"})
    expect_harmless(sanitise(before + GetParam().html));
}

INSTANTIATE_TEST_SUITE_P(Table, HtmlAttack, testing::ValuesIn(attacks()),
                         [](auto const& row) { return row.param.name; });

TEST(HtmlAttacks, AreMany) {
  auto const rows = attacks();
  EXPECT_GE(rows.size(), 250U);
  if (std::getenv("UPDATE_GOLDEN") == nullptr) return;
  std::string out;
  std::istringstream lines{content(table_path())};
  std::string html;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("< ")) html = unescaped(line.substr(2));
    out += line.starts_with(">") ? "> " + escaped(sanitise(html)) : line;
    out += '\n';
  }
  std::ofstream{table_path(), std::ios::binary} << out;
}

TEST(HtmlAttacks, GoldenMailsStayTheSameWhenSanitisedAgain) {
  std::size_t with_html = 0;
  for (auto const& entry : std::filesystem::directory_iterator{fakes::source_folder() + "/tests/mail"}) {
    if (entry.path().extension() != ".eml") continue;
    std::string const raw = content(entry.path().string());
    Structure const structure = scan(raw);
    std::vector<std::string> defects;
    Body const body = read_body(structure, defects);
    if (body.html.empty()) continue;
    ++with_html;
    expect_harmless(sanitise(body.html));
  }
  EXPECT_GE(with_html, 5U);
}

}  // namespace
}  // namespace spoc::parser
