// SPDX-License-Identifier: GPL-3.0-or-later
// Copying a desk away and back, with an order of steps that a crash at any of them does not harm.
#include "daemon/backup.hpp"

#include "channels/maildir.hpp"
#include "daemon/data_lock.hpp"
#include "daemon/ownership.hpp"
#include "daemon/shelf.hpp"
#include "daemon/synchronise.hpp"
#include "parser/digest.hpp"
#include "search/index.hpp"

#include <fcntl.h>

#include <algorithm>
#include <cstring>
#include <string_view>
#include <system_error>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;

Error trouble(fs::path const& path, std::string_view doing, std::string const& why) {
  return {Kind::broken, path.string() + ": can't be " + std::string{doing} + ": " + why +
                            "; look at the rights and the room on its disk"};
}

Result<> copy_over(fs::path const& from, fs::path const& to) {
  std::error_code fault;
  if (!fs::copy_file(from, to, fs::copy_options::overwrite_existing, fault) || fault)
    return trouble(to, "copied from " + from.string(), fault.message());
  fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, fault);
  return synchronise(to);
}

Result<> move(fs::path const& from, fs::path const& to) {
  std::error_code fault;
  fs::rename(from, to, fault);
  if (fault) return trouble(from, "moved to " + to.string(), fault.message());
  return {};
}

/// The database as copied: opened, which brings an older one up to date, and examined. A file that is damaged
/// is no backup; a sentence that is not true of its rows is told, since it may be all that there is.
Result<Restored> examine_copy(fs::path const& file) {
  auto opened = store::Store::open(file);
  if (!opened) return opened.error();
  Restored out;
  std::vector<store::Finding> findings;
  auto const read = opened->read("examine", [&](store::Tx& tx) {
    out.counts = store::count(tx);
    findings = store::check_invariants(tx, {});
  });
  if (!read) return read.error();
  auto const told = [](store::Finding const& one) { return one.invariant + ": " + one.examples.front(); };
  if (findings.front().broken > 0)
    return Error{Kind::unreadable, "this backup does not hold together, nothing was changed: not true that " +
                                       told(findings.front())};
  for (store::Finding const& one : findings)
    if (one.broken > 0) out.untrue.push_back(told(one));
  // Letters that left after the copy was taken carry signed tokens with numbers that it does not know: given
  // to somebody else's ticket they would lead their answers there.
  auto const skipped = opened->write("skip numbers", [](store::Tx& tx) { store::skip_numbers(tx); });
  if (!skipped) return skipped.error();
  return out;
}

std::string stamp(desk::Time now) {
  std::string out = desk::iso(now).substr(0, 19);
  std::erase(out, ':');
  return out;
}

/// Keeps the former database under a second name, and empties its log: the log of one database beside
/// another would be taken for that one's.
Result<> set_aside(Config const& config, fs::path const& aside) {
  std::error_code fault;
  fs::create_directory(aside, fault);
  if (fault) return trouble(aside, "created", fault.message());
  // Opening and closing carries the log over. A database that is too broken for that keeps its log aside.
  store::Store::open(config.database());
  for (std::string const tail : {"-wal", "-shm"}) {
    fs::path const log = config.database().string() + tail;
    if (fs::exists(log, fault))
      if (auto const moved = move(log, aside / (std::string{backup_database} + tail)); !moved) return moved;
  }
  fs::create_hard_link(config.database(), aside / backup_database, fault);
  if (fault) return trouble(aside / backup_database, "linked", fault.message());
  if (!fs::exists(config.key_file(), fault)) return {};
  return copy_over(config.key_file(), aside / backup_key);
}

store::Finding finding_of(std::string invariant, std::vector<std::string> astray) {
  constexpr std::size_t most = 10;
  auto const broken = static_cast<std::int64_t>(astray.size());
  if (astray.size() > most) astray.resize(most);
  return {std::move(invariant), std::move(astray), broken};
}

/// Those of the first that the second lacks, each with what it is; both in order.
std::vector<std::string> beyond(std::string const& what, std::vector<std::int64_t> const& these,
                                std::vector<std::int64_t> const& those) {
  std::vector<std::int64_t> rest;
  std::set_difference(these.begin(), these.end(), those.begin(), those.end(), std::back_inserter(rest));
  std::vector<std::string> out;
  for (std::int64_t const one : rest) out.push_back(what + " " + std::to_string(one));
  return out;
}

Result<> check_articles(search::Reader& reader, Config const& config, desk::Time now,
                        std::vector<store::Finding>& findings) {
  if (config.knowledge.empty()) return {};
  auto const held = reader.all_articles();
  if (!held) return held.error();
  // The librarian looks at the folder now and then, and may have much to do, most of all with a new index.
  desk::Duration const settling = config.knowledge_poll + std::chrono::minutes{2};
  auto const made = search::made(config.index());
  bool const is_new = made && fs::file_time_type::clock::now() - *made < settling;
  auto astray =
      is_new ? Result<Astray>{Astray{}} : compare_shelf(*held, config.knowledge, today(now), settling);
  if (!astray) return {};  // a folder that can't be read says nothing of the index
  for (std::string const& one : astray->surplus) astray->missing.push_back(one + " has no file");
  findings.push_back(
      finding_of("every article of the folder is in the search index, and no other", astray->missing));
  return {};
}

