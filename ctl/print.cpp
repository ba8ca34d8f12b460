// SPDX-License-Identifier: GPL-3.0-or-later
// Printing and reading for spocctl.
#include "ctl/print.hpp"

#include "channels/maildir.hpp"

#include <array>
#include <boost/json/array.hpp>
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

Result<std::string> read_input(std::string const& file) {
  if (file != "-") return channels::read_file(file);
  return std::string{std::istreambuf_iterator<char>{std::cin}, {}};
}

}  // namespace spoc::ctl
