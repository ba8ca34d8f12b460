// SPDX-License-Identifier: GPL-3.0-or-later
// Head, what Beast deflates, check sum and size.
#include "channels/gzip.hpp"

#include <boost/beast/zlib/deflate_stream.hpp>
#include <boost/beast/zlib/error.hpp>
#include <boost/crc.hpp>

#include <cstdint>

namespace spoc::channels {
namespace {

namespace zlib = boost::beast::zlib;

/// RFC 1952, section 8.
std::uint32_t check_sum(std::string_view bytes) {
  boost::crc_32_type sum;
  sum.process_bytes(bytes.data(), bytes.size());
  return static_cast<std::uint32_t>(sum.checksum());
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
