// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 5322 out: header fields folded and encoded (RFC 2047, 2231), multipart/alternative and mixed bodies.
#pragma once

#include "templates/letter.hpp"

#include <string>
#include <utility>
#include <vector>

namespace spoc::templates {

/// A mail about to be written. Values may hold anything: CR, LF and other controls never reach the header as
/// such.
struct Outgoing {
  desk::Address from;
  std::vector<desk::Address> to, cc;
  std::vector<desk::Address> reply_to;
  std::string subject;
  desk::Time date{};
  std::string message_id;                                  ///< without angle brackets
  std::vector<std::string> references;                     ///< the last one is In-Reply-To too
  std::vector<std::pair<std::string, std::string>> extra;  ///< Auto-Submitted and such
  std::string text, html;
  std::vector<desk::Attachment> attachments;
};

/// The bytes, CRLF line ends, pure ASCII header. The same value gives the same bytes.
std::string compose(Outgoing const& mail);

/// A letter as it leaves: Draft plus From, Reply-To, Message-ID, References, Auto-Submitted (RFC 3834),
/// and X-Auto-Response-Suppress where automatic, X-Spoc-Ticket, X-Spoc-Kind, X-Loop (the desk's domain).
Outgoing outgoing(LetterFacts const& facts, Draft draft);

}  // namespace spoc::templates
