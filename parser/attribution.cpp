// SPDX-License-Identifier: GPL-3.0-or-later
// Attribution lines and header blocks are recognised by what all languages share, a date, an address, a
// colon, and by small tables of words. No regular expressions: every test is a few passes over a bounded
// line.
#include "parser/attribution.hpp"

#include "parser/fold_words.hpp"

#include <algorithm>
#include <array>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_line = 1000;        // of a line, in bytes: more is no attribution
constexpr std::size_t longest_attribution = 500;  // of all its lines
constexpr std::size_t most_lines = 5;             // that one takes
constexpr std::size_t longest_block = 15;         // lines of a header block

using View = std::string_view;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

View strip(View text, View signs) {
  std::size_t const first = text.find_first_not_of(signs);
  if (first == View::npos) return {};
  return text.substr(first, text.find_last_not_of(signs) - first + 1);
}

// Dashes, typographic ones too, and what else lines are decorated with.
View strip_dashes(View text) {
  for (;;) {
    View const before = text;
    text = strip(text, "-_=*~# ");
    for (View const dash : {"\xe2\x80\x94", "\xe2\x80\x93", "\xe2\x94\x80", "\xe2\x94\x81"}) {
      if (text.starts_with(dash)) text.remove_prefix(dash.size());
      if (text.ends_with(dash)) text.remove_suffix(dash.size());
    }
    if (text.size() == before.size()) return text;
  }
}

struct Date {
  bool year = false, time = false, numeric = false;
  bool any() const { return year || time || numeric; }
};

// 2026; 14:23, 14.23, 14h23; 8/11, 8.11.2026, 2026-11-08.
Date find_date(View text) {
  Date found;
  std::size_t groups = 0, group_end = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (!is_digit(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && is_digit(text[end])) ++end;
    View const number = text.substr(i, end - i);
    if (number.size() == 4 && (number.starts_with("19") || number.starts_with("20"))) found.year = true;
    bool const joined = groups > 0 && i == group_end + 1 && number.size() <= 4;
    char const joint = joined ? text[i - 1] : ' ';
    if (joint == ':' || joint == 'h') found.time = true;
    if (joint == '.' && number.size() == 2) found.time = true;
    if (joint == '/' || joint == '-' || joint == '.') found.numeric = true;
    groups = joined ? groups + 1 : 1;
    group_end = end;
    i = end;
  }
  return found;
}

bool has_address(View text) {
  for (std::size_t at = text.find('@'); at != View::npos; at = text.find('@', at + 1)) {
    bool const left = at > 0 && text[at - 1] != ' ';
    bool const right = at + 1 < text.size() && text[at + 1] != ' ';
    if (left && right) return true;
  }
  return false;
}

// <kari@example.org>, (kari@example.org), [mailto:kari@example.org]
bool has_bracketed_address(View text) {
  for (std::size_t at = text.find_first_of("<(["); at != View::npos; at = text.find_first_of("<([", at + 1)) {
    std::size_t const end = text.find_first_of(">)]", at);
    if (end == View::npos) return false;
    if (has_address(text.substr(at, end - at))) return true;
  }
  return false;
}

std::size_t words_in(View text) {
  return text.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(text.begin(), text.end(), ' '));
}

bool ends_with_address(View text) {
  return text.ends_with('>') || text.ends_with(')') || text.ends_with(']');
}

bool begins_with_date(View text) {
  return !text.empty() && (is_digit(text[0]) || begins_with_weekday(text)) &&
         find_date(text.substr(0, 40)).any();
}

