// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl status and health.
#include "ctl/line.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/health.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <iostream>
#include <optional>

namespace spoc::ctl {
namespace {

boost::json::array parts_of(daemon::Health const& health) {
  boost::json::array out;
  for (auto const& part : health.parts)
    out.push_back(boost::json::object{{"part", part.name},
                                      {"well", part.well},
                                      {"last", part.last == desk::Time{} ? "" : desk::iso(part.last)},
                                      {"words", part.words}});
  return out;
}

void print_parts(daemon::Health const& health) {
  for (auto const& part : health.parts)
    std::cout << (part.well ? "well  " : "ILL   ") << part.name << "  "
              << (part.last == desk::Time{} ? "never" : desk::iso(part.last)) << "  " << part.words << "\n";
}

std::optional<std::vector<std::string>> troubles_in(std::string const& body) {
  boost::system::error_code fault;
  auto const value = boost::json::parse(body, fault);
  auto const* const told = !fault && value.is_object() ? value.get_object().if_contains("troubles") : nullptr;
  if (told == nullptr || !told->is_array()) return std::nullopt;
  std::vector<std::string> out;
  for (auto const& one : told->get_array())
    if (one.is_string()) out.emplace_back(one.get_string());
  return out;
}

/// What the store has is what was written down last: only the daemon knows what it could not write, and it
/// can't say that it is not there.
void ask_about_now(daemon::Config const& config, std::vector<std::string>& troubles) {
  Request question{"GET", "/healthz"};
  question.patience = std::chrono::seconds{10};
  std::string const socket = config.api.socket.string();
  auto const answer = ask_daemon(config, question);
  if (!answer)
    troubles.push_back("spocd does not answer at " + socket + ": " + answer.error().what);
  else if (!*answer)
    troubles.push_back("spocd is not running: nobody listens at " + socket +
                       "; systemctl status spocd and the journal tell why");
  else if (auto told = troubles_in((*answer)->body))
    troubles = std::move(*told);
}

}  // namespace

int status(Common const& common) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const health = daemon::examine((*place)->store, (*place)->config, present_moment());
  if (!health) return fail(health.error());
  store::Counts const& counts = health->counts;
  if (common.json) {
    print({{"tickets", counts.tickets},
           {"unfinished", counts.unfinished},
           {"messages", counts.messages},
           {"letters_queued", counts.queued},
           {"letters_failed", counts.failed},
           {"quarantine", counts.quarantined},
           {"disk_free_percent", health->disk_free_percent},
           {"parts", parts_of(*health)}});
    return 0;
  }
  std::cout << counts.tickets << " tickets, " << counts.unfinished << " unfinished; " << counts.messages
            << " messages; " << counts.queued << " letters queued, " << counts.failed << " failed; "
            << counts.quarantined << " mails in quarantine; " << health->disk_free_percent
            << " % of the disk free\n";
  print_parts(*health);
  return 0;
}

int health(Common const& common) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto examined = daemon::examine((*place)->store, (*place)->config, present_moment());
  if (!examined) return fail(examined.error());
  ask_about_now((*place)->config, examined->troubles);
  bool const well = examined->troubles.empty();
  if (common.json)
    print({{"well", well}, {"troubles", texts(examined->troubles)}});
  else if (well)
    std::cout << "well\n";
  else
    for (std::string const& trouble : examined->troubles) std::cerr << "spocctl: " << trouble << "\n";
  return well ? 0 : 1;
}

}  // namespace spoc::ctl
