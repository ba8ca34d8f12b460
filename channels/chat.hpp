// SPDX-License-Identifier: GPL-3.0-or-later
// A WebSocket (RFC 6455) as the switchboard sees it: text in, text out, bounded, never blocking.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace spoc::channels {

struct ChatLimits {
  std::size_t frame = 64 * 1024;         ///< larger: closed with 1009
  std::size_t queue = 2048;              ///< frames waiting for a slow reader; more: closed with 1013
  std::size_t queue_bytes = 512 * 1024;  ///< the same in bytes; the last of them may be larger
  double frames_per_second = 10;         ///< sustained; bursts of four times that; more: closed with 1008
  std::chrono::milliseconds ping = std::chrono::seconds{30};  ///< no pong within twice that: closed
};

/// One open socket, or event stream where WebSocket is blocked. Lives on the io_context thread.
class ChatSocket {
 public:
  virtual ~ChatSocket() = default;
  /// Queues a text frame; closes the socket when its reader is too slow.
  virtual void send(std::shared_ptr<std::string const> frame) = 0;
  /// RFC 6455 7.4 close code.
  virtual void close(int code, std::string const& reason) = 0;
  virtual std::string const& peer() const = 0;
};

/// Who hears what comes in: the switchboard. A socket is named by its address while it is open.
class ChatDoor {
 public:
  virtual ~ChatDoor() = default;
  virtual void opened(std::shared_ptr<ChatSocket> socket) = 0;
  virtual void heard(ChatSocket& socket, std::string text) = 0;
  virtual void closed(ChatSocket& socket) = 0;
};

}  // namespace spoc::channels
