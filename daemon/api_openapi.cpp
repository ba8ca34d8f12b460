// SPDX-License-Identifier: GPL-3.0-or-later
// The OpenAPI document, made from the table of operations, the parameters and the schemas.
#include "daemon/api_nouns.hpp"
#include "daemon/api_parameters.hpp"
#include "daemon/api_schema.hpp"
#include "daemon/as_json.hpp"

#include <array>
#include <utility>

namespace spoc::daemon {
namespace {

namespace json = boost::json;

json::object reference(std::string_view schema) {
  return {{"$ref", "#/components/schemas/" + std::string{schema}}};
}

json::object content(std::string_view type, std::string_view schema) {
  json::object media;
  media[type] = json::object{{"schema", reference(schema)}};
  return media;
}

json::object schema_of(ApiParameter const& parameter) {
  if (parameter.type == "text") return {{"type", "string"}};
  if (parameter.type == "integer") return {{"type", "integer"}};
  if (parameter.type == "moment") return {{"type", "string"}, {"format", "date-time"}};
  json::array words;
  for (std::string_view const one : parts_of(parameter.type, '|')) words.emplace_back(one);
  return {{"enum", std::move(words)}};
}

json::object parameter(std::string const& name, std::string_view where, std::string_view help,
                       json::object schema) {
  return {{"name", name},
          {"in", where},
          {"required", where == "path"},
          {"description", help},
          {"schema", std::move(schema)}};
}

/// "{ticket}" and its like: numbers but for what has a name.
json::array path_parameters(Route const& route) {
  json::array out;
  for (std::string_view const part : parts_of(route.path, '/')) {
    if (!part.starts_with('{')) continue;
    std::string const name{part.substr(1, part.size() - 2)};
    bool const named = name == "agent" || name == "team" || name == "article" || name == "address";
    out.push_back(
        parameter(name, "path", named ? "By name." : "By number.", {{"type", named ? "string" : "integer"}}));
  }
  return out;
}

json::array parameters_of(Route const& route) {
  json::array out = path_parameters(route);
  json::object const text{{"type", "string"}};
  for (std::string_view const name : parts_of(route.parameters))
    if (ApiParameter const* one = api_parameter(name))
      out.push_back(parameter(std::string{name}, "query", one->help, schema_of(*one)));
  if (route.method != "GET" && route.scope != Scope::read)
    out.push_back(parameter(
        "Idempotency-Key", "header",
        "The same request with the same key is carried out once; its answer is kept for a day.", text));
  if (route.conditional) {
    out.push_back(parameter("If-Match", "header", "The ETag of the state on which the change rests.", text));
  }
  bool const somebodys = route.conditional || route.id == "noteCall" || route.id == "showTyping";
  if (somebodys)
    out.push_back(
        parameter("Spoc-Agent", "header", "Handle of the agent in whose name (scope admin).", text));
  if (route.id == "listEvents")
    out.push_back(parameter("Last-Event-ID", "header", "The stream goes on behind this event.", text));
  return out;
}

json::object answers_of(Route const& route) {
  json::object success{{"description", "As asked."}};
  if (!route.answer.empty()) success["content"] = content("application/json", route.answer);
  if (route.id == "listEvents")
    success["content"].as_object()["text/event-stream"] =
        json::object{{"schema", json::object{{"type", "string"}}}};
  if (route.id == "getAttachment")
    success["content"] = json::object{{"application/octet-stream", json::object{}}};
  if (route.id == "openapi")
    success["content"] =
        json::object{{"application/json", json::object{{"schema", json::object{{"type", "object"}}}}}};
  json::object out;
  out[std::to_string(route.status)] = std::move(success);
  out["default"] = json::object{{"description", "What went wrong (RFC 9457)."},
                                {"content", content("application/problem+json", "Problem")}};
  return out;
}

json::object operation(Route const& route) {
  json::object out{{"operationId", route.id}, {"summary", route.help}};
  if (route.scope != Scope::none) out["description"] = "Scope: " + std::string{name(route.scope)} + ".";
  out["parameters"] = parameters_of(route);
  if (!route.body.empty())
    out["requestBody"] =
        json::object{{"required", true}, {"content", content("application/json", route.body)}};
  out["responses"] = answers_of(route);
  if (route.id == "openapi") out["security"] = json::array{};
  return out;
}

/// What the calls of webhooks tell of, as docs/webhooks.md has it.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> told{
    {{"ticket.opened", "There is a new ticket."},
     {"ticket.changed", "Something about a ticket has changed."},
     {"ticket.resolved", "A ticket was resolved."},
     {"ticket.closed", "A ticket was closed."},
     {"ticket.merged", "A ticket went on in another one: its number is in \"into\"."},
     {"message.received", "Somebody outside wrote."},
     {"message.answered", "An agent's public answer has left."},
     {"message.noted", "An agent left a note, or a question to somebody outside has left."},
     {"alarm", "The operator should know: data has \"words\" alone."},
     {"rule.fired", "A rule with then.webhook fired: its name is in \"rule\"."},
     {"test", "spocctl webhooks test: data is empty."}}};

json::object call_of(std::string_view summary) {
  json::object const text{{"type", "string"}};
  json::array fields;
  fields.push_back(parameter("webhook-id", "header", "The same when the call is made again.", text));
  fields.push_back(parameter("webhook-timestamp", "header", "Seconds since 1970, of this attempt.", text));
  fields.push_back(parameter("webhook-signature", "header",
                             "v1, and base64 of HMAC-SHA256 over \"id.timestamp.body\" with the secret.",
                             text));
  json::object const taken{
      {"description", "Taken; 410 gives the call up, anything else makes it come again."}};
  return {{"summary", summary},
          {"parameters", std::move(fields)},
          {"requestBody",
           json::object{{"required", true}, {"content", content("application/json", "WebhookCall")}}},
          {"responses", json::object{{"2XX", taken}}},
          {"security", json::array{}}};
}

json::object webhooks() {
  json::object out;
  for (auto const& [event, summary] : told) out[event] = json::object{{"post", call_of(summary)}};
  return out;
}

json::object document() {
  json::object paths;
  for (Route const& route : api_routes()) {
    std::string method{route.method};
    for (char& c : method) c = static_cast<char>(c - 'A' + 'a');
    json::value& at = paths["/api/v1" + std::string{route.path}];
    if (!at.is_object()) at.emplace_object();
    at.as_object()[method] = operation(route);
  }
  json::object const bearer{{"type", "http"}, {"scheme", "bearer"}};
  json::object const info{
      {"title", "Spoc"},
      {"version", "1"},
      {"description", "The service desk for other programs. See docs/api.md."},
      {"license", json::object{{"name", "GPL-3.0-or-later"}, {"identifier", "GPL-3.0-or-later"}}}};
  return {{"openapi", "3.1.0"},
          {"info", info},
          {"servers", json::array{json::object{{"url", "/"}}}},
          {"paths", std::move(paths)},
          {"webhooks", webhooks()},
          {"components",
           json::object{{"schemas", api_schemas()}, {"securitySchemes", json::object{{"token", bearer}}}}},
          {"security", json::array{json::object{{"token", json::array{}}}}}};
}

}  // namespace

HttpResponse show_openapi(ApiCall&) {
  static json::object const whole = document();
  auto response = answered(200, whole);
  response.headers = {{"Cache-Control", "no-cache"}, {"ETag", etag_of(whole)}};
  return response;
}

}  // namespace spoc::daemon
