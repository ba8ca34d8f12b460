// SPDX-License-Identifier: GPL-3.0-or-later
// The pages and scripts of web/ that are part of the binary, as a client takes them.
#pragma once

#include "channels/http.hpp"

#include <string_view>

namespace spoc::daemon {

/// RFC 9110 12.5.3: does this Accept-Encoding take gzip? A weight of 0 says no, "*" stands for what is not
/// named.
bool takes_gzip(std::string_view accepted);

/// "widget.js": gzipped for who takes that (it was compressed when the binary was made), with a tag of its
/// own for each form; 304 for who has that form already, 404 for what is not there.
channels::HttpResponse web_file(std::string_view name, channels::HttpRequest const& request);

/// An answer that was just made, gzipped for who takes that, where it is text of some length.
channels::HttpResponse packed_for(channels::HttpRequest const& request, channels::HttpResponse response);

}  // namespace spoc::daemon
