// SPDX-License-Identifier: GPL-3.0-or-later
// Attribution lines are recognised by what all languages share, a date, an address, a colon, and by small
// tables of words. No regular expressions: every test is a few passes over a bounded line.
#include "parser/attribution.hpp"

#include "parser/fold_words.hpp"
#include "parser/letterhead.hpp"
#include "parser/line_signs.hpp"

#include <algorithm>
#include <array>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_line = 1000;  // of a line, in bytes: more is no attribution
constexpr std::size_t most_lines = 5;       // that one takes
constexpr std::size_t most_labels = 6;      // lines of a header right below it

using View = std::string_view;

bool ends_with_address(View text) {
  return text.ends_with('>') || text.ends_with(')') || text.ends_with(']');
}

// Without a colon only what begins like a client's line counts.
bool attributes_without_colon(View words, bool verb, bool quote_follows) {
  bool const dated = begins_with_date(words);
  if (dated && words.ends_with('>') && has_bracketed_address(words) && words_in(words) <= 12) return true;
  return verb && quote_follows && (begins_with_lead(words) || dated) && words_in(words) <= 20;
}

// text: the joined, folded lines.
bool attributes(View text, bool quote_follows) {
  View const dashed = text;
  text = strip_dashes(text);
  if (text.empty() || text.size() > longest_attribution) return false;
  bool const colon = text.ends_with(':');
  View const words = colon ? strip(text.substr(0, text.size() - 1), " *") : text;
  bool const address = has_address(words);
  bool const verb = has_writing_verb(words) && (address || !speaks_of_self(words));
  if (verb && dashed.starts_with("--") && dashed.ends_with("--")) return words_in(words) <= 25;
  DateSigns const date = find_date(words);
  if (!colon) return date.any() && attributes_without_colon(words, verb, quote_follows);
  if (begins_with_citing(words)) return words_in(words) <= 12 && (address || quote_follows);
  bool const lead = begins_with_lead(words) || begins_with_date(words);
  // "On Monday at 10:30 the user said:" is a story, unless quoted lines or an address say otherwise.
  bool const alone = !address && !quote_follows;
  bool const full = date.year || date.numeric;
  if (alone && (!verb || !has_strong_writing_verb(words) || !full)) return false;
  if (verb && date.any() && (lead || address || quote_follows || (full && date.time)))
    return words_in(words) <= 40;
  if (verb && has_bracketed_address(words)) return words_in(words) <= 14;
  if (verb && quote_follows) return words_in(words) <= 12;
  if (date.any() && has_bracketed_address(words) && ends_with_address(words)) return words_in(words) <= 20;
  return quote_follows && (date.time || date.year) && (lead || address) && words_in(words) <= 20;
}

// Could an attribution end here? Cheap, since it is asked of every line.
bool may_end(View text) {
  text = strip(text, "*_ ");
  if (text.ends_with(':') || text.ends_with('>') || text.ends_with("--")) return true;
  return has_writing_verb(text.substr(text.size() - std::min<std::size_t>(text.size(), 24)));
}

// The sender on a line of their own above the date: "Kari <kari@example.org> on".
bool names_somebody_before(FoldedBody const& body, std::size_t first) {
  if (first == 0 || !body.plain(first - 1)) return false;
  View const above = body.folded[first - 1];
  return has_bracketed_address(above) && words_in(above) <= 8 &&
         View{".?!:,;"}.find(above.back()) == View::npos;
}

bool opens_with_date(View joined) {
  View const head = strip(joined, "-*_ ");
  return begins_with_date(head) || (begins_with_lead(head) && find_date(head.substr(0, 60)).any());
}

// "Kari <kari@example.org> ezt írta (2026. nov. 9.,\n14:23):": the name comes first, then verb and date.
bool opens_with_somebody(View line, View joined) {
  return has_bracketed_address(line) && words_in(line.substr(0, line.find_first_of("<(["))) <= 6 &&
         has_strong_writing_verb(joined) && find_date(joined).any();
}

// Both when and who: nothing is missing that a line above could hold.
bool is_whole(View joined) {
  DateSigns const date = find_date(joined);
  return (date.year || date.numeric) && (has_writing_verb(joined) || has_address(joined));
}

