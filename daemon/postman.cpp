// SPDX-License-Identifier: GPL-3.0-or-later
// Sending letters by SMTP or into a Maildir.
#include "daemon/postman.hpp"

#include "channels/maildir.hpp"
#include "daemon/log.hpp"
#include "desk/screen.hpp"
#include "parser/status.hpp"
#include "templates/compose.hpp"
#include "templates/utf8.hpp"

#include <algorithm>
#include <utility>

namespace spoc::daemon {
namespace {

constexpr std::size_t round_letters = 20;
/// Of a server that takes its time with each: what is claimed longer may be another postman's by then.
constexpr desk::Duration longest_round = std::chrono::minutes{5};
constexpr desk::Duration shortest_retry = std::chrono::minutes{5};
constexpr desk::Duration longest_retry = std::chrono::hours{4};
constexpr desk::Duration longest_sleep = std::chrono::seconds{30};
/// What was got ready longer ago may not be true any more.
constexpr std::chrono::seconds longest_ready{5};
/// While a larger one is kept no other is got ready: memory is needed for one at a time.
constexpr std::size_t large_mail = 1U << 20U;

/// The server does not want our sender: said so at MAIL, or at RCPT, where most servers put it off to.
bool blames_us(std::string const& from, channels::RecipientOutcome const& outcome) {
  if (outcome.delivered != channels::Delivered::refused) return false;
  std::string const status = parser::status_of_refusal(outcome.enhanced, outcome.words);
  bool const of_the_mail = outcome.code == 552 || status == "5.3.4" || status.starts_with("5.6.");
  if (outcome.at_mail) return !of_the_mail;
  return status == "5.1.7" || status == "5.1.8" || desk::blames_sender(outcome.words, from);
}

std::string words_of(channels::RecipientOutcome const& outcome) {
  std::string const code = outcome.broken_off ? "" : std::to_string(outcome.code) + " ";
  return code + (outcome.enhanced.empty() ? "" : outcome.enhanced + " ") +
         templates::valid_utf8(outcome.words);
}

std::string state_word(desk::LetterState state) { return std::string{desk::name(state)}; }

}  // namespace

Postman::Postman(int number, Config const& config, templates::Texts const& texts, Line& line, FrontDesk& desk,
                 Board& board)
    : name_{"postman " + std::to_string(number)},
      config_{config},
      line_{line},
      desk_{desk},
      board_{board},
      wording_{config, texts, desk.sign()} {}

void Postman::stop() {
  stopping_ = true;
  stop_.ring();
  wake_.ring();
}

void Postman::run() {
  desk::Duration pause = std::chrono::seconds{1};
  while (!stopping_) {
    auto const busy = round();
    line_.post(
        [this, words = busy ? trouble() : busy.error().what] { board_.note(name_, words.empty(), words); });
    if (busy) {
      pause = std::chrono::seconds{1};
      if (!*busy) rest();
      continue;
    }
    smtp_.reset();
    if (auto const settled = settle(); !settled)
      Entry{Severity::error, "claims not dropped"}.with("why", settled.error().what).write();
    stop_.wait(pause);
    pause = std::min<desk::Duration>(pause * 2, std::chrono::minutes{2});
  }
  // The last chance: a letter that has left, and of which the store knows nothing, goes again after the next
  // start.
  if (auto const settled = owed_.empty() ? Result<>{} : settle(); !settled)
    Entry{Severity::error, "letter not recorded"}.with("why", settled.error().what).write();
  if (smtp_) smtp_->close();
}

/// Until the next letter is due or the bell rings.
void Postman::rest() {
  auto const next = line_.ask([&] { return desk_.next_letter(); });
  desk::Duration patience = longest_sleep;
  if (next && *next)
    patience = std::clamp<desk::Duration>(**next - desk_.now(), std::chrono::milliseconds{10}, longest_sleep);
  // An idle connection is not kept for longer than a letter may come soon.
  if (smtp_ && patience > std::chrono::seconds{20}) {
    smtp_->close();
    smtp_.reset();
  }
  wake_.wait(patience);
  if (!stopping_) wake_.clear();
}

/// The store learns what became of a letter while the next is got ready.
void Postman::begin_record(Owed owed) {
  noting_ = line_.begin([this, owed] { return desk_.record(owed.letter, owed.outcome); });
  owed_.push_back(std::move(owed));
}

/// Waits until the store knows of the letter before. Nothing leaves earlier, so that a crash makes one letter
/// go twice at most.
Result<> Postman::confirm() {
  if (!noting_.valid()) return {};
  auto const noted = noting_.get();
  if (noted) owed_.pop_front();
  return noted;
}

/// Before anything else is sent: what the store could not be told while it was in trouble, so that a letter
/// that has left is not sent again; and claims, which would hold letters back for minutes.
Result<> Postman::settle() {
  if (auto const noted = confirm(); !noted) return noted;
  while (!owed_.empty()) {
    auto const kept = line_.ask([&] { return desk_.record(owed_.front().letter, owed_.front().outcome); });
    if (!kept) return kept.error();
    owed_.pop_front();
  }
  if (!claims_) return {};
  auto const given_back = line_.ask([&] { return desk_.drop_claims(name_); });
  claims_ = !given_back;
  return given_back;
}

Result<bool> Postman::round() {
  if (auto const settled = settle(); !settled) return settled.error();
  // A server that hangs is waited for that long (Smtp::send), and meanwhile nobody else may send the letter.
  auto const hold =
      longest_round + std::max<desk::Duration>(std::chrono::minutes{10}, config_.out.account.timeout * 12);
  auto const begun = desk_.now();
  auto const letters = line_.ask([&] { return desk_.claim_letters(name_, round_letters, hold); });
  if (!letters) return letters.error();
  if (letters->empty()) return false;
  claims_ = true;
  if (config_.out.way == Way::smtp)
    if (auto const ready = connect(); !ready) return ready.error();
  bool all = true;
  for (auto letter = letters->begin(); letter != letters->end(); ++letter) {
    // Waiting may have outlasted the claims on the others: they are claimed anew. So may a clock that was set
    // forward.
    all = !stopping_ && desk_.now() - begun < longest_round;
    if (!all) break;
    auto const* next = letter + 1 == letters->end() ? nullptr : &*(letter + 1);
    if (auto const done = deliver(*letter, next); !done) return done.error();
    all = broken_off_.empty();
    if (!all) break;
  }
  claims_ = !all;
  if (auto const settled = settle(); !settled) return settled.error();
  return true;
}

Result<> Postman::connect() {
  if (smtp_ && !smtp_->ended()) return {};
  smtp_.reset();  // the server may keep one for us alone
  auto opened = channels::Smtp::open(config_.out.account, config_.house.domain, stop_);
  if (!opened) return opened.error();
  smtp_.emplace(std::move(*opened));
  return {};
}

Result<> Postman::deliver(desk::Letter const& letter, desk::Letter const* next) {
  Written const written = take_written(letter);
  // A letter that can't be written now holds up no other, and is not lost: it comes again, as after a busy
  // server.
  Result<FrontDesk::Outcome> outcome = later(letter, written.mail ? "" : written.mail.error().what);
  if (written.mail) outcome = send(letter, written, next);
  if (!outcome) return outcome.error();
  Entry{outcome->state == desk::LetterState::sent ? Severity::info : Severity::warning, "letter"}
      .with("ticket", desk::number(letter.ticket))
      .with("letter", desk::number(letter.id))
      .with("kind", desk::name(letter.kind))
      .with("to", letter.to.address)
      .with("state", state_word(outcome->state))
      .with("words", outcome->words)
      .write();
  if (auto const noted = confirm(); !noted) {
    owed_.push_back({letter, *outcome});
    return noted;
  }
  begin_record({letter, *outcome});
  return {};
}

Postman::Written Postman::write(desk::Letter const& letter) {
  auto const moment = std::chrono::steady_clock::now();
  auto worded = wording_.of(letter, desk_.now());
  if (!worded) return {letter.id, "", worded.error(), moment};
  std::string from = worded->facts.from.address;
  return {letter.id, std::move(from),
          templates::compose(templates::outgoing(worded->facts, std::move(worded->draft))), moment};
}

/// As it was got ready, or written now.
Postman::Written Postman::take_written(desk::Letter const& letter) {
  auto ready = std::exchange(written_, std::nullopt);
  bool const good =
      ready && ready->letter == letter.id && std::chrono::steady_clock::now() - ready->at < longest_ready;
  return good ? std::move(*ready) : write(letter);
}

Result<FrontDesk::Outcome> Postman::send(desk::Letter const& letter, Written const& written,
                                         desk::Letter const* next) {
  std::string const& mail = *written.mail;
  if (config_.out.way == Way::maildir) return put_into_maildir(letter, mail);
  // From a real address, so that a bounce comes back; loops are stopped by Auto-Submitted and the hourly
  // budget.
  channels::Envelope const envelope{written.from, {letter.to.address}};
  if (auto const ready = connect(); !ready) return ready.error();
  channels::Meanwhile const meanwhile{[this] { return confirm(); },
                                      [&] {
                                        if (next != nullptr && mail.size() < large_mail)
                                          written_ = write(*next);
                                      }};
  auto const outcomes = smtp_->send(envelope, mail, meanwhile);
  if (!outcomes) return outcomes.error();
  look_at(written.from, outcomes->front());
  return judge(letter, written.from, outcomes->front());
}

/// The name is made from the letter, so a letter that is sent twice lies there once.
Result<FrontDesk::Outcome> Postman::put_into_maildir(desk::Letter const& letter, std::string const& mail) {
  auto const name = std::to_string(desk::to_number(letter.made) / 1000) + ".spoc" +
                    std::to_string(desk::number(letter.id)) + "." + config_.house.domain;
  if (auto const made = channels::make_maildir(config_.out.maildir); !made) return made.error();
  if (auto const noted = confirm(); !noted) return noted.error();
  auto const put = channels::deliver(config_.out.maildir, mail, name);
  if (!put) return put.error();
  return FrontDesk::Outcome{desk::LetterState::sent, "put into " + config_.out.maildir.string(), false, {}};
}

/// What health says although letters leave.
std::string Postman::trouble() const {
  if (!broken_off_.empty()) return broken_off_;
  if (unwelcome_.empty()) return {};
  auto const& [from, words] = *unwelcome_.begin();
  return "the server refuses mail from " + from + ": " + words;
}

/// Health says it until a letter gets a verdict again, or a letter from that address is taken.
void Postman::look_at(std::string const& from, channels::RecipientOutcome const& outcome) {
  broken_off_ = outcome.broken_off ? outcome.words : "";
  if (outcome.broken_off) smtp_.reset();
  if (outcome.delivered == channels::Delivered::sent) unwelcome_.erase(from);
  if (!blames_us(from, outcome)) return;
  if (!unwelcome_.emplace(from, words_of(outcome)).second) return;
  line_.post([this, words = trouble()] { board_.alarm(words); });
}

FrontDesk::Outcome Postman::judge(desk::Letter const& letter, std::string const& from,
                                  channels::RecipientOutcome const& outcome) const {
  std::string const words = words_of(outcome);
  if (outcome.delivered == channels::Delivered::sent) return {desk::LetterState::sent, words, false, {}};
  if (outcome.delivered != channels::Delivered::refused) return later(letter, words);
  // Nobody may send from our address: no recipient's doing, and to be mended. A mail that is too large stays
  // so.
  bool const ours = blames_us(from, outcome);
  if (outcome.at_mail && ours) return later(letter, words);
  std::string const status = parser::status_of_refusal(outcome.enhanced, outcome.words);
  bool const permanent = !outcome.at_mail && !ours && desk::address_is_bad(status);
  return {desk::LetterState::refused, words, permanent, {}};
}

/// Retries spread out by themselves: the older, the rarer; at last the letter is given up and the agents are
/// told.
FrontDesk::Outcome Postman::later(desk::Letter const& letter, std::string const& words) const {
  auto const age = desk_.now() - letter.made;
  if (age > config_.out.give_up) return {desk::LetterState::given_up, words, false, {}};
  return {desk::LetterState::queued, words, false,
          desk_.now() + std::clamp(age, shortest_retry, longest_retry)};
}

}  // namespace spoc::daemon
