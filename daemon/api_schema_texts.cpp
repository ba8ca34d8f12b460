// SPDX-License-Identifier: GPL-3.0-or-later
// The schemas themselves.
#include "daemon/api_schema.hpp"

#include <boost/json/parse.hpp>

namespace spoc::daemon {
namespace {

constexpr std::string_view tickets = R"({
"Ticket": {"type": "object", "additionalProperties": false,
  "required": ["id","subject","status","priority","kind","impact","urgency","team","assignee","requester","tags",
               "opened","changed"],
  "properties": {
    "id": {"type": "integer"}, "subject": {"type": "string"},
    "status": {"enum": ["new","open","waiting","resolved","closed"]},
    "priority": {"enum": ["P1","P2","P3","P4"]},
    "kind": {"enum": ["incident","request","question","complaint"]},
    "impact": {"enum": ["high","medium","low"]}, "urgency": {"enum": ["high","medium","low"]},
    "channel": {"type": "string"}, "mailbox": {"type": "string"}, "team": {"type": "string"},
    "category": {"type": "string"}, "first_team": {"type": "string"}, "passed_on": {"type": ["string","null"], "format": "date-time"},
    "passed_on_after_seconds": {"type": ["integer","null"]}, "other_teams": {"type": "array", "items": {"type": "string"}},
    "assignee": {"type": "string"}, "invited": {"type": "array", "items": {"type": "string"}},
    "requester": {"type": "string"}, "contact": {"type": ["integer","null"]}, "language": {"type": "string"},
    "tags": {"type": "array", "items": {"type": "string"}},
    "copies": {"type": "array", "items": {"type": "string"}},
    "related": {"type": ["integer","null"]},
    "opened": {"type": "string", "format": "date-time"}, "changed": {"type": "string", "format": "date-time"},
    "rule": {"type": "string"}, "standing": {"type": "string"},
    "due": {"type": ["string","null"], "format": "date-time"}}},
"Tickets": {"type": "object", "additionalProperties": false, "required": ["tickets","next"], "properties": {
    "tickets": {"type": "array", "items": {"$ref": "#/components/schemas/Ticket"}},
    "next": {"type": ["string","null"]}}},
"NewTicket": {"type": "object", "additionalProperties": false, "required": ["requester","subject","text"],
  "properties": {
    "requester": {"type": "object", "additionalProperties": false, "required": ["address"], "properties": {
      "address": {"type": "string", "minLength": 3, "maxLength": 320},
      "name": {"type": "string", "maxLength": 200}}},
    "subject": {"type": "string", "minLength": 1, "maxLength": 500},
    "text": {"type": "string", "minLength": 1, "maxLength": 200000},
    "mailbox": {"type": "string"}, "language": {"enum": ["en","nb","zh-Hans","zh-Hant"]},
    "attachments": {"$ref": "#/components/schemas/NewAttachments"}}},
"OpenedTicket": {"type": "object", "additionalProperties": false, "required": ["ticket","opened"], "properties": {
    "ticket": {"$ref": "#/components/schemas/Ticket"}, "opened": {"type": "boolean"}}},
"TicketChange": {"type": "object", "additionalProperties": false, "properties": {
    "status": {"enum": ["open","waiting","resolved","closed"]},
    "priority": {"enum": ["P1","P2","P3","P4"]},
    "kind": {"enum": ["incident","request","question","complaint"]},
    "impact": {"enum": ["high","medium","low"]}, "urgency": {"enum": ["high","medium","low"]},
    "assignee": {"type": "string", "maxLength": 200},
    "category": {"type": "string", "maxLength": 200},
    "team": {"type": "string", "minLength": 1, "maxLength": 200},
    "tags": {"type": "array", "maxItems": 50, "items": {"type": "string", "minLength": 1, "maxLength": 100}}}},
"Commands": {"type": "object", "additionalProperties": false, "required": ["commands"], "properties": {
    "commands": {"type": "array", "minItems": 1, "maxItems": 30,
                 "items": {"type": "string", "minLength": 2, "maxLength": 1000}},
    "text": {"type": "string", "maxLength": 200000}}},
"Done": {"type": "object", "additionalProperties": false, "required": ["ticket","lines"], "properties": {
    "ticket": {"$ref": "#/components/schemas/Ticket"},
    "lines": {"type": "array", "items": {"type": "string"}}}}
})";

