// SPDX-License-Identifier: GPL-3.0-or-later
// Reading requests and making answers of the API.
#include "daemon/api_call.hpp"

#include "channels/target.hpp"
#include "parser/charset.hpp"
#include "parser/digest.hpp"
#include "store/api_answers.hpp"
#include "templates/utf8.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

constexpr std::array scopes{std::pair{Scope::read, "read"}, std::pair{Scope::create, "create"},
                            std::pair{Scope::write, "write"}, std::pair{Scope::admin, "admin"}};

constexpr std::array phrases{std::pair{400, "Bad Request"},
                             std::pair{401, "Unauthorized"},
                             std::pair{403, "Forbidden"},
                             std::pair{404, "Not Found"},
                             std::pair{405, "Method Not Allowed"},
                             std::pair{409, "Conflict"},
                             std::pair{412, "Precondition Failed"},
                             std::pair{413, "Content Too Large"},
                             std::pair{415, "Unsupported Media Type"},
                             std::pair{422, "Unprocessable Content"},
                             std::pair{428, "Precondition Required"},
                             std::pair{429, "Too Many Requests"},
                             std::pair{500, "Internal Server Error"},
                             std::pair{502, "Bad Gateway"},
                             std::pair{503, "Service Unavailable"}};

int status_of(Kind kind) {
  switch (kind) {
    case Kind::unreadable:
      return 400;
    case Kind::missing:
      return 404;
    case Kind::conflict:
      return 409;
    case Kind::denied:
      return 403;
    case Kind::refused:
      return 502;
    case Kind::busy:
      return 503;
    case Kind::broken:
      return 500;
  }
  return 500;
}

std::int64_t as_number(std::string const& text, std::int64_t otherwise) {
  std::int64_t out = 0;
  auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), out);
  return fault == std::errc{} && end == text.data() + text.size() ? out : otherwise;
}

}  // namespace

std::string_view name(Scope scope) {
  for (auto const& [one, word] : scopes)
    if (one == scope) return word;
  return "none";
}

std::optional<Scope> scope_named(std::string_view word) {
  for (auto const& [one, named] : scopes)
    if (word == named) return one;
  return std::nullopt;
}

bool holds(Scope has, Scope wanted) {
  if (wanted == Scope::none || has == Scope::admin || has == wanted) return true;
  return has == Scope::write && wanted != Scope::admin;
}

std::string ApiCall::header(std::string const& name) const { return request.header(name); }

std::string ApiCall::query(std::string const& name) const {
  auto const found = request.query.find(name);
  return found == request.query.end() ? "" : found->second;
}

std::int64_t ApiCall::query_number(std::string const& name, std::int64_t otherwise) const {
  return as_number(query(name), otherwise);
}

std::string ApiCall::text(std::string_view key) const {
  json::value const* value = body.if_contains(key);
  return value != nullptr && value->is_string() ? std::string{value->as_string()} : "";
}

std::int64_t ApiCall::number(std::size_t nth) const { return nth < at.size() ? as_number(at[nth], 0) : 0; }

std::string ApiCall::fingerprint() const {
  return parser::sha256(request.method + "\n" + request.path + "\n" + header("spoc-agent") + "\n" +
                        request.body);
}

void ApiCall::keep(store::Tx& tx, channels::HttpResponse const& response) const {
  std::string const key = header("idempotency-key");
  if (key.empty()) return;
  desk::Time const now = rooms.desk.now();
  store::keep_api_answer(
      tx,
      {caller.name, key, fingerprint(), response.status, response.type, response.headers, response.body, now},
      now - std::chrono::hours{24});
}

std::string as_text(json::object const& object) {
  std::string out = json::serialize(object);
  if (!parser::is_utf8(out)) out = templates::valid_utf8(out);
  return out;
}

channels::HttpResponse answered(int status, json::object const& object) {
  return {status, "application/json", as_text(object) + "\n", {{"Cache-Control", "no-store"}}};
}

channels::HttpResponse problem(int status, std::string const& detail,
                               std::vector<std::string> const& faults) {
  auto const phrase =
      std::find_if(phrases.begin(), phrases.end(), [&](auto const& one) { return one.first == status; });
  json::object object{{"type", "about:blank"},
                      {"title", phrase == phrases.end() ? "Error" : phrase->second},
                      {"status", status},
                      {"detail", detail}};
  if (!faults.empty()) {
    json::array list;
    for (std::string const& one : faults) list.emplace_back(one);
    object["faults"] = std::move(list);
  }
  return {status, "application/problem+json", as_text(object) + "\n", {{"Cache-Control", "no-store"}}};
}

channels::HttpResponse problem(Error const& error) {
  auto response = problem(status_of(error.kind), error.what);
  if (error.kind == Kind::busy) response.headers.emplace_back("Retry-After", "5");
  return response;
}

std::string etag_of(json::object const& object) {
  return "\"" + parser::sha256(json::serialize(object)).substr(0, 32) + "\"";
}

bool names_tag(std::string_view field, std::string_view tag) {
  if (field == "*") return true;
  for (std::size_t at = 0; at < field.size();) {
    auto const end = std::min(field.find(',', at), field.size());
    auto one = field.substr(at, end - at);
    while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
    while (!one.empty() && one.back() == ' ') one.remove_suffix(1);
    // A proxy that compresses makes a tag weak; the content is the same.
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one == tag) return true;
    at = end + 1;
  }
  return false;
}

channels::HttpResponse page(ApiCall const& call, std::string const& name, json::array all,
                            std::string const& next_key, std::string const& next) {
  json::object object;
  object[name] = std::move(all);
  object["next"] = next.empty() ? json::value(nullptr) : json::value(next);
  auto response = answered(200, object);
  if (next.empty()) return response;
  std::string link = call.request.path + "?";
  for (auto const& [key, value] : call.request.query)
    if (key != next_key)
      link += channels::percent_encoded(key) + "=" + channels::percent_encoded(value) + "&";
  response.headers.emplace_back(
      "Link", "<" + link + next_key + "=" + channels::percent_encoded(next) + ">; rel=\"next\"");
  return response;
}

}  // namespace spoc::daemon
