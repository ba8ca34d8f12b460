// SPDX-License-Identifier: GPL-3.0-or-later
// Where people come from, and where agents write of calls.
#include "daemon/directory_keys.hpp"

#include <array>

namespace spoc::daemon {
namespace {

using G = Given const&;
using K = Key<Config>;

constexpr std::array ldap_rows{
    K{"url", Type::text, "\"\"", "",
      "Directory from which contacts are taken: \"ldaps://ldap.example.org\" or \"ldap://...\"; empty for "
      "none.",
      [](Config& c, G v) { c.directory.server.url = v.text; }},
    K{"starttls", Type::boolean, "true", "",
      "Protect an ldap:// connection with StartTLS; required, not tried. false sends the password in the "
      "open.",
      [](Config& c, G v) { c.directory.server.starttls = v.boolean; }},
    K{"ca_file", Type::path, "\"\"", "", "Certificates to trust instead of the system's.",
      [](Config& c, G v) { c.directory.server.ca_file = v.path; }},
    K{"bind_dn", Type::text, "\"\"", "", "Login name, as a distinguished name; empty for none.",
      [](Config& c, G v) { c.directory.server.bind_dn = v.text; }},
    K{"password", Type::text, "\"\"", "", "Password; better as password_file or password_env.",
      [](Config& c, G v) { c.directory.server.password = v.text; }},
    K{"base", Type::text, "\"\"", "",
      "Where people are looked for, all below it: \"ou=people,dc=example,dc=org\".",
      [](Config& c, G v) { c.directory.server.base = v.text; }},
    K{"filter", Type::text, "\"(&(objectClass=person)(mail=*))\"", "", "Which entries are people (RFC 4515).",
      [](Config& c, G v) { c.directory.server.filter = v.text; }},
    K{"id", Type::texts, "[\"entryUUID\", \"objectGUID\"]", "",
      "Attributes with a person's key, which never changes; as in the following keys the first one that has "
      "a "
      "value counts.",
      [](Config& c, G v) { c.directory.attributes.id = v.texts; }},
    K{"name", Type::texts, "[\"displayName\", \"cn\"]", "", "Attributes with the name.",
      [](Config& c, G v) { c.directory.attributes.name = v.texts; }},
    K{"mail", Type::texts, "[\"mail\"]", "", "Attributes with mail addresses; all of their values count.",
      [](Config& c, G v) { c.directory.attributes.mail = v.texts; }},
    K{"phone", Type::texts, "[\"telephoneNumber\", \"mobile\"]", "",
      "Attributes with phone numbers; all of their values count.",
      [](Config& c, G v) { c.directory.attributes.phone = v.texts; }},
    K{"organisation", Type::texts, "[\"o\", \"company\"]", "", "Attributes with the organisation.",
      [](Config& c, G v) { c.directory.attributes.organisation = v.texts; }},
    K{"site", Type::texts, "[\"physicalDeliveryOfficeName\", \"l\"]", "", "Attributes with the site.",
      [](Config& c, G v) { c.directory.attributes.site = v.texts; }},
    K{"language", Type::texts, "[\"preferredLanguage\"]", "", "Attributes with the language.",
      [](Config& c, G v) { c.directory.attributes.language = v.texts; }},
    K{"equipment", Type::texts, "[]", "", "Attributes with equipment; all of their values count.",
      [](Config& c, G v) { c.directory.attributes.equipment = v.texts; }},
    K{"every", Type::duration, "\"6h\"", "", "How often spocd asks the directory; 0s for only by spocctl.",
      [](Config& c, G v) { c.directory.every = v.duration; }},
    K{"timeout", Type::duration, "\"30s\"", "1s..1h", "Longest wait for the directory's answer.",
      [](Config& c, G v) { c.directory.server.timeout = v.duration; }},
    K{"page", Type::integer, "500", "1..10000", "People that are asked for at a time.",
      [](Config& c, G v) { c.directory.server.page = static_cast<int>(v.integer); }},
};

constexpr std::array call_rows{
    K{"address", Type::text, "\"\"", "",
      "Where agents mail a note of a phone call, which becomes the caller's ticket; an address or alias of a "
      "[[mailbox]]. Empty for none.",
      [](Config& c, G v) { c.house.call_address = desk::normal(v.text); }},
    K{"mailbox", Type::text, "\"\"", "",
      "Mailbox whose team and address calls belong to; empty for the one where the note arrives.",
      [](Config& c, G v) { c.house.call_mailbox = v.text; }},
};

}  // namespace

std::span<Key<Config> const> directory_keys() { return ldap_rows; }
std::span<Key<Config> const> call_keys() { return call_rows; }

std::vector<SectionMistake> check_people(Config const& config) {
  std::vector<SectionMistake> out;
  desk::House const& house = config.house;
  if (!house.call_address.empty() && house.mailbox_at(house.call_address) == nullptr)
    out.push_back({"calls.address", 0, "\"" + house.call_address + "\" arrives in no mailbox",
                   "add it to the aliases of a [[mailbox]]"});
  if (!house.call_mailbox.empty() && house.mailbox(house.call_mailbox) == nullptr)
    out.push_back({"calls.mailbox", 0, "names \"" + house.call_mailbox + "\", which is not configured",
                   "use a [[mailbox]] name"});
  std::string const& url = config.directory.server.url;
  if (url.empty()) return out;
  if (!url.starts_with("ldap://") && !url.starts_with("ldaps://"))
    out.push_back({"ldap.url", 0, "\"" + url + "\" is no address of a directory",
                   "write \"ldaps://host\" or \"ldap://host\""});
  if (config.directory.server.base.empty())
    out.push_back({"ldap.base", 0, "is missing: nobody would be found", "name the folder of people"});
  if (config.directory.attributes.id.empty() && config.directory.attributes.mail.empty())
    out.push_back(
        {"ldap.id", 0, "and ldap.mail are empty: nobody could be told from others", "name an attribute"});
  return out;
}

}  // namespace spoc::daemon
