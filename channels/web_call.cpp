// SPDX-License-Identifier: GPL-3.0-or-later
// HTTP by libcurl, which opens no socket before its address has been looked at.
#include "channels/web_call.hpp"

#include "channels/certificate.hpp"
#include "channels/inside.hpp"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace spoc::channels {
namespace {

/// What libcurl's callbacks work on.
struct Course {
  WebCall const& call;
  Wake const* wake;
  WebAnswer answer;
  bool too_much = false, inside = false;
};

/// The address that is really dialled, whatever a name meant a moment ago. A socket of the local family is
/// one that was asked for by its path.
curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* address) {
  auto& course = *static_cast<Course*>(data);
  bool const local = !course.call.socket.empty() && address->family == AF_UNIX;
  if (!local && !course.call.inside && is_inside(address->addr)) {
    course.inside = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& course = *static_cast<Course*>(data);
  course.too_much = course.answer.body.size() + count > course.call.most;
  if (course.too_much) return CURL_WRITEFUNC_ERROR;
  course.answer.body.append(bytes, count);
  return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* data) {
  auto& course = *static_cast<Course*>(data);
  std::string const line(bytes, count);
  auto const colon = line.find(':');
  if (colon == std::string::npos || course.answer.headers.size() >= 100) return count;
  std::string name = line.substr(0, colon);
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  auto const begin = line.find_first_not_of(" \t", colon + 1);
  auto const end = line.find_last_not_of(" \t\r\n");
  if (begin != std::string::npos && end >= begin)
    course.answer.headers[name] = line.substr(begin, end - begin + 1);
  return count;
}

int give_up_when_over(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto const* wake = static_cast<Course*>(data)->wake;
  return wake != nullptr && wake->rung() ? 1 : 0;
}

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;
using Headers = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;

Headers headers_of(WebCall const& call) {
  Headers list{nullptr, &curl_slist_free_all};
  auto const add = [&](std::string const& line) {
    if (curl_slist* const longer = curl_slist_append(list.get(), line.c_str())) {
      (void)list.release();
      list.reset(longer);
    }
  };
  for (auto const& [name, value] : call.headers) add(name + ": " + value);
  add("Expect:");
  return list;
}

void set_bounds(CURL* handle, Course& course) {
  auto const patience = static_cast<long>(course.call.patience.count());
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT_MS, patience);
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, patience);
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  // A proxy of the environment would dial in our stead, and we would look at the wrong address.
  curl_easy_setopt(handle, CURLOPT_PROXY, "");
  curl_easy_setopt(handle, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &course);
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, &take);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &course);
  curl_easy_setopt(handle, CURLOPT_HEADERFUNCTION, &take_header);
  curl_easy_setopt(handle, CURLOPT_HEADERDATA, &course);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, &give_up_when_over);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &course);
}

Error fault_of(CURL* handle, CURLcode code, Course const& course, char const* detail) {
  std::string const why = *detail != '\0' ? detail : curl_easy_strerror(code);
  long certificate = 0;
  curl_easy_getinfo(handle, CURLINFO_SSL_VERIFYRESULT, &certificate);
  char const* const timely = remedy_in_time(certificate);
  if (code == CURLE_PEER_FAILED_VERIFICATION && timely != nullptr)
    return {Kind::busy, std::string(timely) + " (" + why + ")"};
  if (course.inside)
    return {Kind::denied,
            "its address is one of the inside, which is not called unless allow_private = true"};
  if (course.too_much)
    return {Kind::busy, "the answer is larger than " + std::to_string(course.call.most) + " bytes"};
  if (code == CURLE_URL_MALFORMAT || code == CURLE_UNSUPPORTED_PROTOCOL)
    return {Kind::refused, "\"" + course.call.url + "\" is no web address"};
  if (code == CURLE_COULDNT_CONNECT && !course.call.socket.empty())
    return {Kind::missing, "nobody listens at " + course.call.socket.string()};
  return {Kind::busy, why};
}

}  // namespace

Result<WebAnswer> call_web(WebCall const& call, Wake const* wake) {
  static bool const up = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  Handle const handle{up ? curl_easy_init() : nullptr, &curl_easy_cleanup};
  if (!handle) return Error{Kind::broken, "libcurl could not be started"};
  Course course{call, wake, {}, false, false};
  Headers const headers = headers_of(call);
  std::array<char, CURL_ERROR_SIZE> detail{};
  curl_easy_setopt(handle.get(), CURLOPT_ERRORBUFFER, detail.data());
  curl_easy_setopt(handle.get(), CURLOPT_URL, call.url.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_CUSTOMREQUEST, call.method.c_str());
  curl_easy_setopt(handle.get(), CURLOPT_HTTPHEADER, headers.get());
  if (call.method == "HEAD") curl_easy_setopt(handle.get(), CURLOPT_NOBODY, 1L);
  if (!call.body.empty() || call.method == "POST") {
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(call.body.size()));
    curl_easy_setopt(handle.get(), CURLOPT_POSTFIELDS, call.body.c_str());
  }
  std::string const socket = call.socket.string(), ca_file = call.ca_file.string();
  if (!socket.empty()) curl_easy_setopt(handle.get(), CURLOPT_UNIX_SOCKET_PATH, socket.c_str());
  if (!ca_file.empty()) curl_easy_setopt(handle.get(), CURLOPT_CAINFO, ca_file.c_str());
  set_bounds(handle.get(), course);
  CURLcode const code = curl_easy_perform(handle.get());
  if (code != CURLE_OK) return fault_of(handle.get(), code, course, detail.data());
  long status = 0;
  curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
  course.answer.status = static_cast<int>(status);
  return std::move(course.answer);
}

}  // namespace spoc::channels
