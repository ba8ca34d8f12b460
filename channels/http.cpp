// SPDX-License-Identifier: GPL-3.0-or-later
// The listening socket: takes connections in, counts them, and says goodbye to all of them.
#include "channels/http.hpp"

#include "channels/site.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <iterator>
#include <optional>

namespace spoc::channels {
namespace {

namespace net = boost::asio;
using boost::system::error_code;
using net::ip::tcp;

/// Accepted in one go before other work gets its turn.
constexpr int batch = 64;
/// Without a free descriptor the waiting connection keeps the socket readable: try again after this, not at
/// once.
constexpr auto breath = std::chrono::milliseconds{100};
/// What a polite goodbye may take before connections are cut.
constexpr auto farewell = std::chrono::seconds{3};

std::string name_of(sockaddr_storage const& address) {
  if (address.ss_family == AF_UNIX) return "local";
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address.ss_family == AF_INET6) {
    auto const& v6 = reinterpret_cast<sockaddr_in6 const&>(address);
    // A dual-stack socket shows IPv4 peers as ::ffff:192.0.2.1.
    if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr)) {
      ::inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], text.data(), text.size());
    } else {
      ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
    }
  } else {
    ::inet_ntop(AF_INET, &reinterpret_cast<sockaddr_in const&>(address).sin_addr, text.data(), text.size());
  }
  return text.data();
}

/// Does the other end of a Unix socket belong to our own user, or to root?
bool is_one_of_us(int descriptor) {
  ucred peer{};
  socklen_t size = sizeof peer;
  return ::getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
         (peer.uid == ::geteuid() || peer.uid == 0);
}

/// The listening itself; outlives the HttpServer by what is still under way on the io_context.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  Listener(std::shared_ptr<Site> site, tcp::acceptor acceptor)
      : site_(std::move(site)), acceptor_(std::move(acceptor)), timer_(site_->context) {}

  void start() {
    auto const weak = weak_from_this();
    site_->emptied = [weak] {
      if (auto const self = weak.lock(); self && self->site_->closing()) self->timer_.cancel();
    };
    wait();
  }

  void close() {
    if (site_->closing()) return;
    error_code ignored;
    acceptor_.close(ignored);
    if (auto const& socket = site_->settings.socket; !socket.empty()) ::unlink(socket.c_str());
    timer_.cancel();
    site_->close();
    if (site_->connections() == 0) return;
    timer_.expires_after(farewell);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->site_->cut();
    });
  }

  std::uint16_t port() const {
    error_code ignored;
    return acceptor_.local_endpoint(ignored).port();
  }
  Site const& site() const { return *site_; }
  void nudge() {
    for (FeedReader* const feed : site_->feeds) feed->nudge();
  }

 private:
  void wait() {
    acceptor_.async_wait(tcp::acceptor::wait_read, [self = shared_from_this()](error_code error) {
      if (!error) self->accept();
    });
  }

  void accept() {
    for (int i = 0; i < batch; ++i) {
      sockaddr_storage address{};
      socklen_t size = sizeof address;
      int const descriptor = ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&address),
                                       &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
      if (descriptor >= 0) {
        welcome(descriptor, name_of(address));
      } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
        break;
      } else if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
        return rest();
      }
      // Anything else (ECONNABORTED, EPROTO...) is that one connection's trouble: accept(2), "Error
      // handling".
    }
    wait();
  }

  void rest() {
    timer_.expires_after(breath);
    timer_.async_wait([self = shared_from_this()](error_code error) {
      if (!error) self->wait();
    });
  }

  void welcome(int descriptor, std::string peer) {
    int const on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    bool const local = !site_->settings.socket.empty();
    if (local && !is_one_of_us(descriptor)) {
      ::close(descriptor);
      return;
    }
    auto seat = site_->is_full() ? std::nullopt : site_->seat(peer);
    Caller caller;
    caller.descriptor = descriptor;
    caller.peer = std::move(peer);
    caller.local = local;
    caller.welcome = seat.has_value();
    if (!seat) seat = site_->seat_for_refusal();
    if (!seat) {
      ::close(descriptor);
      return;
    }
    caller.seat = std::move(*seat);
    serve_http(site_, std::move(caller));
  }

  std::shared_ptr<Site> site_;
  tcp::acceptor acceptor_;
  net::steady_timer timer_;
};

