// SPDX-License-Identifier: GPL-3.0-or-later
// Routes of the help pages.
#include "daemon/portal.hpp"

#include "channels/target.hpp"
#include "daemon/portal_files.hpp"
#include "desk/phrase.hpp"
#include "parser/article.hpp"
#include "parser/html.hpp"
#include "store/announcements.hpp"
#include "store/article_uses.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace spoc::daemon {
namespace {

namespace json = boost::json;
using parser::escape_html;

constexpr std::size_t most_topics = 24, most_listed = 6, most_found = 20, most_typed = 8;
/// Bytes; a browser stops at 200 and 2000 characters.
constexpr std::size_t longest_query = 800, longest_words = 8000;
/// Answers of one address: so many at once, and as many again each hour.
constexpr double answers = 10;
/// Of those, what may move an article's rank in a day: an office may sit behind one address, but no reader
/// decides alone.
constexpr double counted_answers = 3;
/// Searches of one address: so many at once, and as many again each minute. A whole office may sit behind it.
constexpr double searches = 600;
constexpr std::size_t most_peers = 10'000;

std::string field(std::map<std::string, std::string> const& fields, std::string const& name) {
  auto const found = fields.find(name);
  return found == fields.end() ? std::string{} : found->second;
}

/// application/x-www-form-urlencoded is what stands behind "?" in an address.
std::map<std::string, std::string> posted_form(std::string const& body) {
  auto const target = channels::read_target("/?" + body);
  return target ? target->query : std::map<std::string, std::string>{};
}

std::string section(std::string_view heading, std::string const& inside) {
  return "<section><h2>" + escape_html(heading) + "</h2>\n" + inside + "</section>\n";
}

std::string heading(std::string_view words) { return "<h1>" + escape_html(words) + "</h1>\n"; }

/// The page has a heading of its own: one that says the same is left out, others are one step lower.
std::string below_title(std::string html, std::string const& title) {
  std::string const same = "<h1>" + escape_html(title) + "</h1>";
  if (auto const at = html.find(same); at != std::string::npos && at < 4) html.erase(at, same.size());
  for (std::string_view const tag : {"<h1>", "</h1>"})
    for (auto at = html.find(tag); at != std::string::npos; at = html.find(tag, at))
      html.replace(at, tag.size(), tag == "<h1>" ? "<h2>" : "</h2>");
  return html;
}

/// A page of ours, or a browser too old to say: the seal is what counts then.
bool is_from_here(channels::HttpRequest const& request) {
  std::string const origin = request.header("origin"), site = request.header("sec-fetch-site");
  return (site.empty() || site == "same-origin") && channels::may_chat(origin, request.header("host"), {});
}

}  // namespace

struct Portal::Asked {
  channels::HttpRequest const& request;
  PortalReader reader;

  std::string language() const { return std::string{reader.words.language}; }
};

Portal::Portal(Config const& config, store::Store& store, FrontDesk const& desk)
    : config_{config}, store_{store}, desk_{desk}, shelf_{config} {}

channels::HttpResponse Portal::answer(channels::HttpRequest const& request) {
  shelf_.refresh();
  std::string const wish = field(request.query, "lang");
  Asked const asked{request,
                    {portal_words_in(wish.empty() ? liked_language(request.header("accept-language")) : wish),
                     !wish.empty(), config_.house.name,
                     config_.house.mailboxes.empty() ? "" : config_.house.mailboxes.front().address.address}};
  std::string const rest = request.path.size() > 4 ? request.path.substr(4) : "";
  auto const slash = rest.find('/');
  std::string const id = rest.substr(0, slash),
                    part = slash == std::string::npos ? "" : rest.substr(slash + 1);
  bool const posts = request.method == "POST" && part == "feedback";
  if (request.method != "GET" && !posts)
    return {405, "text/plain; charset=utf-8", "Only GET is known here.\n", {{"Allow", "GET, HEAD"}}};
  if (id.empty()) {
    if (std::string const tag = field(request.query, "tag"); !tag.empty()) return topic(asked, tag);
    if (request.query.contains("q")) {
      if (!may_search(request.peer)) return told(asked, 429, asked.reader.words.later);
      return found(asked, field(request.query, "q"));
    }
    return start(asked);
  }
  constexpr std::string_view files = "files/";
  if (part.starts_with(files)) return picture(asked, id, part.substr(files.size()));
  Entry const* entry = shelf_.find(id, wish.empty() ? asked.language() : wish);
  if (entry == nullptr || (!part.empty() && !posts)) return told(asked, 404, asked.reader.words.missing);
  return posts ? feedback(asked, *entry) : article(asked, *entry);
}

