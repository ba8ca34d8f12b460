// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of [[rule]], and each mistake in them.
#include "daemon/rule_keys.hpp"

#include "daemon/config_keys.hpp"
#include "desk/lower.hpp"
#include "desk/rules.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <set>

namespace spoc::daemon {
namespace {

using G = Given const&;
using R = desk::HouseRule;
using RK = Key<desk::HouseRule>;

constexpr std::array rule_rows{
    RK{"name", Type::text, "", "", "Name of the rule, as the trail shows it.",
       [](R& r, G v) { r.name = v.text; }},
    RK{"when", Type::texts, "", "",
       "What begins it: \"opened\", \"wrote\" (the requester), \"answered\" (an agent), \"changed\" (status, "
       "assignee, team, priority, kind, category), \"time\".",
       [](R& r, G v) { r.when = v.texts; }},
    RK{"after", Type::duration, "\"0s\"", "",
       "For \"time\": nobody has said anything and the status has been the same for so long.",
       [](R& r, G v) { r.after = v.duration; }},
    RK{"if.mailboxes", Type::texts, "[]", "", "One of these mailboxes.",
       [](R& r, G v) { r.wanted.mailboxes = v.texts; }},
    RK{"if.teams", Type::texts, "[]", "", "One of these teams has it.",
       [](R& r, G v) { r.wanted.teams = v.texts; }},
    RK{"if.kinds", Type::texts, "[]", "", "One of these kinds.", [](R& r, G v) { r.wanted.kinds = v.texts; }},
    RK{"if.priorities", Type::texts, "[]", "", "One of these priorities.",
       [](R& r, G v) { r.wanted.priorities = v.texts; }},
    RK{"if.statuses", Type::texts, "[]", "", "One of these statuses.",
       [](R& r, G v) { r.wanted.statuses = v.texts; }},
    RK{"if.tags", Type::texts, "[]", "", "It has one of these tags.",
       [](R& r, G v) { r.wanted.tags = v.texts; }},
    RK{"if.categories", Type::texts, "[]", "", "It is of one of these categories, or of one below them.",
       [](R& r, G v) { r.wanted.categories = v.texts; }},
    RK{"if.sites", Type::texts, "[]", "", "The requester sits at one of these sites.",
       [](R& r, G v) { r.wanted.sites = v.texts; }},
    RK{"if.languages", Type::texts, "[]", "", "The requester is written to in one of these languages.",
       [](R& r, G v) { r.wanted.languages = v.texts; }},
    RK{"if.channels", Type::texts, "[]", "", "It came by one of these: \"mail\", \"chat\", \"phone\".",
       [](R& r, G v) { r.wanted.channels = v.texts; }},
    RK{"if.from", Type::texts, "[]", "",
       "One of these wrote it, or last wrote from outside: addresses or domains.",
       [](R& r, G v) {
         for (auto const& one : v.texts) r.wanted.from.push_back(desk::normal(one));
       }},
    RK{"if.words", Type::texts, "[]", "", "One of these stands in the subject or in what was written.",
       [](R& r, G v) { r.wanted.words = v.texts; }},
    RK{"if.patterns", Type::texts, "[]", "",
       "The whole subject is like one of these: * is anything, ? one character.",
       [](R& r, G v) { r.wanted.patterns = v.texts; }},
    RK{"if.checks", Type::texts, "[]", "",
       "All of these are known of the mail's origin, like \"dmarc=fail\", \"spf=none\" or \"dkim=pass\".",
       [](R& r, G v) { r.wanted.checks = v.texts; }},
    RK{"if.standings", Type::texts, "[]", "",
       "The worst target of its service level is one of these: \"ok\", \"warned\", \"breached\", \"met\", "
       "\"paused\".",
       [](R& r, G v) { r.wanted.standings = v.texts; }},
    RK{"if.calendar", Type::text, "\"\"", "",
       "Calendar whose hours if.hours means; empty for round the clock.",
       [](R& r, G v) { r.wanted.calendar = v.text; }},
    RK{"if.hours", Type::choice, "\"\"", "|open|closed", "That calendar is open, or closed, now.",
       [](R& r, G v) { r.wanted.hours = v.text; }},
    RK{"if.vip", Type::choice, "\"\"", "|yes|no", "Its requester is one of desk.vip, or is not.",
       [](R& r, G v) { r.wanted.vip = v.text; }},
    RK{"if.files", Type::choice, "\"\"", "|yes|no", "What was written has attachments, or has not.",
       [](R& r, G v) { r.wanted.files = v.text; }},
    RK{"if.assigned", Type::choice, "\"\"", "|yes|no", "Somebody has it, or nobody.",
       [](R& r, G v) { r.wanted.assigned = v.text; }},
    RK{"if.assignees", Type::texts, "[]", "", "One of these agents has it, by handle.",
       [](R& r, G v) {
         for (auto const& one : v.texts) r.wanted.assignees.push_back(desk::normal(one));
       }},
    RK{"if.organisations", Type::texts, "[]", "", "The requester is of one of these, as their contact says.",
       [](R& r, G v) {
         for (auto const& one : v.texts) r.wanted.organisations.push_back(desk::lower(one));
       }},
    RK{"then.assign", Type::text, "\"\"", "", "Give it to this agent, by handle.",
       [](R& r, G v) { r.then.assign = v.text; }},
    RK{"then.team", Type::text, "\"\"", "", "Give it to this team.", [](R& r, G v) { r.then.team = v.text; }},
    RK{"then.category", Type::text, "\"\"", "", "Set the category, by its path.",
       [](R& r, G v) { r.then.category = v.text; }},
    RK{"then.priority", Type::text, "\"\"", "", "Set the priority, P1 to P4.",
       [](R& r, G v) { r.then.priority = v.text; }},
    RK{"then.kind", Type::text, "\"\"", "", "Set the kind.", [](R& r, G v) { r.then.kind = v.text; }},
    RK{"then.status", Type::text, "\"\"", "", "Set the status.", [](R& r, G v) { r.then.status = v.text; }},
    RK{"then.tag", Type::texts, "[]", "", "Add these tags.", [](R& r, G v) { r.then.tag = v.texts; }},
    RK{"then.untag", Type::texts, "[]", "", "Take these tags off.",
       [](R& r, G v) { r.then.untag = v.texts; }},
    RK{"then.note", Type::text, "\"\"", "", "Leave this note for agents.",
       [](R& r, G v) { r.then.note = v.text; }},
    RK{"then.letter", Type::text, "\"\"", "",
       "Write this to the requester, where a machine may write to them at all.",
       [](R& r, G v) { r.then.letter = v.text; }},
    RK{"then.tell", Type::texts, "[]", "",
       "Write to these: \"assignee\" (the team while there is none), \"team\", or agents' handles.",
       [](R& r, G v) { r.then.tell = v.texts; }},
    RK{"then.say", Type::text, "\"\"", "",
       "What then.tell and then.follow_up say; empty for the rule's name.",
       [](R& r, G v) { r.then.say = v.text; }},
    RK{"then.ask", Type::text, "\"\"", "",
       "Ask somebody outside, by address; the answer is for agents alone.",
       [](R& r, G v) { r.then.ask = desk::normal(v.text); }},
    RK{"then.question", Type::text, "\"\"", "", "What they are asked. Nothing else of the ticket goes along.",
       [](R& r, G v) { r.then.question = v.text; }},
    RK{"then.follow_up", Type::duration, "\"0s\"", "", "Remind the assignee after so long; 0s for never.",
       [](R& r, G v) { r.then.follow_up = v.duration; }},
    RK{"then.webhook", Type::text, "\"\"", "", "Call this webhook.",
       [](R& r, G v) { r.then.webhook = v.text; }},
    RK{"last", Type::boolean, "false", "", "Where it fires, later rules are not looked at.",
       [](R& r, G v) { r.last = v.boolean; }},
};

class RuleChecking {
 public:
  explicit RuleChecking(desk::House const& house) : house_{house} {}

