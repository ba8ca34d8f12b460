// SPDX-License-Identifier: GPL-3.0-or-later
// The public help pages: start, topics, search as one types, articles with their pictures, "did this help?".
//
//   GET  /kb/                      topics, newest and most helpful articles; ?tag= and ?q= narrow it
//   GET  /kb/?q=WORDS&as=json      {"said": "2 articles", "articles": [{"title", "language", "url"}]}
//   GET  /kb/ID                    an article
//   GET  /kb/ID/files/PLACE        a picture that this article shows
//   POST /kb/ID/feedback           helped=yes|no, words, seal
//
// ?lang= chooses the language of page and article, else the browser's wishes do. No cookies; what a form
// sends back is sealed by the desk, and only pages of ours may send it.
#pragma once

#include "channels/bucket.hpp"
#include "channels/http.hpp"
#include "daemon/front_desk.hpp"
#include "daemon/portal_page.hpp"
#include "daemon/public_shelf.hpp"

#include <string>
#include <unordered_map>

namespace spoc::daemon {

/// Lives on the desk thread.
class Portal {
 public:
  Portal(Config const& config, store::Store& store, FrontDesk const& desk);
  static bool is_here(std::string const& path) { return path == "/kb" || path.starts_with("/kb/"); }
  channels::HttpResponse answer(channels::HttpRequest const& request);

 private:
  struct Asked;  ///< a request, and how its reader is spoken to
  using Entry = PublicShelf::Entry;

  channels::HttpResponse start(Asked const& asked);
  channels::HttpResponse topic(Asked const& asked, std::string const& tag);
  channels::HttpResponse found(Asked const& asked, std::string const& words);
  channels::HttpResponse article(Asked const& asked, Entry const& entry);
  channels::HttpResponse picture(Asked const& asked, std::string const& id, std::string const& place);
  channels::HttpResponse feedback(Asked const& asked, Entry const& entry);
  channels::HttpResponse told(Asked const& asked, int status, std::string_view words);

  std::string elsewhere(Asked const& asked, Entry const& entry) const;
  std::string body_of(Entry const& entry, Asked const& asked);
  std::vector<desk::Announcement> outages();
  std::string seal_of(std::string const& id, int days_ago) const;
  using Peers = std::unordered_map<std::string, channels::Bucket>;
  static bool may_take(Peers& peers, std::string const& peer, double most, std::chrono::seconds span);
  bool may_answer(std::string const& peer);
  bool may_count(std::string const& peer, std::string const& article);
  bool may_search(std::string const& peer);
  std::vector<LanguageLink> languages_of(Asked const& asked, Entry const* entry) const;
  std::vector<Entry const*> most_helpful(std::vector<Entry const*> entries);

  Config const& config_;
  store::Store& store_;
  FrontDesk const& desk_;
  PublicShelf shelf_;
  Peers answering_, counting_, searching_;
};

}  // namespace spoc::daemon