constexpr std::string_view messages = R"({
"Message": {"type": "object", "additionalProperties": false, "required": ["id","kind","author","at","text","attachments"],
  "properties": {
    "id": {"type": "integer"}, "kind": {"enum": ["inbound","outbound","note","automatic"]},
    "state": {"enum": ["said","waiting","withdrawn"]},
    "channel": {"type": "string"}, "author": {"type": "string"}, "name": {"type": "string"},
    "agent": {"type": "string"}, "at": {"type": "string", "format": "date-time"},
    "reply": {"type": "string"}, "text": {"type": "string"}, "message_id": {"type": "string"},
    "rule": {"type": "string"}, "sequence": {"type": "integer"}, "origin": {"type": "string"},
    "origin_by": {"type": "string"}, "origin_failed": {"type": "boolean"},
    "attachments": {"type": "array", "items": {"type": "object", "additionalProperties": false,
      "required": ["filename","type","sha256","held"], "properties": {
        "filename": {"type": "string"}, "type": {"type": "string"}, "sha256": {"type": "string"},
        "held": {"type": "string"}}}}}},
"Messages": {"type": "object", "additionalProperties": false, "required": ["messages","next"], "properties": {
    "messages": {"type": "array", "items": {"$ref": "#/components/schemas/Message"}},
    "next": {"type": ["string","null"]}}},
"NewMessage": {"type": "object", "additionalProperties": false, "required": ["kind","text"], "properties": {
    "kind": {"enum": ["answer","note"]},
    "text": {"type": "string", "minLength": 1, "maxLength": 200000},
    "commands": {"type": "array", "maxItems": 30, "items": {"type": "string", "minLength": 2, "maxLength": 1000}},
    "attachments": {"$ref": "#/components/schemas/NewAttachments"}}},
"NewAttachments": {"type": "array", "maxItems": 20, "items": {"type": "object", "additionalProperties": false,
  "required": ["filename","content"], "properties": {
    "filename": {"type": "string", "minLength": 1, "maxLength": 200},
    "type": {"type": "string", "maxLength": 100},
    "content": {"type": "string", "contentEncoding": "base64"}}}},
"AddedMessage": {"type": "object", "additionalProperties": false, "required": ["ticket","message","lines"],
  "properties": {
    "ticket": {"$ref": "#/components/schemas/Ticket"}, "message": {"$ref": "#/components/schemas/Message"},
    "lines": {"type": "array", "items": {"type": "string"}}}},
"Typing": {"type": "object", "additionalProperties": false, "required": ["ticket","shown"], "properties": {
    "ticket": {"type": "integer"}, "shown": {"type": "boolean"}}},
"Event": {"type": "object", "additionalProperties": false, "required": ["id","ticket","at","who","what","detail"],
  "properties": {
    "id": {"type": "integer"}, "ticket": {"type": ["integer","null"]},
    "at": {"type": "string", "format": "date-time"}, "who": {"type": "string"}, "what": {"type": "string"},
    "detail": {"type": "string"}}},
"Events": {"type": "object", "additionalProperties": false, "required": ["events","next"], "properties": {
    "events": {"type": "array", "items": {"$ref": "#/components/schemas/Event"}},
    "next": {"type": ["string","null"]}}},
"Trail": {"type": "object", "additionalProperties": false, "required": ["trail","next"], "properties": {
    "next": {"type": ["string","null"]},
    "trail": {"type": "array", "items": {"type": "object", "additionalProperties": false,
      "required": ["at","who","what","detail"], "properties": {
        "at": {"type": "string", "format": "date-time"}, "who": {"type": "string"},
        "what": {"type": "string"}, "detail": {"type": "string"}}}}}}
})";

