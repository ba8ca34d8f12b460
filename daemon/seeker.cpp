// SPDX-License-Identifier: GPL-3.0-or-later
// A reader of its own.
#include "daemon/seeker.hpp"

#include <utility>

namespace spoc::daemon {

search::Reader* Seeker::reader() {
  if (!reader_)
    if (auto opened = search::Reader::open(index_)) reader_.emplace(std::move(*opened));
  return reader_ ? &*reader_ : nullptr;
}

bool Seeker::take(Work work, Aside::Then instead) {
  return aside_.take([this, work = std::move(work)] { return work(reader()); }, std::move(instead));
}

}  // namespace spoc::daemon
