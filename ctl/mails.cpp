// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl message, attachment and quarantine: the mails as they came, what was kept aside, and once more.
#include "ctl/line.hpp"
#include "ctl/place.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "daemon/corridor.hpp"
#include "desk/phrase.hpp"
#include "store/blobs.hpp"
#include "store/ledger.hpp"
#include "store/tickets.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>

namespace spoc::ctl {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;

json::object shown(store::Quarantined const& one) {
  std::string const place = one.place.uid != 0
                                ? std::to_string(one.place.validity) + ":" + std::to_string(one.place.uid)
                                : one.place.name;
  json::object out{{"id", desk::number(one.id)}, {"mailbox", one.place.mailbox}, {"place", place},
                   {"hash", one.hash},           {"reason", one.reason},         {"at", desk::iso(one.at)},
                   {"resolved", one.resolved}};
  out["ticket"] = one.ticket ? json::value(desk::number(*one.ticket)) : json::value(nullptr);
  return out;
}

void print_line(store::Quarantined const& one) {
  std::cout << desk::number(one.id) << "  " << desk::iso(one.at) << "  " << one.place.mailbox << "  "
            << (one.ticket ? "#" + std::to_string(desk::number(*one.ticket)) : "-") << "  " << one.reason
            << "\n";
}

/// The raw mail of a message, and where it lay.
struct Kept {
  std::optional<desk::Message> message;
  std::optional<desk::Ticket> ticket;
  std::optional<std::string> raw;
};

Result<Kept> find_kept(Place& place, std::int64_t id) {
  Kept kept;
  auto const read = place.store.read("raw mail", [&](store::Tx& tx) {
    kept.message = store::find_message(tx, desk::MessageId{id});
    if (!kept.message) return;
    kept.ticket = store::find_ticket(tx, kept.message->ticket);
    kept.raw = store::find_blob(tx, kept.message->raw_hash);
  });
  if (!read) return read.error();
  if (!kept.message)
    return Error{Kind::missing,
                 "there is no message " + std::to_string(id) + "; spocctl ticket show names a ticket's"};
  return kept;
}

/// Hands a raw mail in again, as if it had just come; a place and hash of its own, since the ledger knows it.
Result<desk::News> hand_in_again(Place& place, desk::Place const& where, std::string const& mark,
                                 std::string const& raw, desk::Time received) {
  daemon::BlackBox box{place.config.data / "reading.retry"};
  daemon::Corridor corridor{place.config.index(), box, {}, false, place.config.inspection};
  desk::Arrival arrival = corridor.take({{where.mailbox, 0, 0, "retry:" + mark}, raw, received, 0});
  arrival.hash = "retry:" + mark + ":" + arrival.hash;
  arrival.again = true;
  auto news = place.desk->receive(std::span{&arrival, 1});
  if (!news) return news.error();
  wake_daemon(place.config);
  return std::move(news->front());
}

int tell(Common const& common, desk::News const& news) {
  if (common.json)
    print({{"ticket", desk::number(news.ticket)}, {"opened", news.opened}});
  else
    std::cout << (news.opened ? "opened #" : "joined #") << desk::number(news.ticket) << "\n";
  return 0;
}

/// Only spocd talks to the server.
int fetch_again(Common const& common, Place& place, store::Quarantined const& held) {
  if (held.resolved)
    return fail({Kind::conflict, "the server has handed it over since; spocctl quarantine list --all"});
  auto const due = place.store.write("ask again", [&](store::Tx& tx) { store::make_due(tx, held.id); });
  if (!due) return fail(due.error());
  if (common.json)
    print({{"asked_again", true}});
  else
    std::cout << "spocd asks the server for it once more, within two minutes\n";
  return 0;
}

bool write_file(fs::path const& path, std::string const& bytes) {
  std::ofstream out{path, std::ios::binary | std::ios::trunc};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return static_cast<bool>(out.flush());
}

}  // namespace

int message_raw(Common const& common, std::int64_t id) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const kept = find_kept(**place, id);
  if (!kept) return fail(kept.error());
  if (!kept->raw)
    return fail(
        {Kind::missing, "message " + std::to_string(id) + " did not come by mail: it has no raw form"});
  std::cout << *kept->raw;
  return 0;
}

