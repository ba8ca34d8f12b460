// SPDX-License-Identifier: GPL-3.0-or-later
// Tickets, messages and all that belongs to them, field by field.
#include "daemon/as_json.hpp"

#include "desk/phrase.hpp"

namespace spoc::daemon {

namespace json = boost::json;

json::array texts(std::vector<std::string> const& all) {
  json::array out;
  for (std::string const& one : all) out.emplace_back(one);
  return out;
}

json::array in_english(std::vector<std::string> const& phrases) {
  json::array out;
  for (std::string const& one : phrases) out.emplace_back(desk::in_english(one));
  return out;
}

json::value maybe(std::optional<desk::Time> const& time) {
  return time ? json::value(desk::iso(*time)) : json::value(nullptr);
}

json::object as_json(desk::Ticket const& ticket) {
  json::object out{{"id", desk::number(ticket.id)},
                   {"subject", ticket.subject},
                   {"status", desk::name(ticket.status)},
                   {"priority", desk::name(ticket.priority)},
                   {"kind", desk::name(ticket.kind)},
                   {"impact", desk::name(ticket.impact)},
                   {"urgency", desk::name(ticket.urgency)},
                   {"category", ticket.category},
                   {"first_team", ticket.first_team},
                   {"channel", desk::name(ticket.channel)},
                   {"mailbox", ticket.mailbox},
                   {"team", ticket.team},
                   {"other_teams", texts(ticket.other_teams)},
                   {"assignee", ticket.assignee},
                   {"invited", texts(ticket.invited)},
                   {"requester", ticket.requester_address.address},
                   {"language", ticket.language},
                   {"tags", texts(ticket.tags)},
                   {"opened", desk::iso(ticket.opened)},
                   {"changed", desk::iso(ticket.changed)},
                   {"rule", ticket.rule}};
  json::array copies;
  for (desk::Address const& one : ticket.copies) copies.emplace_back(one.address);
  out["copies"] = std::move(copies);
  bool const somebodys = ticket.requester != desk::ContactId{};
  out["contact"] = somebodys ? json::value(desk::number(ticket.requester)) : json::value(nullptr);
  out["passed_on"] = maybe(ticket.passed_on);
  out["passed_on_after_seconds"] =
      ticket.passed_on
          ? json::value(std::chrono::floor<std::chrono::seconds>(*ticket.passed_on - ticket.opened).count())
          : json::value(nullptr);
  out["related"] = ticket.related ? json::value(desk::number(*ticket.related)) : json::value(nullptr);
  return out;
}

json::object as_json(desk::Ticket const& ticket, desk::LevelState const& level) {
  json::object out = as_json(ticket);
  out["standing"] = level.standing;
  out["due"] = maybe(level.due);
  return out;
}

json::object as_json(desk::Message const& message) {
  json::array attached;
  for (desk::Attachment const& one : message.attachments)
    attached.push_back(json::object{{"filename", one.filename},
                                    {"type", one.type},
                                    {"sha256", one.sha256},
                                    {"held", desk::in_english(one.held)}});
  return {{"id", desk::number(message.id)},
          {"kind", desk::name(message.kind)},
          {"state", desk::name(message.state)},
          {"channel", desk::name(message.channel)},
          {"author", message.author.address},
          {"name", message.author.name},
          {"agent", message.agent},
          {"at", desk::iso(message.at)},
          {"reply", message.reply},
          {"text", message.text},
          {"message_id", message.message_id},
          {"rule", message.rule},
          {"sequence", message.sequence},
          {"origin", desk::shown(message.checks)},
          {"origin_by", message.checks.by},
          {"origin_failed", message.checks.failed()},
          {"attachments", std::move(attached)}};
}

json::object as_json(desk::Letter const& letter) {
  // An agent's list is about no one ticket.
  bool const listed = letter.ticket == desk::TicketId{};
  return {{"id", desk::number(letter.id)},
          {"ticket", listed ? json::value(nullptr) : json::value(desk::number(letter.ticket))},
          {"kind", desk::name(letter.kind)},
          {"to", letter.to.address},
          {"state", desk::name(letter.state)},
          {"attempts", letter.attempts},
          {"outcome", letter.outcome},
          {"message_id", letter.message_id},
          {"made", desk::iso(letter.made)},
          {"due", desk::iso(letter.due)}};
}

json::object as_json(desk::Trail const& trail) {
  return {{"at", desk::iso(trail.at)}, {"who", trail.who}, {"what", trail.what}, {"detail", trail.detail}};
}

json::object as_json(desk::Due const& due) {
  auto const seconds = [](desk::Duration some) {
    return std::chrono::duration_cast<std::chrono::seconds>(some).count();
  };
  return {{"target", desk::name(due.target)},
          {"standing", desk::name(due.standing)},
          {"allowed_seconds", seconds(due.allowed)},
          {"used_seconds", seconds(due.used)},
          {"over", due.over},
          {"due", maybe(due.due)}};
}

json::object as_json(desk::Firing const& firing) {
  return {{"rule", firing.rule},
          {"fires", firing.why_not.empty()},
          {"why_not", firing.why_not},
          {"done", texts(firing.done)}};
}

json::object as_json(desk::Contact const& contact) {
  return {{"id", desk::number(contact.id)},
          {"name", contact.name},
          {"language", contact.language},
          {"addresses", texts(contact.addresses)},
          {"phones", texts(contact.phones)},
          {"organisation", contact.organisation},
          {"site", contact.site},
          {"vip", contact.vip},
          {"equipment", texts(contact.equipment)},
          {"notes", contact.notes},
          {"external_id", contact.external_id},
          {"gone", maybe(contact.gone)}};
}

}  // namespace spoc::daemon
