// SPDX-License-Identifier: GPL-3.0-or-later
// The table of operations.
#include "daemon/api_nouns.hpp"

namespace spoc::daemon {

std::vector<Route> const& api_routes() {
  static constexpr std::string_view found =
      "status unfinished team assignee requester priority kind tag since q sort limit cursor";
  static std::vector<Route> const routes{
      {"GET", "/openapi.json", Scope::none, "openapi", "This document.", "", "", 200, "", false,
       show_openapi},
      {"GET", "/me", Scope::none, "me", "Whom the token stands for, and what it may do.", "", "", 200, "Me",
       false, show_me},

      {"GET", "/tickets", Scope::read, "listTickets", "Tickets, the last changed first.", found, "", 200,
       "Tickets", false, list_tickets, false, search_tickets},
      {"POST", "/tickets", Scope::create, "openTicket",
       "Opens a ticket in somebody's name, as if they had mailed it: they get the acknowledgement.", "",
       "NewTicket", 201, "OpenedTicket", false, open_ticket, true},
      {"GET", "/tickets/{ticket}", Scope::read, "getTicket", "One ticket; of a merged one, where it went on.",
       "", "", 200, "Ticket", false, show_ticket},
      {"PATCH", "/tickets/{ticket}", Scope::write, "changeTicket",
       "Changes what is given, all or nothing, as the agent's commands would.", "", "TicketChange", 200,
       "Ticket", true, change_ticket},
      {"POST", "/tickets/{ticket}/commands", Scope::write, "commandTicket",
       "Any commands of spoc-commands(7), with words below them.", "", "Commands", 200, "Done", true,
       command_ticket},
      {"GET", "/tickets/{ticket}/dossier", Scope::read, "getDossier",
       "Everything about one ticket, of one moment: messages, letters and what became of them, addresses "
       "that "
       "are not written to, trail, ratings, service level.",
       "", "", 200, "Dossier", false, show_dossier},
      {"GET", "/tickets/{ticket}/trail", Scope::read, "getTrail", "What happened to a ticket, oldest first.",
       "after limit", "", 200, "Trail", false, show_trail},

      {"GET", "/tickets/{ticket}/messages", Scope::read, "listMessages",
       "What was said in a ticket, oldest first.", "after limit", "", 200, "Messages", false, list_messages},
      {"POST", "/tickets/{ticket}/messages", Scope::write, "addMessage",
       "Answers the requester, or leaves a note for agents; commands may go along.", "", "NewMessage", 201,
       "AddedMessage", true, add_message, true},
      {"POST", "/tickets/{ticket}/typing", Scope::write, "showTyping",
       "The agent is typing: shown for some seconds in the requester's chat, where it is open; kept nowhere.",
       "", "", 200, "Typing", false, show_typing},
      {"GET", "/messages/{message}", Scope::read, "getMessage", "One message.", "", "", 200, "Message", false,
       show_message},
      {"GET", "/messages/{message}/attachments/{position}", Scope::read, "getAttachment",
       "An attachment's bytes; they count from 0.", "", "", 200, "", false, show_attachment},

      {"POST", "/calls", Scope::write, "noteCall",
       "A phone call becomes the caller's ticket; who called is said by number, address, phone or name.", "",
       "NewCall", 201, "NotedCall", false, note_call},

      {"GET", "/contacts", Scope::read, "listContacts", "People who have written to the desk.",
       "q who order after limit", "", 200, "Contacts", false, list_contacts},
      {"POST", "/contacts", Scope::write, "addContact", "Somebody who has not written yet.", "", "NewContact",
       201, "Contact", false, add_contact},
      {"GET", "/contacts/{contact}/record", Scope::read, "getRecord",
       "What an agent wants to see of a caller: the contact, how many tickets, and the five that changed "
       "last.",
       "", "", 200, "Record", false, show_record},
      {"GET", "/contacts/{contact}", Scope::read, "getContact", "One of them.", "", "", 200, "Contact", false,
       show_contact},
      {"PATCH", "/contacts/{contact}", Scope::write, "changeContact",
       "What is known of them; addresses are added.", "", "ContactChange", 200, "Contact", true,
       change_contact},
      {"POST", "/contacts/{contact}/merge", Scope::write, "mergeContact",
       "They and another contact are one person: all of the other becomes theirs, and its number and "
       "addresses "
       "lead here for ever.",
       "", "ContactMerge", 200, "Contact", true, merge_contact},
      {"POST", "/contacts/{contact}/addresses", Scope::write, "addContactAddress",
       "One more mail address, which nobody else has.", "", "NewAddress", 200, "Contact", true,
       add_contact_address},
      {"DELETE", "/contacts/{contact}/addresses/{address}", Scope::write, "removeContactAddress",
       "One mail address less; the last one stays.", "", "", 200, "Contact", true, drop_contact_address},

      {"GET", "/agents", Scope::read, "listAgents", "Who answers, and whether they are in.", "limit cursor",
       "", 200, "Agents", false, list_agents},
      {"GET", "/agents/{agent}", Scope::read, "getAgent", "One agent, by handle.", "", "", 200, "Agent",
       false, show_agent},
      {"GET", "/teams", Scope::read, "listTeams", "The teams.", "limit cursor", "", 200, "Teams", false,
       list_teams},
      {"GET", "/teams/{team}", Scope::read, "getTeam", "One team, by name.", "", "", 200, "Team", false,
       show_team},

      {"GET", "/articles", Scope::read, "listArticles",
       "All articles, or with q those that fit, the best first.", "q language limit cursor", "", 200,
       "Articles", false, list_articles, false, search_articles},
      {"POST", "/articles/suggest", Scope::read, "suggestArticles", "Articles that may answer a text.", "",
       "Question", 200, "Articles", false, nullptr, false, suggest_articles},
      {"GET", "/articles/{article}", Scope::read, "getArticle", "One article, as Markdown and as HTML.",
       "language", "", 200, "Article", false, show_article},

      {"POST", "/rules/test", Scope::read, "testRules",
       "How each rule would fare with a ticket, or with a raw mail that came now; changes nothing.", "",
       "RuleTrial", 200, "Firings", false, test_rules},
      {"GET", "/events", Scope::read, "listEvents",
       "The audit trail as it grows: with Accept: text/event-stream a stream that goes on behind "
       "Last-Event-ID, with events typing (ticket, name, at) beside those of the trail.",
       "after limit", "", 200, "Events", false, list_events},
      {"POST", "/wake", Scope::write, "wake",
       "Looks at once for letters, webhook calls and the like that another process left in the store.", "",
       "", 204, "", false, wake},
  };
  return routes;
}

}  // namespace spoc::daemon
