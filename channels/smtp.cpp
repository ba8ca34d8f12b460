// SPDX-License-Identifier: GPL-3.0-or-later
// Submitting a mail: MAIL, RCPT and DATA in one flight where the server pipelines, and what became of each
// recipient.
#include "channels/smtp.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "channels/smtp_words.hpp"
#include "channels/upper.hpp"

namespace spoc::channels {

namespace {

using std::chrono::milliseconds;

// Answers that are under way must fit the socket's buffers, or both sides would wait for each other.
constexpr std::size_t commands_in_flight = 100;

Delivered meaning(SmtpReply const& reply) {
  if (reply.code >= 200 && reply.code < 300) return Delivered::sent;
  return reply.code >= 500 ? Delivered::refused : Delivered::busy;
}

void settle(RecipientOutcome& outcome, Delivered delivered, SmtpReply const& reply) {
  outcome.delivered = delivered;
  outcome.code = reply.code;
  outcome.enhanced = reply.enhanced;
  outcome.words = reply.words;
}

void refuse(RecipientOutcome& outcome, std::string enhanced, std::string words) {
  outcome.delivered = Delivered::refused;
  outcome.enhanced = std::move(enhanced);
  outcome.words = std::move(words);
}

}  // namespace

// One connection. `open` is always: the outcomes of the present mail that are not settled yet.
struct Smtp::Body {
  Dialled line;
  SmtpReader reader;
  std::map<std::string, std::string> extensions;  // EHLO keyword -> parameters, upper case
  milliseconds timeout;
  bool gone = false;
  bool begun = false;       // MAIL of the present mail has gone out
  bool taken_back = false;  // the caller wants the present mail not to leave

  using Outcomes = std::vector<RecipientOutcome>;
  using Open = std::vector<RecipientOutcome*>;

  bool can(std::string const& keyword) const { return extensions.contains(keyword); }
  bool ended() const { return gone || line.ended(); }

  Result<SmtpReply> hear(milliseconds patience) {
    for (;;) {
      auto reply = reader.next();
      if (!reply) {
        gone = true;
        return Error{Kind::busy, reply.error().what};
      }
      if (*reply) {
        // RFC 5321 3.8: after 421 the server closes.
        if ((*reply)->code == 421) gone = true;
        return std::move(**reply);
      }
      auto bytes = line.read_some(patience);
      if (!bytes) {
        gone = true;
        return bytes.error();
      }
      reader.feed(*bytes);
    }
  }

  Result<SmtpReply> ask(std::string const& command) {
    if (auto const written = line.write(command + "\r\n"); !written) {
      gone = true;
      return written.error();
    }
    return hear(timeout);
  }

  // RFC 5321 4.5.3.2.6 allows ten minutes for the last answer, and giving up early means a second copy later.
  // So it gets ten times the usual patience; once the bell has rung, the usual one.
  Result<SmtpReply> hear_verdict() {
    auto reply = hear(timeout * 10);
    if (reply || !line.woken()) return reply;
    line.heed_wake(false);
    gone = false;
    reply = hear(timeout);
    line.heed_wake(true);
    return reply;
  }

