// SPDX-License-Identifier: GPL-3.0-or-later
// Places new tickets: category by words, team by what the candidates are there for.
#include "desk/routing.hpp"

#include "desk/lists.hpp"
#include "desk/lower.hpp"
#include "desk/plan.hpp"

#include <algorithm>
#include <functional>

namespace spoc::desk {
namespace {

using List = std::vector<std::string>;

std::size_t depth(std::string_view path) {
  return static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
}

Category const* category_at(House const& house, std::string_view path) {
  for (Category const& one : house.categories)
    if (one.path == path) return &one;
  return nullptr;
}

bool is_plain(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
/// The first byte of a Latin letter that ASCII has not, in UTF-8: U+00C0 to U+024F.
bool leads_letter(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return byte >= 0xC3U && byte <= 0xC9U;
}
bool letter_ends_at(std::string_view text, std::size_t end) {
  return end > 0 && (is_plain(text[end - 1]) || (end > 1 && leads_letter(text[end - 2])));
}
bool letter_begins_at(std::string_view text, std::size_t at) {
  return at < text.size() && (is_plain(text[at]) || leads_letter(text[at]));
}

/// A word of Latin letters stands by itself: "vpn" is not in "openvpnd"; of other scripts it may stand
/// anywhere.
bool stands_in(std::string const& text, std::string const& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    bool const before = letter_ends_at(text, at) && letter_begins_at(word, 0);
    bool const behind = letter_begins_at(text, at + word.size()) && letter_ends_at(word, word.size());
    if (!before && !behind) return true;
  }
  return false;
}

/// The teams that are left, and why.
class Choice {
 public:
  explicit Choice(std::vector<Team const*> candidates) : left_{std::move(candidates)} {}

  /// Leaves those that fit, unless none does.
  void prefer(std::string const& why, std::function<bool(Team const&)> const& fits) {
    std::vector<Team const*> fitting;
    for (Team const* one : left_)
      if (fits(*one)) fitting.push_back(one);
    if (fitting.empty() || fitting.size() == left_.size()) return;
    left_ = std::move(fitting);
    reasons_ += (reasons_.empty() ? "" : ", ") + why;
  }
  void first_to_open(House const& house, Time now) {
    auto const opens = [&](Team const* one) {
      return house.calendar(one->hours).next_opening(now).value_or(Time::max());
    };
    auto const first = std::min_element(left_.begin(), left_.end(),
                                        [&](Team const* a, Team const* b) { return opens(a) < opens(b); });
    if (left_.size() < 2 || opens(*first) <= now) return;
    left_ = {*first};
    reasons_ += (reasons_.empty() ? "" : ", ") + std::string{"opens first"};
  }
  Team const& team() const { return *left_.front(); }
  std::string const& reasons() const { return reasons_; }

