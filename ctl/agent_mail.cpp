// SPDX-License-Identifier: GPL-3.0-or-later
// Mails in agents' names.
#include "ctl/agent_mail.hpp"

#include "parser/digest.hpp"

#include <unistd.h>

namespace spoc::ctl {

Result<desk::Agent const*> agent_called(Place const& place, std::string const& handle) {
  desk::Agent const* agent = place.config.house.agent(desk::normal(handle));
  if (agent == nullptr)
    return Error{Kind::missing,
                 "there is no agent \"" + handle + "\"; --as takes the handle of an [[agent]]"};
  return agent;
}

desk::Arrival agent_mail(Place const& place, desk::Agent const& agent, desk::Mailbox const& box,
                         std::string const& to, std::string const& words) {
  desk::House const& house = place.config.house;
  std::string const own = agent.addresses.front();
  desk::Arrival arrival;
  arrival.received = present_moment();
  desk::Mail mail;
  mail.from = {{agent.name, own}};
  mail.to = {{"", to}};
  mail.subject = "spocctl";
  mail.text = mail.reply = words;
  mail.message_id = "spocctl." + std::to_string(desk::to_number(arrival.received)) + "." +
                    std::to_string(::getpid()) + "@" + house.domain;
  // Whoever may run this holds the desk's key: it vouches as the desk's own mail server would.
  for (std::string const& id : house.authserv_ids)
    mail.authentication_results.push_back(id + "; dmarc=pass header.from=" + own.substr(own.rfind('@') + 1));
  arrival.raw = "From: <" + own + ">\r\nSubject: spocctl\r\nMessage-ID: <" + mail.message_id +
                ">\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + words;
  arrival.hash = parser::sha256(arrival.raw);
  arrival.place = {box.name, 0, 0, mail.message_id};
  arrival.what = std::move(mail);
  return arrival;
}

}  // namespace spoc::ctl
