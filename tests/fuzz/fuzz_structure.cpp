// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of a mail's parts: views stay inside the mail, parents come before children, limits hold.
#include "parser/body.hpp"
#include "parser/headerblock.hpp"
#include "parser/structure.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

void look_at(std::string_view raw, spoc::parser::Limits const& limits) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  Structure const tree = scan(raw, limits);
  demand(!tree.parts.empty() && tree.parts.size() <= limits.parts);
  for (std::size_t i = 0; i < tree.parts.size(); ++i) {
    Part const& part = tree.parts[i];
    demand(part.parent < static_cast<int>(i) && part.depth <= limits.depth);
    std::string_view const seen = tree.mended ? std::string_view{*tree.mended} : raw;
    demand(part.body.empty() || (part.body.data() >= seen.data() &&
                                 part.body.data() + part.body.size() <= seen.data() + seen.size()));
  }
  std::vector<std::string> defects = tree.defects;
  Body const body = read_body(tree, defects);
  demand_utf8(body.plain);
  demand_utf8(body.html);
  for (std::string const& words : defects) demand_utf8(words);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const raw = bytes_of(data, size);
  look_at(raw, {});
  look_at(raw, {.depth = 3, .parts = 5, .header = 200});

  for (bool const inside : {false, true}) {
    HeaderBlock const block = find_header_block(raw, 0, 4096, inside);
    demand(block.end <= raw.size() && block.body <= raw.size() && block.end <= block.body);
  }
  demand(blank_lines_before_header(raw) <= raw.size());
  std::string const boundary = guess_boundary(raw);
  demand(boundary.empty() || raw.find(boundary) != std::string_view::npos);
  std::string const text = mend_utf8(raw);
  for (bool const del_sp : {false, true}) demand_utf8(unflow(text, del_sp));
  return 0;
}
