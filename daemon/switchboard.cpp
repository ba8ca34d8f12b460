// SPDX-License-Identifier: GPL-3.0-or-later
// The way of a chat line: hear, read, receive, tell.
#include "daemon/switchboard.hpp"

#include "daemon/chat_files.hpp"
#include "daemon/key.hpp"
#include "daemon/log.hpp"
#include "parser/digest.hpp"
#include "parser/file_kind.hpp"

#include <algorithm>

namespace spoc::daemon {
namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t longest_ref = 100;
constexpr std::size_t longest_replay =
    1500;  // below ChatLimits::queue, or a long history would close its own socket

/// The configuration has been checked by now: what can't be read there never comes here.
std::vector<Span> spans_of(std::vector<std::string> const& hours) {
  auto const spans = read_hours(hours);
  return spans ? *spans : std::vector<Span>{};
}

bool looks_like_address(std::string const& text) {
  auto const at = text.find('@');
  return at != std::string::npos && at > 0 && at + 1 < text.size() &&
         text.find_first_of(" \t\r\n<>,;\"") == std::string::npos &&
         text.find('@', at + 1) == std::string::npos;
}

}  // namespace

Switchboard::Switchboard(FrontDesk& desk, std::string mailbox, Suggest suggest, Later later, ChatRules rules)
    : desk_{desk},
      mailbox_{std::move(mailbox)},
      suggest_{std::move(suggest)},
      later_{std::move(later)},
      rules_{std::move(rules)},
      hours_{spans_of(rules_.hours)} {}

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
    if (session->second.empty()) {
      if (seat->second.known) comings_.left(session->first, desk_.now());
      sessions_.erase(session);
    }
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
  std::optional<Visitor> visitor;
  if (!hello.token.empty() && rules_.identity.way != Identity::Way::none) {
    auto read = read_identity(hello.token, rules_.identity, desk_.now());
    if (!read) {
      Entry{Severity::info, "visitor not recognised"}.with("why", read.error().what).write();
      refuse(seat, "bad_token", "");
      seat.socket->close(1008, "the signed word does not hold");
      return;
    }
    visitor = std::move(*read);
  }
  auto const resumed = opened_by(hello, visitor);
  if (!resumed) {
    refuse(seat, "busy", "the desk can't look up this chat right now");
    seat.socket->close(1013, "try again later");
    return;
  }
  seat.known = resumed->session.has_value();
  seat.session = seat.known ? resumed->session->secret : random_word();
  seat.language = hello.language;
  if (seat.known) {
    seat.name = resumed->session->name;
    seat.address = resumed->session->address;
    seat.confirmed = resumed->session->confirmed;
  }
  if (visitor) {
    seat.user = visitor->user;
    if (!visitor->address.name.empty()) seat.name = visitor->address.name;
    if (!visitor->address.address.empty()) seat.address = seat.confirmed = visitor->address.address;
    bool const is_news =
        seat.known && (resumed->session->visitor != seat.user || resumed->session->address != seat.address);
    if (is_news) static_cast<void>(desk_.recognise(seat.session, seat.user, {seat.name, seat.address}));
  }
  if (seat.known) comings_.came(seat.session, desk_.now());
  sessions_[seat.session].push_back(seat.socket.get());
  std::int64_t const next = seat.known ? resumed->session->last + 1 : 1;
  parser::Welcome const words = welcome(seat, next);
  seat.issue = words.issue;
  say(seat, words);
  if (!seat.name.empty() || !seat.address.empty()) say(seat, parser::Known{seat.name, seat.address});
  auto const& lines = resumed->lines;
  std::size_t const skipped = lines.size() > longest_replay ? lines.size() - longest_replay : 0;
  for (std::size_t i = skipped; i < lines.size(); ++i) say(seat, line_of(seat, lines[i]));
}

/// A chat that a signed visitor has used opens for them alone, on every device; an anonymous one for who
/// holds its secret.
Result<FrontDesk::Resumed> Switchboard::opened_by(parser::Hello const& hello,
                                                  std::optional<Visitor> const& visitor) {
  if (!hello.session.empty()) {
    auto held = desk_.resume(hello.session, hello.last);
    if (!held) return held.error();
    std::string const user = visitor ? visitor->user : "";
    bool const anonymous = held->session && held->session->visitor.empty();
    if (anonymous || (held->session && held->session->visitor == user)) return held;
  }
  if (!visitor) return FrontDesk::Resumed{};
  auto const own = desk_.chat_of(visitor->user);
  if (!own) return own.error();
  if (own->empty()) return FrontDesk::Resumed{};
  return desk_.resume(*own, 0);
}

