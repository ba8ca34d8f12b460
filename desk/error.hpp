// SPDX-License-Identifier: GPL-3.0-or-later
// What can go wrong, named by the reaction it asks for, and the Result that carries it.
#pragma once

#include <boost/system/result.hpp>
#include <string>

namespace spoc {

/// The kind names what the caller does next, not where the fault came from.
enum class Kind {
  unreadable,  ///< refuse the input and keep it aside
  missing,     ///< there is no such thing; say so
  conflict,    ///< nothing changed; say so
  denied,      ///< not allowed; say so and count it
  refused,     ///< the other side said never; do not try again
  busy,        ///< the other side said later; try again
  broken,      ///< our own fault or the machine's: log it
};

/// A fault: `what` is one line for the log and the operator, it names the place and the remedy.
struct Error {
  Kind kind = Kind::broken;
  std::string what;
};

/// A value or an Error. Nothing of ours throws through a room's door.
template <class T = void>
using Result = boost::system::result<T, Error>;

/// Needed by Result::value(); our code tests first, so reaching it is a programming error.
[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const& at);

/// The word for a kind, as logs and JSON show it.
std::string_view name(Kind kind);

/// The exit code of sysexits.h that fits a kind.
int exit_code(Kind kind);

}  // namespace spoc
