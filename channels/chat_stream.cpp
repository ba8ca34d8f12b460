// SPDX-License-Identifier: GPL-3.0-or-later
// A chat where WebSocket is blocked: frames go down as Server-Sent Events and come up as POSTs, the same
// ones.
#include "channels/bucket.hpp"
#include "channels/site.hpp"

#include <sys/random.h>
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
#include <deque>
#include <exception>
#include <stdexcept>

namespace spoc::channels {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<tcp, Executor>;
using Task = net::awaitable<void, Executor>;
constexpr auto later = net::as_tuple(net::use_awaitable_t<Executor>{});

/// For a goodbye that the other side doesn't read.
constexpr auto politeness = std::chrono::seconds{5};

/// Whoever knows the name may speak on the stream: nobody guesses 128 bits.
std::string new_name() {
  std::array<unsigned char, 16> bytes{};
  if (::getentropy(bytes.data(), bytes.size()) != 0) throw std::runtime_error("no entropy");
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (unsigned char const byte : bytes) out.append({digits[byte >> 4U], digits[byte & 15U]});
  return out;
}

/// The HTML standard, 9.2: an event is lines and a blank one. A frame is JSON on one line.
std::shared_ptr<std::string const> event(std::string_view kind, std::string_view data) {
  std::string out;
  if (!kind.empty()) out.append("event: ").append(kind).append("\n");
  out.append("data: ").append(data).append("\n\n");
  return std::make_shared<std::string const>(std::move(out));
}

class EventSocket final : public ChatSocket,
                          public Connection,
                          public Stream,
                          public std::enable_shared_from_this<EventSocket> {
 public:
  EventSocket(std::shared_ptr<Site> site, Caller caller)
      : site_(std::move(site)),
        caller_(std::move(caller)),
        name_(new_name()),
        socket_(site_->context),
        timer_(site_->context),
        bucket_(limits().frames_per_second, 4 * limits().frames_per_second, Bucket::Moment::clock::now()) {
    site_->enter(*this);
  }
  EventSocket(EventSocket const&) = delete;
  EventSocket& operator=(EventSocket const&) = delete;
  ~EventSocket() override {
    site_->streams.erase(name_);
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
    site_->streams.emplace(name_, weak_from_this());
    push(std::make_shared<std::string const>(std::move(head)));
    push(event("name", name_));
    heard_at_ = Bucket::Moment::clock::now();
    site_->chat.opened(shared_from_this());
    open_ = true;
    beat();
    net::co_spawn(socket_.get_executor(), wait_for_end(shared_from_this()), net::detached);
  }

  // -- ChatSocket

  void send(std::shared_ptr<std::string const> frame) override {
    if (ending_) return;
    if (queue_.size() >= limits().queue || queued_ > limits().queue_bytes) {
      queue_.resize(1);  // the one being written
      close(1013, "you read too slowly");
      return;
    }
    push(event("", *frame));
  }

  void close(int code, std::string const& reason) override {
    if (ending_) return;
    push(event("end", std::to_string(code) + " " + reason));
    ending_ = true;
    timer_.expires_after(politeness);
    timer_.async_wait([weak = weak_from_this()](error_code error) {
      if (auto const self = weak.lock(); self && !error) self->cut();
    });
  }

  std::string const& peer() const override { return caller_.peer; }

  // -- Connection

  void leave() override { close(1012, "the service desk restarts"); }
  void cut() override {
    error_code ignored;
    socket_.close(ignored);
  }

  // -- Stream

  bool hear(std::string text) override {
    if (ending_ || !open_) return false;
    heard_at_ = Bucket::Moment::clock::now();
    if (!bucket_.take(heard_at_)) {
      close(1008, "too many frames");
      return false;
    }
    // The door belongs to another room: its fault costs this socket, not the loop.
    try {
      site_->chat.heard(*this, std::move(text));
    } catch (std::exception const&) {
      close(1011, "something went wrong here");
    }
    return true;
  }

 private:
  ChatLimits const& limits() const { return site_->settings.chat; }

  /// Nothing more is said on this connection: reading tells when the browser has gone.
  static Task wait_for_end(std::shared_ptr<EventSocket> self) {
    std::array<char, 256> ignored{};
    for (;;) {
      auto const room = net::buffer(ignored);
      auto [error, size] = co_await self->socket_.async_read_some(room, later);
      if (error) break;
    }
    self->open_ = false;
    self->ending_ = true;
    self->timer_.cancel();
    self->site_->chat.closed(*self);
    self->cut();
  }

  /// A comment keeps proxies from hanging up; a browser that says nothing for twice that time has gone.
  void beat() {
    timer_.expires_after(limits().ping);
    timer_.async_wait([weak = weak_from_this()](error_code error) {
      auto const self = weak.lock();
      if (error || !self || self->ending_) return;
      if (Bucket::Moment::clock::now() - self->heard_at_ > 2 * self->limits().ping) return self->cut();
      self->push(std::make_shared<std::string const>(":\n\n"));
      self->beat();
    });
  }

  void push(std::shared_ptr<std::string const> bytes) {
    queued_ += bytes->size();
    queue_.push_back(std::move(bytes));
    if (!writing_) write_next();
  }

  void write_next() {
    writing_ = true;
    net::async_write(socket_, net::buffer(*queue_.front()),
                     [self = shared_from_this()](error_code error, std::size_t) { self->written(error); });
  }

  void written(error_code error) {
    writing_ = false;
    if (error) {
      queue_.clear();
      cut();
      return;
    }
    queued_ -= queue_.front()->size();
    queue_.pop_front();
    if (!queue_.empty()) {
      write_next();
    } else if (ending_) {
      error_code ignored;
      socket_.shutdown(tcp::socket::shutdown_both, ignored);
    }
  }

  std::shared_ptr<Site> site_;
  Caller caller_;
  std::string name_;
  Socket socket_;
  net::steady_timer timer_;
  Bucket bucket_;
  Bucket::Moment heard_at_;
  std::deque<std::shared_ptr<std::string const>> queue_;  ///< the front is being written
  std::size_t queued_ = 0;                                ///< its bytes, until it is thrown away
  bool writing_ = false;
  bool open_ = false;
  bool ending_ = false;
};

}  // namespace

void serve_stream(std::shared_ptr<Site> site, Caller caller, std::string const& origin) {
  std::string head =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n"
      "X-Accel-Buffering: no\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n";
  // The page's origin has been let in, so it is a header-safe one of the configured or our own.
  if (!origin.empty()) head += "Access-Control-Allow-Origin: " + origin + "\r\nVary: Origin\r\n";
  std::make_shared<EventSocket>(std::move(site), std::move(caller))->start(head + "\r\n");
}

}  // namespace spoc::channels
