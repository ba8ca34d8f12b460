// SPDX-License-Identifier: GPL-3.0-or-later
// The words and exit codes of the kinds of error.
#include "desk/error.hpp"

#include <cstdio>
#include <cstdlib>

namespace spoc {

void throw_exception_from_error(Error const& error, boost::source_location const& at) {
  std::fprintf(stderr, "%s:%u: a value was taken from an error: %s\n", at.file_name(),
               static_cast<unsigned>(at.line()), error.what.c_str());
  std::abort();
}

std::string_view name(Kind kind) {
  switch (kind) {
    case Kind::unreadable:
      return "unreadable";
    case Kind::missing:
      return "missing";
    case Kind::conflict:
      return "conflict";
    case Kind::denied:
      return "denied";
    case Kind::refused:
      return "refused";
    case Kind::busy:
      return "busy";
    case Kind::broken:
      return "broken";
  }
  return "broken";
}

int exit_code(Kind kind) {
  switch (kind) {
    case Kind::unreadable:
      return 65;
    case Kind::missing:
      return 66;
    case Kind::conflict:
      return 65;
    case Kind::denied:
      return 77;
    case Kind::refused:
      return 69;
    case Kind::busy:
      return 75;
    case Kind::broken:
      return 70;
  }
  return 70;
}

}  // namespace spoc
