// SPDX-License-Identifier: GPL-3.0-or-later
// Makes arrivals of orders, and carries them out.
#include "daemon/orders.hpp"

#include "daemon/front_desk.hpp"
#include "daemon/key.hpp"
#include "desk/characters.hpp"
#include "desk/commands.hpp"
#include "parser/digest.hpp"
#include "parser/language.hpp"
#include "store/apply.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

/// The raw mail is kept as each mail is; header and words only, since it never travelled.
desk::Arrival as_arrival(desk::Mail mail, desk::Mailbox const& box, desk::Time now) {
  desk::Arrival arrival;
  arrival.received = now;
  mail.date = now;
  mail.to.push_back(box.address);
  arrival.raw = "From: <" + mail.from.front().address + ">\r\nTo: <" + mail.to.front().address +
                ">\r\nSubject: " + mail.subject + "\r\nMessage-ID: <" + mail.message_id +
                ">\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + mail.text;
  arrival.hash = parser::sha256(arrival.raw);
  arrival.place = {box.name, 0, 0, mail.message_id};
  arrival.what = std::move(mail);
  return arrival;
}

std::string new_message_id(desk::House const& house) {
  return "order." + random_word().substr(0, 32) + "@" + house.domain;
}

bool is_command(std::string const& line) { return line.starts_with("/") || line.starts_with("\xEF\xBC\x8F"); }

}  // namespace

std::string fault_of(AgentWords const& said) {
  for (std::string const& one : said.commands)
    if (!is_command(one) || one.find_first_of("\r\n") != std::string::npos)
      return "\"" + one + "\" is no command: one line that begins with /";
  if (desk::part_commands(said.words).commands.empty()) return "";
  return "/text can't begin with /, which would be read as a command: commands have a field of their own, "
         "/commands; or begin with another line";
}

desk::Arrival agent_mail(desk::House const& house, desk::Mailbox const& box, desk::Agent const& agent,
                         std::vector<desk::Address> to, std::string subject, AgentWords const& said,
                         desk::Time now) {
  std::string const own = agent.addresses.front();
  desk::Mail mail;
  mail.from = {{agent.name, own}};
  mail.to = std::move(to);
  mail.subject = std::move(subject);
  for (std::string const& one : said.commands) mail.text += one + "\n";
  mail.text += said.words;
  mail.reply = mail.text;
  mail.attachments = said.files;
  mail.message_id = new_message_id(house);
  for (std::string const& id : house.authserv_ids)
    mail.authentication_results.push_back(id +
                                          "; dmarc=pass header.from=" + std::string{desk::domain_of(own)});
  mail.signatures.push_back({"pass", std::string{desk::domain_of(own)}});
  return as_arrival(std::move(mail), box, now);
}

desk::Arrival agent_order(desk::House const& house, desk::Sign const& sign, desk::Ticket const& ticket,
                          desk::Agent const& agent, AgentWords const& said, desk::Time now) {
  desk::Mailbox const* box = house.mailbox(ticket.mailbox);
  if (box == nullptr) box = &house.mailboxes.front();
  std::string const token =
      desk::mint(ticket.id, desk::Role::agent, desk::Purpose::reply, agent.addresses.front(), sign);
  return agent_mail(house, *box, agent, {{"", desk::with_token(box->address.address, token)}}, ticket.subject,
                    said, now);
}

desk::Arrival requester_order(desk::House const& house, NewMatter const& matter, desk::Time now) {
  desk::Mailbox const* box = house.mailbox(matter.mailbox);
  if (box == nullptr) box = &house.mailboxes.front();
  desk::Mail mail;
  mail.from = {matter.requester};
  mail.subject = matter.subject;
  std::replace_if(
      mail.subject.begin(), mail.subject.end(), [](char c) { return c == '\r' || c == '\n'; }, ' ');
  mail.text = mail.reply = matter.text;
  mail.attachments = matter.files;
  mail.message_id = new_message_id(house);
  mail.language = matter.language.empty() ? parser::language_of(matter.text) : matter.language;
  desk::Arrival arrival = as_arrival(std::move(mail), *box, now);
  arrival.alone = true;
  return arrival;
}

// ---- carrying out ----------------------------------------------------------------------------------

desk::Plan FrontDesk::told_here(desk::Plan plan, desk::AgentClaim const& claim) {
  if (order_ == nullptr || claim.agent == nullptr) return plan;
  std::erase_if(plan.letters, [&](desk::Letter const& one) {
    bool const refusal = one.kind == desk::LetterKind::refusal;
    if (one.agent != claim.agent->handle || (!refusal && one.kind != desk::LetterKind::receipt)) return false;
    carried_.refused = carried_.refused || refusal;
    carried_.lines = one.lines;
    return true;
  });
  // Nothing of it is kept, so that it may be asked again when it is mended.
  if (carried_.refused) throw store::Fault{{Kind::conflict, "refused"}};
  return plan;
}

Result<Carried> FrontDesk::carry_out(Order const& order,
                                     std::function<void(store::Tx&, Carried const&)> const& after) {
  carried_ = {};
  std::size_t const beside = beside_.size();
  desk::Arrival const arrival = looked_up(order.arrival);
  order_ = &order;
  auto const done = store_.write("order", [&](store::Tx& tx) {
    if (order.before) order.before(tx);
    carried_.news = admit(tx, arrival);
    desk::Plan said;
    said.ticket = carried_.news.ticket;
    said.trail.push_back({said.ticket, now(), order.by, "api", order.detail});
    store::apply(tx, said, nullptr, now());
    if (after) after(tx, carried_);
  });
  order_ = nullptr;
  sound_alarms(done.has_value());
  if (!done) beside_.resize(beside);
  if (carried_.refused) return std::move(carried_);
  if (!done) return done.error();
  if (around_.bell) around_.bell(carried_.news);
  ring(std::exchange(beside_, {}));
  return std::move(carried_);
}

}  // namespace spoc::daemon
