// SPDX-License-Identifier: GPL-3.0-or-later
// From the parts of a mail to its words, its HTML and its attachments.
#pragma once

#include "desk/mail.hpp"
#include "parser/bounce.hpp"
#include "parser/structure.hpp"

#include <deque>
#include <string>
#include <vector>

namespace spoc::parser {

struct Body {
  std::string plain;       ///< words of the text/plain parts; parts that are HTML alone are made into text
  std::string html;        ///< as it came, not sanitised; "" where no part is HTML
  bool has_plain = false;  ///< some text/plain part has words of its own
  std::vector<desk::Attachment> attachments;
  std::vector<LeafView> leaves;  ///< the report parts, for the classifier; they look into attachments, which
                                 ///< may be moved as a whole
  std::deque<std::string> kept;  ///< what sealed mails held
};

Body read_body(Structure const& structure, std::vector<std::string>& defects);

/// RFC 3676: soft line breaks joined, quote marks kept.
std::string unflow(std::string_view text, bool del_sp);

}  // namespace spoc::parser
