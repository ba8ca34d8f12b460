// SPDX-License-Identifier: GPL-3.0-or-later
// Mistakes that only show when the whole file is known.
#include "daemon/config_whole.hpp"

#include "channels/target.hpp"
#include "daemon/chat_form.hpp"
#include "daemon/directory_keys.hpp"
#include "daemon/level_keys.hpp"
#include "daemon/routing_keys.hpp"
#include "daemon/rule_keys.hpp"
#include "daemon/token_keys.hpp"
#include "daemon/webhook_keys.hpp"
#include "desk/macro.hpp"
#include "desk/thread.hpp"

#include <unistd.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <map>
#include <utility>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

std::string nth(std::string key, std::size_t index) { return key + " " + std::to_string(index); }

/// Three rows of three priorities.
void read_matrix(Loaded& loaded) {
  desk::PriorityMatrix& matrix = loaded.config.house.matrix;
  bool well = loaded.config.matrix.size() == matrix.size();
  for (std::size_t i = 0; well && i < matrix.size(); ++i) {
    auto const row = desk::matrix_row(loaded.config.matrix[i]);
    well = row.has_value();
    if (row) matrix.at(i) = *row;
  }
  if (!well)
    whole(loaded, "desk.matrix", "is no matrix of priorities",
          "write three rows like \"P1 P2 P3\": impact high, medium, low; in each, urgency high, medium, low");
}

/// Macros hold what an agent may write, and are told apart by name and language.
void check_macros(Loaded& loaded) {
  auto const& macros = loaded.config.house.macros;
  for (std::size_t i = 0; i < macros.size(); ++i) {
    for (std::string const& fault : desk::macro_faults(macros[i]))
      whole(loaded, nth("[macro].text", i), "macro \"" + macros[i].name + "\": " + fault,
            "see spoc-commands(7)");
    for (std::size_t j = 0; j < i; ++j)
      if (desk::normal(macros[j].name) == desk::normal(macros[i].name) &&
          macros[j].language == macros[i].language)
        whole(loaded, nth("[macro].name", i), "is there twice: \"" + macros[i].name + "\"",
              "give one of them another name or language");
  }
}

/// What the table can't see: names that must exist elsewhere in the file.
void check_sections(Loaded& loaded) {
  Config const& config = loaded.config;
  desk::House const& house = config.house;
  if (config.mailboxes.empty())
    whole(loaded, "[mailbox]", "is missing: nothing would ever arrive", "add a [[mailbox]] section");
  if (house.agents.empty())
    whole(loaded, "[agent]", "is missing: nobody would be told", "add an [[agent]] section");
  for (std::string const& rule : house.disabled_rules)
    if (!desk::rule_named(rule))
      whole(loaded, "desk.disabled_rules", "does not know \"" + rule + "\"",
            "see spoc.toml(5) for the rules' names");
  if (!config.chat_mailbox.empty() && house.mailbox(config.chat_mailbox) == nullptr)
    whole(loaded, "chat.mailbox", "names \"" + config.chat_mailbox + "\", which is not configured",
          "use a [[mailbox]] name");
  if (auto const hours = read_hours(config.chat.hours); !hours)
    whole(loaded, "chat.hours", "holds what can't be read: " + hours.error().what,
          "write spans such as \"mon-fri 08:00-16:00\"");
  if (auto const form = read_form(config.chat.form); !form)
    whole(loaded, "chat.form", "holds what can't be read: " + form.error().what,
          "write a question, \"!\" where it must be answered, and behind \"|\" what it is in en, nb, zh-Hans "
          "or "
          "zh-Hant; name and address are known in each");
  bool const calendar = std::any_of(house.calendars.begin(), house.calendars.end(),
                                    [&](auto const& one) { return one.name == config.chat.calendar; });
  if (!config.chat.calendar.empty() && !calendar)
    whole(loaded, "chat.calendar", "names calendar \"" + config.chat.calendar + "\", which is not configured",
          "add [[calendar]] name = \"" + config.chat.calendar + "\"");
  if (!config.chat.calendar.empty() && !config.chat.hours.empty())
    whole(loaded, "chat.calendar", "and chat.hours are both given", "keep one of them");
  if (config.chat.identity.way != Identity::Way::none && config.chat_identity_key.empty())
    whole(loaded, "chat.identity_key_file", "is missing: nobody could be recognised",
          "name the file with the key, or set identity = \"none\"");
}

