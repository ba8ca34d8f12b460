// SPDX-License-Identifier: GPL-3.0-or-later
// Reads announcements and finds the one that a matter belongs to.
#include "desk/announcement.hpp"

#include "desk/blanks.hpp"
#include "desk/characters.hpp"
#include "desk/lower.hpp"
#include "desk/people.hpp"
#include "desk/phrase.hpp"
#include "desk/read_when.hpp"

#include <algorithm>
#include <array>

namespace spoc::desk {
namespace {

/// Where only a day is said, it is over when people go home.
constexpr int evening = 17 * 60;

constexpr std::array<std::string_view, 4> tags{"en", "nb", "zh-Hans", "zh-Hant"};

/// Letters and digits of any script; the bytes of a character beyond ASCII are one.
bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

/// Is a word over before that place? A script without blanks parts words as a blank does: "VPN连不上".
bool ends_before(std::string_view text, std::size_t at) {
  return at == text.size() || !is_of_word(text[at]) || is_wide(text[at]);
}

bool begins_at(std::string_view text, std::size_t at) {
  if (at == 0 || !is_of_word(text[at - 1])) return true;
  return is_wide(text[start_before(text, at)]);
}

/// Both folded.
bool stands_in(std::string_view text, std::string_view word) {
  bool const open_end = word.ends_with('*');
  if (open_end) word.remove_suffix(1);
  if (word.empty()) return false;
  for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    auto const end = at + word.size();
    bool const begins = is_wide(word.front()) || begins_at(text, at);
    bool const ends = open_end || is_wide(word.front()) || ends_before(text, end);
    if (begins && ends) return true;
  }
  return false;
}

/// Blanks of any kind and number become one, so that words in a row are found over line ends.
std::string flowing(std::string_view text, Fold const& fold = {}) {
  std::string out;
  for (char const c : fold ? fold(text) : lower(text)) {
    bool const blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

/// Parted by commas, Chinese ones too.
std::vector<std::string> words_in(std::string_view text) {
  constexpr std::array<std::string_view, 3> commas{",", "\xEF\xBC\x8C", "\xE3\x80\x81"};
  std::vector<std::string> out;
  std::string word;
  auto const take = [&] {
    if (std::string one = flowing(trimmed(word)); !one.empty()) out.push_back(std::move(one));
    word.clear();
  };
  while (!text.empty()) {
    auto const comma = std::find_if(commas.begin(), commas.end(),
                                    [&](std::string_view one) { return text.starts_with(one); });
    if (comma != commas.end())
      take();
    else
      word += text.front();
    text.remove_prefix(comma != commas.end() ? comma->size() : 1);
  }
  take();
  return out;
}

/// "until", in any of the languages, taken off.
bool take_until(std::string_view& text) {
  for (std::string_view const word : {"until", "til", "\xE8\x87\xB3", "\xE7\x9B\xB4\xE5\x88\xB0"}) {
    std::string_view const rest = text.substr(std::min(word.size(), text.size()));
    bool const parted = is_wide(word.front()) || rest.starts_with(' ');
    if (lower(text.substr(0, word.size())) != word || !parted) continue;
    text = trimmed(rest);
    return true;
  }
  return false;
}

/// Where the moment ends: a colon with a blank behind it, or a Chinese one.
struct Parted {
  std::string_view moment, rest;
};
Parted parted(std::string_view text) {
  auto const plain = text.find(": "), wide = text.find("\xEF\xBC\x9A");
  auto const at = std::min(plain, wide);
  if (at == std::string_view::npos) return {text, {}};
  return {text.substr(0, at), text.substr(at + (at == plain ? 2 : 3))};
}

/// "nb: words": the tag; "" for other lines.
std::string_view tag_of(std::string_view line) {
  for (std::string_view const tag : tags) {
    bool const same = lower(line.substr(0, tag.size())) == lower(tag);
    if (same && line.substr(tag.size()).starts_with(':')) return tag;
  }
  return {};
}

void read_text(std::string_view words, Announcement& out) {
  std::string* into = &out.text;
  while (!words.empty()) {
    auto const end = std::min(words.find('\n'), words.size());
    auto line = words.substr(0, end);
    words.remove_prefix(std::min(end + 1, words.size()));
    if (auto const tag = tag_of(line); !tag.empty()) {
      into = &out.translations[std::string{tag}];
      line = line.substr(tag.size() + 1);
    }
    *into += (into->empty() ? "" : "\n") + std::string{trimmed(line)};
  }
  for (auto& [language, text] : out.translations) text = trimmed(text);
  std::erase_if(out.translations, [](auto const& one) { return one.second.empty(); });
  out.text = trimmed(out.text);
  if (out.text.empty() && !out.translations.empty()) out.text = out.translations.begin()->second;
}

}  // namespace

bool in_force(Announcement const& announcement, Time now) {
  bool const over = announcement.until && *announcement.until <= now;
  return !announcement.ended && !over;
}

std::string const& text_in(Announcement const& announcement, std::string_view language) {
  auto const found = announcement.translations.find(std::string{language});
  return found == announcement.translations.end() ? announcement.text : found->second;
}

std::string texts_in(std::vector<Announcement> const& announcements, std::string const& language) {
  std::string const tongue = spoken(language);
  std::string out;
  for (Announcement const& one : announcements) out += (out.empty() ? "" : "\n\n") + text_in(one, tongue);
  return out;
}

Announcement const* known_issue(std::vector<Announcement> const& announcements, std::string_view text,
                                Time now, Fold const& fold) {
  if (announcements.empty()) return nullptr;
  std::string const all = flowing(text, fold);
  Announcement const* newest = nullptr;
  for (Announcement const& one : announcements) {
    bool const meant = std::any_of(one.words.begin(), one.words.end(), [&](std::string const& word) {
      return stands_in(all, flowing(word, fold));
    });
    if (meant && in_force(one, now) && (newest == nullptr || newest->made < one.made)) newest = &one;
  }
  return newest;
}

AnnouncementText read_announcement(std::string_view argument, std::string_view words, Time now,
                                   Zone const& zone) {
  AnnouncementText out;
  std::string_view rest = trimmed(argument);
  if (take_until(rest)) {
    auto const [moment, behind] = parted(rest);
    auto const when = read_when(moment, now, zone, evening);
    if (!when || !trimmed(when->rest).empty()) {
      out.fault = phrase("\"{1}\" is no time: say 2h, 3d, 14:00, fri 14:00, tomorrow or 2026-12-01 14:00",
                         {std::string{moment}});
      return out;
    }
    if (when->at <= now) {
      out.fault = phrase("{1} has passed already", {iso(when->at)});
      return out;
    }
    out.announcement.until = when->at;
    rest = behind;
  }
  out.announcement.words = words_in(rest);
  read_text(words, out.announcement);
  if (out.announcement.text.empty()) out.fault = phrase("an announcement needs a text");
  return out;
}

}  // namespace spoc::desk
