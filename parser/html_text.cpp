// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to the lines that a reader sees: one streaming pass over the tags.
#include "parser/ascii.hpp"
#include "parser/body_lines.hpp"
#include "parser/charset.hpp"
#include "parser/history_signs.hpp"
#include "parser/html.hpp"
#include "parser/html_rules.hpp"
#include "parser/html_tokens.hpp"
#include "parser/line_writer.hpp"

#include <algorithm>
#include <optional>

namespace spoc::parser {
namespace {

constexpr std::size_t farthest = 128;    // how far an end tag looks for its start tag
constexpr std::size_t most_open = 5000;  // elements; deeper ones count as text only
constexpr std::size_t longest = 16 << 20;
constexpr std::size_t longest_compared = 4096;  // of a link and its words

struct Open {
  std::string name;
  Shape shape = Shape::unknown;
  int quoted = 0;
  bool attribution = false;
  bool gmail = false, cited = false;
  bool hidden = false;
  int count = 0;              ///< items of a list, cells of a row
  char numerals = '1';        ///< a list's, as its type attribute says
  std::size_t row_start = 0;  ///< how many lines there were when a table's row began
  std::string link = {};      ///< where it leads
  std::string words = {};     ///< what it says
};

class TextReader {
 public:
  TextReader(std::string_view html, bool fold_containers, bool leave_out_hidden)
      : tokens_{html}, fold_{fold_containers}, leave_out_hidden_{leave_out_hidden} {}

  std::vector<BodyLine> read() {
    HtmlToken token;
    while (tokens_.next(token)) {
      if (token.foreign && token.kind != HtmlToken::Kind::text) continue;
      switch (token.kind) {
        case HtmlToken::Kind::text:
          text(token.text);
          break;
        case HtmlToken::Kind::open:
          open(token);
          break;
        case HtmlToken::Kind::close:
          close(token.name);
          break;
        case HtmlToken::Kind::raw:
          if (token.name == "xmp" || token.name == "plaintext" || token.name == "textarea")
            if (hidden_ == 0) out_.words(token.text, true);
      }
    }
    while (!open_.empty()) pop();
    out_.flush();
    return std::move(out_.lines);
  }

  /// Was anything left out because it can't be seen?
  bool left_out() const { return left_out_; }

 private:
  void text(std::string const& words) {
    if (hidden_ > 0) {
      left_out_ = true;
      return;
    }
    if (links_ > 0)
      for (std::size_t n = 0; n < open_.size() && n < farthest; ++n)
        if (Open& each = open_[open_.size() - 1 - n]; !each.link.empty()) {
          if (each.words.size() < 4096) each.words += words;
          break;
        }
    out_.words(words, pre_ > 0);
  }

  void open(HtmlToken& tag) {
    if (std::string_view const other = stand_in(tag.name); !other.empty()) tag.name = other;
    Shape const shape = shape_of(tag.name);
    if (shape == Shape::hidden) {
      tokens_.skip_to_end_of(tag.name);
      return;
    }
    if (hidden_ > 0) end_hidden_before(tag.name, shape);
    HistorySign const sign = history_sign(tag);
    if (sign == HistorySign::follows) {
      out_.block(1);
      out_.mark = Mark::history;
    }
    if (shape == Shape::empty) return empty(tag);
    Open element{tag.name, shape};
    element.hidden = leave_out_hidden_ && is_hidden(tag);
    if (!enter(tag, shape, element, sign)) return;
    if (open_.size() < most_open) open_.push_back(std::move(element));
  }

  // What is hidden ends where the standard ends its element by itself: a p by the next block, a cell by the
  // next cell.
  void end_hidden_before(std::string_view name, Shape shape) {
    for (std::size_t n = 0; n < open_.size() && n < farthest; ++n) {
      Open const& each = open_[open_.size() - 1 - n];
      bool const row = each.name == "tr" && (name == "tr" || name == "tbody" || name == "tfoot");
      bool const cell = each.shape == Shape::cell && (shape == Shape::cell || shape == Shape::part);
      bool const item = each.shape == Shape::item && each.name == name;
      bool const paragraph = each.shape == Shape::paragraph && shape != Shape::inline_ &&
                             shape != Shape::empty && shape != Shape::unknown;
      if (each.hidden && (row || cell || item || paragraph)) {
        while (open_.size() > n && !open_.back().hidden) pop();
        return pop();
      }
      if (each.shape == Shape::table || (each.shape == Shape::block && !row)) return;
    }
  }

