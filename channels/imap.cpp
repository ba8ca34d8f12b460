// SPDX-License-Identifier: GPL-3.0-or-later
// One mailbox over IMAP: select, what is new, IDLE, and what happens to a mail after commit.
#include "channels/imap.hpp"

#include <algorithm>
#include <span>
#include <utility>

#include "channels/imap_fetch.hpp"
#include "channels/imap_talk.hpp"
#include "channels/imap_words.hpp"

namespace spoc::channels {

namespace {

using std::chrono::milliseconds;
using Uids = std::span<std::uint32_t const>;

// A SEARCH answer is one line. Asked for in windows of this many mails it stays far below the limit of a
// line.
constexpr std::uint32_t search_window = 50'000;
constexpr std::size_t uids_in_command = 200;

std::uint32_t number_after(std::string_view code, std::string_view word) {
  if (!code.starts_with(word) || code.size() <= word.size() || code[word.size()] != ' ') return 0;
  auto const number = whole_number(code.substr(word.size() + 1)).value_or(0);
  return number <= UINT32_MAX ? static_cast<std::uint32_t>(number) : 0;
}

bool is_news(ImapAnswer const& answer) {
  return answer.word == "EXISTS" || answer.word == "RECENT" || answer.word == "EXPUNGE" ||
         answer.word == "VANISHED";
}

// A mail that answers somebody else's stays behind what it may answer. RFC 3501 6.4.4: an empty string asks
// for the field alone.
std::string keys_passing_over(std::set<std::string> const& senders) {
  std::string keys;
  for (auto const& sender : senders)
    if (auto const address = address_argument(sender)) keys += " NOT FROM " + *address;
  if (keys.empty()) return keys;
  return keys +
         " OR (NOT HEADER References \"\" NOT HEADER In-Reply-To \"\")"
         " (OR HEADER References \"<spoc.\" HEADER In-Reply-To \"<spoc.\")";
}

// RFC 4315: a plain EXPUNGE would also take what others have marked. Without UIDPLUS the mark must do;
// since() passes marked mails over.
Result<> erase_marked(ImapTalk& talk, std::string const& set) {
  auto const marked = talk.ask("UID STORE " + set + " +FLAGS.SILENT (\\Deleted)");
  if (!marked) return marked.error();
  if (!talk.can("UIDPLUS")) return {};
  auto const gone = talk.ask("UID EXPUNGE " + set);
  if (!gone) return gone.error();
  return {};
}

Result<> flag(ImapTalk& talk, std::string const& set, std::string const& argument) {
  auto const word = flag_argument(argument.empty() ? "\\Flagged" : argument);
  if (!word) return word.error();
  auto const stored = talk.ask("UID STORE " + set + " +FLAGS.SILENT (" + *word + ")");
  if (!stored) return stored.error();
  return {};
}

Result<> move(ImapTalk& talk, std::string const& set, std::string const& argument) {
  auto const folder = folder_argument(argument);
  if (!folder) return folder.error();
  std::string const command = std::string(talk.can("MOVE") ? "UID MOVE " : "UID COPY ") + set + " " + *folder;
  auto moved = talk.ask(command);
  // RFC 3501 6.4.7: NO [TRYCREATE] means that the folder is to be made.
  if (!moved && moved.error().kind == Kind::missing && !talk.ended()) {
    if (auto const made = talk.ask("CREATE " + *folder); !made) return made.error();
    moved = talk.ask(command);
  }
  if (!moved) return moved.error();
  return talk.can("MOVE") ? Result<>{} : erase_marked(talk, set);
}

}  // namespace

struct Imap::Body {
  ImapTalk talk;
  Wake const* wake;
  Selected selected;

  Result<> select(std::string const& folder) {
    auto const argument = folder_argument(folder);
    if (!argument) return argument.error();
    auto const asked = talk.ask("SELECT " + *argument, [&](ImapAnswer& answer) -> Result<> {
      if (auto const validity = number_after(answer.code, "UIDVALIDITY")) selected.validity = validity;
      if (auto const next = number_after(answer.code, "UIDNEXT")) selected.next = next;
      return {};
    });
    if (!asked) {
      auto error = asked.error();
      if (error.kind == Kind::refused) error.kind = Kind::missing;
      return error;
    }
    selected.exists = talk.exists;
    return {};
  }

  Result<> search(std::uint32_t first, std::uint32_t above, std::string const& keys,
                  std::vector<std::uint32_t>& found) {
    std::string command = "UID SEARCH ";
    if (talk.exists > search_window) {
      bool const last = talk.exists - first < search_window;
      command += std::to_string(first) + ":" + (last ? "*" : std::to_string(first + search_window - 1)) + " ";
    }
    command += "UID " + std::to_string(std::uint64_t{above} + 1) + ":* UNDELETED" + keys;
    auto const asked = talk.ask(command, [&](ImapAnswer& answer) -> Result<> {
      if (answer.word != "SEARCH") return {};
      for (auto const& item : answer.items) {
        auto const uid = whole_number(item.text).value_or(0);
        // "n:*" always names the last mail too, however small its UID (RFC 3501 6.4.8).
        if (uid > above && uid <= UINT32_MAX) found.push_back(static_cast<std::uint32_t>(uid));
      }
      return {};
    });
    if (!asked) return asked.error();
    return {};
  }

