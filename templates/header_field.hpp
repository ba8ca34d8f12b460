// SPDX-License-Identifier: GPL-3.0-or-later
// Header fields as they leave: folded (RFC 5322 2.2.3), addresses quoted, parameters split (RFC 2231).
#pragma once

#include "desk/people.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace spoc::templates {

/// "Name: value" CRLF, broken before blanks so that lines have at most 76 characters where the words allow
/// it. Controls in the value become blanks; "" for a name that is none.
std::string field(std::string_view name, std::string_view value);

/// An unstructured field (subject and such), encoded where need be.
std::string text_field(std::string_view name, std::string_view text);

/// From, To and their kind. Without addresses: "" (a field must not be empty).
std::string address_field(std::string_view name, std::vector<desk::Address> const& addresses);

/// Message-ID, In-Reply-To, References: what is no id is left out; "" if nothing is left.
std::string id_field(std::string_view name, std::vector<std::string> const& ids);

/// RFC 5322 3.3, in UTC.
std::string date_text(desk::Time time);

/// "; name=value" pieces for Content-Type and Content-Disposition; beyond ASCII or too long: RFC 2231.
std::string parameter(std::string_view name, std::string_view value);

}  // namespace spoc::templates