 private:
  std::vector<Team const*> left_;
  std::string reasons_;
};

std::vector<Team const*> candidates(House const& house, Category const& category, Mailbox const* mailbox) {
  List const& names = !category.teams.empty() || mailbox == nullptr ? category.teams : mailbox->teams;
  std::vector<Team const*> out;
  for (std::string const& name : names)
    if (Team const* team = house.team(name)) out.push_back(team);
  return out;
}

std::string named(std::vector<Team const*> const& teams) {
  std::string out;
  for (Team const* one : teams) out += (out.empty() ? "" : ", ") + one->name;
  return out;
}

void file_under(Ticket& ticket, Category const& whole, bool vip, House const& house) {
  ticket.category = whole.path;
  ticket.kind = whole.kind.value_or(ticket.kind);
  ticket.impact = whole.impact.value_or(ticket.impact);
  // A VIP is not made to wait by what it is about.
  if (whole.urgency && (!vip || *whole.urgency < ticket.urgency)) ticket.urgency = *whole.urgency;
  ticket.priority = priority_of(house.matrix, ticket.impact, ticket.urgency);
}

}  // namespace

bool is_within(std::string_view path, std::string_view branch) {
  return path == branch || (path.starts_with(branch) && path.substr(branch.size()).starts_with('/'));
}

Category const* category_called(House const& house, std::string_view word) {
  std::string const wanted = lower(word);
  Category const* found = nullptr;
  int same = 0;
  for (Category const& one : house.categories) {
    if (lower(one.path) == wanted) return &one;
    if (lower(one.path.substr(one.path.rfind('/') + 1)) != wanted) continue;
    found = &one;
    ++same;
  }
  return same == 1 ? found : nullptr;
}

Category whole_category(House const& house, std::string_view path) {
  Category out;
  out.path = path;
  for (std::string_view rest = path; !rest.empty();) {
    if (Category const* one = category_at(house, rest)) {
      if (!out.kind) out.kind = one->kind;
      if (!out.impact) out.impact = one->impact;
      if (!out.urgency) out.urgency = one->urgency;
      if (out.teams.empty()) out.teams = one->teams;
      if (out.skills.empty()) out.skills = one->skills;
    }
    auto const slash = rest.rfind('/');
    rest = slash == std::string_view::npos ? std::string_view{} : rest.substr(0, slash);
  }
  return out;
}

WordsFound category_of_words(House const& house, std::string_view text) {
  std::string const all = lower(text);
  WordsFound out;
  for (Category const& one : house.categories)
    for (std::string const& word : one.words) {
      bool const deeper = out.category == nullptr || depth(one.path) > depth(out.category->path);
      if (!word.empty() && deeper && stands_in(all, lower(word))) out = {&one, word};
    }
  return out;
}

std::string site_of(House const& house, Ticket const& ticket, std::string_view own) {
  for (Site const& one : house.sites)
    if (!own.empty() && lower(one.name) == lower(own)) return one.name;
  std::string const address = normal(ticket.requester_address.address);
  std::string const domain = address.substr(address.find('@') + 1);
  for (std::string const& wanted : {address, domain})
    for (Site const& one : house.sites)
      if (!wanted.empty() && has(one.requesters, wanted)) return one.name;
  Mailbox const* mailbox = house.mailbox(ticket.mailbox);
  return mailbox == nullptr ? "" : mailbox->site;
}

Route route(House const& house, Ticket const& ticket, std::string_view own_site, Time now) {
  Category const category = whole_category(house, ticket.category);
  std::vector<Team const*> const all = candidates(house, category, house.mailbox(ticket.mailbox));
  if (all.empty()) return {ticket.team, ""};
  Choice choice{all};
  std::string const site = site_of(house, ticket, own_site);
  auto const knows = [&](Team const& team) {
    return std::all_of(category.skills.begin(), category.skills.end(),
                       [&](std::string const& skill) { return has(team.skills, skill); });
  };
  if (!category.skills.empty()) choice.prefer("skill", knows);
  // Made for this place comes before made for any.
  if (!site.empty()) {
    choice.prefer("site " + site, [&](Team const& team) { return has(team.sites, site); });
    choice.prefer("no other site", [](Team const& team) { return team.sites.empty(); });
  }
  choice.prefer("language " + ticket.language, [&](Team const& team) {
    return team.languages.empty() || has(team.languages, ticket.language);
  });
  choice.prefer("open now", [&](Team const& team) { return house.calendar(team.hours).open_at(now); });
  choice.first_to_open(house, now);
  std::string const from = category.teams.empty() ? "" : " of category " + ticket.category;
  std::string const why = choice.reasons().empty() ? "the first" : choice.reasons();
  return {choice.team().name, choice.team().name + " among " + named(all) + from + ": " +
                                  (all.size() > 1 ? why : "the only one")};
}

std::string known_site(Known const& known, Ticket const& ticket) {
  for (Contact const* one : {&known.contact, &known.requester})
    if (one->id == ticket.requester && !one->site.empty()) return one->site;
  return "";
}

void place(Plan& plan, Mailbox const& mailbox, std::string_view text, bool vip, Known const& known) {
  House const& house = *known.house;
  Ticket& ticket = *plan.open;
  auto const note = [&](std::string what, std::string why) {
    plan.trail.push_back({ticket.id, known.now, "desk", std::move(what), std::move(why)});
  };
  ticket.team = mailbox.team;
  classify(ticket, mailbox, house, vip);
  if (WordsFound const found = category_of_words(house, text); found.category != nullptr) {
    file_under(ticket, whole_category(house, found.category->path), vip, house);
    note("category", ticket.category + ": \"" + found.word + "\" stands in it");
  }
  Route const chosen = route(house, ticket, known_site(known, ticket), known.now);
  ticket.team = chosen.team;
  if (!chosen.reason.empty()) note("routed", chosen.reason);
}

}  // namespace spoc::desk
