// SPDX-License-Identifier: GPL-3.0-or-later
// Counts who is connected and tells them when it is time to go.
#include "channels/site.hpp"

#include <algorithm>
#include <utility>

namespace spoc::channels {

Seat& Seat::operator=(Seat&& other) noexcept {
  std::swap(site_, other.site_);
  std::swap(peer_, other.peer_);
  return *this;
}

Seat::~Seat() {
  if (!site_) return;
  auto const row = site_->seated_.find(peer_);
  if (row != site_->seated_.end() && --row->second == 0) site_->seated_.erase(row);
}

Site::Site(boost::asio::io_context& io, HttpSettings how, Answer answers, ChatDoor& door)
    : context(io), settings(std::move(how)), answer(std::move(answers)), chat(door) {}

std::optional<Seat> Site::seat(std::string const& peer) {
  if (is_proxy(peer)) return Seat{};
  return seat(peer, settings.limits.connections_per_peer);
}

// No peer is called "".
std::optional<Seat> Site::seat_for_refusal() { return seat("", 100); }

std::optional<Seat> Site::seat(std::string const& key, std::size_t most) {
  auto& seated = seated_[key];
  if (seated >= most) return std::nullopt;
  ++seated;
  return Seat{shared_from_this(), key};
}

bool Site::is_proxy(std::string const& peer) const {
  return std::ranges::find(settings.proxies, peer) != settings.proxies.end();
}

void Site::enter(Connection& connection) { connections_.insert(&connection); }

void Site::left(Connection& connection) {
  connections_.erase(&connection);
  if (connections_.empty() && emptied) emptied();
}

// Neither leave() nor cut() destroys a connection before the next turn of the loop, so the set holds still.
void Site::close() {
  closing_ = true;
  for (auto* connection : connections_) connection->leave();
}

void Site::cut() {
  for (auto* connection : connections_) connection->cut();
}

}  // namespace spoc::channels
