// SPDX-License-Identifier: GPL-3.0-or-later
// One thing that came in, whatever the channel: the only door into the desk.
#pragma once

#include "desk/enclosed.hpp"
#include "desk/mail.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace spoc::desk {

/// Where a mail lay, as the ledger remembers it. IMAP fills validity and uid, Maildir and import fill name.
struct Place {
  std::string mailbox;         ///< Mailbox::name
  std::uint32_t validity = 0;  ///< UIDVALIDITY (RFC 3501 2.3.1.1)
  std::uint32_t uid = 0;
  std::string name;  ///< Maildir's unique name; for IMAP store::spot_of()
  bool operator==(Place const&) const = default;
};

/// So many articles a new matter is offered with.
inline constexpr std::size_t most_suggested = 3;

/// A knowledge article as it is offered to people.
struct Suggestion {
  std::string article;  ///< Article id
  std::string title;
  std::string language;
  double score = 0;        ///< 0 to 1
  bool confident = false;  ///< good enough to be shown to a requester
  bool internal = false;   ///< for agents' eyes alone
  bool operator==(Suggestion const&) const = default;
};

/// One line typed in the widget.
struct ChatLine {
  std::string session;  ///< the secret that the browser holds
  std::string ref;      ///< the client's own id of the line: a resend carries the same
  std::string text;
  std::string name;                    ///< as the visitor gave it, may be empty
  std::string address;                 ///< as the visitor gave it, may be empty, no proof of identity
  std::string language;                ///< the widget's
  std::vector<Attachment> files = {};  ///< handed in with it
  std::string user = {};               ///< who the intranet's signature says they are; "" for nobody knows
  bool proven = false;                 ///< a signature or a mailed word stands for the address
  bool operator==(ChatLine const&) const = default;
};

/// A mail that could not be understood: kept raw, shown as a ticket, never in the way of the next.
struct Unreadable {
  std::string reason;
  bool operator==(Unreadable const&) const = default;
};

/// A mail's own words, told by comparing it with letters of ours that it may answer.
struct OwnWords {
  std::vector<LetterId> letters;     ///< with which it was compared
  bool from_agent = false;           ///< compared as an agent's mail
  std::optional<std::string> reply;  ///< nothing: as Mail::reply has them
  bool entangled = false;            ///< lines of ours stand unmarked among them
};

/// A phone call, as the agent who took it notes it down.
struct Call {
  std::string name, address, phone;  ///< of the caller, as far as they are given; address is normal()
  ContactId contact{};               ///< who it is, where that has been settled
  bool certain = false;              ///< they are said to be the caller's; else words that may be a name
  bool fresh = false;                ///< it is said to be somebody of whom nobody has heard
  std::string subject, words;        ///< words: commands on top, as in a mail
  bool operator==(Call const&) const = default;
};

struct Arrival {
  Place place;
  std::string hash;  ///< SHA-256 of the raw bytes, lower-case hex; of session and ref for a chat line; of
                     ///< the place where there are no bytes; with a mark before it when handed in again
  std::string raw;   ///< the mail as it lay there; empty for a chat line
  std::vector<Enclosed> enclosed{};  ///< what of raw is kept as attachments
  Time received{};                   ///< when the server got it (INTERNALDATE), else when we did
  std::variant<Mail, ChatLine, Unreadable> what;
  std::vector<Suggestion> suggestions;  ///< best first; looked up before the desk judges
  std::vector<TicketId> similar{};      ///< tickets that read like it, best first; looked up beforehand too
  bool quiet = false;                   ///< import of old mail: no letters
  bool again = false;                   ///< the operator hands it in once more: known mails count as new
  std::uint64_t whole_size = 0;         ///< of a mail of which only the beginning was taken; else 0
  std::optional<OwnWords> own_words{};  ///< compared beforehand, for the letters that seemed likely
  std::optional<Call> call{};           ///< the mail is an agent's note of this call
  bool by_program = false;              ///< an order of the API in an agent's name
  bool alone = false;                   ///< opens a ticket of its own, whatever stands in it
  bool to_clear = false;                ///< once it is in, it is flagged, moved or deleted where it lies

  Mail const* mail() const { return std::get_if<Mail>(&what); }
  ChatLine const* line() const { return std::get_if<ChatLine>(&what); }
};

}  // namespace spoc::desk
