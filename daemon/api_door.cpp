// SPDX-License-Identifier: GPL-3.0-or-later
// Checks a request along the table of operations and hands it to its function.
#include "daemon/api_door.hpp"

#include "daemon/api_nouns.hpp"
#include "daemon/api_parameters.hpp"
#include "daemon/api_schema.hpp"
#include "daemon/log.hpp"
#include "desk/nearest.hpp"
#include "parser/digest.hpp"
#include "store/api_answers.hpp"
#include "store/api_tokens.hpp"
#include "store/apply.hpp"
#include "store/tickets.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <memory>
#include <utility>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

constexpr std::size_t largest_body = 512 * 1024;
/// Tokens that nobody has are tried at this rate, from one address.
constexpr double guesses_per_second = 0.5, guesses_at_once = 10;

/// What stands in the places; nothing where the path is another.
std::optional<std::vector<std::string>> places_in(std::string_view pattern, std::string_view path) {
  auto const wanted = parts_of(pattern, '/');
  auto given = parts_of(path, '/');
  // A mail address may have a "/" in it, and in front of it: in the last place it takes all that is left.
  if (wanted.size() > 1 && wanted.back() == "{address}" && given.size() >= wanted.size()) {
    std::string_view const before = given[wanted.size() - 2];
    given.resize(wanted.size());
    given.back() = path.substr(static_cast<std::size_t>(before.data() - path.data()) + before.size() + 1);
  }
  if (wanted.size() != given.size()) return std::nullopt;
  std::vector<std::string> out;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    if (wanted[i].starts_with('{'))
      out.emplace_back(given[i]);
    else if (wanted[i] != given[i])
      return std::nullopt;
  }
  return out;
}

/// A path that says more itself ("/articles/suggest") goes before one that has places.
Route const* route_for(std::string const& method, std::string_view path, std::string& allowed) {
  Route const* best = nullptr;
  for (Route const& route : api_routes()) {
    if (!places_in(route.path, path)) continue;
    if (allowed.find(route.method) == std::string::npos)
      allowed += (allowed.empty() ? "" : ", ") + std::string{route.method};
    if (route.method == method && (best == nullptr || best->path.find('{') != std::string_view::npos))
      best = &route;
  }
  return best;
}

HttpResponse unauthorized(std::string const& detail, std::string const& challenge) {
  auto response = problem(401, detail);
  response.headers.emplace_back("WWW-Authenticate", challenge);
  return response;
}

std::string bearer(channels::HttpRequest const& request) {
  std::string const field = request.header("authorization");
  // RFC 9110 11.1: the scheme's case says nothing.
  if (field.size() < 7 || desk::normal(field.substr(0, 7)) != "bearer") return "";
  return field.substr(7);
}

std::vector<std::string> query_faults(ApiCall const& call) {
  std::vector<std::string> faults;
  auto const known = parts_of(call.route.parameters);
  for (auto const& [key, value] : call.request.query) {
    if (std::find(known.begin(), known.end(), key) != known.end()) {
      if (std::string fault = fault_of(*api_parameter(key), value); !fault.empty())
        faults.push_back(std::move(fault));
      continue;
    }
    auto const near = desk::nearest(key, known);
    faults.push_back("there is no parameter \"" + key + "\" here" +
                     (near ? "; did you mean \"" + std::string{*near} + "\"?" : ""));
  }
  return faults;
}

/// Reads the body into the call; what is wrong with it.
std::optional<HttpResponse> read_body(ApiCall& call) {
  if (call.route.body.empty()) return std::nullopt;
  std::string const type = call.header("content-type");
  bool const merges = call.request.method == "PATCH" && type.starts_with("application/merge-patch+json");
  if (!type.starts_with("application/json") && !merges) {
    auto response = problem(415, "the body must be application/json");
    response.headers.emplace_back("Accept", "application/json");
    return response;
  }
  boost::system::error_code fault;
  json::value value = json::parse(call.request.body, fault);
  if (fault) return problem(400, "the body is not JSON: " + fault.message());
  auto const faults = faults_of(value, call.route.body);
  if (!faults.empty()) return problem(422, "the body is not as it should be", faults);
  call.body = std::move(value.as_object());
  return std::nullopt;
}

bool is_printable(std::string const& key) {
  return key.size() <= 255 &&
         std::all_of(key.begin(), key.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
}

void add_tag(ApiCall const& call, HttpResponse& response) {
  if (call.request.method != "GET" || response.status != 200 || response.feed) return;
  auto tag = std::find_if(response.headers.begin(), response.headers.end(),
                          [](auto const& one) { return one.first == "ETag"; });
  if (tag == response.headers.end()) {
    response.headers.emplace_back("ETag", "\"" + parser::sha256(response.body).substr(0, 32) + "\"");
    tag = std::prev(response.headers.end());
  }
  std::string const known = call.header("if-none-match");
  if (known.empty() || !names_tag(known, tag->second)) return;
  response = {304, "", "", {{"ETag", tag->second}, {"Cache-Control", "no-store"}}};
}

HttpResponse tagged(ApiCall const& call, HttpResponse response) {
  add_tag(call, response);
  return response;
}

HttpResponse come_again(std::string const& why) { return problem({Kind::busy, why + "; come again"}); }

}  // namespace

