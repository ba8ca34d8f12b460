// SPDX-License-Identifier: GPL-3.0-or-later
// Words to wants, and the comparison of a question with an article's sketch.
#include "search/question.hpp"

#include "search/fields.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace spoc::search {
namespace {

constexpr std::size_t most_wants = 400;  // a mail's first words say what it is about
constexpr std::uint16_t most_sentences = 200;
constexpr std::size_t window_size = 50;  // words: some three sentences
constexpr std::size_t reach = 4;         // neighbours may have stop words between them
constexpr double saturation = 1.2, length_share = 0.6;
constexpr double title_weight = 4;

double weight_of(Want const& want) { return want.rarity * want.often / (want.often + 1) * 2; }

}  // namespace

Question::Question(std::vector<Word> const& subject, std::vector<Word> const& text, std::string_view language,
                   std::vector<Stemmer> const& stemmers)
    : language_(main_language(language)), stemmers_(stemmers) {
  add(subject, 2, false);
  add(text, 1, false);
  if (wants_.empty()) {  // "who are you?" is made of stop words alone
    add(subject, 2, true);
    add(text, 1, true);
  }
  make_table();
}

std::uint16_t Question::want(std::uint32_t key, bool wide, bool single, double often) {
  auto const index = static_cast<std::uint16_t>(wants_.size());
  auto const [at, added] = keys_.emplace(key, index);
  if (added) wants_.push_back({{}, often, wide, single, 0, 0, {}, {}});
  if (!added) wants_[at->second].often += often;
  return at->second;
}

void Question::add(std::vector<Word> const& words, double often, bool keep_stops) {
  std::vector<std::uint16_t> order;
  for (std::size_t i = 0; i < words.size() && wants_.size() < most_wants; ++i) {
    auto const& word = words[i];
    if (word.begins && sentence_ < most_sentences) ++sentence_;
    auto const kept = [&](std::string const& text, std::string_view language) {
      return keep_stops || !is_stop_word(text, language);
    };
    if (!word.wide) {
      if (!kept(word.text, language_)) continue;
      auto const stem = stemmers_.front()(word.text);
      auto const index = want(key_of(stem), false, false, often);
      auto& terms = wants_[index].terms;
      if (terms.empty()) {
        for (auto const& stemmer : stemmers_) {
          auto const other = stemmer(word.text);
          auto name = std::string(fields::body.prefix) + short_enough(other);
          if (std::find(terms.begin(), terms.end(), name) != terms.end()) continue;
          terms.push_back(std::move(name));
          if (other != stem) keys_.emplace(key_of(other), index);
        }
      }
      stands_here(index);
      order.push_back(index);
      continue;
    }
    any_wide_ = true;
    if (kept(word.text, "zh")) {
      auto const index = want(key_of(word.text), true, true, often);
      if (wants_[index].terms.empty()) wants_[index].terms = {std::string(fields::wide.prefix) + word.text};
    }
    if (!word.joined) continue;
    auto const both = words[i - 1].text + word.text;
    if (!kept(both, "zh")) continue;
    auto const index = want(key_of_pair(key_of(words[i - 1].text), key_of(word.text)), true, false, often);
    if (wants_[index].terms.empty()) wants_[index].terms = {std::string(fields::wide.prefix) + both};
    stands_here(index);
    order.push_back(index);
  }
  chain(order);
}

void Question::stands_here(std::uint16_t index) {
  auto& sentences = wants_[index].sentences;
  if (sentences.empty() || sentences.back() != sentence_) sentences.push_back(sentence_);
}

void Question::chain(std::vector<std::uint16_t> const& order) {
  for (std::size_t i = 1; i < order.size(); ++i) {
    auto& next = wants_[order[i - 1]].next;
    if (order[i] != order[i - 1] && std::find(next.begin(), next.end(), order[i]) == next.end())
      next.push_back(order[i]);
  }
}

void Question::make_table() {
  std::size_t size = 16;
  while (size < keys_.size() * 4) size *= 2;
  table_.assign(size, {0, -1});
  for (auto const& [key, index] : keys_) {
    auto at = key * 0x9E3779B9U & (size - 1);
    while (table_[at].second >= 0) at = (at + 1) & (size - 1);
    table_[at] = {key, index};
  }
}

int Question::find(std::uint32_t key) const {
  auto at = key * 0x9E3779B9U & (table_.size() - 1);
  for (; table_[at].second >= 0; at = (at + 1) & (table_.size() - 1))
    if (table_[at].first == key) return table_[at].second;
  return -1;
}

