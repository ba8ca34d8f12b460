// SPDX-License-Identifier: GPL-3.0-or-later
// Making webhook calls, again after failures, until they are taken or given up.
#include "daemon/herald.hpp"

#include "daemon/log.hpp"
#include "desk/base64.hpp"
#include "desk/people.hpp"
#include "parser/digest.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace spoc::daemon {
namespace {

constexpr desk::Duration longest_rest = std::chrono::seconds{30};
constexpr desk::Duration kept_for = std::chrono::days{30};
constexpr int gone = 410;

std::string id_of(store::QueuedCall const& call) {
  return "msg_" + std::to_string(desk::to_number(call.made)) + "_" + std::to_string(call.id);
}

desk::Duration asked_wait(channels::WebAnswer const& answer) {
  auto const field = answer.headers.find("retry-after");
  if (field == answer.headers.end()) return {};
  int seconds = 0;
  std::from_chars(field->second.data(), field->second.data() + field->second.size(), seconds);
  return std::chrono::seconds{std::clamp(seconds, 0, 3600)};
}

std::string one_line(std::string text) {
  constexpr std::size_t most = 200;
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, ' ');
  return text.substr(0, most);
}

std::string named(store::QueuedCall const& call) {
  std::string out = "call " + std::to_string(call.id) + " (" + call.event;
  if (call.ticket != desk::TicketId{}) out += " of ticket " + std::to_string(desk::number(call.ticket));
  return out + ")";
}

}  // namespace

std::string webhook_signature(std::string const& secret, std::string const& id, std::int64_t timestamp,
                              std::string const& body) {
  return "v1," + desk::base64(parser::hmac_sha256(secret, id + "." + std::to_string(timestamp) + "." + body));
}

desk::Duration next_attempt(int failed) {
  using namespace std::chrono_literals;
  static constexpr std::array<desk::Duration, 6> waits{5s, 30s, 2min, 10min, 30min, 1h};
  auto const nth = static_cast<std::size_t>(std::max(failed, 1)) - 1;
  return waits.at(std::min(nth, waits.size() - 1));
}

CallOutcome outcome_of(desk::Webhook const& webhook, store::QueuedCall const& call,
                       Result<channels::WebAnswer> const& answer, desk::Time now) {
  int const status = answer ? answer->status : 0;
  std::string words = answer ? std::to_string(status) : one_line(answer.error().what);
  if (answer && !answer->body.empty()) words += " " + one_line(answer->body);
  if (status >= 200 && status < 300) return {"sent", words, now};
  if (status == gone || now - call.begun >= webhook.give_up) return {"given_up", words, now};
  auto const wait =
      std::max(next_attempt(call.attempts + 1), answer ? asked_wait(*answer) : desk::Duration{});
  // The last attempt is made when the time is over, not after it.
  return {"queued", words, std::min(now + wait, call.begun + webhook.give_up)};
}

Herald::Herald(desk::Webhook const& webhook, Line& line, store::Store& store, Board& board)
    : webhook_{webhook}, line_{line}, store_{store}, board_{board} {}

void Herald::stop() {
  stopping_ = true;
  stop_.ring();
  wake_.ring();
}

void Herald::run() {
  while (!stopping_) {
    auto const next = round();
    if (!next) Entry{Severity::error, "webhook calls not made"}.with("why", next.error().what).write();
    line_.post([this, words = trouble_] { board_.note("webhook " + webhook_.name, words.empty(), words); });
    desk::Duration patience = longest_rest;
    if (next && *next)
      patience =
          std::clamp<desk::Duration>(**next - board_.now(), std::chrono::milliseconds{10}, longest_rest);
    wake_.wait(patience);
    if (!stopping_) wake_.clear();
  }
}

Result<std::optional<store::QueuedCall>> Herald::first() {
  return line_.ask([this]() -> Result<std::optional<store::QueuedCall>> {
    std::optional<store::QueuedCall> call;
    auto const read =
        store_.read("next call", [&](store::Tx& tx) { call = store::first_call(tx, webhook_.name); });
    if (!read) return read.error();
    return call;
  });
}

Result<std::optional<desk::Time>> Herald::round() {
  while (!stopping_) {
    auto const call = first();
    if (!call) return call.error();
    if (!*call) return std::optional<desk::Time>{};
    if ((*call)->due > board_.now()) return std::optional{(*call)->due};
    auto const answer = channels::call_web(call_for(**call), &stop_);
    // What was broken off by our own end is made again after the next start.
    if (stopping_) break;
    if (auto const kept = record(**call, outcome_of(webhook_, **call, answer, board_.now())); !kept)
      return kept.error();
  }
  return std::optional<desk::Time>{};
}

Result<> Herald::record(store::QueuedCall const& call, CallOutcome const& outcome) {
  bool const well = outcome.state == "sent", over = outcome.state == "given_up";
  trouble_ = well ? "" : outcome.words;
  if (over)
    trouble_ = named(call) + " was given up: " + outcome.words + "; spocctl webhooks retry " +
               std::to_string(call.id);
  auto const kept = line_.ask([&] {
    auto const done = store_.write("record call", [&](store::Tx& tx) {
      store::record_call(tx, call.id, outcome.state, outcome.words, outcome.again);
      store::forget_calls(tx, board_.now() - kept_for);
    });
    if (done && over) board_.alarm("webhook " + webhook_.name + ": " + trouble_, webhook_.name);
    return done;
  });
  Entry{well ? Severity::info : Severity::warning, "webhook"}
      .with("webhook", webhook_.name)
      .with("call", call.id)
      .with("event", call.event)
      .with("state", outcome.state)
      .with("words", outcome.words)
      .write();
  return kept;
}

channels::WebCall Herald::call_for(store::QueuedCall const& call) const {
  auto const timestamp =
      std::chrono::duration_cast<std::chrono::seconds>(board_.now().time_since_epoch()).count();
  std::string const id = id_of(call);
  channels::WebCall out;
  out.url = webhook_.url;
  out.inside = webhook_.allow_private;
  out.ca_file = webhook_.ca_file;
  out.body = call.body;
  out.headers = {{"Content-Type", "application/json"},
                 {"User-Agent", "spoc"},
                 {"webhook-id", id},
                 {"webhook-timestamp", std::to_string(timestamp)},
                 {"webhook-signature", webhook_signature(webhook_.secret, id, timestamp, call.body)}};
  return out;
}

Result<> give_up_calls_but_of(store::Store& store, desk::House const& house) {
  std::vector<std::string> names;
  for (desk::Webhook const& one : house.webhooks) names.push_back(one.name);
  return store.write("give up calls", [&](store::Tx& tx) { store::give_up_calls_but_of(tx, names); });
}

}  // namespace spoc::daemon
