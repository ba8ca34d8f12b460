// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of [[calendar]] and [[sla]], and what only shows when they are seen together.
#include "daemon/level_keys.hpp"

#include "daemon/config_keys.hpp"
#include "daemon/zones.hpp"
#include "desk/lower.hpp"
#include "desk/ticket.hpp"

#include <algorithm>
#include <array>

namespace spoc::daemon {
namespace {

using G = Given const&;
using C = CalendarConfig;
using CK = Key<CalendarConfig>;
using P = desk::Policy;
using PK = Key<desk::Policy>;

constexpr std::array calendar_rows{
    CK{"name", Type::text, "", "", "Name of the calendar.", [](C& c, G v) { c.name = v.text; }},
    CK{"time_zone", Type::text, "\"UTC\"", "", "Time zone of its hours, like \"Europe/Oslo\".",
       [](C& c, G v) { c.time_zone = v.text; }},
    CK{"hours", Type::texts, "", "",
       "Weekly hours: lines like \"Mon-Thu 08:00-12:00 12:30-16:00\", \"Fri 22:00-06:00\" or \"always\".",
       [](C& c, G v) { c.hours = v.texts; }},
    CK{"holidays", Type::texts, "[]", "",
       "Dates on which it is closed: \"12-25\" every year, \"2026-04-03\" once.",
       [](C& c, G v) { c.holidays = v.texts; }},
};

constexpr std::array policy_rows{
    PK{"name", Type::text, "", "", "Name of the service level, as the trail shows it.",
       [](P& p, G v) { p.name = v.text; }},
    PK{"calendar", Type::text, "\"\"", "", "Calendar whose open time counts; empty for round the clock.",
       [](P& p, G v) { p.calendar = v.text; }},
    PK{"priorities", Type::texts, "[]", "", "Holds for these priorities alone; empty for all.",
       [](P& p, G v) { p.priorities = v.texts; }},
    PK{"mailboxes", Type::texts, "[]", "", "Holds for tickets of these mailboxes alone; empty for all.",
       [](P& p, G v) { p.mailboxes = v.texts; }},
    PK{"teams", Type::texts, "[]", "", "Holds for tickets of these teams alone; empty for all.",
       [](P& p, G v) { p.teams = v.texts; }},
    PK{"kinds", Type::texts, "[]", "", "Holds for these kinds of tickets alone; empty for all.",
       [](P& p, G v) { p.kinds = v.texts; }},
    PK{"tags", Type::texts, "[]", "", "Holds for tickets with one of these tags; empty for all.",
       [](P& p, G v) { p.tags = v.texts; }},
    PK{"requesters", Type::texts, "[]", "",
       "Holds for these requesters alone, addresses or domains; empty for all.",
       [](P& p, G v) {
         for (auto const& one : v.texts) p.requesters.push_back(desk::normal(one));
       }},
    PK{"organisations", Type::texts, "[]", "",
       "Holds for requesters of these organisations alone, as their contacts say; empty for all.",
       [](P& p, G v) {
         for (auto const& one : v.texts) p.organisations.push_back(desk::lower(one));
       }},
    PK{"first_response", Type::duration, "\"0s\"", "",
       "Open time within which the first answer is promised; 0s for none.",
       [](P& p, G v) { p.first_response = v.duration; }},
    PK{"next_response", Type::duration, "\"0s\"", "",
       "Open time within which each later message is answered; 0s for none.",
       [](P& p, G v) { p.next_response = v.duration; }},
    PK{"resolution", Type::duration, "\"0s\"", "",
       "Open time within which the ticket is resolved; 0s for none.",
       [](P& p, G v) { p.resolution = v.duration; }},
    PK{"runs", Type::texts, "[\"new\", \"open\"]", "",
       "Statuses in which the clock runs; it stands in the others.", [](P& p, G v) { p.runs = v.texts; }},
    PK{"pause_for_third_party", Type::boolean, "false", "",
       "The clock of the solution stands while a question to somebody outside (/ask) awaits its answer.",
       [](P& p, G v) { p.pause_for_third_party = v.boolean; }},
    PK{"warn_at", Type::integer, "80", "1..99", "Warn when so many per cent of a target are used up.",
       [](P& p, G v) { p.warn_at = static_cast<int>(v.integer); }},
    PK{"warn", Type::texts, "[\"assignee\"]", "",
       "Who is warned: \"assignee\" (the team while there is none), \"team\", or agents' handles.",
       [](P& p, G v) { p.warn = v.texts; }},
    PK{"breach", Type::texts, "[\"assignee\", \"team\"]", "", "Who hears that a target was missed.",
       [](P& p, G v) { p.breach = v.texts; }},
    PK{"manager_at", Type::integer, "0", "0..100",
       "The manager of the team that has or owns the ticket hears of it when so many per cent of a target "
       "are "
       "used up, with what has been tried; 100 at the breach, 0 never.",
       [](P& p, G v) { p.manager_at = static_cast<int>(v.integer); }},
    PK{"progress", Type::texts, "[]", "",
       "Statuses of which the requester is told when the ticket gets them.",
       [](P& p, G v) { p.progress = v.texts; }},
    PK{"keep_informed", Type::duration, "\"0s\"", "",
       "Open time without news after which the requester hears that work goes on; 0s for never.",
       [](P& p, G v) { p.keep_informed = v.duration; }},
    PK{"callback", Type::duration, "\"0s\"", "",
       "Open time after resolving at which the assignee is reminded to call the requester; 0s for never.",
       [](P& p, G v) { p.callback = v.duration; }},
};

/// Gathers mistakes with the section that they stand in.
class LevelChecking {
 public:
  explicit LevelChecking(Config& config) : config_{config} {}

