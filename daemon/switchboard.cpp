// SPDX-License-Identifier: GPL-3.0-or-later
// The way of a chat line: hear, read, receive, tell.
#include "daemon/switchboard.hpp"

#include "daemon/key.hpp"
#include "daemon/log.hpp"
#include "parser/digest.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_ref = 100;
constexpr std::size_t longest_replay =
    1500;  // below ChatLimits::queue, or a long history would close its own socket

bool looks_like_address(std::string const& text) {
  auto const at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n<>,;\"") == std::string::npos &&
         text.find('@', at + 1) == std::string::npos;
}

}  // namespace

Switchboard::Switchboard(FrontDesk& desk, std::string mailbox, Suggest suggest, Later later)
    : desk_{desk}, mailbox_{std::move(mailbox)}, suggest_{std::move(suggest)}, later_{std::move(later)} {}

void Switchboard::opened(std::shared_ptr<channels::ChatSocket> socket) {
  channels::ChatSocket const* const key = socket.get();
  seats_[key].socket = std::move(socket);
}

void Switchboard::closed(channels::ChatSocket& socket) {
  auto const seat = seats_.find(&socket);
  if (seat == seats_.end()) return;
  auto const session = sessions_.find(seat->second.session);
  if (session != sessions_.end()) {
    std::erase(session->second, &socket);
    if (session->second.empty()) sessions_.erase(session);
  }
  seats_.erase(seat);
}

bool Switchboard::present(std::string const& session) const { return sessions_.contains(session); }

void Switchboard::heard(channels::ChatSocket& socket, std::string text) {
  auto const found = seats_.find(&socket);
  if (found == seats_.end()) return;
  Seat& seat = found->second;
  auto const frame = parser::read_frame(text);
  if (!frame) return refuse(seat, "bad_frame", frame.error().what);
  bool const greeted = !seat.session.empty() || std::holds_alternative<parser::Hello>(*frame) ||
                       std::holds_alternative<parser::Ping>(*frame);
  if (!greeted) return refuse(seat, "bad_session", "say hello first");
  std::visit([&](auto const& one) { hear(seat, one); }, *frame);
}

// ---- what browsers say ---------------------------------------------------------------------------

void Switchboard::hear(Seat& seat, parser::Hello const& hello) {
  if (!seat.session.empty()) return refuse(seat, "bad_session", "hello comes once");
  auto const resumed = hello.session.empty() ? Result<FrontDesk::Resumed>{FrontDesk::Resumed{}}
                                             : desk_.resume(hello.session, hello.last);
  if (!resumed) {
    refuse(seat, "busy", "the desk can't look up this chat right now");
    seat.socket->close(1013, "try again later");
    return;
  }
  seat.known = resumed->session.has_value();
  seat.session = seat.known ? hello.session : random_word();
  seat.language = hello.language;
  if (seat.known) {
    seat.name = resumed->session->name;
    seat.address = resumed->session->address;
  }
  sessions_[seat.session].push_back(seat.socket.get());
  std::int64_t const next = seat.known ? resumed->session->last + 1 : 1;
  say(seat, parser::Welcome{seat.session, next, desk_.house().name});
  if (!seat.name.empty() || !seat.address.empty()) say(seat, parser::Known{seat.name, seat.address});
  auto const& lines = resumed->lines;
  std::size_t const skipped = lines.size() > longest_replay ? lines.size() - longest_replay : 0;
  for (std::size_t i = skipped; i < lines.size(); ++i) say_line(seat, lines[i]);
}

