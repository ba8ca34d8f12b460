// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a rule fires: its event and each of its conditions.
#include "desk/rules.hpp"

#include "desk/characters.hpp"
#include "desk/lists.hpp"
#include "desk/lower.hpp"
#include "desk/routing.hpp"
#include "desk/words.hpp"

#include <algorithm>
#include <array>

namespace spoc::desk {
namespace {

using List = std::vector<std::string>;

constexpr Words<Event, 5> events{{{Event::opened, "opened"},
                                  {Event::wrote, "wrote"},
                                  {Event::answered, "answered"},
                                  {Event::changed, "changed"},
                                  {Event::time, "time"}}};

bool fits_answer(std::string const& wanted, bool is) { return wanted.empty() || (wanted == "yes") == is; }

bool holds_any(List const& wanted, std::string const& text) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](std::string const& word) {
           return text.find(lower(word)) != std::string::npos;
         });
}

/// "*" is anything, "?" one character (of several bytes, too). Never looks further back than the last star.
bool matches(std::string_view pattern, std::string_view text) {
  std::size_t at = 0, place = 0, star = std::string_view::npos, from = 0;
  while (place < text.size()) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      from = place;
    } else if (at < pattern.size() && pattern[at] == '?') {
      ++at;
      do ++place;
      while (place < text.size() && is_inner(text[place]));
    } else if (at < pattern.size() && pattern[at] == text[place]) {
      ++at;
      ++place;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      place = ++from;
    } else {
      return false;
    }
  }
  while (at < pattern.size() && pattern[at] == '*') ++at;
  return at == pattern.size();
}

bool fits_pattern(List const& wanted, std::string const& subject) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](std::string const& pattern) {
           return matches(lower(pattern), subject);
         });
}

/// A branch, with all below it.
bool fits_category(List const& wanted, std::string const& path) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(),
                                       [&](std::string const& branch) { return is_within(path, branch); });
}

/// "dmarc=fail"; "none" also where nobody looked.
bool fits_check(std::string const& wanted, Checks const& checks) {
  auto const sign = wanted.find('=');
  std::string const method = wanted.substr(0, sign),
                    result = wanted.substr(std::min(sign + 1, wanted.size()));
  Check const& found = method == "spf" ? checks.spf : method == "dkim" ? checks.dkim : checks.dmarc;
  return (found.result.empty() ? "none" : found.result) == result;
}

bool fits_hours(RuleConditions const& wanted, RuleCase const& what, House const& house) {
  return wanted.hours.empty() ||
         house.calendar(wanted.calendar).open_at(what.now) == (wanted.hours == "open");
}

bool happened(HouseRule const& rule, RuleCase const& what) {
  return std::any_of(what.events.begin(), what.events.end(), [&](Event event) {
    return has(rule.when, name(event)) && (event != Event::time || what.quiet >= rule.after);
  });
}

}  // namespace

std::string_view name(Event event) { return word_for(events, event); }
std::optional<Event> event_named(std::string_view word) { return value_for(events, word); }

std::string why_not(HouseRule const& rule, RuleCase const& what, House const& house) {
  RuleConditions const& wanted = rule.wanted;
  Ticket const& ticket = what.ticket;
  std::string const subject = lower(what.subject);
  auto const checked = [&](std::string const& one) { return fits_check(one, what.checks); };
  struct Condition {
    char const* name;
    bool holds;
  };
  std::array const all{
      Condition{"when", happened(rule, what)},
      Condition{"if.mailboxes", fits(wanted.mailboxes, ticket.mailbox)},
      Condition{"if.teams", fits(wanted.teams, ticket.team)},
      Condition{"if.kinds", fits(wanted.kinds, name(ticket.kind))},
      Condition{"if.priorities", fits(wanted.priorities, name(ticket.priority))},
      Condition{"if.statuses", fits(wanted.statuses, name(ticket.status))},
      Condition{"if.tags", fits_any(wanted.tags, ticket.tags)},
      Condition{"if.languages", fits(wanted.languages, ticket.language)},
      Condition{"if.categories", fits_category(wanted.categories, ticket.category)},
      Condition{"if.sites", wanted.sites.empty() || has(wanted.sites, site_of(house, ticket, what.site))},
      Condition{"if.channels", fits(wanted.channels, name(ticket.channel))},
      Condition{"if.from", fits_person(wanted.from, what.author)},
      Condition{"if.words", holds_any(wanted.words, subject + "\n" + lower(what.words))},
      Condition{"if.patterns", fits_pattern(wanted.patterns, subject)},
      Condition{"if.checks", std::all_of(wanted.checks.begin(), wanted.checks.end(), checked)},
      Condition{"if.standings", fits(wanted.standings, what.standing)},
      Condition{"if.hours", fits_hours(wanted, what, house)},
      Condition{"if.vip",
                fits_answer(wanted.vip, what.vip || house.is_vip(ticket.requester_address.address))},
      Condition{"if.files", fits_answer(wanted.files, what.files)},
      Condition{"if.assigned", fits_answer(wanted.assigned, !ticket.assignee.empty())},
      Condition{"if.assignees", fits(wanted.assignees, ticket.assignee)},
      Condition{"if.organisations", fits(wanted.organisations, lower(what.organisation))}};
  auto const failed = std::find_if(all.begin(), all.end(), [](Condition const& one) { return !one.holds; });
  return failed == all.end() ? "" : failed->name;
}

std::string worst_standing(std::vector<Due> const& all) {
  constexpr std::array worst{Standing::breached, Standing::warned, Standing::ok, Standing::paused,
                             Standing::met};
  auto const* rank = worst.end();
  for (Due const& due : all) rank = std::min(rank, std::find(worst.begin(), worst.end(), due.standing));
  return rank == worst.end() ? "" : std::string{name(*rank)};
}

}  // namespace spoc::desk
