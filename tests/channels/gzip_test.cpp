// SPDX-License-Identifier: GPL-3.0-or-later
// What is packed comes back as it was, and is what others call gzip.
#include "channels/gzip.hpp"

#include <gtest/gtest.h>
#include <boost/beast/zlib/inflate_stream.hpp>

#include <string>

namespace spoc::channels {
namespace {

std::string unpacked(std::string const& packed, std::size_t size) {
  constexpr std::size_t head = 10, tail = 8;
  std::string out(size + 16, '\0');
  boost::beast::zlib::inflate_stream stream;
  boost::beast::zlib::z_params order{};
  order.next_in = packed.data() + head;
  order.avail_in = packed.size() - head - tail;
  order.next_out = out.data();
  order.avail_out = out.size();
  boost::beast::error_code fault;
  stream.write(order, boost::beast::zlib::Flush::finish, fault);
  EXPECT_EQ(fault, boost::beast::zlib::error::end_of_stream) << fault.message();
  out.resize(out.size() - order.avail_out);
  return out;
}

TEST(Gzip, ComesBackAsItWas) {
  std::string page;
  for (int i = 0; i < 2000; ++i) page += "<li>" + std::to_string(i * 7919) + " \xE4\xBD\xA0</li>\n";
  std::string noise;
  for (std::uint32_t i = 0, x = 1; i < 5000; ++i, x = x * 1664525U + 1013904223U)
    noise += static_cast<char>((x >> 24U) & 0xFFU);
  for (std::string const& one : {std::string{}, std::string{"a"}, page, noise}) {
    std::string const packed = gzipped(one);
    ASSERT_GE(packed.size(), 18U);
    EXPECT_EQ(unpacked(packed, one.size()), one);
  }
  EXPECT_LT(gzipped(page).size(), page.size() / 3);
}

TEST(Gzip, HasTheHeadAndTheTailOfTheFormat) {
  std::string const packed = gzipped("123456789");
  EXPECT_EQ(packed.substr(0, 4), (std::string{"\x1F\x8B\x08\0", 4}));
  // CRC-32 of these nine digits is 0xCBF43926, whoever reckons it.
  EXPECT_EQ(packed.substr(packed.size() - 8), (std::string{"\x26\x39\xF4\xCB\x09\0\0\0", 8}));
}

}  // namespace
}  // namespace spoc::channels
