// SPDX-License-Identifier: GPL-3.0-or-later
// What open widgets are shown and nobody keeps: known outages as they come and go, and who is typing.
#include "daemon/switchboard.hpp"

namespace spoc::daemon {
namespace {

/// A widget says it more often than anybody need hear it.
constexpr desk::Duration between_signs = std::chrono::seconds{2};

}  // namespace

std::optional<desk::Time> Switchboard::tell_issue() {
  auto announced = announced_ ? announced_() : std::nullopt;
  if (!announced) return std::nullopt;
  std::optional<desk::Time> over;
  for (desk::Announcement const& one : *announced)
    if (one.until && (!over || *one.until < *over)) over = one.until;
  if (*announced == told_) return over;
  told_ = std::move(*announced);
  std::map<std::string, std::string> texts;  // by language that is spoken here: a visitor may name any
  for (auto& [socket, seat] : seats_) {
    if (seat.session.empty()) continue;
    auto const [text, fresh] = texts.try_emplace(desk::spoken(seat.language));
    if (fresh) text->second = desk::texts_in(told_, seat.language);
    if (text->second == seat.issue) continue;
    seat.issue = text->second;
    say(seat, parser::Issue{seat.issue});
  }
  return over;
}

/// Before the first line there is no ticket in which anybody could look.
void Switchboard::hear(Seat& seat, parser::Typing const&) {
  if (!seat.known || !typing_) return;
  // The tabs of one visitor are one; the clock may have been set back.
  for (channels::ChatSocket const* one : sessions_[seat.session])
    if (std::chrono::abs(desk_.now() - seats_.at(one).typed) < between_signs) return;
  seat.typed = desk_.now();
  auto const ticket = desk_.ticket_of_chat(seat.session);
  if (ticket && *ticket) typing_(**ticket, seat.name.empty() ? seat.address : seat.name);
}

bool Switchboard::show_typing(std::string const& session, std::string const& name) {
  auto const sockets = sessions_.find(session);
  if (session.empty() || sockets == sessions_.end()) return false;
  for (channels::ChatSocket const* one : sockets->second) say(seats_.at(one), parser::DeskTyping{name});
  return true;
}

}  // namespace spoc::daemon
