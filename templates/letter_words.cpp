// SPDX-License-Identifier: GPL-3.0-or-later
// What every letter's texts may speak of.
#include "templates/letter_words.hpp"

#include "desk/phrase.hpp"
#include "desk/thread.hpp"
#include "templates/plain_html.hpp"
#include "templates/utf8.hpp"

#include <algorithm>
#include <array>

namespace spoc::templates {
namespace {

constexpr std::size_t longest_subject = 200, longest_name = 80;
constexpr std::size_t most_bytes_to_agents = 20U << 20U;

std::string lower(std::string_view text) {
  std::string result(text);
  for (auto& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

/// One blank for many, and our own "[#42]" gone.
std::string plain_subject(std::string_view subject) {
  std::string result;
  auto const line = one_line(subject);
  for (std::size_t at = 0; at < line.size();) {
    if (line.compare(at, 2, "[#") == 0) {
      auto const end = line.find_first_not_of("0123456789", at + 2);
      if (end != std::string::npos && end > at + 2 && line[end] == ']') {
        at = end + 1;
        continue;
      }
    }
    if (line[at] != ' ' || (!result.empty() && result.back() != ' ')) result += line[at];
    ++at;
  }
  if (!result.empty() && result.back() == ' ') result.pop_back();
  return result;
}

/// "[VPN] down": a tag before the words is part of what somebody wrote.
std::size_t with_tags(std::string_view line, std::size_t begin) {
  while (begin > 1) {
    auto const end = line.find_last_not_of(' ', begin - 1);
    if (end == std::string_view::npos || line[end] != ']') break;
    auto const open = line.rfind('[', end);
    if (open == std::string_view::npos) break;
    begin = open;
  }
  return begin;
}

std::string size_text(std::size_t bytes) {
  if (bytes < 1024) return std::to_string(bytes) + " B";
  auto const kib = (bytes + 512) / 1024;
  if (kib < 1024) return std::to_string(kib) + " KB";
  auto const tenths = bytes * 10 / (1024 * 1024);
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " MB";
}

bool carries_attachments(desk::LetterKind kind) {
  using desk::LetterKind;
  return kind == LetterKind::answer || kind == LetterKind::opened || kind == LetterKind::wrote ||
         kind == LetterKind::noted || kind == LetterKind::asked || kind == LetterKind::replied;
}

std::vector<Texts::Row> attachment_rows(LetterFacts const& facts, Phrases const& phrases) {
  std::vector<Texts::Row> rows;
  if (!carries_attachments(facts.letter.kind)) return rows;
  auto const carried = carried_attachments(facts);
  auto next = carried.begin();
  for (auto const& attachment : facts.about.attachments) {
    auto const goes = next != carried.end() && *next == attachment;
    if (goes) ++next;
    auto name = clipped(one_line(attachment.filename), longest_name);
    rows.push_back({{"name", name.empty() ? attachment.type : name},
                    {"size", size_text(attachment.size())},
                    {"left_out", goes || !attachment.held.empty() ? "" : "yes"},
                    {"held", one_line(said(attachment.held, facts, phrases))}});
  }
  return rows;
}

std::vector<Texts::Row> article_rows(LetterFacts const& facts) {
  std::vector<Texts::Row> rows;
  for (auto const& article : facts.articles) {
    rows.push_back({{"n", std::to_string(article.number)},
                    {"id", one_line(article.id)},
                    {"title", one_line(article.title)},
                    {"url", one_line(article.url)},
                    {"solved_url", one_line(article.solved_url)},
                    {"body", trimmed_lines(with_lf(article.text))},
                    {"body_html", article.html.empty() ? html_of(article.text) : article.html}});
  }
  return rows;
}

/// For agents: the address at which a reply becomes what a plain one does not.
std::string other_way(LetterFacts const& facts, Phrases const& phrases) {
  if (facts.other_address.empty()) return {};
  bool const note = facts.answers == desk::Purpose::note;
  return phrases(note ? "answer_address" : "note_address") + " " + one_line(facts.other_address);
}

}  // namespace

std::span<std::string_view const> known_facts() {
  static constexpr std::array<std::string_view, 12> facts{
      "has_articles", "has_attachments", "has_earlier", "has_history", "has_lines", "by_chat",
      "asks",         "has_own",         "has_free",    "has_absent",  "by_phone",  "is_vip"};
  return facts;
}

Result<Phrases> Phrases::load(Texts const& texts, std::string const& language) {
  if (auto const known = texts.phrases(language)) return *known;
  auto const text = texts.render("words.txt", language, {});
  if (!text) return text.error();
  Map phrases;
  for (std::size_t at = 0; at < text->size();) {
    auto const end = std::min(text->find('\n', at), text->size());
    auto const line = std::string_view(*text).substr(at, end - at);
    at = end + 1;
    auto const sign = line.find(" = ");
    if (sign != std::string_view::npos) phrases[std::string(line.substr(0, sign))] = line.substr(sign + 3);
  }
  Phrases result;
  result.phrases_ = std::make_shared<Map const>(std::move(phrases));
  return result;
}

std::string Phrases::operator()(std::string const& key) const {
  auto const found = phrases_->find(key);
  return found == phrases_->end() ? key : found->second;
}

std::string display_subject(std::string_view subject, Phrases const& phrases) {
  auto const line = plain_subject(subject);
  auto const base = desk::base_subject(line).text;
  auto const place = base.empty() ? std::string::npos : lower(line).rfind(base);
  auto const shown = place == std::string::npos ? line : line.substr(with_tags(line, place));
  return base.empty() ? phrases("no_subject") : clipped(shown, longest_subject);
}

std::string who(desk::Address const& address) {
  auto const name = clipped(one_line(address.name), longest_name);
  auto const spec = one_line(address.address);
  if (name.empty()) return spec;
  return spec.empty() ? name : name + " <" + spec + ">";
}

std::string shown_words(desk::Message const& message) {
  auto words = trimmed_lines(valid_utf8(with_lf(message.reply)));
  return words.empty() ? trimmed_lines(valid_utf8(with_lf(message.text))) : words;
}

std::vector<desk::Attachment> carried_attachments(LetterFacts const& facts) {
  if (!carries_attachments(facts.letter.kind)) return {};
  std::vector<desk::Attachment> result;
  bool const outside = !desk::is_automatic(facts.letter.kind);
  std::size_t bytes = 0;
  for (auto const& attachment : facts.about.attachments) {
    if (!attachment.held.empty()) continue;
    if (!outside && bytes + attachment.size() > most_bytes_to_agents) continue;
    bytes += attachment.size();
    result.push_back(attachment);
  }
  return result;
}

Texts::Values shared_values(LetterFacts const& facts, Phrases const& phrases) {
  auto const& letter = facts.letter;
  auto const desk = one_line(facts.desk_name);
  auto const agent = clipped(one_line(facts.from.name), longest_name);
  auto const text = trimmed_lines(valid_utf8(with_lf(letter.text)));
  auto const name = clipped(one_line(letter.to.name), longest_name);
  Texts::Values values;
  values.words = {{"desk", desk},
                  {"number", std::to_string(desk::number(letter.ticket))},
                  {"subject", display_subject(facts.ticket.subject, phrases)},
                  {"language", one_line(letter.language)},
                  {"token", one_line(letter.token)},
                  {"other_way", other_way(facts, phrases)},
                  // "Hello ola@example.org" is worse than "Hello".
                  {"name", name.find('@') == std::string::npos ? name : ""},
                  // Where nobody wrote, nobody's name is shown.
                  {"agent", !desk::is_automatic(letter.kind) && agent != desk ? agent : ""},
                  {"text", text},
                  {"text_html", html_of(text)}};
  values.lists["articles"] = article_rows(facts);
  values.lists["attachments"] = attachment_rows(facts, phrases);
  if (!facts.articles.empty()) values.facts.insert("has_articles");
  if (!values.lists["attachments"].empty()) values.facts.insert("has_attachments");
  return values;
}

}  // namespace spoc::templates
