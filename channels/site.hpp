// SPDX-License-Identifier: GPL-3.0-or-later
// What all connections of one HTTP server share: settings, seats, and the news that it closes. One thread.
#pragma once

#include "channels/http.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

namespace spoc::channels {

class Site;

/// A connection as the site sees it.
class Connection {
 public:
  virtual ~Connection() = default;
  virtual void leave() = 0;  ///< the site closes: end as soon as it is polite
  virtual void cut() = 0;    ///< end now
};

/// An event stream that is told when there may be something to say.
class FeedReader {
 public:
  virtual ~FeedReader() = default;
  virtual void nudge() = 0;
};

/// A chat that is spoken to by POST.
class Stream {
 public:
  virtual ~Stream() = default;
  /// False when it has ended.
  virtual bool hear(std::string text) = 0;
};

/// One peer's place among the connections that its address may have; given back when destroyed.
class Seat {
 public:
  Seat() = default;
  Seat(std::shared_ptr<Site> site, std::string peer) : site_(std::move(site)), peer_(std::move(peer)) {}
  Seat(Seat&& other) noexcept = default;
  Seat& operator=(Seat&& other) noexcept;
  ~Seat();

 private:
  std::shared_ptr<Site> site_;
  std::string peer_;
};

class Site : public std::enable_shared_from_this<Site> {
 public:
  Site(boost::asio::io_context& context, HttpSettings settings, Answer answer, ChatDoor& chat);

  boost::asio::io_context& context;
  HttpSettings const settings;
  Answer const answer;
  ChatDoor& chat;
  std::unordered_map<std::string, std::weak_ptr<Stream>> streams;  ///< by their names
  std::unordered_set<FeedReader*> feeds;
  std::function<void()> emptied;  ///< told each time when the last connection has gone

  /// Nothing when that peer has all that it may have. A proxy of ours is not counted: its clients are.
  std::optional<Seat> seat(std::string const& peer);
  /// A place to be told 503 on; nothing when too many are being told already.
  std::optional<Seat> seat_for_refusal();
  bool is_proxy(std::string const& peer) const;

  void enter(Connection& connection);
  void left(Connection& connection);
  std::size_t connections() const { return connections_.size(); }
  bool is_full() const { return connections_.size() >= settings.limits.connections; }

  void close();
  void cut();
  bool closing() const { return closing_; }

 private:
  friend class Seat;
  std::optional<Seat> seat(std::string const& key, std::size_t most);
  std::unordered_map<std::string, std::size_t> seated_;
  std::unordered_set<Connection*> connections_;
  bool closing_ = false;
};

/// Who a fresh connection is.
struct Caller {
  int descriptor = -1;  ///< owned by the callee
  std::string peer;
  Seat seat;
  bool local = false;   ///< by the Unix socket, from our own user or root
  bool welcome = true;  ///< false: its one request is answered by 503
};

/// Reads requests from the connection and answers them until one of the two has enough.
void serve_http(std::shared_ptr<Site> site, Caller caller);

/// Answers the WebSocket handshake `request` on a connection and hands the socket to the chat door.
void serve_chat(std::shared_ptr<Site> site, Caller caller, HttpRequest const& request);

/// The same without WebSocket: writes the header of an event stream for a page of that origin and hands the
/// connection to the chat door.
void serve_stream(std::shared_ptr<Site> site, Caller caller, std::string const& origin);

/// Writes `head`, its first piece, and then what its feed gives until one of the two has enough.
void serve_feed(std::shared_ptr<Site> site, Caller caller, HttpResponse head);

}  // namespace spoc::channels
