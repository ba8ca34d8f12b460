// SPDX-License-Identifier: GPL-3.0-or-later
// One connection a question: pieces with their length before them, a piece of length 0, one line back.
#include "channels/clamd.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace spoc::channels {
namespace {

class Socket {
 public:
  explicit Socket(int number) : number_{number} {}
  Socket(Socket const&) = delete;
  Socket& operator=(Socket const&) = delete;
  ~Socket() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }

  bool say(std::string_view bytes) const {
    while (!bytes.empty()) {
      auto const sent = ::send(number_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent < 0 && errno == EINTR) continue;
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  std::string hear() const {
    constexpr std::size_t longest = 4096;
    std::string out;
    std::array<char, 512> piece{};
    while (out.size() < longest && out.find('\0') == std::string::npos) {
      auto const got = ::recv(number_, piece.data(), piece.size(), 0);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) break;
      out.append(piece.data(), static_cast<std::size_t>(got));
    }
    return out.substr(0, out.find_first_of(std::string_view{"\0\n", 2}));
  }

 private:
  int number_;
};

Error away(std::string const& place, int fault) {
  return {Kind::busy, "the virus scanner at " + place + " can't be asked: " + std::strerror(fault)};
}

bool reach(int number, std::string const& place, std::size_t colon) {
  if (colon == std::string::npos) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (place.size() >= sizeof address.sun_path) {
      errno = ENAMETOOLONG;
      return false;
    }
    std::copy(place.begin(), place.end(), address.sun_path);
    return ::connect(number, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }
  sockaddr_in address{};
  address.sin_family = AF_INET;
  std::uint16_t port = 0;
  std::from_chars(place.data() + colon + 1, place.data() + place.size(), port);
  address.sin_port = htons(port);
  if (::inet_pton(AF_INET, place.substr(0, colon).c_str(), &address.sin_addr) != 1) {
    errno = EADDRNOTAVAIL;
    return false;
  }
  return ::connect(number, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
}

bool stream(Socket const& socket, std::string_view bytes) {
  constexpr std::size_t largest_piece = 64 * 1024;
  if (!socket.say({"zINSTREAM\0", 10})) return false;
  for (;;) {
    std::string_view const piece = bytes.substr(0, largest_piece);
    std::uint32_t const length = htonl(static_cast<std::uint32_t>(piece.size()));
    if (!socket.say({reinterpret_cast<char const*>(&length), sizeof length}) || !socket.say(piece))
      return false;
    if (piece.empty()) return true;
    bytes.remove_prefix(piece.size());
  }
}

}  // namespace

Result<std::string> scan(std::string const& place, std::string_view bytes, std::chrono::seconds patience) {
  std::size_t const colon = place.starts_with('/') ? std::string::npos : place.rfind(':');
  Socket const socket{
      ::socket(colon == std::string::npos ? AF_UNIX : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  timeval const limit{patience.count(), 0};
  ::setsockopt(socket.number(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket.number(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  if (socket.number() < 0 || !reach(socket.number(), place, colon)) return away(place, errno);
  // A server that has heard enough answers and hangs up: its answer is read even where sending failed.
  bool const sent = stream(socket, bytes);
  std::string const answer = socket.hear();
  constexpr std::string_view before = "stream: ", found = " FOUND";
  if (answer == "stream: OK") return std::string{};
  if (answer.starts_with(before) && answer.ends_with(found))
    return answer.substr(before.size(), answer.size() - before.size() - found.size());
  if (answer.empty()) return away(place, sent ? ETIMEDOUT : EPIPE);
  return Error{Kind::refused, "the virus scanner gave no verdict: " + answer};
}

}  // namespace spoc::channels
