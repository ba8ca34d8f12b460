// SPDX-License-Identifier: GPL-3.0-or-later
// A tick of the clock for one ticket.
#include "desk/plan_tick.hpp"

#include "desk/desk_line.hpp"
#include "desk/phrase.hpp"
#include "desk/rules.hpp"
#include "desk/screen.hpp"
#include "desk/scribe.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

/// Longer ago nobody is written to: the daemon stood still, or the policy is new. The trail still has it.
constexpr Duration stale = std::chrono::hours{24};

struct Tick {
  Course const& course;
  Known const& known;
  Ticket const& ticket;
  Policy const* policy;
  Plan plan;
  LevelState level;

  Time now() const { return known.now; }
  Calendar const& calendar() const {
    return known.house->calendar(policy == nullptr ? "" : policy->calendar);
  }
  bool told(std::string const& key) const {
    return std::find(level.told.begin(), level.told.end(), key) != level.told.end();
  }
  /// A moment that lies ahead: look again then.
  void again(std::optional<Time> moment) {
    if (moment && *moment > now() && (!level.next || *moment < *level.next)) level.next = moment;
  }
  void trail(std::string what, std::string detail) {
    plan.trail.push_back({ticket.id, now(), "desk", std::move(what), std::move(detail)});
  }
};

/// Agents that a policy names, each once.
std::vector<Agent const*> audience(Tick const& tick, std::vector<std::string> const& words) {
  std::vector<Agent const*> out;
  auto const add = [&](Agent const* one) {
    if (one != nullptr && !one->addresses.empty() && std::find(out.begin(), out.end(), one) == out.end())
      out.push_back(one);
  };
  House const& house = *tick.known.house;
  for (std::string const& word : words) {
    if (word == "assignee")
      for (Agent const* one : crew(tick.known, tick.ticket)) add(one);
    else if (word == "team")
      for (Agent const* one : house.members(tick.ticket.team)) add(one);
    else
      add(house.agent(word));
  }
  return out;
}

void tell(Tick& tick, LetterKind kind, std::string const& key, std::vector<std::string> const& whom,
          std::vector<std::string> const& lines) {
  Scribe const scribe{tick.known, tick.ticket, key};
  for (Agent const* one : audience(tick, whom)) {
    Letter letter = scribe.to_agent(kind, *one);
    letter.lines = lines;
    if (!tick.course.exchanges.empty()) letter.about = tick.course.exchanges.back().id;
    tick.plan.letters.push_back(std::move(letter));
  }
}

// ---- targets -------------------------------------------------------------------------------------

std::string key_of(Tick const& tick, Due const& due, std::string_view stage) {
  if (due.by_hand) return "promise/" + std::to_string(to_number(*due.due)) + "/" + std::string{stage};
  return tick.policy->name + "/" + std::string{name(due.target)} + "/" + std::to_string(number(due.anchor)) +
         "/" + std::string{stage};
}

std::string promised(Tick const& tick, Due const& due) {
  return due.by_hand ? "what an agent promised"
                     : std::string{name(due.target)} + " of policy " + tick.policy->name;
}

/// Writes of one stage of one target, once: "warned" or "breached".
void stage(Tick& tick, Due const& due, Standing what, Time since, std::vector<std::string> const& whom) {
  std::string const key = key_of(tick, due, name(what));
  if (tick.told(key)) return;
  tick.level.told.push_back(key);
  bool const write = !due.over && tick.now() - since < stale;
  tick.trail(std::string{name(what)}, promised(tick, due) + ", due " + iso(due.due.value_or(since)) +
                                          (write ? "" : ", seen too late to write to anybody"));
  if (write) tell(tick, LetterKind::warning, key, whom, {due_phrase(due)});
}

void watch_targets(Tick& tick) {
  // A promise by hand needs no policy.
  static Policy const usual;
  Policy const& policy = tick.policy == nullptr ? usual : *tick.policy;
  std::vector<Due> const all = dues(*tick.known.house, tick.ticket, tick.course, tick.now());
  for (Due const& due : all) {
    if (due.standing == Standing::breached)
      stage(tick, due, Standing::breached, due.due.value_or(tick.now()), policy.breach);
    if (due.standing == Standing::warned)
      stage(tick, due, Standing::warned, due.warn.value_or(tick.now()), policy.warn);
    if (due.over || !due.due) continue;
    if (!tick.level.due || *due.due < *tick.level.due) tick.level.due = due.due;
    tick.again(due.warn);
    tick.again(due.due);
  }
  if (!all.empty()) tick.level.standing = worst_standing(all);
}

// ---- the manager ---------------------------------------------------------------------------------

/// Those who lead the team that has the ticket and the one that owns it.
std::vector<std::string> managers(Tick const& tick) {
  std::vector<std::string> out;
  for (std::string const& name : {tick.ticket.team, tick.ticket.first_team}) {
    Team const* team = tick.known.house->team(name);
    if (team != nullptr && !team->manager.empty()) out.push_back(team->manager);
  }
  return out;
}

