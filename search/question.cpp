// SPDX-License-Identifier: GPL-3.0-or-later
// Words to wants, and the comparison of a question with an article's sketch.
#include "search/question.hpp"

#include "search/fields.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace spoc::search {
namespace {

constexpr std::size_t most_wants = 400;  // a mail's first words say what it is about
constexpr std::uint16_t most_sentences = 200;
constexpr std::size_t window_size = 50;  // words: some three sentences
constexpr std::size_t reach = 4;         // neighbours may have stop words between them
constexpr double saturation = 1.2, length_share = 0.6;
constexpr double title_weight = 4;
constexpr double everyday = 1.0 / 3;
constexpr double alike_told = 0.9;
constexpr std::size_t most_told = 60;

using Table = std::vector<std::pair<std::uint32_t, std::int32_t>>;

void fill(Table& table, std::unordered_map<std::uint32_t, std::uint16_t> const& entries) {
  std::size_t size = 16;
  while (size < entries.size() * 4) size *= 2;
  table.assign(size, {0, -1});
  for (auto const& [key, index] : entries) {
    auto at = key * 0x9E3779B9U & (size - 1);
    while (table[at].second >= 0) at = (at + 1) & (size - 1);
    table[at] = {key, index};
  }
}

int find(Table const& table, std::uint32_t key) {
  auto at = key * 0x9E3779B9U & (table.size() - 1);
  for (; table[at].second >= 0; at = (at + 1) & (table.size() - 1))
    if (table[at].first == key) return table[at].second;
  return -1;
}

/// Tags stand behind the title, after a border: they are none of it.
double titled(std::vector<std::uint32_t> const& title, std::vector<bool> const& met) {
  double all = 0, asked = 0;
  for (std::size_t i = 0; i < title.size() && title[i] != 0; ++i) {
    if (is_stop_key(title[i])) continue;
    all += 1;
    asked += met[i];
  }
  return all > 0 ? asked / all : 0;
}

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
}

std::uint16_t Question::want(std::uint32_t key, bool wide, bool single, double often) {
  auto const index = static_cast<std::uint16_t>(wants_.size());
  auto const [at, added] = keys_.emplace(key, index);
  if (added) {
    wants_.emplace_back();
    wants_.back().often = often, wants_.back().wide = wide, wants_.back().single = single;
  }
  if (!added) wants_[at->second].often += often;
  return at->second;
}

void Question::add(std::vector<Word> const& words, double often, bool keep_stops) {
  std::vector<std::uint16_t> order;
  keep_stops_ = keep_stops;
  tokens_.emplace_back();
  for (std::size_t i = 0; i < words.size() && wants_.size() < most_wants; ++i) {
    auto const& word = words[i];
    if (word.begins && sentence_ < most_sentences) ++sentence_;
    if (word.begins) tokens_.emplace_back();
    if (!word.wide) {
      add_word(word, often, order);
      continue;
    }
    any_wide_ = true;
    tokens_.push_back({key_of(word.text), -1});
    if (keeps(word.text, "zh")) {
      auto const index = want(key_of(word.text), true, true, often);
      if (wants_[index].terms.empty()) wants_[index].terms = {std::string(fields::wide.prefix) + word.text};
    }
    if (word.joined) add_pair(words[i - 1], word, often, order);
  }
  chain(order);
}

bool Question::keeps(std::string const& text, std::string_view language) const {
  return keep_stops_ || !is_stop_word(text, language);
}

void Question::add_word(Word const& word, double often, std::vector<std::uint16_t>& order) {
  auto const stem = stemmers_.front()(word.text);
  tokens_.push_back({key_of(stem), -1});
  if (!keeps(word.text, language_)) return;
  auto const index = want(key_of(stem), false, false, often);
  tokens_.back().want = index;
  auto& own = wants_[index];
  if (own.terms.empty()) {
    own.word = word.text;
    own.compound = word.compound;
    if (is_everyday_word(word.text, language_)) own.heft = everyday;
    for (auto const& stemmer : stemmers_) {
      auto const other = stemmer(word.text);
      auto name = term(fields::body, other);
      if (std::find(own.terms.begin(), own.terms.end(), name) != own.terms.end()) continue;
      own.terms.push_back(std::move(name));
      if (other != stem) keys_.emplace(key_of(other), index);
    }
  }
  stands_here(index);
  order.push_back(index);
}

