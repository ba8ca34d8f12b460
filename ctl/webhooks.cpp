// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl webhooks: the calls that wait, and what became of them.
#include "ctl/line.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/webhook_news.hpp"
#include "store/webhook_calls.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <iostream>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

json::object shown(store::QueuedCall const& call) {
  bool const about = call.ticket != desk::TicketId{};
  return {{"id", call.id},
          {"webhook", call.webhook},
          {"event", call.event},
          {"ticket", about ? json::value(desk::number(call.ticket)) : json::value(nullptr)},
          {"state", call.state},
          {"attempts", call.attempts},
          {"made", desk::iso(call.made)},
          {"due", desk::iso(call.due)},
          {"outcome", call.outcome}};
}

void print_line(store::QueuedCall const& call) {
  std::string const ticket =
      call.ticket == desk::TicketId{} ? "-" : "#" + std::to_string(desk::number(call.ticket));
  std::cout << call.id << "  " << call.webhook << "  " << call.event << "  " << ticket << "  " << call.state
            << "  " << call.attempts << " attempts  due " << desk::iso(call.due) << "  " << call.outcome
            << "\n";
}

}  // namespace

int webhooks_list(Common const& common, std::string const& state) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  if (!state.empty() && state != "queued" && state != "sent" && state != "given_up")
    return fail({Kind::unreadable, "\"" + state + "\" is no state: queued, sent or given_up"});
  constexpr std::size_t most = 10'000;
  std::vector<store::QueuedCall> calls;
  auto const read = (*place)->store.read("list webhook calls",
                                         [&](store::Tx& tx) { calls = store::list_calls(tx, state, most); });
  if (!read) return fail(read.error());
  for (store::QueuedCall const& one : calls) {
    if (common.json)
      print(shown(one));
    else
      print_line(one);
  }
  return 0;
}

int webhooks_retry(Common const& common, std::optional<std::int64_t> id) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::int64_t count = 0;
  auto const written = (*place)->store.write(
      "retry webhook calls", [&](store::Tx& tx) { count = store::retry_calls(tx, id, present_moment()); });
  if (!written) return fail(written.error());
  if (id && count == 0)
    return fail({Kind::missing, "no call " + std::to_string(*id) +
                                    " was given up or waits after a failure: spocctl webhooks list"});
  wake_daemon((*place)->config);
  if (common.json)
    print({{"queued", count}});
  else
    std::cout << count << " calls are in the queue again\n";
  return 0;
}

int webhooks_test(Common const& common, std::string const& name) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  desk::Webhook const* webhook = (*place)->config.house.webhook(name);
  if (webhook == nullptr) return fail({Kind::missing, "no [[webhook]] is called \"" + name + "\""});
  auto const written = (*place)->store.write(
      "test webhook", [&](store::Tx& tx) { daemon::queue_test_call(tx, *webhook, present_moment()); });
  if (!written) return fail(written.error());
  wake_daemon((*place)->config);
  if (common.json)
    print({{"webhook", name}, {"queued", 1}});
  else
    std::cout << "a test call is in the queue; spocctl webhooks list shows what becomes of it\n";
  return 0;
}

}  // namespace spoc::ctl
