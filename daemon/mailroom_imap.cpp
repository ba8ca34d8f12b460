// SPDX-License-Identifier: GPL-3.0-or-later
// Fetching from IMAP: visits, turns, and what happens to a mail once it is safe.
#include "daemon/mailroom.hpp"

#include "store/ledger.hpp"

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <utility>

namespace spoc::daemon {
namespace {

constexpr desk::Duration longest_idle = std::chrono::minutes{25};  // RFC 2177: re-issue before 29 minutes

}  // namespace

void Mailroom::run_imap(Corridor& corridor) {
  desk::Duration pause = pace_.first_pause;
  while (!stopping_) {
    auto const begun = std::chrono::steady_clock::now();
    brought_ = false;
    auto const visit = visit_imap(corridor);
    if (stopping_) return;
    if (!visit) note(false, visit.error().what);
    // A connection that held for a while or brought a mail starts the back-off anew.
    if (brought_ || std::chrono::steady_clock::now() - begun > pace_.longest_pause) pause = pace_.first_pause;
    wake_.wait(pause);
    pause = std::min(pause * 2, pace_.longest_pause);
  }
}

/// From login to the end of the connection.
Result<> Mailroom::visit_imap(Corridor& corridor) {
  auto imap = channels::Imap::open(mailbox_.account, mailbox_.folder, wake_);
  if (!imap) return imap.error();
  note_well();
  if (auto const found = find_spot(); !found) return found;
  Turns turns{place_of(*imap, 0), pace_.visit_mails, line_, store_};
  while (!stopping_) {
    auto const more = round_imap(*imap, turns, corridor);
    if (!more) return more.error();
    if (*more || stopping_) continue;
    auto patience = imap->can("IDLE") ? longest_idle : mailbox_.poll;
    if (waits_for_some_ || !troubles_.empty()) patience = std::min(patience, pace_.longest_pause);
    auto const idled = imap->idle(patience);
    if (!idled) return idled.error();
    note_well();
    bool const silent = *idled == channels::Idled::quiet && !imap->can("IDLE");
    if (silent) wake_.wait(patience);
  }
  imap->close();
  return {};
}

/// A turn on its way in.
struct Mailroom::Taking {
  Turns& turns;
  Corridor& corridor;
  channels::Imap const& imap;
  std::set<std::uint32_t> missing;               ///< those that have not come
  std::map<std::uint32_t, std::string> refused;  ///< those that came empty, and the server's words
  Batch batch;
  Result<> kept;  ///< of the batches so far
};

/// An account or folder that was set anew has UIDs of its own, however like the old ones they are.
Result<> Mailroom::find_spot() {
  std::string const where = mailbox_.account.user + " at " + mailbox_.account.host + ", " + mailbox_.folder;
  return line_.ask([&] {
    return store_.write("account and folder",
                        [&](store::Tx& tx) { spot_ = store::spot_of(tx, mailbox_.desk.name, where); });
  });
}

desk::Place Mailroom::place_of(channels::Imap const& imap, std::uint32_t uid) const {
  return {mailbox_.desk.name, imap.selected().validity, uid, spot_};
}

/// Takes in what is new, at most visit_mails mails; true if there may be more.
Result<bool> Mailroom::round_imap(channels::Imap& imap, Turns& turns, Corridor& corridor) {
  auto const turn =
      turns.next([&](std::uint32_t above, auto const& over) { return imap.since(above, over); });
  if (!turn) return turn.error();
  Taking taking{turns, corridor, imap, {turn->uids.begin(), turn->uids.end()}, {}, {}, {}};
  auto const fetched = fetch(imap, turn->uids, taking);
  if (fetched && taking.kept && !stopping_) judge_missing(taking);
  if (taking.kept) taking.kept = hand_in(taking);
  if (taking.kept) taking.kept = settle();
  if (!taking.kept) return taking.kept.error();
  if (!fetched) return fetched.error();
  if (stopping_) return false;
  patience_.turn_done();
  auto const more_to_clear = clear_away(imap);
  if (!more_to_clear) return more_to_clear.error();
  waits_for_some_ = !taking.missing.empty();
  if (!turn->more)
    if (auto const asked = ask_again(imap, corridor); !asked) return asked.error();
  return turn->more || *more_to_clear;
}

/// All together; once that has failed too often, one by one, to see whose fault it is.
Result<> Mailroom::fetch(channels::Imap& imap, std::vector<std::uint32_t> const& uids, Taking& taking) {
  auto const hear = [&](channels::Fetched&& fetched) { return take(std::move(fetched), taking); };
  auto const most = largest_mail(mailbox_.desk);
  auto const is_the_servers = [&] { return taking.kept.has_value() && !stopping_; };
  if (!patience_.careful()) {
    auto fetched = imap.fetch(uids, hear, most);
    if (!fetched && is_the_servers() && !taking.missing.empty())
      patience_.ended(*taking.missing.begin(), false);
    return fetched;
  }
  for (auto const uid : uids) {
    if (!is_the_servers()) break;
    auto fetched = imap.fetch({uid}, hear, most);
    if (fetched) continue;
    if (is_the_servers() && patience_.ended(uid, true) && patience_.may_put_aside())
      put_aside(uid, fetched.error().what, taking);
    return fetched;
  }
  return {};
}

bool Mailroom::take(channels::Fetched&& fetched, Taking& taking) {
  auto const uid = fetched.uid;
  if (fetched.bytes.empty()) {
    taking.refused[uid] = std::move(fetched.fault);
    return !stopping_;
  }
  bool const alone = is_doubtful(fetched.bytes);
  if (alone) taking.kept = hand_in(taking);
  if (alone && taking.kept) taking.kept = settle();
  if (!taking.kept) return false;
  taking.missing.erase(uid);
  patience_.came(uid);
  desk::Place const place = place_of(taking.imap, uid);
  auto const received = fetched.internal_date > 0 ? desk::from_number(fetched.internal_date) : desk_.now();
  taking.batch.bytes += fetched.bytes.size();
  bool const to_clear = may_be_cleared(fetched);
  std::uint64_t const whole = fetched.cut ? fetched.size : 0;
  taking.batch.arrivals.push_back(taking.corridor.take({place, std::move(fetched.bytes), received, whole}));
  taking.batch.arrivals.back().to_clear = to_clear;
  taking.turns.note(taking.batch.arrivals.back());
  if (alone || full(taking.batch)) taking.kept = hand_in(taking);
  if (alone && taking.kept) taking.kept = settle();
  return taking.kept.has_value() && !stopping_;
}

/// What the server answered without. What it has no more is in no later turn.
void Mailroom::judge_missing(Taking& taking) {
  for (auto const uid : std::set<std::uint32_t>{taking.missing})
    if (patience_.missed(uid) && patience_.may_put_aside()) put_aside(uid, taking.refused[uid], taking);
  trouble("missing", patience_.may_put_aside() || taking.missing.empty()
                         ? ""
                         : "the server hands over no mail; " + taking.refused[*taking.missing.begin()]);
}

/// So that somebody hears of it and the others go on. Its place is known from now on; ask_again() comes back
/// to it.
void Mailroom::put_aside(std::uint32_t uid, std::string const& why, Taking& taking) {
  patience_.put_aside(uid);
  taking.missing.erase(uid);
  desk::Place const place = place_of(taking.imap, uid);
  std::string const reason = "the server can't hand it over" + (why.empty() ? "" : ": " + why);
  taking.batch.arrivals.push_back(taking.corridor.take({place, "", desk_.now(), 0, reason}));
  std::string const words =
      "mailbox " + mailbox_.desk.name + ", mail with UID " + std::to_string(uid) + ": " + reason;
  line_.post([this, words] { board_.alarm(words); });
}

/// Answers overtake each other, and some never come: what lies below is not forgotten.
Result<> Mailroom::hand_in(Taking& taking) {
  if (auto const noted = taking.turns.about_to_keep(taking.batch.arrivals); !noted) return noted;
  return hand_in(taking.batch);
}

/// What was put aside and may be asked for again. Noted before it is: one that breaks the line is not met
/// again at once.
Result<std::vector<store::Quarantined>> Mailroom::due_again(std::uint32_t validity) {
  constexpr std::size_t most_at_once = 10;
  std::vector<store::Quarantined> all, due;
  auto const looked = line_.ask([&]() -> Result<> {
    auto const read = store_.read("put aside", [&](store::Tx& tx) {
      all = store::not_handed_over(tx, mailbox_.desk.name, validity, spot_);
    });
    if (!read || all.empty()) return read;
    return store_.write("ask again", [&](store::Tx& tx) {
      for (auto const& one : all)
        if (due.size() < most_at_once && store::take_if_due(tx, one.id, desk_.now(), pace_.ask_again))
          due.push_back(one);
    });
  });
  if (!looked) return looked.error();
  waits_for_some_ = waits_for_some_ || !all.empty();
  return due;
}

/// It is asked for now and then, alone; with its bytes it is a mail like any other.
Result<> Mailroom::ask_again(channels::Imap& imap, Corridor& corridor) {
  auto const due = due_again(imap.selected().validity);
  if (!due) return due.error();
  Batch batch;
  Result<> kept;
  auto const hear = [&](channels::Fetched&& fetched) {
    if (fetched.bytes.empty()) return true;
    desk::Place const place = place_of(imap, fetched.uid);
    std::uint64_t const whole = fetched.cut ? fetched.size : 0;
    bool const to_clear = may_be_cleared(fetched);
    batch.bytes += fetched.bytes.size();
    batch.arrivals.push_back(corridor.take({place, std::move(fetched.bytes), desk_.now(), whole}));
    batch.arrivals.back().to_clear = to_clear;
    if (full(batch)) kept = hand_in(batch);
    return kept.has_value();
  };
  Result<> fetched;
  for (auto one = due->begin(); fetched && kept && !stopping_ && one != due->end(); ++one)
    fetched = imap.fetch({one->place.uid}, hear, largest_mail(mailbox_.desk));
  if (kept) kept = hand_in_and_settle(batch);
  if (!kept) return kept;
  return imap.ended() ? fetched : Result<>{};
}

/// True if there may be more. A server that will not, because the target is full or shut, keeps back no mail:
/// it is asked again.
Result<bool> Mailroom::clear_away(channels::Imap& imap) {
  auto const places = uncleared(imap.selected().validity);
  if (!places) return places.error();
  std::vector<std::uint32_t> uids;
  for (desk::Place const& place : *places) uids.push_back(place.uid);
  auto const done = imap.after_commit(uids, mailbox_.after, mailbox_.after_argument);
  trouble("after", done ? "" : "mails that are in can't be cleared away: " + done.error().what);
  if (!done && imap.ended()) return done.error();
  if (!done) return false;
  if (auto const noted = note_cleared(*places); !noted) return noted.error();
  return places->size() == pace_.visit_mails;
}

/// What did not come whole lies nowhere but there. (The words of a mail that was cut are kept, so that it may
/// be moved; deleted it would be gone.)
bool Mailroom::may_be_cleared(channels::Fetched const& fetched) const {
  if (fetched.bytes.empty() || mailbox_.after == channels::AfterCommit::leave) return false;
  return !fetched.cut || mailbox_.after != channels::AfterCommit::erase;
}

}  // namespace spoc::daemon
