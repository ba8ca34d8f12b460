// SPDX-License-Identifier: GPL-3.0-or-later
// One thread walks and parses what is to be imported, the caller hands it in by batches.
#include "daemon/import.hpp"

#include "channels/maildir.hpp"
#include "daemon/belt.hpp"
#include "daemon/corridor.hpp"
#include "parser/digest.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <set>
#include <thread>
#include <utility>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t import_mails = 100;
constexpr std::size_t import_bytes = 8U << 20U;

bool is_mbox(fs::path const& file) {
  std::ifstream in{file, std::ios::binary};
  char start[5] = {};
  in.read(start, sizeof start);
  return in && std::string_view{start, sizeof start} == "From ";
}

/// What is handed in together.
struct Batch {
  std::vector<desk::Arrival> arrivals;
  std::vector<std::string> shown;
  std::size_t bytes = 0;
};

/// Walks and parses on a thread of its own, so that the desk commits one batch while the next is read.
class ReadMails {
 public:
  ReadMails(ImportOrder const& order, Config const& config, FrontDesk const& desk, BlackBox& box,
            Suspects const& suspects, Belt<Batch>& belt)
      : order_{order},
        desk_{desk},
        largest_{largest_of(order, desk)},
        belt_{belt},
        doubtful_{suspects.doubtful},
        corridor_{config.index(), box, suspects.convicted, order.quiet, config.inspection} {}

  /// Returns when all is on the belt, or at the first path that can't be read; what came before it is on the
  /// belt.
  Result<> run() {
    Result<> walked;
    for (fs::path const& path : order_.paths)
      if (walked && !unwanted_) walked = walk(path);
    lay();
    return walked;
  }

 private:
  Result<> walk(fs::path const& path) {
    std::error_code fault;
    if (fs::is_directory(path / "cur", fault)) return walk_maildir(path);
    if (fs::is_directory(path, fault)) return walk_folder(path);
    if (!fs::exists(path, fault)) return Error{Kind::missing, path.string() + " is not there"};
    return is_mbox(path) ? walk_mbox(path) : take_file(path, path.filename().string(), desk_.now());
  }

  Result<> walk_maildir(fs::path const& path) {
    auto const lying = channels::list_maildir(path);
    if (!lying) return lying.error();
    for (channels::Lying const& one : *lying) {
      auto const taken = take_file(one.path, one.name, desk::from_number(one.written));
      if (!taken || unwanted_) return taken;
    }
    return {};
  }

  Result<> walk_folder(fs::path const& path) {
    std::vector<fs::path> files;
    for (auto const& entry : fs::directory_iterator{path}) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (fs::path const& file : files) {
      if (unwanted_) return {};
      if (auto const done = walk(file); !done) return done;
    }
    return {};
  }

  Result<> walk_mbox(fs::path const& path) {
    std::size_t number = 0;
    return channels::read_mbox(path, [&](std::string&& mail) {
      std::size_t const size = mail.size();
      bool const cut = size > largest_;
      if (cut) mail.resize(channels::head_of_large_mail);
      take(path.filename().string() + ":" + std::to_string(++number), std::move(mail), desk_.now(),
           cut ? size : 0);
      return !unwanted_;
    });
  }

  Result<> take_file(fs::path const& path, std::string const& shown, desk::Time received) {
    std::error_code fault;
    std::uint64_t const size = fs::file_size(path, fault);
    bool const cut = !fault && size > largest_;
    auto bytes = channels::read_file(path, cut ? channels::head_of_large_mail : SIZE_MAX);
    if (!bytes) return bytes.error();
    take(shown, std::move(*bytes), received, cut ? size : 0);
    return {};
  }

  static std::size_t largest_of(ImportOrder const& order, FrontDesk const& desk) {
    desk::Mailbox const* mailbox = desk.house().mailbox(order.mailbox);
    return largest_mail(mailbox != nullptr ? *mailbox : desk::Mailbox{});
  }

  void take(std::string shown, std::string bytes, desk::Time received, std::uint64_t whole_size) {
    bool const alone = !doubtful_.empty() && doubtful_.contains(parser::sha256(bytes));
    if (alone) lay_and_wait();
    batch_.bytes += bytes.size();
    // It has no place on a server: a second import finds it by its content.
    batch_.arrivals.push_back(
        corridor_.take({{order_.mailbox, 0, 0, ""}, std::move(bytes), received, whole_size}));
    batch_.shown.push_back(std::move(shown));
    if (alone) lay_and_wait();
    if (batch_.arrivals.size() >= import_mails || batch_.bytes >= import_bytes) lay();
  }

  /// Nothing else is being read or filed then.
  void lay_and_wait() {
    lay();
    if (!unwanted_) belt_.wait_until_dealt_with();
  }

  void lay() {
    if (!batch_.arrivals.empty()) unwanted_ = !belt_.lay(std::exchange(batch_, {}));
  }

  ImportOrder const& order_;
  FrontDesk const& desk_;
  std::size_t largest_;
  Belt<Batch>& belt_;
  std::set<std::string> doubtful_;
  Corridor corridor_;
  Batch batch_;
  bool unwanted_ = false;  ///< the desk takes no more
};

Result<> hand_in(Batch const& batch, ImportOrder const& order, FrontDesk& desk, BlackBox& box,
                 ImportCount& count) {
  std::vector<std::string> hashes;
  for (desk::Arrival const& arrival : batch.arrivals) hashes.push_back(arrival.hash);
  box.hand(hashes);
  auto const all = desk.receive(batch.arrivals);
  box.receipt();
  if (!all) return all.error();
  for (std::size_t i = 0; i < all->size(); ++i) {
    desk::News const& news = (*all)[i];
    ++count.mails;
    if (news.duplicate)
      ++count.known;
    else if (news.quarantined)
      ++count.quarantined;
    else
      ++(news.opened ? count.opened : count.followed);
    if (order.each) order.each(batch.shown[i], news);
  }
  if (order.progress) order.progress(count);
  return {};
}

struct Stop {
  Belt<Batch>& belt;
  explicit Stop(Belt<Batch>& stopped) : belt{stopped} {}
  Stop(Stop const&) = delete;
  Stop& operator=(Stop const&) = delete;
  ~Stop() { belt.stop(); }
};

}  // namespace

Result<ImportCount> import_mail(ImportOrder const& order, Config const& config, FrontDesk& desk) {
  constexpr std::size_t room = 2;  // batches that wait
  Belt<Batch> belt{room};
  BlackBox box{config.data / "reading.import"};
  Suspects const suspects = desk.suspects(box.found());
  Result<> read, kept;
  std::exception_ptr fault;
  std::jthread reader{[&] {
    try {
      read = ReadMails{order, config, desk, box, suspects, belt}.run();
    } catch (...) {
      fault = std::current_exception();
    }
    belt.end();
  }};
  ImportCount count;
  {
    Stop const stop{belt};  // whatever happens, or the reader would wait for room for ever
    while (kept) {
      auto const batch = belt.take();
      if (!batch) break;
      kept = hand_in(*batch, order, desk, box, count);
    }
  }
  reader.join();
  if (fault) std::rethrow_exception(fault);
  if (!kept) return kept.error();
  if (!read) return read.error();
  return count;
}

}  // namespace spoc::daemon
