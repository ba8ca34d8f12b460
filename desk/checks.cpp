// SPDX-License-Identifier: GPL-3.0-or-later
// Takes Authentication-Results apart and says what they mean for a mail.
#include "desk/checks.hpp"

#include <algorithm>
#include <optional>

namespace spoc::desk {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// Words and signs of a structured field: comments (nested, RFC 5322 3.2.2) are dropped, quoted strings are
/// one word.
class ResultWords {
 public:
  explicit ResultWords(std::string_view text) : text_{text} {}

  /// The next word, ";" or "="; nothing at the end.
  std::optional<std::string> next() {
    pass_blanks();
    if (at_ >= text_.size()) return std::nullopt;
    quoted = text_[at_] == '"';
    if (quoted) return read_quoted();
    if (text_[at_] == ';' || text_[at_] == '=') return std::string{text_[at_++]};
    std::size_t const begin = at_;
    while (at_ < text_.size() && !is_blank(text_[at_]) &&
           std::string_view{";=(\""}.find(text_[at_]) == std::string_view::npos)
      ++at_;
    return std::string{text_.substr(begin, at_ - begin)};
  }

  bool quoted = false;  ///< the last word stood in quotes: it is never a sign

 private:
  void pass_blanks() {
    int depth = 0;
    for (; at_ < text_.size(); ++at_) {
      char const c = text_[at_];
      if (c == '(') ++depth;
      if (depth == 0 && !is_blank(c)) return;
      if (c == '\\' && depth > 0) ++at_;
      if (c == ')' && depth > 0) --depth;
    }
  }
  std::string read_quoted() {
    std::string out;
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      out += text_[at_];
    }
    ++at_;
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

/// Domain of an address or a host name as it is: "a@example.org" and "example.org" are the same here.
std::string domain_in(std::string const& value) {
  auto const at = value.rfind('@');
  return at == std::string::npos ? value : value.substr(at + 1);
}

std::string property(MethodResult const& one, std::string const& key) {
  auto const found = one.properties.find(key);
  return found == one.properties.end() ? "" : domain_in(found->second);
}

/// "dkim=pass" begins a method, "header.d=example.org" belongs to it; "/1" is a version.
void put(std::vector<MethodResult>& methods, bool& begun, std::string key, std::string const& value) {
  key = normal(key.substr(0, key.find('/')));
  if (!begun) {
    methods.push_back({key, normal(value), "", {}});
    begun = true;
  } else if (key == "reason") {
    methods.back().reason = value;
  } else {
    methods.back().properties.try_emplace(key, normal(value));
  }
}

Check check_of(MethodResult const& one) {
  if (one.method == "dmarc") return {one.result, property(one, "header.from")};
  if (one.method == "spf") {
    std::string const domain = property(one, "smtp.mailfrom");
    return {one.result, domain.empty() ? property(one, "smtp.helo") : domain};
  }
  std::string const domain = property(one, "header.d");
  return {one.result, domain.empty() ? property(one, "header.i") : domain};
}

/// Among several signatures the one of the author's own domain counts, then one that holds.
bool better(Check const& one, Check const& than, std::string const& author) {
  auto const rank = [&](Check const& check) {
    return (check.result == "pass" ? 2 : 0) + (check.domain == author ? 1 : 0);
  };
  return than.result.empty() || rank(one) > rank(than);
}

std::string author_domain(Mail const& mail) {
  return mail.from.empty() ? "" : domain_in(normal(mail.from.front().address));
}

bool is_fail(Check const& check) { return check.result == "fail" || check.result == "softfail"; }

std::string joined(std::string const& name, Check const& check) {
  return check.result.empty() ? "" : name + "=" + check.result + ":" + check.domain + "\n";
}

}  // namespace

AuthenticationResults read_authentication_results(std::string_view field) {
  AuthenticationResults out;
  ResultWords words{field};
  out.server = normal(words.next().value_or(""));
  if (out.server == ";" || out.server == "=") return {};
  std::string key;
  bool begun = false, valued = false;
  while (auto word = words.next()) {
    if (!words.quoted && *word == ";") {
      begun = valued = false;
      key.clear();
    } else if (!words.quoted && *word == "=") {
      valued = !key.empty();
    } else if (valued) {
      put(out.methods, begun, key, *word);
      valued = false;
      key.clear();
    } else {
      key = *word;
    }
  }
  return out;
}

std::vector<AuthenticationResults> believed_results(Mail const& mail,
                                                    std::vector<std::string> const& authserv_ids) {
  auto const ours = [&](std::string const& server) {
    return std::any_of(authserv_ids.begin(), authserv_ids.end(),
                       [&](std::string const& id) { return normal(id) == server; });
  };
  auto const own = std::find_if(mail.received_by.begin(), mail.received_by.end(), ours);
  bool const hop_known = own != mail.received_by.end();
  auto const own_hop = static_cast<int>(own - mail.received_by.begin());
  std::vector<AuthenticationResults> out;
  for (std::size_t i = 0; i < mail.authentication_results.size(); ++i) {
    int const hop = i < mail.authentication_hops.size() ? mail.authentication_hops[i] : 0;
    if (hop_known && hop > own_hop + 1) break;  // another server had the mail after this was written
    bool const above = hop_known && hop <= own_hop;
    if (!out.empty() && !above) break;
    AuthenticationResults read = read_authentication_results(mail.authentication_results[i]);
    if (ours(read.server)) out.push_back(std::move(read));
  }
  return out;
}

bool Checks::failed() const {
  if (dmarc.result == "pass") return false;
  if (dmarc.result == "fail") return true;
  if (dkim.result == "fail") return spf.result != "pass";
  return is_fail(spf) && dkim.result != "pass";
}

Checks checks_of(Mail const& mail, std::vector<std::string> const& authserv_ids) {
  Checks out;
  std::string const author = author_domain(mail);
  for (AuthenticationResults const& field : believed_results(mail, authserv_ids)) {
    if (out.by.empty()) out.by = field.server;
    for (MethodResult const& one : field.methods) {
      Check const check = check_of(one);
      if (one.method == "spf" && out.spf.result.empty()) out.spf = check;
      if (one.method == "dmarc" && out.dmarc.result.empty()) out.dmarc = check;
      if (one.method == "dkim" && better(check, out.dkim, author)) out.dkim = check;
    }
  }
  if (!out.dkim.result.empty()) return out;
  for (SeenSignature const& one : mail.signatures)
    if (Check const check{one.result, normal(one.domain)}; better(check, out.dkim, author)) out.dkim = check;
  if (!out.dkim.result.empty() && out.by.empty()) out.by = "spocd";
  return out;
}

std::string shown(Checks const& checks) {
  std::string out;
  auto const add = [&](std::string_view name, Check const& check) {
    if (check.result.empty()) return;
    out += (out.empty() ? "" : ", ") + std::string{name} + " " + check.result;
    if (!check.domain.empty()) out += " (" + check.domain + ")";
  };
  add("SPF", checks.spf);
  add("DKIM", checks.dkim);
  add("DMARC", checks.dmarc);
  return out;
}

std::string as_text(Checks const& checks) {
  if (!checks.known()) return "";
  return "by=" + checks.by + "\n" + joined("spf", checks.spf) + joined("dkim", checks.dkim) +
         joined("dmarc", checks.dmarc);
}

Checks checks_from(std::string_view text) {
  Checks out;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find('\n'), text.size());
    std::string_view const line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::size_t const sign = line.find('=');
    if (sign == std::string_view::npos) continue;
    std::string_view const key = line.substr(0, sign), value = line.substr(sign + 1);
    std::size_t const colon = std::min(value.find(':'), value.size());
    Check const check{std::string{value.substr(0, colon)},
                      std::string{value.substr(std::min(colon + 1, value.size()))}};
    if (key == "by") out.by = value;
    if (key == "spf") out.spf = check;
    if (key == "dkim") out.dkim = check;
    if (key == "dmarc") out.dmarc = check;
  }
  return out;
}

}  // namespace spoc::desk
