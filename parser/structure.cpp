// SPDX-License-Identifier: GPL-3.0-or-later
// The scanner of RFC 2046 5.1: one pass over the lines with a stack of open boundaries.
#include "parser/structure.hpp"

#include "parser/ascii.hpp"
#include "parser/headerblock.hpp"

#include <algorithm>
#include <utility>

namespace spoc::parser {
namespace {

constexpr std::size_t longest_boundary = 200;  // RFC 2046 allows 70

struct Level {
  int part = 0;
  std::string boundary;
  bool has_parts = false;
};

// "text", "text/", "(none)" and the like say nothing.
bool is_media_type(std::string_view type) {
  auto const slash = type.find('/');
  return slash != std::string_view::npos && slash != 0 && slash + 1 < type.size();
}

class Scanner {
 public:
  Scanner(std::string_view raw, Limits const& limits) : raw_(raw), limits_(limits) {}

  Structure run() {
    at_ = blank_lines_before_header(raw_);
    if (at_ > 0) defect("empty lines before the header");
    begin_part(-1);
    while (at_ < raw_.size()) read_line();
    end_leaf(raw_.size());
    while (!levels_.empty()) close_level(true);
    return std::move(out_);
  }

 private:
  void read_line() {
    std::size_t const begin = at_;
    auto const end = raw_.find('\n', at_);
    std::size_t const next = end == std::string_view::npos ? raw_.size() : end + 1;
    at_ = next;
    if (raw_[begin] != '-' || begin + 1 >= raw_.size() || raw_[begin + 1] != '-' || levels_.empty()) return;
    std::string_view line = raw_.substr(begin, next - begin);
    while (!line.empty() && is_blank(line.back())) line.remove_suffix(1);
    match_boundary(line.substr(2), begin);
  }

  // The innermost boundary first: broken mails use one boundary on two levels. Damage behind a closing
  // boundary is forgiven, but only where no boundary fits exactly.
  void match_boundary(std::string_view line, std::size_t begin) {
    for (bool const exact : {true, false}) {
      for (std::size_t i = levels_.size(); i-- > 0;) {
        std::string const& boundary = levels_[i].boundary;
        if (!line.starts_with(boundary)) continue;
        std::string_view const rest = line.substr(boundary.size());
        bool const closing = exact ? rest == "--" : rest.starts_with("--");
        if (closing || (exact && rest.empty())) return take_boundary(i, closing, begin);
      }
    }
  }

  void take_boundary(std::size_t level, bool closing, std::size_t begin) {
    end_leaf(begin);
    while (levels_.size() > level + 1) close_level(true);
    if (closing)
      close_level(false);
    else
      begin_child(levels_[level]);
  }

  void begin_child(Level& level) {
    if (out_.parts.size() >= limits_.parts) {
      defect("more than " + std::to_string(limits_.parts) + " parts: the rest is not split");
      levels_.clear();
      leaf_ = -1;
      return;
    }
    level.has_parts = true;
    out_.parts[static_cast<std::size_t>(level.part)].multipart = true;
    begin_part(level.part);
  }

  void begin_part(int parent) {
    HeaderBlock const block = find_header_block(raw_, at_, limits_.header, parent >= 0);
    Part part;
    part.parent = parent;
    part.depth = parent < 0 ? 0 : out_.parts[static_cast<std::size_t>(parent)].depth + 1;
    part.fields = read_fields(raw_.substr(at_, block.end - at_));
    if (block.cut) defect("a header longer than " + std::to_string(limits_.header) + " bytes was cut");
    if (block.no_blank_line) defect("no empty line between header and body");
    for (std::string& words : part.fields.defects) defect(std::move(words));
    part.fields.defects.clear();
    read_type(part);
    at_ = body_ = block.body;
    leaf_ = static_cast<int>(out_.parts.size());
    out_.parts.push_back(std::move(part));
    open_multipart();
  }

  void read_type(Part& part) {
    std::string const* const type = part.fields.find("Content-Type");
    part.type = read_parameterised(type == nullptr ? "" : *type);
    bool const digest = part.parent >= 0 &&
                        out_.parts[static_cast<std::size_t>(part.parent)].type.value == "multipart/digest";
    bool const said = is_media_type(part.type.value);
    if (!said) {
      if (type != nullptr && !type->empty()) defect("a Content-Type that cannot be understood");
      bool const html = part.type.value == "html" || part.type.value == "text/html";
      part.type.value = digest ? "message/rfc822" : html ? "text/html" : "text/plain";
    }
    std::string const* const disposition = part.fields.find("Content-Disposition");
    if (disposition != nullptr) part.disposition = read_parameterised(*disposition);
    // RFC 2183 2.8: without a type of its own, a file is bytes, not text.
    if (!said && part.disposition.value == "attachment" && part.type.value == "text/plain")
      part.type.value = "application/octet-stream";
  }

  // A multipart whose boundary cannot be found stays a leaf, so that its words are not lost.
  void open_multipart() {
    Part& part = out_.parts.back();
    if (!begins_with(part.type.value, "multipart/")) return;
    if (levels_.size() >= limits_.depth) {
      defect("parts nested deeper than " + std::to_string(limits_.depth) + " are not split");
      return;
    }
    std::string boundary = part.type.parameters["boundary"];
    while (!boundary.empty() && is_blank(boundary.back())) boundary.pop_back();
    if (boundary.empty() && guesses_++ < 16) {
      boundary = guess_boundary(raw_.substr(at_));
      defect(boundary.empty() ? "a multipart without a boundary" : "a multipart without a boundary: guessed");
    }
    if (boundary.empty() || boundary.size() > longest_boundary) return;
    levels_.push_back({leaf_, std::move(boundary), false});
  }

  // The line end before a boundary belongs to the boundary (RFC 2046 5.1.1).
  void end_leaf(std::size_t end) {
    if (leaf_ < 0) return;
    Part& part = out_.parts[static_cast<std::size_t>(std::exchange(leaf_, -1))];
    if (end < raw_.size() && end > body_ && raw_[end - 1] == '\n') --end;
    if (end < raw_.size() && end > body_ && raw_[end] == '\n' && raw_[end - 1] == '\r') --end;
    part.body = raw_.substr(body_, end > body_ ? end - body_ : 0);
  }

  void close_level(bool missing_end) {
    Level const level = std::move(levels_.back());
    levels_.pop_back();
    Part& part = out_.parts[static_cast<std::size_t>(level.part)];
    if (level.has_parts) {
      part.body = {};
      if (missing_end) defect("a multipart without its closing boundary");
    } else {
      defect("a multipart whose boundary never comes");
    }
  }

  void defect(std::string words) {
    auto& all = out_.defects;
    if (all.size() < 50 && std::find(all.begin(), all.end(), words) == all.end())
      all.push_back(std::move(words));
  }

  std::string_view raw_;
  Limits limits_;
  Structure out_;
  std::vector<Level> levels_;
  std::size_t at_ = 0, body_ = 0, guesses_ = 0;
  int leaf_ = -1;  // the part whose body is being read
};

}  // namespace

Structure scan(std::string_view raw, Limits const& limits) {
  // Old Macs ended lines with CR alone. Such a mail has no LF at all.
  if (holds(raw, "\n") || !holds(raw, "\r")) return Scanner(raw, limits).run();
  auto mended = std::make_shared<std::string>(raw);
  std::replace(mended->begin(), mended->end(), '\r', '\n');
  Structure out = Scanner(*mended, limits).run();
  out.mended = std::move(mended);
  out.defects.emplace_back("lines that end in CR alone");
  return out;
}

}  // namespace spoc::parser
