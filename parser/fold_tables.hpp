// SPDX-License-Identifier: GPL-3.0-or-later
// The tables behind fold_words.hpp. All words are in folded() form.
#pragma once

#include "parser/fold_words.hpp"

#include <span>
#include <string_view>

namespace spoc::parser {

struct LabelRow {
  Label label;
  std::string_view word;
};

std::span<std::string_view const> writing_verbs();
std::span<std::string_view const> weak_writing_verbs();
std::span<std::string_view const> citing_openings();
std::span<std::string_view const> first_persons();
std::span<std::string_view const> attribution_leads();
std::span<std::string_view const> weekdays();
std::span<LabelRow const> header_labels();
std::span<std::string_view const> original_names();
std::span<std::string_view const> forward_openings();
std::span<std::string_view const> reply_above_requests();
std::span<std::string_view const> mobile_openings();
std::span<std::string_view const> mobile_endings();
std::span<std::string_view const>
mobile_devices();  ///< without one of them an opening or ending is a sentence
std::span<std::string_view const> footer_notices();  ///< "please consider the environment"
std::span<std::string_view const> legal_stems();

}  // namespace spoc::parser
