// SPDX-License-Identifier: GPL-3.0-or-later
// Phrases: put together, taken apart, filled in.
#include "desk/phrase.hpp"

namespace spoc::desk {
namespace {

constexpr char parting = '\x1F';

}  // namespace

std::string phrase(std::string_view english, std::vector<std::string> const& parts) {
  std::string out{english};
  for (std::string const& part : parts) {
    out += parting;
    for (char c : part) out += static_cast<unsigned char>(c) < ' ' || c == '\x7F' ? ' ' : c;
  }
  return out;
}

PhraseParts parts_of(std::string_view phrase) {
  PhraseParts out;
  std::size_t at = phrase.find(parting);
  out.form = phrase.substr(0, at);
  while (at != std::string_view::npos) {
    std::size_t const end = phrase.find(parting, at + 1);
    out.parts.emplace_back(phrase.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
    at = end;
  }
  return out;
}

std::string filled(std::string_view form, std::vector<std::string> const& parts) {
  std::string out;
  for (std::size_t at = 0; at < form.size(); ++at) {
    bool const place = form[at] == '{' && at + 2 < form.size() && form[at + 2] == '}' &&
                       form[at + 1] >= '1' && form[at + 1] <= '9';
    std::size_t const index = place ? static_cast<std::size_t>(form[at + 1] - '1') : 0;
    if (!place || index >= parts.size()) {
      out += form[at];
      continue;
    }
    out += parts[index];
    at += 2;
  }
  return out;
}

std::string in_english(std::string_view phrase) {
  PhraseParts const taken = parts_of(phrase);
  return filled(taken.form, taken.parts);
}

}  // namespace spoc::desk