  std::vector<SectionMistake> all() {
    for (nth_ = 0; nth_ < house_.rules.size(); ++nth_) check(house_.rules[nth_]);
    return std::move(found_);
  }

 private:
  void check(R const& rule) {
    if (!names_.insert(rule.name).second)
      add("name", "stands twice: \"" + rule.name + "\"", "give each rule a name of its own");
    conditions(rule.wanted);
    actions(rule.then);
    words(
        "when", rule.when, [](auto const& word) { return desk::event_named(word).has_value(); },
        "use opened, wrote, answered, changed or time");
    bool const timed = std::find(rule.when.begin(), rule.when.end(), "time") != rule.when.end();
    if (rule.when.empty()) add("when", "is empty: it would never fire", "say what begins it");
    if (timed && rule.after <= desk::Duration{})
      add("when", "says \"time\" without after", "say after how long: after = \"3d\"");
    if (!timed && rule.after > desk::Duration{})
      add("after", "is only asked about silence", "add \"time\" to when, or leave it out");
    if (rule.wanted.assigned == "no" && !rule.wanted.assignees.empty())
      add("if.assignees", "can't hold with if.assigned = \"no\"", "leave one of them out");
  }

  void conditions(desk::RuleConditions const& wanted) {
    words(
        "if.mailboxes", wanted.mailboxes, [&](auto const& one) { return house_.mailbox(one) != nullptr; },
        "use the name of a [[mailbox]]");
    words(
        "if.teams", wanted.teams, [&](auto const& one) { return house_.team(one) != nullptr; },
        "use the name of a [[team]]");
    words("if.categories", wanted.categories, is_category, "use the path of a [[category]]");
    words(
        "if.sites", wanted.sites,
        [&](auto const& one) {
          return std::any_of(house_.sites.begin(), house_.sites.end(),
                             [&](desk::Site const& site) { return site.name == one; });
        },
        "use the name of a [[site]]");
    words(
        "if.assignees", wanted.assignees, [&](auto const& one) { return house_.agent(one) != nullptr; },
        "use agents' handles");
    words("if.kinds", wanted.kinds, is_kind, kinds);
    words("if.priorities", wanted.priorities, is_priority, "use P1, P2, P3 or P4");
    words("if.statuses", wanted.statuses, is_status, statuses);
    words(
        "if.languages", wanted.languages, [](auto const& one) { return desk::spoken(one) == one; },
        "use en, nb, zh-Hans or zh-Hant");
    words(
        "if.channels", wanted.channels, [](auto const& one) { return desk::channel_named(one).has_value(); },
        "use mail, chat or phone");
    words("if.checks", wanted.checks, is_check,
          "write spf=, dkim= or dmarc= and a result, like \"dmarc=fail\"");
    words(
        "if.standings", wanted.standings,
        [](auto const& one) {
          static std::set<std::string> const known{"ok", "warned", "breached", "met", "paused"};
          return known.contains(one);
        },
        "use ok, warned, breached, met or paused");
    bool const calendar = std::any_of(house_.calendars.begin(), house_.calendars.end(),
                                      [&](auto const& one) { return one.name == wanted.calendar; });
    if (wanted.hours == "closed" && wanted.calendar.empty())
      add("if.hours", "never holds: round the clock is never closed", "say whose hours: if.calendar");
    if (!wanted.calendar.empty() && !calendar)
      add("if.calendar", "names \"" + wanted.calendar + "\", which is not configured",
          "add [[calendar]] name = \"" + wanted.calendar + "\"");
  }