  void empty(HtmlToken const& tag) {
    if (hidden_ > 0) return;
    if (tag.name == "br") out_.line_break(false);
    if (tag.name == "hr") {
      out_.block(1);
      Mark const before = out_.mark;
      out_.mark = before == Mark::history ? before : Mark::rule;
      out_.put("---");
      out_.mark = before == Mark::history ? Mark::none : before;
      out_.block(1);
    }
    if (tag.name == "img") {
      std::string const* alt = tag.find("alt");
      if (!alt || trimmed(*alt).empty() || alt->size() > 300 || is_hidden(tag)) return;
      bool const emoji = alt->size() <= 8 && static_cast<unsigned char>(alt->front()) >= 0xe2;
      text(emoji ? *alt : "[" + *alt + "]");
    }
  }

  // What begins with this element. False if it can't be kept open.
  bool enter(HtmlToken const& tag, Shape shape, Open& element, HistorySign sign) {
    if (open_.size() >= most_open) {
      if (shape != Shape::inline_) out_.block(1);
      return false;
    }
    if (tag.name == "blockquote" && !(fold_ && is_own_emphasis(tag))) element.quoted = 1;
    if (sign == HistorySign::inside && fold_) element.quoted = 1;
    if (sign == HistorySign::attribution) {
      element.attribution = true;
      out_.block(1);
      out_.mark = Mark::attribution;
    }
    element.cited = element.quoted > 0 && (sign == HistorySign::inside || tag.find("type") ||
                                           tag.find("cite") || tag.find("class") || in_gmail_quote_ > 0);
    if (element.quoted > 0) out_.quote(+1);
    out_.cited += element.cited ? 1 : 0;
    if (tag.name == "a") {
      std::string const* href = tag.find("href");
      if (href) element.link = safe_address(*href, Trust::mail);
      if (element.link.starts_with('#') || element.link.starts_with("cid:")) element.link.clear();
      if (!element.link.empty()) ++links_;
    }
    if (tag.name == "pre") ++pre_;
    if (tag.name == "q" && hidden_ == 0) out_.words("\"", false);
    hidden_ += element.hidden ? 1 : 0;
    if (hidden_ == 0) lay_out(tag, shape, element);
    if (tag.name == "ol") read_numbering(tag, element);
    if (tag.name == "ul" || tag.name == "ol") ++lists_;
    element.gmail = sign == HistorySign::gmail;
    in_gmail_quote_ += element.gmail ? 1 : 0;
    return true;
  }

  // Does a blockquote hold the writer's own words? Gmail's button for quoting gives its class to a blockquote
  // that stands outside of the element for the history.
  bool is_own_emphasis(HtmlToken const& tag) const {
    std::string const* classes = tag.find("class");
    return classes && classes->find("gmail_quote") != std::string::npos && in_gmail_quote_ == 0;
  }

  void lay_out(HtmlToken const& tag, Shape shape, Open& element) {
    switch (shape) {
      case Shape::paragraph:
        out_.block(2);
        break;
      case Shape::block: {
        bool const wide = tag.name.size() == 2 && tag.name[0] == 'h';
        out_.block(wide || tag.name == "pre" ? 2 : 1);
        break;
      }
      case Shape::item:
        begin_item(tag);
        break;
      case Shape::table:
        out_.block(1);
        element.row_start = out_.lines.size();
        break;
      case Shape::cell:
        begin_cell();
        break;
      case Shape::part:
        if (tag.name == "tr") begin_row();
        break;
      default:
        break;
    }
  }

  Open* innermost(std::string_view a, std::string_view b) {
    for (std::size_t n = 0; n < open_.size() && n < farthest; ++n) {
      Open& each = open_[open_.size() - 1 - n];
      if (each.name == a || each.name == b) return &each;
    }
    return nullptr;
  }

  static void read_numbering(HtmlToken const& tag, Open& list) {
    std::string const* type = tag.find("type");
    if (type && (*type == "a" || *type == "A")) list.numerals = (*type)[0];
    if (auto const start = small_number(tag.find("start"))) list.count = *start - 1;
  }

  static std::optional<int> small_number(std::string const* value) {
    if (!value || value->empty() || value->size() > 6) return std::nullopt;
    if (!std::all_of(value->begin(), value->end(), is_digit)) return std::nullopt;
    return std::stoi(*value);
  }

  void begin_item(HtmlToken const& tag) {
    if (tag.name != "li") return out_.item(tag.name == "dd" ? "  " : "");
    Open* list = innermost("ul", "ol");
    std::string prefix(lists_ > 1 ? static_cast<std::size_t>(std::min(lists_ - 1, 10)) * 2 : 0, ' ');
    if (list && list->name == "ol") {
      if (auto const value = small_number(tag.find("value"))) list->count = *value - 1;
      int const number = ++list->count;
      bool const letter = list->numerals != '1' && number >= 1 && number <= 26;
      prefix +=
          letter ? std::string(1, static_cast<char>(list->numerals + number - 1)) : std::to_string(number);
      prefix += ". ";
    } else {
      prefix += "- ";
    }
    out_.item(std::move(prefix));
  }