void Question::add_pair(Word const& first, Word const& second, double often,
                        std::vector<std::uint16_t>& order) {
  auto const both = first.text + second.text;
  if (!keeps(both, "zh")) return;
  auto const index = want(key_of_pair(key_of(first.text), key_of(second.text)), true, false, often);
  auto const before = tokens_[tokens_.size() - 2].want;  // the token of the character before
  tokens_.back().want = index;
  auto& own = wants_[index];
  if (own.terms.empty()) {
    own.terms = {std::string(fields::wide.prefix) + both};
    own.glue[0] = is_stop_word(first.text, "zh"), own.glue[1] = is_stop_word(second.text, "zh");
    own.before = before;
    if (is_everyday_word(both, "zh")) own.heft = everyday;
  }
  if (before >= 0 && wants_[static_cast<std::size_t>(before)].after < 0)
    wants_[static_cast<std::size_t>(before)].after = index;
  stands_here(index);
  order.push_back(index);
}

void Question::also(std::vector<std::uint32_t> keys, std::vector<std::uint16_t> wants, double share) {
  constexpr std::size_t most_alike = 2000;
  if (keys.empty() || wants.empty() || alike_.size() >= most_alike) return;
  for (auto const want : wants) wants_[want].alike_share = std::max(wants_[want].alike_share, share);
  auto const index = static_cast<std::uint16_t>(alike_.size());
  auto const [head, added] = heads_.emplace(keys.front(), index);
  alike_.push_back({std::move(keys), std::move(wants), share, added ? -1 : std::int32_t{head->second}});
  head->second = index;
}

void Question::correct(std::size_t index, std::string const& word) {
  std::set<std::string> stems;
  for (auto const& stemmer : stemmers_) stems.insert(stemmer(word));
  for (auto const& stem : stems) {
    wants_[index].alike.push_back({term(fields::body, stem)});
    also({key_of(stem)}, {static_cast<std::uint16_t>(index)}, corrected_counts);
  }
  auto const key = key_of(stemmers_.front()(word));
  for (auto& token : tokens_)
    if (token.want == static_cast<std::int32_t>(index)) token.key = key;
}

void Question::widen(Synonyms const& synonyms) {
  std::vector<Token> telling;  // "losing its connection" means "lose connection"
  for (auto const& token : tokens_)
    if (token.key == 0 || token.want >= 0) telling.push_back(token);
  std::set<std::pair<std::uint16_t, Synonyms::Member const*>> had;
  widen(synonyms, tokens_, had);
  if (!any_wide_) widen(synonyms, telling, had);
}

void Question::widen(Synonyms const& synonyms, std::vector<Token> const& tokens,
                     std::set<std::pair<std::uint16_t, Synonyms::Member const*>>& had) {
  std::vector<std::uint32_t> keys;
  keys.reserve(tokens.size());
  for (auto const& token : tokens) keys.push_back(token.key);
  for (auto const& found : synonyms.find(keys)) {
    std::vector<std::uint16_t> meant;
    for (auto i = found.from; i < found.to; ++i) {
      auto const want = tokens[i].want;
      if (want < 0) continue;
      auto const index = static_cast<std::uint16_t>(want);
      // The pair of the first character and the one before it is not of this word.
      if (wants_[index].wide && i == found.from) continue;
      meant.push_back(index);
    }
    if (meant.empty()) continue;
    bool const known = found.to - found.from == 1 && wants_[meant.front()].found_in > 0;
    for (auto const* other : found.others) {
      if (!had.emplace(meant.front(), other).second) continue;
      for (auto const index : meant) wants_[index].alike.push_back(other->terms);
      also(other->keys, meant, known && other->keys.size() == 1 ? alike_known_counts : alike_counts);
    }
  }
}

