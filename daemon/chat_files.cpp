// SPDX-License-Identifier: GPL-3.0-or-later
// Takes and gives the files of a chat.
#include "daemon/chat_files.hpp"

#include "channels/target.hpp"
#include "daemon/log.hpp"
#include "desk/token.hpp"
#include "parser/file_kind.hpp"

#include <array>
#include <charconv>
#include <functional>
#include <utility>

namespace spoc::daemon {
namespace {

channels::HttpResponse framed(int status, parser::FrameOut const& frame) {
  return {status, "application/json", parser::write_frame(frame), {{"Cache-Control", "no-store"}}};
}

int status_of(std::string_view why) {
  if (why == "too_long") return 413;
  if (why == "file_type") return 415;
  if (why == "virus") return 422;
  if (why == "too_fast") return 429;
  if (why == "bad_session" || why == "missing") return 409;
  return why == "busy" ? 503 : 400;
}

channels::HttpResponse framed(parser::No const& no) { return framed(status_of(no.why), no); }

channels::HttpResponse framed(std::variant<parser::Kept, parser::No> const& outcome) {
  if (auto const* no = std::get_if<parser::No>(&outcome)) return framed(*no);
  return framed(201, std::get<parser::Kept>(outcome));
}

/// The Fetch standard's CORS protocol; a file is no simple request, so browsers ask first.
channels::HttpResponse for_page_of(std::string const& origin, channels::HttpResponse response) {
  if (response.deferred) {
    auto const begin = std::move(response.deferred);
    response.deferred = [begin, origin](std::function<void(channels::HttpResponse)> const& take) {
      begin([take, origin](channels::HttpResponse said) { take(for_page_of(origin, std::move(said))); });
    };
    return response;
  }
  response.headers.insert(
      response.headers.end(),
      {{"Access-Control-Allow-Origin", origin.empty() ? "null" : origin},
       {"Vary", "Origin"},
       {"Access-Control-Allow-Methods", "POST"},
       {"Access-Control-Allow-Headers", "content-type, x-spoc-session, x-spoc-ref, x-spoc-name"},
       {"Access-Control-Max-Age", "600"}});
  return response;
}

/// RFC 3986 2.1; header fields carry ASCII alone.
std::string decoded(std::string const& text) {
  auto const target = channels::read_target("/?n=" + text);
  return target && target->query.contains("n") ? target->query.at("n") : std::string{};
}

std::string signature_of(std::string const& place, desk::Sign const& sign) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (char const c : sign("chat file|" + place).substr(0, 16)) {
    auto const byte = static_cast<unsigned char>(c);
    out.append({digits[byte >> 4U], digits[byte & 0xFU]});
  }
  return out;
}

bool is_shown(std::string_view type) {
  return type == "image/png" || type == "image/jpeg" || type == "image/gif" || type == "image/webp";
}

/// message.position.signature
struct Link {
  desk::MessageId message{};
  std::size_t position = 0;
};
std::optional<Link> read_link(std::string_view link, desk::Sign const& sign) {
  auto const last = link.rfind('.');
  auto const first = link.find('.');
  if (last == std::string_view::npos || first == last) return std::nullopt;
  if (!desk::equal_in_constant_time(link.substr(last + 1),
                                    signature_of(std::string{link.substr(0, last)}, sign)))
    return std::nullopt;
  std::int64_t message = 0;
  Link out;
  std::from_chars(link.data(), link.data() + first, message);
  std::from_chars(link.data() + first + 1, link.data() + last, out.position);
  out.message = desk::MessageId{message};
  return out;
}

}  // namespace

std::string file_link(desk::MessageId message, std::size_t position, desk::Sign const& sign) {
  std::string const place = std::to_string(desk::number(message)) + "." + std::to_string(position);
  return place + "." + signature_of(place, sign);
}

std::string shown_type(desk::Attachment const& file) {
  return file.type == "application/octet-stream" ? parser::type_of_suffix(parser::suffix_of(file.filename))
                                                 : file.type;
}

ChatFiles::ChatFiles(Config const& config, FrontDesk& desk, Switchboard& switchboard, Scanner& scanner)
    : config_{config}, desk_{desk}, switchboard_{switchboard}, scanner_{scanner} {}