ApiDoor::ApiDoor(ApiRooms rooms) : rooms_{std::make_unique<ApiRooms>(std::move(rooms))} {}
ApiDoor::~ApiDoor() = default;

void ApiDoor::note_typing(desk::TicketId ticket, std::string const& name) {
  rooms_->typing.add(ticket, name, rooms_->desk.now());
}

std::optional<HttpResponse> ApiDoor::too_often(std::string const& who, double per_second, double burst) {
  constexpr std::size_t most_known = 10'000;
  auto const now = channels::Bucket::Moment::clock::now();
  if (buckets_.size() > most_known) buckets_.clear();
  if (buckets_.try_emplace(who, per_second, burst, now).first->second.take(now)) return std::nullopt;
  auto response = problem(429, "too many requests; wait a little");
  response.headers.emplace_back("Retry-After", per_second < 1 ? "2" : "1");
  return response;
}

std::optional<HttpResponse> ApiDoor::recognise(channels::HttpRequest const& request, ApiCaller& caller) {
  std::string const token = bearer(request);
  if (request.local && token.empty()) {
    caller = {"operator", "", "", Scope::admin, ""};
    return std::nullopt;
  }
  if (token.empty())
    return unauthorized("say who you are: Authorization: Bearer TOKEN (spocctl token add)", "Bearer");
  std::string const hash = parser::sha256(token);
  std::optional<store::ApiToken> found;
  auto const read =
      rooms_->store.read("api token", [&](store::Tx& tx) { found = store::find_api_token(tx, hash); });
  if (!read) return problem(read.error());
  if (!found) {
    if (auto no = too_often("guess " + request.peer, guesses_per_second, guesses_at_once)) return no;
    return unauthorized("this token does not hold: it is unknown, or was revoked",
                        "Bearer error=\"invalid_token\"");
  }
  caller = {"token:" + found->name, found->name, hash, scope_named(found->scope).value_or(Scope::none),
            found->agent};
  if (auto no = too_often(caller.name, rooms_->config.api.per_second, 5 * rooms_->config.api.per_second))
    return no;
  desk::Time const now = rooms_->desk.now();
  if (found->used && now - *found->used < std::chrono::hours{1}) return std::nullopt;
  auto const noted = rooms_->store.write(
      "api token used", [&](store::Tx& tx) { store::note_api_token_use(tx, found->name, now); });
  return noted ? std::nullopt : std::optional{problem(noted.error())};
}

std::optional<HttpResponse> ApiDoor::told_before(ApiCall const& call) {
  std::string const key = call.header("idempotency-key");
  bool const asks = call.request.method == "GET" || call.request.method == "HEAD";
  if (asks || key.empty()) return std::nullopt;
  if (!is_printable(key)) return problem(400, "Idempotency-Key takes up to 255 printable characters");
  std::optional<store::ApiAnswer> kept;
  auto const read = rooms_->store.read("kept answer", [&](store::Tx& tx) {
    kept = store::find_api_answer(tx, call.caller.name, key, rooms_->desk.now() - std::chrono::hours{24});
  });
  if (!read) return problem(read.error());
  if (!kept) return std::nullopt;
  if (kept->request != call.fingerprint())
    return problem(422, "this Idempotency-Key was used for another request; take a new one for each");
  HttpResponse response{kept->status, kept->type, kept->body, kept->headers};
  response.headers.emplace_back("Idempotency-Replayed", "true");
  return response;
}

HttpResponse ApiDoor::carried_out(ApiCall& call) {
  if (auto told = told_before(call)) return std::move(*told);
  return call.route.run(call);
}

HttpResponse ApiDoor::admitted(ApiCall& call) {
  if (!holds(call.caller.scope, call.route.scope)) {
    auto response = problem(403, call.caller.name + " has scope " + std::string{name(call.caller.scope)} +
                                     ", and this needs " + std::string{name(call.route.scope)});
    response.headers.emplace_back("WWW-Authenticate", "Bearer error=\"insufficient_scope\", scope=\"" +
                                                          std::string{name(call.route.scope)} + "\"");
    return response;
  }
  std::size_t const most = call.route.files ? rooms_->config.api.body_bytes : largest_body;
  if (call.request.body.size() > most)
    return problem(413, "the body may have " + std::to_string(most) + " bytes");
  if (auto const faults = query_faults(call); !faults.empty())
    return problem(400, "the query is not as it should be", faults);
  if (auto no = read_body(call)) return std::move(*no);
  if (call.route.files) {
    auto files = files_in(call.body);
    if (!files) return problem(422, files.error().what);
    call.files = std::move(*files);
  }
  if (!call.files.empty() && rooms_->scanner != nullptr && rooms_->scanner->asks()) {
    if (auto told = told_before(call)) return std::move(*told);
    return scanned_first(std::move(call));
  }
  if (auto answer = searched(call)) return std::move(*answer);
  return tagged(call, carried_out(call));
}