void Question::weigh(double articles) {
  total_ = 0;
  rarest_ = std::log(1 + (articles + 0.5) / 0.5);
  sentence_weight_.assign(sentence_ + 1U, 0);
  for (auto& each : wants_) {
    double const df = each.found_in;
    each.rarity = std::log(1 + (articles - df + 0.5) / (df + 0.5));
    if (!each.single) total_ += weight_of(each);
    for (auto const sentence : each.sentences) sentence_weight_[sentence] += each.rarity;
    if (df == 0) each.rarity = 0;  // it finds nothing, but it was asked for
  }
}

void Question::scan(std::vector<std::uint32_t> const& keys, std::size_t offset,
                    std::vector<Event>& events) const {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == 0) continue;
    if (auto const one = find(keys[i]); one >= 0)
      events.push_back({offset + i, static_cast<std::uint16_t>(one)});
    if (!any_wide_ || i == 0 || keys[i - 1] == 0) continue;
    if (auto const two = find(key_of_pair(keys[i - 1], keys[i])); two >= 0)
      events.push_back({offset + i, static_cast<std::uint16_t>(two)});
  }
}

double Question::count_pairs(std::vector<Event> const& events) const {
  std::unordered_map<std::uint32_t, double> seen;
  for (std::size_t i = 1; i < events.size(); ++i) {
    for (std::size_t j = i; j-- > 0 && events[i].at - events[j].at <= reach;) {
      auto const& next = wants_[events[j].want].next;
      if (events[i].at == events[j].at) continue;
      if (std::find(next.begin(), next.end(), events[i].want) == next.end()) continue;
      auto const apart = static_cast<double>(events[i].at - events[j].at);
      auto& sum = seen[std::uint32_t{events[j].want} << 16 | events[i].want];
      sum += 1 / apart;
    }
  }
  double out = 0;
  for (auto const& [pair, count] : seen) {
    auto const weight = weight_of(wants_[pair >> 16]) + weight_of(wants_[pair & 0xFFFF]);
    out += weight / 2 * count / (count + 1) * 2;
  }
  return out;
}

double Question::best_window(std::vector<Event> const& events) const {
  std::vector<int> inside(wants_.size(), 0);
  double sum = 0, best = 0;
  std::size_t left = 0;
  for (auto const& event : events) {
    if (!wants_[event.want].single && inside[event.want]++ == 0) sum += weight_of(wants_[event.want]);
    for (; event.at - events[left].at > window_size; ++left) {
      auto const gone = events[left].want;
      if (!wants_[gone].single && --inside[gone] == 0) sum -= weight_of(wants_[gone]);
    }
    best = std::max(best, sum);
  }
  return best;
}

double Question::best_sentence(std::vector<double> const& count) const {
  std::vector<double> found(sentence_weight_.size(), 0);
  for (std::size_t i = 0; i < wants_.size(); ++i)
    if (count[i] > 0)
      for (auto const sentence : wants_[i].sentences) found[sentence] += wants_[i].rarity;
  double best = 0;
  for (std::size_t i = 0; i < found.size(); ++i)
    best = std::max(best, found[i] * found[i] / (sentence_weight_[i] + 3));
  return best;
}

Match Question::compare(Sketch const& sketch, double length) const {
  std::vector<Event> title, events;
  scan(sketch.title, 0, title);
  events = title;
  scan(sketch.body, sketch.title.size() + reach, events);
  std::vector<double> count(wants_.size(), 0);
  for (auto const& event : events) count[event.want] += 1;
  Match out;
  std::vector<bool> in_title(wants_.size(), false);
  for (auto const& event : title) {
    count[event.want] += title_weight - 1;
    if (wants_[event.want].single || in_title[event.want]) continue;
    in_title[event.want] = true;
    out.title += weight_of(wants_[event.want]);
    out.titled += 1;
  }
  auto const norm = saturation * (1 - length_share + length_share * length);
  for (std::size_t i = 0; i < wants_.size(); ++i) {
    if (count[i] == 0) continue;
    auto const weight = weight_of(wants_[i]);
    out.words += (wants_[i].single ? 0.3 : 1) * weight * count[i] * (saturation + 1) / (count[i] + norm);
    if (!wants_[i].single) out.coverage += weight;
  }
  out.pairs = count_pairs(events);
  out.window = best_window(events);
  out.focus = best_sentence(count);
  auto const total = std::max(total_, 1e-9);
  out.window /= total, out.coverage /= total, out.title /= total;
  out.titled /= std::max<double>(1, static_cast<double>(sketch.title.size()));
  return out;
}

}  // namespace spoc::search
