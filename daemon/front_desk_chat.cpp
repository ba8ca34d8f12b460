// SPDX-License-Identifier: GPL-3.0-or-later
// What a visitor may ask of the desk besides saying a line: who they are, the end, the transcript, a file.
#include "daemon/front_desk.hpp"
#include "store/apply.hpp"
#include "store/contacts.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace spoc::daemon {
namespace {

/// Said once more, as after a death of the desk before its answer: nobody has said or done anything since.
bool is_said_again(desk::Plan const& ended, desk::Known const& known, std::vector<desk::Trail> const& trail) {
  auto const newest = std::find_if(trail.rbegin(), trail.rend(), [](desk::Trail const& one) {
    return one.who != "visitor" || one.what == "ended the chat";
  });
  desk::Trail const& now = ended.trail.front();
  return newest != trail.rend() && newest->who == now.who && newest->what == now.what &&
         newest->detail == now.detail && (known.history.empty() || known.history.back().at <= newest->at);
}

}  // namespace

Result<std::optional<desk::Attachment>> FrontDesk::attachment(desk::MessageId message, std::size_t position) {
  std::optional<desk::Attachment> found;
  auto const done = store_.read("attachment", [&](store::Tx& tx) {
    auto whole = store::find_message(tx, message);
    if (whole && position < whole->attachments.size()) found = std::move(whole->attachments[position]);
  });
  if (!done) return done.error();
  return found;
}

Result<std::string> FrontDesk::chat_of(std::string const& visitor) {
  std::string secret;
  auto const done = store_.read("chat of visitor", [&](store::Tx& tx) {
    if (auto const session = store::session_of_visitor(tx, visitor)) secret = session->secret;
  });
  if (!done) return done.error();
  return secret;
}

Result<std::optional<desk::TicketId>> FrontDesk::ticket_of_chat(std::string const& secret) {
  std::optional<desk::TicketId> found;
  auto const done = store_.read("ticket of chat", [&](store::Tx& tx) {
    auto const session = store::find_session(tx, secret);
    if (!session || !session->ticket) return;
    if (auto const ticket = store::find_ticket(tx, *session->ticket)) found = ticket->id;
  });
  if (!done) return done.error();
  return found;
}

Result<> FrontDesk::recognise(std::string const& secret, std::string const& visitor,
                              desk::Address const& address) {
  auto const known = store_.write("recognise", [&](store::Tx& tx) {
    auto session = store::find_session(tx, secret);
    if (!session) return;
    session->visitor = visitor;
    session->seen = now();
    store::update_session(tx, *session);
  });
  if (!known || address.address.empty()) return known;
  return introduce(secret, address, "", true);
}

Result<> FrontDesk::if_unread(std::string const& secret, std::function<void(store::Tx&)> const& deed) {
  bool waits = false;
  auto const asked =
      store_.read("unread answers", [&](store::Tx& tx) { waits = store::has_unread(tx, secret); });
  // Most of the time nothing waits, and a look costs no commit.
  return asked && waits ? store_.write("unread answers", deed) : asked;
}

Result<> FrontDesk::saw(std::string const& secret, std::int64_t up_to) {
  return if_unread(secret, [&](store::Tx& tx) { store::cancel_unread(tx, secret, up_to); });
}

Result<> FrontDesk::went(std::string const& secret) {
  return if_unread(secret,
                   [&](store::Tx& tx) { store::hasten_unread(tx, secret, now() + desk::coming_back); });
}

Result<> FrontDesk::refused_file(std::string const& secret, std::string const& why) {
  return store_.write("refused file", [&](store::Tx& tx) {
    auto const session = store::find_session(tx, secret);
    desk::Plan plan;
    if (session && session->ticket) plan.ticket = *session->ticket;
    plan.trail.push_back({plan.ticket, now(), "desk", "file refused", why});
    store::apply(tx, plan, nullptr, now());
  });
}

Result<> FrontDesk::end_chat(std::string const& secret, desk::Rated const& rated) {
  std::optional<desk::News> news;
  auto const done = store_.write("end chat", [&](store::Tx& tx) {
    auto const session = store::find_session(tx, secret);
    if (!session || !session->ticket) return;
    desk::Known known = blank(tx);
    know_ticket(tx, *session->ticket, known);
    if (!known.ticket) return;
    known.history = store::messages_of(tx, known.ticket->id);
    desk::Plan plan = desk::plan_ended(rated, known);
    if (is_said_again(plan, known, store::trail_of(tx, known.ticket->id))) return;
    news = write_deed(tx, std::move(plan), known);
  });
  if (done && news && around_.bell) around_.bell(*news);
  return done;
}

