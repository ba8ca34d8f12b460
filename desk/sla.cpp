// SPDX-License-Identifier: GPL-3.0-or-later
// Reckons how a ticket's targets stand.
#include "desk/sla.hpp"

#include "desk/lists.hpp"
#include "desk/lower.hpp"
#include "desk/people.hpp"
#include "desk/phrase.hpp"
#include "desk/screen.hpp"
#include "desk/words.hpp"

#include <algorithm>
#include <utility>

namespace spoc::desk {
namespace {

constexpr Words<Target, 3> targets{{{Target::first_response, "first_response"},
                                    {Target::next_response, "next_response"},
                                    {Target::resolution, "resolution"}}};
constexpr Words<Standing, 5> standings{{{Standing::ok, "ok"},
                                        {Standing::warned, "warned"},
                                        {Standing::breached, "breached"},
                                        {Standing::met, "met"},
                                        {Standing::paused, "paused"}}};

/// A piece of a ticket's course; without an end it goes on.
struct Stretch {
  Time from{};
  std::optional<Time> to;
};

/// Where the ticket has a status in which the clock runs.
std::vector<Stretch> running_in(Course const& course, Policy const& policy) {
  std::vector<Stretch> out;
  auto const& spans = course.spans;
  for (std::size_t i = 0; i < spans.size(); ++i) {
    if (!has(policy.runs, name(spans[i].status))) continue;
    bool const last = i + 1 == spans.size();
    out.push_back({spans[i].from, last ? std::nullopt : std::optional{spans[i + 1].from}});
  }
  return out;
}

std::vector<Stretch> without(std::vector<Stretch> const& all, Stretch const& hole) {
  std::vector<Stretch> out;
  for (Stretch const& one : all) {
    bool const before = one.to && *one.to <= hole.from;
    bool const behind = hole.to && *hole.to <= one.from;
    if (before || behind) {
      out.push_back(one);
      continue;
    }
    if (one.from < hole.from) out.push_back({one.from, hole.from});
    if (hole.to && (!one.to || *hole.to < *one.to)) out.push_back({*hole.to, one.to});
  }
  return out;
}

/// Open time that passes in such stretches.
class Stopwatch {
 public:
  Stopwatch(Calendar const& calendar, std::vector<Stretch> stretches)
      : calendar_{calendar}, stretches_{std::move(stretches)} {}

  bool running() const { return !stretches_.empty() && !stretches_.back().to; }

  Duration used(Time from, Time to) const {
    Duration sum{};
    for (Stretch const& one : stretches_)
      sum += calendar_.between(std::max(one.from, from), std::min(one.to.value_or(to), to));
    return sum;
  }

  /// When so much has been used since `from`, if it goes on as it is.
  std::optional<Time> reaches(Time from, Duration amount) const {
    for (Stretch const& one : stretches_) {
      Time const begins = std::max(one.from, from);
      if (!one.to) return calendar_.after(begins, amount);
      Duration const here = calendar_.between(begins, *one.to);
      if (here >= amount) return calendar_.after(begins, amount);
      amount -= here;
    }
    return std::nullopt;
  }

