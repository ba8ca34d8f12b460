// SPDX-License-Identifier: GPL-3.0-or-later
// Turns: who fills the mailbox is seen by what was read last; the server then says what the others sent.
#include "daemon/turns.hpp"

#include "store/ledger.hpp"

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>

namespace spoc::daemon {
namespace {

using Uids = std::vector<std::uint32_t>;

constexpr std::size_t crowding_share = 4;  // who sent more than a quarter of a turn fills the mailbox
constexpr std::size_t longest_crowd = 8;

/// "VALIDITY UID": from this one on, UIDs may be missing below the highest.
std::string put_off_key(desk::Place const& where) {
  return "imap." + where.mailbox + ".put_off" + where.name;
}

std::uint32_t number_in(std::string_view text) {
  std::uint32_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// The first UID that was put off under this validity, 0 if none.
std::uint32_t first_put_off(store::Tx& tx, desk::Place const& where) {
  std::string const fact = store::fact(tx, put_off_key(where)).value_or("");
  auto const space = fact.find(' ');
  if (space == std::string::npos || number_in(fact) != where.validity) return 0;
  return number_in(std::string_view{fact}.substr(space + 1));
}

}  // namespace

Turns::Turns(desk::Place where, std::size_t most, Line& line, store::Store& store)
    : where_{std::move(where)}, most_{most}, line_{line}, store_{store} {}

Result<Turns::Turn> Turns::next(Since const& since) {
  judge();
  auto const start = begin();
  if (!start) return start.error();
  auto uids = since(start->above, {});
  if (!uids) return uids.error();
  if (start->gaps) {
    if (auto const kept = keep_missing(*uids); !kept) return kept.error();
    std::uint32_t const first = uids->empty() ? 0 : uids->front();
    if (first != start->above + 1)
      if (auto const moved = put_off(first); !moved) return moved.error();
  }
  Turn turn{std::move(*uids), false};
  // Small ones while others may come any moment.
  std::size_t const most = crowd_.empty() ? most_ : std::max<std::size_t>(most_ / crowding_share, 1);
  turn.more = turn.uids.size() > most;
  if (!turn.more) crowd_.clear(), passed_ = 0;
  auto const others = let_others_go(since, start->gaps, turn);
  if (!others) return others.error();
  turn.uids.resize(std::min(turn.uids.size(), *others ? most_ : most));
  if (*others) passed_ = turn.uids.back();
  waiting_ = {turn.uids.begin(), turn.uids.end()};
  more_ = turn.more;
  return turn;
}

void Turns::note(desk::Arrival const& arrival) {
  desk::Mail const* mail = arrival.mail();
  if (mail != nullptr && !mail->from.empty()) ++senders_[desk::normal(mail->from.front().address)];
}

Result<> Turns::about_to_keep(std::span<desk::Arrival const> arrivals) {
  std::uint32_t highest = 0;
  for (desk::Arrival const& arrival : arrivals) {
    waiting_.erase(arrival.place.uid);
    highest = std::max(highest, arrival.place.uid);
  }
  if (waiting_.empty() || *waiting_.begin() > highest) return {};
  bool const known = first_ != 0 && first_ <= *waiting_.begin();
  return known ? Result<>{} : put_off(*waiting_.begin());
}

void Turns::judge() {
  for (auto const& [sender, count] : senders_)
    if (more_ && !sender.empty() && count * crowding_share > most_ && crowd_.size() < longest_crowd)
      crowd_.insert(sender);
  senders_.clear();
}

Result<Turns::Start> Turns::begin() {
  Start start;
  auto const looked = line_.ask([&] {
    return store_.read("where to go on", [&](store::Tx& tx) {
      std::uint32_t const first = first_put_off(tx, where_);
      start.gaps = first != 0;
      start.above =
          start.gaps ? first - 1 : store::highest_uid(tx, where_.mailbox, where_.validity, where_.name);
    });
  });
  if (!looked) return looked.error();
  first_ = start.gaps ? start.above + 1 : 0;
  return start;
}

/// Safe before any mail above it is.
Result<> Turns::put_off(std::uint32_t first) {
  first_ = first;
  return line_.ask([&] {
    return store_.write("put off", [&](store::Tx& tx) {
      store::keep_fact(tx, put_off_key(where_),
                       std::to_string(where_.validity) + " " + std::to_string(first));
    });
  });
}

/// Leaves those that are not in, as far as this turn needs them: a part at a time, for the desk has others to
/// serve.
Result<> Turns::keep_missing(Uids& uids) {
  Uids out;
  for (std::span<std::uint32_t const> rest = uids; !rest.empty() && out.size() <= most_;) {
    auto const part = rest.first(std::min(rest.size(), std::max<std::size_t>(most_, 1)));
    rest = rest.subspan(part.size());
    auto const looked = line_.ask([&] {
      return store_.read("missing uids", [&](store::Tx& tx) {
        for (auto const uid :
             store::missing(tx, where_.mailbox, where_.validity, Uids(part.begin(), part.end()), where_.name))
          out.push_back(uid);
      });
    });
    if (!looked) return looked;
  }
  uids = std::move(out);
  return {};
}

/// Puts the mails of others in the turn's place; false where there is no crowd, or nobody else.
Result<bool> Turns::let_others_go(Since const& since, bool gaps, Turn& turn) {
  if (crowd_.empty()) return false;
  std::uint32_t const first = turn.uids.front();
  auto others = since(std::max(first - 1, passed_), crowd_);
  if (!others) return others.error();
  if (gaps)
    if (auto const kept = keep_missing(*others); !kept) return kept.error();
  if (others->empty()) return false;
  if (!gaps)
    if (auto const kept = put_off(first); !kept) return kept.error();
  turn.uids = std::move(*others);
  return true;
}

}  // namespace spoc::daemon