bool ChatFiles::may_come(channels::HttpRequest const& request) const {
  return request.method == "POST" &&
         channels::may_chat(request.header("origin"), request.header("host"), config_.web.origins) &&
         switchboard_.present(request.header("x-spoc-session"));
}

std::optional<channels::HttpResponse> ChatFiles::turned_away(channels::HttpRequest const& request) {
  if (request.path != path || request.method != "POST" || may_come(request)) return std::nullopt;
  return answer(request);
}

channels::HttpResponse ChatFiles::answer(channels::HttpRequest const& request) {
  std::string const origin = request.header("origin");
  if (request.method == "GET") return give(std::string_view{request.path}.substr(path.size()));
  if (!channels::may_chat(origin, request.header("host"), config_.web.origins))
    return {403, "text/plain; charset=utf-8", "Pages of this origin may not chat here.\n", {}};
  channels::HttpResponse response;
  response.status = 204;
  if (request.method == "POST") response = take(request);
  // A page of the internet that reaches for a desk inside (Private Network Access).
  else if (request.header("access-control-request-private-network") == "true")
    response.headers.emplace_back("Access-Control-Allow-Private-Network", "true");
  return for_page_of(origin, std::move(response));
}

channels::HttpResponse ChatFiles::take(channels::HttpRequest const& request) {
  std::string const session = request.header("x-spoc-session"), ref = request.header("x-spoc-ref"),
                    name = decoded(request.header("x-spoc-name"));
  if (!scanner_.asks()) return framed(switchboard_.hand_in(session, ref, name, request.body));
  auto looked = switchboard_.look_at(session, ref, name, request.body);
  if (auto const* no = std::get_if<parser::No>(&looked)) return framed(*no);
  channels::HttpResponse response;
  response.deferred = [this, &request, file = std::get<desk::Attachment>(std::move(looked))](auto take) {
    scanner_.look({file}, [this, &request, take](std::optional<Scanned> scanned) {
      take(take_scanned(request, std::move(scanned)));
    });
  };
  return response;
}

channels::HttpResponse ChatFiles::take_scanned(channels::HttpRequest const& request,
                                               std::optional<Scanned> scanned) {
  std::string const session = request.header("x-spoc-session"), ref = request.header("x-spoc-ref");
  if (!scanned) return framed(parser::No{"busy", "too many files are being looked at", ref});
  if (scanned->infected.empty())
    return framed(switchboard_.hand_in(session, ref, std::move(scanned->files.front())));
  Infected const& found = scanned->infected.front();
  Entry{Severity::warning, "file refused"}.with("name", found.filename).with("virus", found.virus).write();
  auto const noted = desk_.refused_file(session, found.filename + " carries a virus: " + found.virus);
  if (!noted) Entry{Severity::error, "refusal not noted"}.with("why", noted.error().what).write();
  return framed(parser::No{"virus", found.virus, ref});
}

channels::HttpResponse ChatFiles::give(std::string_view link) {
  if (link.starts_with('/')) link.remove_prefix(1);
  auto const place = read_link(link, desk_.sign());
  auto const file = place ? desk_.attachment(place->message, place->position)
                          : Result<std::optional<desk::Attachment>>{std::optional<desk::Attachment>{}};
  if (!file || !*file || !(*file)->held.empty())
    return {404, "text/plain; charset=utf-8", "There is nothing here.\n", {}};
  desk::Attachment const& found = **file;
  std::string const type = shown_type(found);
  bool const shown = is_shown(type) && parser::sniffed(found.content) == type;
  return {200,
          shown ? type : "application/octet-stream",
          found.content.string(),
          {{"Content-Disposition", std::string{shown ? "inline" : "attachment"} + "; filename*=UTF-8''" +
                                       channels::percent_encoded(found.filename)},
           {"Content-Security-Policy", "default-src 'none'; sandbox"},
           {"Cross-Origin-Resource-Policy", "cross-origin"},
           {"Cache-Control", "private, max-age=86400"}}};
}

}  // namespace spoc::daemon
