// SPDX-License-Identifier: GPL-3.0-or-later
// Dialling with libcurl's CURLOPT_CONNECT_ONLY; its errors become ours here and nowhere else.
#include "channels/dial.hpp"

#include "channels/certificate.hpp"
#include "channels/secret.hpp"

#include <curl/curl.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace spoc::channels {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// What a server may say before we talk; more is an attack.
constexpr std::size_t greeting_limit = 64 * 1024;

// Once for the process; C++ makes the static safe between threads.
bool curl_is_up() {
  static bool const up = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return up;
}

std::string place(Account const& account) { return account.host + ":" + std::to_string(account.port); }

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

// The last line the server said, without CRLF: the reason for most refusals.
std::string last_line(std::string_view said) {
  while (!said.empty() && (said.back() == '\n' || said.back() == '\r')) said.remove_suffix(1);
  auto const start = said.rfind('\n');
  if (start != std::string_view::npos) said.remove_prefix(start + 1);
  std::string line(said.substr(0, 300));
  std::replace_if(
      line.begin(), line.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; }, ' ');
  return line;
}

// A login may also fail for now: RFC 4954 454, RFC 5530 UNAVAILABLE and INUSE.
bool fails_for_now(Protocol protocol, std::string const& line) {
  if (protocol == Protocol::smtp) return !line.empty() && line.front() == '4';
  return line.find("[UNAVAILABLE]") != std::string::npos || line.find("[INUSE]") != std::string::npos;
}

struct Verdict {
  Kind kind;
  char const* remedy;
};

Verdict verdict_of(CURLcode code) {
  switch (code) {
    case CURLE_LOGIN_DENIED:
    case CURLE_AUTH_ERROR:
      return {Kind::denied, "login refused; check user and password or token"};
    case CURLE_USE_SSL_FAILED:
      return {Kind::refused,
              "the server does not offer STARTTLS, so nothing was said to it; use tls, or ask its operator"};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
      return {Kind::refused,
              "certificate not trusted; set ca_file, or the host name that the certificate names"};
    case CURLE_SSL_CACERT_BADFILE:
      return {Kind::refused, "ca_file can't be read"};
    case CURLE_SSL_CONNECT_ERROR:
      return {Kind::busy, "TLS could not be agreed; is this a TLS port?"};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {Kind::busy, "no address for this host name"};
    case CURLE_COULDNT_CONNECT:
      return {Kind::busy, "nobody answers there"};
    case CURLE_OPERATION_TIMEDOUT:
      return {Kind::busy, "no answer in time"};
    case CURLE_ABORTED_BY_CALLBACK:
      return {Kind::busy, "given up, because we were called away"};
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_REMOTE_ACCESS_DENIED:
    case CURLE_WRITE_ERROR:
      return {Kind::busy, "the server broke off"};
    default:
      return {Kind::broken, "libcurl could not dial"};
  }
}

Error dial_error(Protocol protocol, Account const& account, CURLcode code, long certificate,
                 char const* detail, std::string const& greeting) {
  auto [kind, remedy] = verdict_of(code);
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    if (char const* const timely = remedy_in_time(certificate)) remedy = timely;
  std::string const line = last_line(greeting);
  if (kind == Kind::denied && fails_for_now(protocol, line)) {
    kind = Kind::busy;
    remedy = "the server can't log anybody in just now";
  }
  std::string what = place(account) + ": " + remedy + " (" + curl_easy_strerror(code);
  if (*detail) what += std::string(": ") + detail;
  what += ")";
  if (!line.empty() && code != CURLE_ABORTED_BY_CALLBACK) what += "; the server said: " + line;
  return Error{kind, what};
}

std::size_t keep_greeting(char* bytes, std::size_t size, std::size_t count, void* into) {
  auto& greeting = *static_cast<std::string*>(into);
  if (greeting.size() + size * count > greeting_limit) return 0;
  greeting.append(bytes, size * count);
  return size * count;
}

int give_up_when_rung(void* wake, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Wake const*>(wake)->rung() ? 1 : 0;
}

std::string url_of(Protocol protocol, Account const& account, std::string const& ehlo) {
  bool const wrapped = account.security == Security::tls;
  std::string scheme = protocol == Protocol::imap ? "imap" : "smtp";
  if (wrapped) scheme += "s";
  bool const bare_ipv6 = account.host.find(':') != std::string::npos && account.host.front() != '[';
  std::string const host = bare_ipv6 ? "[" + account.host + "]" : account.host;
  return scheme + "://" + host + ":" + std::to_string(account.port) + "/" +
         (protocol == Protocol::smtp ? ehlo : std::string{});
}