// "On" that a mailer left on a line of its own.
bool stands_alone_above(FoldedBody const& body, std::size_t first) {
  if (first == 0 || !body.plain(first - 1)) return false;
  View const above = body.folded[first - 1];
  return above.size() <= 4 && above.find(' ') == View::npos && begins_with_lead(above);
}

// Lotus Notes and others go on with lines of a header. The line just past them, from if there are none.
std::size_t end_of_labels(FoldedBody const& body, std::size_t from) {
  std::size_t at = from;
  while (at < body.lines.size() && at < from + most_labels && body.plain(at) && is_labelled(body.folded[at]))
    ++at;
  return at;
}

// "Thanks! On Mon, 3 Aug 2026, Kari wrote:" on one line: where the attribution begins, 0 if at the start.
// Clients write the lead with a capital, people in a sentence do not.
std::size_t own_words_before(View raw, bool quote_follows) {
  static constexpr std::array<View, 9> capital_leads = {"On ", "Le ", "Am ", "Den ", "El ",
                                                        "Op ", "Il ", "Em ", "På "};
  if (!quote_follows || raw.size() > longest_line) return 0;
  for (std::size_t at = 1; at + 8 < raw.size(); ++at) {
    if (raw[at - 1] != ' ' && raw[at - 1] != '-' && raw[at - 1] != '.') continue;
    View const rest = raw.substr(at);
    if (std::none_of(capital_leads.begin(), capital_leads.end(),
                     [&](View lead) { return rest.starts_with(lead); }))
      continue;
    if (!find_date(rest.substr(0, 40)).any()) continue;
    std::size_t const own = raw.substr(0, at).find_last_not_of(" -*_\t");
    if (own != View::npos && attributes(spoc::parser::folded(rest), true)) return own + 1;
  }
  return 0;
}

}  // namespace

FoldedBody::FoldedBody(std::vector<BodyLine> given)
    : lines{std::move(given)}, quote_after_(lines.size(), false) {
  folded.reserve(lines.size());
  for (BodyLine const& line : lines)
    folded.push_back(spoc::parser::folded(View{line.text}.substr(0, longest_line)));
  bool quoted = false;
  for (std::size_t i = lines.size(); i-- > 0;) {
    quote_after_[i] = quoted;
    if (!folded[i].empty()) quoted = lines[i].depth > 0;
  }
}

std::optional<Attribution> attribution_ending_at(FoldedBody const& body, std::size_t i) {
  if (!body.plain(i) || body.folded[i].size() >= longest_attribution || !may_end(body.folded[i]))
    return std::nullopt;
  std::size_t const below = end_of_labels(body, i + 1);
  bool const quote = body.quote_follows(below - 1);
  std::string joined;
  std::optional<Attribution> best;
  bool whole = false;
  for (std::size_t k = 0; k < most_lines && k <= i && body.lines[i - k].depth == 0; ++k) {
    std::string const& line = body.folded[i - k];
    if (line.empty() && joined.starts_with('<')) continue;  // Polymail puts a blank line before the address
    if (line.empty()) break;
    if (joined.size() + line.size() > longest_attribution) break;
    joined = joined.empty() ? line : line + " " + joined;
    bool const opens = opens_with_date(joined);
    if (k > 0 && !opens && !opens_with_somebody(line, joined)) continue;
    if (k > 0 && whole) break;
    if (!attributes(joined, quote)) continue;
    whole = is_whole(joined);
    best = Attribution{i - k, below - 1, 0};
    if (k == 0 && !opens) best->own = own_words_before(body.lines[i].text, quote);
    if (best->own > 0) return best;  // what is above this line's own words is the person's too
    if (!has_address(joined) && names_somebody_before(body, i - k)) --best->first;
    if (stands_alone_above(body, best->first)) --best->first;
    if (opens && whole) return best;
  }
  return best;
}

std::optional<Attribution> attribution_heading_quote(FoldedBody const& body, std::size_t i) {
  std::string joined;
  for (std::size_t k = 0; k < 3 && i + k < body.lines.size(); ++k) {
    std::string const& line = body.folded[i + k];
    if (line.empty() || body.lines[i + k].depth == 0) break;
    if (joined.size() + line.size() > longest_attribution) break;
    joined += (joined.empty() ? "" : " ") + line;
    if (joined.ends_with(':') && has_strong_writing_verb(joined) && attributes(joined, true))
      return Attribution{i, i + k, 0};
  }
  return std::nullopt;
}

}  // namespace spoc::parser
