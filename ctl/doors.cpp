// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl api and token: the doors for other programs.
#include "ctl/line.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/api_call.hpp"
#include "daemon/key.hpp"
#include "parser/digest.hpp"
#include "store/api_tokens.hpp"

#include <algorithm>
#include <iostream>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

json::object shown(store::ApiToken const& token) {
  return {{"name", token.name},
          {"scope", token.scope},
          {"agent", token.agent},
          {"made", desk::iso(token.made)},
          {"used", daemon::maybe(token.used)},
          {"revoked", daemon::maybe(token.revoked)}};
}

bool is_name(std::string const& name) {
  constexpr std::size_t longest = 64;
  return !name.empty() && name.size() <= longest &&
         std::all_of(name.begin(), name.end(), [](unsigned char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                  c == '_' || c == '.';
         });
}

/// JSON as it stands on the command line, or "@file", or "-".
Result<std::string> data_of(std::string const& given) {
  if (given == "-") return read_input("-");
  if (given.starts_with("@")) return read_input(given.substr(1));
  return given;
}

}  // namespace

int api(Common const& common, ApiAsk const& order) {
  auto const config = open_config(common);
  if (!config) return fail(config.error());
  auto data = data_of(order.data);
  if (!data) return fail(data.error());
  Request request{order.method, order.path, std::move(*data), order.as};
  std::transform(request.method.begin(), request.method.end(), request.method.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  if (!request.path.starts_with("/api/"))
    request.path = "/api/v1" + std::string{request.path.starts_with('/') ? "" : "/"} + request.path;
  if (!order.match.empty()) request.headers.emplace_back("If-Match", order.match);
  auto const answer = ask_daemon(*config, request);
  if (!answer) return fail(answer.error());
  if (!*answer)
    return fail({Kind::busy,
                 "no spocd answers at " + config->api.socket.string() + ": start it, or look at --config"});
  bool const well = (*answer)->status < 400;
  (well ? std::cout : std::cerr) << (*answer)->body;
  return well ? 0 : 1;
}

int token_add(Common const& common, TokenAdd const& order) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  if (!is_name(order.name))
    return fail(
        {Kind::unreadable, "\"" + order.name + "\" can't be a token's name: use letters, digits, - _ and ."});
  if (!daemon::scope_named(order.scope))
    return fail({Kind::unreadable, "\"" + order.scope + "\" is no scope: read, create, write or admin"});
  std::string const agent = desk::normal(order.agent);
  if (!agent.empty() && (*place)->config.house.agent(agent) == nullptr)
    return fail({Kind::missing,
                 "there is no agent \"" + order.agent + "\"; --agent takes the handle of an [[agent]]"});
  std::string const token = "spoc_" + daemon::random_word().substr(0, 48);
  auto const added = (*place)->store.write("add token", [&](store::Tx& tx) {
    store::add_api_token(tx, {order.name, parser::sha256(token), order.scope, agent, present_moment()});
  });
  if (!added) return fail(added.error());
  if (common.json)
    print({{"name", order.name}, {"token", token}, {"scope", order.scope}, {"agent", agent}});
  else
    std::cout << token << "\n";
  if (!common.json) std::cerr << "spocctl: keep it well: only its hash is kept here\n";
  return 0;
}

int token_list(Common const& common) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::vector<store::ApiToken> tokens;
  auto const read =
      (*place)->store.read("list tokens", [&](store::Tx& tx) { tokens = store::api_tokens(tx); });
  if (!read) return fail(read.error());
  for (store::ApiToken const& one : tokens) {
    if (common.json)
      print(shown(one));
    else
      std::cout << one.name << "  " << one.scope << "  " << (one.agent.empty() ? "-" : one.agent) << "  made "
                << desk::iso(one.made) << (one.used ? "  used " + desk::iso(*one.used) : "  never used")
                << (one.revoked ? "  revoked " + desk::iso(*one.revoked) : "") << "\n";
  }
  return 0;
}

int token_revoke(Common const& common, std::string const& name) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  bool revoked = false;
  auto const written = (*place)->store.write(
      "revoke token", [&](store::Tx& tx) { revoked = store::revoke_api_token(tx, name, present_moment()); });
  if (!written) return fail(written.error());
  if (!revoked)
    return fail({Kind::missing, "no token \"" + name + "\" holds; spocctl token list shows them"});
  if (common.json)
    print({{"name", name}, {"revoked", true}});
  else
    std::cout << name << " does not hold any more\n";
  return 0;
}

}  // namespace spoc::ctl
