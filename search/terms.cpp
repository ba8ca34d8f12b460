// SPDX-License-Identifier: GPL-3.0-or-later
// Splitting, stemming and naming of terms.
#include "search/terms.hpp"

#include "search/fold.hpp"

#include <xapian.h>

#include <algorithm>
#include <utility>

namespace spoc::search {
namespace {

/// One pass over folded text.
class Splitter {
 public:
  explicit Splitter(std::u32string text) : text_(std::move(text)) {}

  std::vector<Word> run() {
    words_.reserve(text_.size() / 5);
    while (at_ < text_.size()) {
      if (is_wide(text_[at_])) {
        wide();
      } else if (is_word_character(text_[at_])) {
        narrow();
      } else {
        begins_ = begins_ || ends_sentence();
        ++at_;
      }
    }
    return std::move(words_);
  }

 private:
  /// Mails are wrapped: a line end alone is no border, an empty line is.
  bool ends_sentence() const {
    auto const c = text_[at_];
    if (c == U'\n') return at_ + 1 < text_.size() && text_[at_ + 1] == U'\n';
    return c == U'.' || c == U'!' || c == U'?' || c == U'\u3002';
  }

  void wide() {
    for (bool joined = false; at_ < text_.size() && is_wide(text_[at_]); ++at_, joined = true)
      push({utf8(std::u32string_view(text_).substr(at_, 1)), true, joined});
  }

  bool follows(std::size_t at) const {
    return at < text_.size() && is_word_character(text_[at]) && !is_wide(text_[at]);
  }

  /// "don't" and "5.1.1" are one word.
  bool binds() const {
    if (at_ == 0 || !follows(at_ + 1)) return false;
    auto const c = text_[at_];
    if (c == U'\'' || c == U'_') return true;
    return (c == U'.' || c == U',') && is_digit(text_[at_ - 1]) && is_digit(text_[at_ + 1]);
  }

  void narrow() {
    std::u32string whole;
    int parts = 0;
    for (;;) {
      auto const from = at_;
      while (at_ < text_.size() && (follows(at_) || binds())) ++at_;
      auto const part = std::u32string_view(text_).substr(from, at_ - from);
      add(utf8(part), false);
      if (whole.size() < longest_word) whole += part;
      ++parts;
      if (at_ >= text_.size() || text_[at_] != U'-' || !follows(at_ + 1)) break;
      ++at_;
    }
    if (parts == 2) add(utf8(whole), true);  // "e-post" is also looked for as "epost"
  }

  void add(std::string word, bool compound) {
    if (word.size() <= longest_word) push({std::move(word), false, false, compound});
  }

  void push(Word word) {
    word.begins = std::exchange(begins_, false);
    words_.push_back(std::move(word));
  }

  std::u32string text_;
  std::size_t at_ = 0;
  bool begins_ = true;
  std::vector<Word> words_;
};

/// å, ø, æ, ä and ö in the letters of those who lack them, and those letters as one.
std::string skeleton(std::string_view stem) {
  std::string out;
  out.reserve(stem.size());
  for (std::size_t i = 0; i < stem.size(); ++i) {
    auto const two = stem.substr(i, 2);
    if (two == "å" || two == "æ" || two == "ä" || two == "aa" || two == "ae") {
      out += 'a', ++i;
    } else if (two == "ø" || two == "ö" || two == "oe") {
      out += 'o', ++i;
    } else {
      out += stem[i];
    }
  }
  return out;
}

std::uint64_t fnv(std::string_view bytes, std::uint64_t hash) {
  for (auto const c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace

std::vector<Word> split(std::string_view text) { return Splitter(fold(text)).run(); }

struct Stemmer::Body {
  Xapian::Stem stem;
};

Stemmer::Stemmer(std::string_view language) : body_(std::make_unique<Body>()) {
  try {
    body_->stem = Xapian::Stem(main_language(language));
  } catch (Xapian::InvalidArgumentError const&) {
    // Xapian has no stemmer for it.
  }
}
Stemmer::Stemmer(Stemmer&&) noexcept = default;
Stemmer& Stemmer::operator=(Stemmer&&) noexcept = default;
Stemmer::~Stemmer() = default;

std::string Stemmer::operator()(std::string const& word) const { return skeleton(body_->stem(word)); }

std::string main_language(std::string_view language) {
  std::string out(language.substr(0, language.find_first_of("-_")));
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out == "no" || out == "nn" ? "nb" : out;
}

bool is_plain_word(std::string_view folded) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < folded.size(); ++i, ++letters) {
    auto const c = static_cast<unsigned char>(folded[i]);
    if (c >= 'a' && c <= 'z') continue;
    if (c < 0xC3 || c > 0xC5) return false;  // U+00C0 to U+017F are two bytes
    ++i;
  }
  return letters >= 3;
}

std::string family_of(std::string_view id, std::string_view language) {
  if (!language.empty() && id.size() > language.size() + 1 && id.ends_with(language) &&
      id[id.size() - language.size() - 1] == '.')
    id.remove_suffix(language.size() + 1);
  return std::string(id);
}

std::uint32_t key_of(std::string_view stem) {
  auto const hash = fnv(stem, 0xcbf29ce484222325ULL);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32)) | 1;  // 0 stands for a border
}

std::uint32_t key_of_pair(std::uint32_t first, std::uint32_t second) {
  auto const mixed = (std::uint64_t{first} << 32 | second) * 0x9E3779B97F4A7C15ULL;
  return static_cast<std::uint32_t>(mixed >> 32) | 1;
}

std::string term(Field const& field, std::string_view text) {
  std::string out{field.prefix};
  if (text.size() <= longest_term) return out.append(text);
  return out.append(text.substr(0, longest_term - 40)).append(1, '~').append(digest(text));
}

std::string digest(std::string_view bytes) {
  std::string out;
  for (auto const base : {0xcbf29ce484222325ULL, 0x9ae16a3b2f90404fULL}) {
    auto const hash = fnv(bytes, base);
    for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[(hash >> shift) & 15];
  }
  return out;
}

}  // namespace spoc::search
