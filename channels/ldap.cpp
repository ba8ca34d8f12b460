// SPDX-License-Identifier: GPL-3.0-or-later
// libldap behind one function. The only source that names it.
#include "channels/ldap.hpp"

#include <ldap.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>

namespace spoc::channels {
namespace {

struct Unbind {
  void operator()(LDAP* handle) const { ldap_unbind_ext_s(handle, nullptr, nullptr); }
};
using LdapHandle = std::unique_ptr<LDAP, Unbind>;
struct FreeMessage {
  void operator()(LDAPMessage* message) const { ldap_msgfree(message); }
};
using LdapAnswer = std::unique_ptr<LDAPMessage, FreeMessage>;
struct FreeControl {
  void operator()(LDAPControl* control) const { ldap_control_free(control); }
};
using Control = std::unique_ptr<LDAPControl, FreeControl>;
struct FreeValues {
  void operator()(berval** values) const { ldap_value_free_len(values); }
};
using Values = std::unique_ptr<berval*, FreeValues>;
struct FreeText {
  void operator()(char* text) const { ldap_memfree(text); }
};
using Text = std::unique_ptr<char, FreeText>;

timeval as_timeval(std::chrono::milliseconds time) {
  timeval out{};
  out.tv_sec = time.count() / 1000;
  out.tv_usec = static_cast<decltype(out.tv_usec)>(time.count() % 1000 * 1000);
  return out;
}

Kind kind_of(int code) {
  switch (code) {
    case LDAP_INVALID_CREDENTIALS:
    case LDAP_INSUFFICIENT_ACCESS:
    case LDAP_INAPPROPRIATE_AUTH:
    case LDAP_STRONG_AUTH_REQUIRED:
      return Kind::denied;
    case LDAP_SERVER_DOWN:
    case LDAP_TIMEOUT:
    case LDAP_CONNECT_ERROR:
    case LDAP_BUSY:
    case LDAP_UNAVAILABLE:
    case LDAP_TIMELIMIT_EXCEEDED:
      return Kind::busy;
    default:
      return Kind::refused;
  }
}

/// What the server or the TLS library adds to the code.
std::string more_words(LDAP* handle) {
  char* words = nullptr;
  ldap_get_option(handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &words);
  Text const held{words};
  return words == nullptr || *words == '\0' ? "" : " (" + std::string{words} + ")";
}

/// One conversation with a directory.
class Conversation {
 public:
  Conversation(Directory const& directory, LdapHandle handle)
      : directory_{directory}, handle_{std::move(handle)} {}

  Result<> set_up() {
    int const version = LDAP_VERSION3;
    timeval const patience = as_timeval(directory_.timeout);
    ldap_set_option(handle_.get(), LDAP_OPT_PROTOCOL_VERSION, &version);
    ldap_set_option(handle_.get(), LDAP_OPT_NETWORK_TIMEOUT, &patience);
    ldap_set_option(handle_.get(), LDAP_OPT_TIMEOUT, &patience);
    // A referral would send our password to whomever the server names.
    ldap_set_option(handle_.get(), LDAP_OPT_REFERRALS, LDAP_OPT_OFF);
    if (auto const trusted = set_trust(); !trusted) return trusted;
    bool const plain = directory_.url.starts_with("ldap://");
    if (!plain || !directory_.starttls) return {};
    int const code = ldap_start_tls_s(handle_.get(), nullptr, nullptr);
    if (code == LDAP_SUCCESS) return {};
    Error wrong = fault("StartTLS", code);
    if (code == LDAP_CONNECT_ERROR)
      wrong.what += "; does ldap.ca_file vouch for the server, and does its certificate name this host?";
    return wrong;
  }

  Result<> bind() {
    berval secret{directory_.password.size(), const_cast<char*>(directory_.password.data())};
    int const code = ldap_sasl_bind_s(handle_.get(), directory_.bind_dn.c_str(), LDAP_SASL_SIMPLE, &secret,
                                      nullptr, nullptr, nullptr);
    return code == LDAP_SUCCESS ? Result<>{} : fault("login of \"" + directory_.bind_dn + "\"", code);
  }

  Result<> search(std::function<bool()> const& going, std::vector<DirectoryEntry>& out) {
    std::string cookie;
    do {
      if (!going()) return Error{Kind::busy, directory_.url + ": stopped"};
      auto answer = ask_for_page(cookie);
      if (!answer) return answer.error();
      take_entries(answer->get(), out);
      auto const next = cookie_of(answer->get());
      if (!next) return next.error();
      cookie = *next;
    } while (!cookie.empty());
    return {};
  }

 private:
  Error fault(std::string const& step, int code) const {
    return {kind_of(code),
            directory_.url + ": " + step + " failed: " + ldap_err2string(code) + more_words(handle_.get())};
  }

  Result<> set_trust() {
    int const demand = LDAP_OPT_X_TLS_DEMAND;
    ldap_set_option(handle_.get(), LDAP_OPT_X_TLS_REQUIRE_CERT, &demand);
    if (!directory_.ca_file.empty() &&
        ldap_set_option(handle_.get(), LDAP_OPT_X_TLS_CACERTFILE, directory_.ca_file.c_str()) != LDAP_SUCCESS)
      return Error{Kind::missing, directory_.url + ": the certificates of " + directory_.ca_file.string() +
                                      " can't be used"};
    // Options of TLS count from the next context on.
    int const client = 0;
    ldap_set_option(handle_.get(), LDAP_OPT_X_TLS_NEWCTX, &client);
    return {};
  }

