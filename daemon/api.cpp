// SPDX-License-Identifier: GPL-3.0-or-later
// Answers HTTP requests.
#include "daemon/api.hpp"

#include "daemon/health.hpp"
#include "daemon/solved_page.hpp"
#include "daemon/web_files.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

/// A Prometheus text line with its type, once a name.
class Exposition {
 public:
  void gauge(std::string const& name, std::string const& help, std::int64_t value,
             std::string const& labels = "") {
    if (name != last_) text_ += "# HELP " + name + " " + help + "\n# TYPE " + name + " gauge\n";
    last_ = name;
    text_ += name + labels + " " + std::to_string(value) + "\n";
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_, last_;
};

std::string label(std::string const& key, std::string const& value) {
  std::string escaped;
  for (char c : value) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c == '\n' ? ' ' : c;
  }
  return "{" + key + "=\"" + escaped + "\"}";
}

}  // namespace

Api::Api(Config const& config, store::Store& store, Board const& board, Switchboard const& switchboard,
         FrontDesk& desk, ChatFiles& files, ApiDoor& door)
    : config_{config},
      store_{store},
      board_{board},
      switchboard_{switchboard},
      desk_{desk},
      files_{files},
      door_{door},
      portal_{config, store, desk} {}

channels::HttpResponse Api::answer(channels::HttpRequest const& request) {
  if (request.path == ApiDoor::root || request.path.starts_with(std::string{ApiDoor::root} + "/"))
    return door_.answer(request);
  if (request.path.starts_with(ChatFiles::path)) return files_.answer(request);
  if (request.path.starts_with("/solved/")) return solved_page(desk_, request);
  if (Portal::is_here(request.path)) return packed_for(request, portal_.answer(request));
  if (request.method != "GET" && request.method != "HEAD")
    return {405, "text/plain; charset=utf-8", "Only GET is known here.\n", {{"Allow", "GET, HEAD"}}};
  if (request.path == "/") return web_file("index.html", request);
  if (request.path == "/healthz") return health();
  if (request.path == "/metrics") return metrics();
  return web_file(std::string_view{request.path}.substr(1), request);
}

channels::HttpResponse Api::health() {
  auto const health = examine(store_, config_, board_.now(), &board_);
  json::object object;
  json::array troubles;
  if (!health)
    troubles.emplace_back(health.error().what);
  else
    for (std::string const& trouble : health->troubles) troubles.emplace_back(trouble);
  bool const well = troubles.empty();
  object["well"] = well;
  object["troubles"] = std::move(troubles);
  return {
      well ? 200 : 503, "application/json", json::serialize(object) + "\n", {{"Cache-Control", "no-store"}}};
}

channels::HttpResponse Api::metrics() {
  auto const health = examine(store_, config_, board_.now(), &board_);
  if (!health) return {503, "text/plain; charset=utf-8", health.error().what + "\n", {}};
  Exposition out;
  out.gauge("spoc_up_seconds", "Seconds since the start.",
            std::chrono::duration_cast<std::chrono::seconds>(board_.now() - board_.started()).count());
  out.gauge("spoc_tickets", "Tickets in the store.", health->counts.tickets);
  out.gauge("spoc_tickets_unfinished", "Tickets that are new, open or waiting.", health->counts.unfinished);
  out.gauge("spoc_messages", "Messages in the store.", health->counts.messages);
  out.gauge("spoc_letters_queued", "Letters that wait to be sent.", health->counts.queued);
  out.gauge("spoc_letters_failed", "Letters that were refused or given up.", health->counts.failed);
  out.gauge("spoc_letter_oldest_seconds", "How long the oldest due letter has waited.",
            health->oldest_letter_seconds);
  for (auto const& [standing, count] : health->standings)
    out.gauge("spoc_service_level_tickets", "Tickets by how their service level stands.", count,
              label("standing", standing));
  out.gauge("spoc_webhook_calls_queued", "Webhook calls that wait to be made.", health->calls.queued);
  out.gauge("spoc_webhook_calls_given_up", "Webhook calls that were given up.", health->calls.given_up);
  out.gauge("spoc_quarantine", "Mails in quarantine.", health->counts.quarantined);
  out.gauge("spoc_agent_mails_refused", "Mails in an agent's name that were not acted on, since ever.",
            health->counts.refused_agents);
  out.gauge("spoc_self_solved", "Matters that an article solved, as requesters say, since ever.",
            health->counts.self_solved);
  out.gauge("spoc_alarms", "Alarms since the start: forged agents, used-up budgets, quarantine.",
            board_.alarms());
  out.gauge("spoc_chat_sockets", "Open chat sockets.", static_cast<std::int64_t>(switchboard_.sockets()));
  out.gauge("spoc_disk_free_percent", "Free space on the data folder's disk.", health->disk_free_percent);
  for (auto const& [part, pulse] : board_.parts())
    out.gauge("spoc_well", "1 where a part is well.", pulse.well ? 1 : 0, label("part", part));
  for (auto const& [part, pulse] : board_.parts())
    if (part.starts_with("mailbox "))
      out.gauge("spoc_mails_received", "Mails taken in since the start.", pulse.count,
                label("mailbox", part.substr(8)));
  return {200, "text/plain; version=0.0.4; charset=utf-8", out.take(), {{"Cache-Control", "no-store"}}};
}

}  // namespace spoc::daemon
