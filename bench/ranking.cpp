// SPDX-License-Identifier: GPL-3.0-or-later
// How well articles are ranked among many, and how long it takes, beside plain Xapian, FTS5 and TF-IDF.
#include "bench/clock.hpp"
#include "bench/rank_rivals.hpp"
#include "search/evaluate.hpp"
#include "search/index.hpp"

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace spoc::bench {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t depth = 100;

/// Lines of fields parted by tabs, as bench/distractors.py writes them.
std::vector<std::vector<std::string>> read_rows(fs::path const& file, std::size_t fields) {
  std::ifstream in{file};
  if (!in) throw std::runtime_error{"can't read " + file.string()};
  std::vector<std::vector<std::string>> out;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> row(1);
    for (char const c : line)
      if (c == '\t')
        row.emplace_back();
      else
        row.back() += c;
    if (row.size() != fields) throw std::runtime_error{file.string() + ": a line of another shape"};
    out.push_back(std::move(row));
  }
  return out;
}

class Spoc final : public Ranker {
 public:
  Spoc(fs::path folder, std::string language) : folder_{std::move(folder)}, language_{std::move(language)} {}
  void fill(std::vector<desk::Article> const& articles) override {
    auto index = search::Index::open(folder_);
    if (!index) throw std::runtime_error{index.error().what};
    for (desk::Article const& one : articles)
      if (auto const put = index->put(one); !put) throw std::runtime_error{put.error().what};
    if (auto const kept = index->commit(); !kept) throw std::runtime_error{kept.error().what};
    auto opened = search::Reader::open(folder_);
    if (!opened) throw std::runtime_error{opened.error().what};
    reader_.emplace(std::move(*opened));
  }
  std::vector<std::string> ask(std::string const& question, std::size_t limit) override {
    auto const hits = reader_->suggest("", question, {language_, true, limit});
    if (!hits) throw std::runtime_error{hits.error().what};
    std::vector<std::string> out;
    for (search::Hit const& one : *hits) out.push_back(one.id);
    return out;
  }

 private:
  fs::path folder_;
  std::string language_;
  std::optional<search::Reader> reader_;
};

struct Question {
  std::string text;
  std::set<std::string> relevant;
};

void measure(std::string const& name, Ranker& ranker, std::vector<desk::Article> const& articles,
             std::vector<Question> const& questions) {
  double const begun = processor_seconds();
  ranker.fill(articles);
  double const filled = processor_seconds() - begun;
  for (std::size_t i = 0; i < std::min<std::size_t>(questions.size(), 20); ++i)
    ranker.ask(questions[i].text, depth);  // what is read once stays in memory
  std::vector<search::Judged> judged;
  std::vector<double> times;
  for (Question const& one : questions) {
    double const asked = processor_seconds();
    auto ranked = ranker.ask(one.text, depth);
    times.push_back((processor_seconds() - asked) * 1000);
    judged.push_back({std::move(ranked), one.relevant});
  }
  std::sort(times.begin(), times.end());
  auto const at = [&](std::size_t hundredths) {
    return times[std::min(times.size() - 1, times.size() * hundredths / 100)];
  };
  auto const scores = search::score(judged);
  std::printf(
      "{\"engine\": \"%s\", \"articles\": %zu, \"queries\": %zu, \"map\": %.4f, \"mrr\": %.4f, \"p1\": %.4f, "
      "\"p5\": %.4f, \"hit3\": %.4f, \"p50\": %.2f, \"p99\": %.2f, \"fill\": %.1f}\n",
      name.c_str(), articles.size(), scores.queries, scores.map, scores.mrr, scores.p1, scores.p5,
      scores.hit3, at(50), at(99), filled);
  std::fflush(stdout);
}

void run(fs::path const& folder, std::string const& language) {
  std::vector<desk::Article> articles;
  for (auto& row : read_rows(folder / "articles.tsv", 3)) {
    desk::Article one;
    one.id = row[0];
    one.title = row[1];
    one.language = language;
    one.body = row[2];
    articles.push_back(std::move(one));
  }
  std::vector<Question> questions;
  for (auto const& row : read_rows(folder / "questions.tsv", 2)) {
    Question one{row[0], {}};
    std::string id;
    for (char const c : row[1] + " ") {
      if (c != ' ')
        id += c;
      else if (!id.empty())
        one.relevant.insert(std::exchange(id, ""));
    }
    questions.push_back(std::move(one));
  }
  if (questions.empty()) throw std::runtime_error{"no questions in " + folder.string()};
  Spoc ours{folder / "spoc", language};
  measure("Spoc", ours, articles, questions);
  measure("plain Xapian BM25", *plain_xapian(folder / "xapian", language), articles, questions);
  measure("FTS5 bm25", *fts5(folder / "fts.db", language), articles, questions);
  measure("TF-IDF cosine", *tf_idf(), articles, questions);
}

}  // namespace
}  // namespace spoc::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "bench_ranking FOLDER LANGUAGE\n");
    return 64;
  }
  try {
    spoc::bench::run(argv[1], argv[2]);
    return 0;
  } catch (std::exception const& fault) {
    std::fprintf(stderr, "bench_ranking: %s\n", fault.what());
    return 70;
  }
}
