// SPDX-License-Identifier: GPL-3.0-or-later
// Records to bytes and back.
#include "search/record.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace spoc::search {
namespace {

void put(std::string& out, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8)
    out += static_cast<char>(static_cast<unsigned char>(number >> shift));
}

void put(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

void put(std::string& out, std::vector<std::uint32_t> const& numbers) {
  put(out, static_cast<std::uint32_t>(numbers.size()));
  for (auto const number : numbers) put(out, number);
}

class Bytes {
 public:
  explicit Bytes(std::string_view bytes) : rest_(bytes) {}

  std::string_view take(std::size_t size) {
    if (size > rest_.size()) throw std::runtime_error("search index: an article's record is cut short");
    auto const taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  std::uint32_t number() {
    std::uint32_t out = 0;
    auto const four = take(4);
    for (std::size_t i = 4; i-- > 0;) out = out << 8 | static_cast<unsigned char>(four[i]);
    return out;
  }
  std::string text() { return std::string(take(number())); }
  std::vector<std::uint32_t> numbers() {
    auto const count = number();
    if (count > rest_.size() / 4) throw std::runtime_error("search index: an article's sketch is cut short");
    std::vector<std::uint32_t> out(count);
    for (auto& each : out) each = number();
    return out;
  }

 private:
  std::string_view rest_;
};

std::string write_head(desk::Article const& article) {
  std::string out;
  put(out, article.id);
  put(out, article.title);
  put(out, article.language);
  put(out, article.path);
  put(out, std::uint32_t{article.internal});
  put(out, static_cast<std::uint32_t>(article.tags.size()));
  for (auto const& tag : article.tags) put(out, tag);
  put(out, static_cast<std::uint32_t>(article.products.size()));
  for (auto const& product : article.products) put(out, product);
  put(out, static_cast<std::uint32_t>(article.translations.size()));
  for (auto const& other : article.translations) put(out, other);
  for (std::string const* word : {&article.owner, &article.review, &article.expires}) put(out, *word);
  return out;
}

}  // namespace

Record read_record(std::string_view bytes) {
  Bytes in(bytes);
  Record out;
  out.sketch.title = in.numbers();
  out.sketch.body = in.numbers();
  out.article.id = in.text();
  out.article.title = in.text();
  out.article.language = in.text();
  out.article.path = in.text();
  out.article.internal = in.number() != 0;
  for (auto tags = in.number(); tags > 0; --tags) out.article.tags.push_back(in.text());
  for (auto products = in.number(); products > 0; --products) out.article.products.push_back(in.text());
  for (auto others = in.number(); others > 0; --others) out.article.translations.push_back(in.text());
  for (std::string* word : {&out.article.owner, &out.article.review, &out.article.expires}) *word = in.text();
  return out;
}

std::string write_article(desk::Article const& article) {
  std::string out = write_head(article);
  put(out, article.body);
  return out;
}

std::string write_record(Record const& record) {
  std::string out;
  put(out, record.sketch.title);
  put(out, record.sketch.body);
  return out + write_head(record.article);
}

std::string write_favours(std::map<std::string, double> const& favours) {
  std::string out;
  for (auto const& [id, favour] : favours)
    if (auto const thousandths = std::lround(std::clamp(favour, least_favour, most_favour) * 1000);
        thousandths != 1000)
      out += id + " " + std::to_string(thousandths) + "\n";
  return out;
}

std::map<std::string, double> read_favours(std::string_view text) {
  std::map<std::string, double> out;
  while (!text.empty()) {
    auto const end = std::min(text.find('\n'), text.size());
    auto const line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    auto const blank = line.rfind(' ');
    if (blank == std::string_view::npos) continue;
    int thousandths = 1000;
    std::from_chars(line.data() + blank + 1, line.data() + line.size(), thousandths);
    out[std::string(line.substr(0, blank))] = thousandths / 1000.0;
  }
  return out;
}

}  // namespace spoc::search