Result<bool> FrontDesk::write_to_visitor(
    std::string const& secret, char const* why,
    std::function<desk::Plan(store::Tx&, desk::Known const&)> const& plan) {
  std::optional<desk::News> news;
  auto const done = store_.write(why, [&](store::Tx& tx) {
    auto const session = store::find_session(tx, secret);
    if (!session || !session->ticket) return;
    desk::Known known = blank(tx);
    know_ticket(tx, *session->ticket, known);
    if (!known.ticket) return;
    // An agent may have made somebody else the requester: what visitors ask for is theirs, and a word that
    // proves an address is for its owner alone.
    known.ticket->requester_address = {session->name, session->address};
    std::string const& address = session->address;
    known.dead_address = store::is_dead(tx, address);
    known.automatic_sent = store::automatic_since(tx, address, known.now - std::chrono::hours{1});
    news = store::apply(tx, plan(tx, known), nullptr, known.now);
  });
  if (!done) return done.error();
  bool const sent = news && news->letters > 0;
  if (sent && around_.bell) around_.bell(*news);
  return sent;
}

Result<bool> FrontDesk::mail_transcript(std::string const& secret) {
  return write_to_visitor(secret, "mail transcript", [&](store::Tx& tx, desk::Known const& known) {
    return desk::plan_transcript(store::lines_after(tx, secret, 0), known);
  });
}

Result<bool> FrontDesk::mail_word(std::string const& secret, std::string const& word,
                                  std::string const& link) {
  return write_to_visitor(secret, "mail word", [&](store::Tx&, desk::Known const& known) {
    return desk::plan_proof(word, link, known);
  });
}

Result<> FrontDesk::confirm(std::string const& secret, std::string const& address) {
  std::optional<desk::News> news;
  auto const done = store_.write("confirm", [&](store::Tx& tx) {
    auto session = store::find_session(tx, secret);
    if (!session || session->address != address) return;
    session->confirmed = address;
    store::update_session(tx, *session);
    if (!session->ticket) return;
    auto const ticket = store::find_ticket(tx, *session->ticket);
    if (!ticket) return;
    desk::Plan plan;
    plan.ticket = ticket->id;
    // Not where an agent has made somebody else the requester meanwhile.
    if (desk::normal(ticket->requester_address.address) == address)
      plan.changes.emplace_back(desk::SetRequester{ticket->requester_address, true});
    plan.trail.push_back({plan.ticket, now(), "visitor", "proved their address", address});
    news = keep(tx, plan, nullptr);
  });
  if (done && news) ring({*news});
  return done;
}

Result<std::vector<desk::Ticket>> FrontDesk::tickets_of(std::string const& address) {
  constexpr std::size_t most = 50;
  std::vector<desk::Ticket> found;
  auto const done = store_.read("tickets of visitor",
                                [&](store::Tx& tx) { found = store::tickets_of_address(tx, address, most); });
  if (!done) return done.error();
  return found;
}

Result<std::vector<desk::Message>> FrontDesk::words_of(std::string const& address, desk::TicketId ticket) {
  std::vector<desk::Message> found;
  auto const done = store_.read("words of visitor", [&](store::Tx& tx) {
    auto const theirs = store::find_ticket(tx, ticket);
    if (!theirs || desk::normal(theirs->requester_address.address) != desk::normal(address)) return;
    found = store::messages_of(tx, theirs->id);
    std::erase_if(found, [](desk::Message const& one) { return !desk::is_public(one); });
  });
  if (!done) return done.error();
  return found;
}

Result<std::optional<int>> FrontDesk::usual_minutes(std::function<bool(desk::Time)> const& is_open) {
  auto const hour = std::chrono::floor<std::chrono::hours>(now().time_since_epoch()).count() % 24;
  std::vector<desk::FirstAnswer> chats;
  auto const done = store_.read("first answers", [&](store::Tx& tx) {
    chats = store::first_answers(tx, now() - std::chrono::days{30}, static_cast<int>(hour));
  });
  if (!done) return done.error();
  if (is_open) std::erase_if(chats, [&](desk::FirstAnswer const& one) { return !is_open(one.opened); });
  return desk::usual_minutes(chats, now());
}

}  // namespace spoc::daemon
