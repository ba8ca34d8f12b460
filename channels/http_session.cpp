// SPDX-License-Identifier: GPL-3.0-or-later
// One HTTP connection (RFC 9110, 9112): reads a request, has it answered, writes the answer, again and again.
#include "channels/site.hpp"
#include "channels/target.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <ctime>
#include <exception>
#include <utility>

namespace spoc::channels {
namespace {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using beast::error_code;
using net::ip::tcp;

// The io_context's own executor type instead of any_io_executor: twice the connections a second (measured).
using Executor = net::io_context::executor_type;
using TcpStream = beast::basic_stream<tcp, Executor>;
using Parser = http::request_parser<http::string_body>;
template <class T = void>
using Task = net::awaitable<T, Executor>;
constexpr auto later = net::as_tuple(net::use_awaitable_t<Executor>{});

/// How long a client that is being turned away may take to say what it wanted, and to hang up.
constexpr auto turning_away = std::chrono::seconds{2};

HttpResponse refusal(int status, std::string why) {
  HttpResponse response;
  response.status = status;
  response.body = std::move(why) + "\n";
  return response;
}

HttpResponse our_fault() { return refusal(500, "Something went wrong here. It is not your fault."); }

/// An answer that is still being made.
struct Promised {
  explicit Promised(Executor const& executor) : came{executor} { came.expires_at(Timer::time_point::max()); }
  using Timer = net::basic_waitable_timer<std::chrono::steady_clock,
                                          net::wait_traits<std::chrono::steady_clock>, Executor>;
  Timer came;
  std::optional<HttpResponse> answer;
};

HttpResponse too_many() {
  auto response = refusal(503, "Too many connections. Please try again in a few seconds.");
  response.headers.emplace_back("Retry-After", "5");
  return response;
}

/// RFC 9110 5.6.7
std::string http_date() {
  std::array<char, 40> text{};
  std::time_t const now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  auto const size = std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

/// A field value that can't begin a new line, whatever words went into it.
std::string one_line(std::string value) {
  for (char& c : value) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return value;
}

http::response<http::string_body> to_wire(HttpResponse&& answer, unsigned version, bool keep_alive) {
  http::response<http::string_body> wire;
  wire.version(version);
  wire.result(static_cast<unsigned>(answer.status));
  wire.set(http::field::date, http_date());
  bool const has_content = answer.status >= 200 && answer.status != 204 && answer.status != 304;
  if (has_content) wire.set(http::field::content_type, one_line(std::move(answer.type)));
  for (auto& [name, value] : answer.headers) wire.insert(name, one_line(std::move(value)));
  if (!wire.count("X-Content-Type-Options")) wire.set("X-Content-Type-Options", "nosniff");
  if (!wire.count("Referrer-Policy")) wire.set("Referrer-Policy", "same-origin");
  wire.keep_alive(keep_alive);
  if (has_content) {
    wire.body() = std::move(answer.body);
    wire.content_length(wire.body().size());
  }
  return wire;
}

/// Nothing when the request line or the Host field break RFC 9112 3.2.
std::optional<HttpRequest> from_wire(http::request<http::string_body> const& wire) {
  auto target = read_target(std::string_view(wire.target().data(), wire.target().size()));
  if (!target || (wire.version() >= 11 && wire.count(http::field::host) != 1)) return std::nullopt;
  HttpRequest request;
  request.method = std::string(wire.method_string());
  request.path = std::move(target->path);
  request.query = std::move(target->query);
  for (auto const& field : wire) {
    std::string name(field.name_string());
    for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    auto& value = request.headers[name];
    // RFC 9110 5.3; cookies are the one exception (RFC 6265 5.4).
    if (!value.empty()) value += name == "cookie" ? "; " : ", ";
    value += std::string(field.value());
  }
  return request;
}

/// What a client must be told about bytes that are no acceptable request; nothing when it just went away.
std::optional<HttpResponse> complaint(error_code error, HttpLimits const& limits) {
  if (error == http::error::end_of_stream || error == http::error::partial_message) return std::nullopt;
  if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    return refusal(431, "The header is larger than " + std::to_string(limits.header) + " bytes.");
  }
  if (error == http::error::body_limit) {
    return refusal(413, "The body is larger than " + std::to_string(limits.body) + " bytes.");
  }
  if (error.category() == http::make_error_code(http::error::bad_method).category()) {
    return refusal(400, "That is no HTTP request: " + error.message() + ".");
  }
  return std::nullopt;
}

class HttpSession final : public Connection, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(std::shared_ptr<Site> site, Caller caller)
      : site_(std::move(site)),
        caller_(std::move(caller)),
        stream_(site_->context),
        // Room for the largest header and for a good piece of body behind it.
        buffer_(site_->settings.limits.header + 64 * 1024) {
    site_->enter(*this);
  }
  HttpSession(HttpSession const&) = delete;
  HttpSession& operator=(HttpSession const&) = delete;
  ~HttpSession() override { site_->left(*this); }

