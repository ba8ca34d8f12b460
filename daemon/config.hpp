// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration: one TOML file, one table of keys that makes defaults, help, checking and the manual's
// test.
#pragma once

#include "channels/http.hpp"
#include "channels/imap.hpp"
#include "channels/ldap.hpp"
#include "daemon/chat_rules.hpp"
#include "desk/people.hpp"

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::daemon {

enum class Intake { maildir, imap };
enum class Way { maildir, smtp };

/// Where access tokens come from (RFC 6749): for the client itself by its secret, or for a person by the
/// refresh token that they consented to. Files are read before each renewal, so that a new one needs no
/// restart.
struct TokenConfig {
  std::string name, url, client_id, client_secret, refresh_token, scope;
  std::filesystem::path client_secret_file, refresh_token_file, ca_file;
};

/// How one mailbox's mail is fetched.
struct MailboxConfig {
  desk::Mailbox desk;
  Intake source = Intake::maildir;
  std::filesystem::path maildir;
  channels::Account account;
  std::string tokens;  ///< the name of a TokenConfig; "" for a password
  std::string folder = "INBOX";
  channels::AfterCommit after = channels::AfterCommit::leave;
  std::string after_argument;
  desk::Duration poll = std::chrono::seconds{60};
};

/// What is asked about each mail before the desk judges it.
struct InspectionConfig {
  bool dkim = false;                ///< look at DKIM signatures ourselves
  std::filesystem::path dkim_keys;  ///< a file instead of the DNS
  std::string clamd;                ///< "" or where ClamAV's daemon listens
};

struct OutConfig {
  Way way = Way::maildir;
  std::filesystem::path maildir;
  channels::Account account;
  std::string tokens;  ///< as in MailboxConfig
  int connections = 1;
  desk::Duration give_up = std::chrono::days{5};
};

/// The REST API.
struct ApiConfig {
  bool tcp = true;                      ///< on the web's port as well as on the socket
  std::filesystem::path socket;         ///< "api.sock" in the data folder
  double per_second = 20;               ///< requests of one token
  std::size_t body_bytes = 20U << 20U;  ///< of a request that hands in files
};

/// Which attributes of a directory's entries say what.
struct DirectoryAttributes {
  std::vector<std::string> id, name, mail, phone, organisation, site, language, equipment;
};

/// Where contacts come from; an empty url: from nowhere.
struct DirectoryConfig {
  channels::Directory server;
  DirectoryAttributes attributes;
  desk::Duration every{};
};

/// A calendar as it stands in the file.
struct CalendarConfig {
  std::string name, time_zone;
  std::vector<std::string> hours, holidays;
};

struct Config {
  std::filesystem::path data = "/var/lib/spoc";
  desk::House house;
  std::vector<MailboxConfig> mailboxes;
  std::vector<CalendarConfig> calendars;
  std::vector<TokenConfig> tokens;
  OutConfig out;
  InspectionConfig inspection;
  DirectoryConfig directory;
  bool http = true;
  channels::HttpSettings web;
  ApiConfig api;
  std::string chat_mailbox;
  ChatRules chat;
  std::filesystem::path chat_identity_key;
  std::vector<std::string> matrix;  ///< as it stands in the file; house.matrix is what it means
  std::filesystem::path knowledge;
  std::filesystem::path drafts;    ///< of articles; within the data folder unless it is said
  std::filesystem::path synonyms;  ///< the operator's own list; "" for none
  desk::Duration knowledge_poll = std::chrono::seconds{5};
  std::filesystem::path templates;
  std::string log_level = "info";
  bool log_json = false;
  std::filesystem::path secret_file;  ///< of the tokens' key; "" is <data>/secret
  int disk_alarm = 5;                 ///< per cent of free space under which health fails

  std::filesystem::path database() const { return data / "spoc.db"; }
  std::filesystem::path index() const { return data / "index"; }
  std::filesystem::path key_file() const { return secret_file.empty() ? data / "secret" : secret_file; }
};

/// One thing that is wrong, where, and what to do about it.
struct Mistake {
  int line = 0;  ///< 0: the file as a whole
  std::string key;
  std::string what;
  std::string remedy;
  std::size_t nth = 0;  ///< of sections that may stand many times, which
};

struct Loaded {
  Config config;
  std::vector<Mistake> mistakes;
  std::map<std::string, int>
      lines;  ///< where each key stands: "desk.data", "[team].members 1" for the second team
};

/// What must be there besides the words: a verb that only looks into the store needs no password and no
/// certificate, and may be run by whom neither is readable.
enum class Demand { words, all };

/// Reads the text of a configuration file. `folder` is what relative paths start from.
Loaded read_config(std::string_view toml, std::filesystem::path const& folder, Demand demand = Demand::all);
/// Reads and checks the file; with Demand::all secrets, and files and folders it names, too. Makes the data
/// folder.
Loaded load_config(std::filesystem::path const& file, Demand demand = Demand::all);

/// One row of the table, as documentation and tests see it.
struct KeyRow {
  std::string_view section;  ///< "desk", "[mailbox]" for an array of tables
  std::string_view name;
  std::string_view type;
  std::string_view initial;
  std::string_view help;
};
std::vector<KeyRow> config_keys();

/// The configuration with every default filled in, as TOML; secrets are shown as "***".
std::string print_config(std::string_view toml, std::filesystem::path const& folder);

}  // namespace spoc::daemon
