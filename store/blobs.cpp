// SPDX-License-Identifier: GPL-3.0-or-later
// A blob is a row; of a mail that encloses files the row holds what stands between them. Those of releases
// before schema 32 stay where they are, in early_blob: to write their bytes anew would double a large desk.
#include "store/blobs.hpp"

#include "store/driver.hpp"
#include "store/two_ages.hpp"

#include <utility>

namespace spoc::store {
namespace {

/// A text that stood in a mail.
struct Gap {
  std::size_t place = 0;  ///< in what is kept of the mail
  desk::Base64Lines lines;
  std::string file;
};

/// The number of early ones, which have none.
constexpr std::int64_t early = 0;

std::optional<std::int64_t> row_of(Tx& tx, std::string_view sha256) {
  static std::string const sql = with_the_tail("id, sha256", "blob_name", "sha256") +
                                 " UNION ALL SELECT 0, sha256 FROM early_blob WHERE sha256 = $1";
  std::optional<std::int64_t> found;
  tx.driver().run(sql, {sha256}, [&](Row const& row) {
    if (row.text(1) == sha256) found = row.integer(0);
  });
  return found;
}

/// `what` of its bytes, "bytes" or "LENGTH(bytes)": of the length alone, none of the pages that hold them.
void look_at(Tx& tx, std::string_view what, std::string_view sha256,
             std::function<void(Row const&)> const& look) {
  auto const id = row_of(tx, sha256);
  std::string const select = "SELECT " + std::string{what} + " FROM ";
  if (id == early)
    tx.driver().run(select + "early_blob WHERE sha256 = $1", {sha256}, look);
  else if (id)
    tx.driver().run(select + "blob_bytes WHERE id = $1", {*id}, look);
}

std::vector<Gap> gaps_of(Tx& tx, std::string_view mail) {
  std::vector<Gap> out;
  tx.driver().run("SELECT place, line, crlf, file FROM enclosed WHERE mail = $1 ORDER BY position", {mail},
                  [&](Row const& row) {
                    out.push_back({static_cast<std::size_t>(row.integer(0)),
                                   {static_cast<std::size_t>(row.integer(1)), row.integer(2) != 0},
                                   row.text(3)});
                  });
  return out;
}

std::string written_again(Tx& tx, std::string_view mail, std::string const& kept,
                          std::vector<Gap> const& gaps) {
  std::string out;
  std::size_t from = 0;
  for (Gap const& gap : gaps) {
    auto const file = find_blob(tx, gap.file);
    if (!file || gap.place < from || gap.place > kept.size())
      throw Fault{{Kind::broken, "the mail " + std::string{mail} + " can't be written again: of what it " +
                                     "encloses, " + gap.file + " is " + (file ? "misplaced" : "gone") +
                                     "; restore a backup"}};
    out.append(kept, from, gap.place - from);
    desk::append_base64(out, *file, gap.lines);
    from = gap.place;
  }
  return out.append(kept, from);
}

}  // namespace

void keep_blob(Tx& tx, std::string_view sha256, std::string_view bytes) {
  if (sha256.empty()) throw Fault{{Kind::broken, "bytes without their SHA-256 can't be kept"}};
  if (is_kept(tx, sha256)) return;
  auto const id = next_of_two_ages(tx, "blob_name");
  tx.driver().run("INSERT INTO blob_bytes (id, bytes) VALUES ($1, $2)", {id, Blob{bytes}});
  tx.driver().run("INSERT INTO blob_name (id, sha256, settled) VALUES ($1, $2, 0)", {id, sha256});
}

void keep_mail(Tx& tx, std::string_view sha256, std::string_view raw,
               std::vector<desk::Enclosed> const& enclosed) {
  if (enclosed.empty()) return keep_blob(tx, sha256, raw);
  if (is_kept(tx, sha256)) return;  // perhaps whole, as somebody's attachment
  std::string kept;
  std::size_t from = 0;
  std::vector<std::size_t> places;
  for (desk::Enclosed const& one : enclosed) {
    keep_blob(tx, one.sha256, one.content);
    kept += raw.substr(from, one.place - from);
    places.push_back(kept.size());
    from = one.place + one.size;
  }
  kept += raw.substr(from);
  keep_blob(tx, sha256, kept);
  for (std::size_t i = 0; i < enclosed.size(); ++i) {
    desk::Enclosed const& one = enclosed[i];
    tx.driver().run(
        "INSERT INTO enclosed (mail, position, place, size, line, crlf, file) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7)",
        {sha256, static_cast<std::int64_t>(i), static_cast<std::int64_t>(places[i]),
         static_cast<std::int64_t>(one.size), static_cast<std::int64_t>(one.lines.length),
         std::int64_t{one.lines.crlf ? 1 : 0}, one.sha256});
  }
}

bool is_kept(Tx& tx, std::string_view sha256) { return row_of(tx, sha256).has_value(); }

std::optional<std::string> find_blob(Tx& tx, std::string_view sha256) {
  std::optional<std::string> bytes;
  look_at(tx, "bytes", sha256, [&](Row const& row) { bytes = row.text(0); });
  if (!bytes) return bytes;
  auto const gaps = gaps_of(tx, sha256);
  return gaps.empty() ? bytes : written_again(tx, sha256, *bytes, gaps);
}

std::optional<std::int64_t> blob_size(Tx& tx, std::string_view sha256) {
  std::optional<std::int64_t> size;
  auto const add = [&](Row const& row) { size = size.value_or(0) + row.integer(0); };
  look_at(tx, "LENGTH(bytes)", sha256, add);
  if (size) tx.driver().run("SELECT COALESCE(SUM(size), 0) FROM enclosed WHERE mail = $1", {sha256}, add);
  return size;
}

std::vector<std::string> blob_names(Tx& tx) {
  std::vector<std::string> out;
  tx.driver().run("SELECT sha256 FROM blob ORDER BY sha256", {},
                  [&](Row const& row) { out.push_back(row.text(0)); });
  return out;
}

}  // namespace spoc::store
