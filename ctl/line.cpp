// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP over the daemon's socket.
#include "ctl/line.hpp"

namespace spoc::ctl {

Result<std::optional<channels::WebAnswer>> ask_daemon(daemon::Config const& config, Request const& request) {
  channels::WebCall call;
  call.method = request.method;
  call.url = "http://localhost" + request.path;
  call.body = request.body;
  call.socket = config.api.socket;
  call.most = std::size_t{256} << 20U;
  call.patience = request.patience;
  call.headers = request.headers;
  if (!request.body.empty()) call.headers.emplace_back("Content-Type", "application/json");
  if (!request.as.empty()) call.headers.emplace_back("Spoc-Agent", request.as);
  auto answer = channels::call_web(call);
  if (answer) return std::optional{std::move(*answer)};
  if (answer.error().kind == Kind::missing) return std::optional<channels::WebAnswer>{};
  return answer.error();
}

void wake_daemon(daemon::Config const& config) {
  // Whether it hears or not: it finds the work within half a minute by itself.
  (void)ask_daemon(config, {"POST", "/api/v1/wake"});
}

}  // namespace spoc::ctl