/// A server that is named while the way to it was forgotten: mail would lie in a folder that nobody looks
/// into, and all would seem well. Whoever writes "maildir" means it.
void check_ways(Loaded& loaded) {
  Config const& config = loaded.config;
  auto const given = [&](std::string const& key) { return loaded.lines.contains(key); };
  for (std::string const key : {"host", "user"})
    if (!given("out.way") && given("out." + key))
      whole(loaded, "out." + key,
            "is given, but way is not and means \"maildir\": letters would only be put into a folder",
            "write way = \"smtp\" under [out], or remove " + key);
  for (std::size_t i = 0; i < config.mailboxes.size(); ++i)
    for (std::string const key : {"host", "user"})
      if (!given(nth("[mailbox].source", i)) && given(nth("[mailbox]." + key, i)))
        whole(loaded, nth("[mailbox]." + key, i),
              "is given, but source is not and means \"maildir\": a folder would be read, not the server",
              "write source = \"imap\" in that [[mailbox]], or remove " + key);
}

/// What belongs to one mailbox or agent alone: whose it is.
using Owners = std::map<std::string, std::size_t>;

void expect_own(Loaded& loaded, Owners& owners, std::string const& word, std::string const& key,
                std::size_t owner) {
  if (word.empty() || owners.emplace(desk::normal(word), owner).first->second == owner) return;
  whole(loaded, nth(key, owner), "is there twice: \"" + word + "\"", "give it to one of them alone");
}

void check_twice(Loaded& loaded) {
  Owners names, boxes, handles, people;
  auto const mailboxes = loaded.config.house.mailboxes;
  for (std::size_t i = 0; i < mailboxes.size(); ++i) {
    expect_own(loaded, names, mailboxes[i].name, "[mailbox].name", i);
    expect_own(loaded, boxes, mailboxes[i].address.address, "[mailbox].address", i);
    for (std::string const& one : mailboxes[i].aliases)
      expect_own(loaded, boxes, one, "[mailbox].aliases", i);
  }
  auto const agents = loaded.config.house.agents;
  for (std::size_t i = 0; i < agents.size(); ++i) {
    expect_own(loaded, handles, agents[i].handle, "[agent].handle", i);
    for (std::string const& one : agents[i].addresses)
      expect_own(loaded, people, one, "[agent].addresses", i);
  }
}

void expect_address(Loaded& loaded, std::string const& key, std::size_t owner, std::string const& word) {
  if (desk::is_address(word)) return;
  whole(loaded, nth(key, owner), "holds what is no mail address: \"" + word + "\"",
        "write it like support@example.org");
}

bool is_domain(std::string const& word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '.' || c == '-' || c == '_' || c >= 0x80;
  });
}

/// Has something been said of this key, or of the file or the variable that it comes from?
bool is_told(Loaded const& loaded, std::string const& key, std::size_t nth = 0) {
  return std::any_of(loaded.mistakes.begin(), loaded.mistakes.end(),
                     [&](Mistake const& one) { return one.key.starts_with(key) && one.nth == nth; });
}

/// What nobody could write to, and where nobody could listen. What is no text at all, or missing, has been
/// told.
void check_addresses(Loaded& loaded) {
  Config const& config = loaded.config;
  auto const& boxes = config.house.mailboxes;
  for (std::size_t i = 0; i < boxes.size(); ++i) {
    if (!is_told(loaded, "[mailbox].address", i))
      expect_address(loaded, "[mailbox].address", i, boxes[i].address.address);
    for (std::string const& one : boxes[i].aliases) expect_address(loaded, "[mailbox].aliases", i, one);
  }
  auto const& agents = config.house.agents;
  for (std::size_t i = 0; i < agents.size(); ++i) {
    if (agents[i].addresses.empty() && !is_told(loaded, "[agent].addresses", i))
      whole(loaded, nth("[agent].addresses", i), "is empty: the agent would be told nothing",
            "write at least one address");
    for (std::string const& one : agents[i].addresses) expect_address(loaded, "[agent].addresses", i, one);
  }
  if (!is_told(loaded, "desk.domain") && !is_domain(config.house.domain))
    whole(loaded, "desk.domain", "is no domain: \"" + config.house.domain + "\"",
          "write it like example.org");
  if (config.http && !is_told(loaded, "web.address") && !channels::is_ip_address(config.web.address))
    whole(loaded, "web.address", "is no IP address: \"" + config.web.address + "\"",
          "give one, such as 127.0.0.1 or ::");
}

