// SPDX-License-Identifier: GPL-3.0-or-later
// Ola's ticket 42 and agents' mails about it, for tests of what these make happen.
#pragma once

#include "desk/phrase.hpp"
#include "tests/desk/house.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace spoc::desk::tests {

class AgentRoom : public testing::Test {
 protected:
  AgentRoom() : known{known_in(desk)} {
    known.ticket = ticket_of_ola();
    known.author.address = {"Sam Example", "sam@example.org"};
    known.offered = {{"vpn", "VPN", "en", 0.9, true, false}, {"secret", "Secret", "en", 0.8, true, true}};
    known.articles = {{"vpn", "VPN", "en", false, {}, "Restart it.", ""},
                      {"secret", "Secret", "en", true, {}, "Root password", ""}};
  }
  Plan plan_for(std::string const& words, std::string const& author = "sam@example.org",
                std::string const& issued = "sam@example.org", Purpose purpose = Purpose::reply) {
    Mail mail = mail_from(author, "Re: [#42] Printer", words);
    mail.to = {
        {"", with_token("support@example.org", mint(TicketId{42}, Role::agent, purpose, issued, toy_sign))}};
    mail.attachments = attachments;
    known.author.address.address = author;
    return plan_agent_mail(arrival_of(mail), known);
  }
  static bool reaches_requester(Plan const& plan) {
    return std::any_of(plan.letters.begin(), plan.letters.end(), [](Letter const& one) {
      return one.agent.empty() && one.state == LetterState::queued;
    });
  }
  static std::string receipt(Plan const& plan) {
    std::string out;
    for (Letter const& letter : plan.letters)
      if (letter.kind == LetterKind::receipt || letter.kind == LetterKind::refusal)
        for (std::string const& line : letter.lines) out += in_english(line) + "\n";
    return out;
  }
  House desk = house();
  Known known;
  std::vector<Attachment> attachments;
};

}  // namespace spoc::desk::tests
