// SPDX-License-Identifier: GPL-3.0-or-later
// One chat WebSocket (RFC 6455): a reading coroutine, one write at a time, a bounded queue, a rate limit.
#include "channels/bucket.hpp"
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
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <exception>
#include <vector>

namespace spoc::channels {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using beast::error_code;
using net::ip::tcp;

using Executor = net::io_context::executor_type;
using Socket = net::basic_stream_socket<tcp, Executor>;
// false: without permessage-deflate, which costs 100 KB a connection (measured).
using Stream = websocket::stream<Socket, false>;
using Handshake = http::request<http::empty_body>;
using Task = net::awaitable<void, Executor>;
constexpr auto later = net::as_tuple(net::use_awaitable_t<Executor>{});

/// For the handshake, and for a close that the other side doesn't answer.
constexpr auto politeness = std::chrono::seconds{5};
/// RFC 6455 5.5: a control frame holds 125 bytes, two of them are the code.
constexpr std::size_t longest_reason = 123;

Handshake to_handshake(HttpRequest const& request) {
  Handshake handshake(http::verb::get, request.path, 11);
  for (auto const* name : {"host", "connection", "upgrade", "sec-websocket-key", "sec-websocket-version"}) {
    auto const row = request.headers.find(name);
    if (row != request.headers.end()) handshake.set(name, row->second);
  }
  return handshake;
}

class BeastChatSocket final : public ChatSocket,
                              public Connection,
                              public std::enable_shared_from_this<BeastChatSocket> {
 public:
  BeastChatSocket(std::shared_ptr<Site> site, Caller caller)
      : site_(std::move(site)),
        caller_(std::move(caller)),
        stream_(site_->context),
        deadline_(site_->context),
        bucket_(limits().frames_per_second, 4 * limits().frames_per_second, Bucket::Moment::clock::now()) {
    site_->enter(*this);
  }
  BeastChatSocket(BeastChatSocket const&) = delete;
  BeastChatSocket& operator=(BeastChatSocket const&) = delete;
  ~BeastChatSocket() override { site_->left(*this); }

  void start(Handshake handshake) {
    error_code error;
    auto const protocol = caller_.peer.find(':') == std::string::npos ? tcp::v4() : tcp::v6();
    stream_.next_layer().assign(protocol, caller_.descriptor, error);
    if (error) {
      ::close(caller_.descriptor);
      return;
    }
    // Beast pings after half of the idle timeout and gives up after the whole.
    websocket::stream_base::timeout const patience{politeness, 2 * limits().ping, true};
    stream_.set_option(patience);
    stream_.read_message_max(limits().frame);
    stream_.auto_fragment(false);
    stream_.control_callback([this](websocket::frame_type kind, beast::string_view) {
      // Pings cost us a pong each, so they count as frames do.
      if (kind == websocket::frame_type::ping) spend();
    });
    net::co_spawn(stream_.get_executor(), run(shared_from_this(), std::move(handshake)), net::detached);
  }

  void send(std::shared_ptr<std::string const> frame) override {
    if (goodbye_) return;
    if (queue_.size() >= limits().queue || queued_ > limits().queue_bytes) {
      queue_.resize(writing_ ? 1 : 0);
      close(websocket::close_code::try_again_later, "you read too slowly");
      return;
    }
    queued_ += frame->size();
    queue_.push_back(std::move(frame));
    if (!writing_) write_next();
  }

  /// What is queued goes out first; a peer that takes too long over that is cut off.
  void close(int code, std::string const& reason) override {
    if (goodbye_) return;
    goodbye_.emplace(static_cast<websocket::close_code>(code), reason.substr(0, longest_reason));
    deadline_.expires_after(politeness);
    deadline_.async_wait([weak = weak_from_this()](error_code error) {
      auto const self = weak.lock();
      if (!error && self) self->cut();
    });
    if (!writing_) say_goodbye();
  }

  std::string const& peer() const override { return caller_.peer; }

  void leave() override {
    if (open_) {
      close(websocket::close_code::service_restart, "the service desk restarts");
    } else {
      cut();
    }
  }

  void cut() override {
    error_code ignored;
    stream_.next_layer().close(ignored);
  }

 private:
  ChatLimits const& limits() const { return site_->settings.chat; }

  static Task run(std::shared_ptr<BeastChatSocket> self, Handshake handshake) {
    auto [error] = co_await self->stream_.async_accept(handshake, later);
    if (error) co_return;
    self->open_ = true;
    self->site_->chat.opened(self);
    co_await self->listen();
    self->open_ = false;
    self->site_->chat.closed(*self);
    if (!self->goodbye_) self->cut();
  }

  Task listen() {
    while (!goodbye_) {
      std::string text;
      do {
        auto [error, size] = co_await stream_.async_read_some(net::buffer(piece_), later);
        if (error || goodbye_) co_return;
        text.append(piece_.data(), size);
      } while (!stream_.is_message_done());
      if (!stream_.got_text()) {
        close(websocket::close_code::unknown_data, "text frames only");
      } else if (spend()) {
        hear(std::move(text));
      }
    }
  }

  /// The door belongs to another room: its fault costs this socket, not the loop.
  void hear(std::string text) {
    try {
      site_->chat.heard(*this, std::move(text));
    } catch (std::exception const&) {
      close(websocket::close_code::internal_error, "something went wrong here");
    }
  }

  /// Pays for one frame; closes, from the next turn of the loop, when the peer has spent all.
  bool spend() {
    if (bucket_.take(Bucket::Moment::clock::now())) return true;
    net::post(stream_.get_executor(), [self = shared_from_this()] {
      self->close(websocket::close_code::policy_error, "too many frames");
    });
    return false;
  }

  void write_next() {
    writing_ = true;
    stream_.text(true);
    stream_.async_write(net::buffer(*queue_.front()),
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
    queue_.erase(queue_.begin());
    if (!queue_.empty()) {
      write_next();
    } else if (goodbye_) {
      say_goodbye();
    }
  }

  void say_goodbye() {
    stream_.async_close(*goodbye_, [self = shared_from_this()](error_code) {
      self->deadline_.cancel();
      self->cut();
    });
  }

  std::shared_ptr<Site> site_;
  Caller caller_;
  Stream stream_;
  net::steady_timer deadline_;
  Bucket bucket_;
  /// Of the frame that comes in: a dynamic buffer would hold 1.5 KB for each socket that says nothing.
  std::array<char, 256> piece_;
  /// The front is being written. Short, and empty most of the time, when a deque would hold 600 bytes.
  std::vector<std::shared_ptr<std::string const>> queue_;
  std::size_t queued_ = 0;  ///< its bytes, until it is thrown away
  std::optional<websocket::close_reason> goodbye_;
  bool writing_ = false;
  bool open_ = false;
};

}  // namespace

void serve_chat(std::shared_ptr<Site> site, Caller caller, HttpRequest const& request) {
  auto handshake = to_handshake(request);
  std::make_shared<BeastChatSocket>(std::move(site), std::move(caller))->start(std::move(handshake));
}

}  // namespace spoc::channels
