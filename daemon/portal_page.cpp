// SPDX-License-Identifier: GPL-3.0-or-later
// HTML of the help pages.
#include "daemon/portal_page.hpp"

#include "channels/target.hpp"
#include "desk/phrase.hpp"
#include "parser/html.hpp"

namespace spoc::daemon {
namespace {

using parser::escape_html;

constexpr std::string_view policy =
    "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self' ws: "
    "wss:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string{name} + "=\"" + escape_html(value) + "\"";
}

std::string link(std::string const& url, std::string_view words, std::string const& more = "") {
  return "<a" + attribute("href", url) + more + ">" + escape_html(words) + "</a>";
}

/// A search without the script is a plain form; the language goes along as a hidden field.
std::string search_form(std::string const& query, PortalReader const& reader) {
  std::string out = "<form class=\"search\" role=\"search\" action=\"/kb/\">\n<label for=\"q\">" +
                    escape_html(reader.words.search_label) + "</label>\n<div class=\"row\">";
  if (reader.chosen)
    out += "<input type=\"hidden\" name=\"lang\"" + attribute("value", reader.words.language) + ">";
  return out + "<input type=\"search\" id=\"q\" name=\"q\" autocomplete=\"off\" maxlength=\"200\"" +
         attribute("value", query) + "><button>" + escape_html(reader.words.search) +
         "</button></div>\n<p id=\"said\" class=\"said\" role=\"status\"></p>\n<ul id=\"found\" "
         "class=\"found\" "
         "hidden></ul>\n</form>\n";
}

std::string language_switch(std::vector<LanguageLink> const& languages, PortalReader const& reader) {
  std::string out = "<nav class=\"languages\"" + attribute("aria-label", reader.words.languages) + "><ul>";
  for (LanguageLink const& one : languages) {
    PortalWords const& theirs = portal_words_in(one.language);
    bool const ours = theirs.language == one.language;
    std::string const name{ours ? theirs.language_name : std::string_view{one.language}};
    std::string const here = one.language == reader.words.language ? " aria-current=\"true\"" : "";
    out += "<li>" +
           link(one.url, name, attribute("lang", one.language) + attribute("hreflang", one.language) + here) +
           "</li>";
  }
  return out + "</ul></nav>\n";
}

}  // namespace

std::string portal_url(std::string const& rest, std::string_view language) {
  std::string const mark = rest.find('?') == std::string::npos ? "?" : "&";
  return "/kb/" + rest + (language.empty() ? "" : mark + "lang=" + channels::percent_encoded(language));
}

std::string portal_url(std::string const& rest, PortalReader const& reader) {
  return portal_url(rest, reader.chosen ? reader.words.language : std::string_view{});
}

std::string url_of(PublicShelf::Entry const& entry, PortalReader const& reader) {
  return portal_url(channels::percent_encoded(entry.head.id), reader);
}

std::string article_list(std::vector<PublicShelf::Entry const*> const& entries, PortalReader const& reader) {
  std::string out = "<ul class=\"articles\">\n";
  for (PublicShelf::Entry const* one : entries) {
    bool const foreign = !same_tongue(one->head.language, reader.words.language);
    out += "<li>" +
           link(url_of(*one, reader), one->head.title,
                foreign ? attribute("lang", one->head.language) + attribute("hreflang", one->head.language)
                        : "") +
           (foreign ? " <span class=\"tongue\">" + escape_html(one->head.language) + "</span>" : "") +
           "</li>\n";
  }
  return out + "</ul>\n";
}

std::string topic_list(std::vector<PublicShelf::Topic> const& topics, PortalReader const& reader) {
  std::string out = "<ul class=\"topics\">\n";
  for (PublicShelf::Topic const& one : topics)
    out += "<li><a" + attribute("href", portal_url("?tag=" + channels::percent_encoded(one.tag), reader)) +
           ">" + escape_html(one.tag) + " <span>" + std::to_string(one.articles) + "</span></a></li>\n";
  return out + "</ul>\n";
}

std::string banner(std::vector<desk::Announcement> const& announcements, PortalReader const& reader) {
  std::string out;
  for (desk::Announcement const& one : announcements) {
    std::string lines;
    for (char const c : escape_html(desk::text_in(one, reader.words.language)))
      lines += c == '\n' ? std::string{"<br>"} : std::string(1, c);
    out += "<section class=\"issue\"" + attribute("aria-label", reader.words.known_issue) + "><strong>" +
           escape_html(reader.words.known_issue) + "</strong><p>" + lines + "</p></section>\n";
  }
  return out;
}

std::string question_form(std::string const& action, std::string const& seal, PortalReader const& reader) {
  PortalWords const& words = reader.words;
  return "<form class=\"helped\" method=\"post\"" + attribute("action", action) + ">\n<h2 id=\"helped\">" +
         escape_html(words.question) + "</h2>\n<input type=\"hidden\" name=\"seal\"" +
         attribute("value", seal) + ">\n<label for=\"words\">" + escape_html(words.comment) +
         "</label>\n<textarea id=\"words\" name=\"words\" rows=\"3\" maxlength=\"2000\" "
         "aria-describedby=\"note\"></textarea>\n<p id=\"note\" class=\"faint\">" +
         escape_html(words.comment_note) + "</p>\n<div class=\"row\"><button name=\"helped\" value=\"yes\">" +
         escape_html(words.yes) + "</button><button name=\"helped\" value=\"no\">" + escape_html(words.no) +
         "</button></div>\n</form>\n";
}

std::string stuck_line(PortalReader const& reader) {
  if (reader.address.empty()) return "";
  return "<p class=\"stuck\">" + escape_html(reader.words.stuck) + " " +
         link("mailto:" + reader.address, reader.address) + "</p>\n";
}

channels::HttpResponse portal_response(PortalPage const& page, PortalReader const& reader) {
  PortalWords const& words = reader.words;
  std::string const whole = page.title == words.heading ? page.title + " - " + reader.desk
                                                        : page.title + " - " + std::string{words.heading};
  std::string html =
      "<!doctype html>\n<html" + attribute("lang", words.language) +
      ">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, "
      "initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>" +
      escape_html(whole) +
      "</title>\n<link rel=\"stylesheet\" href=\"/portal.css\">\n<script src=\"/portal.js\" "
      "defer></script>\n<script src=\"/widget.js\"" +
      attribute("data-language", words.language) + attribute("data-desk", reader.desk) +
      " defer></script>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">" + escape_html(words.skip) +
      "</a>\n<header>\n<div class=\"top\"><p class=\"name\">" + link(portal_url("", reader), reader.desk) +
      " <span>" + escape_html(words.heading) + "</span></p>\n" + language_switch(page.languages, reader) +
      "</div>\n" + search_form(page.query, reader) + "</header>\n<main id=\"content\">\n" + page.main +
      "</main>\n<footer>\n" + stuck_line(reader) + "</footer>\n</body>\n</html>\n";
  return {page.status,
          "text/html; charset=utf-8",
          std::move(html),
          {{"Content-Security-Policy", std::string{policy}},
           {"Cache-Control", "no-cache"},
           {"Vary", "Accept-Language"}}};
}

}  // namespace spoc::daemon
