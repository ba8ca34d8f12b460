// SPDX-License-Identifier: GPL-3.0-or-later
// HTML to the lines that a reader sees: one streaming pass over the tags.
#include "parser/body_lines.hpp"
#include "parser/history_signs.hpp"
#include "parser/html.hpp"
#include "parser/html_rules.hpp"
#include "parser/html_tokens.hpp"

#include <algorithm>

namespace spoc::parser {
namespace {

constexpr std::size_t farthest = 128;    // how far an end tag looks for its start tag
constexpr std::size_t most_open = 5000;  // elements; deeper ones count as text only
constexpr int deepest_quote = 50;
constexpr std::size_t longest = 4 << 20;

/// Writes words into lines. Breaks wait until words follow, so that blocks leave no empty lines behind.
class LineWriter {
 public:
  void words(std::string_view text, bool preformatted) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (preformatted && text[i] == '\n') {
        line_break();
      } else if (is_html_space(text[i]) && !preformatted) {
        space_ = true;
      } else if (text[i] != '\r') {
        std::size_t end = i + 1;
        while (end < text.size() && !is_html_space(text[end])) ++end;
        put(text.substr(i, end - i));
        i = end - 1;
      }
    }
  }

  /// As it stands, on the line where we are.
  void put(std::string_view text) {
    if (pending_ > 0) {
      flush();
      if (pending_ > 1 && !lines.empty() && !lines.back().text.empty() && lines.back().depth == depth) push();
      pending_ = 0;
    }
    if (line_.text.empty()) {
      line_.depth = depth;
      line_.indented = depth > 0 && cited == 0;
      line_.text = std::move(prefix_);
      prefix_.clear();
    } else if (separator_) {
      line_.text += " | ";
    } else if (space_) {
      line_.text += ' ';
    }
    separator_ = space_ = fresh_cell_ = false;
    line_.text += text;
    if (mark != Mark::none) line_.mark = mark;
    if (mark == Mark::history) mark = Mark::none;
  }

  void line_break() {
    if (pending_ > 0) {
      flush();
      pending_ = 0;
    }
    push();
    fresh_cell_ = false;
  }

  /// 1 ends the line, 2 leaves a blank one, too.
  void block(int strength) {
    if (fresh_cell_) return;
    pending_ = std::max(pending_, strength);
    space_ = false;
  }

  /// A cell that is not the first of its row stays on the row's line while that is one line.
  void cell(std::size_t row_start, bool first) {
    if (first || line_.text.empty() || lines.size() != row_start) return block(1);
    pending_ = 0;
    separator_ = fresh_cell_ = true;
  }

  void quote(int change) {
    fresh_cell_ = false;
    block(1);
    flush();
    pending_ = 0;
    depth = std::clamp(depth + change, 0, deepest_quote);
  }

  void item(std::string prefix) {
    block(1);
    flush();
    prefix_ = std::move(prefix);
  }

  void flush() {
    if (!line_.text.empty()) push();
    space_ = separator_ = false;
  }

  std::vector<BodyLine> lines;
  int depth = 0;
  int cited = 0;  ///< how many of the open quotes are surely quotes
  Mark mark = Mark::none;

 private:
  void push() {
    if (line_.text.empty()) line_.depth = depth;
    lines.push_back(std::move(line_));
    line_ = {};
    space_ = false;
  }

  BodyLine line_;
  std::string prefix_;
  int pending_ = 0;
  bool space_ = false, separator_ = false, fresh_cell_ = false;
};

struct Open {
  std::string name;
  Shape shape = Shape::unknown;
  int quoted = 0;
  bool attribution = false;
  bool gmail = false, cited = false;
  int count = 0;              ///< items of a list, cells of a row
  std::size_t row_start = 0;  ///< how many lines there were when a table's row began
  std::string link = {};      ///< where it leads
  std::string words = {};     ///< what it says
};

class Reader {
 public:
  Reader(std::string_view html, bool fold_containers)
      : tokens_{html.substr(0, longest)}, fold_{fold_containers} {}