std::optional<HttpResponse> ApiDoor::searched(ApiCall& call) {
  Search const search = call.route.search != nullptr ? call.route.search(call) : Search{};
  if (!search) return std::nullopt;
  if (auto told = told_before(call)) return told;
  if (!rooms_->seek) return tagged(call, search(rooms_->reader())(call));
  auto const kept = std::make_shared<ApiCall>(std::move(call));
  HttpResponse response;
  response.deferred = [this, kept, search](std::function<void(HttpResponse)> const& take) {
    auto const work = [kept, search, take](search::Reader* reader) -> Aside::Then {
      return [kept, take, found = search(reader)] {
        take(guarded(kept->request.path, [&] { return tagged(*kept, found(*kept)); }));
      };
    };
    auto const instead = [take] { take(come_again("the search could not be done")); };
    if (!rooms_->seek(work, instead)) take(come_again("too many searches wait"));
  };
  return response;
}

HttpResponse ApiDoor::scanned_first(ApiCall call) {
  auto const kept = std::make_shared<ApiCall>(std::move(call));
  HttpResponse response;
  response.deferred = [this, kept](std::function<void(HttpResponse)> const& take) {
    rooms_->scanner->look(kept->files, [this, kept, take](std::optional<Scanned> scanned) {
      take(guarded(kept->request.path, [&] { return after_scan(*kept, std::move(scanned)); }));
    });
  };
  return response;
}

HttpResponse ApiDoor::after_scan(ApiCall& call, std::optional<Scanned> scanned) {
  if (!scanned) return come_again("too many files are being looked through");
  if (!scanned->infected.empty()) return refused(call, scanned->infected);
  call.files = std::move(scanned->files);
  // The same request may have come a second time while the first was being looked through.
  return carried_out(call);
}

HttpResponse ApiDoor::refused(ApiCall const& call, std::vector<Infected> const& infected) {
  std::vector<std::string> faults;
  desk::Plan plan;
  for (Infected const& one : infected) {
    Entry{Severity::warning, "file refused"}.with("name", one.filename).with("virus", one.virus).write();
    faults.push_back("\"" + one.filename + "\" carries a virus: " + one.virus);
    plan.trail.push_back({{}, rooms_->desk.now(), call.caller.name, "file refused", faults.back()});
  }
  auto const noted = rooms_->store.write("file refused", [&](store::Tx& tx) {
    if (auto const ticket = store::find_ticket(tx, desk::TicketId{call.number(0)})) plan.ticket = ticket->id;
    store::apply(tx, plan, nullptr, rooms_->desk.now());
  });
  if (!noted) return problem(noted.error());
  rooms_->wake();
  return problem(422, "the virus scanner has found something, and nothing was kept", faults);
}

HttpResponse ApiDoor::routed(channels::HttpRequest const& request) {
  std::string_view const path = std::string_view{request.path}.substr(root.size());
  std::string allowed;
  Route const* const route = route_for(request.method, path, allowed);
  bool const open = route != nullptr && route->id == "openapi";
  ApiCaller caller;
  if (!open)
    if (auto no = recognise(request, caller)) return std::move(*no);
  if (route == nullptr && allowed.empty())
    return problem(404, "there is nothing at " + request.path + "; see /api/v1/openapi.json");
  if (route == nullptr) {
    auto response = problem(405, request.method + " is not known here");
    response.headers.emplace_back("Allow", allowed);
    return response;
  }
  ApiCall call{*rooms_, *route, request, std::move(caller)};
  call.at = *places_in(route->path, path);
  return admitted(call);
}

std::size_t ApiDoor::most_of(channels::HttpRequest const& request) {
  if (!request.path.starts_with(std::string{root} + "/")) return 0;
  std::string allowed;
  Route const* const route =
      route_for(request.method, std::string_view{request.path}.substr(root.size()), allowed);
  if (route == nullptr || !route->files) return 0;
  ApiCaller caller;
  bool const known = (request.local || rooms_->config.api.tcp) && !recognise(request, caller);
  return known && holds(caller.scope, route->scope) ? rooms_->config.api.body_bytes : 0;
}

std::optional<HttpResponse> ApiDoor::turned_away(channels::HttpRequest const& request) {
  if (!request.path.starts_with(std::string{root} + "/")) return std::nullopt;
  return problem(413, "the body is too large: it may have " + std::to_string(largest_body) +
                          " bytes, and where files are handed in as many as api.body_size says");
}

HttpResponse ApiDoor::guarded(std::string const& path, std::function<HttpResponse()> const& work) {
  try {
    return work();
  } catch (std::exception const& fault) {
    Entry{Severity::error, "api fault"}.with("path", path).with("why", fault.what()).write();
    return problem(500, "something went wrong here; the log says what");
  }
}

HttpResponse ApiDoor::answer(channels::HttpRequest const& request) {
  if (!request.local && !rooms_->config.api.tcp)
    return problem(404, "the API is served on the Unix socket alone: api.tcp is false");
  return guarded(request.path, [&] { return routed(request); });
}

}  // namespace spoc::daemon
