// SPDX-License-Identifier: GPL-3.0-or-later
// Relative addresses of articles, and the files behind them.
#include "daemon/portal_files.hpp"

#include "channels/maildir.hpp"
#include "channels/target.hpp"
#include "parser/file_kind.hpp"
#include "parser/html.hpp"

#include <algorithm>
#include <array>
#include <system_error>
#include <utility>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t largest_picture = 10U << 20U;
constexpr std::array<std::string_view, 4> shown_types{"image/png", "image/jpeg", "image/gif", "image/webp"};

bool is_picture(std::string_view type) {
  return std::find(shown_types.begin(), shown_types.end(), type) != shown_types.end();
}

bool leads_elsewhere(std::string_view address) {
  auto const mark = address.find_first_of(":/?#");
  return address.empty() || address.front() == '/' || address.front() == '#' || address.front() == '?' ||
         (mark != std::string_view::npos && address[mark] == ':');
}

/// The sanitiser writes attributes as name="value", with & and " escaped.
std::string unescaped(std::string_view value) {
  constexpr std::array<std::pair<std::string_view, char>, 4> entities{
      {{"&amp;", '&'}, {"&quot;", '"'}, {"&lt;", '<'}, {"&gt;", '>'}}};
  std::string out;
  while (!value.empty()) {
    auto const entity = std::find_if(entities.begin(), entities.end(),
                                     [&](auto const& one) { return value.starts_with(one.first); });
    out += entity == entities.end() ? value.front() : entity->second;
    value.remove_prefix(entity == entities.end() ? 1 : entity->first.size());
  }
  return out;
}

/// The end of the tag that begins at `from`: a ">" outside of quotes.
std::size_t tag_end(std::string_view html, std::size_t from) {
  bool quoted = false;
  for (std::size_t at = from; at < html.size(); ++at) {
    if (html[at] == '"') quoted = !quoted;
    if (html[at] == '>' && !quoted) return at + 1;
  }
  return html.size();
}

/// An attribute's value as it stands there; "" for none.
std::string_view value_of(std::string_view tag, std::string_view name) {
  std::string const start = " " + std::string{name} + "=\"";
  auto const at = tag.find(start);
  auto const end = at == std::string_view::npos ? at : tag.find('"', at + start.size());
  return end == std::string_view::npos ? std::string_view{}
                                       : tag.substr(at + start.size(), end - at - start.size());
}

/// The HTML with each tag as `turn` has it.
std::string each_tag(std::string_view html, std::function<std::string(std::string_view tag)> const& turn) {
  std::string out;
  while (!html.empty()) {
    auto const begin = std::min(html.find('<'), html.size());
    out += html.substr(0, begin);
    html.remove_prefix(begin);
    auto const end = tag_end(html, 0);
    if (end > 0) out += turn(html.substr(0, end));
    html.remove_prefix(end);
  }
  return out;
}

/// The tag with one attribute's value turned by `turn`, where that gives something.
std::string with_attribute(std::string_view tag, std::string_view name,
                           std::function<std::string(std::string const&)> const& turn) {
  std::string const start = " " + std::string{name} + "=\"";
  auto const at = tag.find(start);
  auto const end = at == std::string_view::npos ? at : tag.find('"', at + start.size());
  if (end == std::string_view::npos) return std::string{tag};
  auto const from = at + start.size();
  std::string const turned = turn(unescaped(tag.substr(from, end - from)));
  if (turned.empty()) return std::string{tag};
  return std::string{tag.substr(0, from)} + parser::escape_html(turned) + std::string{tag.substr(end)};
}

std::string etag_of(std::uintmax_t size, fs::file_time_type changed) {
  return "W/\"" + std::to_string(size) + "-" + std::to_string(changed.time_since_epoch().count()) + "\"";
}

}  // namespace

channels::HttpResponse nothing_here() {
  return {404, "text/plain; charset=utf-8", "There is nothing here.\n", {}};
}

