// SPDX-License-Identifier: GPL-3.0-or-later
// Opening configuration and store.
#include "ctl/place.hpp"

#include "daemon/data_lock.hpp"
#include "daemon/finder.hpp"
#include "daemon/key.hpp"

#include <iostream>

namespace spoc::ctl {

desk::Time present_moment() {
  return std::chrono::time_point_cast<desk::Duration>(std::chrono::system_clock::now());
}

Result<daemon::Config> open_config(Common const& common, daemon::Demand demand) {
  daemon::Loaded loaded = daemon::load_config(common.config, demand);
  for (daemon::Mistake const& one : loaded.mistakes)
    std::cerr << common.config << (one.line > 0 ? ":" + std::to_string(one.line) : "") << ": " << one.key
              << " " << one.what << "; " << one.remedy << "\n";
  if (!loaded.mistakes.empty())
    return Error{Kind::unreadable, "the configuration has " + std::to_string(loaded.mistakes.size()) +
                                       (loaded.mistakes.size() == 1 ? " mistake" : " mistakes")};
  return std::move(loaded.config);
}

namespace {

/// An older database is brought up to date where no daemon is at work, who may be of the older release.
Result<store::Store> open_store(daemon::Config const& config) {
  auto opened = store::Store::open(config.database(), store::Schema::leave);
  if (opened || opened.error().kind != Kind::conflict) return opened;
  auto const lock = daemon::DataLock::take(config.data);
  return lock ? store::Store::open(config.database()) : std::move(opened);
}

}  // namespace

Result<std::unique_ptr<Place>> open_place(Common const& common, daemon::Demand demand) {
  auto config = open_config(common, demand);
  if (!config) return config.error();
  auto store = open_store(*config);
  if (!store) return store.error();
  auto const key = daemon::read_key(config->key_file(), config->secret_file.empty());
  if (!key) return key.error();
  auto place =
      std::make_unique<Place>(Place{std::move(*config), std::move(*store), nullptr, daemon::signer(*key)});
  daemon::Surroundings around;
  around.clock = present_moment;
  around.find = [folder = place->config.index()](std::string const& words, std::string const& language) {
    auto reader = search::Reader::open(folder);
    return daemon::find_for_agent(reader ? &*reader : nullptr, words, language);
  };
  place->desk =
      std::make_unique<daemon::FrontDesk>(place->store, place->config.house, place->sign, std::move(around));
  return place;
}

}  // namespace spoc::ctl
