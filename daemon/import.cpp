// SPDX-License-Identifier: GPL-3.0-or-later
// Walks what is to be imported and hands it in by batches.
#include "daemon/import.hpp"

#include "channels/maildir.hpp"
#include "daemon/corridor.hpp"

#include <algorithm>
#include <fstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t batch_mails = 100;
constexpr std::size_t batch_bytes = 8U << 20U;

bool is_mbox(fs::path const& file) {
  std::ifstream in{file, std::ios::binary};
  char start[5] = {};
  in.read(start, sizeof start);
  return in && std::string_view{start, sizeof start} == "From ";
}

class Import {
 public:
  Import(ImportOrder const& order, Config const& config, FrontDesk& desk)
      : order_{order},
        desk_{desk},
        box_{config.data / "reading.import"},
        corridor_{config.index(), box_, {}, order.quiet, config.inspection} {}

  Result<ImportCount> run() {
    Result<> walked;
    for (fs::path const& path : order_.paths)
      if (walked) walked = walk(path);
    // Also before a path that can't be read: what came before it is in.
    if (auto const done = hand_in(); !done) return done.error();
    if (!walked) return walked.error();
    return count_;
  }

 private:
  Result<> walk(fs::path const& path) {
    std::error_code fault;
    if (fs::is_directory(path / "cur", fault)) return walk_maildir(path);
    if (fs::is_directory(path, fault)) return walk_folder(path);
    if (!fs::exists(path, fault)) return Error{Kind::missing, path.string() + " is not there"};
    return is_mbox(path) ? walk_mbox(path) : take_file(path);
  }

  Result<> walk_maildir(fs::path const& path) {
    auto const lying = channels::list_maildir(path);
    if (!lying) return lying.error();
    for (channels::Lying const& one : *lying) {
      auto bytes = channels::read_file(one.path);
      if (!bytes) return bytes.error();
      if (auto const done = take(one.name, std::move(*bytes), desk::from_number(one.written)); !done)
        return done;
    }
    return {};
  }

  Result<> walk_folder(fs::path const& path) {
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator{path}) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (fs::path const& file : files)
      if (auto const done = walk(file); !done) return done;
    return {};
  }

  Result<> walk_mbox(fs::path const& path) {
    Result<> done;
    std::size_t number = 0;
    auto const read = channels::read_mbox(path, [&](std::string&& mail) {
      done = take(path.filename().string() + ":" + std::to_string(++number), std::move(mail), desk_.now());
      return done.has_value();
    });
    return read ? done : read;
  }

  Result<> take_file(fs::path const& path) {
    auto bytes = channels::read_file(path);
    if (!bytes) return bytes.error();
    return take(path.filename().string(), std::move(*bytes), desk_.now());
  }

  Result<> take(std::string shown, std::string bytes, desk::Time received) {
    bytes_ += bytes.size();
    // Imported mail has no place of its own on a server: its content is its name, so a second import finds
    // it.
    batch_.push_back(corridor_.take({{order_.mailbox, 0, 0, ""}, std::move(bytes), received}));
    batch_.back().place.name = "import:" + batch_.back().hash;
    shown_.push_back(std::move(shown));
    return batch_.size() >= batch_mails || bytes_ >= batch_bytes ? hand_in() : Result<>{};
  }

  Result<> hand_in() {
    if (batch_.empty()) return {};
    auto const all = desk_.receive(batch_);
    if (!all) return all.error();
    for (std::size_t i = 0; i < all->size(); ++i) {
      desk::News const& news = (*all)[i];
      ++count_.mails;
      if (news.duplicate)
        ++count_.known;
      else if (news.quarantined)
        ++count_.quarantined;
      else
        ++(news.opened ? count_.opened : count_.followed);
      if (order_.each) order_.each(shown_[i], news);
    }
    batch_.clear();
    shown_.clear();
    bytes_ = 0;
    if (order_.progress) order_.progress(count_);
    return {};
  }

  ImportOrder const& order_;
  FrontDesk& desk_;
  BlackBox box_;
  Corridor corridor_;
  std::vector<desk::Arrival> batch_;
  std::vector<std::string> shown_;
  std::size_t bytes_ = 0;
  ImportCount count_;
};

}  // namespace

Result<ImportCount> import_mail(ImportOrder const& order, Config const& config, FrontDesk& desk) {
  return Import{order, config, desk}.run();
}

}  // namespace spoc::daemon
