// SPDX-License-Identifier: GPL-3.0-or-later
// Rules over a plan, in their order: those of what happened, and those of the time in which nothing did.
#include "desk/desk_line.hpp"
#include "desk/lists.hpp"
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
  void operator()(SetFirstLine const& change) {
    ticket_.first_team = change.team;
    ticket_.first_agent = change.agent;
  }
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

/// What somebody wrote, as rules ask for it.
void read_words(RuleCase& what, Message const& message) {
  what.author = normal(message.author.address);
  what.words = message.reply.empty() ? message.text : message.reply;
  what.checks = message.checks;
  what.files = !message.attachments.empty();
}

/// The subject of words from outside; of others the ticket's.
std::string subject_of(Message const& message, Ticket const& ticket) {
  bool const outside = message.kind == MessageKind::inbound || message.kind == MessageKind::automatic;
  return outside && !message.subject.empty() ? message.subject : ticket.subject;
}

/// Is its ticket a new one?
bool opens(Plan const& plan) { return plan.open || plan.split; }

/// The words that a plan brings; nullptr for none. What the desk itself says in a chat is nobody's answer.
Message const* words_in(Plan const& plan) {
  auto const found = std::find_if_not(plan.messages.begin(), plan.messages.end(), is_desk_line);
  if (found != plan.messages.end()) return &*found;
  return plan.said.empty() ? nullptr : &plan.said.front();
}

/// A case without words of its own has the newest from outside: who waits is who wrote them.
RuleCase case_of(Plan const& plan, Known const& known) {
  RuleCase out;
  out.now = known.now;
  out.ticket = plan.open ? *plan.open : *known.ticket;
  Changed changed{out.ticket};
  for (Change const& one : plan.changes) std::visit(changed, one);
  out.subject = out.ticket.subject;
  for (Contact const* one : {&known.contact, &known.requester}) {
    if (one->id != out.ticket.requester) continue;
    out.vip = out.vip || one->vip;
    if (!one->organisation.empty()) out.organisation = one->organisation;
  }
  out.site = known_site(known, out.ticket);
  out.standing = worst_standing(known.dues);
  if (Message const* message = words_in(plan)) {
    read_words(out, *message);
    if (!plan.split) out.subject = subject_of(*message, out.ticket);  // there the agent may have named it
    if (message->kind == MessageKind::inbound && !opens(plan)) out.events.push_back(Event::wrote);
    // One that may still be stopped is none yet: it comes again once it has left.
    bool const said = message->kind == MessageKind::outbound && message->state == MessageState::said;
    if (said) out.events.push_back(Event::answered);
  } else if (known.newest) {
    read_words(out, *known.newest);
  }
  if (opens(plan)) out.events.push_back(Event::opened);
  if (!opens(plan) && changed.said()) out.events.push_back(Event::changed);
  return out;
}

/// Nothing to judge: known already, moved elsewhere, or not acted on at all.
bool is_no_case(Plan const& plan, Known const& known) {
  if (!opens(plan) && known.house->rules.empty()) return true;
  bool const moves = std::any_of(plan.changes.begin(), plan.changes.end(), [](Change const& one) {
    return std::holds_alternative<MergeInto>(one) || std::holds_alternative<SplitOff>(one);
  });
  return plan.duplicate || plan.refused_agent || moves || (!plan.open && !known.ticket);
}

/// May a machine write to people outside about this? A flood, a list and another machine say no.
bool may_write(Ticket const& ticket, Known const& known) {
  if (std::any_of(ticket.tags.begin(), ticket.tags.end(), is_of_machines)) return false;
  int const budget = known.house->mail_budget;
  bool const flooded = budget > 0 && known.mails >= budget;
  bool const by_mail = !ticket.requester_address.address.empty() && !known.dead_address &&
                       known.automatic_sent < known.house->automatic_budget;
  return !flooded && (by_mail || known.visitor_present);
}

bool may_answer(Arrival const& arrival, Known const& known) {
  Mail const* mail = arrival.mail();
  return mail == nullptr || known.author.agent != nullptr || no_automatic_answer(*mail, *known.house).empty();
}

/// The walk over the rules: what those that fire change is done at once, so that those below see it; what
/// they write waits until it is known who has the ticket then.
class Walk {
 public:
  explicit Walk(RuleWork& work) : work_{work} {}

  /// Does it fire? Its changes are made then.
  bool fires(HouseRule const& rule) {
    Firing firing{rule.name, why_not(rule, work_.what, *work_.known.house), {}};
    bool const fired = firing.why_not.empty();
    if (fired) {
      firing.done = act(rule, work_);
      fired_.push_back({&rule, firings_.size(), work_.plan.trail.size(), work_.what.ticket});
      work_.plan.trail.push_back({work_.what.ticket.id, work_.what.now, "desk", "rule", ""});
    }
    firings_.push_back(std::move(firing));
    return fired;
  }
  void passes_over(HouseRule const& rule, std::string why) {
    firings_.push_back({rule.name, std::move(why), {}});
  }

  /// Whose turn it is in the team that has the ticket now.
  void take_turn() { give_in_turn(work_.plan, work_.what.ticket, work_.known); }

  /// What is written, and each firing's line in the trail.
  std::vector<Firing> finish() {
    Ticket const& ticket = work_.what.ticket;
    for (Fired& one : fired_) {
      if (one.left.team == ticket.team && one.left.assignee.empty()) one.left.assignee = ticket.assignee;
      Firing& firing = firings_[one.firing];
      for (std::string& said : tell_of(*one.rule, work_, one.left)) firing.done.push_back(std::move(said));
      std::string words = firing.rule;
      for (std::size_t i = 0; i < firing.done.size(); ++i) words += (i == 0 ? ": " : ", ") + firing.done[i];
      work_.plan.trail[one.line].detail = words;
    }
    return std::move(firings_);
  }

