// SPDX-License-Identifier: GPL-3.0-or-later
// The file: the hash of the mail that is being read, then those that are being filed up to a row of dashes.
#include "daemon/black_box.hpp"

#include "daemon/ownership.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <array>

namespace spoc::daemon {
namespace {

constexpr std::size_t length = 64;
constexpr std::string_view nothing = "----------------------------------------------------------------";

void put(int descriptor, std::size_t place, std::string_view bytes) {
  if (descriptor < 0) return;
  // A box that can't be written costs only the protection, never a mail.
  [[maybe_unused]] auto const written =
      ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(place * length));
}

/// The hash at this place; "" for none, or a box that ends there.
std::string held_at(int descriptor, std::size_t place) {
  std::array<char, length> held{};
  auto const got = ::pread(descriptor, held.data(), held.size(), static_cast<off_t>(place * length));
  if (got != static_cast<ssize_t>(length) || held[0] == '-') return {};
  return {held.data(), held.size()};
}

}  // namespace

BlackBox::BlackBox(std::filesystem::path const& file)
    : descriptor_{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
  if (descriptor_ < 0) return;
  give_to_folders_owner(file);
  if (auto held = held_at(descriptor_, 0); !held.empty()) found_.push_back(std::move(held));
  for (std::size_t place = 1;; ++place) {
    auto held = held_at(descriptor_, place);
    if (held.empty()) break;
    if (std::find(found_.begin(), found_.end(), held) == found_.end()) found_.push_back(std::move(held));
  }
  leave();
  receipt();
}

BlackBox::~BlackBox() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void BlackBox::enter(std::string_view hash) { put(descriptor_, 0, hash.substr(0, length)); }
void BlackBox::leave() { put(descriptor_, 0, nothing); }

void BlackBox::hand(std::span<std::string const> hashes) {
  std::string row;
  for (std::string const& hash : hashes)
    if (hash.size() == length) row += hash;
  // At once: a death in between names all or none.
  put(descriptor_, 1, row.append(nothing));
}

void BlackBox::receipt() { put(descriptor_, 1, nothing); }

}  // namespace spoc::daemon
