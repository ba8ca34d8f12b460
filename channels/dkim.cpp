// SPDX-License-Identifier: GPL-3.0-or-later
// libopendkim behind one function. The only source that names it.
#include "channels/dkim.hpp"

#include <sys/types.h>

#include <cstring>
#include <string>

// The header is C: it knows _Bool.
#define _Bool bool
extern "C" {
#include <opendkim/dkim.h>
}
#undef _Bool

namespace spoc::channels {
namespace {

constexpr unsigned int dns_seconds = 5;
constexpr std::size_t most_signatures = 10;
constexpr std::size_t most_headers = 1000;  // a mail with more is judged without its signatures

unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

std::string with_crlf(std::string_view raw) {
  std::string out;
  out.reserve(raw.size() + raw.size() / 40);
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (raw[i] == '\n' && (i == 0 || raw[i - 1] != '\r')) out += '\r';
    out += raw[i];
  }
  return out;
}

/// Header fields as they stand, folded, without the last CRLF; the body's place is returned.
std::size_t fields_of(std::string_view mail, std::vector<std::string>& fields) {
  std::size_t at = 0;
  while (at < mail.size() && mail.substr(at, 2) != "\r\n") {
    std::size_t const end = std::min(mail.find("\r\n", at), mail.size());
    std::string_view const line = mail.substr(at, end - at);
    bool const folded = !line.empty() && (line.front() == ' ' || line.front() == '\t');
    if (folded && !fields.empty())
      fields.back().append("\r\n").append(line);
    else if (line.find(':') != std::string_view::npos)
      fields.emplace_back(line);
    at = std::min(end + 2, mail.size());
  }
  return std::min(at + 2, mail.size());
}

std::string result_of(DKIM_SIGINFO* signature) {
  bool const whole = dkim_sig_getbh(signature) == DKIM_SIGBH_MATCH;
  if ((dkim_sig_getflags(signature) & DKIM_SIGFLAG_PASSED) != 0 && whole) return "pass";
  int const fault = dkim_sig_geterror(signature);
  if (fault == DKIM_SIGERROR_KEYFAIL) return "temperror";
  bool const wrong =
      fault == DKIM_SIGERROR_BADSIG || fault == DKIM_SIGERROR_OK || fault == DKIM_SIGERROR_UNKNOWN;
  return wrong ? "fail" : "permerror";
}

struct Ending {
  void operator()(DKIM* one) const { dkim_free(one); }
};

}  // namespace

struct DkimReader::Library {
  DKIM_LIB* handle = dkim_init(nullptr, nullptr);
  Library() = default;
  Library(Library const&) = delete;
  Library& operator=(Library const&) = delete;
  ~Library() {
    if (handle != nullptr) dkim_close(handle);
  }
};

DkimReader::DkimReader(std::unique_ptr<Library> library) : library_{std::move(library)} {}
DkimReader::DkimReader(DkimReader&&) noexcept = default;
DkimReader& DkimReader::operator=(DkimReader&&) noexcept = default;
DkimReader::~DkimReader() = default;

Result<DkimReader> DkimReader::open(std::filesystem::path const& keys) {
  auto library = std::make_unique<Library>();
  if (library->handle == nullptr) return Error{Kind::broken, "libopendkim could not be set up"};
  auto const set = [&](dkim_opts_t option, void* value, std::size_t size) {
    return dkim_options(library->handle, DKIM_OP_SETOPT, option, value, size) == DKIM_STAT_OK;
  };
  unsigned int timeout = dns_seconds;
  bool well = set(DKIM_OPTS_TIMEOUT, &timeout, sizeof timeout);
  if (!keys.empty()) {
    dkim_query_t method = DKIM_QUERY_FILE;
    std::string file = keys.string();
    well = well && set(DKIM_OPTS_QUERYMETHOD, &method, sizeof method) &&
           set(DKIM_OPTS_QUERYINFO, file.data(), file.size());
  }
  if (!well) return Error{Kind::broken, "libopendkim does not take its options"};
  return DkimReader{std::move(library)};
}

std::vector<desk::SeenSignature> DkimReader::read(std::string_view raw) const {
  std::string mail = with_crlf(raw);
  std::vector<std::string> fields;
  std::size_t const body = fields_of(mail, fields);
  if (fields.size() > most_headers) return {};
  DKIM_STAT status = DKIM_STAT_OK;
  std::string id = "spoc";
  std::unique_ptr<DKIM, Ending> const check{dkim_verify(library_->handle, bytes_of(id), nullptr, &status)};
  if (!check) return {};
  for (std::string& field : fields)
    if (dkim_header(check.get(), bytes_of(field), field.size()) != DKIM_STAT_OK) return {};
  status = dkim_eoh(check.get());
  if (status == DKIM_STAT_NOSIG) return {};
  if (body < mail.size()) dkim_body(check.get(), bytes_of(mail) + body, mail.size() - body);
  bool test_key = false;
  dkim_eom(check.get(), &test_key);
  DKIM_SIGINFO** signatures = nullptr;
  int count = 0;
  std::vector<desk::SeenSignature> out;
  if (dkim_getsiglist(check.get(), &signatures, &count) != DKIM_STAT_OK) return out;
  for (int i = 0; i < count && out.size() < most_signatures; ++i) {
    unsigned char const* domain = dkim_sig_getdomain(signatures[i]);
    if (domain == nullptr) continue;
    out.push_back({result_of(signatures[i]), desk::normal(reinterpret_cast<char const*>(domain))});
  }
  return out;
}

}  // namespace spoc::channels
