// SPDX-License-Identifier: GPL-3.0-or-later
// What a mail offers to the rules of threading, and which rule wins.
#include "desk/thread.hpp"

#include "desk/words.hpp"

#include <algorithm>
#include <charconv>

namespace spoc::desk {
namespace {

constexpr Words<Rule, 7> rules{{{Rule::token, "token"},
                                {Rule::reference, "reference"},
                                {Rule::body_token, "body-token"},
                                {Rule::subject_number, "subject-number"},
                                {Rule::sibling, "sibling"},
                                {Rule::same_subject, "same-subject"},
                                {Rule::fresh, "new"}}};

template <class T>
void add_once(std::vector<T>& all, T const& one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

void add_tokens(std::vector<Token>& all, std::string_view text, Sign const& sign) {
  for (Token const& token : tokens_in(text, sign)) add_once(all, token);
}

std::vector<TicketId> numbers_in(std::string_view subject) {
  std::vector<TicketId> out;
  for (std::size_t at = subject.find("[#"); at != std::string_view::npos; at = subject.find("[#", at + 2)) {
    std::int64_t value = 0;
    char const* const end = subject.data() + subject.size();
    auto const [stop, fault] = std::from_chars(subject.data() + at + 2, end, value);
    if (fault == std::errc{} && stop != end && *stop == ']' && value > 0) add_once(out, TicketId{value});
  }
  return out;
}

void gather_tokens(Traits& traits, Mail const& mail, Sign const& sign) {
  for (auto const* list : {&mail.to, &mail.cc})
    for (Address const& one : *list) add_tokens(traits.tokens, one.address, sign);
  for (std::string const& one : mail.delivered_to) add_tokens(traits.tokens, one, sign);
  for (std::string const& id : traits.ids) add_tokens(traits.tokens, id, sign);
  // Only letters of ours say "Ref: TOKEN"; a token anywhere else in a body was typed or forwarded, and still
  // holds.
  add_tokens(traits.body_tokens, mail.text, sign);
}

/// Some clients answer without "Re:": quoted lines that are not the author's own words show it as well.
bool quotes(Mail const& mail) {
  bool const quoted = mail.text.starts_with(">") || mail.text.find("\n>") != std::string::npos;
  return quoted && mail.reply.size() < mail.text.size() && !says_forward(mail.subject);
}

bool may_follow(Clue const& clue) {
  return clue.participant || clue.rule == Rule::token || clue.rule == Rule::body_token;
}

std::string reason(Rule rule, std::string_view verdict) {
  return std::string{name(rule)} + ": " + std::string{verdict};
}

}  // namespace

std::string_view name(Rule rule) { return word_for(rules, rule); }
std::optional<Rule> rule_named(std::string_view word) { return value_for(rules, word); }

Traits traits_of(Mail const& mail, Sign const& sign) {
  Traits traits;
  for (std::string const& id : mail.in_reply_to) add_once(traits.ids, id);
  for (auto id = mail.references.rbegin(); id != mail.references.rend(); ++id) add_once(traits.ids, *id);
  gather_tokens(traits, mail, sign);
  traits.numbers = numbers_in(mail.subject);
  traits.thread_index = mail.thread_index;
  BaseSubject base = base_subject(mail.subject);
  traits.reply_prefix = base.reply_prefix || quotes(mail);
  traits.base_subject = std::move(base.text);
  for (Address const& one : mail.from) add_once(traits.authors, normal(one.address));
  if (mail.sender) add_once(traits.authors, normal(mail.sender->address));
  for (auto const* list : {&mail.to, &mail.cc})
    for (Address const& one : *list) add_once(traits.recipients, normal(one.address));
  traits.own_id = mail.message_id;
  return traits;
}

Match pick(std::vector<Clue> const& clues, std::vector<std::string> const& disabled) {
  Match match;
  for (auto const& [rule, word] : rules) {
    if (rule == Rule::fresh) break;
    if (std::find(disabled.begin(), disabled.end(), word) != disabled.end()) {
      match.reasons.push_back(reason(rule, "switched off"));
      continue;
    }
    auto const points = [&, wanted = rule](Clue const& clue) { return clue.rule == wanted; };
    auto const first = std::find_if(clues.begin(), clues.end(), points);
    if (first == clues.end()) {
      match.reasons.push_back(reason(rule, "nothing known"));
      continue;
    }
    auto const good =
        std::find_if(first, clues.end(), [&](Clue const& clue) { return points(clue) && may_follow(clue); });
    if (good == clues.end()) {
      if (!match.related) match.related = first->ticket;
      match.reasons.push_back(reason(rule, "points at #" + std::to_string(number(first->ticket)) + " (" +
                                               first->evidence + "), but the author takes no part in it"));
      continue;
    }
    match.rule = rule;
    match.ticket = good->ticket;
    match.related.reset();
    match.reasons.push_back(
        reason(rule, "matches #" + std::to_string(number(good->ticket)) + " (" + good->evidence + ")"));
    return match;
  }
  match.reasons.push_back(reason(Rule::fresh, match.related ? "new ticket, possibly related to #" +
                                                                  std::to_string(number(*match.related))
                                                            : std::string{"new ticket"}));
  return match;
}

}  // namespace spoc::desk
