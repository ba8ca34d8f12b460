// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of [[agent]], [[team]], [[category]] and [[site]], and each mistake in who gets which ticket.
#include "daemon/routing_keys.hpp"

#include "daemon/config_keys.hpp"
#include "desk/digest.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace spoc::daemon {
namespace {

using G = Given const&;
using TK = Key<desk::Team>;
using Cat = desk::Category;
using CatK = Key<desk::Category>;
using SK = Key<desk::Site>;
using AK = Key<desk::Agent>;

constexpr std::array agent_rows{
    AK{"handle", Type::text, "", "", "Short name, used in /assign.",
       [](desk::Agent& a, G v) { a.handle = desk::normal(v.text); }},
    AK{"name", Type::text, "", "", "Name that requesters see.", [](desk::Agent& a, G v) { a.name = v.text; }},
    AK{"addresses", Type::texts, "", "",
       "Mail addresses; notices go to the first, answers may come from any.",
       [](desk::Agent& a, G v) {
         for (auto const& one : v.texts) a.addresses.push_back(desk::normal(one));
       }},
    AK{"language", Type::choice, "\"en\"", "en|zh-Hans|zh-Hant|nb", "Language of the notices to this agent.",
       [](desk::Agent& a, G v) { a.language = v.text; }},
    AK{"time_zone", Type::text, "\"\"", "",
       "Time zone of the moments in their notices; empty for the desk's.",
       [](desk::Agent& a, G v) { a.time_zone = v.text; }},
    AK{"digest", Type::text, "\"\"", "",
       "When they get their tickets as a numbered list, like desk.digest; \"off\" for never, empty for as "
       "desk.digest says.",
       [](desk::Agent& a, G v) { a.digest = v.text; }},
    AK{"hours", Type::text, "\"\"", "",
       "Calendar of their working hours: outside them tickets in turn go to colleagues who are at work, who "
       "get the mails about theirs too; empty for always.",
       [](desk::Agent& a, G v) { a.hours = v.text; }},
};

constexpr std::array team_rows{
    TK{"name", Type::text, "", "", "Name of the team.", [](desk::Team& t, G v) { t.name = v.text; }},
    TK{"members", Type::texts, "", "", "Handles of its agents.",
       [](desk::Team& t, G v) {
         for (auto const& one : v.texts) t.members.push_back(desk::normal(one));
       }},
    TK{"line", Type::choice, "\"1\"", "1|2|3|supplier", "Which line of support it is.",
       [](desk::Team& t, G v) { t.line = v.text; }},
    TK{"next", Type::text, "\"\"", "", "The team to which /escalate passes its tickets; empty for none.",
       [](desk::Team& t, G v) { t.next = v.text; }},
    TK{"assignment", Type::choice, "\"manual\"", "manual|round_robin|least_loaded|sticky",
       "To whom a ticket goes that comes to the team: manual (whoever takes it), round_robin (each in turn), "
       "least_loaded (the fewest unfinished tickets), sticky (who had the requester's last ticket, else as "
       "least_loaded). Who is out or away gets none.",
       [](desk::Team& t, G v) { t.assignment = *desk::assignment_named(v.text); }},
    TK{"skills", Type::texts, "[]", "", "What it knows, for categories that ask for it.",
       [](desk::Team& t, G v) { t.skills = v.texts; }},
    TK{"languages", Type::texts, "[]", "", "Languages in which it answers; empty for any.",
       [](desk::Team& t, G v) { t.languages = v.texts; }},
    TK{"sites", Type::texts, "[]", "", "[[site]]s that it serves; empty for any.",
       [](desk::Team& t, G v) { t.sites = v.texts; }},
    TK{"hours", Type::text, "\"\"", "",
       "Calendar of its working hours; empty for round the clock. Where several teams could have a ticket, "
       "one "
       "that is open gets it.",
       [](desk::Team& t, G v) { t.hours = v.text; }},
    TK{"manager", Type::text, "\"\"", "",
       "Handle of the agent who hears of its tickets at the service level's manager_at.",
       [](desk::Team& t, G v) { t.manager = desk::normal(v.text); }},
    TK{"hand_over", Type::texts, "[]", "",
       "Priorities, P1 to P4, of new and open tickets that go to an open team when its hours have ended: the "
       "one that would get them as new tickets. Others stay.",
       [](desk::Team& t, G v) { t.hand_over = v.texts; }},
};

constexpr std::array category_rows{
    CatK{"path", Type::text, "", "",
         "Its place in the tree: \"hardware/printer\" is below \"hardware\", and has from there what it does "
         "not say itself. The last part is enough for /category where no other has it.",
         [](Cat& c, G v) { c.path = v.text; }},
    CatK{"words", Type::texts, "[]", "",
         "A new ticket is of it where one of these stands in the subject or in what was written; the deepest "
         "category comes first, then the first in the file.",
         [](Cat& c, G v) { c.words = v.texts; }},
    CatK{"kind", Type::choice, "\"\"", "|incident|request|question|complaint", "Kind of its tickets.",
         [](Cat& c, G v) { c.kind = desk::ticket_kind_named(v.text); }},
    CatK{"impact", Type::choice, "\"\"", "|high|medium|low", "Impact of its tickets.",
         [](Cat& c, G v) { c.impact = desk::level_named(v.text); }},
    CatK{"urgency", Type::choice, "\"\"", "|high|medium|low", "Urgency of its tickets.",
         [](Cat& c, G v) { c.urgency = desk::level_named(v.text); }},
    CatK{"teams", Type::texts, "[]", "", "Teams whose new tickets it makes, instead of the mailbox's.",
         [](Cat& c, G v) { c.teams = v.texts; }},
    CatK{"skills", Type::texts, "[]", "", "What the team should know, where one of the teams does.",
         [](Cat& c, G v) { c.skills = v.texts; }},
};

constexpr std::array site_rows{
    SK{"name", Type::text, "", "", "Name of the place.", [](desk::Site& s, G v) { s.name = v.text; }},
    SK{"requesters", Type::texts, "[]", "", "Addresses and domains of those who sit there.",
       [](desk::Site& s, G v) {
         for (auto const& one : v.texts) s.requesters.push_back(desk::normal(one));
       }},
};

/// Gathers mistakes with the section that they stand in.
class RoutingChecking {
 public:
  explicit RoutingChecking(Config const& config) : config_{config}, house_{config.house} {}

