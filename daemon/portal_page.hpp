// SPDX-License-Identifier: GPL-3.0-or-later
// The frame and the pieces of the public help pages as HTML: no inline script or style, nothing from
// elsewhere.
#pragma once

#include "channels/http.hpp"
#include "daemon/portal_words.hpp"
#include "daemon/public_shelf.hpp"
#include "desk/announcement.hpp"

#include <string>
#include <vector>

namespace spoc::daemon {

/// How this reader is spoken to.
struct PortalReader {
  PortalWords const& words;
  bool chosen = false;  ///< by ?lang=, which every link then carries on
  std::string desk;     ///< House::name
  std::string address;  ///< where to write to; "" for none
};

/// One page of ours, by another language.
struct LanguageLink {
  std::string language, url;
};

/// "/kb/vpn-drops?lang=nb"; `rest` is what stands behind "/kb/", encoded.
std::string portal_url(std::string const& rest, std::string_view language);
/// For a link on this reader's page.
std::string portal_url(std::string const& rest, PortalReader const& reader);
std::string url_of(PublicShelf::Entry const& entry, PortalReader const& reader);

/// A list of links to articles; titles in another language say so.
std::string article_list(std::vector<PublicShelf::Entry const*> const& entries, PortalReader const& reader);
std::string topic_list(std::vector<PublicShelf::Topic> const& topics, PortalReader const& reader);
/// What is known of outages, as a banner; "" for none.
std::string banner(std::vector<desk::Announcement> const& announcements, PortalReader const& reader);
/// "Did this help?"; the form goes to `action` and carries `seal`.
std::string question_form(std::string const& action, std::string const& seal, PortalReader const& reader);
/// Where else to turn.
std::string stuck_line(PortalReader const& reader);

/// A whole page. `title` is plain text, `main` HTML; `query` is what stands in the search box.
struct PortalPage {
  int status = 200;
  std::string title, query, main;
  std::vector<LanguageLink> languages;
};
channels::HttpResponse portal_response(PortalPage const& page, PortalReader const& reader);

}  // namespace spoc::daemon
