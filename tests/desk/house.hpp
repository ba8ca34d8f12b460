// SPDX-License-Identifier: GPL-3.0-or-later
// A small desk for tests: two agents, one team, one mailbox, a wound clock and a signature that anybody can
// check.
#pragma once

#include "desk/plan.hpp"

#include <string>

namespace spoc::desk::tests {

/// 32 bytes that depend on every byte of the text: enough for tests, no secret.
inline std::string toy_sign(std::string_view text) {
  std::string out;
  std::uint64_t state = 1469598103934665603ULL;
  for (int i = 0; i < 32; ++i) {
    for (unsigned char c : text) state = (state ^ c) * 1099511628211ULL;
    state ^= state >> 29U;
    out += static_cast<char>(state >> 24U);
  }
  return out;
}

inline House house() {
  House out;
  out.domain = "example.org";
  out.mailboxes = {
      {"support", {"Service desk", "support@example.org"}, {"help@example.org"}, "first line", "en", true}};
  out.agents = {{"kari", "Kari Eksempel", {"kari@example.org", "kari@private.example"}, "nb"},
                {"sam", "Sam Example", {"sam@example.org"}, "en"}};
  out.teams = {{"first line", {"kari", "sam"}}};
  return out;
}

inline Time noon() { return *from_iso("2026-03-02T12:00:00Z"); }

inline Mail mail_from(std::string address, std::string subject, std::string text) {
  Mail out;
  out.from = {{"Ola Testmann", std::move(address)}};
  out.to = {{"", "support@example.org"}};
  out.subject = std::move(subject);
  out.text = out.reply = std::move(text);
  out.message_id = "m1@example.net";
  return out;
}

inline Arrival arrival_of(Mail mail) {
  Arrival out;
  out.place = {"support", 7, 1, ""};
  out.hash = "hash-of-the-mail";
  out.received = noon();
  out.what = std::move(mail);
  return out;
}

/// What the desk knows of a new requester; `house` must outlive it.
inline Known known_in(House const& house) {
  Known out;
  out.now = noon();
  out.house = &house;
  out.sign = toy_sign;
  out.next_ticket = TicketId{1001};
  out.contact.id = ContactId{1};
  out.author.address = {"Ola Testmann", "ola@example.net"};
  return out;
}

inline Ticket ticket_of_ola() {
  Ticket out;
  out.id = TicketId{42};
  out.subject = "Printer";
  out.mailbox = "support";
  out.team = "first line";
  out.requester = ContactId{1};
  out.requester_address = {"Ola Testmann", "ola@example.net"};
  out.participants = {{"Ola Testmann", "ola@example.net"}};
  out.language = "nb";
  out.opened = out.changed = noon();
  return out;
}

template <class Wanted>
Wanted const* change(Plan const& plan) {
  for (Change const& one : plan.changes)
    if (auto const* found = std::get_if<Wanted>(&one)) return found;
  return nullptr;
}

inline std::vector<Letter> letters(Plan const& plan, LetterKind kind) {
  std::vector<Letter> out;
  for (Letter const& one : plan.letters)
    if (one.kind == kind) out.push_back(one);
  return out;
}

inline bool trailed(Plan const& plan, std::string_view what) {
  for (Trail const& one : plan.trail)
    if (one.what == what) return true;
  return false;
}

}  // namespace spoc::desk::tests