void expect_password(Loaded& loaded, std::string const& section, std::size_t owner,
                     channels::Account const& account, std::string const& tokens) {
  std::string const key = section + ".password";
  bool const has = !tokens.empty() || !account.password.empty() || !account.password_file.empty();
  if (account.user.empty() || has || is_told(loaded, key, owner)) return;
  whole(loaded, section.front() == '[' ? nth(key, owner) : key,
        "is missing for user \"" + account.user + "\"",
        "add password_file = \"...\", or oauth2_from where the server wants access tokens");
}

/// Better told now than by a server's refusal. What could not be read has been told.
void check_logins(Loaded& loaded) {
  Config const& config = loaded.config;
  if (config.out.way == Way::smtp && config.house.domain == "localhost")
    whole(loaded, "desk.domain",
          "is \"localhost\", and letters leave by smtp: others would take them for spam",
          "write your mail domain under [desk]: domain = \"example.org\"");
  if (config.out.way == Way::smtp) expect_password(loaded, "out", 0, config.out.account, config.out.tokens);
  for (std::size_t i = 0; i < config.mailboxes.size(); ++i) {
    MailboxConfig const& box = config.mailboxes[i];
    if (box.source != Intake::imap) continue;
    if (box.account.user.empty() && box.tokens.empty())
      whole(loaded, nth("[mailbox].user", i), "is missing: no IMAP server lets anybody in without a name",
            "add: user = \"...\"");
    expect_password(loaded, "[mailbox]", i, box.account, box.tokens);
  }
}

void check_after(Loaded& loaded) {
  auto const& boxes = loaded.config.mailboxes;
  for (std::size_t i = 0; i < boxes.size(); ++i)
    if (boxes[i].after == channels::AfterCommit::move && boxes[i].after_argument.empty())
      whole(loaded, nth("[mailbox].after", i), "is \"move\", but after_argument is missing: move where?",
            "add: after_argument = \"the folder\"");
}

void expect_file(Loaded& loaded, std::string const& key, fs::path const& file) {
  std::error_code fault;
  if (!file.empty() && !fs::exists(file, fault))
    whole(loaded, key, "is not there: " + file.string(), "create it or remove the key");
}

void check_drafts(Loaded& loaded) {
  Config const& config = loaded.config;
  for (std::string const& handle : config.house.reviewers)
    if (config.house.agent(handle) == nullptr)
      whole(loaded, "knowledge.reviewers", "names \"" + handle + "\", who is no agent",
            "use the handle of an [[agent]]");
  if (config.knowledge.empty()) return;
  auto const within = config.drafts.lexically_relative(config.knowledge);
  if (!within.empty() && *within.begin() != "..")
    whole(loaded, "knowledge.drafts", "lies within the articles' folder, where every file is an article",
          "name a folder elsewhere");
}

}  // namespace

void whole(Loaded& loaded, std::string key, std::string what, std::string remedy) {
  auto const line = loaded.lines.find(key);
  std::size_t const blank = key.front() == '[' ? key.find(' ') : std::string::npos;
  std::size_t count = 0;
  if (blank != std::string::npos) std::from_chars(key.data() + blank + 1, key.data() + key.size(), count);
  loaded.mistakes.push_back({line == loaded.lines.end() ? 0 : line->second, key.substr(0, blank),
                             std::move(what), std::move(remedy), count});
}

