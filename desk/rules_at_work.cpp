// SPDX-License-Identifier: GPL-3.0-or-later
// Rules over a plan, in their order: those of what happened, and those of the time in which nothing did.
#include "desk/rules.hpp"
#include "desk/screen.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

/// The ticket as a change leaves it, as far as rules look.
class Changed {
 public:
  explicit Changed(Ticket& ticket) : ticket_{ticket} {}

  void operator()(SetStatus const& change) { ticket_.status = change.status, said_ = true; }
  void operator()(SetAssignee const& change) { ticket_.assignee = change.handle, said_ = true; }
  void operator()(SetTeam const& change) { ticket_.team = change.team, said_ = true; }
  void operator()(SetPriority const& change) { ticket_.priority = change.priority, said_ = true; }
  void operator()(SetKind const& change) { ticket_.kind = change.kind, said_ = true; }
  void operator()(SetCategory const& change) { ticket_.category = change.path, said_ = true; }
  void operator()(SetSubject const& change) { ticket_.subject = change.subject; }
  void operator()(AddTag const& change) { ticket_.tags.push_back(change.tag); }
  void operator()(RemoveTag const& change) { std::erase(ticket_.tags, change.tag); }
  void operator()(ReplaceRequester const& change) { ticket_.requester_address = change.address; }
  void operator()(SetRequester const& change) { ticket_.requester_address = change.address; }
  template <class Other>
  void operator()(Other const&) {}

  bool said() const { return said_; }

 private:
  Ticket& ticket_;
  bool said_ = false;
};

RuleCase case_of(Plan const& plan, Known const& known) {
  RuleCase out;
  out.now = known.now;
  out.ticket = plan.open ? *plan.open : *known.ticket;
  Changed changed{out.ticket};
  for (Change const& one : plan.changes) std::visit(changed, one);
  out.subject = out.ticket.subject;
  for (Contact const* one : {&known.contact, &known.requester})
    out.vip = out.vip || (one->vip && one->id == out.ticket.requester);
  out.site = known_site(known, out.ticket);
  out.standing = worst_standing(known.dues);
  if (!plan.messages.empty()) {
    Message const& message = plan.messages.front();
    out.author = normal(message.author.address);
    out.words = message.reply.empty() ? message.text : message.reply;
    out.checks = message.checks;
    out.files = !message.attachments.empty();
    bool const outside = message.kind == MessageKind::inbound || message.kind == MessageKind::automatic;
    if (outside && !message.subject.empty()) out.subject = message.subject;
    if (message.kind == MessageKind::inbound && !plan.open) out.events.push_back(Event::wrote);
    if (message.kind == MessageKind::outbound) out.events.push_back(Event::answered);
  }
  if (plan.open) out.events.push_back(Event::opened);
  if (!plan.open && changed.said()) out.events.push_back(Event::changed);
  return out;
}

/// Nothing to judge: known already, moved elsewhere, or not acted on at all.
bool is_no_case(Plan const& plan, Known const& known) {
  bool const moves = std::any_of(plan.changes.begin(), plan.changes.end(), [](Change const& one) {
    return std::holds_alternative<MergeInto>(one) || std::holds_alternative<SplitOff>(one);
  });
  return plan.duplicate || plan.quarantine || plan.refused_agent || moves || (!plan.open && !known.ticket);
}

/// May a machine write to people outside about this? A flood, a list and another machine say no.
bool may_write(Ticket const& ticket, Known const& known) {
  for (std::string const& tag : ticket.tags)
    for (MailKind const kind : {MailKind::list, MailKind::auto_reply, MailKind::bounce, MailKind::loop})
      if (tag == name(kind)) return false;
  int const budget = known.house->mail_budget;
  bool const flooded = budget > 0 && known.mails >= budget;
  return !ticket.requester_address.address.empty() && !known.dead_address && !known.visitor_present &&
         !flooded && known.automatic_sent < known.house->automatic_budget;
}

bool may_answer(Arrival const& arrival, Known const& known) {
  Mail const* mail = arrival.mail();
  return mail == nullptr || known.author.agent != nullptr || no_automatic_answer(*mail, *known.house).empty();
}

void note_firing(Plan& plan, RuleCase const& what, Firing const& firing) {
  std::string words = firing.rule;
  for (std::size_t i = 0; i < firing.done.size(); ++i) words += (i == 0 ? ": " : ", ") + firing.done[i];
  plan.trail.push_back({what.ticket.id, what.now, "desk", "rule", words});
}

