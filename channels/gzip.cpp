// SPDX-License-Identifier: GPL-3.0-or-later
// Head, what Beast deflates, check sum and size.
#include "channels/gzip.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/beast/zlib/error.hpp>

#include <array>
#include <cstdint>

namespace spoc::channels {
namespace {

namespace zlib = boost::beast::zlib;

/// RFC 1952, section 8: by bytes, each of the 256 looked up.
std::uint32_t check_sum(std::string_view bytes) {
  static auto const table = [] {
    std::array<std::uint32_t, 256> out{};
    for (std::uint32_t n = 0; n < 256; ++n) {
      std::uint32_t c = n;
      for (int bit = 0; bit < 8; ++bit) c = (c & 1U) != 0 ? 0xEDB88320U ^ (c >> 1U) : c >> 1U;
      out[n] = c;
    }
    return out;
  }();
  std::uint32_t sum = 0xFFFFFFFFU;
  for (char const c : bytes) sum = table[(sum ^ static_cast<unsigned char>(c)) & 0xFFU] ^ (sum >> 8U);
  return sum ^ 0xFFFFFFFFU;
}

void append(std::string& out, std::uint32_t number) {
  for (unsigned shift = 0; shift < 32; shift += 8) out += static_cast<char>((number >> shift) & 0xFFU);
}

}  // namespace

std::string gzipped(std::string_view bytes) {
  constexpr std::string_view head{"\x1F\x8B\x08\0\0\0\0\0\0\xFF", 10};  // no name, no time, no system
  constexpr int level = 6, window_bits = 15, memory = 8;                // as gzip has them
  zlib::deflate_stream stream;
  stream.reset(level, window_bits, memory, zlib::Strategy::normal);
  std::string packed(stream.upper_bound(bytes.size()) + 16, '\0');
  zlib::z_params order{};
  order.next_in = bytes.data();
  order.avail_in = bytes.size();
  order.next_out = packed.data();
  order.avail_out = packed.size();
  boost::beast::error_code fault;
  stream.write(order, zlib::Flush::finish, fault);
  if (fault != zlib::error::end_of_stream) return "";
  packed.resize(packed.size() - order.avail_out);
  std::string out{head};
  out += packed;
  append(out, check_sum(bytes));
  append(out, static_cast<std::uint32_t>(bytes.size()));
  return out;
}

}  // namespace spoc::channels
