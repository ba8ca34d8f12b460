// SPDX-License-Identifier: GPL-3.0-or-later
// Reads and checks [[webhook]].
#include "daemon/webhook_keys.hpp"

#include "channels/target.hpp"
#include "daemon/config_keys.hpp"
#include "desk/nearest.hpp"
#include "parser/codec.hpp"

#include <algorithm>
#include <array>
#include <set>

namespace spoc::daemon {
namespace {

using W = desk::Webhook;
using G = Given const&;
using WK = Key<W>;

constexpr std::array webhook_rows{
    WK{"name", Type::text, "", "", "Name, for then.webhook of rules and for spocctl webhooks test.",
       [](W& w, G v) { w.name = v.text; }},
    WK{"url", Type::text, "", "", "Where calls go, by POST: an https address.",
       [](W& w, G v) { w.url = v.text; }},
    WK{"secret", Type::text, "", "",
       "Signs each call, so that the receiver knows who it is from: at least 16 characters, or \"whsec_\" "
       "and "
       "base64. Better as secret_file or secret_env.",
       [](W& w, G v) { w.secret = v.text; }},
    WK{"events", Type::texts, "[]", "",
       "What it hears of by itself: ticket.opened, ticket.changed, ticket.resolved, ticket.closed, "
       "ticket.merged, message.received, message.answered, message.noted, alarm. []: only what rules send.",
       [](W& w, G v) { w.events = v.texts; }},
    WK{"allow_private", Type::boolean, "false", "",
       "Its name may lead to an address of the inside (loopback, private and local ranges), and http may be "
       "used.",
       [](W& w, G v) { w.allow_private = v.boolean; }},
    WK{"ca_file", Type::path, "\"\"", "", "Certificates to trust instead of the system's.",
       [](W& w, G v) { w.ca_file = v.path.string(); }},
    WK{"give_up", Type::duration, "\"2d\"", "",
       "A call that has not been taken for so long is given up, and the operator hears of it.",
       [](W& w, G v) { w.give_up = v.duration; }},
};

constexpr std::string_view secret_mark = "whsec_";
constexpr std::size_t shortest_secret = 16;

bool is_address(W const& webhook) {
  bool const tls = webhook.url.starts_with("https://");
  if (!tls && !(webhook.allow_private && webhook.url.starts_with("http://"))) return false;
  return channels::authority_in(webhook.url).has_value();
}

void check(W& webhook, std::size_t nth, std::vector<SectionMistake>& out) {
  if (!is_address(webhook))
    out.push_back(
        {"[webhook].url", nth, "can't be called: \"" + webhook.url + "\"",
         "write https://host/path, without user and password; http only with allow_private = true"});
  if (webhook.secret.starts_with(secret_mark))
    webhook.secret = parser::decode_base64(std::string_view{webhook.secret}.substr(secret_mark.size()));
  if (webhook.secret.size() < shortest_secret)
    out.push_back({"[webhook].secret", nth, "is too short to sign with",
                   "use at least 16 characters, such as: openssl rand -hex 24"});
  auto const& words = desk::event_words();
  for (std::string const& event : webhook.events) {
    if (std::find(words.begin(), words.end(), event) != words.end()) continue;
    auto const near = desk::nearest(event, words);
    out.push_back({"[webhook].events", nth, "does not know \"" + event + "\"",
                   near ? "did you mean \"" + std::string{*near} + "\"?" : "see spoc.toml(5)"});
  }
  if (webhook.give_up < std::chrono::seconds{10})
    out.push_back({"[webhook].give_up", nth, "leaves no time to try again", "write \"10s\" or more"});
}

}  // namespace

std::span<Key<W> const> webhook_keys() { return webhook_rows; }

std::vector<SectionMistake> settle_webhooks(Config& config) {
  std::vector<SectionMistake> out;
  std::set<std::string> names;
  auto& all = config.house.webhooks;
  for (std::size_t nth = 0; nth < all.size(); ++nth) {
    if (!names.insert(all[nth].name).second)
      out.push_back({"[webhook].name", nth, "stands twice: \"" + all[nth].name + "\"",
                     "give each webhook a name of its own"});
    check(all[nth], nth, out);
  }
  return out;
}

}  // namespace spoc::daemon
