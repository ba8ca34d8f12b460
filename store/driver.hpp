// SPDX-License-Identifier: GPL-3.0-or-later
// The narrow seam between our SQL and a database. SQLite is its first body; the dialect is the one that
// SQLite and PostgreSQL share.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace spoc::store {

/// Bytes that are no text.
struct Blob {
  std::string_view bytes;
};
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

/// A result row. Indices count from 0. A NULL reads as 0 or "".
class Row {
 public:
  virtual ~Row() = default;
  virtual bool null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string text(int column) const = 0;  ///< of TEXT and BLOB alike
};

class Driver {
 public:
  virtual ~Driver() = default;
  /// Runs one statement with parameters $1, $2...; calls `each` for every row; returns the number of rows
  /// changed. Throws Fault.
  virtual std::int64_t run(std::string_view sql, std::vector<Value> const& values = {},
                           std::function<void(Row const&)> const& each = {}) = 0;
  virtual void begin_write() = 0;
  virtual void begin_read() = 0;
  virtual void commit() = 0;
  virtual void roll_back() noexcept = 0;
  /// A savepoint inside the write; they nest.
  virtual void begin_nested() = 0;
  virtual void commit_nested() = 0;
  /// Throws Fault where the whole transaction is gone (a full disk takes it along).
  virtual void roll_back_nested() = 0;
  virtual bool has_table(std::string_view name) = 0;
  /// A consistent copy of everything, as of one moment, while others go on writing; not inside a transaction.
  /// `file` is empty or missing. Throws Fault.
  virtual void copy_to(std::string_view file) = 0;
  /// Brings what a log holds to where closing would bring it, as far as nobody is in the way.
  virtual void carry_over_log() = 0;
  /// What is physically wrong, in words; empty where all pages, indexes and references hold.
  virtual std::vector<std::string> damage() = 0;
};

}  // namespace spoc::store
