// SPDX-License-Identifier: GPL-3.0-or-later
// Printing and reading for spocctl.
#include "ctl/print.hpp"

#include "channels/maildir.hpp"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/serializer.hpp>
#include <iostream>
#include <iterator>

namespace spoc::ctl {

// Piece by piece: the text of a mail may have 60 MB, and need not be written twice.
void print(boost::json::object const& object) {
  boost::json::serializer writer;
  writer.reset(&object);
  for (std::array<char, 32 * 1024> room; !writer.done();) {
    auto const piece = writer.read(room.data(), room.size());
    std::cout.write(piece.data(), static_cast<std::streamsize>(piece.size()));
  }
  std::cout << "\n";
}

int fail(Error const& error) {
  std::cerr << "spocctl: " << error.what << "\n";
  return exit_code(error.kind);
}

std::string text_of(boost::json::object const& object, std::string_view key) {
  boost::json::value const* value = object.if_contains(key);
  if (value == nullptr || value->is_null()) return "";
  return value->is_string() ? std::string{value->as_string()} : boost::json::serialize(*value);
}

boost::json::array const& list_of(boost::json::object const& object, std::string_view key) {
  static boost::json::array const none;
  boost::json::value const* value = object.if_contains(key);
  return value != nullptr && value->is_array() ? value->as_array() : none;
}

Result<std::string> read_input(std::string const& file) {
  if (file != "-") return channels::read_file(file);
  return std::string{std::istreambuf_iterator<char>{std::cin}, {}};
}

}  // namespace spoc::ctl
