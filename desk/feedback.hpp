// SPDX-License-Identifier: GPL-3.0-or-later
// What a reader of the help pages says of an article.
#pragma once

#include <string>

namespace spoc::desk {

/// Nobody knows who they are.
struct Feedback {
  std::string article, language;
  bool helped = false;
  std::string words;  ///< may be empty
};

}  // namespace spoc::desk
