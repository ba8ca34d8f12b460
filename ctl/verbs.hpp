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
// knowledge.cpp
struct KbSearch {
  std::string query, folder, language;
  std::size_t limit = 10;
  bool internal = false;
};
int kb_search(Common const& common, KbSearch const& order);
struct KbEvaluate {
  std::string articles, queries, judgements, language;
};
int kb_evaluate(Common const& common, KbEvaluate const& order);
// text.cpp
int template_render(Common const& common, std::string const& name, std::string const& language,
                    std::string const& data);
int template_check(Common const& common);
int config_check(Common const& common);
int config_print(Common const& common);
int config_keys();
// records.cpp: what is in the store
struct TicketList {
  std::string status, assignee, team, sort = "changed";
  bool all = false;
  std::size_t limit = 100;
};
int ticket_list(Common const& common, TicketList const& order);
int ticket_show(Common const& common, std::int64_t number);
int outbox_list(Common const& common, std::string const& state);
int outbox_retry(Common const& common, std::optional<std::int64_t> id);
int quarantine_list(Common const& common, bool all);
int quarantine_show(Common const& common, std::int64_t id);
int quarantine_retry(Common const& common, std::int64_t id);
// state.cpp
int status(Common const& common);
int health(Common const& common);

}  // namespace spoc::ctl
