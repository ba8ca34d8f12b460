// SPDX-License-Identifier: GPL-3.0-or-later
// The audit trail as it grows: page by page, or as an event stream that goes on where it was left.
#include "daemon/api_nouns.hpp"
#include "daemon/as_json.hpp"
#include "store/api_tokens.hpp"
#include "store/tickets.hpp"

#include <boost/json/serialize.hpp>

#include <charconv>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

json::object shown(store::Numbered const& one) {
  json::object out = as_json(one.trail);
  out["id"] = one.id;
  out["ticket"] = one.trail.ticket == desk::TicketId{} ? json::value(nullptr)
                                                       : json::value(desk::number(one.trail.ticket));
  return out;
}

/// The HTML standard, 9.2.6: the id comes back as Last-Event-ID.
std::string as_event(store::Numbered const& one) {
  return "id: " + std::to_string(one.id) + "\nevent: trail\ndata: " + as_text(shown(one)) + "\n\n";
}

/// Without an id: whoever comes again goes on behind the trail's last one.
std::string as_event(TypingSign const& one) {
  json::object const shown{
      {"ticket", desk::number(one.ticket)}, {"name", one.name}, {"at", desk::iso(one.at)}};
  return "event: typing\ndata: " + json::serialize(shown) + "\n\n";
}

/// What is new since the last piece. It ends with the token that opened it.
channels::Feed feed_from(ApiCall const& call, std::int64_t last) {
  return [&store = call.rooms.store, &typing = call.rooms.typing, hash = call.caller.hash, last,
          heard = call.rooms.typing.last()]() mutable -> std::optional<std::string> {
    constexpr std::size_t at_a_time = 100;
    std::string words;
    bool holds = true;
    auto const read = store.read("events", [&](store::Tx& tx) {
      holds = hash.empty() || store::find_api_token(tx, hash).has_value();
      for (store::Numbered const& one : store::trail_after(tx, last, at_a_time)) {
        words += as_event(one);
        last = one.id;
      }
    });
    if (!read || !holds) return std::nullopt;
    for (TypingSign const& one : typing.after(heard)) {
      words += as_event(one);
      heard = one.number;
    }
    return words;
  };
}

}  // namespace

HttpResponse list_events(ApiCall& call) {
  std::string const seen =
      call.header("last-event-id").empty() ? call.query("after") : call.header("last-event-id");
  std::int64_t after = 0;
  auto const end = seen.data() + seen.size();
  if (!seen.empty() && (std::from_chars(seen.data(), end, after).ptr != end || after < 0))
    return problem(400, "\"" + seen + "\" is no id of an event");
  bool const stream = call.header("accept").find("text/event-stream") != std::string::npos;
  auto const limit = static_cast<std::size_t>(call.query_number("limit", 50));
  std::vector<store::Numbered> events;
  auto const read = call.rooms.store.read("events", [&](store::Tx& tx) {
    if (stream && seen.empty()) after = store::last_trail(tx);
    if (!stream) events = store::trail_after(tx, after, limit);
  });
  if (!read) return problem(read.error());
  if (stream) {
    HttpResponse response{
        200, "text/event-stream", ": from " + std::to_string(after) + "\nretry: 2000\n\n", {}};
    response.feed = feed_from(call, after);
    return response;
  }
  json::array all;
  for (store::Numbered const& one : events) all.push_back(shown(one));
  // There is always a next page: what happens later stands on it.
  std::string const next = std::to_string(events.empty() ? after : events.back().id);
  return page(call, "events", std::move(all), "after", next);
}

}  // namespace spoc::daemon