constexpr std::string_view dossiers = R"({
"Letter": {"type": "object", "additionalProperties": false,
  "required": ["id","ticket","kind","to","state","attempts","outcome","message_id","made","due"], "properties": {
    "id": {"type": "integer"}, "ticket": {"type": ["integer","null"]}, "kind": {"type": "string"},
    "to": {"type": "string"}, "state": {"type": "string"}, "attempts": {"type": "integer"},
    "outcome": {"type": "string"}, "message_id": {"type": "string"},
    "made": {"type": "string", "format": "date-time"}, "due": {"type": "string", "format": "date-time"}}},
"Due": {"type": "object", "additionalProperties": false,
  "required": ["target","standing","allowed_seconds","used_seconds","over","due"], "properties": {
    "target": {"type": "string"}, "standing": {"type": "string"}, "allowed_seconds": {"type": "integer"},
    "used_seconds": {"type": "integer"}, "over": {"type": "boolean"},
    "due": {"type": ["string","null"], "format": "date-time"}}},
"Dossier": {"type": "object", "additionalProperties": false,
  "required": ["ticket","messages","letters","dead","trail","ratings","service_level"], "properties": {
    "ticket": {"$ref": "#/components/schemas/Ticket"},
    "messages": {"type": "array", "items": {"$ref": "#/components/schemas/Message"}},
    "letters": {"type": "array", "items": {"$ref": "#/components/schemas/Letter"}},
    "dead": {"type": "array", "items": {"type": "object", "additionalProperties": false,
      "required": ["address","reason","since"], "properties": {
        "address": {"type": "string"}, "reason": {"type": "string"},
        "since": {"type": "string", "format": "date-time"}}}},
    "trail": {"type": "array", "items": {"type": "object", "additionalProperties": false,
      "required": ["at","who","what","detail"], "properties": {
        "at": {"type": "string", "format": "date-time"}, "who": {"type": "string"},
        "what": {"type": "string"}, "detail": {"type": "string"}}}},
    "ratings": {"type": "array", "items": {"type": "object", "additionalProperties": false,
      "required": ["score","solved","words"], "properties": {
        "score": {"type": "integer"}, "solved": {"type": "boolean"}, "words": {"type": "string"}}}},
    "service_level": {"type": "array", "items": {"$ref": "#/components/schemas/Due"}}}}
})";

constexpr std::string_view people = R"({
"Contact": {"type": "object", "required": ["id","name","language","addresses"], "properties": {
    "id": {"type": "integer"}, "name": {"type": "string"}, "language": {"type": "string"},
    "addresses": {"type": "array", "items": {"type": "string"}},
    "phones": {"type": "array", "items": {"type": "string"}}, "organisation": {"type": "string"},
    "site": {"type": "string"}, "vip": {"type": "boolean"},
    "equipment": {"type": "array", "items": {"type": "string"}}, "notes": {"type": "string"},
    "external_id": {"type": "string"}, "gone": {"type": ["string","null"], "format": "date-time"}}},
"Contacts": {"type": "object", "additionalProperties": false, "required": ["contacts","next"], "properties": {
    "contacts": {"type": "array", "items": {"$ref": "#/components/schemas/Contact"}},
    "next": {"type": ["string","null"]}}},
"ContactChange": {"type": "object", "additionalProperties": false, "properties": {
    "name": {"type": "string", "maxLength": 200},
    "language": {"enum": ["","en","nb","zh-Hans","zh-Hant"]},
    "organisation": {"type": "string", "maxLength": 200}, "site": {"type": "string", "maxLength": 200},
    "phones": {"type": "array", "maxItems": 20, "items": {"type": "string", "minLength": 3, "maxLength": 50}},
    "equipment": {"type": "array", "maxItems": 100, "items": {"type": "string", "minLength": 1, "maxLength": 200}},
    "notes": {"type": "string", "maxLength": 10000}, "vip": {"type": "boolean"},
    "external_id": {"type": "string", "maxLength": 200},
    "new_addresses": {"type": "array", "minItems": 1, "maxItems": 20,
                      "items": {"type": "string", "minLength": 3, "maxLength": 320}}}},