  Result<> greet(std::string const& ehlo) {
    // libcurl said EHLO before the login; what is offered may differ after it.
    auto const reply = ask("EHLO " + ehlo);
    if (!reply) return reply.error();
    if (reply->code != 250)
      return Error{reply->code >= 500 ? Kind::refused : Kind::busy,
                   "EHLO was answered " + std::to_string(reply->code) + " " + reply->words};
    for (std::string_view rest = reply->raw; !rest.empty();) {
      auto const text = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), text.size() + 1));
      auto const blank = std::min(text.find(' '), text.size());
      extensions[upper(text.substr(0, blank))] = upper(text.substr(std::min(text.size(), blank + 1)));
    }
    return {};
  }

  std::uint64_t largest() const {
    auto const size = extensions.find("SIZE");
    std::uint64_t bytes = 0;
    if (size != extensions.end())
      std::from_chars(size->second.data(), size->second.data() + size->second.size(), bytes);
    return bytes;
  }

  // What can be refused without asking.
  Open screen(Envelope const& envelope, std::size_t bytes, Outcomes& outcomes) const {
    auto from_fault = envelope.from.empty() ? std::string{} : address_fault(envelope.from);
    bool const too_large = largest() > 0 && bytes > largest();
    Open open;
    for (auto& outcome : outcomes) {
      auto const fault = address_fault(outcome.recipient);
      if (!from_fault.empty())
        refuse(outcome, "5.1.7", "not sent: the sender is " + from_fault);
      else if (!fault.empty())
        refuse(outcome, "5.1.3", "not sent: " + fault);
      else if (!can("SMTPUTF8") && !(is_ascii(outcome.recipient) && is_ascii(envelope.from)))
        refuse(outcome, "5.6.7", "not sent: the server takes no addresses beyond ASCII (SMTPUTF8)");
      else if (too_large)
        refuse(outcome, "5.3.4",
               "not sent: " + std::to_string(bytes) + " bytes, but the server takes " +
                   std::to_string(largest()) + " at most");
      else
        open.push_back(&outcome);
    }
    return open;
  }

  std::string mail_command(std::string const& from, Open const& open, std::string const& wire) const {
    std::string command = "MAIL FROM:<" + from + ">";
    if (can("SIZE")) command += " SIZE=" + std::to_string(wire.size() - 3);
    if (can("8BITMIME") && !is_ascii(wire)) command += " BODY=8BITMIME";
    bool const wide =
        !is_ascii(from) || std::any_of(open.begin(), open.end(),
                                       [](RecipientOutcome const* to) { return !is_ascii(to->recipient); });
    if (wide) command += " SMTPUTF8";
    // Headers are enough to know a bounce by; whole mails coming back would only fill the mailbox.
    if (can("DSN")) command += " RET=HDRS";
    return command;
  }

  std::string rcpt_command(std::string const& from, std::string const& to) const {
    std::string command = "RCPT TO:<" + to + ">";
    if (!can("DSN")) return command;
    command += from.empty() ? " NOTIFY=NEVER" : " NOTIFY=FAILURE,DELAY";
    if (is_ascii(to)) command += " ORCPT=rfc822;" + xtext(to);
    return command;
  }

  // MAIL, the RCPTs and DATA, pipelined in flights; the replies in the order of the commands, ended early by
  // 421.
  Result<std::vector<SmtpReply>> say(std::vector<std::string> const& commands) {
    std::vector<SmtpReply> replies;
    std::size_t const flight = can("PIPELINING") ? commands_in_flight : 1;
    begun = false;
    for (std::size_t at = 0; at < commands.size() && !gone; at += flight) {
      auto const end = std::min(at + flight, commands.size());
      std::string lines;
      for (std::size_t i = at; i < end; ++i) lines += commands[i] + "\r\n";
      if (auto const written = line.write(lines); !written) {
        gone = true;
        return written.error();
      }
      begun = true;
      for (std::size_t i = at; i < end && !gone; ++i) {
        auto reply = hear(timeout);
        if (!reply) return reply.error();
        replies.push_back(std::move(*reply));
      }
    }
    return replies;
  }

  // Settles who is refused already; leaves in `open` those that the server takes the mail for. True: go on
  // with DATA. `replies`: to MAIL, the RCPTs and maybe DATA; the last is 421 when there are fewer.
  bool sort_out(std::vector<SmtpReply> const& replies, Open& open) const {
    auto const& mail = replies.front();
    auto const& last = replies.back();
    Open taken;
    for (std::size_t i = 0; i < open.size(); ++i) {
      bool const own = meaning(mail) == Delivered::sent;
      auto const& reply = !own ? mail : i + 1 < replies.size() ? replies[i + 1] : last;
      if (meaning(reply) == Delivered::sent)
        taken.push_back(open[i]);
      else
        // RFC 5321 4.5.3.1.10: 552 to a RCPT meant "too many recipients" once; the others go next time.
        settle(*open[i], own && reply.code == 552 ? Delivered::busy : meaning(reply), reply);
      open[i]->at_mail = !own;
    }
    open = std::move(taken);
    if (!gone) return !open.empty();
    for (auto* outcome : open) settle(*outcome, Delivered::busy, last);
    open.clear();
    return false;
  }

  // The mail and its end; the server's verdict.
  Result<SmtpReply> hand_over(std::string const& wire, Meanwhile const& meanwhile) {
    if (auto const ready = meanwhile.before_words ? meanwhile.before_words() : Result<>{}; !ready) {
      gone = taken_back = true;
      return ready.error();
    }
    if (auto const written = line.write(wire); !written) {
      gone = true;
      return written.error();
    }
    if (meanwhile.before_verdict) meanwhile.before_verdict();
    return hear_verdict();
  }

  // `early`: what DATA was answered, if it has been said.
  Result<> transmit(std::string const& wire, Open const& open, Meanwhile const& meanwhile,
                    SmtpReply const* early) {
    auto reply = early != nullptr ? Result<SmtpReply>{*early} : ask("DATA");
    if (!reply) return reply.error();
    if (reply->code == 354) {
      reply = hand_over(wire, meanwhile);
      if (!reply) return reply.error();
      for (auto* outcome : open) settle(*outcome, meaning(*reply), *reply);
      return {};
    }
    bool const strange = reply->code < 400;
    for (auto* outcome : open) settle(*outcome, strange ? Delivered::busy : meaning(*reply), *reply);
    return reset();
  }

  // Nobody is left to get the mail. A server that waits for it all the same gets an empty one, for nobody
  // (RFC 2920 3.1).
  Result<> call_off(SmtpReply const* data) {
    if (ended() || data == nullptr || data->code != 354) return reset();
    if (auto const reply = ask("."); !reply) gone = true;
    return {};
  }

  // The transaction was not finished: without RSET the next MAIL would be answered "nested".
  Result<> reset() {
    if (ended()) return {};
    auto const reply = ask("RSET");
    if (!reply || reply->code != 250) gone = true;
    return {};
  }

  // Once MAIL has been heard, a connection that breaks may break for this mail only: its recipients are to be
  // tried later, and others go first. Only the caller, our own bell and a server that never heard MAIL stop
  // the mail.
  Result<> broken_off(Error const& why, Open const& open) const {
    if (!begun || taken_back || line.woken()) return why;
    for (auto* outcome : open) {
      settle(*outcome, Delivered::busy, {});
      outcome->words = "broken off: " + why.what;
      outcome->broken_off = true;
    }
    return {};
  }

  // A server that tired of waiting has said 421 or hung up since the last mail: better to learn it before
  // MAIL.
  Result<> still_there() {
    if (ended()) return Error{Kind::busy, "the SMTP connection is at an end"};
    line.heed_wake(false);
    auto const bytes = line.read_some(milliseconds{0});
    line.heed_wake(true);
    if (!bytes && !line.ended() && reader.empty()) return {};
    gone = true;
    return Error{Kind::busy, "the SMTP server has ended the connection meanwhile"};
  }
};

