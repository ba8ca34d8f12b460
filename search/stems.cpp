// SPDX-License-Identifier: GPL-3.0-or-later
// Words to stems, and stems to a document's terms.
#include "search/stems.hpp"

#include <xapian.h>

namespace spoc::search {

void Stems::add(std::vector<Word> const& words, Field const& field, std::vector<std::uint32_t>* sketch) {
  Word const* before = nullptr;
  for (auto const& word : words) {
    Scored& scored = scored_of(word.text, word.wide);
    scored.weight += field.weight;
    if (sketch != nullptr) sketch->push_back(scored.key);
    if (word.wide && word.joined) scored_of(before->text + word.text, true).weight += field.weight;
    before = &word;
  }
  if (sketch != nullptr) sketch->push_back(0);
}

void Stems::put_into(Xapian::Document& document) const {
  for (auto const& [word, scored] : scored_) document.add_term(scored.name, scored.weight);
}

Stems::Scored& Stems::scored_of(std::string const& word, bool wide) {
  auto const [at, is_new] = scored_.try_emplace(word);
  if (is_new) {
    std::string const root = wide ? word : stem_(word);
    at->second.name = term(wide ? fields::wide : fields::body, root);
    at->second.key = key_of(root);
  }
  return at->second;
}

}  // namespace spoc::search
