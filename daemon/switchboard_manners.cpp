// SPDX-License-Identifier: GPL-3.0-or-later
// What a visitor is told at the door, and how much they may say, look up and hand in.
#include "channels/target.hpp"
#include "daemon/switchboard.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

/// What may be looked up in a minute: a search costs this thread some milliseconds.
constexpr double asks_of_visitor = 60, asks_of_peer = 600;
/// How often "this solved it" may move an article's rank in a day: by one visitor, who gets a new session for
/// the asking, and by one address.
constexpr double solved_of_visitor = 1, solved_of_peer = 3;
/// Many visitors may sit behind one address.
constexpr double visitors_of_peer = 10;

}  // namespace

// ---- at the door ---------------------------------------------------------------------------------

parser::Welcome Switchboard::welcome(Seat& seat, std::int64_t next) {
  parser::Welcome out{seat.session, next, desk_.house().name, rules_.file_bytes, rules_.file_types};
  for (ChatQuestion const& one : form_) out.form.push_back({one.in(seat.language), one.required});
  out.signed_in = !seat.user.empty();
  seat.hours = hours();
  out.open = seat.hours.open;
  out.opens = seat.hours.opens;
  out.minutes = seat.hours.minutes;
  out.confirmed = is_proven(seat);
  if (auto const announced = announced_ ? announced_() : std::nullopt)
    out.issue = desk::texts_in(*announced, seat.language);
  return out;
}

bool Switchboard::is_answered_at(desk::Time moment) const {
  return rules_.calendar.empty() ? is_open(spans_, moment)
                                 : desk_.house().calendar(rules_.calendar).open_at(moment);
}

parser::Hours Switchboard::hours() {
  desk::Time const now = desk_.now();
  parser::Hours out{is_answered_at(now)};
  if (!out.open)
    out.opens = rules_.calendar.empty() ? opens_next(spans_, now)
                                        : desk_.house().calendar(rules_.calendar).next_opening(now);
  // Counted anew every few minutes, not for everybody who opens a page.
  if (now - asked_usual_ > std::chrono::minutes{5}) {
    auto const measured = desk_.usual_minutes([this](desk::Time moment) { return is_answered_at(moment); });
    usual_minutes_ = measured ? *measured : std::nullopt;
    asked_usual_ = now;
  }
  if (out.open) out.minutes = usual_minutes_;
  return out;
}

/// What must be answered comes before the first line or file, or with it; the widget sees to it, other
/// clients are held to it.
bool Switchboard::lacks_answers(Seat const& seat, std::string const& text) const {
  if (seat.known) return false;
  return std::any_of(form_.begin(), form_.end(), [&](ChatQuestion const& one) {
    if (!one.required) return false;
    if (one.label == "name") return seat.name.empty();
    if (one.label == "address") return seat.address.empty();
    return !one.is_answered_in(text);
  });
}

// ---- how much ------------------------------------------------------------------------------------

/// Takes one line from what the visitor and their address may say in a minute.
bool Switchboard::may_say_more(Seat const& seat) {
  return may_take(minute_, seat.session, rules_.lines_per_minute) &&
         may_take(minute_, "peer " + seat.socket->peer(), rules_.lines_per_peer);
}

/// The same for what they may look up.
bool Switchboard::may_ask(Seat const& seat) {
  return may_take(minute_, "ask " + seat.session, asks_of_visitor) &&
         may_take(minute_, "ask of peer " + seat.socket->peer(), asks_of_peer);
}

/// And for the bytes of their files in an hour.
bool Switchboard::may_hand_in(Seat const& seat, std::size_t bytes) {
  double const most = rules_.megabytes_an_hour * 1024.0 * 1024.0;
  auto const size = static_cast<double>(bytes);
  return may_take(hour_, seat.session, most, size) &&
         may_take(hour_, "peer " + seat.socket->peer(), visitors_of_peer * most, size);
}

/// And for what they say of an article.
bool Switchboard::may_count(Seat const& seat, std::string const& article) {
  std::string const network = channels::network_of(seat.socket->peer());
  return may_take(day_, "solved " + seat.session + ' ' + article, solved_of_visitor) &&
         may_take(day_, "solved of peer " + network + ' ' + article, solved_of_peer);
}

bool Switchboard::may_take(Allowances& all, std::string const& key, double most, double amount) {
  if (most <= 0) return true;
  desk::Time const now = desk_.now();
  channels::Bucket::Moment const moment{now.time_since_epoch()};
  constexpr std::size_t many = 10'000;
  if (all.of.size() > many)
    std::erase_if(all.of, [&](auto const& one) { return now - one.second.used > all.span; });  // full again
  double const per_second = most / static_cast<double>(all.span.count());
  Allowance& own = all.of.try_emplace(key, channels::Bucket{per_second, most, moment}).first->second;
  own.used = now;
  return own.left.take(moment, amount);
}

}  // namespace spoc::daemon