 private:
  struct Fired {
    HouseRule const* rule;
    std::size_t firing, line;  ///< its places among the firings and in the trail
    Ticket left;               ///< as it left it
  };
  RuleWork& work_;
  std::vector<Firing> firings_;
  std::vector<Fired> fired_;
};

/// Is it the team's policy that says who gets it? Old mail and machines' wake nobody.
bool comes_to_team(Plan const& plan, Arrival const& arrival, Ticket const& before, Ticket const& after) {
  Mail const* mail = arrival.mail();
  bool const said = mail == nullptr || mail->kind == MailKind::personal || mail->kind == MailKind::list;
  return !arrival.quiet && (opens(plan) ? said : before.team != after.team);
}

// ---- time ----------------------------------------------------------------------------------------

/// Since when nobody has said anything that the other side can read. Rules that pass a ticket to and fro by
/// themselves do not begin it anew: that is what ends them.
Time silence(Course const& course) {
  Time since = course.spans.front().from;
  for (Exchange const& one : course.exchanges) since = std::max(since, one.at);
  return since;
}

bool is_timed(HouseRule const& rule) { return rule.after > Duration{} && has(rule.when, name(Event::time)); }

/// Does anything that begins it come with words?
bool brings_words(HouseRule const& rule) {
  return std::any_of(rule.when.begin(), rule.when.end(), [](std::string const& word) {
    return word != name(Event::time) && word != name(Event::changed);
  });
}

/// That it has fired in the silence since that moment.
std::string mark_of(HouseRule const& rule, Time silent_since) {
  return "rule/" + rule.name + "/" + std::to_string(to_number(silent_since));
}

/// Is it of this rule? Names may hold what parts a mark: "a" is not "a/b".
bool is_mark_of(HouseRule const& rule, std::string const& mark) {
  return mark.substr(0, mark.rfind('/')) == "rule/" + rule.name;
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
  if (is_no_case(plan, known)) return {};
  RuleCase what = case_of(plan, known);
  Ticket const before = what.ticket;
  bool const outside = !arrival.quiet && may_write(what.ticket, known) && may_answer(arrival, known);
  RuleWork work{plan, what, known, arrival.hash, !arrival.quiet, outside};
  Walk walk{work};
  if (!plan.quarantine)
    for (HouseRule const& rule : known.house->rules)
      if (walk.fires(rule) && rule.last) break;
  if (comes_to_team(plan, arrival, before, what.ticket)) walk.take_turn();
  std::vector<Firing> out = walk.finish();
  redirect(work, before, arrival.mail() != nullptr ? arrival.mail()->message_id : "");
  if (!opens(plan)) tell_who_had_it(work, before.assignee);
  return out;
}

std::vector<Firing> rehearse_rules(Course const& course, LevelState const& had, Known const& known) {
  Plan scratch;
  scratch.ticket = known.ticket->id;
  RuleCase what = case_of(scratch, known);
  std::string const written = known.newest ? subject_of(*known.newest, what.ticket) : what.subject;
  what.events = {Event::opened, Event::wrote, Event::answered, Event::changed, Event::time};
  if (!course.spans.empty()) what.quiet = known.now - std::max(silence(course), course.spans.back().from);
  std::string const before = what.ticket.team;
  RuleWork work{scratch, what, known, "rehearsal", true, may_write(what.ticket, known)};
  Walk walk{work};
  for (HouseRule const& rule : known.house->rules) {
    if (rule.when == std::vector<std::string>{"time"} && !course.spans.empty() &&
        has(had.told, mark_of(rule, silence(course)))) {
      walk.passes_over(rule, "when");
      continue;
    }
    what.subject = brings_words(rule) ? written : what.ticket.subject;
    if (walk.fires(rule) && rule.last) break;
  }
  if (what.ticket.team != before) walk.take_turn();
  return walk.finish();
}

std::vector<Firing> apply_rules_in_time(Plan& plan, Course const& course, Known const& known) {
  if (course.spans.empty() || !plan.level) return {};
  RuleCase what = case_of(plan, known);
  what.events = {Event::time};
  what.standing = plan.level->standing;
  Time const spoken = silence(course);
  what.quiet = known.now - std::max(spoken, course.spans.back().from);
  RuleWork work{
      plan, what, known, "rules/" + std::to_string(to_number(spoken)), true, may_write(what.ticket, known)};
  std::string const before = what.ticket.assignee;
  Walk walk{work};
  LevelState& level = *plan.level;
  for (HouseRule const& rule : known.house->rules) {
    std::string const key = mark_of(rule, spoken);
    if (!is_timed(rule) || has(level.told, key)) continue;
    if (walk.fires(rule)) {
      std::erase_if(level.told, [&](std::string const& had) { return is_mark_of(rule, had); });
      level.told.push_back(key);
      if (rule.last) break;
    } else if (auto const again = look_again(rule, what, *known.house);
               again && (!level.next || *again < *level.next)) {
      level.next = again;
    }
  }
  // What the tick itself passed on has come to a team as well.
  if (known.ticket->team != what.ticket.team) walk.take_turn();
  std::vector<Firing> out = walk.finish();
  redirect(work, *known.ticket, "");
  tell_who_had_it(work, before);
  return out;
}

}  // namespace spoc::desk