"NewContact": {"$ref": "#/components/schemas/ContactChange"},
"Record": {"type": "object", "additionalProperties": false, "required": ["contact","tickets","unfinished","latest"],
  "properties": {
    "contact": {"$ref": "#/components/schemas/Contact"},
    "tickets": {"type": "integer"}, "unfinished": {"type": "integer"},
    "latest": {"type": "array", "items": {"$ref": "#/components/schemas/Ticket"}}}},
"NewCall": {"type": "object", "additionalProperties": false, "required": ["caller"], "properties": {
    "caller": {"type": "string", "minLength": 1, "maxLength": 500},
    "subject": {"type": "string", "maxLength": 500}, "text": {"type": "string", "maxLength": 200000},
    "commands": {"type": "array", "maxItems": 30, "items": {"type": "string", "minLength": 2, "maxLength": 1000}},
    "new": {"type": "boolean"}}},
"NotedCall": {"type": "object", "additionalProperties": false, "required": ["ticket","contact","lines"], "properties": {
    "ticket": {"$ref": "#/components/schemas/Ticket"}, "contact": {"type": "integer"},
    "lines": {"type": "array", "items": {"type": "string"}}}},
"ContactMerge": {"type": "object", "additionalProperties": false, "required": ["other"], "properties": {
    "other": {"type": "integer", "minimum": 1}}},
"NewAddress": {"type": "object", "additionalProperties": false, "required": ["address"], "properties": {
    "address": {"type": "string", "minLength": 3, "maxLength": 320}}},
"Agent": {"type": "object", "additionalProperties": false,
  "required": ["handle","name","addresses","language","teams","presence","until"], "properties": {
    "handle": {"type": "string"}, "name": {"type": "string"},
    "addresses": {"type": "array", "items": {"type": "string"}}, "language": {"type": "string"},
    "teams": {"type": "array", "items": {"type": "string"}},
    "presence": {"enum": ["in","out","away"]}, "until": {"type": ["string","null"], "format": "date-time"}}},
"Agents": {"type": "object", "additionalProperties": false, "required": ["agents","next"], "properties": {
    "next": {"type": ["string","null"]},
    "agents": {"type": "array", "items": {"$ref": "#/components/schemas/Agent"}}}},
"Team": {"type": "object", "additionalProperties": false,
  "required": ["name","line","next","assignment","members","skills","languages","sites","hours","manager"],
  "properties": {
    "name": {"type": "string"}, "line": {"type": "string"}, "next": {"type": "string"},
    "assignment": {"enum": ["manual","round_robin","least_loaded","sticky"]},
    "members": {"type": "array", "items": {"type": "string"}},
    "skills": {"type": "array", "items": {"type": "string"}},
    "languages": {"type": "array", "items": {"type": "string"}},
    "sites": {"type": "array", "items": {"type": "string"}},
    "hours": {"type": "string"}, "manager": {"type": "string"}}},
"Teams": {"type": "object", "additionalProperties": false, "required": ["teams","next"], "properties": {
    "next": {"type": ["string","null"]},
    "teams": {"type": "array", "items": {"$ref": "#/components/schemas/Team"}}}},
"Me": {"type": "object", "additionalProperties": false, "required": ["name","scope","agent"], "properties": {
    "name": {"type": "string"}, "scope": {"enum": ["read","create","write","admin"]},
    "agent": {"type": "string"}}}
})";

