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

namespace spoc::daemon {
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
    desk::return_to_owner(plan, known);
    if (!plan.changes.empty()) news = write(tx, plan, nullptr);
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
