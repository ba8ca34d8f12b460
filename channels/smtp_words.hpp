// SPDX-License-Identifier: GPL-3.0-or-later
// How the SMTP dialogue is spelt: replies read, addresses checked, a mail made fit for the wire. Pure.
#pragma once

#include "desk/error.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace spoc::channels {

struct SmtpReply {
  int code = 0;          ///< 100 to 599
  std::string enhanced;  ///< RFC 3463 "5.1.1", "" if none
  std::string words;     ///< one line, without code and enhanced code
  std::string raw;       ///< all lines, joined by "\n", without the codes: EHLO's extensions
};

/// Takes bytes as they come, gives whole replies (RFC 5321 4.2).
class SmtpReader {
 public:
  void feed(std::string_view bytes) { buffer_ += bytes; }
  /// Nothing if more bytes are needed; Kind::unreadable for what is no reply, or has no end.
  Result<std::optional<SmtpReply>> next();
  bool empty() const { return buffer_.empty(); }

 private:
  std::string buffer_;
};

/// What is wrong with an address in an envelope ("" if nothing): what would end the command or the path in
/// it.
std::string address_fault(std::string_view address);
bool is_ascii(std::string_view text);
/// xtext (RFC 3461 4), for ORCPT.
std::string xtext(std::string_view text);
/// CRLF line ends whatever they were, dots stuffed (RFC 5321 4.5.2), and the final ".".
std::string wire_form(std::string_view mail);

}  // namespace spoc::channels
