// SPDX-License-Identifier: GPL-3.0-or-later
// Asks a provider for access tokens.
#include "daemon/token_source.hpp"

#include "channels/secret.hpp"
#include "channels/target.hpp"
#include "channels/web_call.hpp"
#include "daemon/log.hpp"
#include "daemon/synchronise.hpp"
#include "parser/digest.hpp"

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <map>
#include <memory>
#include <utility>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds usual_life{3600};  // where the provider does not say (RFC 6749 5.1)
constexpr seconds shortest_life{60}, longest_life{86400};
/// A connection that is dialled just now should not end at once.
constexpr seconds spare{300};
/// A token that is refused so soon is not to blame: another would be refused, too.
constexpr minutes fresh{1};

/// As it was configured, or the file's first line as it is now.
std::string now_in(std::string const& configured, fs::path const& file) {
  if (file.empty()) return configured;
  std::string line = channels::secret_in(file).value_or("");
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string form(std::map<std::string, std::string> const& fields) {
  std::string out;
  for (auto const& [name, value] : fields)
    if (!value.empty()) out += (out.empty() ? "" : "&") + name + "=" + channels::percent_encoded(value);
  return out;
}

std::string text_in(json::object const& object, std::string_view name) {
  json::value const* const found = object.if_contains(name);
  return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
}

/// Some providers write the number as a text.
seconds life_in(json::object const& object) {
  json::value const* const found = object.if_contains("expires_in");
  std::int64_t count = usual_life.count();
  if (found != nullptr && found->is_number()) {
    boost::system::error_code fault;
    auto const number = found->to_number<std::int64_t>(fault);
    if (!fault) count = number;
  } else if (std::string const text = text_in(object, "expires_in");
             !text.empty() && text.size() < 10 &&
             std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
    count = std::stoll(text);
  }
  return std::clamp(seconds{count}, shortest_life, longest_life);
}

std::string one_line_of(std::string text) {
  constexpr std::size_t most = 300;
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, ' ');
  return text.substr(0, most);
}

json::object object_in(std::string const& body) {
  boost::system::error_code fault;
  json::value const value = json::parse(body, fault);
  return !fault && value.is_object() ? value.get_object() : json::object{};
}

}  // namespace

TokenSource::TokenSource(TokenConfig config, fs::path kept, std::function<Moment()> clock)
    : config_{std::move(config)}, kept_{std::move(kept)}, clock_{std::move(clock)} {}

Error TokenSource::trouble(Kind kind, std::string const& words) const {
  return {kind, "no access token from [[oauth2]] " + config_.name + " (" + config_.url + "): " + words};
}

Result<std::string> TokenSource::token(channels::Wake const& wake) {
  std::lock_guard const lock{mutex_};
  if (!token_.empty() && clock_() < renew_at_) return token_;
  auto const renewed = renew(wake);
  // While the provider is away, the last one serves to its end.
  bool const serves = !token_.empty() && clock_() < ends_;
  if (!renewed && !serves) return renewed.error();
  return token_;
}

bool TokenSource::refused(std::string const& token) {
  std::lock_guard const lock{mutex_};
  if (token != token_) return true;
  if (clock_() - got_ < fresh) return false;
  token_.clear();
  return true;
}

Result<> TokenSource::renew(channels::Wake const& wake) {
  // At the end of the daemon each waits for the one before it, and a name that is looked up in vain takes
  // long.
  if (wake.rung()) return trouble(Kind::busy, "called away");
  std::string const configured = now_in(config_.refresh_token, config_.refresh_token_file);
  bool const file_is_gone = configured.empty() && !config_.refresh_token_file.empty();
  if (file_is_gone)
    return trouble(Kind::busy,
                   config_.refresh_token_file.string() + " can't be read, or its first line is empty");
  auto const refresh = refresh_token_of(configured);
  if (!refresh) return refresh.error();
  channels::WebCall call;
  call.url = config_.url;
  call.inside = true;  // the operator's word, not a stranger's
  call.ca_file = config_.ca_file;
  call.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  call.body = form({{"grant_type", configured.empty() ? "client_credentials" : "refresh_token"},
                    {"client_id", config_.client_id},
                    {"client_secret", now_in(config_.client_secret, config_.client_secret_file)},
                    {"refresh_token", *refresh},
                    {"scope", config_.scope}});
  auto const answer = channels::call_web(call, &wake);
  if (!answer) return trouble(Kind::busy, answer.error().what);
  return take(*answer, configured, *refresh);
}

Result<> TokenSource::take(channels::WebAnswer const& answer, std::string const& configured,
                           std::string const& refresh) {
  json::object const said = object_in(answer.body);
  std::string token = text_in(said, "access_token");
  if (answer.status != 200 || token.empty()) {
    std::string const fault = text_in(said, "error");
    bool const ours = answer.status == 400 || answer.status == 401 || answer.status == 403;
    bool const later = fault == "temporarily_unavailable" || fault == "slow_down" || fault == "server_error";
    std::string const words =
        one_line_of(std::to_string(answer.status) + " " + fault + " " + text_in(said, "error_description"));
    if (!ours || later) return trouble(Kind::busy, words);
    return trouble(Kind::denied, words + (fault == "invalid_grant"
                                              ? "; get a new refresh token and put it in the old one's place"
                                              : "; check client_id, client_secret and scope"));
  }
  token_ = std::move(token);
  got_ = clock_();
  seconds const life = life_in(said);
  ends_ = got_ + life;
  renew_at_ = ends_ - std::min(spare, life / 4);
  std::string next = text_in(said, "refresh_token");
  if (configured.empty() || next.empty() || next == refresh) return {};
  keep({parser::sha256(configured), std::move(next)});
  return {};
}

/// Many providers give a new one with each token, and the old one ends some day. What the operator puts in
/// its place begins anew. The old one in the place of one that can't be read just now would be worse than
/// none: providers that see one again take all that came of it for stolen.
Result<std::string> TokenSource::refresh_token_of(std::string const& configured) {
  if (configured.empty()) return std::string{};
  if (!grown_) {
    std::error_code fault;
    bool const is_there = fs::exists(kept_, fault) || fault;
    std::ifstream in{kept_};
    if (is_there && !in)
      return trouble(Kind::busy,
                     kept_.string() +
                         ", which holds the newest refresh token, can't be read; give this user "
                         "the file, or put a new token into the configured one's place and remove "
                         "the file");
    grown_.emplace();
    std::getline(in, grown_->root);
    std::getline(in, grown_->token);
  }
  bool const of_this = !grown_->token.empty() && grown_->root == parser::sha256(configured);
  return of_this ? grown_->token : configured;
}

void TokenSource::keep(Grown grown) {
  auto const written = write_whole(kept_, grown.root + "\n" + grown.token + "\n", 0600);
  if (!written) Entry{Severity::error, "refresh token not kept"}.with("why", written.error().what).write();
  grown_ = std::move(grown);
}

void provide_tokens(Config& config) {
  std::map<std::string, std::shared_ptr<channels::Tokens>> sources;
  for (TokenConfig const& one : config.tokens)
    sources.emplace(one.name, std::make_shared<TokenSource>(one, config.data / ("refresh." + one.name)));
  auto const provide = [&](std::string const& name, channels::Account& account) {
    if (auto const found = sources.find(name); found != sources.end()) account.tokens = found->second;
  };
  provide(config.out.tokens, config.out.account);
  for (MailboxConfig& box : config.mailboxes) provide(box.tokens, box.account);
}

}  // namespace spoc::daemon
