// SPDX-License-Identifier: GPL-3.0-or-later
// Where the parts of a mail lie: an iterative, linear scan that copies nothing.
#pragma once

#include "parser/header.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

/// Hard limits: what lies beyond them stays unread inside the part where it was met, with a defect.
struct Limits {
  std::size_t depth = 50;
  std::size_t parts = 1000;
  std::size_t header = 256 * 1024;
};

/// A node of the tree. Views point into the raw mail, or into Structure::mended.
struct Part {
  int parent = -1;  ///< index of the enclosing multipart, -1 for the root
  std::size_t depth = 0;
  Fields fields;
  Parameterised type;         ///< "text/plain" where nothing sensible was said
  Parameterised disposition;  ///< value "" where none was said
  std::string_view body;      ///< a leaf's content, still encoded; empty for a multipart with parts
  bool multipart = false;     ///< has been split: its children follow it in Structure::parts
};

struct Structure {
  std::shared_ptr<std::string const>
      mended;               ///< what views look into where the mail's line ends were lone CRs
  std::vector<Part> parts;  ///< in the order of the mail, the root first; never empty
  std::vector<std::string> defects;
};

Structure scan(std::string_view raw, Limits const& limits = {});

}  // namespace spoc::parser