int message_retry(Common const& common, std::int64_t id) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const kept = find_kept(**place, id);
  if (!kept) return fail(kept.error());
  if (kept->message->rule != "refused" || !kept->raw)
    return fail({Kind::conflict, "message " + std::to_string(id) +
                                     " was not refused: only a mail that was not acted on is read again"});
  desk::Place const where{kept->ticket ? kept->ticket->mailbox : "", 0, 0, ""};
  // Each time is a mark of its own: what is refused again may be tried again.
  std::string const mark = "message " + std::to_string(id) + " " + desk::iso(present_moment());
  auto const news = hand_in_again(**place, where, mark, *kept->raw, kept->message->at);
  if (!news) return fail(news.error());
  return tell(common, *news);
}

int attachment_save(Common const& common, std::int64_t id, std::string const& name, std::string const& to) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  auto const kept = find_kept(**place, id);
  if (!kept) return fail(kept.error());
  for (desk::Attachment const& one : kept->message->attachments) {
    if (one.filename != name) continue;
    if (!write_file(to, one.content.string())) return fail({Kind::broken, "can't write " + to});
    if (common.json)
      print({{"file", to}, {"size", one.content.size()}, {"held", desk::in_english(one.held)}});
    else
      std::cout << to << ": " << one.content.size() << " bytes"
                << (one.held.empty() ? "" : "; careful: " + desk::in_english(one.held)) << "\n";
    return 0;
  }
  std::string names;
  for (desk::Attachment const& one : kept->message->attachments)
    names += (names.empty() ? "" : ", ") + one.filename;
  return fail({Kind::missing, "message " + std::to_string(id) + " has no attachment \"" + name +
                                  "\"; it has: " + (names.empty() ? "none" : names)});
}

int quarantine_list(Common const& common, bool all) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::vector<store::Quarantined> held;
  auto const read =
      (*place)->store.read("list quarantine", [&](store::Tx& tx) { held = store::quarantine(tx, all); });
  if (!read) return fail(read.error());
  for (store::Quarantined const& one : held) {
    if (common.json)
      print(shown(one));
    else
      print_line(one);
  }
  return 0;
}

int quarantine_show(Common const& common, std::int64_t id, bool raw_wanted) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::optional<store::Quarantined> held;
  std::optional<std::string> raw;
  auto const read = (*place)->store.read("show quarantine", [&](store::Tx& tx) {
    held = store::find_quarantined(tx, desk::QuarantineId{id});
    if (held) raw = store::find_blob(tx, held->hash);
  });
  if (!read) return fail(read.error());
  if (!held) return fail({Kind::missing, "there is nothing in quarantine under " + std::to_string(id)});
  if (raw_wanted && !raw) return fail({Kind::missing, "the server could not hand over this mail"});
  if (raw_wanted) {
    std::cout << *raw;
  } else if (common.json) {
    json::object out = shown(*held);
    out["size"] = raw ? raw->size() : 0;
    print(out);
  } else {
    print_line(*held);
    std::cout << (raw ? raw->size() : 0) << " bytes; spocctl quarantine show --raw " << id
              << " prints them, spocctl quarantine retry " << id << " reads them again\n";
  }
  return 0;
}

int quarantine_retry(Common const& common, std::int64_t id) {
  auto const place = open_place(common);
  if (!place) return fail(place.error());
  std::optional<store::Quarantined> held;
  std::optional<std::string> raw;
  auto const read = (*place)->store.read("quarantined mail", [&](store::Tx& tx) {
    held = store::find_quarantined(tx, desk::QuarantineId{id});
    if (held) raw = store::find_blob(tx, held->hash);
  });
  if (!read) return fail(read.error());
  if (held && !raw && held->place.uid != 0) return fetch_again(common, **place, *held);
  if (!raw) return fail({Kind::missing, "there is nothing in quarantine under " + std::to_string(id)});
  auto const news = hand_in_again(**place, held->place, std::to_string(id), *raw, held->at);
  if (!news) return fail(news.error());
  // What could not be filed this time lies in quarantine under a new number.
  auto const resolved = (*place)->store.write(
      "resolve quarantine", [&](store::Tx& tx) { store::resolve_quarantined(tx, desk::QuarantineId{id}); });
  if (!resolved) return fail(resolved.error());
  return tell(common, *news);
}

}  // namespace spoc::ctl
