// SPDX-License-Identifier: GPL-3.0-or-later
// The front desk's part in the knowledge base: what readers say of articles, those that solved
// something, and how like matters ended.
#include "daemon/front_desk.hpp"
#include "desk/excerpt.hpp"
#include "desk/feedback.hpp"
#include "store/article_uses.hpp"
#include "store/contacts.hpp"
#include "store/messages.hpp"
#include "store/tickets.hpp"

#include <algorithm>
#include <utility>

namespace spoc::daemon {
namespace {

/// Have agents heard of this chat before these lines?
bool knew_before(store::Tx& tx, store::Waiting const& waiting) {
  return store::has_earlier(tx, waiting.ticket, waiting.lines.front().id);
}

}  // namespace

/// What readers said of articles goes to those who keep them. To a dead address nothing goes; spocctl kb
/// feedback shows it all the same.
void FrontDesk::tell_keepers(store::Tx& tx, std::vector<desk::News>& all) {
  constexpr std::size_t most = 50;
  for (auto const& [owner, due] : store::untold_owners(tx)) {
    if (due > now()) continue;
    auto const remarks = store::untold_remarks(tx, owner, most);
    for (desk::Remark const& one : remarks) store::remark_was_told(tx, one.id, now());
    auto to = desk::keepers(owner, house_);
    std::erase_if(to, [&](desk::Address const& one) { return store::is_dead(tx, one.address); });
    if (!to.empty()) all.push_back(write(tx, desk::plan_feedback(remarks, to, blank(tx)), nullptr));
  }
}

void FrontDesk::know_similar(store::Tx& tx, desk::Arrival const& arrival, desk::Known& known) const {
  constexpr std::size_t most = 3, longest = 160;
  for (desk::TicketId const id : arrival.similar) {
    if (known.similar.size() == most) return;
    auto const ticket = store::find_ticket(tx, id);
    if (!ticket || ticket->id != id || !desk::finished(ticket->status)) continue;
    auto const answer = store::newest_answer(tx, id, "");
    if (!answer) continue;
    known.similar.push_back(
        {id, ticket->subject, answer->agent, desk::first_line_of(answer->reply, longest)});
  }
}

desk::Arrival FrontDesk::looked_up(desk::Arrival arrival) const {
  desk::Mail const* const mail = arrival.mail();
  bool const new_matter = mail != nullptr && (arrival.alone || arrival.call);
  if (!new_matter || !around_.look_up) return arrival;
  std::string const& words = arrival.call ? arrival.call->words : mail->text;
  LookedUp found = around_.look_up(mail->subject, words, mail->language);
  arrival.suggestions = std::move(found.articles);
  arrival.similar = std::move(found.similar);
  return arrival;
}

std::map<desk::TicketId, LookedUp> FrontDesk::look_up_chats(desk::Time until, desk::Duration longest) {
  std::map<desk::TicketId, LookedUp> out;
  if (!around_.look_up) return out;
  struct Asked {
    desk::TicketId ticket;
    std::string words, language;
  };
  // The desk has others to serve: where more begin at once, agents hear of the rest without.
  constexpr std::size_t most_at_once = 20;
  std::vector<Asked> fresh;
  auto const read = store_.read("new chats", [&](store::Tx& tx) {
    for (store::Waiting const& one : store::waiting_lines(tx, until, longest)) {
      if (fresh.size() == most_at_once) return;
      auto const ticket = store::find_ticket(tx, one.ticket);
      if (!ticket || knew_before(tx, one)) continue;
      fresh.push_back({one.ticket, desk::words_of(one.lines), ticket->language});
    }
  });
  if (!read) return out;  // they hear of it all the same
  // A slow index holds nobody up for long either.
  constexpr auto most_time = std::chrono::milliseconds{50};
  desk::Time const begun = now();
  for (Asked const& one : fresh) {
    if (now() - begun > most_time) break;
    out[one.ticket] = around_.look_up("", one.words, one.language);
  }
  return out;
}

desk::News FrontDesk::tell_gathered(store::Tx& tx, store::Waiting const& one,
                                    std::map<desk::TicketId, LookedUp> const& looked) {
  desk::Known known = blank(tx);
  know_ticket(tx, one.ticket, known);
  std::string const& session = known.ticket->session;
  known.visitor_present = !around_.present || around_.present(session);
  if (around_.back) known.visitor_back = around_.back(session);
  known.told = knew_before(tx, one);
  if (auto const found = looked.find(one.ticket); found != looked.end()) {
    desk::Arrival matter;
    matter.similar = found->second.similar;
    know_similar(tx, matter, known);
    known.suggested = found->second.articles;
  }
  desk::News news = keep(tx, desk::plan_gathered(one.lines, known), nullptr);
  store::mark_told(tx, one.ticket, one.lines.back().id);
  return news;
}

Result<FrontDesk::OfferedTo> FrontDesk::offered_to(std::string const& token, std::string const& article) {
  auto ticket = asked_about(token);
  if (!ticket) return ticket.error();
  OfferedTo out{std::move(*ticket), {}};
  auto const done = store_.read("offered to", [&](store::Tx& tx) {
    for (desk::Suggestion& one : store::offered(tx, out.ticket.id))
      if (one.article == article && !one.internal) out.article = std::move(one);
  });
  if (!done) return done.error();
  if (out.article.article.empty())
    return Error{Kind::denied, "a link that names an article which was not offered for its ticket"};
  return out;
}

Result<FrontDesk::OfferedTo> FrontDesk::solve_by(std::string const& token, std::string const& article) {
  auto out = offered_to(token, article);
  if (!out) return out;
  std::optional<desk::News> news;
  auto const done = store_.write("solved by", [&](store::Tx& tx) {
    desk::Known known = blank(tx);
    know_ticket(tx, out->ticket.id, known);
    desk::Plan plan = desk::plan_self_solved(out->article, known);
    if (!plan.changes.empty()) news = write_deed(tx, std::move(plan), known);
    know_ticket(tx, out->ticket.id, known);
    out->ticket = *known.ticket;
  });
  sound_alarms(done.has_value());
  if (!done) return done.error();
  if (news && around_.bell) around_.bell(*news);
  return out;
}

Result<> FrontDesk::solved_before_asking(std::string const& article) {
  return store_.write("solved before asking", [&](store::Tx& tx) {
    store::count_use(tx, {article, desk::ArticleUse::solved});
  });
}

}  // namespace spoc::daemon
