// SPDX-License-Identifier: GPL-3.0-or-later
// The front desk's part in the knowledge base: articles that solved something.
#include "daemon/front_desk.hpp"
#include "store/article_uses.hpp"
#include "store/tickets.hpp"

namespace spoc::daemon {

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
    desk::Plan const plan = desk::plan_self_solved(out->article, known);
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
