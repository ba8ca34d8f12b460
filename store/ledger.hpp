// SPDX-License-Identifier: GPL-3.0-or-later
// Which mails have been taken in: by place and by content. Never \Seen, dates or Message-IDs.
#pragma once

#include "desk/arrival.hpp"
#include "store/store.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::store {

/// True if this very place, or in the same mailbox the same bytes, are in already. A new place of known bytes
/// (UIDVALIDITY has changed, the folder was copied) is added to the ledger. Other bytes at a known place of
/// an IMAP mailbox are new: those that the server could not hand over before.
bool seen(Tx& tx, desk::Place const& place, std::string_view hash, bool to_clear = false);
/// Places of mails that are in and are still to be flagged, moved or deleted there, at most so many. Maildirs
/// have the validity 0, and their spot is no matter.
std::vector<desk::Place> uncleared(Tx& tx, std::string_view mailbox, std::uint32_t validity,
                                   std::size_t limit, std::string_view spot = "");
void note_cleared(Tx& tx, std::span<desk::Place const> places);
/// What tells apart the places of the accounts and folders that one IMAP mailbox has had, whose validities
/// and UIDs may be the same: "" for the first, "#2" for the second. `where` names account and folder.
std::string spot_of(Tx& tx, std::string_view mailbox, std::string_view where);
/// The highest UID known under this validity, 0 if none. The mailroom asks for what is above it.
std::uint32_t highest_uid(Tx& tx, std::string_view mailbox, std::uint32_t validity,
                          std::string_view spot = "");
/// Of these names of files in a Maildir mailbox, those that are in.
std::vector<std::string> known_names(Tx& tx, std::string_view mailbox, std::span<std::string const> names);
/// Of these UIDs, those that are not in (all those above highest_uid are not).
std::vector<std::uint32_t> missing(Tx& tx, std::string_view mailbox, std::uint32_t validity,
                                   std::vector<std::uint32_t> const& uids, std::string_view spot = "");

/// What was filed in a ticket within an hour of then, with a mark before the digest where it was handed in
/// again.
std::vector<std::string> hashes_filed(Tx& tx, desk::TicketId ticket, desk::Time about);

/// A mail on which the process died, once more: how often by now. Nothing takes a death back: of a mail that
/// has got in after all nobody asks.
int begin_attempt(Tx& tx, std::string_view hash);

struct Quarantined {
  desk::QuarantineId id{};
  desk::Place place;
  std::string hash, reason;
  desk::Time at{};
  std::optional<desk::TicketId> ticket;
  bool resolved = false;
};
std::vector<Quarantined> quarantine(Tx& tx, bool with_resolved);
std::optional<Quarantined> find_quarantined(Tx& tx, desk::QuarantineId id);
void resolve_quarantined(Tx& tx, desk::QuarantineId id);
/// Mails of an IMAP mailbox that lie in quarantine without their bytes: the server could not hand them over.
/// enter() resolves them.
std::vector<Quarantined> not_handed_over(Tx& tx, std::string_view mailbox, std::uint32_t validity,
                                         std::string_view spot = "");
/// True if such a mail may be asked for once more; then not again until `pause` is over.
bool take_if_due(Tx& tx, desk::QuarantineId id, desk::Time now, desk::Duration pause);
/// The operator wants it now.
void make_due(Tx& tx, desk::QuarantineId id);

/// Small facts that outlive a restart: "secret", "imap.support.last_ok".
std::optional<std::string> fact(Tx& tx, std::string_view key);
/// A counter among the facts, one higher now. Read as fact("count.NAME").
void count_up(Tx& tx, std::string_view name);
std::int64_t counted(Tx& tx, std::string_view name);
void keep_fact(Tx& tx, std::string_view key, std::string_view value);

}  // namespace spoc::store
