// SPDX-License-Identifier: GPL-3.0-or-later
// Every configuration key, once.
#include "daemon/config_keys.hpp"

#include "daemon/directory_keys.hpp"

#include <array>

namespace spoc::daemon {
namespace {

using channels::AfterCommit;
using channels::Security;
using G = Given const&;
using K = Key<Config>;

Security security_of(std::string_view word) {
  return word == "tls" ? Security::tls : word == "starttls" ? Security::starttls : Security::none;
}

Identity::Way way_of(std::string_view word) {
  if (word == "hs256") return Identity::Way::hs256;
  if (word == "rs256") return Identity::Way::rs256;
  return word == "hmac" ? Identity::Way::hmac : Identity::Way::none;
}

constexpr std::array desk_keys{
    K{"name", Type::text, "\"Service desk\"", "", "How the desk signs its letters.",
      [](Config& c, G v) { c.house.name = v.text; }},
    K{"domain", Type::text, "\"localhost\"", "",
      "Right-hand side of the Message-IDs of letters; use your own mail domain.",
      [](Config& c, G v) { c.house.domain = v.text; }},
    K{"data", Type::path, "\"/var/lib/spoc\"", "",
      "Folder for the database, the search index and the tokens' key. Must be writable.",
      [](Config& c, G v) { c.data = v.path; }},
    K{"secret_file", Type::path, "\"\"", "",
      "File with the key that signs tokens (at least 32 bytes). Empty: made on first start as \"secret\" in "
      "the data folder. Losing it makes old letters' tokens void.",
      [](Config& c, G v) { c.secret_file = v.path; }},
    K{"public_url", Type::text, "\"\"", "",
      "Web address under which people reach this desk, for links in letters. Empty: articles are sent as "
      "text.",
      [](Config& c, G v) { c.house.public_url = v.text; }},
    K{"reopen_window", Type::duration, "\"14d\"", "",
      "A reply to a closed ticket reopens it within this time; later it opens a new one, linked.",
      [](Config& c, G v) { c.house.reopen_window = v.duration; }},
    K{"subject_window", Type::duration, "\"30d\"", "",
      "How old a ticket may be to be found by its subject alone.",
      [](Config& c, G v) { c.house.subject_window = v.duration; }},
    K{"time_zone", Type::text, "\"UTC\"", "",
      "Time zone in which letters tell the time, like \"Europe/Oslo\".",
      [](Config& c, G v) { c.house.time_zone = v.text; }},
    K{"close_after", Type::duration, "\"0s\"", "",
      "A resolved ticket of which nothing more is heard is closed after this time; 0s for never.",
      [](Config& c, G v) { c.house.close_after = v.duration; }},
    K{"undo_delay", Type::duration, "\"30s\"", "",
      "An agent's answer waits this long, so that /cancel can stop it.",
      [](Config& c, G v) { c.house.undo_delay = v.duration; }},
    K{"automatic_budget", Type::integer, "6", "0..1000",
      "Automatic letters to one address within an hour; past it the desk is silent.",
      [](Config& c, G v) { c.house.automatic_budget = static_cast<int>(v.integer); }},
    K{"digest", Type::text, "\"\"", "",
      "When each agent gets their tickets, and those that they may take, as a numbered list whose answer "
      "acts "
      "on the numbers: \"07:30\" (Monday to Friday) or \"Mon-Sat 07:30\", by the agent's time zone, else "
      "by their team's calendar. Empty: no lists.",
      [](Config& c, G v) { c.house.digest = v.text; }},
    K{"disabled_rules", Type::texts, "[]", "",
      "Threading rules that are switched off: token, reference, body-token, subject-number, sibling, "
      "same-subject.",
      [](Config& c, G v) { c.house.disabled_rules = v.texts; }},
    K{"authserv_ids", Type::texts, "[]", "",
      "Names under which your own mail server writes Authentication-Results (RFC 8601). When set, an agent's "
      "mail must pass there.",
      [](Config& c, G v) { c.house.authserv_ids = v.texts; }},
    K{"mail_budget", Type::integer, "60", "0..4000",
      "Mails from one address within an hour that get tickets and letters; what comes beyond is filed in "
      "that "
      "address's newest ticket, without letters, and an alarm sounds. 0: no limit.",
      [](Config& c, G v) { c.house.mail_budget = static_cast<int>(v.integer); }},
    K{"dkim", Type::choice, "\"off\"", "off|check|require",
      "Look at DKIM signatures here, for mail servers that do not. require: an agent's mail must carry a "
      "good "
      "signature of its domain (or pass at authserv_ids).",
      [](Config& c, G v) {
        c.inspection.dkim = v.text != "off";
        c.house.dkim_required = v.text == "require";
      }},
    K{"dkim_keys", Type::path, "\"\"", "",
      "File with public keys (lines \"selector._domainkey.example.org v=DKIM1; p=...\") to ask instead of "
      "the "
      "DNS.",
      [](Config& c, G v) { c.inspection.dkim_keys = v.path; }},
    K{"clamd", Type::text, "\"\"", "",
      "Where ClamAV's daemon listens: the path of its socket, or address:port. Attachments in which it finds "
      "something are kept aside, files by chat and by the API refused; while it can't be asked, all are kept "
      "aside.",
      [](Config& c, G v) { c.inspection.clamd = v.text; }},
    K{"matrix", Type::texts, "[\"P1 P2 P3\", \"P2 P3 P4\", \"P3 P4 P4\"]", "",
      "Priorities: a row for each impact (high, medium, low), in it one for each urgency (high, medium, "
      "low).",
      [](Config& c, G v) { c.matrix = v.texts; }},
    K{"vip", Type::texts, "[]", "", "Addresses and domains of people whose new tickets are more urgent.",
      [](Config& c, G v) {
        for (auto const& one : v.texts) c.house.vip.push_back(desk::normal(one));
      }},
    K{"vip_urgency", Type::choice, "\"high\"", "high|medium|low", "Urgency of their new tickets.",
      [](Config& c, G v) { c.house.vip_urgency = *desk::level_named(v.text); }},
    K{"templates", Type::path, "\"\"", "",
      "Folder with your own letter texts, <language>/<name>.mustache; what is missing there is built in.",
      [](Config& c, G v) { c.templates = v.path; }},
};

constexpr std::array out_keys{
    K{"way", Type::choice, "\"maildir\"", "maildir|smtp",
      "How letters leave: smtp sends them by your server, maildir only puts them into a folder, to try "
      "things.",
      [](Config& c, G v) { c.out.way = v.text == "smtp" ? Way::smtp : Way::maildir; }},
    K{"maildir", Type::path, "\"out\"", "",
      "Maildir that letters are put into, for way = \"maildir\"; relative to the data folder.",
      [](Config& c, G v) { c.out.maildir = v.path; }},
    K{"host", Type::text, "\"localhost\"", "", "Submission server.",
      [](Config& c, G v) { c.out.account.host = v.text; }},
    K{"port", Type::integer, "587", "1..65535", "Its port: 587 for STARTTLS, 465 for TLS.",
      [](Config& c, G v) { c.out.account.port = static_cast<std::uint16_t>(v.integer); }},
    K{"security", Type::choice, "\"starttls\"", "tls|starttls|none",
      "How the connection is protected; starttls is required, not tried.",
      [](Config& c, G v) { c.out.account.security = security_of(v.text); }},
    K{"user", Type::text, "\"\"", "", "Login name; empty for none.",
      [](Config& c, G v) { c.out.account.user = v.text; }},
    K{"password", Type::text, "\"\"", "", "Password; better as password_file or password_env.",
      [](Config& c, G v) { c.out.account.password = v.text, c.out.account.password_file = v.path; }},
    K{"oauth2", Type::boolean, "false", "", "The password is an OAuth2 access token.",
      [](Config& c, G v) { c.out.account.oauth2 = v.boolean; }},
    K{"oauth2_from", Type::text, "\"\"", "",
      "An [[oauth2]] section that gets the access tokens and renews them; empty: the password is all.",
      [](Config& c, G v) { c.out.tokens = v.text; }},
    K{"ca_file", Type::path, "\"\"", "", "Certificates to trust instead of the system's.",
      [](Config& c, G v) { c.out.account.ca_file = v.path; }},
    K{"timeout", Type::duration, "\"30s\"", "1s..1h", "Longest wait for the server's answer.",
      [](Config& c, G v) { c.out.account.timeout = v.duration; }},
    K{"connections", Type::integer, "1", "1..8", "Letters are sent over so many connections at a time.",
      [](Config& c, G v) { c.out.connections = static_cast<int>(v.integer); }},
    K{"delay_notice", Type::duration, "\"4h\"", "",
      "An answer that could not be delivered for so long: its agents are told; it is tried on.",
      [](Config& c, G v) { c.house.delay_notice = v.duration; }},
    K{"give_up", Type::duration, "\"5d\"", "",
      "A letter that can't be delivered for so long is given up and the agent told.",
      [](Config& c, G v) { c.out.give_up = v.duration; }},
};

constexpr std::array web_keys{
    K{"enabled", Type::boolean, "true", "", "Serve the chat widget, articles, health and metrics.",
      [](Config& c, G v) { c.http = v.boolean; }},
    K{"address", Type::text, "\"127.0.0.1\"", "",
      "Address to listen on. Put a TLS proxy before it for anything but loopback.",
      [](Config& c, G v) { c.web.address = v.text; }},
    K{"port", Type::integer, "8080", "0..65535", "Port to listen on; 0 takes any free one.",
      [](Config& c, G v) { c.web.port = static_cast<std::uint16_t>(v.integer); }},
    K{"connections", Type::integer, "20000", "1..1000000", "Open connections at most.",
      [](Config& c, G v) { c.web.limits.connections = static_cast<std::size_t>(v.integer); }},
    K{"proxies", Type::texts, "[]", "",
      "IP addresses of your own reverse proxies, whose X-Forwarded-For is believed.",
      [](Config& c, G v) { c.web.proxies = v.texts; }},
    K{"connections_per_peer", Type::integer, "200", "1..1000000",
      "Open connections of one IP address at most.",
      [](Config& c, G v) { c.web.limits.connections_per_peer = static_cast<std::size_t>(v.integer); }},
};

constexpr std::array api_keys{
    K{"tcp", Type::boolean, "true", "",
      "Serve /api/v1 on web.port, for bearers of a token (spocctl token add). The socket is served in any "
      "case.",
      [](Config& c, G v) { c.api.tcp = v.boolean; }},
    K{"socket", Type::path, "\"api.sock\"", "",
      "Unix socket with the same API, where this user and root need no token; relative to the data folder.",
      [](Config& c, G v) { c.api.socket = v.path; }},
    K{"rate", Type::integer, "20", "1..100000",
      "Requests a second of one token; bursts of five times that are let through.",
      [](Config& c, G v) { c.api.per_second = static_cast<double>(v.integer); }},
    K{"body_size", Type::integer, "20", "1..100",
      "Largest request that hands in files, in megabytes; files travel a third larger than they are.",
      [](Config& c, G v) { c.api.body_bytes = static_cast<std::size_t>(v.integer) << 20U; }},
};

constexpr std::array chat_keys{
    K{"origins", Type::texts, "[]", "",
      "Origins (https://intranet.example.org) of the pages that may open the chat; \"*\" for any. The desk's "
      "own pages always may.",
      [](Config& c, G v) { c.web.origins = v.texts; }},
    K{"mailbox", Type::text, "\"\"", "",
      "Mailbox whose team and address chats belong to; empty for the first.",
      [](Config& c, G v) { c.chat_mailbox = v.text; }},
    K{"gathering", Type::duration, "\"20s\"", "0s..1h",
      "So long after a visitor's last line, their lines go to the agents as one mail; at the latest four "
      "times "
      "that after the first of them, where they go on writing.",
      [](Config& c, G v) { c.house.chat_gathering = v.duration; }},
    K{"unread_after", Type::duration, "\"10m\"", "",
      "An answer that the visitor has not seen in the chat so long after it was written goes by mail, where "
      "they left an address; sooner, where they leave without having seen it.",
      [](Config& c, G v) { c.house.unread_after = v.duration; }},
    K{"visitor_megabytes", Type::integer, "100", "0..100000",
      "Megabytes of files an hour from one visitor, and ten times that from one IP address; 0 for no limit.",
      [](Config& c, G v) { c.chat.megabytes_an_hour = static_cast<int>(v.integer); }},
    K{"lines_per_second", Type::integer, "10", "1..1000",
      "Frames a second from one socket; bursts of four times that are let through.",
      [](Config& c, G v) { c.web.chat.frames_per_second = static_cast<double>(v.integer); }},
    K{"visitor_lines", Type::integer, "120", "0..100000",
      "Lines and files a minute from one visitor, over all of their tabs; 0 for no limit.",
      [](Config& c, G v) { c.chat.lines_per_minute = static_cast<int>(v.integer); }},
    K{"peer_lines", Type::integer, "3000", "0..1000000",
      "Lines and files a minute from one IP address, behind which a whole office may sit; 0 for no limit.",
      [](Config& c, G v) { c.chat.lines_per_peer = static_cast<int>(v.integer); }},
    K{"hours", Type::texts, "[]", "",
      "When chats are answered, such as \"mon-fri 08:00-16:00\", in the machine's time zone; empty for "
      "always. Outside of them the widget says so, asks for an address and takes the message all the same.",
      [](Config& c, G v) { c.chat.hours = v.texts; }},
    K{"calendar", Type::text, "\"\"", "",
      "A [[calendar]] whose open time says it instead, with its holidays and its time zone.",
      [](Config& c, G v) { c.chat.calendar = v.text; }},
    K{"form", Type::texts, "[]", "",
      "Questions that the widget asks before the first line, such as \"Department! | nb: Avdeling\": with ! "
      "it "
      "must be answered, behind | it is put into other languages. The answers go along with that line.",
      [](Config& c, G v) { c.chat.form = v.texts; }},
    K{"identity", Type::choice, "\"none\"", "none|hs256|rs256|hmac",
      "How the intranet signs who a visitor is; see docs/widget.md.",
      [](Config& c, G v) { c.chat.identity.way = way_of(v.text); }},
    K{"identity_key_file", Type::path, "\"\"", "",
      "File with the shared secret (at least 32 bytes), or for rs256 with the public key in PEM.",
      [](Config& c, G v) { c.chat_identity_key = v.path; }},
    K{"identity_audience", Type::text, "\"\"", "", "What the JWT's aud must name; empty for anything.",
      [](Config& c, G v) { c.chat.identity.audience = v.text; }},
    K{"file_size", Type::integer, "10", "0..50",
      "Largest file that a visitor may hand in, in megabytes; 0 takes none.",
      [](Config& c, G v) { c.chat.file_bytes = static_cast<std::size_t>(v.integer) << 20U; }},
    K{"file_types", Type::texts,
      "[\"png\", \"jpg\", \"jpeg\", \"gif\", \"webp\", \"pdf\", \"txt\", \"log\", \"csv\", \"docx\", "
      "\"xlsx\", "
      "\"pptx\", \"odt\", \"ods\", \"zip\"]",
      "",
      "What such a file's name may end in. Pictures and PDF must be what they say; programs are never "
      "taken.",
      [](Config& c, G v) {
        for (auto const& one : v.texts) c.chat.file_types.push_back(desk::normal(one));
      }},
};

constexpr std::array knowledge_keys{
    K{"folder", Type::path, "\"\"", "",
      "Folder with the articles (Markdown with front matter); empty for none.",
      [](Config& c, G v) { c.knowledge = v.path; }},
    K{"poll", Type::duration, "\"5s\"", "100ms..25m", "How often the folder is looked through for changes.",
      [](Config& c, G v) { c.knowledge_poll = v.duration; }},
    K{"synonyms", Type::path, "\"\"", "",
      "File with words that mean the same to your people, beside those that Spoc knows (docs/knowledge.md); "
      "empty for none.",
      [](Config& c, G v) { c.synonyms = v.path; }},
    K{"drafts", Type::path, "\"drafts\"", "",
      "Folder, within the data folder or elsewhere, where the drafts of /kb wait. It must not lie within the "
      "articles' folder.",
      [](Config& c, G v) { c.drafts = v.path; }},
    K{"reviewers", Type::texts, "[]", "",
      "Handles of the agents who get drafts and publish or reject them; empty for the ticket's team.",
      [](Config& c, G v) {
        for (auto const& one : v.texts) c.house.reviewers.push_back(desk::normal(one));
      }},
};

constexpr std::array log_keys{
    K{"level", Type::choice, "\"info\"", "debug|info|warning|error", "What is logged.",
      [](Config& c, G v) { c.log_level = v.text; }},
    K{"format", Type::choice, "\"text\"", "text|json", "key=value lines, or one JSON object a line.",
      [](Config& c, G v) { c.log_json = v.text == "json"; }},
};

constexpr std::array health_keys{
    K{"disk_free", Type::integer, "5", "0..100",
      "Health fails when less than so many per cent of the data folder's disk are free.",
      [](Config& c, G v) { c.disk_alarm = static_cast<int>(v.integer); }},
};

std::array const sections{
    SingleSection{"desk", desk_keys},        SingleSection{"out", out_keys},
    SingleSection{"web", web_keys},          SingleSection{"api", api_keys},
    SingleSection{"chat", chat_keys},        SingleSection{"knowledge", knowledge_keys},
    SingleSection{"log", log_keys},          SingleSection{"health", health_keys},
    SingleSection{"ldap", directory_keys()}, SingleSection{"calls", call_keys()},
};

using M = MailboxConfig;
using MK = Key<MailboxConfig>;
AfterCommit after_of(std::string_view word) {
  if (word == "flag") return AfterCommit::flag;
  if (word == "move") return AfterCommit::move;
  return word == "delete" ? AfterCommit::erase : AfterCommit::leave;
}

constexpr std::array mailbox_rows{
    MK{"name", Type::text, "", "", "Short name, used in the ledger: do not change it later.",
       [](M& m, G v) { m.desk.name = v.text; }},
    MK{"address", Type::text, "", "",
       "The address that people write to; letters come from it. Sub-addresses (support+...@) must arrive "
       "here too.",
       [](M& m, G v) { m.desk.address.address = desk::normal(v.text); }},
    MK{"display_name", Type::text, "\"\"", "", "Name shown with the address; empty for the desk's name.",
       [](M& m, G v) { m.desk.address.name = v.text; }},
    MK{"aliases", Type::texts, "[]", "", "Other addresses that arrive here.",
       [](M& m, G v) {
         for (auto const& one : v.texts) m.desk.aliases.push_back(desk::normal(one));
       }},
    MK{"team", Type::text, "\"\"", "", "The team that gets its new tickets; empty for all agents.",
       [](M& m, G v) { m.desk.team = v.text; }},
    MK{"teams", Type::texts, "[]", "",
       "More than one team that its new tickets can go to: which one is chosen by skill, site, language and "
       "open hours (docs/desks.md). Takes the place of team.",
       [](M& m, G v) { m.desk.teams = v.texts; }},
    MK{"site", Type::text, "\"\"", "",
       "Where those who write to it sit, unless their address says so: a [[site]].",
       [](M& m, G v) { m.desk.site = v.text; }},
    MK{"language", Type::choice, "\"en\"", "en|zh-Hans|zh-Hant|nb",
       "Language for requesters whose own is not known.", [](M& m, G v) { m.desk.language = v.text; }},
    MK{"acknowledge", Type::boolean, "true", "", "Answer new tickets with number and articles.",
       [](M& m, G v) { m.desk.acknowledge = v.boolean; }},
    MK{"trust_reply_to", Type::texts, "[]", "",
       "Addresses of web forms and the like, which write for others: the requester is who stands in "
       "Reply-To.",
       [](M& m, G v) {
         for (auto const& one : v.texts) m.desk.trust_reply_to.push_back(desk::normal(one));
       }},
    MK{"max_size", Type::integer, "50", "1..64",
       "Megabytes of a mail that are taken in whole. Of a larger one the header and the beginning make the "
       "ticket, and its author is told.",
       [](M& m, G v) { m.desk.max_size = static_cast<std::uint64_t>(v.integer) << 20U; }},
    MK{"held_extensions", Type::texts,
       "[\"ade\", \"adp\", \"apk\", \"appx\", \"bat\", \"chm\", \"cmd\", \"com\", \"cpl\", \"dll\", "
       "\"docm\", "
       "\"dotm\", \"exe\", \"hta\", \"img\", \"inf\", \"ins\", \"iso\", \"jar\", \"js\", \"jse\", \"lnk\", "
       "\"mde\", \"msc\", \"msi\", \"msp\", \"mst\", \"pif\", \"potm\", \"ppam\", \"ppsm\", \"pptm\", "
       "\"ps1\", "
       "\"reg\", \"scr\", \"sct\", \"vb\", \"vbe\", \"vbs\", \"vhd\", \"vhdx\", \"wsc\", \"wsf\", \"wsh\", "
       "\"xlam\", \"xlsm\", \"xltm\"]",
       "",
       "Attachments whose names end so are kept aside and named, never passed on (spocctl attachment save). "
       "[]: everything is passed on.",
       [](M& m, G v) {
         for (auto const& one : v.texts) m.desk.held_extensions.push_back(desk::normal(one));
       }},
    MK{"kind", Type::choice, "\"incident\"", "incident|request|question|complaint",
       "Kind of its new tickets.", [](M& m, G v) { m.desk.kind = *desk::ticket_kind_named(v.text); }},
    MK{"impact", Type::choice, "\"medium\"", "high|medium|low", "Impact of its new tickets.",
       [](M& m, G v) { m.desk.impact = *desk::level_named(v.text); }},
    MK{"urgency", Type::choice, "\"medium\"", "high|medium|low", "Urgency of its new tickets.",
       [](M& m, G v) { m.desk.urgency = *desk::level_named(v.text); }},
    MK{"source", Type::choice, "\"maildir\"", "maildir|imap",
       "Where its mail is taken from: imap reads your server, maildir a folder on this machine.",
       [](M& m, G v) { m.source = v.text == "imap" ? Intake::imap : Intake::maildir; }},
    MK{"maildir", Type::path, "\"in\"", "",
       "Maildir to read, for source = \"maildir\"; relative to the data folder. Made if it is missing.",
       [](M& m, G v) { m.maildir = v.path; }},
    MK{"host", Type::text, "\"localhost\"", "", "IMAP server.", [](M& m, G v) { m.account.host = v.text; }},
    MK{"port", Type::integer, "993", "1..65535", "Its port: 993 for TLS, 143 for STARTTLS.",
       [](M& m, G v) { m.account.port = static_cast<std::uint16_t>(v.integer); }},
    MK{"security", Type::choice, "\"tls\"", "tls|starttls|none",
       "How the connection is protected; starttls is required, not tried.",
       [](M& m, G v) { m.account.security = security_of(v.text); }},
    MK{"user", Type::text, "\"\"", "", "Login name.", [](M& m, G v) { m.account.user = v.text; }},
    MK{"password", Type::text, "\"\"", "", "Password; better as password_file or password_env.",
       [](M& m, G v) { m.account.password = v.text, m.account.password_file = v.path; }},
    MK{"oauth2", Type::boolean, "false", "", "The password is an OAuth2 access token.",
       [](M& m, G v) { m.account.oauth2 = v.boolean; }},
    MK{"oauth2_from", Type::text, "\"\"", "",
       "An [[oauth2]] section that gets the access tokens and renews them; empty: the password is all.",
       [](M& m, G v) { m.tokens = v.text; }},
    MK{"ca_file", Type::path, "\"\"", "", "Certificates to trust instead of the system's.",
       [](M& m, G v) { m.account.ca_file = v.path; }},
    MK{"timeout", Type::duration, "\"30s\"", "1s..1h", "Longest wait for the server's answer.",
       [](M& m, G v) { m.account.timeout = v.duration; }},
    MK{"folder", Type::text, "\"INBOX\"", "", "IMAP folder to read.", [](M& m, G v) { m.folder = v.text; }},
    MK{"after", Type::choice, "\"leave\"", "leave|flag|move|delete",
       "What happens to a mail once it is safely in the database.",
       [](M& m, G v) { m.after = after_of(v.text); }},
    MK{"after_argument", Type::text, "\"\"", "",
       "The folder for move; the keyword for flag (empty: \\Flagged).",
       [](M& m, G v) { m.after_argument = v.text; }},
    MK{"poll", Type::duration, "\"60s\"", "1s..25m",
       "How often to look where the server has no IDLE, and at the least.",
       [](M& m, G v) { m.poll = v.duration; }},
};

}  // namespace

std::span<SingleSection const> single_sections() { return sections; }
std::span<Key<MailboxConfig> const> mailbox_keys() { return mailbox_rows; }

bool is_secret(std::string_view key) {
  return key == "password" || key == "secret" || key == "client_secret" || key == "refresh_token";
}

std::string_view name(Type type) {
  switch (type) {
    case Type::text:
      return "text";
    case Type::integer:
      return "whole number";
    case Type::boolean:
      return "true or false";
    case Type::duration:
      return "duration (\"30s\", \"5m\", \"2h\", \"14d\")";
    case Type::texts:
      return "list of texts";
    case Type::path:
      return "path";
    case Type::choice:
      return "word";
  }
  return "text";
}

std::vector<KeyRow> config_keys() {
  std::vector<KeyRow> rows;
  auto const add = [&](std::string_view section, auto const& keys) {
    for (auto const& key : keys) rows.push_back({section, key.name, name(key.type), key.initial, key.help});
  };
  for (SingleSection const& section : single_sections()) add(section.name, section.keys);
  add("[mailbox]", mailbox_keys());
  add("[agent]", agent_keys());
  add("[team]", team_keys());
  add("[category]", category_keys());
  add("[site]", site_keys());
  add("[calendar]", calendar_keys());
  add("[sla]", policy_keys());
  add("[rule]", rule_keys());
  add("[macro]", macro_keys());
  add("[webhook]", webhook_keys());
  add("[oauth2]", token_keys());
  return rows;
}

}  // namespace spoc::daemon
