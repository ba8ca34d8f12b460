// SPDX-License-Identifier: GPL-3.0-or-later
// A served site for tests: the real server on its own thread, a chat door that remembers, a client over TCP.
#pragma once

#include "channels/http.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <set>
#include <string>
#include <thread>

namespace spoc::channels::test {

namespace net = boost::asio;
namespace http = boost::beast::http;
using boost::system::error_code;
using net::ip::tcp;

/// Remembers what happened as words: "opened", "heard TEXT", "closed". `on_heard` runs on the server's
/// thread.
class RememberingDoor final : public ChatDoor {
 public:
  std::function<void(ChatSocket&, std::string const&)> on_heard;
  std::function<void(ChatSocket&)> on_opened;

  void opened(std::shared_ptr<ChatSocket> socket) override {
    sockets.insert(socket);
    if (on_opened) on_opened(*socket);
    tell("opened");
  }
  void heard(ChatSocket& socket, std::string text) override {
    if (on_heard) on_heard(socket, text);
    tell("heard " + text);
  }
  void closed(ChatSocket& socket) override {
    std::erase_if(sockets, [&](auto const& held) { return held.get() == &socket; });
    tell("closed");
  }

  /// The next thing that happened; "nothing" when nothing does for ten seconds.
  std::string next() {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds{10}, [&] { return !events_.empty(); }))
      return "nothing";
    auto event = std::move(events_.front());
    events_.pop_front();
    return event;
  }

  std::set<std::shared_ptr<ChatSocket>> sockets;  ///< server's thread only

 private:
  void tell(std::string event) {
    std::lock_guard const lock(mutex_);
    events_.push_back(std::move(event));
    changed_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::string> events_;
};

/// Its end proves that close() lets io_context::run() return: it joins the thread.
class Served {
 public:
  explicit Served(HttpSettings settings = {}, Answer answer = echo) {
    settings.port = 0;
    auto server = HttpServer::open(context, std::move(settings), std::move(answer), door);
    if (!server) throw std::runtime_error(server.error().what);
    server_ = std::move(*server);
    port = server_->port();
    thread_ = std::thread([this] { context.run(); });
  }
  Served(Served const&) = delete;
  Served& operator=(Served const&) = delete;
  ~Served() {
    finish();
    server_.reset();
  }

  /// Closes the server and waits until nothing is left to do.
  void finish() {
    if (!thread_.joinable()) return;
    net::post(context, [this] { server_->close(); });
    thread_.join();
  }

  /// Runs on the server's thread and waits for the value.
  template <class Fn>
  auto ask(Fn fn) {
    std::packaged_task<decltype(fn())()> task(std::move(fn));
    auto value = task.get_future();
    net::post(context, std::move(task));
    return value.get();
  }
  /// Puts pieces where a feed takes them from, and tells the feeds.
  template <class Pieces>
  void nudge(Pieces pieces, Pieces& to) {
    ask([&] {
      to = std::move(pieces);
      server_->nudge();
    });
  }
  std::size_t connections() {
    return ask([this] { return server_->connections(); });
  }

  /// Says what it was asked, one thing a line.
  static HttpResponse echo(HttpRequest const& request) {
    HttpResponse response;
    response.body = request.method + " " + request.path + "\n";
    for (auto const& [name, value] : request.query) response.body += "?" + name + "=" + value + "\n";
    response.body += "peer " + request.peer + "\nbody " + request.body + "\n";
    auto const cookie = request.headers.find("cookie");
    if (cookie != request.headers.end()) response.body += "cookie " + cookie->second + "\n";
    return response;
  }

  net::io_context context;
  RememberingDoor door;
  std::uint16_t port = 0;

 private:
  std::unique_ptr<HttpServer> server_;
  std::thread thread_;
};

/// A TCP connection that says exactly what it is told to.
class Client {
 public:
  explicit Client(std::uint16_t port) : socket(context_) {
    socket.connect({net::ip::make_address("127.0.0.1"), port});
  }
  void say(std::string_view words) {
    error_code ignored;  // the server may have had enough already: what it answered is what counts
    net::write(socket, net::buffer(words), ignored);
  }
  /// The next answer; status 0 when the connection ended first.
  http::response<http::string_body> hear(bool to_head = false) {
    http::response_parser<http::string_body> parser;
    parser.skip(to_head);
    parser.body_limit(64 << 20);
    error_code error;
    http::read(socket, buffer_, parser, error);
    if (!error) return parser.release();
    http::response<http::string_body> none;
    none.result(0);
    return none;
  }
  http::response<http::string_body> get(std::string const& target, std::string const& fields = "") {
    say("GET " + target + " HTTP/1.1\r\nHost: desk.example.org\r\n" + fields + "\r\n");
    return hear();
  }
  /// Waits for the server's end of the connection.
  bool is_hung_up() {
    char byte = 0;
    error_code error;
    socket.read_some(net::buffer(&byte, 1), error);
    return static_cast<bool>(error);
  }

 private:
  net::io_context context_;
  boost::beast::flat_buffer buffer_;

 public:
  tcp::socket socket;
};

}  // namespace spoc::channels::test
