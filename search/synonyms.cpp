// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of synonyms to groups, and groups found in a text.
#include "search/synonyms.hpp"

#include "desk/blanks.hpp"
#include "search/fields.hpp"

#include <algorithm>

namespace spoc::search {
namespace {

constexpr std::size_t most_members = 24, longest_member = 6;  // words; characters where no spaces are written

/// At commas, of whichever width.
std::vector<std::string> members_of(std::string_view text) {
  std::vector<std::string> out;
  while (true) {
    std::size_t end = std::string_view::npos, length = 0;
    for (std::string_view const comma : {",", "，", "、"})
      if (auto const at = text.find(comma); at < end) end = at, length = comma.size();
    if (auto const member = desk::trimmed(text.substr(0, end)); !member.empty()) out.emplace_back(member);
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + length);
  }
}

std::string fault_of(std::string const& member) {
  auto const words = split(member);
  if (words.empty()) return "\"" + member + "\" has no letters; write words";
  if (words.size() == 1 && words.front().wide)
    return "\"" + member + "\" is a single character, which says too little; write a word";
  if (words.size() > longest_member)
    return "\"" + member + "\" has more than " + std::to_string(longest_member) + " words or characters";
  return "";
}

/// "" where the line is in order, which is then in `out`.
std::string read_group(std::string_view line, SynonymGroup& out) {
  auto const arrow = line.find("=>");
  out.one_way = arrow != std::string_view::npos;
  out.members = members_of(line.substr(0, arrow));
  if (out.one_way) {
    if (out.members.size() != 1) return "before \"=>\" stands one word or phrase, without commas";
    auto others = members_of(line.substr(arrow + 2));
    std::move(others.begin(), others.end(), std::back_inserter(out.members));
  }
  if (out.members.size() < 2) return "a group has two members or more, with commas between them";
  if (out.members.size() > most_members)
    return "more than " + std::to_string(most_members) + " members; make two groups of it";
  for (auto const& member : out.members)
    if (auto fault = fault_of(member); !fault.empty()) return fault;
  return "";
}

}  // namespace

SynonymList read_synonyms(std::string_view text) {
  SynonymList out;
  std::string language;
  int number = 0;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    line = desk::trimmed(line.substr(0, line.find('#')));
    if (line.empty()) continue;
    if (line.front() == '[') {
      if (line.back() != ']' || line.size() < 3)
        out.mistakes.emplace_back(number, "a language stands alone on its line, as [en]");
      else
        language = main_language(desk::trimmed(line.substr(1, line.size() - 2)));
      continue;
    }
    SynonymGroup group{language, {}, false};
    if (auto fault = read_group(line, group); fault.empty())
      out.groups.push_back(std::move(group));
    else
      out.mistakes.emplace_back(number, std::move(fault));
  }
  return out;
}

Synonyms::Synonyms(std::vector<SynonymGroup> const& groups, std::string_view language) {
  auto const own = main_language(language);
  Stemmer const stemmer(own);
  for (auto const& group : groups)
    if (group.language.empty() || group.language == own) add(group, stemmer, own);
}

void Synonyms::add(SynonymGroup const& group, Stemmer const& stemmer, std::string const& language) {
  std::vector<Member> members;
  for (auto const& text : group.members) {
    Member member;
    std::string before;
    for (auto const& word : split(text)) {
      auto const stem = word.wide ? word.text : stemmer(word.text);
      member.keys.push_back(key_of(stem));
      if (word.wide && word.joined)
        member.terms.push_back(std::string(fields::wide.prefix) + before + word.text);
      else if (!word.wide && !is_stop_word(word.text, language))
        member.terms.push_back(term(fields::body, stem));
      before = word.text;
    }
    auto const same = [&](Member const& other) { return other.keys == member.keys; };
    if (member.terms.empty() || std::any_of(members.begin(), members.end(), same)) continue;
    members.push_back(std::move(member));
  }
  if (members.size() < 2) return;  // endings apart, they were one word
  auto const asked = group.one_way ? 1 : members.size();
  for (std::size_t i = 0; i < asked; ++i) heads_[members[i].keys.front()].push_back({groups_.size(), i});
  groups_.push_back(std::move(members));
}

std::vector<Synonyms::Found> Synonyms::find(std::vector<std::uint32_t> const& keys) const {
  std::vector<Found> out;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto const head = heads_.find(keys[i]);
    if (head == heads_.end()) continue;
    std::size_t longest = 0;
    std::vector<Place> found;
    for (auto const& place : head->second) {
      auto const& member = groups_[place.group][place.member].keys;
      if (member.size() < longest || member.size() > keys.size() - i ||
          !std::equal(member.begin(), member.end(), keys.begin() + static_cast<std::ptrdiff_t>(i)))
        continue;
      if (member.size() > longest) found.clear();
      longest = member.size();
      found.push_back(place);
    }
    if (found.empty()) continue;
    Found one{i, i + longest, {}};
    for (auto const& place : found)
      for (std::size_t other = 0; other < groups_[place.group].size(); ++other)
        if (other != place.member) one.others.push_back(&groups_[place.group][other]);
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace spoc::search
