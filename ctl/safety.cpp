// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl backup, restore and check.
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/backup.hpp"

#include <iostream>

namespace spoc::ctl {
namespace {

std::string shown(store::Counts const& counts) {
  return std::to_string(counts.tickets) + " tickets, " + std::to_string(counts.messages) + " messages";
}

}  // namespace

int backup(Common const& common, std::string const& folder) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const done = daemon::back_up((*place)->store, (*place)->config, folder);
  if (!done) return fail(done.error());
  if (common.json)
    print({{"folder", folder}, {"tickets", done->tickets}, {"messages", done->messages}});
  else
    std::cout << folder << ": " << shown(*done)
              << "; it holds every word and the tokens' key: keep it safe\n";
  return 0;
}

int restore(Common const& common, std::string const& folder) {
  auto const config = open_config(common);
  if (!config) return fail(config.error());
  auto const done = daemon::restore(*config, folder, present_moment());
  if (!done) return fail(done.error());
  if (common.json) {
    print({{"tickets", done->counts.tickets},
           {"messages", done->counts.messages},
           {"aside", done->aside.string()},
           {"untrue", texts(done->untrue)}});
    return 0;
  }
  std::cout << "restored: " << shown(done->counts) << "\n";
  for (std::string const& one : done->untrue)
    std::cout << "not true of it (see spocctl check): " << one << "\n";
  if (!done->aside.empty()) std::cout << "what was there before lies in " << done->aside.string() << "\n";
  std::cout
      << "Mails that came in after the backup are fetched again when spocd starts, if they still lie in "
         "the mailbox; letters that left after it may be sent again.\n";
  return 0;
}

int check(Common const& common, bool quick) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const findings = daemon::check((*place)->store, (*place)->config, !quick, present_moment());
  if (!findings) return fail(findings.error());
  bool well = true;
  for (store::Finding const& one : *findings) {
    well = well && one.broken == 0;
    if (common.json) {
      print({{"invariant", one.invariant}, {"broken", one.broken}, {"examples", texts(one.examples)}});
      continue;
    }
    std::cout << (one.broken == 0 ? "holds   " : "BROKEN  ") << one.invariant
              << (one.broken == 0 ? "" : " (" + std::to_string(one.broken) + ")") << "\n";
    for (std::string const& example : one.examples) std::cout << "        " << example << "\n";
  }
  return well ? 0 : 1;
}

}  // namespace spoc::ctl
