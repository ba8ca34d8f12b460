// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and making the signing key.
#include "daemon/key.hpp"

#include "channels/maildir.hpp"
#include "daemon/ownership.hpp"
#include "parser/digest.hpp"

#include <fcntl.h>
#include <openssl/rand.h>
#include <unistd.h>
#include <array>
#include <cstring>

namespace spoc::daemon {
namespace {

constexpr std::size_t shortest_key = 32;

Result<std::string> make_key(std::filesystem::path const& file) {
  std::string const key = random_word();
  int const descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0)
    return Error{Kind::broken, "can't create the tokens' key " + file.string() + ": " + std::strerror(errno)};
  bool const written = ::write(descriptor, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                       ::fsync(descriptor) == 0;
  ::close(descriptor);
  give_to_folders_owner(file);
  if (!written)
    return Error{Kind::broken, "can't write the tokens' key " + file.string() + ": " + std::strerror(errno)};
  return key;
}

}  // namespace

std::string random_word() {
  std::array<unsigned char, 32> bytes{};
  // OpenSSL fails here only when the machine has no entropy source at all: nothing secret can be made then.
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) std::abort();
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (unsigned char byte : bytes) {
    out += digits[byte >> 4U];
    out += digits[byte & 15U];
  }
  return out;
}

Result<std::string> read_key(std::filesystem::path const& file, bool may_make) {
  if (may_make && !std::filesystem::exists(file)) return make_key(file);
  auto key = channels::read_file(file);
  if (!key) return key.error();
  while (!key->empty() && (key->back() == '\n' || key->back() == '\r')) key->pop_back();
  if (key->size() < shortest_key)
    return Error{
        Kind::unreadable,
        "the tokens' key in " + file.string() +
            " is shorter than 32 bytes: put a longer one there, or remove the file to have one made"};
  return *key;
}

desk::Sign signer(std::string key) {
  return [key = std::move(key)](std::string_view text) { return parser::hmac_sha256(key, text); };
}

}  // namespace spoc::daemon
