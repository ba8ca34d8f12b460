// SPDX-License-Identifier: GPL-3.0-or-later
// Finds the embedded file, and the form of it that the client takes.
#include "daemon/web_files.hpp"

#include "channels/gzip.hpp"
#include "desk/blanks.hpp"
#include "embedded/spoc_daemon.hpp"
#include "parser/digest.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace spoc::daemon {
namespace {

constexpr std::string_view strict_policy =
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; "
    "connect-src 'self' ws: wss:; base-uri 'none'; form-action 'self'";

std::string type_of(std::string_view name) {
  if (name.ends_with(".js")) return "text/javascript; charset=utf-8";
  if (name.ends_with(".css")) return "text/css; charset=utf-8";
  if (name.ends_with(".svg")) return "image/svg+xml";
  return "text/html; charset=utf-8";
}

struct Form {
  std::string_view content;
  std::string tag;
};

/// By path, a gzipped one by its own path; tags are made once.
std::map<std::string_view, Form> const& forms() {
  static std::map<std::string_view, Form> const all = [] {
    std::map<std::string_view, Form> out;
    for (EmbeddedFile const& one : embedded_files())
      out[one.path] = {one.content, '"' + parser::sha256(one.content).substr(0, 24) + '"'};
    return out;
  }();
  return all;
}

Form const* form_of(std::string const& path) {
  auto const found = forms().find(path);
  return found == forms().end() ? nullptr : &found->second;
}

bool is_word(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

/// "q=0", "q=0.000": never.
bool is_never(std::string_view parameter) {
  parameter = desk::trimmed(parameter);
  if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) return false;
  return parameter.find_first_of("123456789", 2) == std::string_view::npos;
}

}  // namespace

bool takes_gzip(std::string_view accepted) {
  bool others = false;
  while (!accepted.empty()) {
    auto const end = std::min(accepted.find(','), accepted.size());
    std::string_view const one = accepted.substr(0, end);
    accepted.remove_prefix(std::min(end + 1, accepted.size()));
    auto const mark = std::min(one.find(';'), one.size());
    std::string_view const coding = desk::trimmed(one.substr(0, mark));
    bool const taken = mark == one.size() || !is_never(one.substr(mark + 1));
    if (is_word(coding, "gzip") || is_word(coding, "x-gzip")) return taken;
    if (coding == "*") others = taken;
  }
  return others;
}

channels::HttpResponse web_file(std::string_view name, channels::HttpRequest const& request) {
  std::string const path = "web/" + std::string{name};
  Form const* plain = name.ends_with(".gz") ? nullptr : form_of(path);
  if (plain == nullptr) return {404, "text/plain; charset=utf-8", "There is nothing here.\n", {}};
  Form const* packed = form_of(path + ".gz");
  channels::HttpResponse response;
  response.type = type_of(name);
  response.headers = {{"Cache-Control", "no-cache"}, {"Content-Security-Policy", std::string{strict_policy}}};
  if (packed != nullptr) response.headers.emplace_back("Vary", "Accept-Encoding");
  // The widget is loaded by pages of other origins.
  if (name == "widget.js")
    response.headers.insert(response.headers.end(), {{"Access-Control-Allow-Origin", "*"},
                                                     {"Cross-Origin-Resource-Policy", "cross-origin"}});
  bool const gzipped = packed != nullptr && takes_gzip(request.header("accept-encoding"));
  Form const& form = gzipped ? *packed : *plain;
  response.headers.emplace_back("ETag", form.tag);
  // RFC 9110 13.1.2: a weak comparison, so W/"..." is the same.
  std::string const had = request.header("if-none-match");
  if (had.find(form.tag) != std::string::npos || desk::trimmed(had) == "*") {
    response.status = 304;
    return response;
  }
  if (gzipped) response.headers.emplace_back("Content-Encoding", "gzip");
  response.body = std::string{form.content};
  return response;
}

channels::HttpResponse packed_for(channels::HttpRequest const& request, channels::HttpResponse response) {
  constexpr std::size_t worth_it = 1024;
  if (!response.type.starts_with("text/") && response.type != "application/json") return response;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  if (response.body.size() < worth_it || !takes_gzip(request.header("accept-encoding"))) return response;
  std::string small = channels::gzipped(response.body);
  if (small.empty() || small.size() >= response.body.size()) return response;
  response.body = std::move(small);
  response.headers.emplace_back("Content-Encoding", "gzip");
  return response;
}

}  // namespace spoc::daemon
