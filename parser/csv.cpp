// SPDX-License-Identifier: GPL-3.0-or-later
// Cells, row by row.
#include "parser/csv.hpp"

#include "parser/ascii.hpp"
#include "parser/charset.hpp"

#include <algorithm>
#include <optional>

namespace spoc::parser {
namespace {

Error fault(int line, std::string const& what, std::string const& remedy) {
  return {Kind::unreadable, "line " + std::to_string(line) + ": " + what + "; " + remedy};
}

/// The line of the first byte that is no UTF-8.
int bad_line(std::string_view bytes) {
  int line = 1;
  for (std::size_t at = 0; at < bytes.size(); ++line) {
    std::size_t const end = std::min(bytes.find('\n', at), bytes.size());
    if (!is_utf8(bytes.substr(at, end - at))) break;
    at = end + 1;
  }
  return line;
}

/// Outside of quotes the header holds what parts the cells most often.
char delimiter_in(std::string_view bytes) {
  constexpr std::string_view candidates = ",;\t";
  std::size_t counts[candidates.size()] = {};
  bool quoted = false;
  for (char const c : bytes) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == '\n' || c == '\r') break;
    if (auto const which = candidates.find(c); which != std::string_view::npos) ++counts[which];
  }
  return candidates[static_cast<std::size_t>(std::max_element(counts, counts + candidates.size()) - counts)];
}

class Reading {
 public:
  Reading(std::string_view bytes, int line, char separator)
      : bytes_{bytes}, line_{line}, separator_{separator} {}

  bool at_end() const { return at_ == bytes_.size(); }

  Result<CsvRow> row() {
    CsvRow out;
    out.line = line_;
    for (;;) {
      while (!at_end() && bytes_[at_] == ' ') ++at_;
      auto cell = at_ < bytes_.size() && bytes_[at_] == '"' ? quoted() : plain();
      if (!cell) return cell.error();
      out.cells.push_back(std::move(*cell));
      if (at_end() || bytes_[at_] != separator_) break;
      ++at_;
    }
    end_line();
    return out;
  }

 private:
  bool at_line_end() const { return bytes_[at_] == '\n' || bytes_[at_] == '\r'; }

  void end_line() {
    if (at_end()) return;
    at_ += bytes_.substr(at_, 2) == "\r\n" ? 2 : 1;
    ++line_;
  }

  Result<std::string> plain() {
    std::size_t const from = at_;
    while (!at_end() && bytes_[at_] != separator_ && !at_line_end()) ++at_;
    return std::string{trimmed(bytes_.substr(from, at_ - from))};
  }

  Result<std::string> quoted() {
    int const begun = line_;
    std::string out;
    for (++at_;; ++at_) {
      if (at_end())
        return fault(begun, "a cell begins with a quote that nobody closes",
                     "close it, and write a quote within a cell twice");
      if (bytes_[at_] == '\n') ++line_;
      if (bytes_[at_] != '"') {
        out += bytes_[at_];
      } else if (bytes_.substr(at_ + 1, 1) == "\"") {
        out += bytes_[++at_];
      } else {
        break;
      }
    }
    for (++at_; !at_end() && bytes_[at_] == ' ';) ++at_;
    if (!at_end() && bytes_[at_] != separator_ && !at_line_end())
      return fault(line_, "something stands behind the closing quote of a cell",
                   "write a quote within a cell twice");
    return std::string{trimmed(out)};
  }

  std::string_view bytes_;
  std::size_t at_ = 0;
  int line_;
  char separator_;
};

bool is_blank(CsvRow const& row) {
  return std::all_of(row.cells.begin(), row.cells.end(), [](std::string const& one) { return one.empty(); });
}

/// Excel's own line before the header: "sep=;".
std::optional<char> said_separator(std::string_view& bytes) {
  if (!bytes.starts_with("sep=") || bytes.size() < 5) return std::nullopt;
  char const separator = bytes[4];
  std::string_view const rest = bytes.substr(5);
  std::size_t const end = rest.starts_with("\r\n") ? 2 : rest.starts_with("\n") ? 1 : 0;
  if (end == 0) return std::nullopt;
  bytes = rest.substr(end);
  return separator;
}

}  // namespace

Result<CsvTable> read_csv(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  bool const utf16 = bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF");
  if (utf16 || !is_utf8(bytes))
    return fault(utf16 ? 1 : bad_line(bytes), "this is not UTF-8", "save the file as \"CSV UTF-8\"");
  auto const said = said_separator(bytes);
  Reading reading{bytes, said ? 2 : 1, said ? *said : delimiter_in(bytes)};
  CsvTable table;
  while (!reading.at_end()) {
    auto row = reading.row();
    if (!row) return row.error();
    if (is_blank(*row)) continue;
    if (table.header.cells.empty())
      table.header = std::move(*row);
    else
      table.rows.push_back(std::move(*row));
  }
  if (table.header.cells.empty())
    return fault(1, "the file is empty", "its first line must name the columns");
  return table;
}

}  // namespace spoc::parser
