// SPDX-License-Identifier: GPL-3.0-or-later
// Reads, checks and prints the configuration along the table of keys. The only source that knows TOML.
#include "daemon/config.hpp"

#include "channels/secret.hpp"
#include "daemon/config_keys.hpp"
#include "daemon/config_whole.hpp"
#include "desk/nearest.hpp"

#include <toml++/toml.h>
#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <set>
#include <sstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

/// Whatever is longer than a duration can be is the longest.
std::optional<desk::Duration> read_duration(std::string_view text) {
  std::size_t at = 0;
  std::int64_t count = 0;
  while (at < text.size() && at < 12 && text[at] >= '0' && text[at] <= '9')
    count = count * 10 + (text[at++] - '0');
  std::string_view const unit = text.substr(at);
  if (at == 0) return std::nullopt;
  constexpr std::array<std::pair<std::string_view, desk::Duration>, 5> units{
      {{"ms", std::chrono::milliseconds{1}},
       {"s", std::chrono::seconds{1}},
       {"m", std::chrono::minutes{1}},
       {"h", std::chrono::hours{1}},
       {"d", std::chrono::days{1}}}};
  for (auto const& [name, one] : units)
    if (unit == name) return count > desk::Duration::max() / one ? desk::Duration::max() : one * count;
  return std::nullopt;
}

/// Where a key names no range of its own: ten years, so that no sum of moments runs over.
constexpr std::string_view any_duration = "0s..3650d";

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
  Reading(fs::path folder, Demand demand, Loaded& out)
      : folder_{std::move(folder)}, demand_{demand}, out_{out} {}

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
    many(file, "oauth2", token_keys(), out_.config.tokens);
    unknown_sections(file);
  }

  std::string printed() const { return printed_; }
  /// Secrets that are not asked for and could not be read: nothing can be said of them.
  std::set<std::pair<std::string, std::size_t>> const& unread() const { return unread_; }

 private:
  void mistake(toml::node const* node, std::string key, std::string what, std::string remedy) {
    int const line = node == nullptr ? 0 : static_cast<int>(node->source().begin.line);
    out_.mistakes.push_back({line, std::move(key), std::move(what), std::move(remedy), nth_});
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
      bool const given_so = secret_file(*file, full + "_file", given);
      if (given.text.empty() && demand_ == Demand::words) unread_.emplace(full, nth_);
      return given_so;
    }
    if (env == nullptr) return false;
    if (!env->is_string()) {
      mistake(env, full + "_env", "is not a text", "write the variable's name between quotes");
      return true;
    }
    std::string const variable = env->value_or(std::string{});
    char const* const value = std::getenv(variable.c_str());
    if (value == nullptr && demand_ == Demand::all)
      mistake(env, full + "_env", "names $" + variable + ", which is not set",
              "set it in spocd's environment");
    if (value == nullptr && demand_ == Demand::words) unread_.emplace(full, nth_);
    given.text = value == nullptr ? "" : value;
    return true;
  }

  /// Its first line.
  bool secret_file(toml::node const& named, std::string const& full, Given& given) {
    if (!named.is_string()) {
      mistake(&named, full, "is not a path", "write it between quotes");
      return true;
    }
    fs::path const path = folder_ / named.value_or(std::string{});
    given.path = path;
    auto const line = channels::secret_in(path);
    given.text = line.value_or("");
    if (demand_ == Demand::words) return true;
    if (!line)
      mistake(&named, full, "can't be read: " + path.string(),
              "create it, readable for spocd alone (mode 0600)");
    else if (given.text.empty())
      mistake(&named, full, "has an empty first line: " + path.string(), "write the secret there");
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
      case Type::duration:
        return take_duration(choices.empty() ? any_duration : choices, node, full, given);
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

  bool take_duration(std::string_view range, toml::node const& node, std::string const& full, Given& given) {
    auto const text = node.value_exact<std::string>();
    auto const value = text ? read_duration(*text) : std::nullopt;
    if (!value) {
      mistake(&node, full, "is not a " + std::string{name(Type::duration)}, "see spoc.toml(5)");
      return false;
    }
    auto const dots = range.find("..");
    std::string const least{range.substr(0, dots)}, most{range.substr(dots + 2)};
    given.duration = *value;
    if (*value >= *read_duration(least) && *value <= *read_duration(most)) return true;
    mistake(&node, full, "is not from " + least + " to " + most, "mend the value");
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
    std::vector<std::string_view> words{"mailbox", "agent", "team",  "category", "site",  "calendar",
                                        "sla",     "rule",  "macro", "webhook",  "oauth2"};
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
  Demand demand_;
  std::set<std::pair<std::string, std::size_t>> unread_;
  Loaded& out_;
  std::string printed_;
  std::size_t nth_ = 0;  ///< which of the sections that may stand many times
};

Loaded read(std::string_view text, fs::path const& folder, Demand demand, std::string* printed) {
  Loaded loaded;
  Reading reading{folder, demand, loaded};
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
  std::erase_if(loaded.mistakes, [&](Mistake const& one) {
    return reading.unread().contains({one.key, one.nth});
  });
  if (printed != nullptr) *printed = reading.printed();
  return loaded;
}

}  // namespace

Loaded read_config(std::string_view text, fs::path const& folder, Demand demand) {
  return read(text, folder, demand, nullptr);
}

Loaded load_config(fs::path const& file, Demand demand) {
  errno = 0;
  std::ifstream in{file};
  int const why = in ? 0 : errno;
  std::error_code fault;
  if (!in || fs::is_directory(file, fault)) {
    Loaded loaded;
    whole(loaded, file.string(), std::string{"can't be read: "} + std::strerror(in ? EISDIR : why),
          why == EACCES ? "run it as a user who may read it: sudo -u spoc ..."
                        : "give the path with --config, or copy etc/spoc.toml there");
    return loaded;
  }
  std::stringstream text;
  text << in.rdbuf();
  Loaded loaded = read(text.str(), fs::absolute(file).parent_path(), demand, nullptr);
  if (!loaded.mistakes.empty()) return loaded;
  if (demand == Demand::all)
    check_files(loaded);
  else
    fs::create_directories(loaded.config.data, fault);  // what can't be is told by whoever opens the store
  return loaded;
}

std::string print_config(std::string_view text, fs::path const& folder) {
  std::string printed;
  read(text, folder, Demand::words, &printed);
  return printed;
}

}  // namespace spoc::daemon
