// SPDX-License-Identifier: GPL-3.0-or-later
// What is known about a letter, through its templates.
#include "daemon/wording.hpp"

#include <utility>

namespace spoc::daemon {

Result<templates::LetterFacts> Wording::facts_of(desk::Letter const& letter, desk::Time now,
                                                 store::Contents contents) {
  if (!store_) {
    auto opened = store::Store::open(config_.database());
    if (!opened) return opened.error();
    store_.emplace(std::move(*opened));
  }
  if (!reader_)
    if (auto opened = search::Reader::open(config_.index())) reader_.emplace(std::move(*opened));
  return letter_facts(*store_, letter, config_.house, sign_, reader_ ? &*reader_ : nullptr, now, contents);
}

Result<Wording::Worded> Wording::of(desk::Letter const& letter, desk::Time now) {
  auto facts = facts_of(letter, now, store::Contents::loaded);
  if (!facts) return facts.error();
  auto draft = templates::write_letter(*facts, texts_);
  if (!draft) return draft.error();
  return Worded{std::move(*facts), std::move(*draft)};
}

std::string Wording::text_of(desk::Letter const& letter) {
  auto const facts = facts_of(letter, letter.made, store::Contents::counted);
  auto text = facts ? templates::letter_text(*facts, texts_) : Result<std::string>{facts.error()};
  return text ? std::move(*text) : std::string{};
}

}  // namespace spoc::daemon
