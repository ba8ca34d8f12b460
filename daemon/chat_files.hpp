// SPDX-License-Identifier: GPL-3.0-or-later
// Files of a chat over HTTP: handed in by the visitor whose widget is open, fetched by whom a link was shown.
//
//   POST /chat/file       headers X-Spoc-Session, X-Spoc-Ref, X-Spoc-Name (percent-encoded UTF-8); body: the
//                         bytes. 201 with a "kept" frame; the line itself comes over the socket. A resent
//                         ref is answered by the same. 4xx with a "no" frame: why = "file_type" |
//                         "too_long" | "too_fast" | "bad_session" | "bad_frame" | "missing" | "busy" |
//                         "virus".
//   GET  /chat/file/LINK  the file; LINK is signed by the desk and names message and place
#pragma once

#include "channels/http.hpp"
#include "daemon/config.hpp"
#include "daemon/scanner.hpp"
#include "daemon/switchboard.hpp"

#include <optional>
#include <string>

namespace spoc::daemon {

class ChatFiles {
 public:
  static constexpr std::string_view path = "/chat/file";

  ChatFiles(Config const& config, FrontDesk& desk, Switchboard& switchboard, Scanner& scanner);

  /// Asked before the body is read: is it worth its memory?
  bool may_come(channels::HttpRequest const& request) const;
  /// What is said instead of taking a large body; nothing where it may come or is not for here.
  std::optional<channels::HttpResponse> turned_away(channels::HttpRequest const& request);
  channels::HttpResponse answer(channels::HttpRequest const& request);

 private:
  channels::HttpResponse take(channels::HttpRequest const& request);
  channels::HttpResponse take_scanned(channels::HttpRequest const& request, std::optional<Scanned> scanned);
  channels::HttpResponse give(std::string_view link);

  Config const& config_;
  FrontDesk& desk_;
  Switchboard& switchboard_;
  Scanner& scanner_;
};

/// Mail clients call many a picture application/octet-stream: then the name says what it is.
std::string shown_type(desk::Attachment const& file);

/// What stands behind /chat/file/ for a file of a message.
std::string file_link(desk::MessageId message, std::size_t position, desk::Sign const& sign);

}  // namespace spoc::daemon
