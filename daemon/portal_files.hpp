// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of public articles out of the knowledge folder, and the addresses that lead to them.
#pragma once

#include "channels/http.hpp"

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace spoc::daemon {

/// The place in the knowledge folder that an article at `path` means by a relative address, as "net/a.png";
/// "" for addresses that lead elsewhere or out of the folder.
std::string place_meant(std::string_view path, std::string_view address);

/// An article's HTML (sanitised) with relative addresses made ours: pictures lead to `files` + place, links
/// to what `page` says of a place; "" leaves a link as it is.
std::string with_own_addresses(std::string_view html, std::string_view path, std::string const& files,
                               std::function<std::string(std::string const& place)> const& page);

/// The same for a mail, where nothing is relative to anything: pictures and links lead to the article's page
/// at `public_url`. Without one pictures become what is said of them, and links their words.
std::string for_mail(std::string_view html, std::string_view path, std::string const& public_url,
                     std::string const& id);

/// Why picture_at() does not hand out a file that is there, as "is no PNG, ...; remedy"; "" where it does.
std::string why_not_shown(std::filesystem::path const& file);

/// A PNG, JPEG, GIF or WebP of at most ten megabytes within the folder, with an ETag; 404 for all else, 304
/// for who has it already.
channels::HttpResponse picture_at(std::filesystem::path const& folder, std::string const& place,
                                  channels::HttpRequest const& request);

/// A page of text without HTML: a plain 404.
channels::HttpResponse nothing_here();

}  // namespace spoc::daemon
