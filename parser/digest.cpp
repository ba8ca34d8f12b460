// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 and HMAC by OpenSSL.
#include "parser/digest.hpp"

#include <openssl/evp.h>
#include <openssl/params.h>
#include <array>
#include <cstdlib>
#include <memory>
#include <string>

namespace spoc::parser {
namespace {

struct FreeSum {
  void operator()(EVP_MAC_CTX* sum) const { EVP_MAC_CTX_free(sum); }
};
using Sum = std::unique_ptr<EVP_MAC_CTX, FreeSum>;

/// An HMAC that has been given its key. Like a digest it fails only where the library has no SHA-256.
struct Keyed {
  explicit Keyed(std::string_view secret) : key{secret} {
    EVP_MAC* const hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    begun.reset(EVP_MAC_CTX_new(hmac));
    EVP_MAC_free(hmac);
    std::string digest = "SHA256";
    std::array const parameters{OSSL_PARAM_construct_utf8_string("digest", digest.data(), 0),
                                OSSL_PARAM_construct_end()};
    auto const* const bytes = reinterpret_cast<unsigned char const*>(key.data());
    if (!begun || EVP_MAC_init(begun.get(), bytes, key.size(), parameters.data()) != 1) std::abort();
  }
  std::string key;
  Sum begun;
};

}  // namespace

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  // EVP_Digest fails only where the library has no SHA-256 at all: nothing of ours could go on.
  if (EVP_Digest(bytes.data(), bytes.size(), sum.data(), &size, EVP_sha256(), nullptr) != 1) std::abort();
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(std::size_t{size} * 2);
  for (unsigned int i = 0; i < size; ++i) {
    out += digits[sum[i] >> 4U];
    out += digits[sum[i] & 15U];
  }
  return out;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
  // OpenSSL looks its algorithms up by name for each sum, which takes longer than the sum: a thread keeps the
  // beginning of its last key's.
  thread_local Keyed keyed{key};
  if (keyed.key != key) keyed = Keyed{key};
  Sum const sum{EVP_MAC_CTX_dup(keyed.begun.get())};
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes_of_sum{};
  std::size_t size = 0;
  auto const* const data = reinterpret_cast<unsigned char const*>(bytes.data());
  if (!sum || EVP_MAC_update(sum.get(), data, bytes.size()) != 1 ||
      EVP_MAC_final(sum.get(), bytes_of_sum.data(), &size, bytes_of_sum.size()) != 1)
    std::abort();
  return {reinterpret_cast<char const*>(bytes_of_sum.data()), size};
}

}  // namespace spoc::parser