Smtp::Smtp(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Smtp::Smtp(Smtp&&) noexcept = default;
Smtp& Smtp::operator=(Smtp&&) noexcept = default;
Smtp::~Smtp() = default;

Result<Smtp> Smtp::open(Account const& account, std::string const& ehlo, Wake const& wake) {
  auto line = Dialled::dial(Protocol::smtp, account, wake, ehlo);
  if (!line) return line.error();
  auto body = std::make_unique<Body>(Body{std::move(*line), {}, {}, account.timeout});
  if (auto const greeted = body->greet(ehlo); !greeted)
    return Error{greeted.error().kind,
                 account.host + ":" + std::to_string(account.port) + ": " + greeted.error().what};
  return Smtp(std::move(body));
}

Result<std::vector<RecipientOutcome>> Smtp::send(Envelope const& envelope, std::string_view mail,
                                                 Meanwhile const& meanwhile) {
  std::vector<RecipientOutcome> outcomes;
  for (auto const& recipient : envelope.recipients)
    outcomes.push_back({recipient, Delivered::busy, 0, {}, {}});
  std::string const wire = wire_form(mail);
  auto open = body_->screen(envelope, wire.size(), outcomes);
  if (open.empty()) return outcomes;
  if (auto const there = body_->still_there(); !there) return there.error();

  std::vector<std::string> commands{body_->mail_command(envelope.from, open, wire)};
  for (auto const* outcome : open) commands.push_back(body_->rcpt_command(envelope.from, outcome->recipient));
  bool const data_too = body_->can("PIPELINING");
  if (data_too) commands.emplace_back("DATA");
  auto const replies = body_->say(commands);
  Result<> done;
  if (!replies) {
    done = replies.error();
  } else {
    SmtpReply const* data = data_too && replies->size() == commands.size() ? &replies->back() : nullptr;
    done = body_->sort_out(*replies, open) ? body_->transmit(wire, open, meanwhile, data)
                                           : body_->call_off(data);
  }
  if (!done) done = body_->broken_off(done.error(), open);
  if (!done) return done.error();
  return outcomes;
}

bool Smtp::ended() const { return body_->ended(); }

void Smtp::close() {
  if (body_->ended()) return;
  // Some servers take their time for 221; the mail is safe already.
  body_->timeout = std::min(body_->timeout, milliseconds{500});
  body_->line.heed_wake(false);
  [[maybe_unused]] auto const parted = body_->ask("QUIT");
  body_->gone = true;
}

}  // namespace spoc::channels
