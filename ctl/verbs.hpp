// SPDX-License-Identifier: GPL-3.0-or-later
// The verbs of spocctl, as plain functions: each returns the exit code.
#pragma once

#include "daemon/config.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace spoc::ctl {

/// What every verb may be told.
struct Common {
  std::string config = "/etc/spoc/spoc.toml";
  bool json = false;
};

// mail.cpp: raw mails, without daemon or database
int mail_parse(std::vector<std::string> const& files, bool json);
int mail_reply(std::string const& file, bool html);
int html_sanitise(std::string const& file, bool json);
// thread.cpp
int mail_thread(std::string const& folder, bool open);
int mail_explain(Common const& common, std::string const& file);
// intake.cpp
int mail_import(Common const& common, std::string const& mailbox, std::vector<std::string> const& paths,
                bool quiet, bool each);
int index_waiting(Common const& common);
// knowledge.cpp
struct KbSearch {
  std::string query, folder, language;
  std::size_t limit = 10;
  bool internal = false;
};
int kb_search(Common const& common, KbSearch const& order);
int kb_check(Common const& common, std::string const& folder);
struct KbEvaluate {
  std::string articles, queries, judgements, language, synonyms;
  bool no_synonyms = false, no_spelling = false, feedback = false;
};
int kb_evaluate(Common const& common, KbEvaluate const& order);
// text.cpp
int template_render(Common const& common, std::string const& name, std::string const& language,
                    std::string const& data);
int template_check(Common const& common);
int config_check(Common const& common);
int config_print(Common const& common);
int config_keys();
// records.cpp: tickets and letters
struct TicketList {
  std::string status, assignee, team, sort = "changed";
  bool all = false;
  std::size_t limit = 100;
};
int ticket_list(Common const& common, TicketList const& order);
int ticket_show(Common const& common, std::int64_t number);
// act.cpp: what an agent's mail could do
struct TicketAct {
  std::int64_t number = 0;
  std::string as;        ///< the agent's handle
  std::string word;      ///< a command, or "" for a plain answer
  std::string argument;  ///< of the command
  std::string text;      ///< file with the words, "-" for standard input, "" for none
};
int ticket_act(Common const& common, TicketAct const& order);
// records.cpp
int outbox_list(Common const& common, std::string const& state);
/// Without an id: what waits, and what failed within so many days; negative: whenever.
int outbox_retry(Common const& common, std::optional<std::int64_t> id, int days);
// doors.cpp: other programs
struct ApiAsk {
  std::string method, path;
  std::string data;   ///< JSON, "@file" or "-"; "" for none
  std::string as;     ///< the agent's handle
  std::string match;  ///< an ETag
};
int api(Common const& common, ApiAsk const& order);
struct TokenAdd {
  std::string name, scope = "read", agent;
};
int token_add(Common const& common, TokenAdd const& order);
int token_list(Common const& common);
int token_revoke(Common const& common, std::string const& name);
// webhooks.cpp
int webhooks_list(Common const& common, std::string const& state);
int webhooks_retry(Common const& common, std::optional<std::int64_t> id);
int webhooks_test(Common const& common, std::string const& name);
// contacts.cpp: the people who write and call
struct ContactChange {
  std::string who;  ///< number, address, phone or name; "" for a new one
  std::optional<std::string> name, language, organisation, site, notes, external_id, vip;
  std::vector<std::string> addresses, phones, equipment;
};
int contact_list(Common const& common, std::string const& words, std::size_t limit);
int contact_show(Common const& common, std::string const& who);
int contact_set(Common const& common, ContactChange const& order);
int contact_merge(Common const& common, std::string const& into, std::string const& other);
int contact_address(Common const& common, std::string const& who, std::string const& address, bool add);
int contact_import(Common const& common, std::string const& file, bool dry_run);
int contact_sync(Common const& common, bool dry_run);
// calls.cpp: a phone call
struct PhoneCall {
  std::string as;      ///< handle of the agent who took it
  std::string caller;  ///< number, address or name
  std::string subject;
  std::string text;   ///< file with the words, "-" for standard input, "" for none
  std::string words;  ///< or the words themselves
  std::string kind, priority, outcome;
  bool fresh = false;  ///< the caller is nobody who is known
};
int phone_call(Common const& common, PhoneCall const& order);
// house.cpp: who answers
int team_list(Common const& common);
int agent_list(Common const& common);
// rules.cpp
struct RulesTest {
  std::int64_t ticket = 0;  ///< or
  std::string file;         ///< a raw mail, "-" for standard input
  std::string mailbox;      ///< into which it would come; "" for the first
};
int rules_test(Common const& common, RulesTest const& order);
// mails.cpp: as they came
int message_raw(Common const& common, std::int64_t id);
int message_retry(Common const& common, std::int64_t id);
int attachment_save(Common const& common, std::int64_t id, std::string const& name, std::string const& to);
int quarantine_list(Common const& common, bool all);
int quarantine_show(Common const& common, std::int64_t id, bool raw);
int quarantine_retry(Common const& common, std::int64_t id);
// state.cpp
int status(Common const& common);
int health(Common const& common);
// safety.cpp
int backup(Common const& common, std::string const& folder);
int restore(Common const& common, std::string const& folder);
int check(Common const& common, bool quick);

}  // namespace spoc::ctl
