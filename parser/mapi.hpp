// SPDX-License-Identifier: GPL-3.0-or-later
// MAPI properties as they lie in TNEF, and the compressed RTF among them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// Numbers in Microsoft's order, read from the front; reading past the end makes it fail and stay failed.
class LittleEndian {
 public:
  explicit LittleEndian(std::string_view bytes) : bytes_(bytes) {}
  std::uint32_t number(std::size_t size);
  std::string_view bytes(std::size_t size);
  bool failed() const { return failed_; }
  bool done() const { return failed_ || bytes_.empty(); }

 private:
  std::string_view bytes_;
  bool failed_ = false;
};

struct Property {
  std::uint32_t id = 0, type = 0;
  std::string_view value;  ///< the first one's bytes; views into what was read
};

/// MS-OXTNEF 2.1.3.4. damaged is set where the list breaks off.
std::vector<Property> read_properties(std::string_view bytes, bool& damaged);

/// The words of a string property: UTF-16 or the codepage's, without the closing NUL.
std::string text_of(Property const& property, std::string const& charset);

/// MS-OXRTFCP; "" for what is damaged. At most 8 MB come out.
std::string decompress_rtf(std::string_view bytes);

}  // namespace spoc::parser