/// One rule: fires or not, and what it did.
Firing tried(HouseRule const& rule, RuleWork& work) {
  Firing out{rule.name, why_not(rule, work.what, *work.known.house), {}};
  if (!out.why_not.empty()) return out;
  out.done = act(rule, work);
  note_firing(work.plan, work.what, out);
  return out;
}

// ---- time ----------------------------------------------------------------------------------------

/// Since when nobody has said anything that the other side can read. Rules that pass a ticket to and fro by
/// themselves do not begin it anew: that is what ends them.
Time silence(Course const& course) {
  Time since = course.spans.front().from;
  for (Exchange const& one : course.exchanges) since = std::max(since, one.at);
  return since;
}

bool is_timed(HouseRule const& rule) {
  return rule.after > Duration{} &&
         std::find(rule.when.begin(), rule.when.end(), name(Event::time)) != rule.when.end();
}

/// When a rule that waits, or that only the hours stop, is worth another look.
std::optional<Time> look_again(HouseRule const& rule, RuleCase what, House const& house) {
  if (what.quiet < rule.after) {
    Duration const wait = rule.after - what.quiet;
    what.quiet = rule.after;
    std::string const other = why_not(rule, what, house);
    return other.empty() || other == "if.hours" ? std::optional{what.now + wait} : std::nullopt;
  }
  if (why_not(rule, what, house) != "if.hours") return std::nullopt;
  constexpr Duration until_closed = std::chrono::minutes{15};
  return rule.wanted.hours == "open" ? house.calendar(rule.wanted.calendar).next_opening(what.now)
                                     : std::optional{what.now + until_closed};
}

}  // namespace

std::vector<Firing> apply_rules(Plan& plan, Arrival const& arrival, Known const& known) {
  std::vector<Firing> out;
  if (known.house->rules.empty() || is_no_case(plan, known)) return out;
  RuleCase what = case_of(plan, known);
  Ticket const before = what.ticket;
  bool const outside = !arrival.quiet && may_write(what.ticket, known) && may_answer(arrival, known);
  RuleWork work{plan, what, known, arrival.hash, !arrival.quiet, outside};
  for (HouseRule const& rule : known.house->rules) {
    out.push_back(tried(rule, work));
    if (out.back().why_not.empty() && rule.last) break;
  }
  redirect(work, before, arrival.mail() != nullptr ? arrival.mail()->message_id : "");
  return out;
}

std::vector<Firing> rehearse_rules(Message const& last, Course const& course, Known const& known) {
  Plan scratch;
  scratch.ticket = known.ticket->id;
  scratch.messages.push_back(last);
  RuleCase what = case_of(scratch, known);
  what.events = {Event::opened, Event::wrote, Event::answered, Event::changed, Event::time};
  if (!course.spans.empty()) what.quiet = known.now - std::max(silence(course), course.spans.back().from);
  RuleWork work{scratch, what, known, "rehearsal", true, may_write(what.ticket, known)};
  std::vector<Firing> out;
  for (HouseRule const& rule : known.house->rules) {
    out.push_back(tried(rule, work));
    if (out.back().why_not.empty() && rule.last) break;
  }
  return out;
}

std::vector<Firing> apply_rules_in_time(Plan& plan, Course const& course, Known const& known) {
  std::vector<Firing> out;
  if (known.house->rules.empty() || course.spans.empty() || !plan.level) return out;
  RuleCase what = case_of(plan, known);
  what.events = {Event::time};
  what.standing = plan.level->standing;
  Time const spoken = silence(course);
  what.quiet = known.now - std::max(spoken, course.spans.back().from);
  Ticket const before = what.ticket;
  std::string const mark = "/" + std::to_string(to_number(spoken));
  RuleWork work{plan, what, known, "rules" + mark, true, may_write(what.ticket, known)};
  LevelState& level = *plan.level;
  for (HouseRule const& rule : known.house->rules) {
    std::string const key = "rule/" + rule.name + mark;
    if (!is_timed(rule) || std::find(level.told.begin(), level.told.end(), key) != level.told.end()) continue;
    out.push_back(tried(rule, work));
    if (out.back().why_not.empty()) {
      std::erase_if(level.told,
                    [&](std::string const& had) { return had.starts_with("rule/" + rule.name + "/"); });
      level.told.push_back(key);
      if (rule.last) break;
    } else if (auto const again = look_again(rule, what, *known.house);
               again && (!level.next || *again < *level.next)) {
      level.next = again;
    }
  }
  redirect(work, before, "");
  return out;
}

}  // namespace spoc::desk
