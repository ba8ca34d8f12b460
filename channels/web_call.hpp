// SPDX-License-Identifier: GPL-3.0-or-later
// One HTTP request to somebody else, and their answer: bounded in time and size, no redirect followed.
#pragma once

#include "channels/wake.hpp"
#include "desk/error.hpp"

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace spoc::channels {

struct WebCall {
  std::string method = "POST";
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::filesystem::path socket;   ///< a Unix socket to go by instead of TCP
  bool inside = false;            ///< addresses of the inside may be dialled (channels/inside.hpp)
  std::filesystem::path ca_file;  ///< certificates to trust instead of the system's
  std::size_t most = 64 * 1024;   ///< bytes of the answer that are taken; more ends the call
  std::chrono::milliseconds patience = std::chrono::seconds{15};
};

struct WebAnswer {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
};

/// Kind::missing: nobody listens there (of a socket alone); Kind::denied: the address belongs to the inside;
/// Kind::refused: an address that is none; Kind::busy: anything that may be better later. `wake` ends it
/// early.
Result<WebAnswer> call_web(WebCall const& call, Wake const* wake = nullptr);

}  // namespace spoc::channels