  // Until news, the bell, or the end of patience; then DONE. The connection stays good whatever ended it.
  Result<Idled> wait_in_idle(std::string const& tag, milliseconds patience, Idled idled) {
    auto const until = std::chrono::steady_clock::now() + patience;
    while (idled == Idled::quiet) {
      auto const left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
      auto const answer = talk.next(std::max(left, milliseconds{0}), true);
      if (!answer && talk.ended()) return answer.error();
      if (!answer && talk.woken()) idled = Idled::woken;
      if (answer && answer->tag == tag) return talk.refusal("IDLE", *answer);
      if (answer && is_news(*answer)) idled = Idled::news;
      if (!answer) break;
    }
    talk.heed_wake(false);
    Result<ImapAnswer> finished = Error{};
    if (auto const written = talk.write("DONE\r\n"); written)
      finished = talk.finish(tag, [&](ImapAnswer& answer) -> Result<> {
        if (is_news(answer) && idled == Idled::quiet) idled = Idled::news;
        return {};
      });
    else
      finished = written.error();
    talk.heed_wake(true);
    if (!finished) return finished.error();
    if (idled == Idled::news) talk.grown = false;
    return idled;
  }
};

Imap::Imap(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Imap::Imap(Imap&&) noexcept = default;
Imap& Imap::operator=(Imap&&) noexcept = default;
Imap::~Imap() = default;

Result<Imap> Imap::open(Account const& account, std::string const& folder, Wake const& wake) {
  auto talk = ImapTalk::open(account, wake);
  if (!talk) return talk.error();
  auto body = std::make_unique<Body>(Body{std::move(*talk), &wake, {}});
  if (auto const selected = body->select(folder); !selected) return selected.error();
  body->talk.grown = false;
  return Imap(std::move(body));
}

Selected const& Imap::selected() const { return body_->selected; }
bool Imap::can(std::string_view capability) const { return body_->talk.can(capability); }
bool Imap::ended() const { return body_->talk.ended(); }

Result<std::vector<std::uint32_t>> Imap::since(std::uint32_t uid, std::set<std::string> const& passed_over) {
  auto& talk = body_->talk;
  if (uid == UINT32_MAX) return std::vector<std::uint32_t>{};
  // A server may search in what it told us last: NOOP lets it look again (Dovecot's SEARCH passes over fresh
  // \Deleted).
  if (auto const looked = talk.ask("NOOP"); !looked) return looked.error();
  // What is told from here on may come too late for the search: then idle() returns at once.
  talk.grown = false;
  std::string const keys = keys_passing_over(passed_over);
  std::vector<std::uint32_t> found;
  std::uint32_t first = 1;
  do {
    if (auto const searched = body_->search(first, uid, keys, found); !searched) return searched.error();
    first += search_window;
  } while (first <= talk.exists);
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  body_->selected.exists = talk.exists;
  return found;
}

Result<> Imap::fetch(std::vector<std::uint32_t> const& uids, std::function<bool(Fetched&&)> const& take,
                     std::size_t most) {
  auto sorted = uids;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  return MailFetch(body_->talk, take, most).run(sorted);
}

Result<> Imap::after_commit(std::vector<std::uint32_t> const& uids, AfterCommit action,
                            std::string const& argument) {
  if (action == AfterCommit::leave) return {};
  auto sorted = uids;
  std::sort(sorted.begin(), sorted.end());
  for (Uids rest = sorted; !rest.empty();) {
    auto const some = rest.first(std::min(rest.size(), uids_in_command));
    rest = rest.subspan(some.size());
    auto const set = uid_set(some);
    Result<> done;
    if (action == AfterCommit::flag) done = flag(body_->talk, set, argument);
    if (action == AfterCommit::move) done = move(body_->talk, set, argument);
    if (action == AfterCommit::erase) done = erase_marked(body_->talk, set);
    if (!done) return done;
  }
  return {};
}

Result<Idled> Imap::idle(milliseconds patience) {
  auto& talk = body_->talk;
  if (std::exchange(talk.grown, false)) return Idled::news;
  if (body_->wake->rung()) return Idled::woken;
  if (!talk.can("IDLE")) {
    bool news = false;
    auto const asked = talk.ask("NOOP", [&](ImapAnswer& answer) -> Result<> {
      news = news || is_news(answer);
      return {};
    });
    if (!asked) return asked.error();
    talk.grown = false;
    return news ? Idled::news : Idled::quiet;
  }
  auto const tag = talk.send("IDLE");
  if (!tag) return tag.error();
  // The bell may ring before the "+": it is heard after that, or DONE would meet a server that does not idle
  // yet.
  talk.heed_wake(false);
  auto answer = talk.next(talk.timeout);
  while (answer && answer->tag == "*") answer = talk.next(talk.timeout);
  talk.heed_wake(true);
  if (!answer) return answer.error();
  if (answer->tag == *tag) return talk.refusal("IDLE", *answer);
  if (answer->tag != "+") {
    talk.end();
    return Error{Kind::busy, "the IMAP server answered a command that was not given"};
  }
  return body_->wait_in_idle(*tag, patience, std::exchange(talk.grown, false) ? Idled::news : Idled::quiet);
}

void Imap::close() {
  auto& talk = body_->talk;
  if (talk.ended()) return;
  talk.timeout = std::min(talk.timeout, milliseconds{1000});
  talk.heed_wake(false);
  // Answered by BYE, which ends the talk.
  [[maybe_unused]] auto const parted = talk.ask("LOGOUT");
  talk.end();
}

}  // namespace spoc::channels