  std::vector<SectionMistake> all() {
    for (nth_ = 0; nth_ < house_.teams.size(); ++nth_) check(house_.teams[nth_]);
    for (nth_ = 0; nth_ < house_.categories.size(); ++nth_) check(house_.categories[nth_]);
    for (nth_ = 0; nth_ < config_.mailboxes.size(); ++nth_) check(config_.mailboxes[nth_].desk);
    digest("desk.digest", house_.digest);
    for (nth_ = 0; nth_ < house_.agents.size(); ++nth_) {
      digest("[agent].digest", house_.agents[nth_].digest);
      is_calendar("[agent].hours", house_.agents[nth_].hours);
    }
    return std::move(found_);
  }

 private:
  void check(desk::Team const& team) {
    for (std::string const& member : team.members)
      if (house_.agent(member) == nullptr)
        add("[team].members",
            "team \"" + team.name + "\" names agent \"" + member + "\", who is not configured",
            "add [[agent]] handle = \"" + member + "\"");
    is_team("[team].next", team.next);
    if (!team.next.empty() && team.next == team.name)
      add("[team].next", "team \"" + team.name + "\" names itself", "name another team, or leave it out");
    if (!team.manager.empty() && house_.agent(team.manager) == nullptr)
      add("[team].manager", "names agent \"" + team.manager + "\", who is not configured",
          "add [[agent]] handle = \"" + team.manager + "\"");
    is_calendar("[team].hours", team.hours);
    for (std::string const& language : team.languages)
      if (desk::spoken(language) != language)
        add("[team].languages", "does not know \"" + language + "\"", "use en, nb, zh-Hans or zh-Hant");
    for (std::string const& site : team.sites) is_site("[team].sites", site);
    for (std::string const& one : team.hand_over)
      if (!desk::priority_named(one))
        add("[team].hand_over", "does not know \"" + one + "\"", "use P1, P2, P3 or P4");
    if (!team.hand_over.empty() && team.hours.empty())
      add("[team].hand_over", "team \"" + team.name + "\" has no hours that end", "give it hours");
  }

