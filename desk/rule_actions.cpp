// SPDX-License-Identifier: GPL-3.0-or-later
// What a rule that fires adds to a plan.
#include "desk/desk_line.hpp"
#include "desk/rules.hpp"
#include "desk/scribe.hpp"

#include <algorithm>

namespace spoc::desk {
namespace {

/// One rule's work on a ticket; remembers in words what it did.
class Hand {
 public:
  Hand(HouseRule const& rule, RuleWork& work, Ticket& ticket)
      : rule_{rule}, then_{rule.then}, work_{work}, ticket_{ticket} {}

  std::vector<std::string> make_changes() {
    classify();
    file_under_category();
    pass_on();
    tag();
    if (auto const status = status_named(then_.status); status && *status != ticket().status) {
      ticket().status = *status;
      change(SetStatus{*status}, "status " + then_.status);
    }
    leave_note();
    return std::move(done_);
  }

  std::vector<std::string> write() {
    tell_agents();
    write_outside();
    follow_up();
    call_webhook();
    return std::move(done_);
  }

 private:
  Ticket& ticket() { return ticket_; }
  House const& house() const { return *work_.known.house; }
  Scribe scribe() { return {work_.known, ticket(), work_.cause + "/rule/" + rule_.name}; }
  void change(Change made, std::string said) {
    work_.plan.changes.push_back(std::move(made));
    done_.push_back(std::move(said));
  }

  void classify() {
    if (auto const priority = priority_named(then_.priority); priority && *priority != ticket().priority) {
      ticket().priority = *priority;
      change(SetPriority{*priority}, "priority " + then_.priority);
    }
    if (auto const kind = ticket_kind_named(then_.kind); kind && *kind != ticket().kind) {
      ticket().kind = *kind;
      change(SetKind{*kind}, "kind " + then_.kind);
    }
  }

  void file_under_category() {
    if (then_.category.empty() || then_.category == ticket().category) return;
    ticket().category = then_.category;
    change(SetCategory{then_.category}, "category " + then_.category);
  }

  /// Another team's ticket is nobody's of the old one.
  void pass_on() {
    if (!then_.team.empty() && then_.team != ticket().team) {
      ticket().team = then_.team;
      change(SetTeam{then_.team}, "team " + then_.team);
      give_back_to_owner();
      if (then_.assign.empty() && !ticket().assignee.empty()) {
        ticket().assignee.clear();
        change(SetAssignee{}, "assign nobody");
      }
    }
    if (then_.assign.empty() || then_.assign == ticket().assignee) return;
    ticket().assignee = then_.assign;
    change(SetAssignee{then_.assign}, "assign " + then_.assign);
  }

  void give_back_to_owner() {
    if (ticket().team != ticket().first_team) return;
    ticket().first_team = ticket().first_agent = "";
    work_.plan.changes.emplace_back(SetFirstLine{});
  }

  void tag() {
    auto& tags = ticket().tags;
    for (std::string const& one : then_.tag) {
      if (std::find(tags.begin(), tags.end(), one) != tags.end()) continue;
      tags.push_back(one);
      change(AddTag{one}, "tag " + one);
    }
    for (std::string const& one : then_.untag)
      if (std::erase(tags, one) > 0) change(RemoveTag{one}, "untag " + one);
  }

  void leave_note() {
    if (then_.note.empty()) return;
    Message note;
    note.kind = MessageKind::note;
    note.channel = ticket().channel;
    note.author = {house().name, ""};
    note.text = note.reply = then_.note;
    note.rule = "rule";
    note.at = work_.known.now;
    work_.plan.messages.push_back(std::move(note));
    done_.emplace_back("note");
  }

  std::vector<Agent const*> audience() {
    std::vector<Agent const*> out;
    auto const add = [&](Agent const* one) {
      if (one != nullptr && !one->addresses.empty() && std::find(out.begin(), out.end(), one) == out.end())
        out.push_back(one);
    };
    for (std::string const& word : then_.tell) {
      if (word == "assignee")
        for (Agent const* one : crew(work_.known, ticket())) add(one);
      else if (word == "team")
        for (Agent const* one : house().members(ticket().team)) add(one);
      else
        add(house().agent(word));
    }
    return out;
  }

  void tell_agents() {
    if (!work_.inside) return;
    for (Agent const* one : audience()) {
      Letter letter = scribe().to_agent(LetterKind::happened, *one);
      letter.lines = {then_.say.empty() ? rule_.name : then_.say};
      work_.plan.letters.push_back(std::move(letter));
      done_.push_back("tell " + one->handle);
    }
  }

