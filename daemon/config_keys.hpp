// SPDX-License-Identifier: GPL-3.0-or-later
// The table of configuration keys: name, type, default, help and where the value goes. Everything else about
// the configuration is derived from it.
#pragma once

#include "daemon/config.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::daemon {

enum class Type { text, integer, boolean, duration, texts, path, choice };

/// A value that has passed its type's check.
struct Given {
  std::string text;
  std::int64_t integer = 0;
  bool boolean = false;
  desk::Duration duration{};
  std::vector<std::string> texts;
  std::filesystem::path path;  ///< of a secret: its file, "" where it has none
};

/// `choices` lists the words of a choice, parted by "|"; for integers "least..most".
template <class Section>
struct Key {
  std::string_view name;
  Type type;
  std::string_view initial;  ///< as it would stand in the file
  std::string_view choices;
  std::string_view help;
  void (*set)(Section&, Given const&);
};

/// Sections that stand once write into Config; those that stand many times into their own struct.
struct SingleSection {
  std::string_view name;
  std::span<Key<Config> const> keys;
};
std::span<SingleSection const> single_sections();
std::span<Key<MailboxConfig> const> mailbox_keys();
std::span<Key<desk::Agent> const> agent_keys();
std::span<Key<desk::Team> const> team_keys();
std::span<Key<desk::Category> const> category_keys();
std::span<Key<desk::Site> const> site_keys();
std::span<Key<CalendarConfig> const> calendar_keys();
std::span<Key<desk::Policy> const> policy_keys();
std::span<Key<desk::HouseRule> const> rule_keys();
std::span<Key<desk::Macro> const> macro_keys();
std::span<Key<desk::Webhook> const> webhook_keys();
std::span<Key<TokenConfig> const> token_keys();

/// "password" may also come as password_file or password_env, and so may others: the keys for which that
/// holds.
bool is_secret(std::string_view key);
std::string_view name(Type type);

}  // namespace spoc::daemon