  void actions(desk::RuleActions const& then) {
    auto const agent = [&](std::string const& one) { return house_.agent(one) != nullptr; };
    word("then.assign", then.assign, agent, "use an agent's handle");
    word(
        "then.team", then.team, [&](auto const& one) { return house_.team(one) != nullptr; },
        "use the name of a [[team]]");
    word("then.category", then.category, is_category, "use the path of a [[category]]");
    word("then.priority", then.priority, is_priority, "use P1, P2, P3 or P4");
    word("then.kind", then.kind, is_kind, kinds);
    word("then.status", then.status, is_status, statuses);
    words(
        "then.tell", then.tell,
        [&](auto const& one) { return one == "assignee" || one == "team" || agent(one); },
        "use assignee, team, or an agent's handle");
    for (std::string const& tag : then.tag)
      if (tag.empty() || tag.find_first_of(" \t,\n") != std::string::npos)
        add("then.tag", "is no tag: \"" + tag + "\"", "use one word");
    word(
        "then.ask", then.ask,
        [&](auto const& one) {
          return one.find('@') != std::string::npos && house_.agent_at(one) == nullptr &&
                 house_.mailbox_at(one) == nullptr;
        },
        "use the address of somebody outside");
    word(
        "then.webhook", then.webhook, [&](auto const& one) { return house_.webhook(one) != nullptr; },
        "use the name of a [[webhook]]");
    if (then.ask.empty() != then.question.empty())
      add("then.ask", "needs then.question, and it needs then.ask", "say both whom and what");
  }

  std::function<bool(std::string const&)> const is_category = [this](std::string const& one) {
    return std::any_of(house_.categories.begin(), house_.categories.end(),
                       [&](desk::Category const& category) { return category.path == one; });
  };
  static bool is_kind(std::string const& one) { return desk::ticket_kind_named(one).has_value(); }
  static bool is_priority(std::string const& one) { return desk::priority_named(one).has_value(); }
  static bool is_status(std::string const& one) { return desk::status_named(one).has_value(); }
  static bool is_check(std::string const& one) {
    auto const sign = one.find('=');
    std::string const method = one.substr(0, sign);
    return sign != std::string::npos && sign + 1 < one.size() &&
           (method == "spf" || method == "dkim" || method == "dmarc");
  }

  template <class Known>
  void words(std::string const& key, std::vector<std::string> const& given, Known const& known,
             std::string const& remedy) {
    for (std::string const& one : given)
      if (!known(one)) add(key, "does not know \"" + one + "\"", remedy);
  }
  template <class Known>
  void word(std::string const& key, std::string const& given, Known const& known, std::string const& remedy) {
    if (!given.empty() && !known(given)) add(key, "does not know \"" + given + "\"", remedy);
  }

  void add(std::string const& key, std::string what, std::string remedy) {
    found_.push_back({"[rule]." + key, nth_, std::move(what), std::move(remedy)});
  }

  static constexpr char const* kinds = "use incident, request, question or complaint";
  static constexpr char const* statuses = "use new, open, waiting, resolved or closed";

  desk::House const& house_;
  std::size_t nth_ = 0;
  std::set<std::string> names_;
  std::vector<SectionMistake> found_;
};

}  // namespace

std::span<Key<desk::HouseRule> const> rule_keys() { return rule_rows; }

std::vector<SectionMistake> check_rules(Config const& config) { return RuleChecking{config.house}.all(); }

}  // namespace spoc::daemon
