// SPDX-License-Identifier: GPL-3.0-or-later
// Rank, confidence, and the translation that stands for an article.
#include "search/ranking.hpp"

#include "search/terms.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>

namespace spoc::search {
namespace {

/// A question of one sentence means each of its words. In a mail of many sentences words meet an article's by
/// chance, neighbours and whole sentences don't. The figures were tuned together on questions and mails in
/// three languages.
double rank_of(Match const& match, Question const& question) {
  auto const chatter = std::min(1.0, static_cast<double>(question.sentences() - 1) / 4);
  return match.words + (0.6 + 2 * chatter) * match.pairs + 2 * chatter * match.focus +
         question.total() * (match.window + 0.5 * match.coverage + 0.2 * match.title);
}

/// The evidence against what would be needed: 0.5 is reached when about two rare words and their
/// neighbourhood are explained and the rest of the mail is short. Pairs of characters overlap, each says half
/// of what a word says.
double by_evidence(Match const& match, Question const& question) {
  auto const evidence = match.focus + 0.7 * match.pairs + 0.5 * question.total() * match.window;
  auto const scale = question.wide() ? 0.6 : 1;
  auto const needed = 1.6 * question.rarest() + 0.1 * scale * question.total();
  return scale * evidence / (scale * evidence + needed);
}

/// Of a typed line there can't be so much evidence, but most of what it says must be in one passage, the
/// article must be about that by its title, and it must say more than one everyday word.
double by_share(Match const& match, Question const& question) {
  auto const heft = std::min(1.0, question.said() * match.told / (0.75 * question.rarest()));
  auto const about = (match.headed + match.titled) / 2;
  return heft * std::pow(match.told, 1.5) * (0.4 + 0.6 * about);
}

double score_of(Match const& match, Question const& question) {
  return std::max(by_evidence(match, question), by_share(match, question));
}

/// Of articles about something else one in ten to one in five gets this far within one narrow field, none
/// from another.
constexpr double confidence = 0.47;

/// 2 for the same language, 1 for the same one in another script or country.
int suits(std::string_view asked, std::string_view language) {
  if (asked == language) return 2;
  return main_language(asked) == main_language(language) ? 1 : 0;
}

/// Same language 1, the same one in another script or country a little less, another one clearly less.
double preference(std::string_view asked, std::string_view language) {
  if (asked.empty()) return 1;
  auto const suited = suits(asked, language);
  return suited == 2 ? 1 : suited == 1 ? 0.98 : 0.75;
}

/// Which hits are translations of one another.
class Families {
 public:
  explicit Families(std::vector<Candidate> const& found) {
    std::map<std::string, std::set<std::string>> languages;  // by id
    for (Candidate const& one : found) languages[node(one.hit, one.hit.id)].insert(one.hit.language);
    for (Candidate const& one : found) {
      std::string const own = node(one.hit, one.hit.id);
      join(own, node(one.hit, family_of(one.hit.id, one.hit.language)));
      // What is in the same language is no translation, whoever says so.
      for (std::string const& other : one.translations)
        if (std::string const named = node(one.hit, other); !languages[named].contains(one.hit.language))
          join(own, named);
    }
  }
  std::string of(Hit const& hit) { return root(node(hit, hit.id)); }

 private:
  static std::string node(Hit const& hit, std::string const& id) { return (hit.internal ? "\n" : "") + id; }
  std::string root(std::string name) {
    for (auto next = above_.find(name); next != above_.end(); next = above_.find(name)) name = next->second;
    return name;
  }
  void join(std::string const& one, std::string const& other) {
    std::string const first = root(one), second = root(other);
    if (first != second) above_[first] = second;
  }

  std::map<std::string, std::string> above_;
};

}  // namespace

Candidate judged(desk::Article const& article, Match const& match, Question const& question, Ask const& ask,
                 double favour) {
  Candidate out;
  out.hit = {article.id, article.title, article.path, article.language, 0, false, article.internal};
  out.hit.score = score_of(match, question);
  out.hit.confident = out.hit.score >= confidence;
  out.rank = rank_of(match, question) * preference(ask.language, article.language) * favour;
  out.translations = article.translations;
  return out;
}

std::vector<Hit> in_order(std::vector<Candidate> found, Ask const& ask) {
  std::stable_sort(found.begin(), found.end(),
                   [](Candidate const& a, Candidate const& b) { return a.rank > b.rank; });
  Families families(found);
  std::map<std::string, std::size_t> places;
  std::vector<Hit> out;
  for (auto& each : found) {
    auto const [place, added] = places.emplace(families.of(each.hit), out.size());
    // Two of one language are two articles, whatever they name.
    if (added || out[place->second].language == each.hit.language) {
      if (out.size() < ask.limit)
        out.push_back(std::move(each.hit));
      else if (added)
        places.erase(place);
      continue;
    }
    auto& first = out[place->second];
    // What one translation says is said by the article, whichever is shown.
    auto const score = std::max(first.score, each.hit.score);
    auto const confident = first.confident || each.hit.confident;
    if (!ask.language.empty() && suits(ask.language, each.hit.language) > suits(ask.language, first.language))
      first = std::move(each.hit);
    first.score = score, first.confident = confident;
  }
  return out;
}

}  // namespace spoc::search