class Server final : public HttpServer {
 public:
  explicit Server(std::shared_ptr<Listener> listener)
      : listener_(std::move(listener)), port_(listener_->port()) {
    listener_->start();
  }
  Server(Server const&) = delete;
  Server& operator=(Server const&) = delete;
  ~Server() override { listener_->close(); }
  std::uint16_t port() const override { return port_; }
  void close() override { listener_->close(); }
  std::size_t connections() const override { return listener_->site().connections(); }
  void nudge() override { listener_->nudge(); }

 private:
  std::shared_ptr<Listener> listener_;
  std::uint16_t port_;
};

Result<tcp::acceptor> listen(net::io_context& context, HttpSettings const& settings) {
  auto const place =
      "http: can't listen on " + settings.address + " port " + std::to_string(settings.port) + ": ";
  error_code error;
  auto const address = net::ip::make_address(settings.address, error);
  if (error) return Error{Kind::busy, place + "that is no IP address; give one, such as 127.0.0.1 or ::"};
  tcp::endpoint const endpoint(address, settings.port);
  tcp::acceptor acceptor(context);
  if (!acceptor.open(endpoint.protocol(), error) &&
      !acceptor.set_option(tcp::acceptor::reuse_address(true), error) &&
      (!address.is_v6() || !acceptor.set_option(net::ip::v6_only(false), error)) &&
      !acceptor.bind(endpoint, error) && !acceptor.listen(tcp::acceptor::max_listen_connections, error) &&
      !acceptor.non_blocking(true, error)) {
    return acceptor;
  }
  auto const remedy = error == net::error::address_in_use ? "; stop what listens there or choose another port"
                      : error == net::error::access_denied
                          ? "; ports below 1024 need CAP_NET_BIND_SERVICE: choose a higher one"
                          : "; choose an address of this machine";
  return Error{Kind::busy, place + error.message() + remedy};
}

/// Asio asks no more of a socket than the system calls that both families share, so the connections of a Unix
/// socket are served as those of TCP are; it is only opened by hand.
Result<tcp::acceptor> listen_locally(net::io_context& context, std::filesystem::path const& path) {
  auto const place = "can't listen at " + path.string() + ": ";
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.native().size() >= sizeof address.sun_path)
    return Error{Kind::busy, place + "a socket's path may have " +
                                 std::to_string(sizeof address.sun_path - 1) +
                                 " bytes; name a shorter one as api.socket"};
  std::copy(path.native().begin(), path.native().end(), std::begin(address.sun_path));
  int const descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  ::unlink(path.c_str());
  // Nobody can connect before listen(), so the mode is there in time.
  bool const well = descriptor >= 0 &&
                    ::bind(descriptor, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0 &&
                    ::chmod(path.c_str(), 0600) == 0 && ::listen(descriptor, SOMAXCONN) == 0;
  tcp::acceptor acceptor(context);
  error_code error(errno, boost::system::system_category());
  if (well) acceptor.assign(tcp::v4(), descriptor, error);
  if (well && !error) return acceptor;
  if (descriptor >= 0) ::close(descriptor);
  return Error{Kind::busy,
               place + error.message() + "; its folder must be writable, or name another as api.socket"};
}

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::open(net::io_context& context, HttpSettings settings,
                                                     Answer answer, ChatDoor& chat) {
  auto acceptor =
      settings.socket.empty() ? listen(context, settings) : listen_locally(context, settings.socket);
  if (!acceptor) return acceptor.error();
  auto site = std::make_shared<Site>(context, std::move(settings), std::move(answer), chat);
  auto listener = std::make_shared<Listener>(std::move(site), std::move(*acceptor));
  return std::unique_ptr<HttpServer>(std::make_unique<Server>(std::move(listener)));
}

}  // namespace spoc::channels
