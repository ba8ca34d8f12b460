// SPDX-License-Identifier: GPL-3.0-or-later
// Letters that never leave: every kind, with everything that can be in it and with next to nothing.
#include "desk/phrase.hpp"
#include "templates/letter_words.hpp"

#include <array>

namespace spoc::templates {
namespace {

using desk::LetterKind;
using namespace std::chrono_literals;

constexpr std::array kinds{LetterKind::acknowledgement, LetterKind::answer,         LetterKind::resolved,
                           LetterKind::closed,          LetterKind::too_large,      LetterKind::transcript,
                           LetterKind::proof,           LetterKind::opened,         LetterKind::wrote,
                           LetterKind::noted,           LetterKind::assigned,       LetterKind::receipt,
                           LetterKind::refusal,         LetterKind::undelivered,    LetterKind::asked,
                           LetterKind::replied,         LetterKind::happened,       LetterKind::progress,
                           LetterKind::warning,         LetterKind::reminder,       LetterKind::rule,
                           LetterKind::digest,          LetterKind::digest_receipt, LetterKind::feedback};

constexpr desk::Time noon = std::chrono::sys_days{std::chrono::year{2026} / 11 / 20} + 12h;

desk::Message message(int id, desk::MessageKind kind, std::string const& name, std::string const& words) {
  desk::Message result;
  result.id = desk::MessageId{id};
  result.ticket = desk::TicketId{1042};
  result.kind = kind;
  result.author = {name, "somebody@example.org"};
  result.reply = words;
  result.text = words + "\n\n> what came before";
  result.at = noon + std::chrono::minutes{id};
  return result;
}

desk::Ticket ticket(int id, std::string const& subject, desk::Status status) {
  desk::Ticket result;
  result.id = desk::TicketId{id};
  result.subject = subject;
  result.status = status;
  return result;
}

std::string text_for(LetterKind kind) {
  if (kind == LetterKind::too_large) return "25 MB";
  if (kind == LetterKind::proof) return "7KQ2F-9XMPD";
  if (kind == LetterKind::transcript)
    return "Ola Nordmann, 2026-11-20 11:52 UTC\nIt prints <nothing>.\n\nKari Hansen, 2026-11-20 11:55 UTC\n"
           "Please switch it off, wait a minute and switch it on.";
  if (kind == LetterKind::opened || kind == LetterKind::wrote || kind == LetterKind::acknowledgement ||
      kind == LetterKind::progress || kind == LetterKind::warning || kind == LetterKind::reminder ||
      kind == LetterKind::rule || kind == LetterKind::digest || kind == LetterKind::feedback)
    return {};
  return "Please switch the printer off, wait a minute and switch it on.\n\nIt is the one beside room 12 & "
         "13.";
}

desk::Letter letter(LetterKind kind, std::string const& language) {
  desk::Letter result;
  result.kind = kind;
  result.ticket = desk::TicketId{1042};
  result.to = {"Ola Nordmann", "ola@example.org"};
  result.language = language;
  result.token = "1042.rr.k3j4mnbv.q2w3e4r5t6y7u2i3";
  result.message_id = "spoc.1042.sample@example.org";
  result.references = {"first@example.org", "second@example.org"};
  result.text = text_for(kind);
  result.made = noon;
  if (kind == LetterKind::proof) result.lines = {"https://intranet.example.org/help#spoc=7KQ2F-9XMPD"};
  if (kind == LetterKind::wrote)
    result.lines = {desk::phrase("the visitor is back since {1}", {"2026-11-20 11:58 UTC"}),
                    desk::phrase("the visitor has left: your answer goes to {1}", {"ola@example.org"})};
  if (kind == LetterKind::receipt) result.lines = {"status: resolved", "tag: printer"};
  if (kind == LetterKind::happened)
    result.lines = {"#1001 \"Cannot log in\" was merged into #1042",
                    desk::phrase("{1}: {2}", {"#990 \"VPN\"", "support+990.ar.k3j4.q2w3@example.org"})};
  if (kind == LetterKind::refusal) result.lines = {"/clsoe is no command; did you mean /close?"};
  if (kind == LetterKind::undelivered) result.lines = {"550 5.1.1 <ola@example.org>: no such person here"};
  if (kind == LetterKind::progress)
    result.lines = {desk::phrase("the status of your case is now: {1}", {"open"}),
                    "we are still working on it and have not forgotten you"};
  if (kind == LetterKind::rule)
    result.lines = {"Thank you for your order. The <warehouse> answers within two working days."};
  if (kind == LetterKind::digest_receipt)
    result.lines = {desk::phrase("{1}. #{2} {3}", {"1", "1042", "Printer <3> prints nothing"}), "closed",
                    desk::phrase("{1} is told that the ticket is {2}", {"ola@example.org", "closed"}),
                    desk::phrase("{1}. #{2} {3}: nothing was done", {"3", "1050", "VPN"}),
                    desk::phrase("{1} has it since that list was made", {"Per Olsen"})};
  if (kind == LetterKind::feedback)
    result.lines = {
        desk::phrase("\"{1}\" did not help: {2}", {"Printer <3>", "Step 3 names a menu that I lack."}),
        desk::phrase("\"{1}\" helped: {2}", {"VPN drops", "Thank you & well done!"})};
  if (kind == LetterKind::warning)
    result.lines = {desk::phrase("first answer: due {1}", {desk::iso(noon + 2h)}),
                    desk::phrase("solution: overdue since {1}", {desk::iso(noon - 20h)})};
  if (kind == LetterKind::reminder)
    result.lines = {desk::phrase("call the requester back: resolved {1}", {desk::iso(noon - 48h)}),
                    "the requester says that it is not solved; the ticket is open again"};
  return result;
}

/// Two of the agent's own, one overdue, one that is free, and one of a colleague's who is not here.
desk::Digest sample_digest() {
  using desk::Priority;
  using desk::Status;
  desk::Digest result;
  result.id = desk::DigestId{7};
  result.agent = "kari";
  result.day = "2026-11-20";
  result.items = {{desk::TicketId{1042},
                   "Printer <3> prints nothing",
                   {"Ola Nordmann", "ola@example.org"},
                   Priority::p2,
                   Status::open,
                   "kari",
                   "line1",
                   desk::phrase("solution: overdue since {1}", {desk::iso(noon - 20h)})},
                  {desk::TicketId{1044},
                   "Re: Access & keys",
                   {"", "per@example.org"},
                   Priority::p3,
                   Status::waiting,
                   "kari",
                   "line1",
                   desk::phrase("solution: the clock stands")},
                  {desk::TicketId{1050},
                   "VPN",
                   {"", ""},
                   Priority::p4,
                   Status::fresh,
                   "",
                   "line1",
                   desk::phrase("first answer: due {1}", {desk::iso(noon + 2h)})},
                  {desk::TicketId{1031},
                   "Badge",
                   {"", "eva@example.org"},
                   Priority::p3,
                   Status::open,
                   "sam",
                   "line1",
                   desk::phrase("solution: due {1}", {desk::iso(noon + 2h)})}};
  result.left_out = 3;
  return result;
}

/// Letters to agents about a ticket: a reply may be for its requester or for colleagues.
bool goes_two_ways(LetterKind kind) {
  return kind == LetterKind::opened || kind == LetterKind::wrote || kind == LetterKind::noted ||
         kind == LetterKind::assigned || kind == LetterKind::receipt || kind == LetterKind::refusal ||
         kind == LetterKind::undelivered || kind == LetterKind::replied || kind == LetterKind::happened ||
         kind == LetterKind::warning || kind == LetterKind::reminder;
}

LetterFacts full(LetterKind kind, std::string const& language) {
  using desk::MessageKind;
  LetterFacts facts;
  facts.letter = letter(kind, language);
  facts.ticket = ticket(1042, "Printer <3> prints nothing", desk::Status::open);
  facts.ticket.priority = desk::Priority::p2;
  facts.ticket.team = "line1";
  facts.ticket.first_team = "line0";
  facts.ticket.impact = desk::Level::high;
  facts.ticket.assignee = "kari";
  facts.ticket.tags = {"printer", "floor-2"};
  facts.ticket.language = "nb";
  facts.ticket.requester_address = {"Ola Nordmann", "ola@example.org"};
  facts.ticket.related = desk::TicketId{977};
  facts.desk_name = "Service desk";
  facts.from = {"Kari Hansen", "support@example.org"};
  facts.domain = "example.org";
  bool const note = kind == LetterKind::noted || kind == LetterKind::replied;
  if (note) facts.answers = desk::Purpose::note;
  if (goes_two_ways(kind))
    facts.other_address =
        "support+1042." + std::string{note ? "ar" : "an"} + ".k3j4mnbv.q2w3e4r5t6y7u2i3@example.org";
  facts.assignee_name = "Kari Hansen";
  facts.public_url = "https://desk.example.org";
  facts.now = noon;
  facts.close_after = std::chrono::days{5};
  desk::Due due;
  due.due = noon + 2h;
  facts.dues = {due};
  facts.digest = sample_digest();
  facts.assignee_absent = kind == LetterKind::wrote;
  facts.history = {message(1, MessageKind::inbound, "Ola Nordmann", "It has been like that since Monday."),
                   message(2, MessageKind::note, "Per Olsen", "Toner was changed last week."),
                   message(3, MessageKind::automatic, "Ola Nordmann", "I am away until noon.")};
  auto const by_agent =
      kind == LetterKind::answer || kind == LetterKind::noted || kind == LetterKind::undelivered;
  facts.about =
      message(4, by_agent ? MessageKind::outbound : MessageKind::inbound,
              by_agent ? "Kari Hansen" : "Ola Nordmann", "The lamp is green.\n\nBut <nothing> comes out.");
  facts.about.attachments.push_back({"lamp.png", "image/png", "not really a picture", "", false, ""});
  facts.about.attachments.push_back({"bill.pdf.exe", "application/pdf", "MZ", "", false, "",
                                     desk::phrase("its name hides that it ends in .{1}", {"exe"})});
  facts.about.checks = {
      "mx.example.org", {"pass", "example.org"}, {"fail", "example.org"}, {"fail", "example.org"}};
  facts.earlier = {ticket(1001, "Cannot log in", desk::Status::closed),
                   ticket(990, "VPN", desk::Status::waiting)};
  facts.earlier_all = 5;
  facts.earlier_open = 2;
  facts.requester.organisation = "Example <Ltd>";
  facts.requester.site = "Harbour";
  facts.requester.phones = {"+47 22 33 44 55", "104"};
  facts.requester.equipment = {"Laptop 4711", "Printer, room 12"};
  facts.requester.notes = "Comes at noon.\nSpeaks loudly.";
  facts.requester.vip = true;
  facts.requester.gone = noon - 24h;
  facts.articles = {
      {1, "printer-silent", "When the printer stays silent", "Look at the cable.",
       "<p>Look at the <b>cable</b>.</p>", "https://desk.example.org/kb/printer-silent",
       kind == LetterKind::acknowledgement
           ? "https://desk.example.org/solved/1042.rr.k3j4mnbv.q2w3e4r5t6y7u2i3/by/printer-silent"
           : ""},
      {2, "toner", "Changing the toner", "Open the lid.", "", ""}};
  return facts;
}

/// A person without a name, a ticket without anything, no token.
LetterFacts bare(LetterKind kind, std::string const& language) {
  LetterFacts facts;
  facts.letter = letter(kind, language);
  facts.letter.to.name.clear();
  facts.letter.token.clear();
  facts.letter.text.clear();
  facts.letter.lines.clear();
  facts.ticket.requester_address = {"", "ola@example.org"};
  facts.ticket.channel = desk::Channel::chat;
  facts.desk_name = "Service desk";
  facts.from = {"Service desk", "support@example.org"};
  return facts;
}

}  // namespace

std::vector<LetterFacts> sample_letters(std::string const& language) {
  std::vector<LetterFacts> result;
  for (auto const kind : kinds) {
    result.push_back(full(kind, language));
    result.push_back(bare(kind, language));
  }
  return result;
}

}  // namespace spoc::templates
