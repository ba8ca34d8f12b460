// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl mail thread and mail explain: the threading rules over a folder of mails, or over the desk's own
// tickets.
#include "channels/maildir.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/key.hpp"
#include "parser/mail.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <iostream>
#include <map>
#include <set>

namespace spoc::ctl {
namespace {

namespace fs = std::filesystem;
using desk::Clue;
using desk::Rule;
using desk::TicketId;

/// What the store remembers for threading, kept in memory: the same clues from earlier mails of the folder
/// alone.
class Shelf {
 public:
  Shelf(bool open, desk::Duration window) : open_{open}, window_{window} {}

  std::vector<Clue> clues(desk::Traits const& traits, desk::Time now) const {
    std::vector<Clue> out;
    for (desk::Token const& token : traits.tokens) out.push_back({Rule::token, token.ticket, true, "token"});
    for (std::string const& id : traits.ids)
      if (auto const known = by_id_.find(id); known != by_id_.end())
        out.push_back({Rule::reference, known->second, takes_part(known->second, traits), id});
    if (auto const known = by_id_.find(traits.own_id); known != by_id_.end())
      out.push_back({Rule::reference, known->second, takes_part(known->second, traits), traits.own_id});
    if (auto const known = references_.find(traits.own_id); known != references_.end())
      out.push_back({Rule::reference, known->second, takes_part(known->second, traits), traits.own_id});
    for (desk::Token const& token : traits.body_tokens)
      out.push_back({Rule::body_token, token.ticket, true, "token"});
    for (TicketId number : traits.numbers)
      if (people_.contains(number))
        out.push_back({Rule::subject_number, number, takes_part(number, traits),
                       "#" + std::to_string(desk::number(number))});
    add_siblings(out, traits);
    add_subjects(out, traits, now);
    return out;
  }

  void add(desk::Mail const& mail, desk::Traits const& traits, TicketId thread, bool first, desk::Time now) {
    if (!mail.message_id.empty()) by_id_.try_emplace(mail.message_id, thread);
    if (first && !traits.authors.empty()) openers_[thread] = traits.authors.front();
    for (std::string const& id : traits.ids) references_.try_emplace(id, thread);
    if (!traits.thread_index.empty()) by_index_.try_emplace(traits.thread_index, thread);
    subjects_[traits.base_subject] = {thread, now};
    auto& people = people_[thread];
    people.insert(traits.authors.begin(), traits.authors.end());
    for (auto const* list : {&mail.to, &mail.cc})
      for (desk::Address const& one : *list) people.insert(desk::normal(one.address));
  }

 private:
  bool takes_part(TicketId thread, desk::Traits const& traits) const {
    auto const people = people_.find(thread);
    return open_ || (people != people_.end() &&
                     std::any_of(traits.authors.begin(), traits.authors.end(),
                                 [&](auto const& one) { return people->second.contains(one); }));
  }

  /// Of the same mail's readers: written to the one who opened the thread, or by one who was written to.
  bool is_sibling(TicketId thread, desk::Traits const& traits) const {
    auto const opener = openers_.find(thread);
    return takes_part(thread, traits) ||
           (opener != openers_.end() && std::find(traits.recipients.begin(), traits.recipients.end(),
                                                  opener->second) != traits.recipients.end());
  }

  void add_siblings(std::vector<Clue>& out, desk::Traits const& traits) const {
    for (std::string const& id : traits.ids)
      if (auto const known = references_.find(id); known != references_.end())
        out.push_back({Rule::sibling, known->second, is_sibling(known->second, traits), id});
    if (auto const known = by_index_.find(traits.thread_index);
        !traits.thread_index.empty() && known != by_index_.end())
      out.push_back({Rule::sibling, known->second, is_sibling(known->second, traits), "Thread-Index"});
  }

  void add_subjects(std::vector<Clue>& out, desk::Traits const& traits, desk::Time now) const {
    auto const known = subjects_.find(traits.base_subject);
    if (!traits.reply_prefix || traits.base_subject.empty() || known == subjects_.end()) return;
    if (now - known->second.second > window_) return;
    out.push_back({Rule::same_subject, known->second.first, takes_part(known->second.first, traits),
                   traits.base_subject});
  }

  bool open_;
  desk::Duration window_;
  std::map<std::string, TicketId> by_id_, references_, by_index_;
  std::map<std::string, std::pair<TicketId, desk::Time>> subjects_;
  std::map<TicketId, std::set<std::string>> people_;
  std::map<TicketId, std::string> openers_;
};

std::vector<fs::path> files_of(std::string const& folder) {
  std::vector<fs::path> files;
  std::error_code fault;
  for (auto const& entry : fs::directory_iterator{folder, fault})
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

int mail_thread(std::string const& folder, bool open) {
  if (!fs::is_directory(folder)) return fail({Kind::missing, folder + " is no folder"});
  // No desk, no key: tokens in these mails belong to nobody.
  desk::Sign const sign = daemon::signer(daemon::random_word());
  Shelf shelf{open, desk::House{}.subject_window};
  std::int64_t last = 0;
  for (fs::path const& file : files_of(folder)) {
    auto const raw = channels::read_file(file);
    if (!raw) return fail(raw.error());
    desk::Mail const mail = parser::read_mail(*raw);
    desk::Traits const traits = desk::traits_of(mail, sign);
    desk::Time const now = mail.date.value_or(desk::Time{});
    desk::Match const match = desk::pick(shelf.clues(traits, now), {});
    bool const first = !match.ticket;
    TicketId const thread = first ? TicketId{++last} : *match.ticket;
    shelf.add(mail, traits, thread, first, now);
    boost::json::object out{{"id", file.stem().string()}};
    out["out"] = boost::json::object{{"thread", desk::number(thread)}, {"rule", desk::name(match.rule)}};
    print(out);
  }
  return 0;
}

int mail_explain(Common const& common, std::string const& file) {
  auto const raw = read_input(file);
  if (!raw) return fail(raw.error());
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const match = (*place)->desk->explain(parser::read_mail(*raw));
  if (!match) return fail(match.error());
  if (common.json) {
    boost::json::object out{{"rule", desk::name(match->rule)}, {"reasons", texts(match->reasons)}};
    out["ticket"] =
        match->ticket ? boost::json::value(desk::number(*match->ticket)) : boost::json::value(nullptr);
    out["related"] =
        match->related ? boost::json::value(desk::number(*match->related)) : boost::json::value(nullptr);
    print(out);
    return 0;
  }
  std::cout << (match->ticket ? "ticket " + std::to_string(desk::number(*match->ticket))
                              : std::string{"a new ticket"})
            << " by rule " << desk::name(match->rule) << "\n";
  for (std::string const& reason : match->reasons) std::cout << "  " << reason << "\n";
  return 0;
}

}  // namespace spoc::ctl
