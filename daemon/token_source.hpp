// SPDX-License-Identifier: GPL-3.0-or-later
// Access tokens of one [[oauth2]], got from the provider and renewed before they run out (RFC 6749).
#pragma once

#include "channels/dial.hpp"
#include "daemon/config.hpp"

#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace spoc::channels {
struct WebAnswer;
}

namespace spoc::daemon {

/// For any thread; while one asks the provider, the others wait for its answer. Tokens are kept in memory
/// alone. A refresh token that the provider gives in place of the last one outlives a restart in `kept`.
class TokenSource final : public channels::Tokens {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  TokenSource(
      TokenConfig config, std::filesystem::path kept,
      std::function<Moment()> clock = [] { return std::chrono::steady_clock::now(); });

  /// Kind::denied where the provider refuses us, Kind::busy for what may be better later.
  Result<std::string> token(channels::Wake const& wake) override;
  bool refused(std::string const& token) override;

 private:
  /// The refresh token that came of the configured one, whose hash it is known by.
  struct Grown {
    std::string root, token;
  };

  Result<> renew(channels::Wake const& wake);
  Result<> take(channels::WebAnswer const& answer, std::string const& configured, std::string const& refresh);
  Result<std::string> refresh_token_of(std::string const& configured);
  void keep(Grown grown);
  Error trouble(Kind kind, std::string const& words) const;

  TokenConfig config_;
  std::filesystem::path kept_;
  std::function<Moment()> clock_;
  std::mutex mutex_;
  std::string token_;
  Moment got_{}, renew_at_{}, ends_{};
  std::optional<Grown> grown_;
};

/// Gives each account that names an [[oauth2]] its tokens.
void provide_tokens(Config& config);

}  // namespace spoc::daemon