 private:
  Calendar const& calendar_;
  std::vector<Stretch> stretches_;
};

/// When the ticket was last finished; nothing while it is not.
std::optional<Time> finish(Course const& course) {
  std::optional<Time> since;
  for (StatusSpan const& span : course.spans)
    if (!finished(span.status))
      since.reset();
    else if (!since)
      since = span.from;
  return since;
}

/// Answers, and moments at which the ticket was finished: the requester has been told something.
std::vector<Time> answers(Course const& course) {
  std::vector<Time> out;
  for (Exchange const& one : course.exchanges)
    if (one.answer) out.push_back(one.at);
  for (StatusSpan const& span : course.spans)
    if (finished(span.status)) out.push_back(span.from);
  std::sort(out.begin(), out.end());
  return out;
}

/// While an answer of somebody outside is awaited: until it comes, and not beyond the next moment at which
/// the requester was told something, for whoever can say something does not only wait.
std::vector<Stretch> waits(Course const& course, std::vector<Time> const& answered) {
  std::vector<Stretch> out;
  for (Question const& one : course.questions) {
    std::optional<Time> ended = one.ended;
    auto const told = std::lower_bound(answered.begin(), answered.end(), one.asked);
    if (told != answered.end() && (!ended || *told < *ended)) ended = *told;
    out.push_back({one.asked, ended});
  }
  return out;
}

/// Did whoever finished it know of the message? Its time is a mail server's, and it may have come late.
bool ended_with(StatusSpan const& span, Exchange const& message) {
  if (!finished(span.status)) return false;
  return span.seen ? message.id <= *span.seen : message.at <= span.from;
}

/// The oldest message since the last answer that awaits one.
Exchange const* awaiting(Course const& course, std::vector<Time> const& answered) {
  if (answered.empty()) return nullptr;
  MessageId last_answer{};
  for (Exchange const& one : course.exchanges)
    if (one.answer) last_answer = std::max(last_answer, one.id);
  for (Exchange const& one : course.exchanges) {
    bool const ended = std::any_of(course.spans.begin(), course.spans.end(),
                                   [&](StatusSpan const& span) { return ended_with(span, one); });
    if (!one.answer && !one.courtesy && one.id > last_answer && !ended) return &one;
  }
  return nullptr;
}

Due reckon(Stopwatch const& watch, Due due, Time from, std::optional<Time> ended, int warn_at, Time now) {
  due.used = watch.used(from, ended.value_or(now));
  due.over = ended.has_value();
  bool const late = due.used >= due.allowed && (!ended || due.used > due.allowed);
  if (late || (!due.over && watch.running())) due.due = watch.reaches(from, due.allowed);
  if (due.due) due.warn = watch.reaches(from, due.allowed * warn_at / 100);
  if (late)
    due.standing = Standing::breached;
  else if (due.over)
    due.standing = Standing::met;
  else if (!watch.running())
    due.standing = Standing::paused;
  else
    due.standing = due.warn && now >= *due.warn ? Standing::warned : Standing::ok;
  return due;
}

/// What was promised by hand: no clock that stands, just the moment.
Due reckon(Promise const& promise, std::optional<Time> ended, int warn_at, Time now) {
  Due due;
  due.target = Target::resolution;
  due.by_hand = true;
  due.over = ended.has_value();
  due.allowed = promise.due - promise.made;
  due.used = std::max(ended.value_or(now) - promise.made, Duration{});
  due.due = promise.due;
  due.warn = promise.made + due.allowed * warn_at / 100;
  if (ended.value_or(now) >= promise.due)
    due.standing = Standing::breached;
  else if (due.over)
    due.standing = Standing::met;
  else
    due.standing = now >= *due.warn ? Standing::warned : Standing::ok;
  return due;
}

}  // namespace

std::string_view name(Target target) { return word_for(targets, target); }
std::string_view name(Standing standing) { return word_for(standings, standing); }

bool is_of_machines_alone(Ticket const& ticket, Course const& course) {
  return course.exchanges.empty() && std::any_of(ticket.tags.begin(), ticket.tags.end(), is_of_machines);
}

Policy const* policy_for(House const& house, Ticket const& ticket) {
  auto const found = std::find_if(house.policies.begin(), house.policies.end(), [&](Policy const& policy) {
    return fits(policy.priorities, name(ticket.priority)) && fits(policy.mailboxes, ticket.mailbox) &&
           fits(policy.teams, ticket.team) && fits(policy.kinds, name(ticket.kind)) &&
           fits_any(policy.tags, ticket.tags) &&
           fits_person(policy.requesters, normal(ticket.requester_address.address)) &&
           fits(policy.organisations, lower(ticket.organisation));
  });
  return found == house.policies.end() ? nullptr : &*found;
}

std::vector<Due> dues(Policy const& policy, Calendar const& calendar, Course const& course, Time now) {
  std::vector<Due> out;
  if (course.spans.empty()) return out;
  Time const opened = course.spans.front().from;
  std::vector<Time> const answered = answers(course);
  std::vector<Stretch> stretches = running_in(course, policy);
  auto const add = [&](Due due, Time from, std::optional<Time> ended) {
    if (due.allowed > Duration{})
      out.push_back(reckon({calendar, stretches}, due, from, ended, policy.warn_at, now));
  };
  Due first, next, last;
  first.allowed = policy.first_response;
  add(first, opened, answered.empty() ? std::nullopt : std::optional{answered.front()});
  if (Exchange const* waiting = awaiting(course, answered)) {
    next.target = Target::next_response;
    next.allowed = policy.next_response;
    next.anchor = waiting->id;
    add(next, waiting->at, std::nullopt);
  }
  // An answer to the requester needs nobody outside; only the solution does.
  if (policy.pause_for_third_party)
    for (Stretch const& wait : waits(course, answered)) stretches = without(stretches, wait);
  last.target = Target::resolution;
  last.allowed = policy.resolution;
  add(last, opened, finish(course));
  return out;
}

std::vector<Due> dues(House const& house, Ticket const& ticket, Course const& course, Time now) {
  Policy const* policy = is_of_machines_alone(ticket, course) ? nullptr : policy_for(house, ticket);
  std::vector<Due> out;
  if (policy != nullptr) out = dues(*policy, house.calendar(policy->calendar), course, now);
  if (!ticket.promise || course.spans.empty()) return out;
  std::erase_if(out, [](Due const& due) { return due.target == Target::resolution; });
  out.push_back(
      reckon(*ticket.promise, finish(course), policy == nullptr ? Policy{}.warn_at : policy->warn_at, now));
  return out;
}

std::string due_phrase(Due const& due) {
  if (due.over) return "";
  bool const late = due.standing == Standing::breached;
  std::string form = due.by_hand                            ? "promised"
                     : due.target == Target::first_response ? "first answer"
                     : due.target == Target::next_response  ? "next answer"
                                                            : "solution";
  if (!due.due) return phrase(form + ": the clock stands");
  return phrase(form + (late ? ": overdue since {1}" : ": due {1}"), {iso(*due.due)});
}

}  // namespace spoc::desk
