// SPDX-License-Identifier: GPL-3.0-or-later
// Maildir: safe delivery (tmp, fsync, rename, fsync), listing, flags, and waiting with inotify.
#include "channels/maildir.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <climits>
#include <cstring>
#include <optional>
#include <random>
#include <set>
#include <utility>

namespace spoc::channels {

namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor const&) = delete;
  Descriptor& operator=(Descriptor const&) = delete;
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }

 private:
  int number_;
};

Error file_error(std::string const& doing, fs::path const& path, int fault) {
  Kind kind = Kind::broken;
  if (fault == ENOENT || fault == ENOTDIR) kind = Kind::missing;
  if (fault == EACCES || fault == EPERM || fault == EROFS) kind = Kind::denied;
  if (fault == ENOSPC || fault == EDQUOT || fault == EMFILE || fault == ENFILE) kind = Kind::busy;
  return Error{kind, doing + " " + path.string() + ": " + std::strerror(fault)};
}

std::string unique_part(std::string const& file) { return file.substr(0, file.find(":2,")); }

// No way out of the folder, and nothing that would read as flags.
bool is_unique_name(std::string_view name) {
  return name.size() <= 200 && name.front() != '.' &&
         name.find_first_of("/:\n\r") == std::string_view::npos && name.find('\0') == std::string_view::npos;
}

std::string fresh_name() {
  static std::atomic<unsigned> count{0};
  auto const now = std::chrono::system_clock::now().time_since_epoch();
  auto const micros = std::chrono::duration_cast<std::chrono::microseconds>(now).count();
  std::array<char, HOST_NAME_MAX + 1> host{};
  gethostname(host.data(), host.size() - 1);
  std::string place = host.data();
  std::replace_if(
      place.begin(), place.end(), [](char c) { return c == '/' || c == ':'; }, '_');
  return std::to_string(micros / 1'000'000) + ".M" + std::to_string(micros % 1'000'000) + "P" +
         std::to_string(getpid()) + "Q" + std::to_string(++count) + "R" +
         std::to_string(std::random_device{}()) + "." + (place.empty() ? "localhost" : place);
}

// Where the mail of this unique name lies now; a mail client may have moved it from new/ to cur/.
std::optional<fs::path> find_mail(fs::path const& folder, std::string const& name) {
  std::error_code fault;
  if (fs::exists(folder / "new" / name, fault)) return folder / "new" / name;
  for (fs::directory_iterator file(folder / "cur", fault), none; !fault && file != none;
       file.increment(fault))
    if (unique_part(file->path().filename().string()) == name) return file->path();
  return std::nullopt;
}

Result<> sync_folder(fs::path const& folder) {
  Descriptor const opened(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened || fsync(opened.number()) != 0) return file_error("could not sync", folder, errno);
  return {};
}

