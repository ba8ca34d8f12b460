// SPDX-License-Identifier: GPL-3.0-or-later
// From a directory to contacts.
#include "daemon/directory.hpp"

#include "daemon/log.hpp"
#include "desk/lower.hpp"
#include "desk/phone.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace spoc::daemon {
namespace {

using Fate = RosterLine::Fate;
constexpr desk::Duration after_fault = std::chrono::minutes{5};

/// All values of the attributes, in their order.
std::vector<std::string> all_of(channels::DirectoryEntry const& entry,
                                std::vector<std::string> const& names) {
  std::vector<std::string> out;
  for (std::string const& name : names) {
    auto const found = entry.values.find(desk::normal(name));
    if (found != entry.values.end()) out.insert(out.end(), found->second.begin(), found->second.end());
  }
  return out;
}

std::optional<std::string> first_of(channels::DirectoryEntry const& entry,
                                    std::vector<std::string> const& names) {
  auto all = all_of(entry, names);
  return all.empty() ? std::nullopt : std::optional{std::move(all.front())};
}

/// "nb-NO;q=0.9, en;q=0.5" (RFC 2798): the first that the desk speaks.
std::optional<std::string> language_of(std::string_view preferred) {
  for (std::size_t at = 0; at <= preferred.size();) {
    std::size_t const end = std::min(preferred.find(',', at), preferred.size());
    std::string_view const one = preferred.substr(at, end - at);
    if (auto language = desk::language_called(one.substr(0, one.find(';')))) return language;
    at = end + 1;
  }
  return std::nullopt;
}

/// What the server was asked for and did not say.
std::vector<std::string> silent_in(desk::Card const& card, DirectoryAttributes const& names) {
  std::vector<std::string> out;
  auto const note = [&](char const* field, std::vector<std::string> const& asked, bool said) {
    if (!asked.empty() && !said) out.emplace_back(field);
  };
  note("organisation", names.organisation, card.organisation.has_value());
  note("site", names.site, card.site.has_value());
  note("language", names.language, card.language.has_value());
  note("phones", names.phone, !card.phones.empty());
  note("equipment", names.equipment, card.equipment.has_value());
  return out;
}

desk::Card card_of(channels::DirectoryEntry const& entry, DirectoryAttributes const& names) {
  desk::Card card;
  card.where = entry.dn;
  card.external_id = first_of(entry, names.id).value_or("");
  for (std::string const& one : all_of(entry, names.mail))
    if (std::string const address = desk::normal(one);
        desk::is_address(address) &&
        std::find(card.addresses.begin(), card.addresses.end(), address) == card.addresses.end())
      card.addresses.push_back(address);
  card.name = first_of(entry, names.name);
  card.organisation = first_of(entry, names.organisation);
  card.site = first_of(entry, names.site);
  if (auto const language = first_of(entry, names.language)) card.language = language_of(*language);
  for (std::string& one : all_of(entry, names.phone))
    if (!desk::phone_digits(one).empty()) card.phones.push_back(std::move(one));
  if (auto equipment = all_of(entry, names.equipment); !equipment.empty())
    card.equipment = std::move(equipment);
  card.silent = silent_in(card, names);
  return card;
}

/// The attributes that the server is asked for.
std::vector<std::string> wanted(DirectoryAttributes const& names) {
  std::vector<std::string> out;
  for (auto const* list : {&names.id, &names.name, &names.mail, &names.phone, &names.organisation,
                           &names.site, &names.language, &names.equipment})
    out.insert(out.end(), list->begin(), list->end());
  return out;
}

/// Cards that change something; the others need no transaction that writes.
std::vector<desk::Card> changing(std::vector<desk::Card> const& cards, RosterReport const& looked) {
  std::set<std::string> changed;
  for (RosterLine const& line : looked.lines)
    if (line.fate == Fate::added || line.fate == Fate::changed) changed.insert(line.where);
  changed.insert(looked.remembered.begin(), looked.remembered.end());
  std::vector<desk::Card> out;
  for (desk::Card const& card : cards)
    if (changed.contains(card.where)) out.push_back(card);
  return out;
}

std::vector<std::string> keys_of(std::vector<desk::Card> const& cards) {
  std::vector<std::string> out;
  for (desk::Card const& card : cards)
    if (!card.external_id.empty()) out.push_back(card.external_id);
  return out;
}

Result<> write_cards(Config const& config, std::vector<desk::Card> const& cards, RosterOrder const& order,
                     Writes const& writes, std::function<bool()> const& going) {
  constexpr std::size_t at_a_time = 100;
  for (std::size_t at = 0; at < cards.size(); at += at_a_time) {
    if (!going()) return Error{Kind::busy, "ended before all of the directory was written down"};
    std::size_t const count = std::min(at_a_time, cards.size() - at);
    auto const written = writes([&](store::Store& by) -> Result<> {
      auto const taken = take_cards(by, config.house, std::span{cards}.subspan(at, count), order);
      return taken ? Result<>{} : taken.error();
    });
    if (!written) return written;
  }
  return {};
}

}  // namespace