// Nothing that would change the URL's meaning or end a command line (libcurl sends an EHLO name as it is).
bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) || std::strchr(".-_[]:", c) != nullptr || c >= 0x80;
  });
}

void set_login(CURL* handle, Account const& account) {
  if (account.user.empty()) return;
  curl_easy_setopt(handle, CURLOPT_USERNAME, account.user.c_str());
  if (account.oauth2) {
    curl_easy_setopt(handle, CURLOPT_XOAUTH2_BEARER, account.password.c_str());
    curl_easy_setopt(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=XOAUTH2;AUTH=OAUTHBEARER");
  } else {
    curl_easy_setopt(handle, CURLOPT_PASSWORD, account.password.c_str());
  }
}

void set_security(CURL* handle, Account const& account) {
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(handle, CURLOPT_USE_SSL,
                   account.security == Security::starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYPEER, account.verify ? 1L : 0L);
  curl_easy_setopt(handle, CURLOPT_SSL_VERIFYHOST, account.verify ? 2L : 0L);
  if (!account.ca_file.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, account.ca_file.c_str());
}

Result<> check(Protocol protocol, Account const& account, std::string const& ehlo) {
  if (!curl_is_up()) return Error{Kind::broken, "libcurl could not be started"};
  if (!is_plain_name(account.host)) return Error{Kind::refused, "\"" + account.host + "\" is no host name"};
  if (has_control(account.user) || has_control(account.password))
    return Error{Kind::refused, place(account) + ": user and password may not hold control characters"};
  if (protocol == Protocol::smtp && !is_plain_name(ehlo))
    return Error{Kind::refused, "\"" + ehlo + "\" is no name to say EHLO with"};
  return {};
}

// Whoever renews passwords and tokens writes the file anew; what was read at the start is worth nothing then.
Result<Account> with_password(Account account, Wake const& wake) {
  if (account.tokens != nullptr) {
    auto token = account.tokens->token(wake);
    if (!token) return Error{token.error().kind, place(account) + ": " + token.error().what};
    account.password = std::move(*token);
    account.oauth2 = true;
    return account;
  }
  if (account.password_file.empty()) return account;
  auto line = secret_in(account.password_file);
  if (!line || line->empty())
    return Error{Kind::busy, place(account) + ": no password, for " + account.password_file.string() +
                                 " can't be read, or its first line is empty"};
  account.password = std::move(*line);
  return account;
}

}  // namespace

struct Dialled::Body {
  CURL* handle = nullptr;
  curl_socket_t socket = CURL_SOCKET_BAD;
  Wake const* wake = nullptr;
  std::string where;
  std::string greeting;
  milliseconds timeout{};
  bool heeds = true;
  bool woken = false;
  bool ended = false;

  Body() = default;
  Body(Body const&) = delete;
  Body& operator=(Body const&) = delete;
  ~Body() {
    // A CONNECT_ONLY connection is closed here without a word and without waiting.
    if (handle) curl_easy_cleanup(handle);
  }

  Error end(std::string const& why) {
    ended = true;
    return Error{Kind::busy, where + ": " + why};
  }

  // Waits for the socket or the bell. Always tried AFTER libcurl said CURLE_AGAIN: TLS may hold bytes that
  // the socket no longer shows.
  Result<> wait_for(short events, Clock::time_point until) {
    for (;;) {
      auto const left = std::chrono::ceil<milliseconds>(until - Clock::now()).count();
      std::array<pollfd, 2> waited{{{socket, events, 0}, {wake->descriptor(), POLLIN, 0}}};
      nfds_t const count = heeds ? 2 : 1;
      auto const slice = std::clamp<std::int64_t>(left, 0, 3'600'000);
      int const ready = poll(waited.data(), count, static_cast<int>(slice));
      if (ready < 0 && errno != EINTR) return Error{Kind::broken, where + ": poll: " + std::strerror(errno)};
      if (ready > 0 && waited[0].revents != 0) return {};
      if (ready > 0) {
        woken = true;
        return Error{Kind::busy, where + ": called away"};
      }
      if (left <= 0) return Error{Kind::busy, where + ": no answer in time"};
    }
  }