std::vector<LanguageLink> Portal::languages_of(Asked const& asked, Entry const* entry) const {
  std::string const path = asked.request.path.size() > 4 ? asked.request.path.substr(4) : "";
  std::string rest = channels::percent_encoded(path.substr(0, path.find('/')));
  for (std::string const name : {"tag", "q"})
    if (std::string const value = field(asked.request.query, name); !value.empty() && entry == nullptr)
      rest +=
          (rest.find('?') == std::string::npos ? "?" : "&") + name + "=" + channels::percent_encoded(value);
  std::vector<LanguageLink> out;
  for (PortalWords const& one : portal_words())
    out.push_back({std::string{one.language}, portal_url(rest, one.language)});
  if (entry == nullptr) return out;
  auto const translations = shelf_.translations(*entry);
  for (Entry const* one : translations) {
    std::string const& language = one->head.language;
    std::string url = portal_url(channels::percent_encoded(one->head.id), language);
    bool const exact = std::any_of(out.begin(), out.end(),
                                   [&](LanguageLink const& other) { return other.language == language; });
    auto const had = std::find_if(out.begin(), out.end(), [&](LanguageLink const& other) {
      return exact ? other.language == language : same_tongue(other.language, language);
    });
    // "no" is Norwegian too, unless there is a better one.
    bool const better = !exact && had != out.end() &&
                        std::any_of(translations.begin(), translations.end(), [&](Entry const* other) {
                          return other->head.language == had->language;
                        });
    if (had != out.end() && !better)
      had->url = std::move(url);
    else
      out.push_back({language, std::move(url)});
  }
  return out;
}

/// Of an article in another language: its translation, where there is one that the reader understands, else
/// that there is none.
std::string Portal::elsewhere(Asked const& asked, Entry const& entry) const {
  if (same_tongue(entry.head.language, asked.language())) return "";
  for (Entry const* one : shelf_.translations(entry))
    if (same_tongue(one->head.language, asked.language()))
      return "<p class=\"faint\">→ <a href=\"" +
             escape_html(portal_url(channels::percent_encoded(one->head.id), one->head.language)) + "\">" +
             escape_html(one->head.title) + "</a></p>\n";
  return "<p class=\"faint\">" + escape_html(asked.reader.words.elsewhere) + "</p>\n";
}

/// By the share of readers whom it helped, of whom few say little: two doubters are added to each count.
std::vector<PublicShelf::Entry const*> Portal::most_helpful(std::vector<Entry const*> entries) {
  std::map<std::string, desk::Uses> uses;
  auto const read = store_.read("article uses", [&](store::Tx& tx) { uses = store::article_uses(tx); });
  if (!read) return {};
  auto const share = [&](Entry const* one) {
    auto const found = uses.find(one->head.id);
    if (found == uses.end()) return 0.0;
    auto const well = static_cast<double>(found->second.helped);
    return well / (well + static_cast<double>(found->second.unhelped) + 2);
  };
  std::erase_if(entries, [&](Entry const* one) { return share(one) <= 0; });
  std::stable_sort(entries.begin(), entries.end(),
                   [&](Entry const* a, Entry const* b) { return share(a) > share(b); });
  entries.resize(std::min(entries.size(), most_listed));
  return entries;
}

channels::HttpResponse Portal::start(Asked const& asked) {
  PortalReader const& reader = asked.reader;
  auto const& all = shelf_.in_language(asked.language());
  auto topics = shelf_.topics(asked.language());
  topics.resize(std::min(topics.size(), most_topics));
  std::vector<Entry const*> newest(std::min(all.size(), most_listed));
  std::partial_sort_copy(all.begin(), all.end(), newest.begin(), newest.end(),
                         [](Entry const* a, Entry const* b) {
                           return a->changed != b->changed ? a->changed > b->changed : a < b;
                         });
  auto const helpful = most_helpful(all);
  PortalPage page{200, std::string{reader.words.heading}, "", "", languages_of(asked, nullptr)};
  page.main += banner(outages(), reader) + heading(reader.words.heading);
  if (all.empty()) page.main += "<p>" + escape_html(reader.words.empty) + "</p>\n";
  if (!topics.empty()) page.main += section(reader.words.topics, topic_list(topics, reader));
  page.main += "<div class=\"columns\">\n";
  if (!helpful.empty()) page.main += section(reader.words.helpful, article_list(helpful, reader));
  if (!newest.empty()) page.main += section(reader.words.newest, article_list(newest, reader));
  page.main += "</div>\n";
  return portal_response(page, reader);
}

