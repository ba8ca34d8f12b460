// SPDX-License-Identifier: GPL-3.0-or-later
// Examines store, pulses and disk.
#include "daemon/health.hpp"

#include "store/contacts.hpp"
#include "store/ledger.hpp"
#include "store/levels.hpp"
#include "store/outbox.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

constexpr desk::Duration stale = std::chrono::minutes{30};
constexpr desk::Duration stuck = std::chrono::minutes{15};

Health::Part part_from(std::string name, std::string const& fact) {
  Health::Part part;
  part.name = std::move(name);
  auto const first = fact.find(' '), second = fact.find(' ', first + 1);
  if (first == std::string::npos) return part;
  part.well = fact.substr(0, first) == "well";
  part.last = desk::from_iso(fact.substr(first + 1, second - first - 1)).value_or(desk::Time{});
  if (second != std::string::npos) part.words = fact.substr(second + 1);
  return part;
}

/// What the daemon has seen itself is newer than what it could write down.
void take_from(Board const& board, Health& health) {
  for (Health::Part& part : health.parts) {
    auto const found = board.parts().find(part.name);
    if (found == board.parts().end()) continue;
    Pulse const& pulse = found->second;
    part = {part.name, pulse.well, std::max(pulse.last_well, pulse.since), pulse.words};
  }
  if (!board.store_trouble().empty()) health.troubles.push_back(board.store_trouble());
}

constexpr std::string_view directory_part = "directory";

bool asks_directory(Config const& config) {
  return !config.directory.server.url.empty() && config.directory.every > desk::Duration{};
}

std::vector<std::string> part_names(Config const& config) {
  std::vector<std::string> names;
  for (MailboxConfig const& box : config.mailboxes) names.push_back("mailbox " + box.desk.name);
  for (int i = 0; i < config.out.connections; ++i) names.push_back("postman " + std::to_string(i));
  for (desk::Webhook const& one : config.house.webhooks) names.push_back("webhook " + one.name);
  names.emplace_back("librarian");
  if (asks_directory(config)) names.emplace_back(directory_part);
  return names;
}

/// Their notices go nowhere: that stays a trouble until a mail comes from the address, or another is theirs.
void deaf_agents(store::Tx& tx, Config const& config, Health& health) {
  for (desk::Agent const& agent : config.house.agents) {
    if (agent.addresses.empty()) continue;
    auto const dead = store::find_dead(tx, agent.addresses.front());
    if (!dead) continue;
    health.troubles.push_back("agent " + agent.handle + " gets no mail at " + agent.addresses.front() +
                              " since " + desk::iso(dead->since) + " (" + dead->reason +
                              "): a mail from it opens it again, or name another address");
  }
}

void judge(Health& health, Config const& config, desk::Time now) {
  for (Health::Part const& part : health.parts) {
    if (part.last == desk::Time{})
      health.troubles.push_back(part.name + " has never been well: is spocd running?");
    else if (!part.well)
      health.troubles.push_back(part.name + ": " + part.words);
    else if (now - part.last >
             stale + (part.name == directory_part ? config.directory.every : desk::Duration{}))
      health.troubles.push_back(part.name + " has been silent since " + desk::iso(part.last));
  }
  if (health.oldest_letter_seconds > std::chrono::duration_cast<std::chrono::seconds>(stuck).count())
    health.troubles.push_back("a letter has waited for " + std::to_string(health.oldest_letter_seconds) +
                              " s: spocctl outbox list");
  if (health.disk_free_percent < config.disk_alarm)
    health.troubles.push_back("only " + std::to_string(health.disk_free_percent) + " % of the disk of " +
                              config.data.string() + " is free");
}

}  // namespace

Result<Health> examine(store::Store& store, Config const& config, desk::Time now, Board const* board) {
  Health health;
  auto const read = store.read("health", [&](store::Tx& tx) {
    health.counts = store::count(tx);
    health.calls = store::count_calls(tx);
    health.standings = store::standings(tx);
    if (auto const due = store::next_due(tx); due && *due < now)
      health.oldest_letter_seconds = std::chrono::duration_cast<std::chrono::seconds>(now - *due).count();
    deaf_agents(tx, config, health);
    for (std::string const& name : part_names(config))
      health.parts.push_back(part_from(name, store::fact(tx, "pulse." + name).value_or("")));
  });
  if (!read) return read.error();
  if (board != nullptr) take_from(*board, health);
  std::error_code fault;
  auto const space = std::filesystem::space(config.data, fault);
  if (!fault && space.capacity > 0)
    health.disk_free_percent = static_cast<int>(space.available * 100 / space.capacity);
  judge(health, config, now);
  return health;
}

}  // namespace spoc::daemon
