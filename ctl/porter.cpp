// SPDX-License-Identifier: GPL-3.0-or-later
// One door of the API, behind a socket or at hand.
#include "ctl/porter.hpp"

#include "channels/target.hpp"
#include "ctl/place.hpp"
#include "daemon/api_call.hpp"
#include "daemon/api_door.hpp"
#include "parser/ascii.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

/// As daemon/api_call.cpp has them, the other way.
Kind kind_of(int status) {
  switch (status) {
    case 401:
    case 403:
      return Kind::denied;
    case 404:
      return Kind::missing;
    case 409:
    case 412:
      return Kind::conflict;
    case 429:
    case 503:
      return Kind::busy;
    case 502:
      return Kind::refused;
    default:
      return status < 500 ? Kind::unreadable : Kind::broken;
  }
}

/// A daemon of an older release does not know what is asked; nothing has been done then.
bool knows_no_such(channels::WebAnswer const& answer) {
  auto const says = [&](std::string_view words) { return answer.body.find(words) != std::string::npos; };
  return answer.status == 405 || (answer.status == 404 && says("there is nothing at /api/v1/")) ||
         (answer.status == 400 && says("there is no parameter "));
}

/// As it would come by the socket.
std::optional<channels::HttpRequest> request_of(Request const& request) {
  auto target = channels::read_target(request.path);
  if (!target) return std::nullopt;
  channels::HttpRequest out;
  out.method = request.method;
  out.path = std::move(target->path);
  out.query = std::move(target->query);
  out.body = request.body;
  out.peer = "local";
  out.local = true;
  for (auto const& [name, value] : request.headers) out.headers[parser::lowered(name)] = value;
  if (!request.body.empty()) out.headers["content-type"] = "application/json";
  if (!request.as.empty()) out.headers["spoc-agent"] = request.as;
  return out;
}

}  // namespace

/// The desk, opened by this process.
struct Porter::Here {
  std::unique_ptr<Place> place;
  std::optional<search::Reader> reader{};
  std::optional<daemon::ApiDoor> door{};

  search::Reader* index() {
    if (!reader)
      if (auto opened = search::Reader::open(place->config.index())) reader.emplace(std::move(*opened));
    return reader ? &*reader : nullptr;
  }
};

Porter::Porter(Common common, daemon::Config config)
    : common_{std::move(common)}, config_{std::move(config)} {}
Porter::~Porter() = default;

Result<std::unique_ptr<Porter>> Porter::hired(Common const& common) {
  auto config = open_config(common);
  if (!config) return config.error();
  return std::unique_ptr<Porter>{new Porter{common, std::move(*config)}};
}

Result<channels::WebAnswer> Porter::answered_here(Request const& request) {
  if (!here_) {
    auto place = open_place(common_);
    if (!place) return place.error();
    here_ = std::make_unique<Here>();
    Here& here = *here_;
    here.place = std::move(*place);
    here.door.emplace(daemon::ApiRooms{here.place->config, here.place->store, *here.place->desk,
                                       [&here] { return here.index(); }, [] {}});
  }
  auto const asked = request_of(request);
  if (!asked) return Error{Kind::unreadable, "there are signs in it that can't be asked for"};
  channels::HttpResponse response = here_->door->answer(*asked);
  channels::WebAnswer out{response.status, {}, std::move(response.body)};
  for (auto& [name, value] : response.headers) out.headers[parser::lowered(name)] = std::move(value);
  return out;
}

Result<channels::WebAnswer> Porter::bring(Request request) {
  bool const reads = request.method == "GET";
  // A daemon that is ill shall not keep the operator from looking.
  if (reads) request.patience = std::chrono::seconds{20};
  // What changes something is the daemon's to do, also where a look before had to be taken here.
  if (!here_ || !reads) {
    auto answer = ask_daemon(config_, request);
    bool const there = answer && *answer;
    bool const told = there && !(reads && (**answer).status >= 500) && !knows_no_such(**answer);
    if (told) return std::move(**answer);
    if (!answer && !reads) return answer.error();
  }
  return answered_here(request);
}

Result<json::object> object_in(channels::WebAnswer const& answer) {
  constexpr std::size_t enough = 500;
  boost::system::error_code fault;
  // Words of other servers are shown as they came.
  json::parse_options options;
  options.allow_invalid_utf8 = true;
  json::value value = json::parse(answer.body, fault, {}, options);
  if (fault || !value.is_object())
    return Error{Kind::broken, "spocd's answer can't be read: " + answer.body.substr(0, enough)};
  return std::move(value.as_object());
}

Error refusal_in(int status, json::object const& problem) {
  std::string what = text_of(problem, "detail");
  if (what.empty()) what = "refused with " + std::to_string(status);
  json::value const* faults = problem.if_contains("faults");
  if (faults != nullptr && faults->is_array())
    for (json::value const& one : faults->as_array())
      if (one.is_string()) what += "; " + std::string{one.as_string()};
  return {kind_of(status), what};
}

Result<json::object> Porter::ask(Request const& request) {
  auto const answer = bring(request);
  if (!answer) return answer.error();
  auto object = object_in(*answer);
  if (!object) return object.error();
  if (answer->status >= 400) return refusal_in(answer->status, *object);
  return std::move(*object);
}

Result<json::array> Porter::list(std::string const& path, std::string const& name, std::string const& next,
                                 std::size_t limit) {
  constexpr std::size_t largest_page = 200;
  json::array out;
  std::string behind;
  while (out.size() < limit) {
    std::string page = path + (path.find('?') == std::string::npos ? "?" : "&") +
                       "limit=" + std::to_string(std::min(largest_page, limit - out.size()));
    if (!behind.empty()) page += "&" + next + "=" + channels::percent_encoded(behind);
    auto answer = ask({"GET", page});
    if (!answer) return answer.error();
    json::value* entries = answer->if_contains(name);
    if (entries == nullptr || !entries->is_array())
      return Error{Kind::broken, "spocd's answer has no " + name};
    for (json::value& one : entries->as_array()) out.push_back(std::move(one));
    behind = text_of(*answer, "next");
    if (behind.empty()) break;
  }
  return out;
}

}  // namespace spoc::ctl
