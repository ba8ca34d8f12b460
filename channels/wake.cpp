// SPDX-License-Identifier: GPL-3.0-or-later
// The bell is an eventfd: readable while rung.
#include "channels/wake.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <system_error>

namespace spoc::channels {

Wake::Wake() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  // Only before the threads start, and only without descriptors or memory: there is nobody yet to return an
  // Error to.
  if (descriptor_ < 0) throw std::system_error(errno, std::generic_category(), "eventfd");
}

Wake::~Wake() { close(descriptor_); }

void Wake::ring() noexcept {
  std::uint64_t const one = 1;
  // EAGAIN means that the counter is full: rung all the same.
  [[maybe_unused]] auto const written = write(descriptor_, &one, sizeof one);
}

void Wake::clear() noexcept {
  std::uint64_t count = 0;
  [[maybe_unused]] auto const taken = read(descriptor_, &count, sizeof count);
}

bool Wake::rung() const noexcept { return wait(std::chrono::milliseconds{0}); }

bool Wake::wait(std::chrono::milliseconds patience) const noexcept {
  using Clock = std::chrono::steady_clock;
  auto const until =
      Clock::now() + std::min<std::chrono::milliseconds>(patience, std::chrono::hours{24 * 365});
  for (;;) {
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
    auto const slice = std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max());
    pollfd waited{descriptor_, POLLIN, 0};
    int const ready = poll(&waited, 1, static_cast<int>(slice));
    if (ready > 0) return true;
    if (left <= 0) return false;
  }
}

int Wake::descriptor() const noexcept { return descriptor_; }

}  // namespace spoc::channels