  void zones() {
    desk::House& house = config_.house;
    zone("desk.time_zone", 0, house.time_zone);
    for (std::size_t i = 0; i < house.agents.size(); ++i)
      if (!house.agents[i].time_zone.empty()) zone("[agent].time_zone", i, house.agents[i].time_zone);
    for (std::size_t i = 0; i < config_.calendars.size(); ++i)
      zone("[calendar].time_zone", i, config_.calendars[i].time_zone);
  }

  void calendars() {
    for (std::size_t i = 0; i < config_.calendars.size(); ++i) {
      CalendarConfig const& given = config_.calendars[i];
      desk::Calendar made;
      made.name = given.name;
      made.zone = config_.house.zones[given.time_zone];
      if (auto week = desk::read_hours(given.hours))
        made.week = std::move(*week);
      else
        add("[calendar].hours", i, "calendar \"" + given.name + "\": " + week.error().what,
            "write lines like \"Mon-Fri 08:00-16:00\", or \"always\"");
      for (std::string const& day : given.holidays) {
        if (auto const holiday = desk::read_holiday(day))
          made.holidays.push_back(*holiday);
        else
          add("[calendar].holidays", i, "does not know the date \"" + day + "\"",
              "write \"12-25\" for every year or \"2026-04-03\" for one");
      }
      config_.house.calendars.push_back(std::move(made));
    }
  }

  void policies() {
    desk::House const& house = config_.house;
    auto const is_status = [](std::string const& word) { return desk::status_named(word).has_value(); };
    auto const is_priority = [](std::string const& word) { return desk::priority_named(word).has_value(); };
    auto const is_kind = [](std::string const& word) { return desk::ticket_kind_named(word).has_value(); };
    auto const is_audience = [&](std::string const& word) {
      return word == "assignee" || word == "team" || house.agent(word) != nullptr;
    };
    for (std::size_t i = 0; i < house.policies.size(); ++i) {
      desk::Policy const& policy = house.policies[i];
      words("[sla].priorities", i, policy.priorities, is_priority, "use P1, P2, P3 or P4");
      words(
          "[sla].mailboxes", i, policy.mailboxes,
          [&](std::string const& word) { return house.mailbox(word) != nullptr; },
          "use the name of a [[mailbox]]");
      words(
          "[sla].teams", i, policy.teams,
          [&](std::string const& word) { return house.team(word) != nullptr; }, "use the name of a [[team]]");
      words("[sla].kinds", i, policy.kinds, is_kind, "use incident, request, question or complaint");
      words("[sla].runs", i, policy.runs, is_status, "use new, open, waiting, resolved or closed");
      words("[sla].progress", i, policy.progress, is_status, "use new, open, waiting, resolved or closed");
      words("[sla].warn", i, policy.warn, is_audience, "use assignee, team, or an agent's handle");
      words("[sla].breach", i, policy.breach, is_audience, "use assignee, team, or an agent's handle");
      bool const calendar = std::any_of(house.calendars.begin(), house.calendars.end(),
                                        [&](auto const& one) { return one.name == policy.calendar; });
      if (!policy.calendar.empty() && !calendar)
        add("[sla].calendar", i, "names \"" + policy.calendar + "\", which is not configured",
            "add [[calendar]] name = \"" + policy.calendar + "\"");
    }
  }

  std::vector<SectionMistake> take() { return std::move(found_); }

 private:
  void add(std::string key, std::size_t nth, std::string what, std::string remedy) {
    found_.push_back({std::move(key), nth, std::move(what), std::move(remedy)});
  }

  void zone(std::string const& key, std::size_t nth, std::string const& name) {
    auto& zones = config_.house.zones;
    if (zones.contains(name)) return;
    auto loaded = load_zone(name);
    if (!loaded) add(key, nth, "does not know the zone: " + loaded.error().what, "mend the name");
    zones[name] = loaded ? std::move(*loaded) : desk::Zone{};
  }

  template <class Known>
  void words(std::string const& key, std::size_t nth, std::vector<std::string> const& given,
             Known const& known, std::string const& remedy) {
    for (std::string const& word : given)
      if (!known(word)) add(key, nth, "does not know \"" + word + "\"", remedy);
  }

  Config& config_;
  std::vector<SectionMistake> found_;
};

}  // namespace

std::span<Key<CalendarConfig> const> calendar_keys() { return calendar_rows; }
std::span<Key<desk::Policy> const> policy_keys() { return policy_rows; }

std::vector<SectionMistake> settle_levels(Config& config) {
  LevelChecking checking{config};
  checking.zones();
  checking.calendars();
  checking.policies();
  return checking.take();
}

}  // namespace spoc::daemon
