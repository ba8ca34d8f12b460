// SPDX-License-Identifier: GPL-3.0-or-later
// An IMAP4rev1 client (RFC 3501, 2177, 4315, 6851, 7888) for one mailbox: what is new, its bytes, IDLE, and
// what happens to a mail after commit. Never sets \Seen by itself.
#pragma once

#include "channels/dial.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

namespace spoc::channels {

struct Fetched {
  std::uint32_t uid = 0;
  std::string bytes;               ///< empty when the server itself can't read the mail
  std::int64_t internal_date = 0;  ///< milliseconds since 1970, 0 if the server said nothing readable
  bool cut = false;                ///< larger than was asked for: `bytes` is only its beginning
  std::uint64_t size = 0;          ///< RFC822.SIZE of a mail that was cut
  std::string fault{};             ///< the server's words, where it refused
};

/// What is fetched of one mail at most.
constexpr std::size_t largest_mail = std::size_t{64} << 20;

struct Selected {
  std::uint32_t validity = 0;  ///< UIDVALIDITY
  std::uint32_t next = 0;      ///< UIDNEXT, 0 if not told
  std::uint32_t exists = 0;
};

enum class AfterCommit { leave, flag, move, erase };

enum class Idled {
  news,   ///< EXISTS, RECENT or EXPUNGE came
  quiet,  ///< nothing within the patience
  woken,  ///< our own bell
};

/// Owned by one thread. Any Error with ended() means: dial anew.
class Imap {
 public:
  /// The account, logged in, with `folder` selected.
  static Result<Imap> open(Account const& account, std::string const& folder, Wake const& wake);
  Imap(Imap&&) noexcept;
  Imap& operator=(Imap&&) noexcept;
  ~Imap();

  Selected const& selected() const;
  /// IDLE, MOVE, UIDPLUS...: as the server told after login, upper case.
  bool can(std::string_view capability) const;
  /// UIDs above `uid` (not \Deleted), ascending. Where senders (addresses) are to be passed over: only of
  /// mails from others that begin a thread or answer a mail of ours, by its Message-ID.
  Result<std::vector<std::uint32_t>> since(std::uint32_t uid, std::set<std::string> const& passed_over = {});
  /// Fetches in pipelined batches with BODY.PEEK[] (literals above 4 MiB in partials) and hands over each
  /// mail, by ascending UID though a server's answers overtake each other (RFC 3501 5.5); `take` returning
  /// false ends it early. UIDs that have vanished are left out; a mail that the server refuses comes empty,
  /// behind others that were asked for with it. Of a mail larger than `most` only the first half megabyte
  /// comes.
  Result<> fetch(std::vector<std::uint32_t> const& uids, std::function<bool(Fetched&&)> const& take,
                 std::size_t most = largest_mail);
  /// \Flagged (or the keyword given), MOVE (or COPY + \Deleted + UID EXPUNGE), or \Deleted + UID EXPUNGE.
  /// `argument`: the keyword or the folder, "" for \Flagged.
  Result<> after_commit(std::vector<std::uint32_t> const& uids, AfterCommit action,
                        std::string const& argument);
  /// IDLE for at most `patience` (the caller keeps it under 29 minutes; RFC 2177). NOOP at once where IDLE is
  /// missing.
  Result<Idled> idle(std::chrono::milliseconds patience);
  bool ended() const;
  /// Says LOGOUT and hangs up; best effort.
  void close();

 private:
  struct Body;
  explicit Imap(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace spoc::channels
