// SPDX-License-Identifier: GPL-3.0-or-later
// One request to /api/v1 on its way to the function that answers it, and what such functions answer with.
#pragma once

#include "channels/http.hpp"
#include "daemon/article_list.hpp"
#include "daemon/aside.hpp"
#include "daemon/config.hpp"
#include "daemon/front_desk.hpp"
#include "daemon/scanner.hpp"
#include "daemon/typing_signs.hpp"
#include "search/index.hpp"
#include "store/store.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::daemon {

/// What a token may do. write holds read and create, admin holds all; read and create hold nothing else, so
/// that a web form can open tickets without reading any.
enum class Scope { none, read, create, write, admin };
std::string_view name(Scope scope);
std::optional<Scope> scope_named(std::string_view word);
bool holds(Scope has, Scope wanted);

struct ApiCall;

/// A question to the index, asked beside the desk where there is a thread for it. Of values alone: the call
/// is the desk's. What it returns makes the answer, at the desk.
using Answering = std::function<channels::HttpResponse(ApiCall&)>;
using Search = std::function<Answering(search::Reader*)>;

/// One operation. The table of them makes the routing, the checks of parameters and body, and the OpenAPI
/// document.
struct Route {
  std::string_view method;
  std::string_view path;  ///< below /api/v1; "{id}" stands for one segment
  Scope scope;
  std::string_view id;          ///< OpenAPI's operationId
  std::string_view help;        ///< one sentence
  std::string_view parameters;  ///< names of query parameters, parted by blanks (daemon/api_parameters.cpp)
  std::string_view body;        ///< schema of the request's body, "" for none
  int status;                   ///< of success
  std::string_view answer;      ///< schema of the answer, "" for none of JSON
  bool conditional;             ///< takes If-Match, and asks for it where it is a PATCH
  channels::HttpResponse (*run)(ApiCall&);
  bool files = false;                          ///< its body may hand in files, and be larger for it
  Search (*search)(ApiCall const&) = nullptr;  ///< instead of `run`; empty for a call that searches nothing
};
std::vector<Route> const& api_routes();

/// Who asks.
struct ApiCaller {
  std::string name;   ///< as the trail has it: "token:crm", "operator"
  std::string token;  ///< name of the token, "" by the Unix socket
  std::string hash;   ///< of the token
  Scope scope = Scope::none;
  std::string agent;  ///< handle; "" for nobody
};

/// What the answering functions work with; all on the desk thread.
struct ApiRooms {
  Config const& config;
  store::Store& store;
  FrontDesk& desk;
  std::function<search::Reader*()> reader;  ///< the desk's own; nullptr while there is no index
  std::function<void()> wake;               ///< all threads look for work
  Scanner* scanner = nullptr;               ///< nullptr where files are not looked through
  /// Characters of the words in a ticket that is shown whole; a desk with people waiting has a bound.
  std::int64_t longest_dossier = std::numeric_limits<std::int64_t>::max();
  /// Somebody at the desk types; false where the session's widget is not open.
  std::function<bool(std::string const& session, std::string const& name)> show_typing{};
  /// As Seeker::take; empty where nobody waits for the desk, and `reader` is asked.
  std::function<bool(std::function<Aside::Then(search::Reader*)>, Aside::Then instead)> seek{};
  TypingSigns typing{};
  ArticleList articles{};
};

struct ApiCall {
  ApiRooms& rooms;
  Route const& route;
  channels::HttpRequest const& request;
  ApiCaller caller;
  std::vector<std::string> at{};          ///< what stands in the places of the path
  boost::json::object body{};             ///< as its schema wants it
  std::vector<desk::Attachment> files{};  ///< that came with it, looked through

  std::string header(std::string const& name) const;
  /// "" where it is not given.
  std::string query(std::string const& name) const;
  std::int64_t query_number(std::string const& name, std::int64_t otherwise) const;
  std::string text(std::string_view key) const;
  /// The nth place of the path as a number; 0 where it is none, which nothing has.
  std::int64_t number(std::size_t nth) const;
  /// Keeps the answer under the request's Idempotency-Key, in the transaction of what it answers.
  void keep(store::Tx& tx, channels::HttpResponse const& response) const;
  /// SHA-256 of method, path and body.
  std::string fingerprint() const;
};

/// RFC 8259 8.1: what is no UTF-8 in it, such as another server's words, is mended.
std::string as_text(boost::json::object const& object);
channels::HttpResponse answered(int status, boost::json::object const& object);
/// RFC 9457.
channels::HttpResponse problem(int status, std::string const& detail,
                               std::vector<std::string> const& faults = {});
channels::HttpResponse problem(Error const& error);
/// "ab12...": changes when anything of it does.
std::string etag_of(boost::json::object const& object);
/// Does If-Match (RFC 9110 13.1.1) or If-None-Match name this tag, or any?
bool names_tag(std::string_view field, std::string_view tag);

/// What stands in the answer to a list, and the address of its next page.
channels::HttpResponse page(ApiCall const& call, std::string const& name, boost::json::array all,
                            std::string const& next_key, std::string const& next);

}  // namespace spoc::daemon
