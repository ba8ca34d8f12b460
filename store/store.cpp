// SPDX-License-Identifier: GPL-3.0-or-later
// The two doors, write and read: where faults stop and Results begin.
#include "store/store.hpp"

#include "store/columns.hpp"
#include "store/damage.hpp"
#include "store/driver.hpp"
#include "store/schema.hpp"
#include "store/sqlite.hpp"

#include <exception>
#include <string>
#include <utility>

namespace spoc::store {
namespace {

std::function<void(Error const&)>& damage_handler() {
  static std::function<void(Error const&)> handler;
  return handler;
}

Error unexpected(std::string_view name, std::exception const& exception) {
  return {Kind::broken, std::string{name} + ": " + exception.what()};
}

Error named(std::string_view name, Error error) {
  error.what.insert(0, std::string{name} + ": ");
  return error;
}

Result<> in_transaction(Driver& driver, std::string_view name, std::function<void(Tx&)> const& work,
                        void (Driver::*begin)()) {
  try {
    (driver.*begin)();
    Tx tx{driver};
    work(tx);
    keep_numbers(tx);
    driver.commit();
    return {};
  } catch (Fault const& fault) {
    driver.roll_back();
    Error const error = named(name, fault.error);
    if (error.kind == Kind::unreadable && damage_handler()) damage_handler()(error);
    return error;
  } catch (std::exception const& exception) {
    driver.roll_back();
    return unexpected(name, exception);
  }
}

}  // namespace

void on_damage(std::function<void(Error const&)> tell) { damage_handler() = std::move(tell); }

Result<Store> Store::open(std::filesystem::path const& file, Schema schema) {
  try {
    auto driver = open_sqlite(file);
    if (schema == Schema::leave)
      expect_up_to_date(*driver, file.string());
    else
      bring_up_to_date(*driver, file.string());
    return Store{std::move(driver)};
  } catch (Fault const& fault) {
    return fault.error;
  } catch (std::exception const& exception) {
    return unexpected(file.string(), exception);
  }
}

Store::Store(std::unique_ptr<Driver> driver) : driver_(std::move(driver)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<> Store::write(std::string_view name, std::function<void(Tx&)> const& work) {
  return in_transaction(*driver_, name, work, &Driver::begin_write);
}

Result<> Store::read(std::string_view name, std::function<void(Tx&)> const& work) {
  return in_transaction(*driver_, name, work, &Driver::begin_read);
}

void Store::carry_over_log() noexcept {
  try {
    driver_->carry_over_log();
  } catch (...) {
    // Closing tries again, and an error that lasts is met by the next who writes.
  }
}

bool attempt(Tx& tx, std::function<void(Tx&)> const& work, Error* error) {
  Error why;
  auto const numbers = tx.numbers();
  tx.driver().begin_nested();
  try {
    work(tx);
    tx.driver().commit_nested();
    return true;
  } catch (Fault const& fault) {
    why = fault.error;
  } catch (std::exception const& exception) {
    why = unexpected("attempt", exception);
  }
  // Nobody goes on over a damaged database.
  if (why.kind == Kind::unreadable) throw Fault{std::move(why)};
  tx.driver().roll_back_nested();
  tx.numbers() = numbers;
  if (error != nullptr) *error = std::move(why);
  return false;
}

}  // namespace spoc::store