  CURLcode dial(Protocol protocol, Account const& account, std::string const& ehlo, char* detail) {
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, detail);
    curl_easy_setopt(handle, CURLOPT_URL, url_of(protocol, account, ehlo).c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "imap,imaps,smtp,smtps");
    curl_easy_setopt(handle, CURLOPT_CONNECT_ONLY, 1L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_TCP_KEEPALIVE, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(account.timeout.count()));
    curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(account.timeout.count()));
    // Bounds the wait for LOGOUT or QUIT after a refused login; the default is minutes.
    curl_easy_setopt(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT,
                     std::max(1L, static_cast<long>(account.timeout.count() / 1000)));
    curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &keep_greeting);
    curl_easy_setopt(handle, CURLOPT_HEADERDATA, &greeting);
    curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &give_up_when_rung);
    curl_easy_setopt(handle, CURLOPT_XFERINFODATA, const_cast<Wake*>(wake));
    set_security(handle, account);
    set_login(handle, account);
    CURLcode code = curl_easy_perform(handle);
    if (code == CURLE_OK) code = curl_easy_getinfo(handle, CURLINFO_ACTIVESOCKET, &socket);
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, nullptr);
    return code;
  }
};

Dialled::Dialled(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Dialled::Dialled(Dialled&&) noexcept = default;
Dialled& Dialled::operator=(Dialled&&) noexcept = default;
Dialled::~Dialled() = default;

Result<Dialled> Dialled::dial(Protocol protocol, Account const& asked, Wake const& wake,
                              std::string const& ehlo) {
  auto account = with_password(asked, wake);
  if (!account) return account.error();
  auto first = log_in(protocol, *account, wake, ehlo);
  bool const denied = !first && first.error().kind == Kind::denied;
  if (!denied || asked.tokens == nullptr || !asked.tokens->refused(account->password)) return first;
  // It may have been withdrawn before its time.
  account = with_password(asked, wake);
  if (!account) return account.error();
  return log_in(protocol, *account, wake, ehlo);
}

Result<Dialled> Dialled::log_in(Protocol protocol, Account const& account, Wake const& wake,
                                std::string const& ehlo) {
  if (auto const fit = check(protocol, account, ehlo); !fit) return fit.error();
  auto body = std::make_unique<Body>();
  body->handle = curl_easy_init();
  if (!body->handle) return Error{Kind::broken, "libcurl gave no handle: out of memory?"};
  body->wake = &wake;
  body->where = place(account);
  body->timeout = account.timeout;
  std::array<char, CURL_ERROR_SIZE> detail{};
  CURLcode const code = body->dial(protocol, account, ehlo, detail.data());
  if (code != CURLE_OK) {
    long certificate = 0;
    curl_easy_getinfo(body->handle, CURLINFO_SSL_VERIFYRESULT, &certificate);
    return dial_error(protocol, account, code, certificate, detail.data(), body->greeting);
  }
  // libcurl goes on without a word when an SMTP server offers no AUTH.
  if (protocol == Protocol::smtp && !account.user.empty() &&
      body->greeting.find("\n235") == std::string::npos)
    return Error{Kind::denied, body->where +
                                   ": the server offers no login that we know; its port for submission is "
                                   "often 587 or 465, or leave the user empty"};
  return Dialled(std::move(body));
}

std::string const& Dialled::greeting() const { return body_->greeting; }

Result<> Dialled::write(std::string_view bytes) {
  body_->woken = false;
  if (body_->ended) return Error{Kind::busy, body_->where + ": the connection is at an end"};
  auto until = Clock::now() + body_->timeout;
  while (!bytes.empty()) {
    std::size_t sent = 0;
    CURLcode const code = curl_easy_send(body_->handle, bytes.data(), bytes.size(), &sent);
    if (code != CURLE_OK && code != CURLE_AGAIN) return body_->end("the server broke off while we wrote");
    bytes.remove_prefix(sent);
    if (sent > 0) {
      until = Clock::now() + body_->timeout;
      continue;
    }
    // Half a command was sent: whatever ends this wait ends the connection.
    if (auto const ready = body_->wait_for(POLLOUT, until); !ready) {
      body_->ended = true;
      return ready.error();
    }
  }
  return {};
}

Result<std::string> Dialled::read_some(milliseconds patience) {
  body_->woken = false;
  if (body_->ended) return Error{Kind::busy, body_->where + ": the connection is at an end"};
  auto const until = Clock::now() + patience;
  std::array<char, 64 * 1024> bytes;
  for (;;) {
    std::size_t got = 0;
    CURLcode const code = curl_easy_recv(body_->handle, bytes.data(), bytes.size(), &got);
    if (code == CURLE_OK && got > 0) return std::string(bytes.data(), got);
    // The end of the stream comes as CURLE_OK with nothing.
    if (code != CURLE_AGAIN) return body_->end("the server ended the connection");
    if (auto const ready = body_->wait_for(POLLIN, until); !ready) return ready.error();
  }
}

bool Dialled::woken() const { return body_->woken; }
void Dialled::heed_wake(bool heed) { body_->heeds = heed; }
bool Dialled::ended() const { return body_->ended; }

}  // namespace spoc::channels
