// SPDX-License-Identifier: GPL-3.0-or-later
// The HTTP door: requests are answered by a plain function; upgrades become chat sockets. All on one
// io_context thread.
#pragma once

#include "channels/chat.hpp"
#include "desk/error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace boost::asio {
class io_context;
}

namespace spoc::channels {

struct HttpRequest {
  std::string method;  ///< "GET"; a HEAD arrives as GET and loses the body of its answer on the way out
  std::string path;    ///< decoded, without query
  std::map<std::string, std::string> query;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  std::string peer;    ///< IP address; behind one of our proxies the client's; "local" by the Unix socket
  bool local = false;  ///< by the Unix socket, from our own user or root

  /// A field of the header, by its name in lower case; "" where none was sent.
  std::string header(std::string const& name) const {
    auto const row = headers.find(name);
    return row == headers.end() ? std::string{} : row->second;
  }
};

/// The next piece of an event stream; "" while there is none, nothing when the stream is at its end.
using Feed = std::function<std::optional<std::string>()>;

struct HttpResponse {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  /// Set: `body` begins an event stream that stays open. Asked whenever the last piece has been written and
  /// the server is nudged, so a slow reader holds up nothing but itself.
  Feed feed{};
  /// Set: this is no answer yet. Called once with what takes the answer, which is to be called once, at any
  /// time, on the server's thread; the request stays where it is until then. Everybody else is served
  /// meanwhile.
  std::function<void(std::function<void(HttpResponse)>)> deferred{};
};

using Answer = std::function<HttpResponse(HttpRequest const&)>;

struct HttpLimits {
  std::size_t body = 1 << 20;
  std::size_t upload = 10 << 20;  ///< of whatever `most` says yes to
  std::size_t header = 16 * 1024;
  std::size_t connections = 20'000;
  std::size_t connections_per_peer = 200;
  std::chrono::milliseconds idle = std::chrono::seconds{60};
};

struct HttpSettings {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  ///< 0: any free one
  /// A Unix socket to listen at instead, for this user and root alone; a file that lies there is replaced.
  std::filesystem::path socket;
  HttpLimits limits;
  std::string chat_path = "/chat";
  /// Asked when the header of a body larger than limits.body has come: how many bytes this one may have, up
  /// to limits.upload. Without it, or when it says less, 413.
  std::function<std::size_t(HttpRequest const&)> most;
  /// Asked for a better answer than 413 to such a body, which is not read; nothing for none.
  std::function<std::optional<HttpResponse>(HttpRequest const&)> refuse{};
  /// Origins (RFC 6454) that may open a chat; "*" for any. A same-origin page is always welcome.
  std::vector<std::string> origins;
  /// IP addresses of our own reverse proxies: their X-Forwarded-For is believed, connections_per_peer counts
  /// the clients behind them.
  std::vector<std::string> proxies;
  ChatLimits chat;
};

/// The acceptor survives EMFILE and every broken client.
class HttpServer {
 public:
  /// Binds and listens; Kind::busy names address and port, or the socket, and the remedy when it can't.
  static Result<std::unique_ptr<HttpServer>> open(boost::asio::io_context& context, HttpSettings settings,
                                                  Answer answer, ChatDoor& chat);
  virtual ~HttpServer() = default;
  virtual std::uint16_t port() const = 0;
  /// Stops accepting, closes idle connections, says goodbye to chat sockets (1012, service restart).
  virtual void close() = 0;
  virtual std::size_t connections() const = 0;
  /// Feeds may have something to say.
  virtual void nudge() = 0;
};

}  // namespace spoc::channels
