// SPDX-License-Identifier: GPL-3.0-or-later
// Brings requests to the desk's API: to the daemon where one runs, else to the same door over the store here.
// So each verb has one way, and what it prints is what the API says.
#pragma once

#include "ctl/line.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace spoc::ctl {

class Porter {
 public:
  /// Reads the configuration.
  static Result<std::unique_ptr<Porter>> hired(Common const& common);
  Porter(Porter const&) = delete;
  Porter& operator=(Porter const&) = delete;
  ~Porter();

  daemon::Config const& config() const { return config_; }

  /// The answer, whatever its status. What the daemon can't read or does not answer in time is read here, and
  /// what an older daemon does not know is done here; nothing is done twice.
  Result<channels::WebAnswer> bring(Request request);
  /// The object that is answered; a refusal is an Error of the kind that its status says.
  Result<boost::json::object> ask(Request const& request);
  /// The entries of a list, page after page, `limit` at most. `path` may have a query; `next` is the
  /// parameter that takes what a page gives as next.
  Result<boost::json::array> list(std::string const& path, std::string const& name, std::string const& next,
                                  std::size_t limit);

 private:
  struct Here;
  Porter(Common common, daemon::Config config);
  Result<channels::WebAnswer> answered_here(Request const& request);

  Common const common_;
  daemon::Config const config_;
  std::unique_ptr<Here> here_;  ///< from the moment on at which it was needed
};

/// What a refusal says, with its faults.
Error refusal_in(int status, boost::json::object const& problem);
Result<boost::json::object> object_in(channels::WebAnswer const& answer);

}  // namespace spoc::ctl
