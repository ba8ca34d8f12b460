// SPDX-License-Identifier: GPL-3.0-or-later
// An event stream (HTML standard, 9.2) whose pieces are asked for, one when the last has been written.
#include "channels/site.hpp"

#include <unistd.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <exception>

namespace spoc::channels {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<tcp, Executor>;
using Task = net::awaitable<void, Executor>;
constexpr auto later = net::as_tuple(net::use_awaitable_t<Executor>{});

class FeedSocket final : public Connection,
                         public FeedReader,
                         public std::enable_shared_from_this<FeedSocket> {
 public:
  FeedSocket(std::shared_ptr<Site> site, Caller caller, Feed feed)
      : site_(std::move(site)),
        caller_(std::move(caller)),
        feed_(std::move(feed)),
        socket_(site_->context),
        timer_(site_->context),
        stuck_(site_->context) {
    site_->enter(*this);
    site_->feeds.insert(this);
  }
  FeedSocket(FeedSocket const&) = delete;
  FeedSocket& operator=(FeedSocket const&) = delete;
  ~FeedSocket() override {
    site_->feeds.erase(this);
    site_->left(*this);
  }

  void start(std::string head) {
    error_code error;
    auto const protocol = caller_.peer.find(':') == std::string::npos ? tcp::v4() : tcp::v6();
    socket_.assign(protocol, caller_.descriptor, error);
    if (error) {
      ::close(caller_.descriptor);
      return;
    }
    net::co_spawn(socket_.get_executor(), speak(shared_from_this(), std::move(head)), net::detached);
    net::co_spawn(socket_.get_executor(), wait_for_end(shared_from_this()), net::detached);
  }

  void nudge() override { timer_.cancel(); }
  void leave() override {
    ending_ = true;
    timer_.cancel();
  }
  void cut() override {
    ending_ = true;
    timer_.cancel();
    error_code ignored;
    socket_.close(ignored);
  }

 private:
  /// The feed belongs to another room: its fault ends this stream, not the loop.
  std::optional<std::string> next() {
    try {
      return feed_();
    } catch (std::exception const&) {
      return std::nullopt;
    }
  }

  /// Who takes nothing for so long gives their place up; they go on behind their last event when they come
  /// again.
  void hold_on() {
    stuck_.expires_after(2 * site_->settings.chat.ping);
    stuck_.async_wait([weak = weak_from_this()](error_code error) {
      if (auto const self = weak.lock(); self && !error) self->cut();
    });
  }

  static Task speak(std::shared_ptr<FeedSocket> self, std::string words) {
    while (!self->ending_) {
      auto const piece = net::buffer(words);
      self->hold_on();
      auto [error, size] = co_await net::async_write(self->socket_, piece, later);
      self->stuck_.cancel();
      if (error) break;
      auto more = self->next();
      if (!more) break;
      words = std::move(*more);
      if (!words.empty() || self->ending_) continue;
      // A comment keeps proxies from hanging up, and finds out who has gone.
      self->timer_.expires_after(self->site_->settings.chat.ping);
      auto [called] = co_await self->timer_.async_wait(later);
      if (!called) words = ":\n\n";
    }
    self->cut();
  }

  /// Nothing more is said on this connection: reading tells when the reader has gone.
  static Task wait_for_end(std::shared_ptr<FeedSocket> self) {
    std::array<char, 256> ignored{};
    for (;;) {
      auto const room = net::buffer(ignored);
      auto [error, size] = co_await self->socket_.async_read_some(room, later);
      if (error) break;
    }
    self->cut();
  }

  std::shared_ptr<Site> site_;
  Caller caller_;
  Feed feed_;
  Socket socket_;
  net::basic_waitable_timer<std::chrono::steady_clock, net::wait_traits<std::chrono::steady_clock>, Executor>
      timer_, stuck_;
  bool ending_ = false;
};

std::string without_breaks(std::string text) {
  for (char& c : text)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  return text;
}

}  // namespace

void serve_feed(std::shared_ptr<Site> site, Caller caller, HttpResponse head) {
  std::string words =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
      "X-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n";
  for (auto& [name, value] : head.headers) words += name + ": " + without_breaks(std::move(value)) + "\r\n";
  auto const socket = std::make_shared<FeedSocket>(std::move(site), std::move(caller), std::move(head.feed));
  socket->start(words + "\r\n" + head.body);
}

}  // namespace spoc::channels
