// SPDX-License-Identifier: GPL-3.0-or-later
// A plan becomes rows, step by step, in the caller's transaction.
#include "store/apply.hpp"

#include "store/apply_steps.hpp"
#include "store/columns.hpp"

namespace spoc::store {
namespace {

std::string counted(std::size_t count, std::string_view one) {
  return std::to_string(count) + ' ' + std::string{one} + (count == 1 ? "" : "s");
}

std::string summary_of(desk::News const& news) {
  std::string text = "#" + std::to_string(desk::number(news.ticket));
  if (news.opened) text += " opened";
  if (!news.rule.empty()) text += " by " + news.rule;
  if (news.duplicate) text += ", duplicate";
  if (news.quarantined) text += ", quarantined";
  return text + ", " + counted(news.messages.size(), "message") + ", " + counted(news.letters, "letter");
}

void touch(Tx& tx, desk::TicketId ticket, desk::Time now) {
  auto const changed = tx.driver().run(
      "UPDATE ticket SET changed = CASE WHEN changed > $2 THEN changed ELSE $2 END WHERE id = $1",
      {desk::number(ticket), desk::to_number(now)});
  if (changed == 0)
    throw Fault{
        {Kind::missing, "there is no ticket #" + std::to_string(desk::number(ticket)) + " to write to"}};
}

/// What listeners get: the words, not the megabytes.
desk::Message without_content(desk::Message message) {
  for (auto& attachment : message.attachments) attachment.content.clear();
  return message;
}

void add_messages(Tx& tx, desk::Plan const& plan, desk::Arrival const* arrival, desk::Time now,
                  desk::News& news) {
  for (desk::Message message : plan.messages) {
    if (arrival != nullptr && message.raw_hash == arrival->hash) message.raw_hash = raw_name(*arrival);
    news.messages.push_back(
        without_content(add_message(tx, plan.ticket, news.session, std::move(message), now)));
  }
}

}  // namespace

desk::News apply(Tx& tx, desk::Plan const& plan, desk::Arrival const* arrival, desk::Time now) {
  desk::News news;
  news.ticket = plan.ticket;
  news.opened = plan.open.has_value() || plan.split;
  news.duplicate = plan.duplicate;
  news.quarantined = plan.quarantine.has_value();
  if (!plan.messages.empty())
    news.rule = plan.messages.front().rule;
  else if (plan.open)
    news.rule = plan.open->rule;

  bool const touched = plan.open || !plan.messages.empty() || !plan.changes.empty();
  if (plan.open) {
    open_ticket(tx, *plan.open, arrival, now);
  } else if (touched) {
    touch(tx, plan.ticket, now);
    bool const adds = arrival != nullptr && arrival->mail() != nullptr && !plan.messages.empty();
    if (adds) remember_references(tx, plan.ticket, *arrival->mail());
  }
  news.changed = touched || !plan.trail.empty();
  if (plan.ticket != desk::TicketId{}) news.session = session_of(tx, plan.ticket);
  add_messages(tx, plan, arrival, now, news);
  for (auto const& change : plan.changes) {
    make_change(tx, plan.ticket, change, now);
    if (auto const* status = std::get_if<desk::SetStatus>(&change)) {
      news.over = desk::finished(status->status);
      news.under_way = !news.over;
    }
  }
  for (auto const& letter : plan.letters) queue_letter(tx, plan.ticket, letter, news.messages, now);
  news.letters = plan.letters.size();
  news.messages.insert(news.messages.begin(), plan.said.begin(), plan.said.end());
  for (auto const& trail : plan.trail) add_trail(tx, plan.ticket, trail, now);
  if (arrival != nullptr) file_arrival(tx, plan, *arrival, now);
  if (touched) queue_index_job(tx, plan.ticket);
  file_level(tx, plan.ticket, plan.level, touched);
  news.summary = summary_of(news);
  return news;
}

}  // namespace spoc::store
