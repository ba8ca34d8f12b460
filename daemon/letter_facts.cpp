// SPDX-License-Identifier: GPL-3.0-or-later
// What a letter may speak of, from store, configuration and knowledge base.
#include "daemon/letter_facts.hpp"

#include "channels/target.hpp"
#include "daemon/finder.hpp"
#include "daemon/portal_files.hpp"
#include "desk/rota.hpp"
#include "desk/token.hpp"
#include "parser/article.hpp"
#include "store/chats.hpp"
#include "store/contact_book.hpp"
#include "store/contacts.hpp"
#include "store/digests.hpp"
#include "store/levels.hpp"
#include "store/presence.hpp"
#include "store/tickets.hpp"

#include <algorithm>
#include <charconv>

namespace spoc::daemon {
namespace {

/// A plain reply to an agent's letter goes one way; this is the address of the other.
void add_other_way(templates::LetterFacts& facts, desk::Address const& own, desk::Sign const& sign) {
  auto const token = desk::read_token(facts.letter.token, sign);
  if (!token || token->role != desk::Role::agent || token->purpose == desk::Purpose::digest) return;
  facts.answers = token->purpose;
  desk::Purpose const other =
      token->purpose == desk::Purpose::note ? desk::Purpose::reply : desk::Purpose::note;
  facts.other_address = desk::with_token(
      own.address, desk::mint(token->ticket, desk::Role::agent, other, facts.letter.to.address, sign));
}

void add_people(templates::LetterFacts& facts, desk::House const& house, desk::Sign const& sign) {
  desk::Mailbox const* box = house.mailbox(facts.ticket.mailbox);
  if (box == nullptr && !house.mailboxes.empty()) box = &house.mailboxes.front();
  desk::Address const own =
      box != nullptr ? box->address : desk::Address{house.name, "postmaster@" + house.domain};
  facts.from = own;
  if (facts.from.name.empty()) facts.from.name = house.name;
  if (desk::Agent const* author = house.agent(facts.about.agent);
      author != nullptr && !desk::is_automatic(facts.letter.kind))
    facts.from.name = author->name;
  facts.reply_to = {house.name, facts.letter.token.empty()
                                    ? own.address
                                    : desk::with_token(own.address, facts.letter.token)};
  add_other_way(facts, own, sign);
  if (desk::Agent const* assignee = house.agent(facts.ticket.assignee)) facts.assignee_name = assignee->name;
}

void add_articles(templates::LetterFacts& facts, search::Reader* reader) {
  int number = 0;
  for (desk::Suggestion const& one : facts.letter.articles) {
    auto const article = reader != nullptr ? reader->article(one.article, one.language)
                                           : Result<desk::Article>{Error{Kind::missing, ""}};
    // A letter may wait for hours: meanwhile what was offered may have become one for agents alone. An answer
    // then goes out as it was filed.
    if (article && article->internal && facts.letter.agent.empty()) {
      if (facts.letter.kind == desk::LetterKind::answer) facts.letter.text.clear();
      continue;
    }
    templates::OfferedArticle offered;
    offered.number = ++number;
    offered.id = one.article;
    offered.title = one.title;
    if (!facts.public_url.empty() && !one.internal)
      offered.url = facts.public_url + article_page(reader, one.article, one.language);
    bool const asks = facts.letter.kind == desk::LetterKind::acknowledgement && !facts.letter.token.empty();
    if (asks && !offered.url.empty())
      offered.solved_url = facts.public_url + "/solved/" + facts.letter.token + "/by/" +
                           channels::percent_encoded(one.article);
    if (article) {
      offered.text = parser::markdown_to_text(article->body);
      offered.html = for_mail(parser::markdown_to_html(article->body), article->path,
                              offered.url.empty() ? "" : facts.public_url, article->id);
    }
    facts.articles.push_back(std::move(offered));
  }
}

void read_ticket(store::Tx& tx, desk::House const& house, store::Contents contents,
                 templates::LetterFacts& facts) {
  auto const ticket = store::find_ticket(tx, facts.letter.ticket);
  if (!ticket)
    throw store::Fault{
        {Kind::missing, "letter " + std::to_string(desk::number(facts.letter.id)) + " speaks of ticket " +
                            std::to_string(desk::number(facts.letter.ticket)) + ", which is not there"}};
  facts.ticket = *ticket;
  facts.requester = store::find_contact(tx, ticket->requester).value_or(desk::Contact{});
  if (facts.letter.about)
    if (auto message = store::find_message(tx, *facts.letter.about, contents))
      facts.about = std::move(*message);
  if (facts.about.channel == desk::Channel::chat && facts.about.kind == desk::MessageKind::inbound)
    facts.about.attachments = store::gathered_files(tx, facts.about, contents);
  facts.history = store::messages_of(tx, ticket->id);
  if (facts.letter.agent.empty()) {
    std::erase_if(facts.history, [](desk::Message const& message) { return !desk::is_public(message); });
    return;
  }
  facts.dues = desk::dues(house, *ticket, store::course_of(tx, ticket->id), facts.now);
  store::TicketFilter theirs;
  theirs.requester = ticket->requester;
  theirs.limit = 4;
  desk::Presences const presences = store::presences(tx);
  desk::Agent const* assignee = house.agent(ticket->assignee);
  bool const off = assignee != nullptr && assignee->handle != facts.letter.agent &&
                   !desk::at_work(house, presences, *assignee, facts.now);
  facts.assignee_absent = off || desk::is_absent(presences, ticket->assignee, facts.now);
  facts.earlier = store::list_tickets(tx, theirs);
  auto const counted = store::count_tickets_of(tx, ticket->requester);
  facts.earlier_all = static_cast<std::size_t>(std::max<std::int64_t>(counted.all - 1, 0));
  facts.earlier_open = static_cast<std::size_t>(
      std::max<std::int64_t>(counted.unfinished - (desk::finished(ticket->status) ? 0 : 1), 0));
  facts.vip = house.is_vip(ticket->requester_address.address);
  std::erase_if(facts.earlier, [&](desk::Ticket const& other) { return other.id == ticket->id; });
}

/// A list's letter names no ticket; its token, like all of ours, begins with the number of what it is for.
void read_digest(store::Tx& tx, templates::LetterFacts& facts) {
  std::int64_t number = 0;
  std::string const& token = facts.letter.token;
  std::from_chars(token.data(), token.data() + token.size(), number);
  auto const digest = store::find_digest(tx, desk::DigestId{number});
  // The receipt for an answer to a list that is not known says so; the list itself must be there.
  if (!digest && facts.letter.kind == desk::LetterKind::digest)
    throw store::Fault{{Kind::missing, "letter " + std::to_string(desk::number(facts.letter.id)) +
                                           " has list " + std::to_string(number) + ", which is not there"}};
  facts.digest = digest.value_or(desk::Digest{});
  facts.ticket.mailbox = facts.digest.mailbox;
}

}  // namespace

Result<templates::LetterFacts> letter_facts(store::Store& store, desk::Letter const& letter,
                                            desk::House const& house, desk::Sign const& sign,
                                            search::Reader* reader, desk::Time now,
                                            store::Contents contents) {
  templates::LetterFacts facts;
  facts.letter = letter;
  facts.desk_name = house.name;
  facts.public_url = house.public_url;
  facts.domain = house.domain;
  facts.now = now;
  facts.zone = house.zone_of(letter.agent);
  facts.close_after = house.close_after;
  bool const listed = letter.ticket == desk::TicketId{};
  auto const read = store.read("letter facts", [&](store::Tx& tx) {
    if (listed)
      read_digest(tx, facts);
    else
      read_ticket(tx, house, contents, facts);
  });
  if (!read) return read.error();
  add_people(facts, house, sign);
  add_articles(facts, reader);
  return facts;
}

}  // namespace spoc::daemon
