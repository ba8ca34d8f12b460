// SPDX-License-Identifier: GPL-3.0-or-later
// Bodies of a mail: transfer encodings and parts within parts (RFC 2045, 2046).
#pragma once

#include "desk/mail.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::templates {

/// Header fields of its own, and an encoded body; both with CRLF line ends.
struct Part {
  std::string head, body;
};

/// text/plain or text/html in UTF-8: 7bit where every line allows it, else the shorter of quoted-printable
/// and base64.
Part text_part(std::string_view type, std::string_view text);

Part attachment_part(desk::Attachment const& attachment, bool in_line);

/// A multipart of the subtype "mixed", "alternative" or "related". The boundary is made from the parts and
/// stands in none of them.
Part multipart(std::string_view subtype, std::vector<Part> const& parts);

}  // namespace spoc::templates
