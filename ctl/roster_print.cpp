// SPDX-License-Identifier: GPL-3.0-or-later
// Lines and counts of an import.
#include "ctl/roster_print.hpp"

#include "ctl/print.hpp"

#include <iostream>

namespace spoc::ctl {
namespace {

using Fate = daemon::RosterLine::Fate;

void print_counts(daemon::RosterReport const& report, bool dry_run) {
  std::cout << (dry_run ? "nothing was written; it would be: " : "");
  char const* parting = "";
  for (Fate const fate : {Fate::added, Fate::changed, Fate::left, Fate::refused, Fate::gone, Fate::back}) {
    bool const rare = fate == Fate::gone || fate == Fate::back;
    if (rare && report.count(fate) == 0) continue;
    std::cout << parting << report.count(fate) << " " << daemon::name(fate);
    parting = ", ";
  }
  std::cout << "\n";
}

}  // namespace

int print_report(Common const& common, daemon::RosterReport const& report, bool dry_run) {
  for (daemon::RosterLine const& one : report.lines) {
    if (common.json)
      print({{"fate", daemon::name(one.fate)},
             {"where", one.where},
             {"contact", desk::number(one.contact)},
             {"words", one.words}});
    else if (one.fate != Fate::left)
      std::cout << one.where << ": "
                << (one.fate == Fate::told ? "" : std::string{daemon::name(one.fate)} + " ") << one.words
                << "\n";
  }
  if (!common.json) print_counts(report, dry_run);
  return report.count(Fate::refused) > 0 ? 1 : 0;
}

}  // namespace spoc::ctl
