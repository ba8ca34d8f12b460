// SPDX-License-Identifier: GPL-3.0-or-later
// The example file and the manual page say what the table of keys says: nothing less, nothing else.
#include "daemon/config.hpp"

#include "tests/fakes/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace spoc::daemon {
namespace {

/// "desk.name" to its default; "" where the key must be given.
using Documented = std::map<std::string, std::string>;

Documented from_table() {
  Documented out;
  for (KeyRow const& row : config_keys())
    out[std::string{row.section} + "." + std::string{row.name}] = row.initial;
  return out;
}

std::vector<std::string> lines_of(std::string const& path) {
  std::ifstream in{fakes::source_folder() + "/" + path};
  EXPECT_TRUE(in) << path;
  std::vector<std::string> out;
  for (std::string line; std::getline(in, line);) out.push_back(line);
  return out;
}

std::string replaced(std::string text, std::string const& from, std::string const& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
  return text;
}

/// The other ways in which a secret may be given.
bool is_variant(std::string const& key) {
  return key.ends_with(".password_file") || key.ends_with(".password_env");
}

/// Lines "#key = default" and "key = something" (which must be given) below "[section]".
Documented from_example() {
  Documented out;
  std::string section;
  for (std::string const& line : lines_of("etc/spoc.toml")) {
    auto const equals = line.find(" = ");
    bool const commented = line.starts_with("#");
    if (line.starts_with("["))
      section = line.substr(1, line.size() - 2);
    else if (equals == std::string::npos || line.starts_with("# "))
      continue;
    else {
      std::string const key = section + "." + line.substr(commented ? 1 : 0, equals - (commented ? 1 : 0));
      if (!is_variant(key)) out[key] = commented ? line.substr(equals + 3) : "";
    }
  }
  return out;
}

/// ".It Ic key" and the line behind it, "Type; default X." or "Type; must be given.", below ".Sh SECTION
/// [section]".
Documented from_manual() {
  Documented out;
  std::string section, key;
  for (std::string const& line : lines_of("man/spoc.toml.5")) {
    if (line.starts_with(".Sh"))
      section = line.starts_with(".Sh SECTION [") ? line.substr(13, line.size() - 14) : "";
    if (section.empty()) continue;
    if (!key.empty()) {
      auto const initial = line.find("default ");
      EXPECT_TRUE(initial != std::string::npos || line.ends_with("must be given.")) << key << ": " << line;
      if (initial != std::string::npos)
        out[key] = replaced(line.substr(initial + 8, line.size() - initial - 9), "\\(dq", "\"");
      else
        out[key] = "";
      key.clear();
    }
    if (line.starts_with(".It Ic ")) key = section + "." + line.substr(7);
  }
  return out;
}

TEST(ConfigDocuments, ExampleFileHasEveryKeyWithItsDefault) { EXPECT_EQ(from_example(), from_table()); }

TEST(ConfigDocuments, ManualHasEveryKeyWithItsDefault) { EXPECT_EQ(from_manual(), from_table()); }

TEST(ConfigDocuments, ExampleFileReadsWithoutMistakes) {
  std::ifstream in{fakes::source_folder() + "/etc/spoc.toml"};
  std::stringstream text;
  text << in.rdbuf();
  Loaded const loaded = read_config(text.str(), fakes::source_folder() + "/etc");
  for (Mistake const& one : loaded.mistakes) ADD_FAILURE() << one.line << " " << one.key << " " << one.what;
  EXPECT_EQ(loaded.config.mailboxes.size(), 1U);
  EXPECT_EQ(loaded.config.house.agents.size(), 1U);
}

TEST(ConfigDocuments, EveryExampleReadsWithoutMistakes) {
  int count = 0;
  for (auto const& file : std::filesystem::directory_iterator{fakes::source_folder() + "/etc/examples"}) {
    std::ifstream in{file.path()};
    std::stringstream text;
    text << in.rdbuf();
    Loaded const loaded = read_config(text.str(), file.path().parent_path());
    for (Mistake const& one : loaded.mistakes)
      ADD_FAILURE() << file.path() << ":" << one.line << " " << one.key << " " << one.what;
    ++count;
  }
  EXPECT_GE(count, 2);
}

/// Every commented default, with its "#" taken off, is a value that the reader takes.
TEST(ConfigDocuments, EveryDefaultOfTheExampleFileCanBeWrittenOut) {
  std::string text;
  for (std::string line : lines_of("etc/spoc.toml")) {
    bool const key =
        line.starts_with("#") && !line.starts_with("# ") && line.find("password_") == std::string::npos;
    text += (key ? line.substr(1) : line) + "\n";
  }
  Loaded const loaded = read_config(text, fakes::source_folder() + "/etc");
  for (Mistake const& one : loaded.mistakes) ADD_FAILURE() << one.line << " " << one.key << " " << one.what;
}

}  // namespace
}  // namespace spoc::daemon
