// SPDX-License-Identifier: GPL-3.0-or-later
// Printing and reading for spocctl.
#include "ctl/print.hpp"

#include "channels/maildir.hpp"

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <iostream>
#include <iterator>

namespace spoc::ctl {

void print(boost::json::object const& object) { std::cout << boost::json::serialize(object) << "\n"; }

int fail(Error const& error) {
  std::cerr << "spocctl: " << error.what << "\n";
  return exit_code(error.kind);
}

Result<std::string> read_input(std::string const& file) {
  if (file != "-") return channels::read_file(file);
  return std::string{std::istreambuf_iterator<char>{std::cin}, {}};
}

boost::json::array texts(std::vector<std::string> const& all) {
  boost::json::array out;
  for (std::string const& one : all) out.emplace_back(one);
  return out;
}

}  // namespace spoc::ctl
