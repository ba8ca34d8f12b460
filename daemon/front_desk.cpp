// SPDX-License-Identifier: GPL-3.0-or-later
// The way of an arrival: screen, seen?, who, which ticket, plan, apply.
#include "daemon/front_desk.hpp"

#include "daemon/webhook_news.hpp"
#include "desk/call.hpp"
#include "store/acted_mails.hpp"
#include "store/apply.hpp"
#include "store/contacts.hpp"
#include "store/outbox.hpp"
#include "store/tickets.hpp"

#include <algorithm>
#include <utility>

namespace spoc::daemon {
namespace {

/// Longer than any mail server tries to deliver.
constexpr std::chrono::days acted_kept{30};

desk::News duplicate_of(desk::TicketId ticket) {
  desk::News news;
  news.ticket = ticket;
  news.duplicate = true;
  return news;
}

}  // namespace

FrontDesk::FrontDesk(store::Store& store, desk::House const& house, desk::Sign sign, Surroundings around)
    : store_{store}, house_{house}, sign_{std::move(sign)}, around_{std::move(around)} {}

// ---- taking in -----------------------------------------------------------------------------------

Result<std::vector<desk::News>> FrontDesk::receive(std::span<desk::Arrival const> arrivals) {
  std::vector<desk::News> all;
  auto const together = store_.write("receive", [&](store::Tx& tx) {
    for (desk::Arrival const& arrival : arrivals) all.push_back(admit(tx, arrival));
  });
  sound_alarms(together.has_value());
  if (!together) {
    all.clear();
    beside_.clear();
    for (desk::Arrival const& arrival : arrivals) {
      auto one = receive_alone(arrival);
      if (!one) {
        // What was kept before it is kept: whoever waits for it hears so.
        ring(all);
        ring(std::exchange(beside_, {}));
        return one.error();
      }
      all.push_back(std::move(*one));
    }
  }
  ring(all);
  ring(std::exchange(beside_, {}));
  return all;
}

void FrontDesk::ring(std::vector<desk::News> const& all) {
  if (around_.bell)
    for (desk::News const& news : all) around_.bell(news);
}

Result<desk::News> FrontDesk::receive_alone(desk::Arrival const& arrival) {
  desk::News news;
  std::size_t const beside = beside_.size();
  auto const alone = store_.write("receive one", [&](store::Tx& tx) { news = admit(tx, arrival); });
  sound_alarms(alone.has_value());
  if (alone) return news;
  beside_.resize(beside);
  // A line from the widget stays with the browser, which sends it again; a full or failing disk, a locked
  // file and a damaged database are no mail's fault.
  Kind const kind = alone.error().kind;
  if (arrival.line() != nullptr || kind == Kind::busy || kind == Kind::unreadable) return alone.error();
  desk::Arrival aside = arrival;
  aside.what = desk::Unreadable{"it could not be filed: " + alone.error().what};
  auto const kept = store_.write("quarantine", [&](store::Tx& tx) { news = admit(tx, aside); });
  sound_alarms(kept.has_value());
  if (kept && around_.alarm) around_.alarm("a mail went to quarantine: " + alone.error().what);
  if (!kept) return kept.error();
  return news;
}

desk::News FrontDesk::admit(store::Tx& tx, desk::Arrival const& arrival) {
  return arrival.line() != nullptr ? admit_line(tx, arrival) : admit_mail(tx, arrival);
}

desk::News FrontDesk::admit_mail(store::Tx& tx, desk::Arrival const& arrival) {
  if (store::seen(tx, arrival.place, arrival.hash, arrival.to_clear)) return duplicate_of({});
  desk::Known known = blank(tx);
  desk::Mail const* mail = arrival.mail();
  if (mail == nullptr) {
    desk::Mailbox const* box = house_.mailbox(arrival.place.mailbox);
    desk::Address const own =
        box != nullptr ? box->address : desk::Address{"", "postmaster@" + house_.domain};
    known.contact = store::find_or_add_contact(tx, own, "", known.now);
    known.next_ticket = store::next_ticket(tx);
    return write_ruled(tx, desk::plan_arrival(arrival, known), arrival, known);
  }
  if (arrival.alone) return admit_alone(tx, arrival);

  desk::AgentClaim const claim = desk::agent_claim(*mail, house_, sign_);
  know_author(tx, arrival, claim.made, known);
  if (claim.made && claim.token->purpose == desk::Purpose::digest)
    return take_orders(tx, arrival, claim, known);
  auto const there = same_as(tx, arrival, claim, known);
  if (there && !arrival.again) {
    know_ticket(tx, *there, known);
    known.history = store::messages_of(tx, *there);
    return write(tx, desk::plan_duplicate(arrival, known), &arrival);
  }
  if (auto confirmed = confirm(tx, arrival, claim, known)) return std::move(*confirmed);
  bool const call = !claim.made && (arrival.call || desk::is_call_note(*mail, house_));
  bool const vouched = desk::may_speak_for_agent(*mail, house_);
  if (call && vouched) return admit_call(tx, arrival, known);
  know_thread(tx, *mail, known);
  if (claim.made) know_answer(tx, arrival, claim, known);
  known.next_ticket = store::next_ticket(tx);
  bool const from_agent = claim.made && known.ticket.has_value();
  if (!from_agent) know_words(tx, arrival, false, known);
  if (from_agent) return act_on(tx, arrival, claim, known);
  if (auto const asked = desk::third_party_token(*mail, sign_); asked && !mail->bounce) {
    know_ticket(tx, asked->ticket, known);
    known.token = asked;
    if (known.ticket) return write_ruled(tx, desk::plan_third_party(arrival, known), arrival, known);
  }
  know_similar(tx, arrival, known);
  desk::Plan plan = desk::plan_arrival(arrival, known);
  if (call) desk::refuse_call(plan, arrival, known);
  return write_ruled(tx, std::move(plan), arrival, known);
}

/// Commands alone leave no message: what an agent's mail did is known by its Message-ID as well.
std::optional<desk::TicketId> FrontDesk::same_as(store::Tx& tx, desk::Arrival const& arrival,
                                                 desk::AgentClaim const& claim,
                                                 desk::Known const& known) const {
  desk::Mail const& mail = *arrival.mail();
  bool const vouched = claim.made && claim.faults.empty();
  auto const there = store::find_same_mail(tx, {mail.message_id, known.author.address.address, mail.subject,
                                                mail.reply, mail.text, arrival.received, vouched});
  bool const told = claim.made && claim.agent != nullptr && !mail.message_id.empty();
  return there || !told ? there : store::find_acted(tx, claim.agent->handle, mail.message_id);
}

/// What was refused for its sender is not noted: a forger shall not keep the true one from being heard.
desk::News FrontDesk::act_on(store::Tx& tx, desk::Arrival const& arrival, desk::AgentClaim const& claim,
                             desk::Known& known) {
  desk::Plan plan = told_here(desk::plan_agent_mail(arrival, known), claim);
  std::string const& id = arrival.mail()->message_id;
  bool const acted = claim.agent != nullptr && !id.empty() && !plan.refused_agent && !arrival.quiet;
  if (acted)
    store::note_acted(tx, claim.agent->handle, id, known.ticket->id, known.now, known.now - acted_kept);
  return write_ruled(tx, std::move(plan), arrival, known);
}

desk::News FrontDesk::admit_alone(store::Tx& tx, desk::Arrival const& arrival) {
  desk::Known known = blank(tx);
  know_author(tx, arrival, true, known);
  known.mails = 0;  // the API counts by itself
  known.flooded.reset();
  known.match.reasons.emplace_back("a ticket was asked for");
  known.next_ticket = store::next_ticket(tx);
  know_similar(tx, arrival, known);
  return write_ruled(tx, desk::plan_arrival(arrival, known), arrival, known);
}

desk::News FrontDesk::admit_line(store::Tx& tx, desk::Arrival const& arrival) {
  desk::ChatLine const& line = *arrival.line();
  if (auto const there = store::find_line(tx, line.session, line.ref)) {
    desk::News news = duplicate_of(there->ticket);
    news.session = line.session;
    news.messages.push_back(*there);
    return news;
  }
  desk::Known known = blank(tx);
  known.author.address = {line.name, desk::normal(line.address)};
  auto const session = store::find_session(tx, line.session);
  if (!session)
    store::add_session(tx, {line.session,
                            {},
                            line.name,
                            desk::normal(line.address),
                            line.language,
                            0,
                            known.now,
                            known.now,
                            line.user});
  if (session && session->ticket) know_ticket(tx, *session->ticket, known);
  if (known.ticket) {
    known.contact = store::find_contact(tx, known.ticket->requester).value_or(desk::Contact{});
  } else {
    // An address that was merely given is where answers go. It does not make the visitor its owner.
    known.contact = !line.proven || known.author.address.address.empty()
                        ? store::add_visitor(tx, line.name, line.language, known.now)
                        : store::find_or_add_contact(tx, known.author.address, line.language, known.now);
  }
  if (!known.ticket || finished(known.ticket->status)) known.next_ticket = store::next_ticket(tx);
  return write_ruled(tx, desk::plan_chat(arrival, known), arrival, known);
}

desk::News FrontDesk::write(store::Tx& tx, desk::Plan const& plan, desk::Arrival const* arrival) {
  if (!plan.alarm.empty()) alarms_.push_back(plan.alarm);
  if (plan.refused_agent) store::count_up(tx, "refused agent mails");
  return keep(tx, plan, arrival);
}

desk::News FrontDesk::keep(store::Tx& tx, desk::Plan const& plan, desk::Arrival const* arrival) {
  desk::News news = store::apply(tx, plan, arrival, now());
  // Old mail that is imported is no news to anybody.
  if (arrival == nullptr || !arrival->quiet) news.calls = queue_calls(tx, plan, news, house_, now());
  return news;
}

void FrontDesk::sound_alarms(bool committed) {
  if (committed && around_.alarm)
    for (std::string const& alarm : alarms_) around_.alarm(alarm);
  alarms_.clear();
}

// ---- asking ----------------------------------------------------------------------------------------

Result<desk::Match> FrontDesk::explain(desk::Mail const& mail) {
  desk::Known known;
  auto const done = store_.read("explain", [&](store::Tx& tx) {
    known = blank(tx);
    know_people(mail, {}, desk::agent_claim(mail, house_, sign_).made, known);
    know_thread(tx, mail, known);
  });
  if (!done) return done.error();
  return known.match;
}

// ---- letters -------------------------------------------------------------------------------------

Result<std::vector<desk::Letter>> FrontDesk::claim_letters(std::string const& claimant, std::size_t limit,
                                                           desk::Duration hold) {
  std::vector<desk::Letter> letters;
  std::vector<desk::News> said;
  auto const due = next_letter();
  if (!due) return due.error();
  // Asked often and mostly in vain: the write lock is taken only when something is due.
  if (!*due || **due > now()) return letters;
  auto const done = store_.write("claim letters", [&](store::Tx& tx) {
    std::vector<desk::Letter> refused;
    letters = store::claim_letters(tx, now(), now() + hold, claimant, limit, &refused);
    for (desk::Letter const& one : refused)
      if (auto news = tell_undelivered(tx, one, {one.state, one.outcome, false, {}}))
        said.push_back(std::move(*news));
    for (desk::Message const& one : store::say_what_left(tx, now())) said.push_back(say(tx, one));
  });
  sound_alarms(done.has_value());
  if (!done) return done.error();
  ring(said);
  return letters;
}

Result<> FrontDesk::drop_claims(std::string const& claimant) {
  return store_.write("drop claims", [&](store::Tx& tx) { store::drop_claims(tx, claimant); });
}

Result<std::optional<desk::Time>> FrontDesk::next_letter() {
  std::optional<desk::Time> due;
  auto const done = store_.read("next letter", [&](store::Tx& tx) { due = store::next_free(tx); });
  if (!done) return done.error();
  return due;
}

/// The agents have not heard of it yet.
bool FrontDesk::waits_too_long(store::Tx& tx, desk::Letter const& letter, Outcome const& outcome) const {
  if (outcome.state != desk::LetterState::queued || now() - letter.made < house_.delay_notice) return false;
  auto const trail = store::trail_of(tx, letter.ticket);
  return std::none_of(trail.begin(), trail.end(), [&](desk::Trail const& one) {
    return one.what == "delayed" && one.detail.starts_with(desk::delayed_mark(letter) + ":");
  });
}

/// Whoever wrote it, or the operator, hears of a letter that will not arrive.
std::optional<desk::News> FrontDesk::tell_undelivered(store::Tx& tx, desk::Letter const& letter,
                                                      Outcome const& outcome) {
  if (letter.ticket == desk::TicketId{}) {
    std::string const what = letter.kind == desk::LetterKind::feedback ? "feedback" : "a list";
    alarms_.push_back(what + " for " + letter.to.address + " did not arrive: " + outcome.words);
    return {};
  }
  desk::Known known = blank(tx);
  know_ticket(tx, letter.ticket, known);
  return write(tx, desk::plan_undelivered(letter, outcome.words, outcome.permanent, known), nullptr);
}

Result<> FrontDesk::record(desk::Letter const& letter, Outcome const& outcome) {
  std::optional<desk::News> news;
  auto const done = store_.write("record letter", [&](store::Tx& tx) {
    store::record(tx, letter.id, outcome.state, outcome.words, now(), outcome.again);
    bool const over =
        outcome.state == desk::LetterState::refused || outcome.state == desk::LetterState::given_up;
    if (over) {
      news = tell_undelivered(tx, letter, outcome);
      return;
    }
    if (letter.ticket == desk::TicketId{} || !waits_too_long(tx, letter, outcome)) return;
    desk::Known known = blank(tx);
    know_ticket(tx, letter.ticket, known);
    news = write(tx, desk::plan_delayed(letter, outcome.words, known), nullptr);
  });
  sound_alarms(done.has_value());
  if (done && news && around_.bell) around_.bell(*news);
  return done;
}

// ---- chat ----------------------------------------------------------------------------------------

Result<std::optional<desk::Time>> FrontDesk::gather() {
  // Whoever goes on writing keeps the agents waiting for so many pauses.
  constexpr int most_pauses = 4;
  desk::Duration const longest = (most_pauses - 1) * house_.chat_gathering;
  std::optional<desk::Time> waiting;
  auto const next = [&](store::Tx& tx) { waiting = store::next_waiting(tx, longest); };
  auto const looked = store_.read("next waiting", next);
  if (!looked) return looked.error();
  if (!waiting) return std::optional<desk::Time>{};
  // A line from the future has waited long enough: the clock was set back.
  desk::Time const moment = now();
  bool const ahead = *waiting > moment;
  if (!ahead && *waiting + house_.chat_gathering > moment)
    return std::optional<desk::Time>{*waiting + house_.chat_gathering};

  desk::Time const until = ahead ? *waiting : moment - house_.chat_gathering;
  auto const found = look_up_chats(until, longest);
  std::vector<desk::News> all;
  auto const done = store_.write("gather", [&](store::Tx& tx) {
    for (store::Waiting const& one : store::waiting_lines(tx, until, longest))
      if (store::find_ticket(tx, one.ticket)) all.push_back(tell_gathered(tx, one, found));
    next(tx);
  });
  if (!done) return done.error();
  if (around_.bell)
    for (desk::News const& news : all) around_.bell(news);
  if (!waiting) return std::optional<desk::Time>{};
  return std::optional<desk::Time>{std::min(*waiting, now()) + house_.chat_gathering};
}

Result<FrontDesk::Resumed> FrontDesk::resume(std::string const& secret, std::int64_t last, std::size_t most) {
  Resumed resumed;
  auto const done = store_.read("resume", [&](store::Tx& tx) {
    resumed.session = store::find_session(tx, secret);
    auto const ticket = resumed.session && resumed.session->ticket
                            ? store::find_ticket(tx, *resumed.session->ticket)
                            : std::nullopt;
    resumed.over = ticket && desk::finished(ticket->status);
    if (resumed.session)
      resumed.lines = store::newest_lines(tx, secret, last, resumed.session->last + 1, most);
  });
  if (!done) return done.error();
  resumed.more = resumed.lines.size() == most && resumed.lines.front().sequence > last + 1;
  return resumed;
}

Result<std::vector<desk::Message>> FrontDesk::lines_before(std::string const& secret, std::int64_t before,
                                                           std::size_t most) {
  std::vector<desk::Message> lines;
  auto const done = store_.read(
      "earlier lines", [&](store::Tx& tx) { lines = store::newest_lines(tx, secret, 0, before, most); });
  if (!done) return done.error();
  return lines;
}

Result<> FrontDesk::introduce(std::string const& secret, desk::Address const& address,
                              std::string const& language, bool proven) {
  std::optional<desk::News> news;
  auto const done = store_.write("introduce", [&](store::Tx& tx) {
    auto session = store::find_session(tx, secret);
    if (!session) return;
    desk::Address const said{address.name, desk::normal(address.address)};
    session->name = said.name;
    session->address = said.address;
    if (!language.empty()) session->language = language;
    session->seen = now();
    store::update_session(tx, *session);
    if (session->ticket) news = keep(tx, introduced(*session, proven), nullptr);
  });
  if (done && news) ring({*news});
  return done;
}

desk::Plan FrontDesk::introduced(store::Session const& session, bool proven) const {
  desk::Plan plan;
  plan.ticket = *session.ticket;
  plan.changes.emplace_back(desk::SetRequester{{session.name, session.address}, proven});
  plan.trail.push_back(
      {plan.ticket, now(), "visitor", "introduced", session.name + " <" + session.address + ">"});
  return plan;
}

}  // namespace spoc::daemon
