// SPDX-License-Identifier: GPL-3.0-or-later
// Tags, waiting, untagged news, and what NO and BAD mean for us.
#include "channels/imap_talk.hpp"

#include "channels/upper.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace spoc::channels {

namespace {

// 64 bits of chance for each connection: a mail's body can't hold a line with a tag of ours.
std::string chance_word() {
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::random_device chance;
  std::uint64_t bits = (std::uint64_t{chance()} << 32) | chance();
  std::string word;
  for (int i = 0; i < 13; ++i, bits >>= 5) word += letters[bits & 31];
  return word;
}

// RFC 5530 response codes, by what they ask of us.
Kind kind_of(std::string_view code) {
  auto const word = upper(code.substr(0, code.find(' ')));
  if (word == "UNAVAILABLE" || word == "INUSE" || word == "SERVERBUG" || word == "LIMIT" ||
      word == "THROTTLED" || word == "OVERQUOTA")
    return Kind::busy;
  if (word == "NOPERM" || word == "AUTHORIZATIONFAILED" || word == "PRIVACYREQUIRED") return Kind::denied;
  if (word == "NONEXISTENT" || word == "TRYCREATE") return Kind::missing;
  return Kind::refused;
}

}  // namespace

ImapTalk::ImapTalk(Dialled line, Account const& account)
    : timeout(account.timeout),
      line_(std::move(line)),
      where_(account.host + ":" + std::to_string(account.port)),
      tag_start_(chance_word()) {}

Result<ImapTalk> ImapTalk::open(Account const& account, Wake const& wake) {
  auto line = Dialled::dial(Protocol::imap, account, wake);
  if (!line) return line.error();
  ImapTalk talk(std::move(*line), account);
  auto const told = talk.ask("CAPABILITY", [&](ImapAnswer& answer) -> Result<> {
    if (answer.word == "CAPABILITY")
      for (auto const& item : answer.items) talk.capabilities_.insert(upper(item.text));
    return {};
  });
  if (!told) return told.error();
  return talk;
}

Result<> ImapTalk::write(std::string_view bytes) {
  if (ended()) return Error{Kind::busy, where_ + ": the connection is at an end"};
  return line_.write(bytes);
}

Result<std::string> ImapTalk::send(std::string const& command) {
  std::string const tag = tag_start_ + std::to_string(++commands_);
  if (auto const written = write(tag + " " + command + "\r\n"); !written) {
    ended_ = true;
    return written.error();
  }
  return tag;
}

Error ImapTalk::garbage(std::string const& what) {
  ended_ = true;
  return Error{Kind::busy, where_ + ": " + what};
}

Result<ImapAnswer> ImapTalk::next(std::chrono::milliseconds patience, bool calm) {
  if (ended()) return Error{Kind::busy, where_ + ": the connection is at an end"};
  auto const until = std::chrono::steady_clock::now() + patience;
  for (;;) {
    auto answer = reader_.next();
    if (!answer) return garbage(answer.error().what);
    if (*answer) {
      note(**answer);
      if ((*answer)->word == "BYE" && (*answer)->tag == "*")
        return garbage("the server said goodbye: " + (*answer)->text);
      return std::move(**answer);
    }
    // In a dialogue silence counts from the last byte; in IDLE from the start.
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
    auto bytes = line_.read_some(calm ? std::max(left, std::chrono::milliseconds{0}) : patience);
    if (!bytes) {
      // An answer is still on its way: the next command would take it for its own.
      if (!calm) ended_ = true;
      return bytes.error();
    }
    reader_.feed(*bytes);
  }
}

void ImapTalk::note(ImapAnswer const& answer) {
  if (answer.tag != "*") return;
  if (answer.word == "EXISTS") {
    grown = grown || answer.number > exists;
    exists = answer.number;
  }
  if (answer.word == "EXPUNGE" && exists > 0) --exists;
}

Result<ImapAnswer> ImapTalk::finish(std::string const& tag, Hear const& hear) {
  for (;;) {
    auto answer = next(timeout);
    if (!answer || answer->tag == tag) return answer;
    if (answer->tag != "*")
      return garbage("an answer to a command that was not given: " + answer->tag.substr(0, 40));
    if (!hear) continue;
    if (auto const heard = hear(*answer); !heard) {
      ended_ = true;
      return heard.error();
    }
  }
}

Result<ImapAnswer> ImapTalk::ask(std::string const& command, Hear const& hear) {
  auto const tag = send(command);
  if (!tag) return tag.error();
  auto answer = finish(*tag, hear);
  if (answer && answer->word != "OK") return refusal(command, *answer);
  return answer;
}

Error ImapTalk::refusal(std::string const& command, ImapAnswer const& answer) const {
  Kind const kind = answer.word == "BAD" ? Kind::broken : kind_of(answer.code);
  std::string const code = answer.code.empty() ? "" : "[" + answer.code + "] ";
  return Error{kind, where_ + ": to \"" + command.substr(0, 60) + "\" the server said " + answer.word + " " +
                         code + answer.text.substr(0, 300)};
}

bool ImapTalk::can(std::string_view capability) const { return capabilities_.contains(capability); }

}  // namespace spoc::channels
