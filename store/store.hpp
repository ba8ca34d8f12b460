// SPDX-License-Identifier: GPL-3.0-or-later
// The door to what is remembered. Writes run in one transaction each, all or none; faults inside throw and
// roll back, and come out as a Result.
#pragma once

#include "desk/error.hpp"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace spoc::store {

class Driver;

/// A transaction that is open. Handed to the functions of each noun; never kept.
class Tx {
 public:
  explicit Tx(Driver& driver) : driver_(driver) {}
  Driver& driver() { return driver_; }
  /// What counters have come to and the database does not know yet (columns.hpp).
  using Numbers = std::map<std::string, std::int64_t, std::less<>>;
  Numbers& numbers() { return numbers_; }

 private:
  Driver& driver_;
  Numbers numbers_;
};

/// Thrown inside a transaction by the nouns and the driver; never leaves Store.
struct Fault {
  Error error;
};

/// Whoever has the data folder to itself may change the tables; beside a daemon, which may be of an older
/// release, nobody may: Kind::conflict where they are not as this release wants them.
enum class Schema { bring_up_to_date, leave };

/// One connection. Owned by one thread. Several may be open on the same file, in one process or several: a
/// writer that finds another one at work waits up to 10 s.
class Store {
 public:
  /// Opens or creates the database, brings its schema up to date, synchronous=FULL, WAL. Errors name the file
  /// and the remedy.
  static Result<Store> open(std::filesystem::path const& file, Schema schema = Schema::bring_up_to_date);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Runs `work` in a transaction that holds the write lock from its start; commits when it returns, rolls
  /// back when it throws. `name` is for the log of slow ones.
  Result<> write(std::string_view name, std::function<void(Tx&)> const& work);
  /// A consistent snapshot.
  Result<> read(std::string_view name, std::function<void(Tx&)> const& work);

  /// Does now what the last to close would do, while others go on reading and writing: for whoever waits for
  /// something else. Nothing depends on it.
  void carry_over_log() noexcept;

  /// A consistent copy of the whole database as of one moment, durable when this returns; writers go on
  /// meanwhile. Kind::conflict if `file` is there already.
  Result<> copy_to(std::filesystem::path const& file);

 private:
  explicit Store(std::unique_ptr<Driver> driver);
  std::unique_ptr<Driver> driver_;
};

/// A nested part of a write that can fail alone: true if it held, false (and rolled back, with the error) if
/// it threw Fault. Damage (Kind::unreadable) is thrown on: nobody goes on over it.
bool attempt(Tx& tx, std::function<void(Tx&)> const& work, Error* error = nullptr);

}  // namespace spoc::store
