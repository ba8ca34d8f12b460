// SPDX-License-Identifier: GPL-3.0-or-later
// Xapian's exceptions to errors.
#include "search/wall.hpp"

#include <xapian.h>

namespace spoc::search {

Error fault_of(std::exception_ptr thrown, std::string const& place) {
  try {
    std::rethrow_exception(thrown);
  } catch (Xapian::DatabaseLockError const&) {
    return {Kind::busy,
            "search index " + place + " is being written by another process; stop it, or wait for it"};
  } catch (Xapian::DatabaseModifiedError const&) {
    return {Kind::busy, "search index " + place + " changes faster than it can be read; ask again"};
  } catch (Xapian::DatabaseNotFoundError const&) {
    return {Kind::missing, "search index " + place + " is not there; start spocd, it makes the index"};
  } catch (Xapian::Error const& error) {
    return {Kind::broken, "search index " + place + ": " + error.get_description() +
                              "; the index is disposable: stop spocd, remove the folder, start spocd"};
  } catch (std::exception const& error) {
    return {Kind::broken, "search index " + place + ": " + error.what() +
                              "; the index is disposable: stop spocd, remove the folder, start spocd"};
  }
}

}  // namespace spoc::search