Result<> check_index(store::Store& store, Config const& config, desk::Time now,
                     std::vector<store::Finding>& findings) {
  auto reader = search::Reader::open(config.index());
  bool const missing = !reader && reader.error().kind == Kind::missing;
  findings.push_back(finding_of(
      "there is a search index",
      missing ? std::vector<std::string>{config.index().string() + " is missing: spocd makes it anew"}
              : std::vector<std::string>{}));
  if (missing) return {};
  if (!reader) return reader.error();
  // The store is asked first for what the index must hold, as a ticket's job goes only when the index has it;
  // and last for what there is, as a ticket is there before it is indexed.
  std::vector<std::int64_t> wanted, wanted_messages, known, known_messages;
  auto const read = store.read("indexed", [&](store::Tx& tx) {
    wanted = store::indexed_tickets(tx);
    wanted_messages = store::indexed_messages(tx);
  });
  if (!read) return read;
  auto const held = reader->all_tickets();
  if (!held) return held.error();
  auto const messages = reader->all_messages();
  if (!messages) return messages.error();
  auto const all = store.read("tickets", [&](store::Tx& tx) {
    known = store::every_ticket(tx);
    known_messages = store::every_message(tx);
  });
  if (!all) return all;
  findings.push_back(
      finding_of("every ticket is in the search index or waits for it", beyond("ticket", wanted, *held)));
  findings.push_back(finding_of("every message is in the search index or waits for it",
                                beyond("message", wanted_messages, *messages)));
  findings.push_back(
      finding_of("the search index holds no ticket that does not exist", beyond("ticket", *held, known)));
  findings.push_back(finding_of("the search index holds no message that does not exist",
                                beyond("message", *messages, known_messages)));
  return check_articles(*reader, config, now, findings);
}

/// Two within a second get numbers.
fs::path free_name(fs::path const& wanted) {
  fs::path name = wanted;
  std::error_code fault;
  for (int number = 2; fs::exists(name, fault); ++number)
    name = wanted.string() + "-" + std::to_string(number);
  return name;
}

}  // namespace

Result<store::Counts> back_up(store::Store& store, Config const& config, fs::path const& wanted) {
  // "copy/" as shells complete it is "copy".
  fs::path const folder = wanted.has_filename() ? wanted : wanted.parent_path();
  std::error_code fault;
  if (fs::exists(folder, fault))
    return Error{Kind::conflict, folder.string() + ": is there already; name a folder that is not"};
  fs::path const part = folder.string() + ".part";
  fs::remove_all(part, fault);
  fs::create_directories(part, fault);
  if (fault) return trouble(part, "created", fault.message());
  fs::permissions(part, fs::perms::owner_all, fault);
  if (auto const copied = store.copy_to(part / backup_database); !copied) return copied.error();
  if (auto const copied = copy_over(config.key_file(), part / backup_key); !copied) return copied.error();
  if (auto const done = synchronise(part); !done) return done.error();
  if (auto const named = move(part, folder); !named) return named.error();
  if (auto const done = synchronise(folder.has_parent_path() ? folder.parent_path() : "."); !done)
    return done.error();
  store::Counts counts;
  auto const read = store.read("counts", [&](store::Tx& tx) { counts = store::count(tx); });
  if (!read) return read.error();
  return counts;
}

Result<Restored> restore(Config const& config, fs::path const& folder, desk::Time now) {
  std::error_code fault;
  for (char const* name : {backup_database, backup_key})
    if (!fs::exists(folder / name, fault))
      return Error{Kind::missing,
                   (folder / name).string() + ": is not there; name a folder that spocctl backup made"};
  auto const lock = DataLock::take(config.data);
  if (!lock) return lock.error();

  fs::path const coming = config.database().string() + ".restoring";
  if (auto const copied = copy_over(folder / backup_database, coming); !copied) return copied.error();
  auto examined = examine_copy(coming);
  if (!examined) {
    for (std::string const tail : {"", "-wal", "-shm"}) fs::remove(coming.string() + tail, fault);
    return examined.error();
  }
  Restored done = std::move(*examined);
  if (fs::exists(config.database(), fault)) {
    done.aside = free_name(config.data / ("before-restore-" + stamp(now)));
    if (auto const kept = set_aside(config, done.aside); !kept) return kept.error();
  }
  if (auto const key = copy_over(folder / backup_key, config.key_file()); !key) return key.error();
  for (fs::path const& made : {coming, config.key_file()}) give_to_folders_owner(made);
  if (auto const moved = move(coming, config.database()); !moved) return moved.error();
  if (auto const held = synchronise(config.data); !held) return held.error();
  fs::remove_all(config.index(), fault);
  return done;
}

Result<std::vector<store::Finding>> check(store::Store& store, Config const& config, bool thorough,
                                          desk::Time now) {
  std::vector<store::Finding> findings;
  auto const read = store.read("check", [&](store::Tx& tx) {
    findings = store::check_invariants(tx, thorough ? store::Digest{parser::sha256} : store::Digest{});
  });
  if (!read) return read.error();
  if (auto const index = check_index(store, config, now, findings); !index) return index.error();
  return findings;
}

}  // namespace spoc::daemon
