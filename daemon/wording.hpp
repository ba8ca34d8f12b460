// SPDX-License-Identifier: GPL-3.0-or-later
// Gives letters their words: to send them, and to know them again in what is answered.
#pragma once

#include "daemon/config.hpp"
#include "daemon/letter_facts.hpp"
#include "search/index.hpp"
#include "store/store.hpp"
#include "templates/letter.hpp"

#include <optional>
#include <utility>

namespace spoc::daemon {

/// One thread's: it reads through a connection of its own, opened when it is first needed.
class Wording {
 public:
  Wording(Config const& config, templates::Texts const& texts, desk::Sign sign)
      : config_{config}, texts_{texts}, sign_{std::move(sign)} {}

  struct Worded {
    templates::LetterFacts facts;
    templates::Draft draft;
  };
  /// As the letter would be written at `now`.
  Result<Worded> of(desk::Letter const& letter, desk::Time now);
  /// Its plain text as it was when the letter was made (what was due then may be overdue now); "" where it
  /// can't be written any more.
  std::string text_of(desk::Letter const& letter);

 private:
  /// Contents::counted: its attachments are named, and empty.
  Result<templates::LetterFacts> facts_of(desk::Letter const& letter, desk::Time now,
                                          store::Contents contents);

  Config const& config_;
  templates::Texts const& texts_;
  desk::Sign sign_;
  std::optional<store::Store> store_;
  std::optional<search::Reader> reader_;
};

}  // namespace spoc::daemon