channels::HttpResponse Portal::topic(Asked const& asked, std::string const& tag) {
  auto entries = shelf_.in_language(asked.language());
  std::erase_if(entries, [&](Entry const* one) {
    auto const& tags = one->head.tags;
    return std::find(tags.begin(), tags.end(), tag) == tags.end();
  });
  if (entries.empty()) return told(asked, 404, asked.reader.words.found_none);
  std::string const title = desk::filled(asked.reader.words.topic, {tag});
  return portal_response(
      {200, title, "", banner(outages(), asked.reader) + heading(title) + article_list(entries, asked.reader),
       languages_of(asked, nullptr)},
      asked.reader);
}

channels::HttpResponse Portal::found(Asked const& asked, std::string const& words) {
  bool const typing = field(asked.request.query, "as") == "json";
  std::vector<Entry const*> entries;
  if (words.size() <= longest_query)
    entries = shelf_.search(words, asked.language(), typing ? most_typed : most_found);
  PortalWords const& say = asked.reader.words;
  std::string const said = entries.empty() ? std::string{say.found_none}
                           : entries.size() == 1
                               ? std::string{say.found_one}
                               : desk::filled(say.found_many, {std::to_string(entries.size())});
  if (!typing)
    return portal_response(
        {200, words.empty() ? std::string{say.search} : words, words,
         banner(outages(), asked.reader) + heading(said) + article_list(entries, asked.reader),
         languages_of(asked, nullptr)},
        asked.reader);
  json::array rows;
  for (Entry const* one : entries)
    rows.emplace_back(json::object{
        {"title", one->head.title}, {"language", one->head.language}, {"url", url_of(*one, asked.reader)}});
  return {200,
          "application/json",
          json::serialize(json::object{{"said", said}, {"articles", std::move(rows)}}) + "\n",
          {{"Cache-Control", "no-store"}}};
}

std::string Portal::body_of(Entry const& entry, Asked const& asked) {
  auto const markdown = shelf_.body(entry);
  if (!markdown) return "";
  std::string const files = "/kb/" + channels::percent_encoded(entry.head.id) + "/files/";
  std::string const html = below_title(parser::markdown_to_html(*markdown), entry.head.title);
  return with_own_addresses(html, entry.head.path, files, [&](std::string const& place) {
    Entry const* other = shelf_.at_path(place);
    return other == nullptr ? std::string{} : url_of(*other, asked.reader);
  });
}

channels::HttpResponse Portal::article(Asked const& asked, Entry const& entry) {
  PortalReader const& reader = asked.reader;
  std::string const action =
      portal_url(channels::percent_encoded(entry.head.id) + "/feedback", entry.head.language);
  std::string const answered = field(asked.request.query, "said");
  PortalPage page{200, entry.head.title, "", "", languages_of(asked, &entry)};
  page.main += banner(outages(), reader) + elsewhere(asked, entry);
  page.main += "<article lang=\"" + escape_html(entry.head.language) + "\">\n" + heading(entry.head.title) +
               body_of(entry, asked) + "</article>\n<div class=\"about\">\n";
  if (entry.changed != desk::Time{})
    page.main += "<p class=\"faint\">" +
                 escape_html(desk::filled(reader.words.changed, {desk::iso(entry.changed).substr(0, 10)})) +
                 "</p>\n";
  std::vector<PublicShelf::Topic> tags;
  for (PublicShelf::Topic const& one : shelf_.topics(asked.language()))
    if (std::find(entry.head.tags.begin(), entry.head.tags.end(), one.tag) != entry.head.tags.end())
      tags.push_back(one);
  if (!tags.empty()) page.main += topic_list(tags, reader);
  page.main += "</div>\n";
  page.main += answered.empty()
                   ? question_form(action, seal_of(entry.head.id, 0), reader)
                   : "<p class=\"thanks\" role=\"status\" id=\"helped\">" +
                         escape_html(answered == "no" ? reader.words.thanks_no : reader.words.thanks) +
                         "</p>\n";
  return portal_response(page, reader);
}