std::string place_meant(std::string_view path, std::string_view address) {
  if (leads_elsewhere(address)) return "";
  std::string plain;
  for (char const one : address.substr(0, address.find_first_of("?#")))
    plain += one == ' ' ? "%20" : one == '&' ? "%26" : one == '+' ? "%2B" : std::string{one};
  auto const decoded = channels::read_target("/" + channels::percent_encoded("", true) + "?p=" + plain);
  if (!decoded || !decoded->query.contains("p")) return "";
  std::string const place =
      (fs::path{path}.parent_path() / decoded->query.at("p")).lexically_normal().generic_string();
  bool const hidden = place.starts_with('.') || place.find("/.") != std::string::npos;
  return hidden || place.find('\\') != std::string::npos ? "" : place;
}

std::string with_own_addresses(std::string_view html, std::string_view path, std::string const& files,
                               std::function<std::string(std::string const& place)> const& page) {
  return each_tag(html, [&](std::string_view tag) {
    if (tag.starts_with("<img "))
      return with_attribute(tag, "src", [&](std::string const& address) {
        std::string const place = place_meant(path, address);
        return place.empty() ? "" : files + channels::percent_encoded(place, true);
      });
    if (tag.starts_with("<a "))
      return with_attribute(tag, "href", [&](std::string const& address) {
        std::string const place = place_meant(path, address);
        return place.empty() ? "" : page(place);
      });
    return std::string{tag};
  });
}

std::string for_mail(std::string_view html, std::string_view path, std::string const& public_url,
                     std::string const& id) {
  auto const rooted = [](std::string_view address) {
    return address.starts_with('/') && !address.starts_with("//");
  };
  std::string const page = public_url + "/kb/" + channels::percent_encoded(id);
  bool unlinked = false;
  return each_tag(html, [&](std::string_view tag) {
    bool const picture = tag.starts_with("<img ");
    if (!picture && !tag.starts_with("<a ")) {
      bool const ends = tag == "</a>" && std::exchange(unlinked, false);
      return ends ? std::string{} : std::string{tag};
    }
    std::string_view const name = picture ? "src" : "href";
    std::string const address = unescaped(value_of(tag, name));
    std::string const place = place_meant(path, address);
    if (place.empty() && !rooted(address)) return std::string{tag};
    if (public_url.empty()) {
      unlinked = !picture;
      return picture ? std::string{value_of(tag, "alt")} : std::string{};
    }
    return with_attribute(tag, name, [&](std::string const&) {
      if (place.empty()) return public_url + address;
      return picture ? page + "/files/" + channels::percent_encoded(place, true) : page;
    });
  });
}

std::string why_not_shown(fs::path const& file) {
  std::error_code fault;
  auto const size = fs::file_size(file, fault);
  if (!fault && size > largest_picture) return "is larger than 10 MB; make it smaller";
  auto const bytes = channels::read_file(file);
  if (!bytes) return "can't be read: " + bytes.error().what;
  return is_picture(parser::sniffed(*bytes)) ? "" : "is no PNG, JPEG, GIF or WebP; save it as one of these";
}

channels::HttpResponse picture_at(fs::path const& folder, std::string const& place,
                                  channels::HttpRequest const& request) {
  std::error_code fault;
  fs::path const root = fs::canonical(folder, fault);
  fs::path const file = fault ? fs::path{} : fs::canonical(root / place, fault);
  // A symbolic link may lead out of the folder.
  bool const within = !fault && file.string().starts_with(root.string() + "/");
  if (!within || !fs::is_regular_file(file, fault)) return nothing_here();
  auto const size = fs::file_size(file, fault);
  auto const changed = fs::last_write_time(file, fault);
  if (fault || size > largest_picture) return nothing_here();
  std::string const etag = etag_of(size, changed);
  std::vector<std::pair<std::string, std::string>> headers{
      {"ETag", etag},
      {"Cache-Control", "no-cache"},
      {"Content-Security-Policy", "default-src 'none'; sandbox"}};
  if (request.header("if-none-match").find(etag) != std::string::npos)
    return {304, "", "", std::move(headers)};
  auto bytes = channels::read_file(file);
  if (!bytes) return nothing_here();
  std::string const type{parser::sniffed(*bytes)};
  if (!is_picture(type)) return nothing_here();
  return {200, type, std::move(*bytes), std::move(headers)};
}

}  // namespace spoc::daemon
