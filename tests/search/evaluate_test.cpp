// SPDX-License-Identifier: GPL-3.0-or-later
// The figures against values worked out by hand.
#include "search/evaluate.hpp"

#include <gtest/gtest.h>

namespace {

using spoc::search::Judged;
using spoc::search::score;

struct FigureRow {
  std::string name;
  std::vector<Judged> judged;
  double map, mrr, p1, p5, hit3;
  std::size_t queries;
};

class Evaluate : public testing::TestWithParam<FigureRow> {};

TEST_P(Evaluate, scores) {
  auto const& row = GetParam();
  auto const got = score(row.judged);
  EXPECT_EQ(got.queries, row.queries);
  EXPECT_NEAR(got.map, row.map, 1e-9);
  EXPECT_NEAR(got.mrr, row.mrr, 1e-9);
  EXPECT_NEAR(got.p1, row.p1, 1e-9);
  EXPECT_NEAR(got.p5, row.p5, 1e-9);
  EXPECT_NEAR(got.hit3, row.hit3, 1e-9);
}

INSTANTIATE_TEST_SUITE_P(
    Tables, Evaluate,
    testing::Values(FigureRow{"nothing", {}, 0, 0, 0, 0, 0, 0},
                    FigureRow{"unjudged_is_left_out", {{{"a"}, {}}}, 0, 0, 0, 0, 0, 0},
                    FigureRow{"perfect", {{{"a", "b"}, {"a"}}}, 1, 1, 1, 0.2, 1, 1},
                    FigureRow{
                        "second_and_fourth", {{{"x", "a", "y", "b"}, {"a", "b"}}}, 0.5, 0.5, 0, 0.4, 1, 1},
                    FigureRow{"missed_relevant_counts", {{{"a"}, {"a", "b"}}}, 0.5, 1, 1, 0.2, 1, 1},
                    FigureRow{"fourth", {{{"x", "y", "z", "a"}, {"a"}}}, 0.25, 0.25, 0, 0.2, 0, 1},
                    FigureRow{"repeated_id_counts_once", {{{"x", "x", "a"}, {"a"}}}, 0.5, 0.5, 0, 0.2, 1, 1},
                    FigureRow{"no_answer", {{{}, {"a"}}}, 0, 0, 0, 0, 0, 1},
                    FigureRow{"mean", {{{"a"}, {"a"}}, {{}, {"b"}}}, 0.5, 0.5, 0.5, 0.1, 0.5, 2}),
    [](auto const& each) { return each.param.name; });

}  // namespace
