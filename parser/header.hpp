// SPDX-License-Identifier: GPL-3.0-or-later
// Header fields: unfolding, encoded words (RFC 2047), parameters (RFC 2231), addresses, dates, message ids.
#pragma once

#include "desk/people.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::parser {

struct Field {
  std::string_view name;
  std::string value;  ///< unfolded, raw bytes otherwise
};

/// The fields of a header block in their order; lines that are no field are skipped and counted as defects.
struct Fields {
  std::vector<Field> all;
  std::vector<std::string> defects;
  /// The first field of that name (case-insensitive), or nullptr.
  std::string const* find(std::string_view name) const;
  /// The last one that says something: of fields that may stand once (RFC 5322 3.6) it is the author's own,
  /// which DKIM signs (RFC 6376 5.4.2); others were put above it on the way. nullptr for none.
  std::string const* last(std::string_view name) const;
  std::vector<std::string_view> every(std::string_view name) const;
};
Fields read_fields(std::string_view header_block);

/// Encoded words decoded, raw 8-bit made UTF-8, control characters out. For unstructured fields.
std::string decode_words(std::string_view value);

/// An address list (RFC 5322 3.4) with comments, groups, obsolete and broken forms; display names decoded.
std::vector<desk::Address> read_addresses(std::string_view value);
/// The same for the field that names the author: where a comma is missing between two, the first alone
/// counts.
std::vector<desk::Address> read_authors(std::string_view value);

/// RFC 5322 3.3, with the usual damage (two-digit years, names of zones, missing seconds).
std::optional<desk::Time> read_date(std::string_view value);

/// Message-IDs between < and >, in order; tolerates missing brackets.
std::vector<std::string> read_message_ids(std::string_view value);

/// "text/plain; charset=x": the value in lower case and its parameters (RFC 2231 continuations and
/// charsets resolved, RFC 2047 words in them decoded as the world does it).
struct Parameterised {
  std::string value;
  std::map<std::string, std::string> parameters;

  /// Its value, "" where it has none of that name.
  std::string parameter(std::string const& name) const {
    auto const found = parameters.find(name);
    return found == parameters.end() ? std::string{} : found->second;
  }
};
Parameterised read_parameterised(std::string_view value);

}  // namespace spoc::parser
