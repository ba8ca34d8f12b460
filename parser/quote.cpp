// SPDX-License-Identifier: GPL-3.0-or-later
// The fold: which lines of a body are the person's own words now, and which quoted lines those words need.
#include "parser/quote.hpp"

#include "parser/attribution.hpp"
#include "parser/body_lines.hpp"
#include "parser/letterhead.hpp"
#include "parser/line_signs.hpp"
#include "parser/sent_lines.hpp"
#include "parser/signature.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace spoc::parser {
namespace {

enum class Role { own, quoted, attribution };

struct Segment {
  Role role;
  std::size_t first, last;  ///< [first, last), blank lines included
};

class Fold {
 public:
  /// known: every quoted line is surely history.
  explicit Fold(std::vector<BodyLine> lines, bool known = false)
      : body_{std::move(lines)}, end_{body_.lines.size()}, known_{known} {}

  /// The lines to show; none if nothing could be told apart.
  std::vector<BodyLine> reply() {
    if (!find_roles()) return {};
    gather();
    return choose();
  }

  /// All of them, as they were given.
  std::vector<BodyLine> const& lines() const { return body_.lines; }

  /// In how many places words of the person's own stand; after reply().
  std::size_t places() const {
    return static_cast<std::size_t>(std::count_if(
        segments_.begin(), segments_.end(), [](Segment const& each) { return each.role == Role::own; }));
  }

 private:
  // Gives each line its role and finds where history without quote signs begins. False if the mail is a
  // forwarded one without a word of the sender's own.
  bool find_roles() {
    roles_.assign(body_.lines.size(), Role::own);
    for (std::size_t i = 0; i < body_.lines.size(); ++i)
      if (body_.lines[i].depth > 0) roles_[i] = Role::quoted;
    adopt_leftovers();
    bool own = false;
    for (std::size_t i = 0; i < body_.lines.size(); ++i) {
      bool const marked = body_.lines[i].mark == Mark::history;
      std::size_t const head_end = marked ? i : end_of_letterhead(body_, i);
      if (head_end > i && (body_.quote_follows(head_end - 1) || (!own && attribution_near(head_end)))) {
        // Answers may stand below and between the quoted lines.
        introduce(i, head_end);
        i = head_end - 1;
        continue;
      }
      if (marked || head_end > i) {
        if (own) return cut(i);
        if (!marked) return false;
      }
      if (i == 0 || body_.lines[i - 1].depth == 0) introduce_inside(i);
      if (roles_[i] != Role::own || body_.blank(i)) continue;
      auto found = attribution_ending_at(body_, i);
      if (!found && ends_mark(i)) found = Attribution{marked_from(i), i, 0};
      if (!found) {
        own = own || (!is_rule(body_, i) && body_.lines[i].mark != Mark::attribution);
        continue;
      }
      own = own_before(*found) || found->own > 0;
      if (found->own > 0) own_heads_[found->first] = found->own;
      std::size_t const first = found->own > 0 ? found->first + 1 : found->first;
      if (!body_.quote_follows(found->last) && own) return cut(first);
      introduce(first, found->last + 1);
      i = found->last;
    }
    return true;
  }

  // Proton writes a separator above its attribution.
  bool attribution_near(std::size_t from) const {
    for (std::size_t i = from; i < body_.lines.size() && i < from + 4; ++i)
      if (attribution_ending_at(body_, i)) return true;
    return false;
  }

  void introduce(std::size_t first, std::size_t end) {
    for (std::size_t n = first; n < end; ++n) roles_[n] = Role::attribution;
  }

  // "> Kari wrote:\n> text": some clients quote the attribution as well.
  void introduce_inside(std::size_t i) {
    if (body_.lines[i].depth == 0 || body_.blank(i)) return;
    if (auto const found = attribution_heading_quote(body_, i)) introduce(found->first, found->last + 1);
  }

  bool own_before(Attribution const& found) const {
    for (std::size_t i = 0; i < found.first; ++i)
      if (roles_[i] == Role::own && !body_.blank(i) && !is_rule(body_, i)) return true;
    return false;
  }

  std::size_t marked_from(std::size_t i) const {
    while (i > 0 && body_.lines[i - 1].mark == Mark::attribution) --i;
    return i;
  }
  bool ends_mark(std::size_t i) const {
    return body_.lines[i].mark == Mark::attribution && body_.folded[i].ends_with(':') &&
           (i + 1 == body_.lines.size() || body_.lines[i + 1].mark != Mark::attribution);
  }

  // The head of an attribution's line is the person's own.
  BodyLine line_to_show(std::size_t i) const {
    BodyLine line = body_.lines[i];
    if (auto const head = own_heads_.find(i); head != own_heads_.end()) {
      line.text.resize(head->second);
      line.shown = line.text;
    }
    return line;
  }

  bool cut(std::size_t at) {
    end_ = at;
    while (end_ > 0 && (body_.blank(end_ - 1) || is_rule(body_, end_ - 1))) --end_;
    return true;
  }

  // A line that a mailer broke off a quoted one: "> a long line that was\nbroken\n> here".
  void adopt_leftovers() {
    for (std::size_t i = 1; i + 1 < body_.lines.size(); ++i) {
      bool const between = roles_[i] == Role::own && !body_.blank(i) && body_.lines[i - 1].depth > 0 &&
                           body_.lines[i + 1].depth > 0;
      if (between && is_leftover(i)) roles_[i] = Role::quoted;
    }
  }