  void start() {
    error_code error;
    auto const protocol = caller_.peer.find(':') == std::string::npos ? tcp::v4() : tcp::v6();
    stream_.socket().assign(protocol, caller_.descriptor, error);
    if (error) {
      ::close(caller_.descriptor);
      return;
    }
    net::co_spawn(stream_.get_executor(), run(shared_from_this()), net::detached);
  }

  /// Shut, not cancelled: a cancel that comes between two reads of one header is lost. What the client has
  /// said in full by now is still answered.
  void leave() override {
    error_code ignored;
    if (waiting_) stream_.socket().shutdown(tcp::socket::shutdown_receive, ignored);
  }
  void cut() override { stream_.close(); }

 private:
  static Task<> run(std::shared_ptr<HttpSession> self) {
    bool again = true;
    while (again && !self->site_->closing()) again = co_await self->round();
  }

  /// One request and its answer; false when the connection is at its end.
  Task<bool> round() {
    auto const& limits = site_->settings.limits;
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits.header));
    parser.body_limit(std::max(limits.body, limits.upload));
    std::chrono::milliseconds const patience = caller_.welcome ? limits.idle : turning_away;
    stream_.expires_after(patience);
    waiting_ = true;
    auto [error, size] = co_await http::async_read_header(stream_, buffer_, parser, later);
    waiting_ = false;
    if (error) co_return co_await turn_away(error);
    if (!caller_.welcome) {
      auto no = too_many();
      co_return co_await answer_last(std::move(no));
    }
    auto request = from_wire(parser.get());
    if (!request) {
      auto no = refusal(400, "The request line or the Host field is broken.");
      co_return co_await answer_last(std::move(no));
    }
    request->peer = behind_proxies(caller_.peer, request->header("x-forwarded-for"), site_->settings.proxies);
    request->local = caller_.local;
    bool const spoken = request->method == "POST" || request->method == "OPTIONS";
    if (request->path == site_->settings.chat_path && !spoken)
      co_return co_await upgrade(parser.get(), *request);
    // A chunked body does not say its size.
    std::size_t const announced = parser.content_length().value_or(0);
    bool const large = parser.chunked() || announced > limits.body;
    std::size_t const most = large ? most_of(*request) : limits.body;
    if (announced > most) {
      auto no = refused(*request);
      if (no) co_return co_await answer_last(std::move(*no));
      co_return co_await turn_away(make_error_code(http::error::body_limit));
    }
    parser.body_limit(most);