void settle(Loaded& loaded, fs::path const& folder) {
  Config& config = loaded.config;
  auto const under = [](fs::path const& base, fs::path& path) {
    if (!path.empty() && path.is_relative()) path = (base / path).lexically_normal();
  };
  config.chat.pages = config.web.origins;
  config.web.limits.upload = std::max(config.chat.file_bytes, config.api.body_bytes);
  if (!config.house.public_url.empty()) config.chat.pages.push_back(config.house.public_url);
  under(folder, config.data);
  for (fs::path* path : {&config.secret_file, &config.knowledge, &config.synonyms, &config.templates,
                         &config.inspection.dkim_keys, &config.out.account.ca_file, &config.chat_identity_key,
                         &config.directory.server.ca_file})
    under(folder, *path);
  for (desk::Webhook& one : config.house.webhooks) {
    fs::path file{one.ca_file};
    under(folder, file);
    one.ca_file = file.string();
  }
  for (TokenConfig& one : config.tokens) under(folder, one.ca_file);
  if (config.drafts.empty()) config.drafts = "drafts";
  under(config.data, config.drafts);
  config.house.keeps_knowledge = !config.knowledge.empty();
  under(config.data, config.out.maildir);
  under(config.data, config.api.socket);
  for (MailboxConfig& box : config.mailboxes) {
    under(config.data, box.maildir);
    under(folder, box.account.ca_file);
    if (box.desk.address.name.empty()) box.desk.address.name = config.house.name;
    config.house.mailboxes.push_back(box.desk);
  }
}

void check_names(Loaded& loaded) {
  read_matrix(loaded);
  check_sections(loaded);
  check_macros(loaded);
  check_drafts(loaded);
  check_ways(loaded);
  check_twice(loaded);
  check_addresses(loaded);
  check_logins(loaded);
  check_after(loaded);
  for (auto* const check : {+[](Config& config) { return settle_levels(config); },
                            +[](Config& config) { return check_people(config); },
                            +[](Config& config) { return check_routing(config); },
                            +[](Config& config) { return settle_webhooks(config); },
                            +[](Config& config) { return check_tokens(config); },
                            +[](Config& config) { return check_rules(config); }})
    for (SectionMistake& one : check(loaded.config))
      whole(loaded, one.key.front() == '[' ? nth(one.key, one.nth) : one.key, std::move(one.what),
            std::move(one.remedy));
}

void check_files(Loaded& loaded) {
  Config const& config = loaded.config;
  std::error_code fault;
  fs::create_directories(config.data, fault);
  if (fault || ::access(config.data.c_str(), W_OK) != 0)
    whole(loaded, "desk.data",
          "can't be written: " + config.data.string() + ": " +
              (fault ? fault.message() : std::string{std::strerror(errno)}),
          "create it and give it to spocd's user: install -d -o spoc -m 0700 " + config.data.string());
  for (auto const& [key, path] : {std::pair{"desk.secret_file", config.secret_file},
                                  {"desk.dkim_keys", config.inspection.dkim_keys},
                                  {"knowledge.synonyms", config.synonyms},
                                  {"out.ca_file", config.out.account.ca_file},
                                  {"chat.identity_key_file", config.chat_identity_key},
                                  {"ldap.ca_file", config.directory.server.ca_file}})
    expect_file(loaded, key, path);
  // A desk at work goes on with the articles that its index has (daemon/shelf.hpp): a disk that is not
  // mounted must not keep it from its mail. Health says so.
  bool const at_work = fs::exists(config.index(), fault);
  for (auto const& [key, path] : {std::pair{"knowledge.folder", at_work ? fs::path{} : config.knowledge},
                                  {"desk.templates", config.templates}})
    if (!path.empty() && !fs::is_directory(path))
      whole(loaded, key, "is no folder: " + path.string(), "create it or remove the key");
  for (std::size_t i = 0; i < config.mailboxes.size(); ++i)
    expect_file(loaded, nth("[mailbox].ca_file", i), config.mailboxes[i].account.ca_file);
  for (std::size_t i = 0; i < config.tokens.size(); ++i)
    expect_file(loaded, nth("[oauth2].ca_file", i), config.tokens[i].ca_file);
  for (SectionMistake& one : check_token_secrets(config))
    whole(loaded, nth(one.key, one.nth), std::move(one.what), std::move(one.remedy));
  for (std::size_t i = 0; i < config.house.webhooks.size(); ++i)
    expect_file(loaded, nth("[webhook].ca_file", i), config.house.webhooks[i].ca_file);
}

}  // namespace spoc::daemon