constexpr std::string_view calls = R"({
"WebhookMessage": {"type": "object", "additionalProperties": false,
  "required": ["id","kind","author","at","reply","shortened","attachments"], "properties": {
    "id": {"type": "integer"}, "kind": {"enum": ["inbound","outbound","note","automatic"]},
    "state": {"enum": ["said","waiting","withdrawn"]},
    "channel": {"type": "string"}, "author": {"type": "string"}, "name": {"type": "string"},
    "agent": {"type": "string"}, "at": {"type": "string", "format": "date-time"},
    "reply": {"type": "string"}, "shortened": {"type": "boolean"}, "message_id": {"type": "string"},
    "rule": {"type": "string"}, "sequence": {"type": "integer"}, "origin": {"type": "string"},
    "origin_by": {"type": "string"}, "origin_failed": {"type": "boolean"},
    "attachments": {"type": "array", "items": {"type": "object", "additionalProperties": false,
      "required": ["filename","type","sha256","held"], "properties": {
        "filename": {"type": "string"}, "type": {"type": "string"}, "sha256": {"type": "string"},
        "held": {"type": "string"}}}}}},
"WebhookCall": {"type": "object", "additionalProperties": false, "required": ["type","timestamp","sequence","data"],
  "properties": {
    "type": {"type": "string"}, "timestamp": {"type": "string", "format": "date-time"}, "sequence": {"type": "integer"},
    "data": {"type": "object", "additionalProperties": false, "properties": {
      "ticket": {"$ref": "#/components/schemas/Ticket"},
      "messages": {"type": "array", "items": {"$ref": "#/components/schemas/WebhookMessage"}},
      "into": {"type": "integer"}, "rule": {"type": "string"}, "words": {"type": "string"}}}}}
})";

constexpr std::string_view knowledge = R"({
"ArticleHit": {"type": "object", "additionalProperties": false,
  "required": ["id","title","language","internal","score","confident"], "properties": {
    "id": {"type": "string"}, "title": {"type": "string"}, "language": {"type": "string"},
    "internal": {"type": "boolean"}, "score": {"type": ["number","null"]}, "confident": {"type": "boolean"}}},
"Articles": {"type": "object", "additionalProperties": false, "required": ["articles","next"], "properties": {
    "next": {"type": ["string","null"]},
    "articles": {"type": "array", "items": {"$ref": "#/components/schemas/ArticleHit"}}}},
"Article": {"type": "object", "additionalProperties": false,
  "required": ["id","title","language","internal","tags","body","html"], "properties": {
    "id": {"type": "string"}, "title": {"type": "string"}, "language": {"type": "string"},
    "internal": {"type": "boolean"}, "tags": {"type": "array", "items": {"type": "string"}},
    "body": {"type": "string"}, "html": {"type": "string"}}},
"Question": {"type": "object", "additionalProperties": false, "required": ["text"], "properties": {
    "subject": {"type": "string", "maxLength": 500},
    "text": {"type": "string", "minLength": 1, "maxLength": 200000},
    "language": {"type": "string", "maxLength": 35}}},
"RuleTrial": {"type": "object", "additionalProperties": false, "properties": {
    "ticket": {"type": "integer", "minimum": 1}, "mail": {"type": "string", "minLength": 1, "maxLength": 400000},
    "mailbox": {"type": "string"}}},
"Firings": {"type": "object", "additionalProperties": false, "required": ["rules"], "properties": {
    "rules": {"type": "array", "items": {"type": "object", "additionalProperties": false,
      "required": ["rule","fires","why_not","done"], "properties": {
        "rule": {"type": "string"}, "fires": {"type": "boolean"}, "why_not": {"type": "string"},
        "done": {"type": "array", "items": {"type": "string"}}}}}}},
"Problem": {"type": "object", "required": ["type","title","status","detail"], "properties": {
    "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
    "detail": {"type": "string"}, "faults": {"type": "array", "items": {"type": "string"}}}}
})";

}  // namespace

boost::json::object const& api_schemas() {
  static boost::json::object const all = [] {
    boost::json::object out;
    for (std::string_view const text : {tickets, messages, dossiers, people, calls, knowledge}) {
      boost::json::value const some = boost::json::parse(text);
      for (auto const& [name, schema] : some.as_object()) out[name] = schema;
    }
    return out;
  }();
  return all;
}

}  // namespace spoc::daemon
