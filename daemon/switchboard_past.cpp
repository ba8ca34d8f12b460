// SPDX-License-Identifier: GPL-3.0-or-later
// Older tickets in the widget: first the proof that the visitor reads the mail of their address, then the
// tickets of that address.
#include "daemon/log.hpp"
#include "daemon/switchboard.hpp"
#include "desk/proof.hpp"

namespace spoc::daemon {

/// An address that somebody merely gave opens nothing; what the intranet signed, or a mailed word proved,
/// does.
bool Switchboard::is_proven(Seat const& seat) {
  return !seat.address.empty() && seat.confirmed == seat.address;
}

void Switchboard::hear(Seat& seat, parser::Confirm const& confirm) {
  flush();
  if (is_proven(seat)) return say(seat, parser::Confirmed{seat.address});
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "");
  if (confirm.word.empty()) return mail_word(seat, confirm.page);
  if (!desk::proves(confirm.word, seat.session, seat.address, desk_.now(), desk_.sign()))
    return refuse(seat, "bad_word", "");
  auto const done = desk_.confirm(seat.session, seat.address);
  if (!done) return refuse(seat, "busy", "that could not be kept; please try again");
  for (channels::ChatSocket const* one : sessions_[seat.session]) {
    Seat& tab = seats_.at(one);
    tab.confirmed = seat.address;
    say(tab, parser::Confirmed{seat.address});
  }
}

void Switchboard::mail_word(Seat& seat, std::string const& page) {
  std::string const word = desk::proof_word(seat.session, seat.address, desk_.now(), desk_.sign());
  auto const sent = desk_.mail_word(seat.session, word, desk::proof_link(page, word, rules_.pages));
  if (!sent) return refuse(seat, "busy", "that could not be written; please try again");
  if (!*sent) return refuse(seat, "no_word", "");
  say(seat, parser::Mailed{seat.address, true});
}

void Switchboard::hear(Seat& seat, parser::Tickets const&) {
  if (!is_proven(seat)) return refuse(seat, "bad_word", "");
  if (!may_ask(seat)) return refuse(seat, "too_fast", "");
  auto const list = desk_.tickets_of(seat.address);
  if (!list) return refuse(seat, "busy", "the desk can't look that up right now");
  parser::TicketList out;
  for (desk::Ticket const& one : *list)
    out.list.push_back({desk::number(one.id), one.subject, std::string{desk::name(one.status)}, one.changed});
  say(seat, out);
}

void Switchboard::hear(Seat& seat, parser::Past const& past) {
  if (!is_proven(seat)) return refuse(seat, "bad_word", "");
  if (!may_ask(seat)) return refuse(seat, "too_fast", "");
  auto const messages = desk_.words_of(seat.address, desk::TicketId{past.number});
  if (!messages) return refuse(seat, "busy", "the desk can't look that up right now");
  parser::PastLines out{past.number, newest_within(seat, *messages)};
  std::size_t const skipped = messages->size() - out.lines.size();
  out.cut = skipped > 0;
  // Not everybody in a ticket is the visitor.
  for (std::size_t i = 0; i < out.lines.size(); ++i) out.lines[i].name = (*messages)[skipped + i].author.name;
  say(seat, out);
}

}  // namespace spoc::daemon
