// SPDX-License-Identifier: GPL-3.0-or-later
// Reads, checks and prints the configuration along the table of keys. The only source that knows TOML.
#include "daemon/config.hpp"

#include "daemon/config_keys.hpp"
#include "daemon/config_whole.hpp"
#include "desk/nearest.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

std::optional<desk::Duration> read_duration(std::string_view text) {
  std::size_t at = 0;
  std::int64_t count = 0;
  while (at < text.size() && at < 12 && text[at] >= '0' && text[at] <= '9')
    count = count * 10 + (text[at++] - '0');
  std::string_view const unit = text.substr(at);
  if (at == 0) return std::nullopt;
  if (unit == "ms") return std::chrono::milliseconds{count};
  if (unit == "s") return std::chrono::seconds{count};
  if (unit == "m") return std::chrono::minutes{count};
  if (unit == "h") return std::chrono::hours{count};
  if (unit == "d") return std::chrono::days{count};
  return std::nullopt;
}

std::vector<std::string_view> split(std::string_view text, char by) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0; at <= text.size();) {
    std::size_t const end = std::min(text.find(by, at), text.size());
    out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

/// One pass over the file: what it says, what is wrong with it, and the file as it would stand with every
/// default.
class Reading {
 public:
  Reading(fs::path folder, Loaded& out) : folder_{std::move(folder)}, out_{out} {}

  void read(toml::table const& file) {
    for (SingleSection const& section : single_sections()) {
      print("[" + std::string{section.name} + "]");
      toml::table const* table = file[section.name].as_table();
      if (file.contains(section.name) && table == nullptr)
        mistake(file.get(section.name), std::string{section.name}, "is not a section",
                "write [" + std::string{section.name} + "]");
      fill(out_.config, section.keys, table, std::string{section.name});
    }
    many(file, "mailbox", mailbox_keys(), out_.config.mailboxes);
    many(file, "agent", agent_keys(), out_.config.house.agents);
    many(file, "team", team_keys(), out_.config.house.teams);
    many(file, "category", category_keys(), out_.config.house.categories);
    many(file, "site", site_keys(), out_.config.house.sites);
    many(file, "calendar", calendar_keys(), out_.config.calendars);
    many(file, "sla", policy_keys(), out_.config.house.policies);
    many(file, "rule", rule_keys(), out_.config.house.rules);
    many(file, "macro", macro_keys(), out_.config.house.macros);
    many(file, "webhook", webhook_keys(), out_.config.house.webhooks);
    unknown_sections(file);
  }

  std::string printed() const { return printed_; }

 private:
  void mistake(toml::node const* node, std::string key, std::string what, std::string remedy) {
    int const line = node == nullptr ? 0 : static_cast<int>(node->source().begin.line);
    out_.mistakes.push_back({line, std::move(key), std::move(what), std::move(remedy)});
  }

  void print(std::string const& line) { printed_ += line + "\n"; }

  template <class Section>
  void many(toml::table const& file, std::string const& name, std::span<Key<Section> const> keys,
            std::vector<Section>& into) {
    if (!file.contains(name)) return;
    toml::array const* all = file[name].as_array();
    if (all == nullptr || !all->is_homogeneous(toml::node_type::table)) {
      mistake(file.get(name), name, "stands once, but may stand many times", "write [[" + name + "]]");
      return;
    }
    for (toml::node const& one : *all) {
      nth_ = into.size();
      print("[[" + name + "]]");
      Section section;
      fill(section, keys, one.as_table(), "[" + name + "]", &one);
      into.push_back(std::move(section));
    }
  }

  template <class Section>
  void fill(Section& section, std::span<Key<Section> const> keys, toml::table const* table,
            std::string const& where, toml::node const* place = nullptr) {
    for (Key<Section> const& key : keys) {
      toml::node const* node = found(table, key.name);
      std::string const full = where + "." + std::string{key.name};
      Given given;
      if (is_secret(key.name) && secret(table, key.name, full, given)) {
        print(std::string{key.name} + " = \"***\"");
        key.set(section, given);
        continue;
      }
      if (node == nullptr && key.initial.empty()) {
        mistake(place, full, "is missing",
                "add: " + std::string{key.name} + " = ... (" + std::string{key.help} + ")");
        continue;
      }
      toml::table standard;
      if (node == nullptr) {
        standard = toml::parse("v = " + std::string{key.initial});
        node = standard.get("v");
      }
      note_line(full, table, key.name);
      print_value(key.name, *node);
      if (take(key.type, key.choices, *node, full, given)) key.set(section, given);
    }
    if (table != nullptr) unknown_keys(keys, *table, where);
  }

  /// "if.from" stands in the table "if".
  static toml::node const* found(toml::table const* table, std::string_view key) {
    if (table == nullptr) return nullptr;
    auto const dot = key.find('.');
    if (dot == std::string_view::npos) return table->get(key);
    toml::node const* inner = table->get(key.substr(0, dot));
    return inner == nullptr ? nullptr : found(inner->as_table(), key.substr(dot + 1));
  }

  void note_line(std::string const& full, toml::table const* table, std::string_view key) {
    toml::node const* own = found(table, key);
    if (own != nullptr)
      out_.lines[full + (full.front() == '[' ? " " + std::to_string(nth_) : "")] =
          static_cast<int>(own->source().begin.line);
  }

  void print_value(std::string_view key, toml::node const& node) {
    std::ostringstream out;
    if (is_secret(key)) {
      out << "\"" << (node.value_or(std::string{}).empty() ? "" : "***") << "\"";
    } else {
      out << toml::toml_formatter{node};
    }
    print(std::string{key} + " = " + out.str());
  }

  /// password_file and password_env. False: neither is there.
  bool secret(toml::table const* table, std::string_view key, std::string const& full, Given& given) {
    if (table == nullptr) return false;
    toml::node const* file = table->get(std::string{key} + "_file");
    toml::node const* env = table->get(std::string{key} + "_env");
    if (file != nullptr) {
      fs::path const path = folder_ / file->value_or(std::string{});
      std::ifstream in{path};
      if (!in)
        mistake(file, full + "_file", "can't be read: " + path.string(),
                "create it, readable for spocd alone (mode 0600)");
      std::getline(in, given.text);
      given.path = path;
      return true;
    }
    if (env == nullptr) return false;
    std::string const variable = env->value_or(std::string{});
    char const* const value = std::getenv(variable.c_str());
    if (value == nullptr)
      mistake(env, full + "_env", "names $" + variable + ", which is not set",
              "set it in spocd's environment");
    given.text = value == nullptr ? "" : value;
    return true;
  }

  bool take(Type type, std::string_view choices, toml::node const& node, std::string const& full,
            Given& given) {
    auto const wrong = [&] {
      mistake(&node, full, "is not a " + std::string{name(type)}, "see spoc.toml(5)");
      return false;
    };
    switch (type) {
      case Type::text: {
        auto const text = node.value_exact<std::string>();
        given.text = text.value_or("");
        return text ? true : wrong();
      }
      case Type::boolean: {
        auto const value = node.value_exact<bool>();
        given.boolean = value.value_or(false);
        return value ? true : wrong();
      }
      case Type::integer:
        return take_integer(choices, node, full, given) || false;
      case Type::duration: {
        auto const text = node.value_exact<std::string>();
        auto const value = text ? read_duration(*text) : std::nullopt;
        given.duration = value.value_or(desk::Duration{});
        return value ? true : wrong();
      }
      case Type::path: {
        auto const text = node.value_exact<std::string>();
        given.path = text.value_or("");
        return text ? true : wrong();
      }
      case Type::choice:
        return take_choice(choices, node, full, given);
      case Type::texts:
        return take_texts(node, given) ? true : wrong();
    }
    return false;
  }

  bool take_integer(std::string_view range, toml::node const& node, std::string const& full, Given& given) {
    auto const value = node.value_exact<std::int64_t>();
    auto const dots = range.find("..");
    std::int64_t const least = std::stoll(std::string{range.substr(0, dots)});
    std::int64_t const most = std::stoll(std::string{range.substr(dots + 2)});
    given.integer = value.value_or(0);
    if (value && *value >= least && *value <= most) return true;
    mistake(&node, full,
            "is not a whole number from " + std::to_string(least) + " to " + std::to_string(most),
            "mend the value");
    return false;
  }

  bool take_choice(std::string_view choices, toml::node const& node, std::string const& full, Given& given) {
    auto const text = node.value_exact<std::string>();
    auto const words = split(choices, '|');
    given.text = text.value_or("");
    if (text && std::find(words.begin(), words.end(), *text) != words.end()) return true;
    std::string remedy = "use one of";
    for (std::string_view word : words) remedy += " \"" + std::string{word} + "\"";
    if (text)
      if (auto const near = desk::nearest(*text, words))
        remedy += "; did you mean \"" + std::string{*near} + "\"?";
    mistake(&node, full, text ? "does not know \"" + *text + "\"" : std::string{"is not a word"}, remedy);
    return false;
  }

  static bool take_texts(toml::node const& node, Given& given) {
    toml::array const* list = node.as_array();
    if (list == nullptr) return false;
    for (toml::node const& one : *list) {
      auto const text = one.value_exact<std::string>();
      if (!text) return false;
      given.texts.push_back(*text);
    }
    return true;
  }

  template <class Section>
  void unknown_keys(std::span<Key<Section> const> keys, toml::table const& table, std::string const& where) {
    std::vector<std::string> known;
    for (Key<Section> const& key : keys) {
      known.emplace_back(key.name);
      if (!is_secret(key.name)) continue;
      known.push_back(std::string{key.name} + "_file");
      known.push_back(std::string{key.name} + "_env");
    }
    std::vector<std::string_view> const words{known.begin(), known.end()};
    for (auto const& [key, node] : table) {
      std::string const outer = std::string{key.str()} + ".";
      bool const holds = std::any_of(words.begin(), words.end(),
                                     [&](std::string_view word) { return word.starts_with(outer); });
      if (toml::table const* inner = holds ? node.as_table() : nullptr)
        for (auto const& [name, one] : *inner)
          unknown(outer + std::string{name.str()}, one, words, where + ".");
      else
        unknown(std::string{key.str()}, node, words, where + ".");
    }
  }

  void unknown_sections(toml::table const& file) {
    std::vector<std::string_view> words{"mailbox",  "agent", "team", "category", "site",
                                        "calendar", "sla",   "rule", "macro",    "webhook"};
    for (SingleSection const& section : single_sections()) words.push_back(section.name);
    for (auto const& [key, node] : file) unknown(std::string{key.str()}, node, words, "");
  }

  void unknown(std::string const& key, toml::node const& node, std::vector<std::string_view> const& words,
               std::string const& where) {
    if (std::find(words.begin(), words.end(), key) != words.end()) return;
    auto const near = desk::nearest(key, words);
    mistake(&node, where + key, "is not known",
            near ? "did you mean \"" + std::string{*near} + "\"?" : "see spoc.toml(5); remove it");
  }

  fs::path folder_;
  Loaded& out_;
  std::string printed_;
  std::size_t nth_ = 0;  ///< which of the sections that may stand many times
};

Loaded read(std::string_view text, fs::path const& folder, std::string* printed) {
  Loaded loaded;
  Reading reading{folder, loaded};
  try {
    reading.read(toml::parse(text));
  } catch (toml::parse_error const& fault) {
    int const line = static_cast<int>(fault.source().begin.line);
    loaded.mistakes.push_back(
        {line, "", std::string{"is not TOML: "} + std::string{fault.description()}, "mend the line"});
    return loaded;
  }
  settle(loaded, folder);
  check_names(loaded);
  if (printed != nullptr) *printed = reading.printed();
  return loaded;
}

}  // namespace

Loaded read_config(std::string_view text, fs::path const& folder) { return read(text, folder, nullptr); }

Loaded load_config(fs::path const& file) {
  std::ifstream in{file};
  if (!in) {
    Loaded loaded;
    whole(loaded, file.string(), "can't be read", "give the path with --config, or copy etc/spoc.toml there");
    return loaded;
  }
  std::stringstream text;
  text << in.rdbuf();
  Loaded loaded = read(text.str(), fs::absolute(file).parent_path(), nullptr);
  if (loaded.mistakes.empty()) check_files(loaded);
  return loaded;
}

std::string print_config(std::string_view text, fs::path const& folder) {
  std::string printed;
  read(text, folder, &printed);
  return printed;
}

}  // namespace spoc::daemon