  void begin_row() {
    out_.block(1);
    if (Open* table = innermost("table", "table")) {
      table->count = 0;
      table->row_start = out_.lines.size();
    }
  }

  void begin_cell() {
    Open* table = innermost("table", "table");
    if (!table) return out_.block(1);
    bool const first = table->count++ == 0;
    if (first) {
      out_.block(1);
      out_.flush();
      table->row_start = out_.lines.size();
    } else {
      out_.cell(table->row_start);
    }
  }

  void close(std::string_view name) {
    if (std::string_view const other = stand_in(name); !other.empty()) name = other;
    Shape const shape = shape_of(name);
    if (shape == Shape::paragraph && hidden_ == 0) out_.block(2);
    if (name == "br" && hidden_ == 0) out_.line_break(false);
    for (std::size_t n = 0; n < open_.size() && n < farthest; ++n) {
      Open const& each = open_[open_.size() - 1 - n];
      if (each.name == name) {
        std::size_t const depth = open_.size() - 1 - n;
        while (open_.size() > depth) pop();
        break;
      }
      bool const wall = each.shape == Shape::cell || each.shape == Shape::table;
      bool const block_inside = shape == Shape::inline_ && each.shape != Shape::inline_;
      if ((wall && shape != Shape::table && shape != Shape::cell && shape != Shape::part) || block_inside)
        return;
    }
  }

  void pop() {
    Open const element = std::move(open_.back());
    open_.pop_back();
    Shape const shape = element.shape;
    if (!element.link.empty()) {
      --links_;
      end_link(element);
    }
    hidden_ -= element.hidden ? 1 : 0;
    bool const seen = hidden_ == 0 && !element.hidden;
    if (element.name == "q" && seen) out_.put("\"");
    if (element.name == "pre") --pre_;
    if (element.name == "ul" || element.name == "ol") --lists_;
    if (element.gmail) --in_gmail_quote_;
    if (element.attribution) out_.mark = Mark::none;
    if (shape == Shape::block && seen) out_.block(element.name.size() == 2 && element.name[0] == 'h' ? 2 : 1);
    bool const ends_line = shape == Shape::table || shape == Shape::item || element.name == "tr";
    if (ends_line && seen) out_.block(1);
    if (element.quoted > 0) out_.quote(-1);
    out_.cited -= element.cited ? 1 : 0;
    if (element.attribution) out_.block(1);
  }

  void end_link(Open const& element) {
    if (hidden_ > 0 || element.hidden) return;
    bool const bare = begins_with(element.link, "mailto:") || begins_with(element.link, "tel:");
    std::string_view target = element.link;
    for (std::string_view const scheme : {"mailto:", "tel:", "http://", "https://"})
      if (begins_with(target, scheme)) target.remove_prefix(scheme.size());
    if (bare) target = target.substr(0, target.find('?'));
    std::string const said = comparable(element.words);
    std::string const sought = comparable(target);
    if (said.empty() || sought.empty() || holds(said, sought)) return;
    out_.put(" <" + (bare ? std::string{target} : element.link) + ">");
  }

  // "www.Example.org/" and "example.org" lead to the same place, and a telephone number is its digits.
  static std::string comparable(std::string_view address) {
    std::string out;
    address = address.substr(0, longest_compared);
    bool const number = address.find_first_not_of("+0123456789 ()-./%") == std::string_view::npos;
    for (char const c : address)
      if (!is_html_space(c) && (!number || is_digit(c))) out += lower(c);
    if (out.starts_with("www.")) out.erase(0, 4);
    for (std::size_t at = out.find("//www."); at != std::string::npos; at = out.find("//www.", at))
      out.erase(at + 2, 4);
    while (out.ends_with('/')) out.pop_back();
    return out;
  }

  HtmlTokens tokens_;
  LineWriter out_;
  std::vector<Open> open_;
  bool fold_ = false, leave_out_hidden_ = true, left_out_ = false;
  int links_ = 0, pre_ = 0, lists_ = 0, in_gmail_quote_ = 0, hidden_ = 0;
};

}  // namespace

std::vector<BodyLine> lines_of_html(std::string_view html, bool fold_containers) {
  html = html.substr(0, longest);
  std::string const mended = is_utf8(html) ? std::string{} : mend_utf8(html);
  if (!mended.empty()) html = mended;
  TextReader reader{html, fold_containers, true};
  auto lines = reader.read();
  bool const blank = std::all_of(lines.begin(), lines.end(),
                                 [](BodyLine const& line) { return trimmed(line.text).empty(); });
  // Where everything is hidden, an end tag is missing, or a script would have shown it.
  if (blank && reader.left_out()) return TextReader{html, fold_containers, false}.read();
  return lines;
}

std::string html_to_text(std::string_view html) { return join_lines(lines_of_html(html, false)); }

}  // namespace spoc::parser