parser::Welcome Switchboard::welcome(Seat const& seat, std::int64_t next) {
  parser::Welcome out{seat.session, next, desk_.house().name, rules_.file_bytes, rules_.file_types};
  for (std::string const& line : rules_.form) {
    bool const required = line.ends_with('!');
    out.form.push_back({line.substr(0, line.size() - (required ? 1 : 0)), required});
  }
  out.signed_in = !seat.user.empty();
  out.open = is_open(hours_, desk_.now());
  out.opens = opens_next(hours_, desk_.now());
  // Counted anew every few minutes, not for everybody who opens a page.
  if (desk_.now() - asked_usual_ > std::chrono::minutes{5}) {
    auto const measured = desk_.usual_minutes();
    usual_minutes_ = measured ? *measured : std::nullopt;
    asked_usual_ = desk_.now();
  }
  if (out.open) out.minutes = usual_minutes_;
  out.confirmed = is_proven(seat);
  if (auto const announced = announced_ ? announced_() : std::nullopt)
    out.issue = desk::texts_in(*announced, seat.language);
  return out;
}

/// Takes one line from what the visitor and their address may say in a minute.
bool Switchboard::may_say_more(Seat const& seat) {
  channels::Bucket::Moment const moment{desk_.now().time_since_epoch()};
  constexpr std::size_t many = 10'000;
  if (allowances_.size() > many)
    std::erase_if(allowances_, [&](auto const& one) {
      return desk_.now() - one.second.used > std::chrono::minutes{2};  // full again
    });
  auto const take = [&](std::string const& key, int a_minute) {
    if (a_minute == 0) return true;
    auto const most = static_cast<double>(a_minute);
    Allowance& own = allowances_.try_emplace(key, channels::Bucket{most / 60, most, moment}).first->second;
    own.used = desk_.now();
    return own.lines.take(moment);
  };
  return take(seat.session, rules_.lines_per_minute) &&
         take("peer " + seat.socket->peer(), rules_.lines_per_peer);
}

void Switchboard::hear(Seat& seat, parser::Said const& said) {
  if (said.text.size() > parser::longest_line)
    return refuse(seat, "too_long", "a line may have 8,000 bytes", said.ref);
  if (said.ref.empty() || said.ref.size() > longest_ref)
    return refuse(seat, "bad_frame", "a line needs a ref of 1 to 100 bytes");
  bool const blank = said.text.find_first_not_of(" \t\r\n") == std::string::npos;
  if (blank) return refuse(seat, "bad_frame", "the line is empty", said.ref);
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "", said.ref);
  desk::Arrival arrival = arrival_of(seat, said.ref, said.text);
  if (!seat.known && suggest_)
    for (parser::Offer const& offer : suggest_(said.text, seat.language))
      arrival.suggestions.push_back({offer.id, offer.title, "", 0, false, false});
  seat.known = true;
  waiting_.push_back(std::move(arrival));
  if (waiting_.size() == 1) later_([this] { flush(); });
}

desk::Arrival Switchboard::arrival_of(Seat& seat, std::string const& ref, std::string const& text) const {
  desk::Arrival arrival;
  arrival.place.mailbox = mailbox_;
  arrival.received = desk_.now();
  arrival.hash = parser::sha256(seat.session + "\n" + ref);
  arrival.what =
      desk::ChatLine{seat.session, ref, text, seat.name, seat.address, seat.language, {}, seat.user};
  return arrival;
}

std::variant<desk::Attachment, parser::No> Switchboard::look_at(std::string const& session,
                                                                std::string const& ref,
                                                                std::string const& name,
                                                                std::string const& bytes) {
  auto const sockets = sessions_.find(session);
  if (session.empty() || sockets == sessions_.end())
    return parser::No{"bad_session", "this chat is not open", ref};
  if (ref.empty() || ref.size() > longest_ref)
    return parser::No{"bad_frame", "a file needs a ref of 1 to 100 bytes", ""};
  if (bytes.size() > rules_.file_bytes)
    return parser::No{"too_long", "a file may have " + std::to_string(rules_.file_bytes) + " bytes here",
                      ref};
  std::string const kept_name = parser::plain_name(name);
  std::string const suffix = parser::suffix_of(kept_name);
  bool const taken =
      std::find(rules_.file_types.begin(), rules_.file_types.end(), suffix) != rules_.file_types.end();
  if (bytes.empty() || !taken || !parser::is_honest(suffix, bytes)) return parser::No{"file_type", "", ref};
  if (!may_say_more(seats_.at(sockets->second.front()))) return parser::No{"too_fast", "", ref};
  return desk::Attachment{kept_name, parser::type_of_suffix(suffix), bytes, parser::sha256(bytes), false, ""};
}

