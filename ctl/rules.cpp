// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl rules test: which rules would fire, what they would do, and why the others would not.
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/as_json.hpp"
#include "parser/digest.hpp"
#include "parser/mail.hpp"

#include <iostream>

namespace spoc::ctl {
namespace {

Result<std::vector<desk::Firing>> tried(Place& place, RulesTest const& order) {
  if (order.file.empty()) return place.desk->try_rules(desk::TicketId{order.ticket});
  auto raw = read_input(order.file);
  if (!raw) return raw.error();
  desk::House const& house = place.config.house;
  std::string const mailbox = order.mailbox.empty() ? house.mailboxes.front().name : order.mailbox;
  if (house.mailbox(mailbox) == nullptr)
    return Error{Kind::missing,
                 "there is no mailbox \"" + mailbox + "\"; --mailbox takes a [[mailbox]] name"};
  desk::Arrival arrival;
  arrival.raw = std::move(*raw);
  arrival.hash = parser::sha256(arrival.raw);
  arrival.place.mailbox = mailbox;
  arrival.received = present_moment();
  arrival.what = parser::read_mail(arrival.raw);
  return place.desk->try_rules(std::move(arrival));
}

std::string joined(std::vector<std::string> const& all) {
  std::string out;
  for (std::string const& one : all) out += (out.empty() ? "" : ", ") + one;
  return out.empty() ? "nothing to change" : out;
}

}  // namespace

int rules_test(Common const& common, RulesTest const& order) {
  if ((order.ticket > 0) == !order.file.empty())
    return fail({Kind::unreadable, "say either --ticket NUMBER or --mail FILE"});
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const firings = tried(**place, order);
  if (!firings) return fail(firings.error());
  for (desk::Firing const& one : *firings) {
    bool const fires = one.why_not.empty();
    if (common.json)
      print(daemon::as_json(one));
    else
      std::cout << (fires ? "fires  " : "no     ") << one.rule << ": "
                << (fires ? joined(one.done) : one.why_not + " does not hold") << "\n";
  }
  if (firings->empty() && !common.json)
    std::cout << ((*place)->config.house.rules.empty() ? "no [[rule]] is configured\n"
                                                       : "rules do not look at this\n");
  return 0;
}

}  // namespace spoc::ctl