  std::vector<BodyLine> read() {
    HtmlToken token;
    while (tokens_.next(token)) {
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
            out_.words(token.text, true);
      }
    }
    while (!open_.empty()) pop();
    out_.flush();
    return std::move(out_.lines);
  }

 private:
  void text(std::string const& words) {
    if (links_ > 0)
      for (std::size_t n = 0; n < open_.size() && n < farthest; ++n)
        if (Open& each = open_[open_.size() - 1 - n]; !each.link.empty()) {
          if (each.words.size() < 4096) each.words += words;
          break;
        }
    out_.words(words, pre_ > 0);
  }

  void open(HtmlToken const& tag) {
    Shape const shape = shape_of(tag.name);
    if (shape == Shape::hidden) {
      tokens_.skip_to_end_of(tag.name);
      return;
    }
    HistorySign const sign = history_sign(tag);
    if (sign == HistorySign::follows) {
      out_.block(1);
      out_.mark = Mark::history;
    }
    if (shape == Shape::empty) return empty(tag);
    Open element{tag.name, shape};
    if (!enter(tag, shape, element, sign)) return;
    if (open_.size() < most_open) open_.push_back(std::move(element));
  }

  void empty(HtmlToken const& tag) {
    if (tag.name == "br") out_.line_break();
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
      if (!alt || alt->empty() || alt->size() > 300) return;
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
    lay_out(tag, shape, element);
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
        begin_item(tag.name);
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

  void begin_item(std::string_view name) {
    if (name != "li") return out_.item(name == "dd" ? "  " : "");
    Open* list = innermost("ul", "ol");
    std::string prefix(lists_ > 1 ? static_cast<std::size_t>(std::min(lists_ - 1, 10)) * 2 : 0, ' ');
    if (list && list->name == "ol")
      prefix += std::to_string(++list->count) + ". ";
    else
      prefix += "- ";
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
      out_.cell(table->row_start, false);
    }
  }

  void close(std::string_view name) {
    Shape const shape = shape_of(name);
    if (shape == Shape::paragraph) out_.block(2);
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
    if (element.name == "pre") --pre_;
    if (element.name == "ul" || element.name == "ol") --lists_;
    if (element.gmail) --in_gmail_quote_;
    if (element.attribution) out_.mark = Mark::none;
    if (shape == Shape::block) out_.block(element.name.size() == 2 && element.name[0] == 'h' ? 2 : 1);
    if (shape == Shape::table || shape == Shape::item || element.name == "tr") out_.block(1);
    if (element.quoted > 0) out_.quote(-1);
    out_.cited -= element.cited ? 1 : 0;
    if (element.attribution) out_.block(1);
  }

  void end_link(Open const& element) {
    std::string said;
    for (char const c : element.words)
      if (!is_html_space(c)) said += c;
    std::string_view target = element.link;
    for (std::string_view const scheme : {"mailto:", "tel:", "http://", "https://"})
      if (target.starts_with(scheme)) target.remove_prefix(scheme.size());
    if (element.link.starts_with("mailto:")) target = target.substr(0, target.find('?'));
    if (target.ends_with('/')) target.remove_suffix(1);
    if (said.empty() || target.empty() || said.find(target) != std::string::npos) return;
    bool const bare = element.link.starts_with("mailto:") || element.link.starts_with("tel:");
    out_.put(" <" + (bare ? std::string{target} : element.link) + ">");
  }

  HtmlTokens tokens_;
  LineWriter out_;
  std::vector<Open> open_;
  bool fold_ = false;
  int links_ = 0, pre_ = 0, lists_ = 0, in_gmail_quote_ = 0;
};

}  // namespace

std::vector<BodyLine> lines_of_html(std::string_view html, bool fold_containers) {
  return Reader{html, fold_containers}.read();
}

std::string html_to_text(std::string_view html) { return join_lines(lines_of_html(html, false)); }

}  // namespace spoc::parser