/// What has been done about the ticket so far; its words and notes stand in the letter anyway.
std::vector<std::string> tried(Tick const& tick) {
  std::vector<std::string> out;
  Ticket const& ticket = tick.ticket;
  Agent const* has = tick.known.house->agent(ticket.assignee);
  out.push_back(has == nullptr ? phrase("team {1} has it, nobody has taken it", {ticket.team})
                               : phrase("{1} of team {2} has it", {has->name, ticket.team}));
  if (ticket.passed_on)
    out.push_back(phrase("passed on to another line {1} after it was opened",
                         {time_between(ticket.opened, *ticket.passed_on)}));
  std::optional<Time> last;
  int answers = 0;
  for (Exchange const& one : tick.course.exchanges)
    if (one.answer) last = one.at, ++answers;
  out.push_back(last ? phrase("the requester was answered {1} times, last at {2}",
                              {std::to_string(answers), iso(*last)})
                     : phrase("the requester has had no answer yet"));
  return out;
}

/// At which per cent of a target they hear; of a promise that no policy surrounds, when it is broken.
int share_for_managers(Tick const& tick) { return tick.policy == nullptr ? 100 : tick.policy->manager_at; }

/// The targets, with their share for managers as the moment of the warning.
std::vector<Due> dues_for_managers(Tick const& tick, int share) {
  std::vector<Due> out;
  if (tick.policy != nullptr) {
    Policy policy = *tick.policy;
    policy.warn_at = share;
    out = dues(policy, tick.calendar(), tick.course, tick.now());
  }
  if (!tick.ticket.promise) return out;
  // What an agent promised takes the place of the policy's solution here, too.
  std::erase_if(out, [](Due const& due) { return due.target == Target::resolution; });
  for (Due& due : dues(*tick.known.house, tick.ticket, tick.course, tick.now())) {
    if (!due.by_hand) continue;
    due.warn = tick.ticket.promise->made + due.allowed * share / 100;
    out.push_back(due);
  }
  return out;
}

/// At their share of each target the managers hear of it, once.
void watch_for_managers(Tick& tick) {
  auto const whom = managers(tick);
  int const share = share_for_managers(tick);
  if (share == 0 || whom.empty()) return;
  for (Due const& due : dues_for_managers(tick, share)) {
    if (due.over || !due.warn) continue;
    tick.again(due.warn);
    std::string const key = key_of(tick, due, "manager");
    if (*due.warn > tick.now() || tick.told(key)) continue;
    tick.level.told.push_back(key);
    if (tick.now() - *due.warn >= stale) continue;
    std::vector<std::string> lines = tried(tick);
    lines.insert(lines.begin(), due_phrase(due));
    std::string named;
    for (std::string const& one : whom) named += (named.empty() ? "" : ", ") + one;
    tick.trail("manager told", named + ": " + std::to_string(share) + " per cent of " + promised(tick, due));
    tell(tick, LetterKind::warning, key, whom, lines);
  }
}

// ---- the requester -------------------------------------------------------------------------------

bool may_write(Tick const& tick) {
  bool const by_mail = !tick.ticket.requester_address.address.empty() && !tick.known.dead_address &&
                       tick.known.automatic_sent < tick.known.house->automatic_budget;
  return (by_mail || tick.known.visitor_present) &&
         std::none_of(tick.ticket.tags.begin(), tick.ticket.tags.end(), is_of_machines);
}

/// By mail, or as `in_chat` where the visitor has the widget open.
void write_progress(Tick& tick, std::string const& cause, std::string const& said,
                    std::string const& in_chat) {
  Letter letter = Scribe{tick.known, tick.ticket, cause}.to_requester(LetterKind::progress);
  letter.lines = {said};
  if (tick.known.visitor_present)
    say_in_chat(tick.plan, std::move(letter), in_chat, tick.known);
  else
    tick.plan.letters.push_back(std::move(letter));
  tick.level.informed = tick.now();
  tick.trail("informed", in_english(said));
}

Time last_news(Tick const& tick) {
  Time last = std::max(tick.course.spans.front().from, tick.course.end_told.value_or(Time{}));
  for (Exchange const& one : tick.course.exchanges)
    if (one.answer) last = std::max(last, one.at);
  return std::max(last, tick.level.informed.value_or(last));
}

/// The requester hears of a status where the policy says so and no answer has told it.
void tell_status(Tick& tick) {
  StatusSpan const& present = tick.course.spans.back();
  auto const& wanted = tick.policy->progress;
  std::string const key = "progress/" + std::to_string(to_number(present.from));
  bool const asked = std::find(wanted.begin(), wanted.end(), name(present.status)) != wanted.end();
  if (tick.course.spans.size() < 2 || !asked || tick.told(key)) return;
  // An answer and the status that came with it are one piece of news.
  constexpr Duration together = std::chrono::minutes{1};
  bool const answered = last_news(tick) + together > present.from;
  bool const needless = answered || tick.now() - present.from > stale;
  // Whom nobody may write to now may be told later.
  if (!needless && !may_write(tick)) return tick.again(tick.now() + std::chrono::hours{1});
  std::erase_if(tick.level.told, [](std::string const& had) { return had.starts_with("progress/"); });
  tick.level.told.push_back(key);
  if (needless) return;
  write_progress(tick, key,
                 phrase("the status of your case is now: {1}", {std::string{name(present.status)}}),
                 status_in_chat(present.status, tick.ticket.language));
}

