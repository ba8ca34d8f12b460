// SPDX-License-Identifier: GPL-3.0-or-later
// Signed tokens: which ticket, for whom, in which role, for what. They travel in addresses, Message-IDs and
// bodies.
//
//   42.ar.k3j4mnbv.q2w3e4r5t6y7u2i3      ticket . role and purpose . recipient's digest . signature
//   7.ad.k3j4mnbv.w3e4r5t6y7u2i3q2       the same for the numbers of an agent's seventh digest
//
// The digest (40 bits) and the signature (80 bits) are base32 (RFC 4648, lower case) of HMAC-SHA256 under the
// desk's secret; the signature covers all that stands before it. They survive lower-casing and fit a local
// part.
#pragma once

#include "desk/ids.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

enum class Role {
  requester,
  agent,
  third,  ///< somebody outside whom an agent asked; their answers are for agents alone
};
enum class Purpose {
  reply,   ///< answers go to the other side
  note,    ///< answers stay notes
  digest,  ///< answers are commands for the numbers of a digest
};

struct Token {
  TicketId ticket{};  ///< none for Purpose::digest
  Role role = Role::requester;
  Purpose purpose = Purpose::reply;
  std::string recipient;  ///< digest of the address it was issued to
  DigestId digest{};      ///< whose numbers an answer means; for Purpose::digest alone
  bool operator==(Token const&) const = default;
};

/// HMAC-SHA256 under the desk's secret: 32 raw bytes.
using Sign = std::function<std::string(std::string_view)>;

/// What a Token holds of an address.
std::string recipient_digest(std::string_view address, Sign const& sign);
std::string mint(TicketId ticket, Role role, Purpose purpose, std::string_view address, Sign const& sign);
/// For an agent's list of tickets: its number takes the place of a ticket's.
std::string mint(DigestId digest, std::string_view address, Sign const& sign);
/// Nothing unless the signature holds (compared in constant time).
std::optional<Token> read_token(std::string_view text, Sign const& sign);
/// For signatures and secrets: how long it takes tells at most whether the lengths are the same.
bool equal_in_constant_time(std::string_view a, std::string_view b);
/// Was it issued to this address?
bool issued_to(Token const& token, std::string_view address, Sign const& sign);

/// "support+TOKEN@example.org" for "support@example.org".
std::string with_token(std::string_view address, std::string_view token);
/// The token in a sub-address, a Message-ID of ours, or anywhere in a text ("Ref: TOKEN"); all that hold, in
/// order.
std::vector<Token> tokens_in(std::string_view text, Sign const& sign);

/// A Message-ID of ours: "spoc.TOKEN.UNIQUE@domain"; unique is made from cause, so the same cause gives the
/// same id.
std::string mint_message_id(std::string_view token, std::string_view cause, std::string_view domain,
                            Sign const& sign);

}  // namespace spoc::desk
