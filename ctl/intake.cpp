// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl mail import and index: old mail through the same corridor as live mail, and into the search index.
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/import.hpp"
#include "daemon/indexing.hpp"
#include "daemon/librarian.hpp"
#include "daemon/ownership.hpp"
#include "search/index.hpp"
#include "store/apply.hpp"

#include <sys/resource.h>
#include <unistd.h>
#include <chrono>
#include <iostream>

namespace spoc::ctl {
namespace {

std::string shown(daemon::ImportCount const& count, double seconds) {
  auto const rate = seconds > 0 ? static_cast<std::int64_t>(static_cast<double>(count.mails) / seconds) : 0;
  return std::to_string(count.mails) + " mails: " + std::to_string(count.opened) + " tickets opened, " +
         std::to_string(count.followed) + " follow-ups, " + std::to_string(count.known) + " known already, " +
         std::to_string(count.quarantined) + " in quarantine; " + std::to_string(rate) + " mails a second";
}

void tell(std::string const& place, desk::News const& news) {
  std::cout << place << ": ";
  if (news.duplicate)
    std::cout << "known already\n";
  else
    std::cout << (news.quarantined ? "in quarantine, " : "") << (news.opened ? "opened #" : "joined #")
              << desk::number(news.ticket) << " by rule " << news.rule << "\n";
}

/// All tickets that wait; returns how many.
Result<std::size_t> put_all_waiting(daemon::Config const& config, store::Store& store) {
  auto index = search::Index::open(config.index());
  if (!index) return index.error();
  if (auto const queued = daemon::queue_for_new(*index, store); !queued) return queued.error();
  constexpr std::size_t batch = 2000;
  std::size_t tickets = 0;
  for (std::size_t done = batch; done == batch; tickets += done) {
    auto const indexed = daemon::index_tickets(*index, store, batch);
    if (!indexed) return indexed.error();
    done = *indexed;
  }
  return tickets;
}

}  // namespace

int mail_import(Common const& common, std::string const& mailbox, std::vector<std::string> const& paths,
                bool quiet, bool each) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const& boxes = (*place)->config.house.mailboxes;
  std::string const into = mailbox.empty() ? boxes.front().name : mailbox;
  if ((*place)->config.house.mailbox(into) == nullptr)
    return fail({Kind::missing, "mailbox \"" + into + "\" is not configured"});
  auto const begun = std::chrono::steady_clock::now();
  auto const seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  };
  daemon::ImportOrder order;
  order.mailbox = into;
  order.paths.assign(paths.begin(), paths.end());
  order.quiet = quiet;
  bool const terminal = ::isatty(2) != 0;
  daemon::Indexing indexing{(*place)->config};
  order.progress = [&](daemon::ImportCount const& count) {
    indexing.nudge();
    if (terminal) std::cerr << "\r" << shown(count, seconds()) << "   " << std::flush;
  };
  if (each) order.each = tell;
  auto const count = daemon::import_mail(order, (*place)->config, *(*place)->desk);
  double const taken = seconds();
  if (terminal) std::cerr << "\n";
  if (!count) return fail(count.error());
  indexing.drain();
  (*place)->store.carry_over_log();  // meanwhile
  // The mails are safe: a search index that fails is made good by the daemon, or by `spocctl index`.
  auto const indexed = indexing.finish();
  if (!indexed) fail(indexed.error());
  struct rusage usage {};
  ::getrusage(RUSAGE_SELF, &usage);
  if (common.json)
    print({{"mails", count->mails},
           {"opened", count->opened},
           {"followed", count->followed},
           {"known", count->known},
           {"quarantined", count->quarantined},
           {"seconds", taken},
           {"indexed", indexed ? *indexed : 0},
           {"indexed_seconds", seconds()},
           {"peak_kib", usage.ru_maxrss}});
  else
    std::cout << shown(*count, taken) << "; peak memory " << usage.ru_maxrss / 1024 << " MiB\n";
  return 0;
}

int index_waiting(Common const& common) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  daemon::Config const& config = (*place)->config;
  auto const begun = std::chrono::steady_clock::now();
  auto const tickets = put_all_waiting(config, (*place)->store);
  daemon::give_all_to_folders_owner(config.index());
  if (!tickets) return fail(tickets.error());
  double const seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  if (common.json)
    print({{"tickets", *tickets}, {"seconds", seconds}});
  else
    std::cout << *tickets << " tickets put into the search index\n";
  return 0;
}

}  // namespace spoc::ctl
