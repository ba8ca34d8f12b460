// SPDX-License-Identifier: GPL-3.0-or-later
// What an agent's mail makes happen: refused with its reason, or each command and answer, and a receipt.
#include "desk/commands.hpp"
#include "desk/plan.hpp"
#include "desk/scribe.hpp"
#include "desk/trust.hpp"

#include <algorithm>
#include <utility>

namespace spoc::desk {
namespace {

/// The work on one agent's mail: what was asked, what is being planned, what the receipt will say.
struct Work {
  Arrival const& arrival;
  Mail const& mail;
  Known const& known;
  AgentClaim claim;
  CommandBlock block;
  Ticket ticket;  ///< as it will be
  Plan plan;
  std::vector<std::string> done;
  std::optional<std::size_t> article;  ///< of /use, counted from 0
  bool note = false;
  bool send_anyway = false;
  std::vector<std::string> faults;

  Agent const& agent() const { return *claim.agent; }
  bool has(Verb verb) const {
    return std::any_of(block.commands.begin(), block.commands.end(), [&](Command const& c) { return c.verb == verb; });
  }
};

Trail trail(Work const& work, std::string what, std::string detail) {
  std::string const by = work.claim.agent != nullptr ? "agent:" + work.claim.agent->handle : "stranger";
  return {work.plan.ticket, work.known.now, by, std::move(what), std::move(detail)};
}

// ---- refusing ------------------------------------------------------------------------------------------------

/// The text goes back to whoever may see it: the author if an agent, else the agent to whom the token belongs.
void refuse(Work& work, std::vector<std::string> const& reasons) {
  std::string joined;
  for (std::string const& reason : reasons) joined += (joined.empty() ? "" : "; ") + reason;
  work.plan.trail.push_back(trail(work, "refused", joined));
  if (work.claim.agent == nullptr || !work.claim.faults.empty())
    work.plan.alarm = "refused a mail that says it comes from an agent, <" + work.known.author.address.address + ">: " + joined;
  Agent const* told = work.claim.agent != nullptr ? work.claim.agent : work.claim.issued;
  if (told == nullptr || work.arrival.quiet) return;
  Scribe scribe{work.known, work.ticket, work.arrival.hash};
  scribe.answers(work.mail.message_id);
  Letter letter = scribe.to_agent(LetterKind::refusal, *told);
  letter.lines = reasons;
  letter.text = work.mail.reply.empty() ? work.mail.text : work.mail.reply;
  work.plan.letters.push_back(std::move(letter));
}

/// Nothing is acted on, but nothing is lost either: the mail is kept as a note.
Plan refused(Work& work, std::vector<std::string> const& reasons) {
  work.plan.changes.clear();
  work.plan.messages.clear();
  work.plan.letters.clear();
  work.plan.trail.clear();
  if (work.claim.agent == nullptr) {
    Message kept;
    kept.kind = MessageKind::note;
    kept.author = work.known.author.address;
    kept.subject = work.mail.subject;
    kept.text = work.mail.text;
    kept.reply = work.mail.reply;
    kept.message_id = work.mail.message_id;
    kept.raw_hash = work.arrival.hash;
    kept.rule = "refused";
    kept.at = work.arrival.received;
    work.plan.messages.push_back(std::move(kept));
  }
  refuse(work, reasons);
  return std::move(work.plan);
}

// ---- the commands --------------------------------------------------------------------------------------------

void set_status(Work& work, Status status, std::string const& said) {
  work.plan.changes.emplace_back(SetStatus{status});
  work.plan.trail.push_back(trail(work, "status", std::string{name(work.ticket.status)} + " to " + std::string{name(status)}));
  work.ticket.status = status;
  work.done.push_back(said);
}

void set_assignee(Work& work, std::string const& handle) {
  work.plan.changes.emplace_back(SetAssignee{handle});
  work.plan.trail.push_back(trail(work, "assigned", handle));
  work.ticket.assignee = handle;
}

void assign(Work& work, std::string const& argument) {
  std::string const wanted = normal(argument);
  House const& house = *work.known.house;
  Agent const* to = wanted == "me" ? &work.agent() : house.agent(wanted);
  if (to == nullptr) to = house.agent_at(wanted);
  if (to == nullptr)
    for (Agent const& one : house.agents)
      if (normal(one.name) == wanted) to = &one;
  if (to == nullptr) {
    std::string known;
    for (Agent const& one : house.agents) known += (known.empty() ? "" : ", ") + one.handle;
    work.faults.push_back("nobody here is called \"" + argument + "\"; known: " + known);
    return;
  }
  set_assignee(work, to->handle);
  work.done.push_back("assigned to " + to->name);
  if (to == &work.agent()) return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  work.plan.letters.push_back(scribe.to_agent(LetterKind::assigned, *to));
}

void tag(Work& work, std::string const& argument) {
  bool const off = argument.front() == '-';
  std::string const word = off ? argument.substr(1) : argument;
  if (off) work.plan.changes.emplace_back(RemoveTag{word});
  else work.plan.changes.emplace_back(AddTag{word});
  work.plan.trail.push_back(trail(work, off ? "untagged" : "tagged", word));
  work.done.push_back((off ? "tag removed: " : "tagged: ") + word);
}

void use(Work& work, std::string const& argument) {
  auto const index = static_cast<std::size_t>(argument.front() - '1');
  auto const& articles = work.known.articles;
  if (index >= articles.size() || articles[index].id.empty()) {
    work.faults.push_back("there is no article " + argument + " for this ticket; " +
                          std::to_string(work.known.offered.size()) + " were offered");
    return;
  }
  if (articles[index].internal) {
    work.faults.push_back("article " + argument + " (\"" + articles[index].title + "\") is internal and can't be sent");
    return;
  }
  work.article = index;
}

void cancel(Work& work) {
  if (work.known.waiting_answers == 0) {
    work.done.push_back("nothing to cancel: no answer of yours is waiting any more");
    return;
  }
  work.plan.changes.emplace_back(CancelLetters{work.agent().handle});
  work.plan.trail.push_back(trail(work, "cancelled", std::to_string(work.known.waiting_answers) + " waiting"));
  work.done.push_back("your answer was stopped before it left");
}

void tell_status(Work& work) {
  Ticket const& ticket = *work.known.ticket;
  Agent const* assignee = work.known.house->agent(ticket.assignee);
  work.done.push_back("#" + std::to_string(number(ticket.id)) + " " + ticket.subject);
  work.done.push_back("status " + std::string{name(ticket.status)} + ", " + std::string{name(ticket.priority)} +
                      ", assigned to " + (assignee != nullptr ? assignee->name : std::string{"nobody"}) + ", opened " + iso(ticket.opened));
  work.done.push_back("requester " + ticket.requester_address.name + " <" + ticket.requester_address.address + ">");
  std::string tags;
  for (std::string const& one : ticket.tags) tags += (tags.empty() ? "" : ", ") + one;
  if (!tags.empty()) work.done.push_back("tags " + tags);
  for (Message const& message : work.known.history) {
    std::string const by = message.author.name.empty() ? message.author.address : message.author.name;
    work.done.push_back(iso(message.at) + " " + std::string{name(message.kind)} + " by " + by + ": " +
                        message.reply.substr(0, message.reply.find('\n')));
  }
}

void tell_help(Work& work) {
  for (CommandRow const& row : command_table())
    work.done.push_back("/" + std::string{row.word} + (row.argument.empty() ? "" : " " + std::string{row.argument}) + ": " +
                        std::string{row.help});
}

void run(Work& work, Command const& command) {
  switch (command.verb) {
    case Verb::assign: return assign(work, command.argument);
    case Verb::take: return assign(work, "me");
    case Verb::note: work.note = true; return;
    case Verb::close: return set_status(work, Status::closed, "closed");
    case Verb::resolve: return set_status(work, Status::resolved, "resolved");
    case Verb::wait: return set_status(work, Status::waiting, "waiting for the requester");
    case Verb::reopen: return set_status(work, Status::open, "open again");
    case Verb::priority:
      work.plan.changes.emplace_back(SetPriority{*priority_named(command.argument)});
      work.plan.trail.push_back(trail(work, "priority", command.argument));
      work.done.push_back("priority " + command.argument);
      return;
    case Verb::tag: return tag(work, command.argument);
    case Verb::use: return use(work, command.argument);
    case Verb::status: return tell_status(work);
    case Verb::help: return tell_help(work);
    case Verb::cancel: return cancel(work);
    case Verb::send: work.send_anyway = true; return;
  }
}

/// Commands that contradict each other stop everything.
void check_together(Work& work) {
  auto const count = [&](std::initializer_list<Verb> verbs) {
    return std::count_if(work.block.commands.begin(), work.block.commands.end(), [&](Command const& command) {
      return std::find(verbs.begin(), verbs.end(), command.verb) != verbs.end();
    });
  };
  if (count({Verb::close, Verb::resolve, Verb::wait, Verb::reopen}) > 1)
    work.faults.emplace_back("only one of /close, /resolve, /wait and /reopen can be meant");
  if (count({Verb::assign, Verb::take}) > 1) work.faults.emplace_back("the ticket can be given to one person only");
  if (count({Verb::use}) > 1) work.faults.emplace_back("one article at a time: say /use once");
  bool const note = work.note || work.claim.token->purpose == Purpose::note;
  if (note && count({Verb::use}) > 0)
    work.faults.emplace_back("/use sends an article to the requester, but this would be a note");
}

// ---- words ---------------------------------------------------------------------------------------------------

Message message_of(Work const& work, MessageKind kind) {
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
  // Pictures of the agent's signature are no part of the answer.
  for (Attachment const& one : work.mail.attachments)
    if (!one.inline_) out.attachments.push_back(one);
  return out;
}

void leave_note(Work& work) {
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

std::string in_the_way(Work const& work) {
  Known const& known = work.known;
  if (work.ticket.requester_address.address.empty() && work.ticket.session.empty())
    return "this ticket has nobody to answer";
  if (known.dead_address && !known.visitor_present)
    return "<" + work.ticket.requester_address.address + "> does not take mail any more, so nothing was sent";
  bool const crossed = known.colleague && known.answering && known.colleague->at > *known.answering;
  if (!crossed || work.send_anyway) return "";
  Agent const* other = known.house->agent(known.colleague->agent);
  return (other != nullptr ? other->name : known.colleague->agent) + " answered at " + iso(known.colleague->at) +
         ", after the mail that you are replying to; put /send anyway on top of your text if it shall go out all the same";
}

void answer_by_mail(Work& work) {
  Scribe scribe{work.known, work.ticket, work.arrival.hash};
  Letter letter = scribe.to_requester(LetterKind::answer);
  letter.about = about_new;
  letter.text = work.block.words;
  letter.lines = {work.agent().name};
  letter.due = work.known.now + work.known.house->undo_delay;
  if (work.article) letter.articles.push_back(work.known.offered[*work.article]);
  work.plan.letters.push_back(std::move(letter));
}

void answer(Work& work) {
  if (std::string const fault = in_the_way(work); !fault.empty()) {
    work.faults.push_back(fault);
    return;
  }
  Message message = message_of(work, MessageKind::outbound);
  if (work.article) {
    Article const& article = work.known.articles[*work.article];
    message.reply += (message.reply.empty() ? "" : "\n\n") + article.title + "\n\n" + article.body;
    message.text = message.reply;
    work.done.push_back("sent article \"" + article.title + "\"");
    work.plan.trail.push_back(trail(work, "used article", article.id));
  }
  bool const by_mail = !work.known.visitor_present;
  message.channel = by_mail ? Channel::mail : Channel::chat;
  work.plan.messages.push_back(std::move(message));
  work.plan.trail.push_back(trail(work, "answered", by_mail ? work.ticket.requester_address.address : "in the chat"));
  if (by_mail && !work.ticket.requester_address.address.empty()) answer_by_mail(work);
  auto const seconds = std::chrono::duration_cast<std::chrono::seconds>(work.known.house->undo_delay).count();
  if (!by_mail) work.done.emplace_back("your words are in the visitor's chat");
  else if (work.ticket.requester_address.address.empty()) work.done.emplace_back("your words wait in the widget: the visitor has gone and left no address");
  else work.done.push_back("your words go to " + work.ticket.requester_address.address + " in " + std::to_string(seconds) + " s; reply /cancel to stop them");
  if (work.ticket.assignee.empty()) set_assignee(work, work.agent().handle);
  if (work.ticket.status == Status::fresh) {
    work.plan.changes.emplace_back(SetStatus{Status::open});
    work.ticket.status = Status::open;
  }
}

/// A status that the requester should hear of, where no answer of the agent tells it anyway.
void tell_requester(Work& work) {
  bool const told = std::any_of(work.plan.letters.begin(), work.plan.letters.end(), [](Letter const& letter) { return letter.kind == LetterKind::answer; });
  bool const over = work.has(Verb::close) || work.has(Verb::resolve);
  std::string const& address = work.ticket.requester_address.address;
  if (told || !over || address.empty() || work.known.dead_address || work.known.visitor_present) return;
  Scribe const scribe{work.known, work.ticket, work.arrival.hash};
  Letter letter = scribe.to_requester(work.has(Verb::close) ? LetterKind::closed : LetterKind::resolved);
  letter.due = work.known.now + work.known.house->undo_delay;
  work.plan.letters.push_back(std::move(letter));
  work.done.push_back(address + " is told that the ticket is " + std::string{name(work.ticket.status)});
}

void write_receipt(Work& work) {
  if (work.block.commands.empty()) return;
  Scribe scribe{work.known, work.ticket, work.arrival.hash};
  scribe.answers(work.mail.message_id);
  Letter letter = scribe.to_agent(LetterKind::receipt, work.agent());
  letter.lines = work.done;
  letter.text = work.block.words;
  work.plan.letters.push_back(std::move(letter));
}

/// An agent's vacation note stays inside, whatever it answers.
Plan filed(Work& work) {
  Message kept = message_of(work, MessageKind::automatic);
  kept.text = work.mail.text;
  kept.reply = work.mail.reply;
  work.plan.messages.push_back(std::move(kept));
  work.plan.trail.push_back(trail(work, "filed", work.mail.kind_reason));
  return std::move(work.plan);
}

}  // namespace

Plan plan_agent_mail(Arrival const& arrival, Known const& known) {
  Mail const& mail = *arrival.mail();
  Work work{arrival, mail, known, agent_claim(mail, *known.house, known.sign), {}, *known.ticket, {}, {}, {}, false, false, {}};
  work.plan.ticket = known.ticket->id;
  if (!work.claim.faults.empty()) return refused(work, work.claim.faults);
  if (mail.kind != MailKind::personal && mail.kind != MailKind::list) return filed(work);

  work.block = read_commands(mail.reply);
  if (!work.block.faults.empty()) return refused(work, work.block.faults);
  work.note = work.has(Verb::note);
  check_together(work);
  if (work.faults.empty())
    for (Command const& command : work.block.commands) run(work, command);
  if (!work.faults.empty()) return refused(work, work.faults);

  bool const note = work.note || work.claim.token->purpose == Purpose::note;
  bool const words = !work.block.words.empty();
  if (note && words) leave_note(work);
  if (!note && (words || work.article)) answer(work);
  if (work.note && !words) work.faults.emplace_back("/note needs your words below it");
  if (!words && !work.article && work.block.commands.empty())
    work.faults.emplace_back("the mail holds neither words of yours nor a command");
  if (!work.faults.empty()) return refused(work, work.faults);
  tell_requester(work);
  write_receipt(work);
  return std::move(work.plan);
}

}  // namespace spoc::desk
