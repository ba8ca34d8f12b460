// SPDX-License-Identifier: GPL-3.0-or-later
// /announce: an agent tells everybody of an outage, and that it is over.
#include "desk/agent_work.hpp"
#include "desk/lower.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace spoc::desk {
namespace {

/// "over", "over 3": what stands behind the word; nothing where another announcement is meant.
std::optional<std::string> which_is_over(std::string const& argument) {
  constexpr std::array<std::string_view, 5> words{"over", "end", "slutt", "结束", "結束"};
  auto const end = argument.find(' ');
  std::string const first = lower(argument.substr(0, end));
  if (std::find(words.begin(), words.end(), first) == words.end()) return std::nullopt;
  auto const behind = argument.find_first_not_of(' ', end);
  return behind == std::string::npos ? "" : argument.substr(behind);
}

std::string listed(std::vector<Announcement> const& all) {
  std::string out;
  for (Announcement const& one : all)
    out += (out.empty() ? "" : ", ") + std::to_string(number(one.id)) + " (" +
           one.text.substr(0, one.text.find('\n')) + ")";
  return out;
}

void end_it(AgentWork& work, std::string const& wanted) {
  auto const& all = work.known.announcements;
  std::int64_t id = 0;
  std::from_chars(wanted.data() + (wanted.starts_with('#') ? 1 : 0), wanted.data() + wanted.size(), id);
  auto const found = std::find_if(all.begin(), all.end(), [&](Announcement const& one) {
    return wanted.empty() ? all.size() == 1 : number(one.id) == id;
  });
  if (found == all.end()) {
    work.faults.push_back(
        all.empty() ? phrase("nothing is announced that could be over")
                    : phrase("say which is over, like /announce over 3; announced are: {1}", {listed(all)}));
    return;
  }
  work.plan.changes.emplace_back(EndAnnouncement{found->id});
  work.plan.trail.push_back(trail(work, "announcement over", std::to_string(number(found->id))));
  work.done.push_back(phrase("announcement {1} is over; everybody whose ticket belongs to it is told",
                             {std::to_string(number(found->id))}));
}

/// This ticket's requester is the first to read it.
void tell_own_requester(AgentWork& work, Announcement const& announcement) {
  std::string const& address = work.ticket.requester_address.address;
  if (address.empty() || work.known.dead_address || work.known.visitor_present) return;
  if (finished(work.ticket.status)) return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  Letter letter = scribe.to_requester(LetterKind::progress);
  letter.lines = {phrase("this is a fault that we know of: {1}", {text_in(announcement, letter.language)}),
                  phrase("we tell you when it is over")};
  letter.due = work.known.now + work.known.house->undo_delay;
  work.plan.letters.push_back(std::move(letter));
}

}  // namespace

void announce(AgentWork& work, std::string const& argument) {
  if (auto const over = which_is_over(argument)) return end_it(work, *over);
  auto read = read_announcement(argument, work.block.words, work.known.now,
                                work.known.house->zone_of(work.agent().handle));
  if (!read.fault.empty()) {
    work.faults.push_back(std::move(read.fault));
    return;
  }
  Announcement announcement = std::move(read.announcement);
  announcement.by = work.agent().handle;
  announcement.made = work.known.now;
  std::string words;
  for (std::string const& one : announcement.words) words += (words.empty() ? "" : ", ") + one;
  work.plan.trail.push_back(trail(work, "announced", announcement.text));
  work.done.push_back(
      announcement.until
          ? phrase("announced in the chat and on the help pages until {1}", {iso(*announcement.until)})
          : phrase("announced in the chat and on the help pages until you say /announce over"));
  if (!words.empty())
    work.done.push_back(
        phrase("new mails and chats with one of these words are answered with it: {1}", {words}));
  tell_own_requester(work, announcement);
  work.announced = true;
  work.plan.changes.emplace_back(Announce{std::move(announcement)});
}

}  // namespace spoc::desk