std::variant<parser::Kept, parser::No> Switchboard::hand_in(std::string const& session,
                                                            std::string const& ref, desk::Attachment file) {
  auto const sockets = sessions_.find(session);
  // It may have left while the file was being looked at.
  if (sockets == sessions_.end()) return parser::No{"bad_session", "this chat is not open", ref};
  flush();  // lines said before the file come before it
  Seat& seat = seats_.at(sockets->second.front());
  desk::Arrival arrival = arrival_of(seat, ref, file.filename);
  std::get<desk::ChatLine>(arrival.what).files.push_back(std::move(file));
  seat.known = true;
  auto const received = desk_.receive(std::span{&arrival, 1});
  if (!received || received->front().messages.empty())
    return parser::No{"busy", "the desk could not keep this file", ref};
  desk::Message const& message = received->front().messages.front();
  return parser::Kept{ref, message.sequence, message.at};
}

std::variant<parser::Kept, parser::No> Switchboard::hand_in(std::string const& session,
                                                            std::string const& ref, std::string const& name,
                                                            std::string const& bytes) {
  auto looked = look_at(session, ref, name, bytes);
  if (auto* no = std::get_if<parser::No>(&looked)) return std::move(*no);
  return hand_in(session, ref, std::get<desk::Attachment>(std::move(looked)));
}

void Switchboard::hear(Seat& seat, parser::Who const& who) {
  if (who.name.size() > longest_name || who.address.size() > longest_name)
    return refuse(seat, "too_long", "name and address may have 200 bytes each");
  if (!who.address.empty() && !looks_like_address(who.address))
    return refuse(seat, "bad_frame", "that is not a mail address");
  // Whom the intranet vouches for is not renamed by a form.
  if (!seat.user.empty() && !seat.address.empty()) return say(seat, parser::Known{seat.name, seat.address});
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
  for (parser::Offer const& one : articles.list) seat.shown.insert(one.id);
  say(seat, articles);
}

/// Counted once for a seat: what was shown to it is forgotten.
void Switchboard::hear(Seat& seat, parser::Solved const& solved) {
  if (!seat.shown.contains(solved.article)) return refuse(seat, "bad_frame", "no such article was shown");
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "");
  auto const done = desk_.solved_before_asking(solved.article);
  if (!done) return refuse(seat, "busy", "that could not be kept; please try again");
  seat.shown.clear();
}

void Switchboard::hear(Seat& seat, parser::End const& end) {
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "");
  flush();
  auto const done = desk_.end_chat(seat.session, {end.score, end.solved, end.text});
  if (!done) return refuse(seat, "busy", "that could not be kept; please try again");
  for (channels::ChatSocket const* one : sessions_[seat.session]) say(seats_.at(one), parser::Ended{});
}

void Switchboard::hear(Seat& seat, parser::Transcript const&) {
  if (!may_say_more(seat)) return refuse(seat, "too_fast", "");
  flush();
  auto const sent = desk_.mail_transcript(seat.session);
  if (!sent) return refuse(seat, "busy", "that could not be written; please try again");
  if (!*sent) return refuse(seat, "not_yet", "");
  say(seat, parser::Mailed{seat.address});
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
      if (!news.duplicate) say(seat->second, line_of(seat->second, message));
    }
  }
}

parser::Line Switchboard::line_of(Seat const& seat, desk::Message const& line) const {
  bool const from_desk = line.kind != desk::MessageKind::inbound;
  parser::Line frame{line.sequence, from_desk, from_desk ? line.author.name : seat.name, line.reply, line.at,
                     line.ref,      {}};
  for (std::size_t i = 0; i < line.attachments.size(); ++i)
    if (line.attachments[i].held.empty())
      frame.files.push_back({line.attachments[i].filename, shown_type(line.attachments[i]),
                             std::string{ChatFiles::path} + "/" + file_link(line.id, i, desk_.sign())});
  return frame;
}

void Switchboard::say(Seat& seat, parser::FrameOut const& frame) {
  seat.socket->send(std::make_shared<std::string const>(parser::write_frame(frame)));
}

void Switchboard::refuse(Seat& seat, std::string why, std::string text, std::string ref) {
  say(seat, parser::No{std::move(why), std::move(text), std::move(ref)});
}

}  // namespace spoc::daemon
