// SPDX-License-Identifier: GPL-3.0-or-later
// What a mail says, once its bytes have been understood. Made by parser::read_mail, judged by desk.
#pragma once

#include "desk/people.hpp"
#include "desk/shared_bytes.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace spoc::desk {

enum class MailKind {
  personal,    ///< somebody wrote it
  auto_reply,  ///< RFC 3834: vacation note, ticket acknowledgement of another system, read receipt
  bounce,      ///< RFC 3464 and its dialects
  list,        ///< bulk or mailing list mail (RFC 2369, 2919)
  loop,        ///< our own mail come back
};
std::string_view name(MailKind kind);

struct Attachment {
  std::string filename;    ///< UTF-8, never a path
  std::string type;        ///< "image/png", lower case, without parameters
  SharedBytes content;     ///< decoded bytes
  std::string sha256;      ///< of content, lower-case hex
  bool inline_ = false;    ///< Content-Disposition: inline, or referred to by cid:
  std::string content_id;  ///< without angle brackets
  std::string held{};      ///< why it is kept aside and not passed on (a phrase); "" where it is not
  std::size_t unread = 0;  ///< bytes of content where it has not been loaded; else 0
  /// Inline, and put there by the author now: not shown in folded history or a signature alone.
  bool own = false;
  /// Bytes of the content, loaded or not.
  std::size_t size() const { return content.empty() ? unread : content.size(); }
  bool operator==(Attachment const&) const = default;
};

/// What a delivery status notification reports about one recipient (RFC 3464 2.3).
struct Bounce {
  std::string recipient;
  std::string status;               ///< "5.1.1", "" if nobody said
  std::string action;               ///< failed, delayed, delivered, relayed, expanded
  std::string reason;               ///< the other server's words, one line
  std::string original_message_id;  ///< without angle brackets
  bool operator==(Bounce const&) const = default;
};

/// One DKIM-Signature (RFC 6376) as we ourselves found it: "pass", "fail", "temperror", "permerror".
struct SeenSignature {
  std::string result, domain;
  bool operator==(SeenSignature const&) const = default;
};

/// A mail that somebody passed on: enclosed as message/rfc822, or written out below a line such as "Begin
/// forwarded message". Whose matter it is, is for the desk to say.
struct Forwarded {
  Address author;  ///< address "" where the block names somebody without one
  std::vector<Address> to, cc;
  std::string subject;
  std::optional<Time> date;             ///< a clock without a zone is taken as UTC
  std::string message_id;               ///< "" for a block in the text
  std::string text;                     ///< all words of the mail passed on
  std::string reply;                    ///< what its author wrote then, older history folded away
  std::string language;                 ///< of reply, as in Mail
  std::vector<Attachment> attachments;  ///< of an enclosed mail; beside a block they are Mail's own
  std::string note;                     ///< what the one who passed it on wrote about it
  bool enclosed = false;                ///< a message/rfc822 part; it is among Mail::attachments as well
  bool operator==(Forwarded const&) const = default;
};

/// Text is UTF-8 with LF line ends everywhere. Message-IDs stand without angle brackets.
struct Mail {
  std::vector<Address> from, to, cc, reply_to;
  std::vector<Address> original_from;  ///< X-Original-From: the author before a list rewrote From
  std::optional<Address> sender;
  std::optional<std::string> return_path;  ///< "" is the null sender
  std::vector<std::string> delivered_to;   ///< Delivered-To, X-Original-To, Envelope-To; as written
  std::string subject;
  std::optional<Time> date;
  std::string message_id;  ///< "" where the mail has none
  std::vector<std::string> in_reply_to, references;
  std::string thread_index;  ///< Exchange's; the first 22 decoded bytes as hex, they name the thread
  std::string text;          ///< all words: from text/plain, else made from HTML
  std::string html;          ///< sanitised
  std::string reply;         ///< what the person wrote now, history and signature folded away
  std::vector<Attachment> attachments;
  MailKind kind = MailKind::personal;
  std::string kind_reason;  ///< the header that decided it, "Auto-Submitted: auto-replied"
  std::optional<Bounce> bounce;
  std::optional<Forwarded> forwarded;               ///< of a personal mail that passes on exactly one other
  std::vector<std::string> authentication_results;  ///< RFC 8601 fields, topmost first, unfolded
  std::vector<int> authentication_hops;             ///< how many Received fields stand above each of them
  std::vector<std::string> received_by;             ///< who wrote the Received fields, topmost first
  std::vector<SeenSignature> signatures;            ///< filled where signatures are checked here
  std::string language;  ///< detected: "en", "zh-Hans", "zh-Hant", "nb", another BCP 47 tag, or ""
  std::vector<std::string> defects;  ///< what was broken, in words
  bool operator==(Mail const&) const = default;
};

}  // namespace spoc::desk
