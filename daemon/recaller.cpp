// SPDX-License-Identifier: GPL-3.0-or-later
// A front desk of one's own, to look things up.
#include "daemon/recaller.hpp"

#include <utility>

namespace spoc::daemon {

Recaller::Recaller(Config const& config, templates::Texts const& texts, desk::Sign sign, desk::Clock clock)
    : config_{config}, sign_{std::move(sign)}, clock_{std::move(clock)}, wording_{config, texts, sign_} {}

void Recaller::open() {
  if (looker_) return;
  auto opened = store::Store::open(config_.database());
  if (!opened) return;
  store_.emplace(std::move(*opened));
  Surroundings around;
  around.clock = clock_;
  around.wording = [this](desk::Letter const& letter) { return wording_.text_of(letter); };
  looker_.emplace(*store_, config_.house, sign_, std::move(around));
}

void Recaller::recall(desk::Arrival& arrival) {
  open();
  if (!looker_) return;
  if (auto words = looker_->recall(arrival)) arrival.own_words = std::move(*words);
}

}  // namespace spoc::daemon
