// SPDX-License-Identifier: GPL-3.0-or-later
// Solved or not, in four languages.
#include "desk/verdict.hpp"

#include "desk/courtesy.hpp"
#include "desk/inbound.hpp"
#include "desk/lists.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"

#include <algorithm>
#include <array>

namespace spoc::desk {
namespace {

constexpr std::array<std::string_view, 10> yes{"yes",  "yep",    "yeah", "ja",        "jepp",
                                               "jada", "solved", "løst", "confirmed", "bekreftet"};
constexpr std::array<std::string_view, 4> no{"no", "nope", "nei", "neppe"};
constexpr std::array<std::string_view, 24> polite{
    "thanks", "thank", "you", "it", "is",   "solved", "works", "now", "that", "all",    "good", "fine",
    "takk",   "tusen", "det", "er", "løst", "virker", "nå",    "bra", "fint", "hilsen", "mvh",  "for"};
constexpr std::array<std::string_view, 14> chinese_yes{
    "是",         "是的", "已解决", "已解決", "解决了", "解決了",   "已经解决了",
    "已經解決了", "好了", "对",     "對",     "可以了", "没问题了", "沒問題了"};
constexpr std::array<std::string_view, 8> chinese_no{"不是",   "没有", "沒有", "未解决",
                                                     "未解決", "还没", "還沒", "否"};
constexpr std::array<std::string_view, 4> chinese_thanks{"谢谢", "謝謝", "感谢", "感謝"};
constexpr std::array<std::string_view, 9> marks{"，", "。", "！", "、", "!", ",", ".", "\n", "\r"};

/// Lower case, marks become blanks.
std::string plain(std::string_view reply) {
  std::string text = normal(reply);
  for (std::string_view const mark : marks)
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.replace(at, mark.size(), " ");
  return normal(text);
}

std::vector<std::string> words_of(std::string const& text) {
  std::vector<std::string> out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find(' ', at), text.size());
    if (end > at) out.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string requester_of(Known const& known) {
  return "requester:" + normal(known.ticket->requester_address.address);
}

Trail line(Known const& known, std::string what, std::string detail) {
  return {known.ticket->id, known.now, requester_of(known), std::move(what), std::move(detail)};
}

/// The word of the button, as the requester would have written it.
std::string no_in(std::string_view language) {
  std::string const tongue = spoken(language);
  if (tongue == "nb") return "Nei, dette er ikke løst.";
  if (tongue == "zh-Hans") return "不是，问题还没有解决。";
  if (tongue == "zh-Hant") return "不是，問題還沒有解決。";
  return "No, this is not solved.";
}

/// Whoever works on it decides whether there is more to do.
void tell_solved(Plan& plan, Known const& known) {
  plan.trail.push_back(line(known, "confirmed", std::string{solved_while_open}));
  Scribe const scribe{known, *known.ticket, "solved/" + std::to_string(to_number(known.now))};
  for (Letter& letter : scribe.to_crew(LetterKind::happened)) {
    letter.about = newest_words(known);
    letter.lines = {"the requester says that it is solved; the ticket is open"};
    plan.letters.push_back(std::move(letter));
  }
}

}  // namespace

Verdict verdict_of(std::string_view all) {
  constexpr std::size_t longest_yes = 80;
  std::string_view const reply = said_above_signature(all);
  std::vector<std::string> const words = words_of(plain(reply.substr(0, 400)));
  if (words.empty() || reply.find('?') != std::string_view::npos) return Verdict::none;
  std::string_view const first = words.front();
  auto const begins = [&](std::string_view word) { return first.starts_with(word); };
  if (has(no, first) || std::any_of(chinese_no.begin(), chinese_no.end(), begins))
    return waves_aside(reply) ? Verdict::none : Verdict::unsolved;
  if (reply.size() > longest_yes || (!has(yes, first) && !has(chinese_yes, first))) return Verdict::none;
  bool const nothing_more = std::all_of(words.begin() + 1, words.end(), [](std::string const& word) {
    return has(polite, word) || has(yes, word) || has(chinese_yes, word) || has(chinese_thanks, word);
  });
  return nothing_more ? Verdict::solved : Verdict::none;
}

bool past_reopening(Known const& known) {
  return known.ticket && finished(known.ticket->status) && known.ticket->closed &&
         known.now - *known.ticket->closed > known.house->reopen_window;
}

void take_up_again(Plan& plan, Known const& known, std::string who, std::string how, std::string words) {
  Ticket open = *known.ticket;
  plan.changes.emplace_back(SetStatus{Status::open});
  plan.trail.push_back({open.id, known.now, std::move(who), "reopened", std::move(how)});
  open.status = Status::open;
  Scribe const scribe{known, open, "unsolved/" + std::to_string(to_number(known.now))};
  for (Letter& letter : scribe.to_crew(LetterKind::reminder)) {
    letter.about = newest_words(known);
    letter.lines = {"the requester says that it is not solved; the ticket is open again"};
    if (!words.empty()) letter.lines.push_back(words);
    plan.letters.push_back(std::move(letter));
  }
}

Decided what_comes_of(Verdict verdict, Known const& known) {
  bool const over = finished(known.ticket->status);
  if (verdict != Verdict::unsolved) return over ? Decided::closed : Decided::told;
  if (!over) return Decided::going_on;
  return past_reopening(known) ? Decided::linked : Decided::reopened;
}

Plan plan_verdict(Verdict verdict, Known const& known) {
  Plan plan;
  Ticket const& ticket = *known.ticket;
  plan.ticket = ticket.id;
  if (verdict == Verdict::none) return plan;
  switch (what_comes_of(verdict, known)) {
    case Decided::closed:
      if (ticket.status != Status::resolved) break;
      plan.changes.emplace_back(SetStatus{Status::closed});
      plan.trail.push_back(line(known, "confirmed", "solved, by the button: resolved to closed"));
      break;
    case Decided::told:
      tell_solved(plan, known);
      break;
    case Decided::reopened:
      take_up_again(plan, known, requester_of(known), "not solved, by the button", "");
      break;
    case Decided::linked:
      return plan_unsolved_late(unsolved_late(known), known);
    case Decided::going_on:
      break;
  }
  return plan;
}

Arrival unsolved_late(Known const& known) {
  Ticket const& ticket = *known.ticket;
  Mail mail;
  mail.from = {ticket.requester_address};
  mail.subject = ticket.subject;
  mail.text = mail.reply = no_in(ticket.language);
  mail.language = ticket.language;
  Arrival out;
  out.place.mailbox = ticket.mailbox;
  out.hash = "unsolved|" + std::to_string(number(ticket.id)) + "|" + std::to_string(to_number(known.now));
  out.received = known.now;
  out.what = std::move(mail);
  return out;
}

Plan plan_unsolved_late(Arrival const& arrival, Known const& known) {
  Ticket const& old = *known.ticket;
  Known anew = known;
  anew.ticket.reset();
  anew.thread_ids.clear();
  anew.author = {old.requester_address, nullptr};
  anew.match = {};
  anew.match.rule = Rule::fresh;
  anew.match.related = old.id;
  anew.match.reasons.push_back("#" + std::to_string(number(old.id)) +
                               " is not solved, by the button, longer ago than the reopen window: new "
                               "ticket, linked");
  Plan plan = open_ticket(arrival, *arrival.mail(), anew);
  // No mail brought these words: there is nothing to look up.
  for (Message& one : plan.messages) one.raw_hash.clear();
  plan.trail.push_back({old.id, known.now, requester_of(known), std::string{went_on},
                        "#" + std::to_string(number(plan.ticket))});
  return plan;
}

Plan plan_self_solved(Suggestion const& article, Known const& known) {
  Plan plan;
  Ticket const& ticket = *known.ticket;
  plan.ticket = ticket.id;
  if (ticket.status == Status::closed) return plan;
  plan.changes.emplace_back(SetStatus{Status::closed});
  plan.changes.emplace_back(CountUse{article.article, ArticleUse::solved});
  plan.trail.push_back(line(known, "self-solved", "by article " + article.article));
  Scribe const scribe{known, ticket, "self-solved|" + article.article};
  for (Letter& letter : scribe.to_crew(LetterKind::happened)) {
    letter.lines = {
        phrase("the requester says that article \"{1}\" solved it; the ticket is closed", {article.title})};
    plan.letters.push_back(std::move(letter));
  }
  return plan;
}

}  // namespace spoc::desk
