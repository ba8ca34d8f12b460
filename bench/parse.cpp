// SPDX-License-Identifier: GPL-3.0-or-later
// The parser beside GMime: the same mails from memory, one thread, turn and turn about, in processor time;
// and how it grows.
#include "bench/clock.hpp"
#include "bench/gmime.hpp"
#include "channels/maildir.hpp"
#include "parser/charset.hpp"
#include "parser/codec.hpp"
#include "parser/header.hpp"
#include "parser/mail.hpp"
#include "parser/structure.hpp"

#include <malloc.h>
#include <algorithm>
#include <cstdio>
#include <functional>
#include <random>
#include <string>
#include <vector>

namespace spoc::bench {
namespace {

using Mails = std::vector<std::string>;

/// What both do: structure, header fields, every leaf decoded, text to UTF-8.
std::size_t both_with_spoc(std::string_view raw) {
  std::size_t bytes = 0;
  auto const structure = parser::scan(raw);
  auto const& fields = structure.parts.front().fields;
  for (char const* name : {"From", "To"})
    if (auto const* found = fields.find(name)) bytes += parser::read_addresses(*found).size();
  if (auto const* found = fields.find("Subject")) bytes += parser::decode_words(*found).size();
  if (auto const* found = fields.find("Date")) bytes += parser::read_date(*found).has_value();
  for (char const* name : {"Message-ID", "References"})
    if (auto const* found = fields.find(name)) bytes += parser::read_message_ids(*found).size();
  for (auto const& part : structure.parts) {
    if (part.multipart) continue;
    auto const* const encoding = part.fields.find("Content-Transfer-Encoding");
    auto const decoded = parser::decode_transfer(part.body, encoding == nullptr ? "" : *encoding, nullptr);
    if (part.type.value.starts_with("text/")) {
      auto const charset = part.type.parameters.find("charset");
      bytes += parser::to_utf8(decoded, charset == part.type.parameters.end() ? "" : charset->second).size();
    } else {
      bytes += decoded.size();
    }
  }
  return bytes;
}

std::size_t whole_with_spoc(std::string_view raw) { return parser::read_mail(raw).text.size(); }
std::size_t with_gmime(std::string_view raw) { return read_with_gmime(raw).bytes; }

double seconds_of(Mails const& mails, std::size_t (*read)(std::string_view)) {
  double const begun = processor_seconds();
  std::size_t volatile bytes = 0;
  for (auto const& mail : mails) bytes = bytes + read(mail);
  return processor_seconds() - begun;
}

void compare(char const* name, Mails const& mails, int rounds) {
  double best[3] = {1e9, 1e9, 1e9};
  std::size_t (*const readers[])(std::string_view) = {both_with_spoc, with_gmime, whole_with_spoc};
  for (int round = 0; round < rounds; ++round)
    for (int i = 0; i < 3; ++i) best[i] = std::min(best[i], seconds_of(mails, readers[i]));
  double bytes = 0;
  for (auto const& mail : mails) bytes += static_cast<double>(mail.size());
  auto const count = static_cast<double>(mails.size());
  std::printf(
      "{\"set\": \"%s\", \"mails\": %zu, \"mb\": %.1f, \"both\": %.0f, \"gmime\": %.0f, \"whole\": %.0f, "
      "\"both_mbs\": %.1f, \"gmime_mbs\": %.1f, \"whole_mbs\": %.1f}\n",
      name, mails.size(), bytes / 1e6, count / best[0], count / best[1], count / best[2],
      bytes / 1e6 / best[0], bytes / 1e6 / best[1], bytes / 1e6 / best[2]);
  std::fflush(stdout);
}

/// A mail with one file of about so many bytes in base64.
std::string with_file(std::size_t bytes) {
  std::mt19937 rng{1};
  std::string out =
      "From: Ada <ada@example.net>\nTo: support@example.org\nSubject: A file\nMessage-ID: <1@example.net>\n"
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\n"
      "Here it is.\n--b\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\n";
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (std::size_t line = 0; line < bytes / 77; ++line) {
    for (int i = 0; i < 76; ++i) out += digits[rng() % 64];
    out += '\n';
  }
  return out + "--b--\n";
}

/// A mail of so many bytes of words, as an answer that quotes a log.
std::string with_words(std::size_t bytes) {
  std::string out =
      "From: Ada <ada@example.net>\nTo: support@example.org\nSubject: A log\nMessage-ID: <2@example.net>\n\n"
      "Here it is.\n\n";
  for (std::size_t line = 0; out.size() < bytes; ++line)
    out += "line " + std::to_string(line) + " says that the printer is offline and tries again\n";
  return out;
}

/// How the parser grows. Memory is kept between the rounds: beyond 32 MB glibc would give each string pages
/// that the kernel has to clear first, which takes three times as long as the parsing.
void growth(std::vector<std::string (*)(std::size_t)> const& kinds) {
  mallopt(M_MMAP_THRESHOLD, 1 << 30);
  mallopt(M_TRIM_THRESHOLD, -1);
  char const* const names[] = {"file", "words"};
  for (std::size_t kind = 0; kind < kinds.size(); ++kind)
    for (std::size_t const megabytes : {1U, 4U, 16U, 64U}) {
      Mails const one{kinds[kind](megabytes << 20U)};
      double best = 1e9;
      for (int round = 0; round < 2; ++round) best = std::min(best, seconds_of(one, whole_with_spoc));
      std::printf("{\"growth\": \"%s\", \"mb\": %zu, \"seconds\": %.4f, \"mbs\": %.1f}\n", names[kind],
                  megabytes, best, static_cast<double>(megabytes) / best);
      std::fflush(stdout);
    }
}

int run(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "bench_parse MAILDIR [ROUNDS]\n");
    return 64;
  }
  auto const lying = channels::list_maildir(argv[1]);
  if (!lying) {
    std::fprintf(stderr, "bench_parse: %s\n", lying.error().what.c_str());
    return 66;
  }
  Mails mails;
  for (auto const& one : *lying)
    if (auto bytes = channels::read_file(one.path)) mails.push_back(std::move(*bytes));
  int const rounds = argc > 2 ? std::stoi(argv[2]) : 3;
  compare("support", mails, rounds);
  compare("5 MB", Mails(4, with_file(5'000'000)), rounds);
  growth({with_file, with_words});
  return 0;
}

}  // namespace
}  // namespace spoc::bench

int main(int argc, char** argv) { return spoc::bench::run(argc, argv); }