  Result<LdapAnswer> ask_for_page(std::string const& cookie) {
    berval mark{cookie.size(), const_cast<char*>(cookie.data())};
    LDAPControl* made = nullptr;
    int code = ldap_create_page_control(handle_.get(), directory_.page, &mark, 0, &made);
    if (code != LDAP_SUCCESS) return fault("paging", code);
    Control const paged{made};
    LDAPControl* controls[] = {paged.get(), nullptr};
    std::vector<char*> attributes;
    for (std::string const& one : directory_.attributes) attributes.push_back(const_cast<char*>(one.c_str()));
    attributes.push_back(nullptr);
    timeval patience = as_timeval(directory_.timeout);
    LDAPMessage* answered = nullptr;
    code = ldap_search_ext_s(handle_.get(), directory_.base.c_str(), LDAP_SCOPE_SUBTREE,
                             directory_.filter.c_str(), attributes.data(), 0, controls, nullptr, &patience,
                             LDAP_NO_LIMIT, &answered);
    LdapAnswer answer{answered};
    if (code != LDAP_SUCCESS) return fault("search under \"" + directory_.base + "\"", code);
    return answer;
  }

  /// Where the next page begins, "" after the last.
  Result<std::string> cookie_of(LDAPMessage* answer) {
    int code = LDAP_SUCCESS;
    LDAPControl** controls = nullptr;
    int const read = ldap_parse_result(handle_.get(), answer, &code, nullptr, nullptr, nullptr, &controls, 0);
    if (read != LDAP_SUCCESS || code != LDAP_SUCCESS)
      return fault("search under \"" + directory_.base + "\"", read != LDAP_SUCCESS ? read : code);
    std::string out;
    if (LDAPControl* const paged = ldap_control_find(LDAP_CONTROL_PAGEDRESULTS, controls, nullptr)) {
      ber_int_t estimate = 0;
      berval cookie{};
      if (ldap_parse_pageresponse_control(handle_.get(), paged, &estimate, &cookie) == LDAP_SUCCESS &&
          cookie.bv_val != nullptr) {
        out.assign(cookie.bv_val, cookie.bv_len);
        ber_memfree(cookie.bv_val);
      }
    }
    ldap_controls_free(controls);
    return out;
  }

  void take_entries(LDAPMessage* answer, std::vector<DirectoryEntry>& out) {
    for (LDAPMessage* entry = ldap_first_entry(handle_.get(), answer); entry != nullptr;
         entry = ldap_next_entry(handle_.get(), entry)) {
      DirectoryEntry one;
      Text const dn{ldap_get_dn(handle_.get(), entry)};
      one.dn = dn ? dn.get() : "";
      BerElement* place = nullptr;
      for (Text name{ldap_first_attribute(handle_.get(), entry, &place)}; name;
           name.reset(ldap_next_attribute(handle_.get(), entry, place)))
        take_values(entry, name.get(), one);
      ber_free(place, 0);
      out.push_back(std::move(one));
    }
  }

  void take_values(LDAPMessage* entry, char const* name, DirectoryEntry& out);

  Directory const& directory_;
  LdapHandle handle_;
};

/// RFC 3629, as strictly as the store needs it.
bool is_text(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    auto const first = static_cast<unsigned char>(bytes[at]);
    std::size_t const more = first < 0x80 ? 0 : first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : 1;
    bool const begins = first < 0x80 ? first >= 0x20 || first == '\n' || first == '\t' || first == '\r'
                                     : first >= 0xC2 && first <= 0xF4;
    if (!begins || at + more >= bytes.size()) return false;
    for (std::size_t i = 1; i <= more; ++i)
      if ((static_cast<unsigned char>(bytes[at + i]) & 0xC0U) != 0x80U) return false;
    auto const second = more > 0 ? static_cast<unsigned char>(bytes[at + 1]) : 0U;
    bool const overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    if (overlong || (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F)) return false;
    at += more + 1;
  }
  return true;
}

std::string text_of(berval const& value) {
  std::string_view const bytes{value.bv_val, value.bv_len};
  if (is_text(bytes)) return std::string{bytes};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (char const c : bytes) {
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 0xFU];
  }
  return out;
}

void Conversation::take_values(LDAPMessage* entry, char const* name, DirectoryEntry& out) {
  std::string key{name};
  std::transform(key.begin(), key.end(), key.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  key = key.substr(0, key.find(';'));  // "mail;lang-nb"
  Values const values{ldap_get_values_len(handle_.get(), entry, name)};
  for (berval** one = values.get(); one != nullptr && *one != nullptr; ++one)
    out.values[key].push_back(text_of(**one));
}

}  // namespace

Result<std::vector<DirectoryEntry>> read_directory(Directory const& directory,
                                                   std::function<bool()> const& going) {
  LDAP* made = nullptr;
  int const code = ldap_initialize(&made, directory.url.c_str());
  if (code != LDAP_SUCCESS)
    return Error{Kind::unreadable, "\"" + directory.url + "\" is no address of a directory (" +
                                       ldap_err2string(code) + "); write ldaps://host or ldap://host"};
  Conversation conversation{directory, LdapHandle{made}};
  if (auto const ready = conversation.set_up(); !ready) return ready.error();
  if (auto const bound = conversation.bind(); !bound) return bound.error();
  std::vector<DirectoryEntry> out;
  if (auto const searched = conversation.search(going, out); !searched) return searched.error();
  return out;
}

}  // namespace spoc::channels
