// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl announce add, list and end.
#include "ctl/announce.hpp"

#include "ctl/line.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "desk/phrase.hpp"
#include "store/announcements.hpp"

#include <iostream>

namespace spoc::ctl {
namespace {

std::string first_line(std::string const& text) { return text.substr(0, text.find('\n')); }

void print_announcement(store::AnnouncementCount const& one, bool as_json) {
  desk::Announcement const& said = one.announcement;
  bool const holds = desk::in_force(said, present_moment());
  std::string const until = said.until ? desk::iso(*said.until) : "";
  if (as_json)
    print({{"id", desk::number(said.id)},
           {"in_force", holds},
           {"text", said.text},
           {"words", texts(said.words)},
           {"by", said.by},
           {"made", desk::iso(said.made)},
           {"until", until},
           {"ticket", desk::number(said.ticket)},
           {"ended", said.ended ? desk::iso(*said.ended) : ""},
           {"tickets", one.tickets}});
  else
    std::cout << desk::number(said.id) << (holds ? "  in force" : "  over    ")
              << (until.empty() ? "" : "  until " + until) << "  " << one.tickets << " tickets  "
              << first_line(said.text) << "\n";
}

}  // namespace

int announce_add(Common const& common, AnnounceAdd const& order) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const text = read_input(order.text);
  if (!text) return fail(text.error());
  std::string argument = order.until.empty() ? "" : "until " + order.until + ": ";
  auto read = desk::read_announcement(argument + order.words, *text, present_moment(),
                                      (*place)->config.house.zone_of(""));
  if (!read.fault.empty()) return fail({Kind::unreadable, desk::in_english(read.fault)});
  read.announcement.by = "operator";
  read.announcement.made = present_moment();
  desk::AnnouncementId id{};
  auto const kept = (*place)->store.write(
      "announce", [&](store::Tx& tx) { id = store::add_announcement(tx, read.announcement); });
  if (!kept) return fail(kept.error());
  wake_daemon((*place)->config);
  if (common.json)
    print({{"id", desk::number(id)}});
  else
    std::cout << "announced as " << desk::number(id) << "; spocctl announce end " << desk::number(id)
              << " when it is over\n";
  return 0;
}

int announce_list(Common const& common) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::vector<store::AnnouncementCount> all;
  auto const read =
      (*place)->store.read("announcements", [&](store::Tx& tx) { all = store::list_announcements(tx, 100); });
  if (!read) return fail(read.error());
  for (store::AnnouncementCount const& one : all) print_announcement(one, common.json);
  return 0;
}

int announce_end(Common const& common, std::int64_t id) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  bool ended = false;
  auto const done = (*place)->store.write("end announcement", [&](store::Tx& tx) {
    ended = store::end_announcement(tx, desk::AnnouncementId{id}, present_moment());
  });
  if (!done) return fail(done.error());
  if (!ended)
    return fail({Kind::missing,
                 "no announcement " + std::to_string(id) + " is in force; spocctl announce list shows them"});
  wake_daemon((*place)->config);
  if (!common.json)
    std::cout << "announcement " << id << " is over; spocd tells whose tickets belong to it\n";
  return 0;
}

}  // namespace spoc::ctl
