// SPDX-License-Identifier: GPL-3.0-or-later
// The first line of a file.
#include "channels/secret.hpp"

#include <fstream>

namespace spoc::channels {

std::optional<std::string> secret_in(std::filesystem::path const& file) {
  std::ifstream in{file};
  std::string line;
  if (!in || !std::getline(in, line)) return std::nullopt;
  if (line.ends_with('\r')) line.pop_back();
  return line;
}

}  // namespace spoc::channels
