// SPDX-License-Identifier: GPL-3.0-or-later
// What readers of the help pages said of articles.
#include "ctl/feedback.hpp"

#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "store/article_uses.hpp"

#include <iostream>

namespace spoc::ctl {
namespace {

void print_uses(std::string const& article, desk::Uses const& uses, bool as_json) {
  if (as_json)
    print({{"article", article},
           {"helped", uses.helped},
           {"unhelped", uses.unhelped},
           {"sent", uses.sent},
           {"solved", uses.solved}});
  else
    std::cout << article << "  helped " << uses.helped << ", did not help " << uses.unhelped << ", sent "
              << uses.sent << ", solved " << uses.solved << "\n";
}

void print_remark(desk::Remark const& remark, bool as_json) {
  if (as_json)
    print({{"article", remark.article},
           {"language", remark.language},
           {"at", desk::iso(remark.at)},
           {"helped", remark.helped},
           {"words", remark.words}});
  else
    std::cout << desk::iso(remark.at) << "  " << remark.article << "  "
              << (remark.helped ? "helped: " : "did not help: ") << remark.words << "\n";
}

}  // namespace

int kb_feedback(Common const& common, std::string const& article) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  constexpr std::size_t most = 1000;
  std::map<std::string, desk::Uses> uses;
  std::vector<desk::Remark> said;
  auto const read = (*place)->store.read("feedback", [&](store::Tx& tx) {
    uses = store::article_uses(tx);
    said = store::remarks(tx, article, most);
  });
  if (!read) return fail(read.error());
  for (auto const& [id, counts] : uses)
    if (article.empty() || id == article) print_uses(id, counts, common.json);
  for (desk::Remark const& one : said) print_remark(one, common.json);
  return 0;
}

}  // namespace spoc::ctl
