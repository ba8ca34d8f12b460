// SPDX-License-Identifier: GPL-3.0-or-later
// Reads and checks [[oauth2]].
#include "daemon/token_keys.hpp"

#include "channels/target.hpp"
#include "daemon/config_keys.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace spoc::daemon {
namespace {

using T = TokenConfig;
using G = Given const&;
using K = Key<T>;

constexpr std::array token_rows{
    K{"name", Type::text, "", "", "Name, for oauth2_from of mailboxes and of [out].",
      [](T& t, G v) { t.name = v.text; }},
    K{"url", Type::text, "", "", "The provider's token endpoint: an https address.",
      [](T& t, G v) { t.url = v.text; }},
    K{"client_id", Type::text, "", "", "Under which this desk is registered with the provider.",
      [](T& t, G v) { t.client_id = v.text; }},
    K{"client_secret", Type::text, "\"\"", "",
      "What the provider gave with it. Better as client_secret_file, which is read before each renewal, or "
      "as "
      "client_secret_env.",
      [](T& t, G v) { t.client_secret = v.text, t.client_secret_file = v.path; }},
    K{"refresh_token", Type::text, "\"\"", "",
      "What the mailbox's owner consented to. Empty: tokens are asked for the client itself (client "
      "credentials). Better as refresh_token_file, which is read before each renewal, or as "
      "refresh_token_env.",
      [](T& t, G v) { t.refresh_token = v.text, t.refresh_token_file = v.path; }},
    K{"scope", Type::text, "\"\"", "", "What is asked for; empty for what the provider gives by itself.",
      [](T& t, G v) { t.scope = v.text; }},
    K{"ca_file", Type::path, "\"\"", "", "Certificates to trust instead of the system's.",
      [](T& t, G v) { t.ca_file = v.path; }},
};

/// Secrets are said to it: in plain text to this machine alone.
bool is_safe(std::string const& url) {
  auto const authority = channels::authority_in(url);
  if (!authority) return false;
  if (url.starts_with("https://")) return true;
  std::string_view const host =
      authority->substr(0, authority->find(':', authority->starts_with('[') ? 5 : 0));
  return url.starts_with("http://") && (host == "127.0.0.1" || host == "localhost" || host == "[::1]");
}

/// Part of a file's name.
bool is_plain(std::string const& name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

struct Use {
  std::string section;
  std::size_t nth = 0;
  std::string tokens;
  channels::Account const* account = nullptr;
};

std::vector<Use> uses_of(Config const& config) {
  std::vector<Use> out;
  if (!config.out.tokens.empty()) out.push_back({"out", 0, config.out.tokens, &config.out.account});
  for (std::size_t nth = 0; nth < config.mailboxes.size(); ++nth) {
    MailboxConfig const& box = config.mailboxes[nth];
    if (!box.tokens.empty()) out.push_back({"[mailbox]", nth, box.tokens, &box.account});
  }
  return out;
}

}  // namespace

std::span<K const> token_keys() { return token_rows; }

std::vector<SectionMistake> check_tokens(Config& config) {
  std::vector<SectionMistake> out;
  std::set<std::string> names;
  for (std::size_t nth = 0; nth < config.tokens.size(); ++nth) {
    T const& one = config.tokens[nth];
    if (!is_plain(one.name))
      out.push_back(
          {"[oauth2].name", nth, "can't be a name: \"" + one.name + "\"", "use letters, digits, - and _"});
    if (!names.insert(one.name).second)
      out.push_back({"[oauth2].name", nth, "stands twice: \"" + one.name + "\"",
                     "give each [[oauth2]] a name of its own"});
    if (!is_safe(one.url))
      out.push_back({"[oauth2].url", nth, "can't be asked: \"" + one.url + "\"",
                     "write https://host/path, without user and password"});
  }
  for (Use const& use : uses_of(config)) {
    if (!names.contains(use.tokens))
      out.push_back({use.section + ".oauth2_from", use.nth,
                     "names \"" + use.tokens + "\", which is not configured",
                     "add [[oauth2]] name = \"" + use.tokens + "\""});
    if (use.account->user.empty())
      out.push_back({use.section + ".oauth2_from", use.nth, "is given, but user is not: whose mail is it?",
                     "add: user = \"support@example.org\", as the server knows it"});
    if (!use.account->password.empty() || !use.account->password_file.empty())
      out.push_back(
          {use.section + ".oauth2_from", use.nth, "and a password are both given", "keep one of them"});
  }
  return out;
}

std::vector<SectionMistake> check_token_secrets(Config const& config) {
  std::vector<SectionMistake> out;
  for (std::size_t nth = 0; nth < config.tokens.size(); ++nth) {
    T const& one = config.tokens[nth];
    auto const all = uses_of(config);
    bool const used =
        std::any_of(all.begin(), all.end(), [&](Use const& use) { return use.tokens == one.name; });
    if (used && one.client_secret.empty() && one.refresh_token.empty())
      out.push_back({"[oauth2].client_secret", nth, "and refresh_token are both missing",
                     "add client_secret_file, refresh_token_file or both: see docs/operating.md"});
  }
  return out;
}

}  // namespace spoc::daemon
