// SPDX-License-Identifier: GPL-3.0-or-later
// Files follow rows; a file appears whole or not at all.
#include "daemon/drafts.hpp"

#include "daemon/synchronise.hpp"
#include "store/drafts.hpp"

#include <fstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

Error unwritable(fs::path const& path, std::string const& why) {
  return {Kind::broken, "draft " + path.string() + " can't be written: " + why +
                            "; give the folder to spocd's user (systemd: ReadWritePaths)"};
}

/// Whole: a draft is removed only once its article is safe.
Result<> write_article(fs::path const& path, std::string const& text) {
  std::error_code fault;
  fs::create_directories(path.parent_path(), fault);
  if (fault) return unwritable(path, fault.message());
  constexpr unsigned rights = 0666;
  auto const written = write_whole(path, text, rights);
  return written ? written : unwritable(path, written.error().what);
}

Result<> write_draft(desk::Draft const& draft, fs::path const& place) {
  if (fs::exists(place)) return {};
  return write_article(place, draft.text);
}

/// A copy and a removal, not a move: the two folders may be on two disks.
Result<> publish(desk::Draft const& draft, fs::path const& place, fs::path const& articles) {
  fs::path const own = articles / draft.language;
  fs::path const target = (fs::is_directory(own) ? own : articles) / place.filename();
  if (!fs::exists(target)) {
    std::ifstream in{place, std::ios::binary};
    std::string const edited{std::istreambuf_iterator<char>{in}, {}};
    if (auto const written = write_article(target, edited.empty() ? draft.text : edited); !written)
      return written.error();
  }
  std::error_code fault;
  fs::remove(place, fault);
  if (fault) return unwritable(place, fault.message());
  return {};
}

Result<> withdraw(fs::path const& place) {
  std::error_code fault;
  fs::remove(place, fault);
  if (fault) return unwritable(place, fault.message());
  return {};
}

}  // namespace

Result<> file_draft(desk::Draft const& draft, DraftFolders const& folders) {
  fs::path const place = folders.drafts / (draft.file + ".md");
  switch (draft.state) {
    case desk::DraftState::waiting:
      return write_draft(draft, place);
    case desk::DraftState::published:
      return publish(draft, place, folders.articles);
    case desk::DraftState::rejected:
      return withdraw(place);
  }
  return {};
}

Result<std::size_t> file_drafts(store::Store& store, DraftFolders const& folders) {
  constexpr std::size_t at_a_time = 100;
  std::vector<desk::Draft> drafts;
  auto const read =
      store.read("drafts", [&](store::Tx& tx) { drafts = store::unfiled_drafts(tx, at_a_time); });
  if (!read) return read.error();
  for (desk::Draft const& draft : drafts) {
    if (auto const filed = file_draft(draft, folders); !filed) return filed.error();
    // The file first: if we die between the two, it is found as it should be.
    auto const noted =
        store.write("draft filed", [&](store::Tx& tx) { store::draft_was_filed(tx, draft.id, draft.state); });
    if (!noted) return noted.error();
  }
  return drafts.size();
}

}  // namespace spoc::daemon
