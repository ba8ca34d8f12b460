// SPDX-License-Identifier: GPL-3.0-or-later
// What an agent's mail makes happen: refused with its reason, or each command and answer, and a receipt.
#include "desk/agent_work.hpp"
#include "desk/confirm.hpp"
#include "desk/courtesy.hpp"
#include "desk/desk_line.hpp"
#include "desk/held.hpp"
#include "desk/macro.hpp"
#include "desk/phrase.hpp"
#include "desk/scribe.hpp"
#include "desk/sign_off.hpp"

#include <algorithm>
#include <utility>

namespace spoc::desk {
namespace {

/// Files are words enough; a picture that the text shows is not, it may be an unmarked signature's.
bool carries_files(Mail const& mail) {
  return std::any_of(mail.attachments.begin(), mail.attachments.end(), [](Attachment const& one) {
    return is_a_file(one) && (!one.inline_ || one.content_id.empty());
  });
}

/// A signature's picture comes with each mail, and what was answered may be shown again: once is enough.
bool is_shown_already(Attachment const& picture, Message const& message, Known const& known) {
  auto const had = [&](Message const& one) {
    return std::any_of(one.attachments.begin(), one.attachments.end(),
                       [&](Attachment const& other) { return other.sha256 == picture.sha256; });
  };
  return picture.inline_ && (had(message) || std::any_of(known.history.begin(), known.history.end(), had));
}

// ---- words ---------------------------------------------------------------------------------------

Message message_of(AgentWork const& work, MessageKind kind) {
  Message out;
  out.kind = kind;
  out.author = {work.agent().name, work.known.author.address.address};
  out.agent = work.agent().handle;
  out.subject = work.mail.subject;
  out.text = out.reply = work.block.words;
  out.message_id = work.mail.message_id;
  out.raw_hash = work.arrival.hash;
  out.rule = std::string{name(work.known.match.rule)};
  out.at = work.arrival.received;
  for (Attachment const& one : work.mail.attachments)
    if (is_a_file(one) && !is_shown_already(one, out, work.known)) out.attachments.push_back(one);
  if (Mailbox const* mailbox = work.known.house->mailbox(work.ticket.mailbox))
    hold_dangerous(out.attachments, mailbox->held_extensions);
  out.checks = checks_of(work.mail, work.known.house->authserv_ids);
  return out;
}

void leave_note(AgentWork& work) {
  work.plan.messages.push_back(message_of(work, MessageKind::note));
  work.plan.trail.push_back(trail(work, "noted", ""));
  work.done.emplace_back("noted; the requester does not see it");
  Scribe scribe{work.known, work.ticket, work.arrival.hash};
  scribe.answers(work.mail.message_id);
  for (Letter& letter : scribe.to_crew(LetterKind::noted, work.claim.agent, Purpose::note)) {
    letter.about = about_new;
    work.plan.letters.push_back(std::move(letter));
  }
}

/// What is dangerous is not relayed to anybody outside, nor silently left out.
void refuse_dangerous(AgentWork& work, Message const& message) {
  for (Attachment const& one : message.attachments)
    if (!one.held.empty())
      work.faults.push_back(phrase("the attachment \"{1}\" is not passed on ({2}), so nothing was sent",
                                   {one.filename, in_english(one.held)}));
}

/// The agent's client quoted a notice, and it could not be told from their words: its token betrays it. It
/// may hold notes, and whoever has the token of an agent is half an agent.
void refuse_notice(AgentWork& work, std::string const& words) {
  auto const tokens = tokens_in(words, work.known.sign);
  if (std::any_of(tokens.begin(), tokens.end(), [](Token const& one) { return one.role == Role::agent; }))
    work.faults.push_back(
        phrase("your text holds a notice of the desk, which is for agents alone, so nothing was "
               "sent; write your words above it"));
}

/// What is asked of somebody outside, or told to the next line, stays in the ticket as a note.
void leave_aside(AgentWork& work) {
  Message note = message_of(work, MessageKind::note);
  if (!work.third_party.empty()) {
    refuse_dangerous(work, note);
    refuse_notice(work, work.question);
  }
  if (!work.faults.empty()) return;
  if (!work.third_party.empty()) note.state = MessageState::waiting;
  note.text = note.reply =
      work.third_party.empty() ? work.inside : "→ " + work.third_party + "\n\n" + work.question;
  work.plan.messages.push_back(std::move(note));
  if (!work.third_party.empty()) send_question(work);
}

/// What was announced stays in the ticket too, as a note.
void leave_announced(AgentWork& work) {
  Message note = message_of(work, MessageKind::note);
  refuse_notice(work, note.text);
  if (work.faults.empty()) work.plan.messages.push_back(std::move(note));
}

/// The end of a matter must not pass by what its requester has written meanwhile. An answer to a list of
/// tickets is held against that list's moment instead (plan_digest.cpp).
void heed_newer_words(AgentWork& work) {
  Known const& known = work.known;
  bool const ends = work.has(Verb::close) || work.has(Verb::resolve);
  if (!ends || work.has(Verb::send) || !known.answering || work.claim.token->purpose == Purpose::digest)
    return;
  auto const newer = std::find_if(known.history.begin(), known.history.end(), [&](Message const& one) {
    bool const known_then = known.answered && one.id <= known.answered->id;
    bool const unseen = known.seen ? one.id > *known.seen : one.at > *known.answering;
    return one.kind == MessageKind::inbound && unseen && !known_then && !is_courtesy(one.reply);
  });
  if (newer == known.history.end()) return;
  work.faults.push_back(phrase(
      "the requester wrote at {1}, after the mail that you are replying to; put /send anyway beside it if it "
      "shall end all the same",
      {iso(newer->at)}));
}

/// Has a colleague answered meanwhile?
bool crossed(Known const& known) {
  if (!known.colleague || !known.answering) return false;
  if (known.seen && known.colleague->id != MessageId{}) return known.colleague->id > *known.seen;
  // A mail of before that was kept. An IMAP server tells arrival in whole seconds: within the same one it is
  // better to ask.
  return known.colleague->at >= std::chrono::floor<std::chrono::seconds>(*known.answering);
}

std::string in_the_way(AgentWork const& work) {
  Known const& known = work.known;
  if (work.ticket.requester_address.address.empty() && work.ticket.session.empty()) {
    if (known.requester.phones.empty() || known.requester.id != work.ticket.requester)
      return "this ticket has nobody to answer";
    return phrase("the requester has no mail address: call {1}, or name one with /requester ADDRESS",
                  {known.requester.phones.front()});
  }
  if (known.dead_address && !known.visitor_present && !work.has(Verb::requester))
    return phrase("<{1}> does not take mail any more, so nothing was sent",
                  {work.ticket.requester_address.address});
  if (!crossed(known) || work.send_anyway) return "";
  Agent const* other = known.house->agent(known.colleague->agent);
  return phrase(
      "{1} answered at {2}, after the mail that you are replying to; put /send anyway on top of your text if "
      "it "
      "shall go out all the same",
      {other != nullptr ? other->name : known.colleague->agent, iso(known.colleague->at)});
}

/// The words as the requester gets them by mail.
Letter written(AgentWork const& work, Scribe const& scribe) {
  Letter letter = scribe.to_requester(LetterKind::answer);
  letter.about = about_new;
  letter.text = work.block.words;
  letter.lines = {work.agent().name};
  letter.due = work.known.now + work.known.house->undo_delay;
  if (work.article) letter.articles.push_back(work.known.offered[*work.article]);
  return letter;
}

/// Who gets copies gets them by mail, also of words that the requester reads in the chat.
void mail_copies(AgentWork& work) {
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  for (Address const& person : work.ticket.copies) {
    Letter const own = scribe.to_copy(LetterKind::answer, person);
    Letter copy = written(work, scribe);
    copy.to = own.to;
    copy.token = own.token;
    copy.message_id = own.message_id;
    copy.references = own.references;
    work.plan.letters.push_back(std::move(copy));
  }
}

void mail_requester(AgentWork& work) {
  if (work.ticket.requester_address.address.empty()) return;
  bool const in_chat = work.known.visitor_present;
  if (in_chat && work.known.dead_address) return;
  Letter letter = written(work, {work.known, work.ticket, work.arrival.hash});
  if (in_chat) {
    // The words stand there: by mail they go only where nobody looks at them.
    letter.state = LetterState::unread;
    letter.due = work.known.now + work.known.house->unread_after;
  }
  work.plan.letters.push_back(std::move(letter));
}

/// Where the words of an answer go.
void say_where(AgentWork& work, bool by_mail) {
  auto const delay = std::chrono::duration_cast<std::chrono::seconds>(work.known.house->undo_delay);
  std::string const seconds = std::to_string(delay.count());
  std::string const& address = work.ticket.requester_address.address;
  if (by_mail && !address.empty()) {
    work.done.push_back(
        phrase("your words go to {1} in {2} s; reply /cancel to stop them", {address, seconds}));
    return;
  }
  work.done.emplace_back(by_mail ? "your words wait in the widget: the visitor has gone and left no address"
                                 : "your words are in the visitor's chat");
  std::string copies;
  for (Address const& one : work.ticket.copies) copies += (copies.empty() ? "" : ", ") + one.address;
  if (!copies.empty())
    work.done.push_back(
        phrase("copies of them go to {1} in {2} s; reply /cancel to stop those", {copies, seconds}));
}

void answer(AgentWork& work) {
  if (std::string const fault = in_the_way(work); !fault.empty()) {
    work.faults.push_back(fault);
    return;
  }
  Message message = message_of(work, MessageKind::outbound);
  refuse_dangerous(work, message);
  refuse_notice(work, message.text);
  if (!work.faults.empty()) return;
  if (work.article) {
    Article const& article = work.known.articles[*work.article];
    message.reply += (message.reply.empty() ? "" : "\n\n") + article.title + "\n\n" + article.body;
    message.text = message.reply;
    work.done.push_back(phrase("article \"{1}\" goes along", {article.title}));
    work.plan.trail.push_back(trail(work, "used article", article.id));
    work.plan.changes.emplace_back(CountUse{article.id, ArticleUse::sent});
  }
  bool const by_mail = !work.known.visitor_present;
  message.channel = by_mail ? Channel::mail : Channel::chat;
  if (by_mail && !work.ticket.requester_address.address.empty()) message.state = MessageState::waiting;
  work.plan.messages.push_back(std::move(message));
  work.plan.trail.push_back(
      trail(work, "answered", by_mail ? work.ticket.requester_address.address : "in the chat"));
  mail_copies(work);
  mail_requester(work);
  say_where(work, by_mail);
  // Whoever answers has it from now on, but not where the same mail gives it away.
  bool const given_away = work.has(Verb::unassign) || work.ticket.team != work.known.ticket->team;
  if (work.ticket.assignee.empty() && !given_away) set_assignee(work, work.agent().handle);
  tell_invited(work);
  if (work.ticket.status == Status::fresh) {
    work.plan.changes.emplace_back(SetStatus{Status::open});
    work.ticket.status = Status::open;
  }
}

/// A status that the requester should hear of, where no answer of the agent tells it anyway.
void tell_requester(AgentWork& work) {
  bool const told = std::any_of(work.plan.letters.begin(), work.plan.letters.end(),
                                [](Letter const& letter) { return letter.kind == LetterKind::answer; });
  bool const over =
      (work.has(Verb::close) || work.has(Verb::resolve)) && work.ticket.status != work.known.ticket->status;
  std::string const& address = work.ticket.requester_address.address;
  // Without an address the words wait in the widget.
  bool const in_chat = work.known.visitor_present || (address.empty() && !work.ticket.session.empty());
  if (told || !over || (!in_chat && (address.empty() || work.known.dead_address))) return;
  // What an agent writes into the chat has told them already.
  if (in_chat && std::any_of(work.plan.messages.begin(), work.plan.messages.end(),
                             [](Message const& one) { return one.kind == MessageKind::outbound; }))
    return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  Letter letter = scribe.to_requester(work.has(Verb::close) ? LetterKind::closed : LetterKind::resolved);
  letter.author = work.agent().handle;
  if (in_chat) {
    say_in_chat(work.plan, std::move(letter), over_in_chat(work.ticket.status, work.ticket.language),
                work.known);
    work.done.push_back(
        phrase("the visitor's chat says that the ticket is {1}", {std::string{name(work.ticket.status)}}));
    return;
  }
  letter.due = work.known.now + work.known.house->undo_delay;
  work.plan.letters.push_back(std::move(letter));
  work.done.push_back(
      phrase("{1} is told that the ticket is {2}", {address, std::string{name(work.ticket.status)}}));
}

void write_receipt(AgentWork& work) {
  if (work.block.commands.empty() && !work.confirmed) return;
  Scribe scribe{work.known, work.ticket, work.arrival.hash};
  scribe.answers(work.mail.message_id);
  Letter letter = scribe.to_agent(LetterKind::receipt, work.agent());
  letter.lines = work.done;
  letter.text = work.block.words;
  work.plan.letters.push_back(std::move(letter));
}

/// Commands and words. A signature that stands alone is no answer to anybody; beside a file it is its
/// greeting.
CommandBlock block_of(AgentWork& work) {
  CommandBlock block = read_commands(words_of(work.mail, work.known));
  std::string const shown = work.mail.from.empty() ? "" : work.mail.from.front().name;
  if (!carries_files(work.mail) && is_lone_sign_off(block.words, {work.agent().name, shown})) {
    block.words.clear();
    if (!block.commands.empty())
      work.done.push_back(phrase("below the commands stood only your signature: it went to nobody"));
  }
  return with_macros(std::move(block), *work.known.house, *work.known.ticket, work.agent());
}

/// Read and carried out, or refused, whoever is taken to have sent it.
Plan act_upon(AgentWork& work) {
  work.block = block_of(work);
  if (!work.block.faults.empty()) return refuse_mail(work, work.block.faults);
  if (work.known.entangled) return refuse_mail(work, {entangled_words()});
  carry_out(work);
  if (!work.faults.empty()) return refuse_mail(work, work.faults);
  if (work.confirmed)
    work.plan.trail.push_back(trail(work, "confirmed", "the mail of " + iso(work.arrival.received)));
  write_receipt(work);
  return std::move(work.plan);
}

/// An agent's vacation note stays inside, whatever it answers.
Plan filed(AgentWork& work) {
  Message kept = message_of(work, MessageKind::automatic);
  kept.text = work.mail.text;
  kept.reply = work.mail.reply;
  work.plan.messages.push_back(std::move(kept));
  work.plan.trail.push_back(trail(work, "filed", work.mail.kind_reason));
  notice_absence(work);
  return std::move(work.plan);
}

}  // namespace

std::string entangled_words() {
  return phrase(
      "your words stand among lines of our notice that your mail client did not mark; write above the "
      "notice, or let the client mark what it quotes");
}

AgentWork begin_work(Arrival const& arrival, Known const& known, AgentClaim claim) {
  AgentWork work{arrival, *arrival.mail(),
                 known,   std::move(claim),
                 {},      *known.ticket,
                 {},      {},
                 {},      false,
                 false,   {},
                 {},      {},
                 {},      false,
                 {},      false};
  work.plan.ticket = known.ticket->id;
  return work;
}

void carry_out(AgentWork& work) {
  work.note = work.has(Verb::note);
  check_together(work);
  heed_newer_words(work);
  for (std::string const& macro : work.block.macros) {
    work.plan.trail.push_back(trail(work, "macro", macro));
    work.done.push_back(phrase("macro {1}", {macro}));
  }
  if (work.faults.empty())
    for (Command const& command : work.block.commands) run(work, command);
  if (!work.faults.empty()) return;

  bool const note = work.note || work.claim.token->purpose == Purpose::note;
  bool const words = !work.block.words.empty() || carries_files(work.mail);
  if (!work.third_party.empty() || !work.inside.empty())
    leave_aside(work);
  else if (work.announced)
    leave_announced(work);
  else if (note && words)
    leave_note(work);
  else if (words || work.article)
    answer(work);
  if (work.note && !words) work.faults.emplace_back("/note needs your words below it");
  if (!words && !work.article && work.block.commands.empty())
    work.faults.emplace_back("the mail holds neither words of yours nor a command");
  if (work.draft && work.faults.empty()) leave_draft(work);
  if (!work.faults.empty()) return;
  tell_requester(work);
  hand_back(work);
  tell_former(work);
  notice_return(work);
  keep_undo(work);
}

Plan plan_agent_mail(Arrival const& arrival, Known const& known) {
  Mail const& mail = *arrival.mail();
  AgentWork work = begin_work(arrival, known, agent_claim(mail, *known.house, known.sign));
  if (!work.claim.faults.empty()) return refuse_mail(work, work.claim.faults);
  if (is_of_a_machine(mail)) return filed(work);
  return act_upon(work);
}

Plan plan_confirmed(Arrival const& refused, Known const& known, AgentClaim claim) {
  AgentWork work = begin_work(refused, known, std::move(claim));
  auto const& files = work.mail.attachments;
  if (std::any_of(files.begin(), files.end(), is_a_file))
    return refuse_mail(work, {phrase("a mail with attachments can't be confirmed, for nobody has looked into "
                                     "them: send it again through the organisation's own mail server")});
  work.done.push_back(phrase("confirmed: what you wrote at {1} is done now", {iso(refused.received)}));
  work.confirmed = true;
  return act_upon(work);
}

}  // namespace spoc::desk