/// Is it the requester alone who is waited for? Whom an agent asked is nobody of theirs.
bool waits_for_requester(Tick const& tick) {
  return tick.ticket.status == Status::waiting &&
         std::all_of(tick.course.questions.begin(), tick.course.questions.end(),
                     [](Question const& one) { return one.ended.has_value(); });
}

void keep_informed(Tick& tick) {
  if (tick.policy->keep_informed == Duration{} || finished(tick.ticket.status) || waits_for_requester(tick))
    return;
  auto when = tick.calendar().after(last_news(tick), tick.policy->keep_informed);
  if (when && *when <= tick.now() && may_write(tick)) {
    write_progress(tick, "working/" + std::to_string(to_number(*when)),
                   phrase("we are still working on it and have not forgotten you"),
                   working_in_chat(tick.ticket.language));
    when = tick.calendar().after(tick.now(), tick.policy->keep_informed);
  } else if (when && *when <= tick.now()) {
    when = tick.now() + std::chrono::hours{1};
  }
  tick.again(when);
}

// ---- after the end -------------------------------------------------------------------------------

void remind_to_call(Tick& tick, Time resolved) {
  if (tick.policy->callback == Duration{}) return;
  std::string const key = "callback/" + std::to_string(to_number(resolved));
  auto const when = tick.calendar().after(resolved, tick.policy->callback);
  tick.again(when);
  if (!when || *when > tick.now() || tick.told(key)) return;
  tick.level.told.push_back(key);
  if (tick.now() - *when >= stale) return;
  tick.trail("reminded", "to call the requester back");
  tell(tick, LetterKind::reminder, key, {"assignee"},
       {phrase("call the requester back: resolved {1}", {iso(resolved)})});
}

void close_in_time(Tick& tick, Time resolved) {
  Duration const wait = tick.known.house->close_after;
  if (wait == Duration{} || tick.ticket.status != Status::resolved) return;
  tick.again(resolved + wait);
  if (resolved + wait > tick.now()) return;
  tick.plan.changes.emplace_back(SetStatus{Status::closed});
  tick.trail("status", "resolved to closed: nothing was heard since " + iso(resolved));
}

std::optional<Time> resolved_since(Course const& course) {
  std::optional<Time> since;
  for (StatusSpan const& span : course.spans)
    if (span.status != Status::resolved && span.status != Status::closed)
      since.reset();
    else if (!since)
      since = span.from;
  return since;
}

/// Keys of answers that have been given say nothing any more.
void forget_answered(Tick& tick) {
  auto const all = dues(*tick.known.house, tick.ticket, tick.course, tick.now());
  std::string current;
  for (Due const& due : all)
    if (due.target == Target::next_response) current = "/" + std::to_string(number(due.anchor)) + "/";
  std::erase_if(tick.level.told, [&](std::string const& key) {
    return key.find("/next_response/") != std::string::npos &&
           (current.empty() || key.find(current) == std::string::npos);
  });
}

}  // namespace

Plan plan_tick(Course const& course, LevelState const& had, Known const& known) {
  Ticket const& ticket = *known.ticket;
  Policy const* policy = is_of_machines_alone(ticket, course) ? nullptr : policy_for(*known.house, ticket);
  Tick tick{course, known, ticket, policy, {}, {}};
  tick.plan.ticket = known.ticket->id;
  tick.level.told = had.told;
  tick.level.informed = had.informed;
  if (!course.spans.empty()) {
    auto const resolved = resolved_since(course);
    watch_targets(tick);
    watch_for_managers(tick);
    if (tick.policy != nullptr) {
      forget_answered(tick);
      tell_status(tick);
      keep_informed(tick);
      if (resolved) remind_to_call(tick, *resolved);
    }
    if (resolved) close_in_time(tick, *resolved);
  }
  tick.plan.level = std::move(tick.level);
  return std::move(tick.plan);
}

Plan plan_reminder(Reminder const& reminder, Known const& known) {
  Plan plan;
  Ticket const& ticket = *known.ticket;
  plan.ticket = ticket.id;
  plan.changes.emplace_back(DropReminder{reminder.id});
  plan.trail.push_back({ticket.id, known.now, "desk", "reminded",
                        reminder.agent + (reminder.text.empty() ? "" : ": ") + reminder.text});
  Scribe const scribe{known, ticket, "reminder/" + std::to_string(number(reminder.id))};
  Agent const* agent = known.house->agent(reminder.agent);
  if (agent != nullptr && !agent->addresses.empty())
    plan.letters.push_back(scribe.to_agent(LetterKind::reminder, *agent));
  else
    plan.letters = scribe.to_crew(LetterKind::reminder);
  for (Letter& letter : plan.letters) {
    letter.about = newest_words(known);
    letter.lines = {reminder.text.empty() ? phrase("you wanted to see this ticket again") : reminder.text};
  }
  return plan;
}

}  // namespace spoc::desk
