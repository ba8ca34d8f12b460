// SPDX-License-Identifier: GPL-3.0-or-later
// The manual page of the commands, the guide for agents and every language's words say what the table says.
#include "desk/commands.hpp"
#include "tests/fakes/source_folder.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

namespace spoc::desk {
namespace {

std::string read(std::string const& path) {
  std::ifstream in{fakes::source_folder() + "/" + path, std::ios::binary};
  EXPECT_TRUE(in) << path;
  return {std::istreambuf_iterator<char>{in}, {}};
}

/// The list of spoc-commands(7) as the table would have it.
std::string manual_of_table() {
  std::string out;
  for (CommandRow const& row : command_table()) {
    out += ".It Ic /" + std::string{row.word};
    if (!row.argument.empty()) out += " Ar " + std::string{row.argument};
    std::string others;
    std::string_view last;
    for (std::string_view const one : {row.aliases.nb, row.aliases.zh_hans, row.aliases.zh_hant}) {
      if (!one.empty() && one != last) others += (others.empty() ? "/" : ", /") + std::string{one};
      last = one;
    }
    out += "\n" + std::string{row.help} + ".\n";
    if (!others.empty()) out += ".Pq " + others + "\n";
  }
  return out;
}

TEST(CommandDocuments, TheManualListsTheTable) {
  std::string const begin = ".\\\" commands begin\n", end = ".\\\" commands end\n";
  std::string page = read("man/spoc-commands.7");
  auto const from = page.find(begin), to = page.find(end);
  ASSERT_NE(from, std::string::npos);
  ASSERT_NE(to, std::string::npos);
  std::size_t const start = from + begin.size();
  if (std::getenv("UPDATE_GOLDEN") != nullptr)
    std::ofstream{fakes::source_folder() + "/man/spoc-commands.7", std::ios::binary}
        << page.substr(0, start) + manual_of_table() + page.substr(to);
  EXPECT_EQ(page.substr(start, to - start), manual_of_table());
}

TEST(CommandDocuments, TheGuideNamesEveryCommand) {
  std::string const guide = read("docs/agents.md");
  for (CommandRow const& row : command_table())
    EXPECT_NE(guide.find("| `/" + std::string{row.word}), std::string::npos) << row.word;
}

TEST(CommandDocuments, EveryLanguageCanExplainEveryCommand) {
  for (std::string const language : {"nb", "zh-Hans", "zh-Hant"}) {
    std::string const words = read("templates/text/" + language + "/words.txt.mustache");
    for (CommandRow const& row : command_table())
      EXPECT_NE(words.find("\n{1}: " + std::string{row.help} + " = "), std::string::npos)
          << language << " " << row.word;
  }
}

TEST(CommandDocuments, AWordMeansOneCommand) {
  std::map<std::string_view, Verb> meaning;
  for (CommandRow const& row : command_table())
    for (std::string_view const word : {row.word, row.aliases.nb, row.aliases.zh_hans, row.aliases.zh_hant})
      EXPECT_TRUE(word.empty() || meaning.try_emplace(word, row.verb).first->second == row.verb) << word;
}

}  // namespace
}  // namespace spoc::desk
