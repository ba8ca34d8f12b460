// SPDX-License-Identifier: GPL-3.0-or-later
// A connection that libcurl has dialled (names, proxy, TLS, STARTTLS, SASL) and that we then talk over.
#pragma once

#include "channels/wake.hpp"
#include "desk/error.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace spoc::channels {

enum class Security {
  tls,       ///< implicit TLS (RFC 8314)
  starttls,  ///< required: a server that does not offer it is refused
  none,      ///< plain text; for loopback and tests
};

/// Has access tokens, for any thread.
class Tokens {
 public:
  virtual ~Tokens() = default;
  /// A token that holds for a while; `wake` ends the wait for a new one.
  virtual Result<std::string> token(Wake const& wake) = 0;
  /// A server did not take this one. True: token() may have a better one now.
  virtual bool refused(std::string const& token) = 0;
};

/// How to reach an account on a server.
struct Account {
  std::string host;
  std::uint16_t port = 0;
  Security security = Security::tls;
  std::string user;                     ///< "" for none (SMTP without AUTH)
  std::string password;                 ///< or the OAuth2 access token
  std::filesystem::path password_file;  ///< whose first line is the password when it is dialled; "" for none
  bool oauth2 = false;                  ///< password is a bearer token (XOAUTH2 / OAUTHBEARER)
  std::filesystem::path ca_file;        ///< "" for the system's
  bool verify = true;                   ///< certificate and host name
  std::chrono::milliseconds timeout = std::chrono::seconds{30};  ///< to connect, and for each answer
  std::shared_ptr<Tokens> tokens;  ///< asked for a token each time it is dialled; none: password is all
};

enum class Protocol { imap, smtp };

/// Owned by one thread. Logged in when an account has a user.
class Dialled {
 public:
  /// Kind::busy when the server can't be reached or times out, Kind::denied when it refuses the login,
  /// Kind::busy too where the password's file can't be read, Kind::refused for certificate trouble; `what`
  /// names host, port and the server's words. `ehlo` is the SMTP EHLO name. A token that the server refuses
  /// is followed by one try with a new one.
  static Result<Dialled> dial(Protocol protocol, Account const& account, Wake const& wake,
                              std::string const& ehlo = "localhost");
  Dialled(Dialled&&) noexcept;
  Dialled& operator=(Dialled&&) noexcept;
  ~Dialled();

  /// What the server said while dialling (greeting, capabilities, login).
  std::string const& greeting() const;
  /// Writes all of it; Kind::busy when the connection broke, stood still for Account::timeout, or `wake`
  /// rang.
  Result<> write(std::string_view bytes);
  /// What is there, at least one byte; waits up to `patience`. Kind::busy when nothing came, the connection
  /// ended, or `wake` rang (then woken() is true).
  Result<std::string> read_some(std::chrono::milliseconds patience);
  bool woken() const;
  /// Whether `wake` ends waits (it does at first). Off: an answer that is due is waited for although the bell
  /// rang.
  void heed_wake(bool heed);
  /// True once the connection is at an end: dial anew.
  bool ended() const;

 private:
  struct Body;
  explicit Dialled(std::unique_ptr<Body> body);
  static Result<Dialled> log_in(Protocol protocol, Account const& account, Wake const& wake,
                                std::string const& ehlo);
  std::unique_ptr<Body> body_;
};

}  // namespace spoc::channels
