// SPDX-License-Identifier: GPL-3.0-or-later
// Capitals to small letters.
#include "desk/lower.hpp"

#include "desk/people.hpp"

namespace spoc::desk {

std::string lower(std::string_view text) {
  std::string out = normal(text);
  for (std::size_t i = 1; i < out.size(); ++i) {
    auto const c = static_cast<unsigned char>(out[i]);
    if (out[i - 1] == '\xC3' && c >= 0x80 && c <= 0x9E && c != 0x97) out[i] = static_cast<char>(c + 0x20);
  }
  return out;
}

}  // namespace spoc::desk