    if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
      http::response<http::empty_body> go_on(http::status::continue_, 11);
      auto [write_error, written] = co_await http::async_write(stream_, go_on, later);
      if (write_error) co_return false;
    }
    stream_.expires_after(patience);
    auto [body_error, body_size] = co_await http::async_read(stream_, buffer_, parser, later);
    if (body_error == http::error::body_limit) {
      auto no = refused(*request);
      if (no) co_return co_await answer_last(std::move(*no));
    }
    if (body_error) co_return co_await turn_away(body_error);
    request->body = std::move(parser.get().body());
    co_return co_await answer(*request, parser.get());
  }

  std::size_t most_of(HttpRequest const& request) const {
    auto const& settings = site_->settings;
    return std::max(settings.limits.body, settings.most ? settings.most(request) : 0);
  }

  /// What another room says to a body that is too large for it; its fault must not cost the loop.
  std::optional<HttpResponse> refused(HttpRequest const& request) {
    try {
      return site_->settings.refuse ? site_->settings.refuse(request) : std::nullopt;
    } catch (std::exception const&) {
      return std::nullopt;
    }
  }

  Task<bool> answer(HttpRequest& request, http::request<http::string_body> const& wire) {
    bool const head = request.method == "HEAD";
    if (head) request.method = "GET";
    auto response = request.path == site_->settings.chat_path ? speak(request) : ask(request);
    co_await settle(response);
    if (response.feed && !head) {
      if (auto caller = released()) serve_feed(site_, std::move(*caller), std::move(response));
      co_return false;
    }
    co_return co_await write(std::move(response), wire.version(), wire.keep_alive() && !site_->closing(),
                             head);
  }

  /// Waits for an answer that comes later. A timer that never runs out is what is waited for.
  Task<> settle(HttpResponse& response) {
    if (!response.deferred) co_return;
    auto const promised = std::make_shared<Promised>(stream_.get_executor());
    auto const begin = std::exchange(response.deferred, nullptr);
    try {
      begin([promised](HttpResponse said) {
        promised->answer = std::move(said);
        promised->came.cancel();
      });
    } catch (std::exception const&) {
      promised->answer = our_fault();
    }
    while (!promised->answer) co_await promised->came.async_wait(later);
    response = std::move(*promised->answer);
  }

  /// The answer function belongs to another room: its fault must not cost the connection, let alone the loop.
  HttpResponse ask(HttpRequest const& request) {
    try {
      return site_->answer(request);
    } catch (std::exception const&) {
      return our_fault();
    }
  }

  Task<bool> write(HttpResponse response, unsigned version, bool keep_alive, bool head) {
    auto wire = to_wire(std::move(response), version, keep_alive);
    http::response_serializer<http::string_body> serializer(wire);
    stream_.expires_after(site_->settings.limits.idle);
    if (head) {
      auto [error, size] = co_await http::async_write_header(stream_, serializer, later);
      co_return !error && keep_alive;
    }
    auto [error, size] = co_await http::async_write(stream_, serializer, later);
    co_return !error && keep_alive;
  }

  Task<bool> turn_away(error_code error) {
    auto words = complaint(error, site_->settings.limits);
    if (!words) co_return false;
    co_return co_await answer_last(std::move(*words));
  }

  /// Answers and hangs up; reads on for a moment, since closing over unread bytes would reset the connection
  /// and take the answer away again (RFC 9112 9.6).
  Task<bool> answer_last(HttpResponse response) {
    co_await write(std::move(response), 11, false, false);
    error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
    stream_.expires_after(turning_away);
    for (;;) {
      buffer_.clear();
      auto const room = buffer_.prepare(16 * 1024);
      auto [error, size] = co_await stream_.async_read_some(room, later);
      if (error) co_return false;
    }
  }

  /// One frame for an event stream that is open.
  HttpResponse speak(HttpRequest& request) {
    auto const origin = request.header("origin");
    if (!may_chat(origin, request.header("host"), site_->settings.origins))
      return refusal(403, "Pages of this origin may not chat here.");
    if (request.method == "OPTIONS") return preflight(request, origin);
    HttpResponse response;
    auto const to = request.query.find("to");
    auto const stream = to == request.query.end() ? site_->streams.end() : site_->streams.find(to->second);
    auto const open = stream == site_->streams.end() ? nullptr : stream->second.lock();
    if (request.body.size() > site_->settings.chat.frame) {
      response = refusal(413, "A frame may have " + std::to_string(site_->settings.chat.frame) + " bytes.");
    } else if (open && open->hear(std::move(request.body))) {
      response.status = 204;
    } else {
      response = refusal(404, "This stream has ended.");
    }
    if (!origin.empty()) response.headers.emplace_back("Access-Control-Allow-Origin", origin);
    return response;
  }

  /// The Fetch standard's CORS protocol. The widget's own requests are simple ones, of which no browser asks
  /// beforehand; some do where a page of the internet reaches for a desk inside (Private Network Access).
  static HttpResponse preflight(HttpRequest const& request, std::string const& origin) {
    HttpResponse response;
    response.status = 204;
    response.headers = {{"Vary", "Origin"},
                        {"Access-Control-Allow-Methods", "GET, POST"},
                        {"Access-Control-Allow-Headers", "content-type"},
                        {"Access-Control-Max-Age", "600"}};
    if (!origin.empty()) response.headers.emplace_back("Access-Control-Allow-Origin", origin);
    if (request.header("access-control-request-private-network") == "true")
      response.headers.emplace_back("Access-Control-Allow-Private-Network", "true");
    return response;
  }

  Task<bool> upgrade(http::request<http::string_body> const& wire, HttpRequest const& request) {
    auto no = objection(wire, request);
    if (no) {
      auto response = std::move(*no);
      co_return co_await answer_last(std::move(response));
    }
    hand_over(wire, request);
    co_return false;
  }

  /// Why this request can't become a chat socket; takes the client's seat when it can.
  std::optional<HttpResponse> objection(http::request<http::string_body> const& wire,
                                        HttpRequest const& request) {
    if (!beast::websocket::is_upgrade(wire) && !wants_events(request)) {
      auto response = refusal(426, "This address speaks WebSocket only.");
      response.headers.emplace_back("Upgrade", "websocket");
      return response;
    }
    auto const origin = request.header("origin");
    if (!may_chat(origin, request.header("host"), site_->settings.origins)) {
      return refusal(403,
                     "Pages of " + one_line(origin) +
                         " may not open a chat here: their origin is neither this host's nor configured.");
    }
    // Frames may come only after our handshake (RFC 6455 4.1).
    if (buffer_.size() > 0) return refusal(400, "Frames before the handshake.");
    if (request.peer != caller_.peer) {
      auto seat = site_->seat(request.peer);
      if (!seat) return too_many();
      caller_.seat = std::move(*seat);
    }
    return std::nullopt;
  }

  static bool wants_events(HttpRequest const& request) {
    return request.method == "GET" && request.header("accept").find("text/event-stream") != std::string::npos;
  }

  /// The connection as somebody else's; nothing when it has gone.
  std::optional<Caller> released() {
    error_code error;
    auto socket = stream_.release_socket();
    Caller caller;
    caller.descriptor = socket.release(error);
    if (error) return std::nullopt;
    caller.peer = caller_.peer;
    caller.local = caller_.local;
    caller.seat = std::move(caller_.seat);
    return caller;
  }

  void hand_over(http::request<http::string_body> const& wire, HttpRequest const& request) {
    auto caller = released();
    if (!caller) return;
    caller->peer = request.peer;
    if (beast::websocket::is_upgrade(wire))
      serve_chat(site_, std::move(*caller), request);
    else
      serve_stream(site_, std::move(*caller), request.header("origin"));
  }

  std::shared_ptr<Site> site_;
  Caller caller_;
  TcpStream stream_;
  beast::flat_buffer buffer_;
  bool waiting_ = false;  ///< for a request: nothing would be lost by hanging up
};

}  // namespace

void serve_http(std::shared_ptr<Site> site, Caller caller) {
  std::make_shared<HttpSession>(std::move(site), std::move(caller))->start();
}

}  // namespace spoc::channels
