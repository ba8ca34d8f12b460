// SPDX-License-Identifier: GPL-3.0-or-later
// Drafts of articles as the store has them.
#include "ctl/drafts.hpp"

#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "store/drafts.hpp"

#include <iostream>

namespace spoc::ctl {

int kb_drafts(Common const& common) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  constexpr std::size_t most = 1000;
  std::vector<desk::Draft> drafts;
  auto const read =
      (*place)->store.read("drafts", [&](store::Tx& tx) { drafts = store::list_drafts(tx, most); });
  if (!read) return fail(read.error());
  for (desk::Draft const& one : drafts) {
    if (common.json)
      print({{"id", desk::number(one.id)},
             {"state", desk::name(one.state)},
             {"ticket", desk::number(one.ticket)},
             {"file", one.file + ".md"},
             {"title", one.title},
             {"language", one.language},
             {"by", one.by},
             {"made", desk::iso(one.made)}});
    else
      std::cout << desk::number(one.id) << "  " << desk::name(one.state) << "  #" << desk::number(one.ticket)
                << "  by " << one.by << "  " << one.file << ".md  " << one.title << "\n";
  }
  return 0;
}

}  // namespace spoc::ctl