void Question::suppose(std::string const& term, double often) {
  auto const wide = term.starts_with(fields::wide.prefix);
  auto const text = term.substr(1);
  auto key = key_of(text);
  if (wide) {
    auto const words = split(text);
    if (words.size() == 2) key = key_of_pair(key_of(words[0].text), key_of(words[1].text));
  }
  if (keys_.contains(key) || wants_.size() >= most_wants) return;
  auto const index = want(key, wide, true, often);
  wants_[index].terms = {term};
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

/// The share of an unknown pair of characters that was asked for as a word. Pairs overlap, so a run of
/// characters has more of them than words: what a neighbour that is known has said already, and particles,
/// ask for nothing.
double Question::share_of(Want const& want) const {
  if (want.compound && want.found_in == 0) return 0;  // its parts say it
  if (!want.wide || want.single || want.found_in > 0) return 1;
  auto const known = [&](std::int32_t index) {
    return index >= 0 && wants_[static_cast<std::size_t>(index)].found_in > 0;
  };
  double open = 0;
  if (!want.glue[0] && !known(want.before)) open += 1;
  if (!want.glue[1] && !known(want.after)) open += 1;
  return open / 2;
}

/// Of how much of a word a want is: a pair shares each of its characters with the pair at that side, if that
/// one counts.
double Question::words_of(Want const& want) const {
  auto const counts = [&](std::int32_t index) {
    return index >= 0 && wants_[static_cast<std::size_t>(index)].share > 0;
  };
  return want.wide ? 1 - 0.25 * (counts(want.before) + counts(want.after)) : 1;
}

void Question::weigh(double articles) {
  total_ = 0, said_ = 0, told_total_ = 0;
  rarest_ = std::log(1 + (articles + 0.5) / 0.5);
  sentence_weight_.assign(sentence_ + 1U, 0);
  for (auto& each : wants_) {
    double const df = each.found_in;
    each.rarity = std::log(1 + (articles - df + 0.5) / (df + 0.5));
    each.share = share_of(each);
    for (auto const sentence : each.sentences) sentence_weight_[sentence] += each.rarity;
  }
  for (auto const& each : wants_) {
    if (each.single) continue;
    total_ += each.share * weight_of(each);
    said_ += each.heft * words_of(each) * each.share * weight_of(each);
    told_total_ += each.heft * each.share * weight_of(each);
  }
  for (auto& each : wants_)
    if (each.found_in == 0) each.rarity = 0;  // it finds nothing, but it was asked for
  fill(table_, keys_);
  fill(head_table_, heads_);
}

void Question::scan(std::vector<std::uint32_t> const& keys, std::size_t offset, std::vector<Event>& events,
                    std::vector<bool>* met) const {
  bool in_order = true;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (keys[i] == 0) continue;
    if (auto const one = find(table_, keys[i]); one >= 0) {
      events.push_back({offset + i, static_cast<std::uint16_t>(one), 1});
      if (met != nullptr) (*met)[i] = true;
    }
    if (!alike_.empty() && scan_alike(keys, i, offset, events, met)) in_order = false;
    if (!any_wide_ || i == 0 || keys[i - 1] == 0) continue;
    if (auto const two = find(table_, key_of_pair(keys[i - 1], keys[i])); two >= 0) {
      events.push_back({offset + i, static_cast<std::uint16_t>(two), 1});
      if (met != nullptr) (*met)[i - 1] = (*met)[i] = true;
    }
  }
  if (!in_order)
    std::stable_sort(events.begin(), events.end(),
                     [](Event const& a, Event const& b) { return a.at < b.at; });
}

