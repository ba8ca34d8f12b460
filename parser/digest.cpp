// SPDX-License-Identifier: GPL-3.0-or-later
// SHA-256 and HMAC by OpenSSL.
#include "parser/digest.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <array>
#include <cstdlib>
#include <memory>

namespace spoc::parser {

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
  std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
  unsigned int size = 0;
  // A null key means "as before" to OpenSSL; an empty one must still be a key.
  void const* const secret = key.empty() ? "" : static_cast<void const*>(key.data());
  auto const* const data = reinterpret_cast<unsigned char const*>(bytes.data());
  if (HMAC(EVP_sha256(), secret, static_cast<int>(key.size()), data, bytes.size(), sum.data(), &size) ==
      nullptr)
    std::abort();
  return {reinterpret_cast<char const*>(sum.data()), size};
}

}  // namespace spoc::parser