// text: the joined, folded lines.
bool attributes(View text, bool quote_follows) {
  View const dashed = text;
  text = strip_dashes(text);
  if (text.empty() || text.size() > longest_attribution) return false;
  bool const colon = text.ends_with(':');
  View const words = colon ? strip(text.substr(0, text.size() - 1), " *") : text;
  bool const verb = has_writing_verb(words);
  if (verb && dashed.starts_with("--") && dashed.ends_with("--")) return words_in(words) <= 25;
  Date const date = find_date(words);
  if (!colon) {
    if (!date.any()) return false;
    if (begins_with_date(words) && words.ends_with('>') && has_bracketed_address(words) &&
        words_in(words) <= 12)
      return true;
    return verb && quote_follows && (begins_with_lead(words) || begins_with_date(words)) &&
           words_in(words) <= 20;
  }
  bool const lead = begins_with_lead(words) || begins_with_date(words);
  bool const dated = date.any();
  bool const address = has_address(words);
  // "On Monday at 10:30 the user said:" is a story, unless quoted lines or an address say otherwise.
  bool const alone = !address && !quote_follows;
  if (alone && (!has_strong_writing_verb(words) || !(date.year || date.numeric))) return false;
  if (verb && dated && (lead || address || quote_follows || (date.year && date.time)))
    return words_in(words) <= 40;
  if (verb && has_bracketed_address(words)) return words_in(words) <= 14;
  if (verb && quote_follows) return words_in(words) <= 12;
  if (dated && has_bracketed_address(words) && ends_with_address(words)) return words_in(words) <= 20;
  return quote_follows && dated && (date.time || date.year) && (lead || address) && words_in(words) <= 20;
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

// "Sent:" of a header line, or none.
Label label_of(View text) {
  text = strip(text, "*|_ ");
  std::size_t const colon = text.find(':');
  if (colon == View::npos || colon > 60) return Label::none;
  return label_named(strip(text.substr(0, colon), "*_ "));
}

// 163 and others write the block as a table: "| from | name |".
Label cell_label_of(View text) {
  if (Label const label = label_of(text); label != Label::none) return label;
  if (!text.starts_with('|') && text.find(" | ") == View::npos) return Label::none;
  text = strip(text, "| ");
  return label_named(strip(text.substr(0, text.find('|')), " :*"));
}

// "From: kari@example.org Date: Thu, 24 Mar 2026" on one line.
bool is_block_in_one_line(View text) {
  if (label_of(text) != Label::from || text.size() > longest_attribution || !has_address(text)) return false;
  for (std::size_t at = text.find(':'); (at = text.find(": ", at + 1)) != View::npos;) {
    View const before = text.substr(0, at);
    Label const label = label_named(before.substr(before.find_last_of(" >") + 1));
    if (label == Label::sent || label == Label::to || label == Label::subject) return true;
  }
  return false;
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
  bool const quote = body.quote_follows(i);
  std::string joined;
  std::optional<Attribution> best;
  for (std::size_t k = 0; k < most_lines && k <= i && body.lines[i - k].depth == 0; ++k) {
    std::string const& line = body.folded[i - k];
    if (line.empty() && joined.starts_with('<')) continue;  // Polymail puts a blank line before the address
    if (line.empty()) break;
    if (joined.size() + line.size() > longest_attribution) break;
    joined = joined.empty() ? line : line + " " + joined;
    View const head = strip(View{joined}, "-*_ ");
    bool const opens =
        begins_with_date(head) || (begins_with_lead(head) && find_date(View{head}.substr(0, 60)).any());
    if (k > 0 && !opens) continue;
    if (k > 0 && best && find_date(body.folded[i]).any()) break;
    if (!attributes(joined, quote)) continue;
    best = Attribution{i - k, i, 0};
    if (!has_address(joined) && names_somebody_before(body, i - k)) --best->first;
    if (k == 0 && !opens) best->own = own_words_before(body.lines[i].text, quote);
    if (opens || best->own > 0) return best;
  }
  return best;
}

bool header_block_at(FoldedBody const& body, std::size_t i) {
  if (!body.plain(i)) return false;
  Label const first = cell_label_of(body.folded[i]);
  if (first == Label::none || first == Label::other || first == Label::copy) return false;
  if (is_block_in_one_line(body.folded[i])) return true;
  std::array<bool, 7> seen{};
  bool address = false;
  std::size_t strangers = 0, labels = 0;
  for (std::size_t n = i; n < body.lines.size() && n < i + longest_block && body.lines[n].depth == 0; ++n) {
    if (body.blank(n)) {
      bool const goes_on = n + 1 < body.lines.size() && cell_label_of(body.folded[n + 1]) != Label::none;
      if (!goes_on) break;
      continue;
    }
    Label const label = cell_label_of(body.folded[n]);
    strangers = label == Label::none ? strangers + 1 : 0;
    if (strangers > 3) break;
    if (label != Label::none && !seen[static_cast<std::size_t>(label)]) {
      seen[static_cast<std::size_t>(label)] = true;
      ++labels;
    }
    address = address || has_address(body.folded[n]);
  }
  auto const has = [&seen](Label label) { return seen[static_cast<std::size_t>(label)]; };
  if (!has(Label::from) && !(has(Label::sent) && has(Label::to))) return false;
  // "From: Oslo, To: Bergen, Date: 3 May" is somebody's journey, not a mail.
  return labels >= 2 && (address || (has(Label::subject) && labels >= 3));
}

bool is_rule(FoldedBody const& body, std::size_t i) {
  if (body.lines[i].mark == Mark::rule) return true;
  std::string const& text = body.folded[i];
  return text.size() >= 3 && text.find_first_not_of("-_=* ") == std::string::npos;
}

bool separator_at(FoldedBody const& body, std::size_t i) {
  if (!body.plain(i)) return false;
  View const text = body.folded[i];
  if (begins_forward(text) || asks_to_reply_above(text)) return true;
  View const inner = strip(strip_dashes(text), "<> ");
  bool const dashes = text.starts_with("--") || text.starts_with("__") || text.starts_with("==") ||
                      text.starts_with("\xe2\x80\x94") || text.starts_with("~~") ||
                      text.starts_with("**--") || text.starts_with("*--") || text.starts_with("\xe2\x94\x80");
  return dashes && names_original(inner);
}

}  // namespace spoc::parser