  bool is_leftover(std::size_t i) const {
    std::string const& text = body_.folded[i];
    bool const link = text.find("http") != std::string::npos ||
                      (text.find(' ') == std::string::npos && text.find_first_of("=/_") != std::string::npos);
    if (link) return true;
    std::string const& before = body_.folded[i - 1];
    if (before.empty() || std::string_view{".?!:"}.find(before.back()) != std::string_view::npos)
      return false;
    std::size_t const first_word = std::min(text.find(' '), text.size());
    return before.size() > 55 && text.size() < before.size() && before.size() + 3 + first_word > 70 &&
           text.front() >= 'a' && text.front() <= 'z';
  }

  void gather() {
    for (std::size_t i = 0; i < end_; ++i) {
      bool const goes_on = !segments_.empty() && (body_.blank(i) || roles_[i] == segments_.back().role);
      if (goes_on)
        segments_.back().last = i + 1;
      else
        segments_.push_back({roles_[i], i, i + 1});
    }
    for (Segment& segment : segments_)
      if (segment.role == Role::own) segment.last = end_of_words(body_, segment.first, segment.last);
    std::erase_if(segments_,
                  [this](Segment const& each) { return each.role == Role::own && !has_words(each); });
  }

  bool has_words(Segment const& segment) const {
    for (std::size_t i = segment.first; i < segment.last; ++i)
      if (!body_.blank(i)) return true;
    return false;
  }

  // Quoted lines stay where answers stand between them.
  std::vector<BodyLine> choose() const {
    std::size_t last_own = segments_.size(), first_attributed = segments_.size();
    for (std::size_t n = 0; n < segments_.size(); ++n) {
      if (segments_[n].role == Role::own) last_own = n;
      bool const history =
          segments_[n].role == Role::attribution || (known_ && segments_[n].role == Role::quoted);
      if (history) first_attributed = std::min(first_attributed, n);
    }
    std::vector<BodyLine> out;
    if (last_own == segments_.size()) return out;
    bool const interleaved = is_interleaved(first_attributed);
    std::size_t end_of_last = 0;
    for (std::size_t n = 0; n < segments_.size(); ++n) {
      Segment const& each = segments_[n];
      bool const quoted = each.role == Role::quoted;
      bool const before = quoted && n < first_attributed;
      // An indentation above the attribution is the person's own, even as the last thing they wrote.
      bool const indented = before && first_attributed < segments_.size() && body_.lines[each.first].indented;
      bool const keep = n <= last_own ? each.role == Role::own || before || (quoted && interleaved)
                                      : indented || (before && is_excerpt(n));
      if (!keep) continue;
      if (!out.empty() && each.first != end_of_last) out.push_back({});
      end_of_last = each.last;
      for (std::size_t i = each.first; i < each.last; ++i) {
        out.push_back(line_to_show(i));
        if (out.back().indented && n < first_attributed) out.back().depth = 0;
      }
    }
    return out;
  }

  // "The log says:\n> disk full": a few lines that the person's own colon leads to.
  bool is_excerpt(std::size_t n) const {
    Segment const& each = segments_[n];
    if (n == 0 || segments_[n - 1].role != Role::own || each.last - each.first > 12) return false;
    std::size_t above = segments_[n - 1].last;
    while (above > segments_[n - 1].first && body_.blank(above - 1)) --above;
    if (above == segments_[n - 1].first) return false;
    std::string const& line = body_.folded[above - 1];
    return line.ends_with(':') && !has_address(line) && !find_date(line).any();
  }

  // Behind the attribution: quote, answer, quote, or more than one answer.
  bool is_interleaved(std::size_t from) const {
    std::size_t answers = 0;
    bool quoted = false;
    for (std::size_t n = from; n < segments_.size(); ++n) {
      if (segments_[n].role == Role::quoted) {
        if (answers > 0 && segments_[n - 1].role != Role::attribution) return true;
        quoted = true;
      }
      if (segments_[n].role == Role::own && quoted) ++answers;
    }
    return answers > 1;
  }

  FoldedBody body_;
  std::size_t end_;
  bool known_;
  std::vector<Role> roles_;
  std::map<std::size_t, std::size_t> own_heads_;  ///< how many bytes of a line stand before an attribution
  std::vector<Segment> segments_;
};

std::string fold(std::vector<BodyLine> lines) {
  Fold fold{std::move(lines)};
  std::string reply = join_lines(fold.reply());
  return reply.empty() ? join_lines(fold.lines()) : reply;
}

}  // namespace

std::string reply_of_text(std::string_view text) { return fold(lines_of_text(text)); }

std::optional<Compared> reply_against(std::string_view text, std::span<std::string const> sent) {
  std::vector<BodyLine> lines = lines_of_text(text);
  if (mark_sent(lines, sent) == 0) return std::nullopt;
  Fold fold{std::move(lines), true};
  std::string reply = join_lines(fold.reply());
  return Compared{std::move(reply), fold.places() > 1};
}

std::string reply_of_html(std::string_view html) {
  std::vector<BodyLine> lines = lines_of_html(html, true);
  // A mail that is one single indentation is nobody's quote.
  bool const all_indented = std::all_of(
      lines.begin(), lines.end(), [](BodyLine const& line) { return line.text.empty() || line.indented; });
  if (all_indented)
    for (BodyLine& line : lines) line.depth = std::max(0, line.depth - 1);
  return fold(std::move(lines));
}

}  // namespace spoc::parser