Result<> write_safely(fs::path const& path, std::string_view bytes) {
  Descriptor const file(::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
  if (!file) return file_error("could not create", path, errno);
  while (!bytes.empty()) {
    auto const written = ::write(file.number(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error("could not write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  if (fsync(file.number()) != 0) return file_error("could not sync", path, errno);
  return {};
}

Result<> list_folder(fs::path const& folder, std::vector<Lying>& found) {
  std::error_code fault;
  fs::directory_iterator file(folder, fault);
  for (; !fault && file != fs::directory_iterator{}; file.increment(fault)) {
    auto const name = file->path().filename().string();
    struct stat seen {};
    if (name.front() == '.') continue;
    bool const known = stat(file->path().c_str(), &seen) == 0;
    // A file that has been moved since is found under its new name next time. What can't be looked at for
    // another reason is a mail to whoever reads it, and they learn why they can't.
    if (known ? !S_ISREG(seen.st_mode) : errno == ENOENT) continue;
    found.push_back(Lying{unique_part(name), file->path(),
                          seen.st_mtim.tv_sec * 1000 + seen.st_mtim.tv_nsec / 1'000'000});
  }
  if (fault) return file_error("could not list", folder, fault.value());
  return {};
}

}  // namespace

Result<std::vector<Lying>> list_maildir(fs::path const& folder) {
  std::error_code fault;
  if (!fs::is_directory(folder / "new", fault) || !fs::is_directory(folder / "cur", fault))
    return Error{Kind::missing, folder.string() + " is no Maildir: new/ or cur/ is missing or closed to us"};
  std::vector<Lying> found;
  // new/ first: what moves to cur/ meanwhile is then seen twice rather than never.
  for (char const* part : {"new", "cur"})
    if (auto const listed = list_folder(folder / part, found); !listed) return listed.error();
  std::set<std::string> names;
  std::erase_if(found, [&](Lying const& mail) { return !names.insert(mail.name).second; });
  std::sort(found.begin(), found.end(), [](Lying const& a, Lying const& b) {
    return std::tie(a.written, a.name) < std::tie(b.written, b.name);
  });
  return found;
}

Result<> make_maildir(fs::path const& folder) {
  for (char const* part : {"tmp", "new", "cur"}) {
    std::error_code fault;
    fs::create_directories(folder / part, fault);
    if (fault) return file_error("could not create", folder / part, fault.value());
  }
  return {};
}

Result<std::string> deliver(fs::path const& folder, std::string_view mail, std::string_view name) {
  std::string const unique = name.empty() ? fresh_name() : std::string(name);
  if (!is_unique_name(unique))
    return Error{Kind::refused, "\"" + unique + "\" can't name a mail in a Maildir"};
  if (!name.empty() && find_mail(folder, unique)) return unique;
  auto const draft = folder / "tmp" / unique;
  auto done = write_safely(draft, mail);
  if (done && rename(draft.c_str(), (folder / "new" / unique).c_str()) != 0)
    done = file_error("could not move into new/", draft, errno);
  if (!done) {
    unlink(draft.c_str());
    return done.error();
  }
  if (auto const synced = sync_folder(folder / "new"); !synced) return synced.error();
  return unique;
}

Result<std::string> read_file(fs::path const& path, std::size_t most) {
  Descriptor const file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat seen {};
  if (!file || fstat(file.number(), &seen) != 0) return file_error("could not open", path, errno);
  if (S_ISDIR(seen.st_mode)) return file_error("could not read", path, EISDIR);
  std::string bytes;
  if (seen.st_size > 0) bytes.reserve(std::min(static_cast<std::size_t>(seen.st_size), most) + 1);
  std::array<char, 64 * 1024> piece;
  for (;;) {
    auto const got = ::read(file.number(), piece.data(), piece.size());
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return file_error("could not read", path, errno);
    if (got == 0) return bytes;
    bytes.append(piece.data(), std::min(static_cast<std::size_t>(got), most - bytes.size()));
    if (bytes.size() >= most) return bytes;
  }
}

Result<> mark_maildir(fs::path const& folder, Lying const& lying, std::string_view flags) {
  if (!std::all_of(flags.begin(), flags.end(),
                   [](char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }))
    return Error{Kind::refused, "\"" + std::string(flags) + "\" are no Maildir flags: letters only"};
  auto path = lying.path;
  for (int attempt = 0; attempt < 2; ++attempt) {
    auto const file = path.filename().string();
    auto const info = file.find(":2,");
    std::set<char> all(flags.begin(), flags.end());
    if (info != std::string::npos)
      all.insert(file.begin() + static_cast<std::ptrdiff_t>(info) + 3, file.end());
    auto const marked = folder / "cur" / (lying.name + ":2," + std::string(all.begin(), all.end()));
    if (rename(path.c_str(), marked.c_str()) == 0) return sync_folder(folder / "cur");
    if (errno != ENOENT) return file_error("could not mark", path, errno);
    auto const now = find_mail(folder, lying.name);
    if (!now) break;
    path = *now;
  }
  return Error{Kind::missing, lying.path.string() + " has gone"};
}

std::int64_t maildir_stamp(fs::path const& folder) {
  struct stat seen {};
  if (stat((folder / "new").c_str(), &seen) != 0) return 0;
  return std::int64_t{seen.st_mtim.tv_sec} * 1'000'000'000 + seen.st_mtim.tv_nsec;
}

bool wait_for_maildir(fs::path const& folder, Wake const& wake, milliseconds patience, std::int64_t stamp) {
  using Clock = std::chrono::steady_clock;
  auto const until = Clock::now() + patience;
  Descriptor const watch(inotify_init1(IN_CLOEXEC | IN_NONBLOCK));
  bool const watching =
      watch && inotify_add_watch(watch.number(), (folder / "new").c_str(), IN_CREATE | IN_MOVED_TO) >= 0;
  if (stamp != 0 && maildir_stamp(folder) != stamp) return true;
  // Without inotify (its watches are used up): wait, then let the caller look.
  if (!watching) return !wake.wait(patience) && maildir_stamp(folder) != 0;
  for (;;) {
    auto const left =
        std::clamp<std::int64_t>(std::chrono::ceil<milliseconds>(until - Clock::now()).count(), 0, INT_MAX);
    std::array<pollfd, 2> waited{{{watch.number(), POLLIN, 0}, {wake.descriptor(), POLLIN, 0}}};
    int const ready = poll(waited.data(), waited.size(), static_cast<int>(left));
    if (ready > 0) return waited[0].revents != 0;
    if (ready == 0 && left == 0) return false;
  }
}

}  // namespace spoc::channels
