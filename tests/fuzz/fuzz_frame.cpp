// SPDX-License-Identifier: GPL-3.0-or-later
// The chat protocol's reader and its writer: what we write is one line of valid UTF-8 that begins as an
// object.
#include "parser/frame.hpp"
#include "tests/fuzz/demand.hpp"

namespace {

std::vector<spoc::parser::FrameOut> frames_with(std::string const& words) {
  using namespace spoc::parser;
  return {Welcome{words, 1, words},
          Kept{words, 2, {}},
          Line{3, true, words, words, {}, words, {{words, words, words}}},
          Ended{},
          Mailed{words, true},
          Confirmed{words},
          TicketList{{{1, words, words, {}}}},
          PastLines{1, {{3, true, words, words, {}, words}}},
          Articles{words, {{words, words, words}}},
          Pong{},
          Known{words, words},
          No{words, words, words}};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view const json = bytes_of(data, size);
  auto const read = read_frame(json);
  demand(read.has_value() || !read.error().what.empty());
  for (FrameOut const& frame : frames_with(mend_utf8(json))) {
    std::string const written = write_frame(frame);
    demand_utf8(written);
    demand(written.starts_with('{') && written.ends_with('}') && written.find('\n') == std::string::npos);
  }
  return 0;
}