  void check(Cat const& category) {
    if (category.path.empty() || category.path.starts_with('/') || category.path.ends_with('/') ||
        category.path.find("//") != std::string::npos)
      add("[category].path", "is no path: \"" + category.path + "\"", "write one like \"hardware/printer\"");
    if (!paths_.insert(desk::normal(category.path)).second)
      add("[category].path", "stands twice: \"" + category.path + "\"",
          "give each category a path of its own");
    auto const slash = category.path.rfind('/');
    std::string const parent = slash == std::string::npos ? "" : category.path.substr(0, slash);
    bool const known = std::any_of(house_.categories.begin(), house_.categories.end(),
                                   [&](Cat const& one) { return one.path == parent; });
    if (!parent.empty() && !known)
      add("[category].path", "\"" + category.path + "\" has no parent",
          "add [[category]] path = \"" + parent + "\"");
    for (std::string const& team : category.teams) is_team("[category].teams", team);
    for (std::string const& skill : category.skills)
      if (std::none_of(house_.teams.begin(), house_.teams.end(), [&](desk::Team const& team) {
            return std::find(team.skills.begin(), team.skills.end(), skill) != team.skills.end();
          }))
        add("[category].skills", "no team has the skill \"" + skill + "\"", "add it to a [[team]]'s skills");
  }

  void check(desk::Mailbox const& box) {
    is_team("[mailbox].team", box.team);
    for (std::string const& team : box.teams) is_team("[mailbox].teams", team);
    if (!box.site.empty()) is_site("[mailbox].site", box.site);
  }

  void digest(std::string const& key, std::string const& words) {
    if (auto const times = desk::read_digest_times(words); !times)
      add(key, times.error().what, "write \"07:30\", \"Mon-Sat 07:30\" or \"off\"");
  }

  void is_calendar(std::string const& key, std::string const& name) {
    bool const known = std::any_of(house_.calendars.begin(), house_.calendars.end(),
                                   [&](auto const& one) { return one.name == name; });
    if (!name.empty() && !known)
      add(key, "names calendar \"" + name + "\", which is not configured",
          "add [[calendar]] name = \"" + name + "\"");
  }

  void is_team(std::string const& key, std::string const& name) {
    if (!name.empty() && house_.team(name) == nullptr)
      add(key, "names team \"" + name + "\", which is not configured",
          "add [[team]] name = \"" + name + "\"");
  }

  void is_site(std::string const& key, std::string const& name) {
    if (std::none_of(house_.sites.begin(), house_.sites.end(),
                     [&](desk::Site const& one) { return one.name == name; }))
      add(key, "names site \"" + name + "\", which is not configured",
          "add [[site]] name = \"" + name + "\"");
  }

  void add(std::string key, std::string what, std::string remedy) {
    found_.push_back({std::move(key), nth_, std::move(what), std::move(remedy)});
  }

  Config const& config_;
  desk::House const& house_;
  std::size_t nth_ = 0;
  std::set<std::string> paths_;
  std::vector<SectionMistake> found_;
};

}  // namespace

std::span<Key<desk::Agent> const> agent_keys() { return agent_rows; }
std::span<Key<desk::Team> const> team_keys() { return team_rows; }
std::span<Key<desk::Category> const> category_keys() { return category_rows; }
std::span<Key<desk::Site> const> site_keys() { return site_rows; }

std::vector<SectionMistake> check_routing(Config const& config) { return RoutingChecking{config}.all(); }

}  // namespace spoc::daemon