std::vector<desk::Card> cards_of(std::vector<channels::DirectoryEntry> const& entries,
                                 DirectoryAttributes const& attributes) {
  std::vector<desk::Card> cards;
  for (channels::DirectoryEntry const& entry : entries) {
    desk::Card card = card_of(entry, attributes);
    if (!card.external_id.empty() || !card.addresses.empty()) cards.push_back(std::move(card));
  }
  return cards;
}

Result<RosterReport> sync_directory(Config const& config, store::Store& store, RosterOrder order,
                                    std::function<bool()> const& going) {
  return sync_directory(config, store, std::move(order), going,
                        [&](DirectoryWork const& work) { return work(store); });
}

Result<RosterReport> sync_directory(Config const& config, store::Store& store, RosterOrder order,
                                    std::function<bool()> const& going, Writes const& writes) {
  channels::Directory server = config.directory.server;
  server.attributes = wanted(config.directory.attributes);
  auto const entries = channels::read_directory(server, going);
  if (!entries) return entries.error();
  std::vector<desk::Card> const cards = cards_of(*entries, config.directory.attributes);
  order.directory = true;
  RosterReport report;
  bool const look_only = std::exchange(order.look_only, true);
  auto const looked = store.read("look at directory", [&](store::Tx& tx) {
    report = {};
    Roster roster{tx, config.house, order, report};
    for (desk::Card const& card : cards) roster.take(card);
    roster.mark_gone(keys_of(cards));
  });
  if (!looked) return looked.error();
  if (look_only) return report;
  order.look_only = false;
  if (auto const written = write_cards(config, changing(cards, report), order, writes, going); !written)
    return written.error();
  if (report.count(Fate::gone) == 0) return report;
  auto const marked = writes([&](store::Store& by) {
    return by.write("mark gone", [&](store::Tx& tx) {
      RosterReport again;
      Roster{tx, config.house, order, again}.mark_gone(keys_of(cards));
    });
  });
  if (!marked) return marked.error();
  return report;
}

void DirectoryWatch::note(bool well, std::string const& words) {
  line_.post([this, well, words] { board_.note("directory", well, words); });
}

void DirectoryWatch::stop() {
  stopping_ = true;
  wake_.ring();
}

/// Returns how long to wait for the next.
desk::Duration DirectoryWatch::round() {
  auto store = store::Store::open(config_.database());
  if (!store) {
    note(false, store.error().what);
    return after_fault;
  }
  RosterOrder order;
  order.who = "directory";
  order.now = std::chrono::time_point_cast<desk::Duration>(std::chrono::system_clock::now());
  auto const report = sync_directory(
      config_, *store, order, [this] { return !stopping_; },
      [this](DirectoryWork const& work) { return line_.ask([&] { return work(desks_); }); });
  if (stopping_) return {};
  if (!report) {
    note(false, report.error().what);
    return std::min(after_fault, config_.directory.every);
  }
  note(true, "");
  for (RosterLine const& one : report->lines)
    if (one.fate == Fate::refused || one.fate == Fate::told)
      Entry{Severity::warning, "directory"}.with("entry", one.where).with("what", one.words).write();
  Entry{Severity::info, "directory"}
      .with("people", static_cast<std::int64_t>(report->lines.size()))
      .with("added", static_cast<std::int64_t>(report->count(Fate::added)))
      .with("changed", static_cast<std::int64_t>(report->count(Fate::changed)))
      .with("gone", static_cast<std::int64_t>(report->count(Fate::gone)))
      .write();
  return config_.directory.every;
}

void DirectoryWatch::run() {
  while (!stopping_) wake_.wait(round());
}

}  // namespace spoc::daemon
