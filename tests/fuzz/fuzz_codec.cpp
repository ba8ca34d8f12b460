// SPDX-License-Identifier: GPL-3.0-or-later
// Transfer encodings and digests: the first line names an encoding; what we encode decodes to the same bytes.
#include "parser/codec.hpp"

#include "desk/base64.hpp"
#include "parser/digest.hpp"
#include "tests/fuzz/demand.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  using namespace spoc::parser;
  using namespace spoc::fuzz;
  std::string_view bytes = bytes_of(data, size);
  std::string_view const encoding = take_first_line(bytes);

  demand(decode_base64(spoc::desk::base64(bytes)) == bytes);
  demand(decode_base64(bytes).size() <= bytes.size());
  demand(decode_quoted_printable(bytes).size() <= bytes.size());
  std::vector<std::string> defects;
  static_cast<void>(decode_transfer(bytes, encoding, &defects));
  for (std::string const& words : defects) demand_utf8(words);

  static_cast<void>(decode_text_transfer(bytes, encoding, &defects));
  for (std::string const& words : defects) demand_utf8(words);
  demand(sha256(bytes).size() == 64 && hmac_sha256(encoding, bytes).size() == 32);
  return 0;
}