std::vector<desk::Announcement> Portal::outages() {
  std::vector<desk::Announcement> out;
  auto const read =
      store_.read("outages", [&](store::Tx& tx) { out = store::announcements_in_force(tx, desk_.now()); });
  return read ? out : std::vector<desk::Announcement>{};
}

/// Only what a public article shows is shown: other pictures may belong to internal ones.
channels::HttpResponse Portal::picture(Asked const& asked, std::string const& id, std::string const& place) {
  Entry const* first = shelf_.find(id, "");
  if (first == nullptr || config_.knowledge.empty()) return nothing_here();
  for (Entry const* one : shelf_.translations(*first)) {
    if (one->head.id != id) continue;
    auto const markdown = shelf_.body(*one);
    if (!markdown) continue;
    for (parser::MarkdownLink const& link : parser::markdown_links(*markdown))
      if (link.picture && place_meant(one->head.path, link.target) == place)
        return picture_at(config_.knowledge, place, asked.request);
  }
  return nothing_here();
}

std::string Portal::seal_of(std::string const& id, int days_ago) const {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string const day = desk::iso(desk_.now() - std::chrono::days{days_ago}).substr(0, 10);
  std::string out;
  for (char const c : desk_.sign()("kb feedback|" + id + "|" + day).substr(0, 16)) {
    auto const byte = static_cast<unsigned char>(c);
    out.append({digits[byte >> 4U], digits[byte & 0xFU]});
  }
  return out;
}

bool Portal::may_take(Peers& peers, std::string const& peer, double most, std::chrono::seconds span) {
  auto const now = std::chrono::steady_clock::now();
  if (peers.size() >= most_peers) peers.clear();
  double const per_second = most / static_cast<double>(span.count());
  return peers.try_emplace(peer, per_second, most, now).first->second.take(now);
}

bool Portal::may_answer(std::string const& peer) {
  return may_take(answering_, channels::network_of(peer), answers, std::chrono::hours{1});
}

bool Portal::may_count(std::string const& peer, std::string const& article) {
  return may_take(counting_, channels::network_of(peer) + ' ' + article, counted_answers,
                  std::chrono::hours{24});
}

bool Portal::may_search(std::string const& peer) {
  return may_take(searching_, channels::network_of(peer), searches, std::chrono::minutes{1});
}

channels::HttpResponse Portal::feedback(Asked const& asked, Entry const& entry) {
  PortalWords const& words = asked.reader.words;
  auto const form = posted_form(asked.request.body);
  std::string const seal = field(form, "seal"), helped = field(form, "helped");
  if (!is_from_here(asked.request)) return told(asked, 403, words.missing);
  if (seal != seal_of(entry.head.id, 0) && seal != seal_of(entry.head.id, 1))
    return told(asked, 403, words.stale);
  if (helped != "yes" && helped != "no") return told(asked, 400, words.stale);
  if (!may_answer(asked.request.peer)) return told(asked, 429, words.too_often);
  desk::Feedback said{entry.head.id,        entry.head.language, helped == "yes",
                      field(form, "words"), entry.head.title,    entry.head.owner};
  if (said.words.size() > longest_words)
    return {413, "text/plain; charset=utf-8", "Please write less than 2000 characters.\n", {}};
  said.counts = may_count(asked.request.peer, said.article);
  auto const kept =
      store_.write("feedback", [&](store::Tx& tx) { store::add_feedback(tx, said, desk_.now()); });
  if (!kept) return told(asked, 503, words.later);
  auto response = told(asked, 303, words.thanks);
  response.headers.emplace_back(
      "Location",
      portal_url(channels::percent_encoded(entry.head.id) + "?said=" + helped, asked.language()) + "#helped");
  return response;
}

channels::HttpResponse Portal::told(Asked const& asked, int status, std::string_view words) {
  return portal_response({status, std::string{words}, "", heading(words), languages_of(asked, nullptr)},
                         asked.reader);
}

}  // namespace spoc::daemon