/// Does anything that means the same begin here?
bool Question::scan_alike(std::vector<std::uint32_t> const& keys, std::size_t at, std::size_t offset,
                          std::vector<Event>& events, std::vector<bool>* met) const {
  bool found = false;
  for (auto next = find(head_table_, keys[at]); next >= 0;) {
    auto const& alike = alike_[static_cast<std::size_t>(next)];
    next = alike.next;
    auto const size = alike.keys.size();
    if (size > keys.size() - at ||
        !std::equal(alike.keys.begin(), alike.keys.end(), keys.begin() + static_cast<std::ptrdiff_t>(at)))
      continue;
    found = true;
    for (std::size_t j = 0; j < alike.wants.size(); ++j)
      events.push_back({offset + at + std::min(j, size - 1), alike.wants[j], alike.share});
    if (met != nullptr)
      for (std::size_t j = 0; j < size; ++j) (*met)[at + j] = true;
  }
  return found;
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
      sum += events[i].share * events[j].share / apart;
    }
  }
  double out = 0;
  for (auto const& [pair, count] : seen) {
    auto const weight = weight_of(wants_[pair >> 16]) + weight_of(wants_[pair & 0xFFFF]);
    out += weight / 2 * count / (count + 1) * 2;
  }
  return out;
}

double Question::best_window(std::vector<Event> const& events, bool told) const {
  std::vector<int> plain(wants_.size(), 0), alike(wants_.size(), 0);
  std::vector<double> worth(wants_.size(), 0);
  double sum = 0, best = 0;
  std::size_t left = 0;
  auto const change = [&](Event const& event, int by) {
    auto const& want = wants_[event.want];
    if (want.single) return;
    auto& counts = event.share == 1 ? plain : alike;
    auto const before = counts[event.want];
    counts[event.want] += by;
    if (before > 0 && counts[event.want] > 0) return;
    auto const same = told ? alike_told : want.alike_share;
    auto const share = plain[event.want] > 0 ? 1 : alike[event.want] > 0 ? same : 0;
    auto const now = share * (told ? want.heft : 1) * weight_of(want);
    sum += now - worth[event.want];
    worth[event.want] = now;
  };
  for (auto const& event : events) {
    change(event, 1);
    for (; event.at - events[left].at > window_size; ++left) change(events[left], -1);
    best = std::max(best, sum);
  }
  return best;
}

double Question::best_sentence(std::vector<double> const& share) const {
  std::vector<double> found(sentence_weight_.size(), 0);
  for (std::size_t i = 0; i < wants_.size(); ++i)
    if (share[i] > 0)
      for (auto const sentence : wants_[i].sentences) found[sentence] += share[i] * wants_[i].rarity;
  double best = 0;
  for (std::size_t i = 0; i < found.size(); ++i)
    best = std::max(best, found[i] * found[i] / (sentence_weight_[i] + 3));
  return best;
}

Match Question::compare(Sketch const& sketch, double length) const {
  std::vector<Event> title, events;
  std::vector<bool> met(sketch.title.size(), false);
  scan(sketch.title, 0, title, &met);
  events = title;
  scan(sketch.body, sketch.title.size() + reach, events);
  std::vector<double> count(wants_.size(), 0), share(wants_.size(), 0), in_title(wants_.size(), 0);
  for (auto const& event : events) {
    count[event.want] += event.share;
    share[event.want] = std::max(share[event.want], event.share);
  }
  Match out;
  for (auto const& event : title) {
    count[event.want] += event.share * (title_weight - 1);
    in_title[event.want] = std::max(in_title[event.want], event.share);
  }
  auto const norm = saturation * (1 - length_share + length_share * length);
  for (std::size_t i = 0; i < wants_.size(); ++i) {
    if (count[i] == 0) continue;
    auto const weight = weight_of(wants_[i]);
    out.words += (wants_[i].single ? 0.3 : 1) * weight * count[i] * (saturation + 1) / (count[i] + norm);
    if (wants_[i].single) continue;
    out.coverage += share[i] * weight;
    out.title += in_title[i] * weight;
    if (in_title[i] > 0) out.headed += wants_[i].heft * weight * (in_title[i] == 1 ? 1 : alike_told);
  }
  out.pairs = count_pairs(events);
  out.window = best_window(events, false);
  // A long text is judged by its evidence.
  if (wants_.size() <= most_told) out.told = best_window(events, true) / std::max(told_total_, 1e-9);
  out.headed /= std::max(told_total_, 1e-9);
  out.focus = best_sentence(share);
  auto const total = std::max(total_, 1e-9);
  out.window /= total, out.coverage /= total, out.title /= total;
  out.titled = titled(sketch.title, met);
  return out;
}

}  // namespace spoc::search
