// SPDX-License-Identifier: GPL-3.0-or-later
// The file that names the mail being read.
#include "daemon/black_box.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <array>

namespace spoc::daemon {
namespace {

constexpr std::size_t length = 64;
constexpr std::string_view nothing = "----------------------------------------------------------------";

void put(int descriptor, std::string_view bytes) {
  if (descriptor < 0) return;
  // A box that can't be written costs only the protection, never a mail.
  [[maybe_unused]] auto const written = ::pwrite(descriptor, bytes.data(), bytes.size(), 0);
}

}  // namespace

BlackBox::BlackBox(std::filesystem::path const& file)
    : descriptor_{::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
  std::array<char, length> held{};
  if (descriptor_ < 0) return;
  auto const got = ::pread(descriptor_, held.data(), held.size(), 0);
  if (got == static_cast<ssize_t>(length) && held[0] != '-') found_.assign(held.data(), held.size());
  leave();
}

BlackBox::~BlackBox() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void BlackBox::enter(std::string_view hash) { put(descriptor_, hash.substr(0, length)); }
void BlackBox::leave() { put(descriptor_, nothing); }

}  // namespace spoc::daemon