void Switchboard::hear(Seat& seat, parser::Said const& said) {
  if (said.text.size() > parser::longest_line)
    return refuse(seat, "too_long", "a line may have 8,000 bytes", said.ref);
  if (said.ref.empty() || said.ref.size() > longest_ref)
    return refuse(seat, "bad_frame", "a line needs a ref of 1 to 100 bytes");
  bool const blank = said.text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (blank) return refuse(seat, "bad_frame", "the line is empty", said.ref);
  desk::Arrival arrival;
  arrival.place.mailbox = mailbox_;
  arrival.received = desk_.now();
  arrival.hash = parser::sha256(seat.session + "\n" + said.ref);
  arrival.what = desk::ChatLine{seat.session, said.ref, said.text, seat.name, seat.address, seat.language};
  if (!seat.known && suggest_)
    for (parser::Offer const& offer : suggest_(said.text, seat.language))
      arrival.suggestions.push_back({offer.id, offer.title, "", 0, false, false});
  seat.known = true;
  waiting_.push_back(std::move(arrival));
  if (waiting_.size() == 1) later_([this] { flush(); });
}

void Switchboard::hear(Seat& seat, parser::Who const& who) {
  if (who.name.size() > longest_name || who.address.size() > longest_name)
    return refuse(seat, "too_long", "name and address may have 200 bytes each");
  if (!who.address.empty() && !looks_like_address(who.address))
    return refuse(seat, "bad_frame", "that is not a mail address");
  flush();  // lines said before the name belong to the session that the name is written to
  seat.name = who.name;
  seat.address = desk::normal(who.address);
  auto const done =
      seat.known ? desk_.introduce(seat.session, {seat.name, seat.address}, seat.language) : Result<>{};
  if (!done) return refuse(seat, "busy", "your address could not be kept; please try again");
  for (channels::ChatSocket const* one : sessions_[seat.session])
    say(seats_.at(one), parser::Known{seat.name, seat.address});
}

void Switchboard::hear(Seat& seat, parser::Asked const& asked) {
  parser::Articles articles{asked.text, {}};
  if (suggest_ && asked.text.size() <= parser::longest_line)
    articles.list = suggest_(asked.text, seat.language);
  say(seat, articles);
}

void Switchboard::hear(Seat& seat, parser::Ping const&) { say(seat, parser::Pong{}); }

// ---- in and out ----------------------------------------------------------------------------------

/// Commits every line that has been heard since the last turn, then tells each browser. The bell calls
/// tell().
void Switchboard::flush() {
  if (waiting_.empty()) return;
  std::vector<desk::Arrival> lines;
  lines.swap(waiting_);
  auto const received = desk_.receive(lines);
  if (received) return;
  Entry{Severity::error, "chat lines not kept"}
      .with("lines", static_cast<std::int64_t>(lines.size()))
      .with("why", received.error().what)
      .write();
  for (desk::Arrival const& line : lines) {
    auto const session = sessions_.find(line.line()->session);
    if (session == sessions_.end()) continue;
    for (channels::ChatSocket const* one : session->second)
      refuse(seats_.at(one), "busy", "the desk could not keep this line; it is sent again", line.line()->ref);
  }
}

void Switchboard::tell(desk::News const& news) {
  if (news.session.empty()) return;
  auto const session = sessions_.find(news.session);
  if (session == sessions_.end()) return;
  std::vector<channels::ChatSocket const*> const sockets = session->second;
  for (desk::Message const& message : news.messages) {
    if (message.sequence == 0) continue;
    for (channels::ChatSocket const* one : sockets) {
      auto const seat = seats_.find(one);
      if (seat == seats_.end()) continue;
      if (!message.ref.empty()) say(seat->second, parser::Kept{message.ref, message.sequence, message.at});
      if (!news.duplicate) say_line(seat->second, message);
    }
  }
}

void Switchboard::say_line(Seat& seat, desk::Message const& line) const {
  bool const from_desk = line.kind != desk::MessageKind::inbound;
  say(seat, parser::Line{line.sequence, from_desk, from_desk ? line.author.name : seat.name, line.reply,
                         line.at, line.ref});
}

void Switchboard::say(Seat& seat, parser::FrameOut const& frame) {
  seat.socket->send(std::make_shared<std::string const>(parser::write_frame(frame)));
}

void Switchboard::refuse(Seat& seat, std::string why, std::string text, std::string ref) {
  say(seat, parser::No{std::move(why), std::move(text), std::move(ref)});
}

}  // namespace spoc::daemon
