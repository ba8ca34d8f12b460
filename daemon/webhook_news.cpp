// SPDX-License-Identifier: GPL-3.0-or-later
// The bodies of webhook calls: type, timestamp and data, as the Standard Webhooks convention has them, and
// their place in the order.
#include "daemon/webhook_news.hpp"

#include "daemon/as_json.hpp"
#include "desk/excerpt.hpp"
#include "store/tickets.hpp"
#include "store/webhook_calls.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

/// A mail may have megabytes: a call carries the beginning of what was written now, the API has all of it.
json::object shortened(desk::Message const& message) {
  constexpr std::size_t most = 32 * 1024;
  json::object out = as_json(message);
  out.erase("text");
  std::string_view const kept = desk::beginning_of(message.reply, most);
  out["reply"] = kept;
  out["shortened"] = kept.size() < message.reply.size();
  return out;
}

json::object about(store::Tx& tx, desk::TicketId id) {
  json::object data;
  if (auto const ticket = store::find_ticket(tx, id)) data["ticket"] = as_json(*ticket);
  return data;
}

json::object data_of(store::Tx& tx, desk::Plan const& plan, desk::News const& news) {
  json::object data = about(tx, news.ticket);
  json::array messages;
  for (desk::Message const& one : news.messages)
    if (one.state != desk::MessageState::waiting) messages.push_back(shortened(one));
  data["messages"] = std::move(messages);
  for (desk::Change const& one : plan.changes)
    if (auto const* merge = std::get_if<desk::MergeInto>(&one)) data["into"] = desk::number(merge->target);
  return data;
}

void queue(store::Tx& tx, std::string const& webhook, std::string const& event, desk::TicketId ticket,
           json::object data, desk::Time now) {
  store::QueuedCall call;
  call.id = store::next_call(tx);
  json::object const body{
      {"type", event}, {"timestamp", desk::iso(now)}, {"sequence", call.id}, {"data", std::move(data)}};
  call.webhook = webhook;
  call.event = event;
  call.ticket = ticket;
  call.body = json::serialize(body);
  call.made = now;
  store::queue_call(tx, call);
}

/// One call for each webhook that hears of it by itself; how many.
std::size_t queue_event(store::Tx& tx, desk::House const& house, std::string const& event,
                        desk::TicketId ticket, json::object const& data, desk::Time now) {
  std::size_t count = 0;
  for (desk::Webhook const& webhook : house.webhooks) {
    if (std::find(webhook.events.begin(), webhook.events.end(), event) == webhook.events.end()) continue;
    queue(tx, webhook.name, event, ticket, data, now);
    ++count;
  }
  return count;
}

}  // namespace

std::size_t queue_calls(store::Tx& tx, desk::Plan const& plan, desk::News const& news,
                        desk::House const& house, desk::Time now) {
  if (house.webhooks.empty() || plan.duplicate || plan.ticket == desk::TicketId{}) return 0;
  std::vector<std::string> const events = desk::events_of(plan);
  if (events.empty() && plan.calls.empty()) return 0;
  json::object const data = data_of(tx, plan, news);
  std::size_t count = 0;
  for (std::string const& event : events) count += queue_event(tx, house, event, news.ticket, data, now);
  for (desk::WebhookCall const& call : plan.calls) {
    json::object with_rule = data;
    with_rule["rule"] = call.rule;
    queue(tx, call.webhook, "rule.fired", news.ticket, std::move(with_rule), now);
    ++count;
  }
  return count;
}

std::size_t queue_alarm(store::Tx& tx, std::string const& words, std::string const& about,
                        desk::House const& house, desk::Time now) {
  desk::House others;
  for (desk::Webhook const& one : house.webhooks)
    if (one.name != about) others.webhooks.push_back(one);
  return queue_event(tx, others, "alarm", desk::TicketId{}, json::object{{"words", words}}, now);
}

void queue_test_call(store::Tx& tx, desk::Webhook const& webhook, desk::Time now) {
  queue(tx, webhook.name, "test", desk::TicketId{}, {}, now);
}

}  // namespace spoc::daemon