  void write_outside() {
    if (then_.letter.empty() && then_.ask.empty()) return;
    if (!work_.outside) {
      done_.emplace_back("nothing written: a machine may not write to them");
      return;
    }
    if (!then_.letter.empty()) {
      Letter letter = scribe().to_requester(LetterKind::rule);
      letter.lines = {then_.letter};
      bool const in_chat = work_.known.visitor_present;
      if (in_chat)
        say_in_chat(work_.plan, std::move(letter), then_.letter, work_.known);
      else
        work_.plan.letters.push_back(std::move(letter));
      done_.emplace_back(in_chat ? "letter, in the chat" : "letter");
    }
    if (then_.ask.empty()) return;
    Letter letter = scribe().to_third_party(LetterKind::asked, {"", then_.ask});
    letter.text = then_.question;
    work_.plan.letters.push_back(std::move(letter));
    done_.push_back("ask " + then_.ask);
  }

  void follow_up() {
    if (then_.follow_up == Duration{}) return;
    Reminder reminder;
    reminder.ticket = ticket().id;
    reminder.agent = ticket().assignee;
    reminder.at = work_.known.now + then_.follow_up;
    reminder.text = then_.say.empty() ? rule_.name : then_.say;
    change(AddReminder{reminder}, "follow up at " + iso(reminder.at));
  }

  void call_webhook() {
    if (then_.webhook.empty()) return;
    work_.plan.calls.push_back({then_.webhook, rule_.name});
    done_.push_back("webhook " + then_.webhook);
  }

  HouseRule const& rule_;
  RuleActions const& then_;
  RuleWork& work_;
  Ticket& ticket_;
  std::vector<std::string> done_;
};

bool is_notice(Letter const& letter) {
  return (letter.kind == LetterKind::opened || letter.kind == LetterKind::wrote) && !letter.agent.empty();
}

}  // namespace

std::vector<std::string> act(HouseRule const& rule, RuleWork& work) {
  return Hand{rule, work, work.what.ticket}.make_changes();
}

std::vector<std::string> tell_of(HouseRule const& rule, RuleWork& work, Ticket ticket) {
  return Hand{rule, work, ticket}.write();
}

void redirect(RuleWork& work, Ticket const& before, std::string const& answers) {
  Ticket const& after = work.what.ticket;
  if (!work.inside || (before.team == after.team && before.assignee == after.assignee)) return;
  auto& letters = work.plan.letters;
  auto const notice = std::find_if(letters.begin(), letters.end(), is_notice);
  bool const told = notice != letters.end();
  bool const opens = work.plan.open.has_value();
  // A visitor's first lines are told of after the gathering pause, to those whose they are then.
  if (opens && !told && after.channel == Channel::chat) return;
  Letter const sample = told ? *notice : Letter{};
  std::vector<Letter> const had = letters;
  std::erase_if(letters, is_notice);
  Scribe scribe{work.known, after, work.cause};
  scribe.answers(answers);
  for (Agent const* one : crew(work.known, after)) {
    if (one->addresses.empty()) continue;
    auto const same = std::find_if(had.begin(), had.end(), [&](Letter const& letter) {
      return is_notice(letter) && letter.agent == one->handle;
    });
    // Who writes in public or notes a call knows it; an agent with a matter of their own is a requester.
    bool const acts = work.known.author.agent == one && (!told || (opens && after.channel == Channel::phone));
    if (same == had.end() && acts) continue;
    letters.push_back(same != had.end() ? *same
                                        : scribe.to_agent(told ? sample.kind : LetterKind::assigned, *one));
    if (same != had.end() || !told) continue;
    letters.back().about = sample.about;
    letters.back().articles = sample.articles;
    letters.back().lines = sample.lines;
  }
}

void tell_who_had_it(RuleWork& work, std::string const& handle) {
  Ticket const& ticket = work.what.ticket;
  Agent const* const had = work.known.house->agent(handle);
  if (!work.inside || had == nullptr || had->addresses.empty() || handle == ticket.assignee) return;
  auto const now = crew(work.known, ticket);
  if (std::find(now.begin(), now.end(), had) != now.end()) return;
  Scribe const scribe{work.known, ticket, work.cause + "/had"};
  work.plan.letters.push_back(scribe.to_agent(LetterKind::happened, *had));
  work.plan.letters.back().lines = {not_theirs_any_more(work.known, ticket)};
}

}  // namespace spoc::desk
