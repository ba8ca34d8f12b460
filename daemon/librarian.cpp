// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the index in step with the knowledge folder and the tickets.
#include "daemon/librarian.hpp"

#include "daemon/belt.hpp"
#include "daemon/drafts.hpp"
#include "daemon/log.hpp"
#include "store/article_uses.hpp"

#include <unistd.h>

#include <algorithm>
#include <thread>
#include <utility>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t batch = 500;
constexpr int milder = 10;  // a ninth of another thread's share, where both want the processor
constexpr desk::Duration pause =
    std::chrono::seconds{2};  // commits are batched: one costs as much as a hundred changes
constexpr desk::Duration wait_of_a_fault = std::chrono::seconds{10};
/// Whoever says nothing for half an hour counts as silent (daemon/health.cpp).
constexpr desk::Duration longest_silence = std::chrono::minutes{10};

/// Whether so long has passed since it was done last; if so, it is done now.
bool is_due(std::chrono::steady_clock::time_point& last, desk::Duration every) {
  auto const moment = std::chrono::steady_clock::now();
  if (last != std::chrono::steady_clock::time_point{} && moment - last < every) return false;
  last = moment;
  return true;
}

constexpr std::size_t longest = 64U << 10U;  // of a message, in bytes: what comes behind is not searched for
constexpr std::size_t most_bytes = 16U << 20U;  // of a portion's messages

/// What the index lacks of a ticket goes to `texts`. What it has too many belongs to another ticket by now,
/// whose job brings it back.
Result<> compare(search::Index& index, store::Tx& tx, desk::TicketId ticket,
                 std::vector<search::MessageText>& texts) {
  auto const wording = store::wording_of(tx, ticket);
  if (!wording) return {};
  std::int64_t const number = desk::number(ticket);
  auto const held = index.messages(number);
  if (!held) return held.error();
  std::vector<std::int64_t> wanted;
  for (desk::MessageId const each : wording->messages) wanted.push_back(desk::number(each));
  if (wanted.empty()) wanted.push_back(0);
  auto const among = [](std::vector<std::int64_t> const& numbers, std::int64_t each) {
    return std::binary_search(numbers.begin(), numbers.end(), each);
  };
  for (std::int64_t const each : wanted) {
    bool const first = each == wanted.front();
    if (among(held->all, each) && among(held->first, each) == first) continue;
    texts.push_back({number, each, first, wording->subject,
                     store::words_of(tx, desk::MessageId{each}).substr(0, longest), wording->language});
  }
  for (std::int64_t const each : held->all)
    if (!among(wanted, each))
      if (auto const removed = index.remove_message(number, each); !removed) return removed;
  return {};
}

/// The jobs of a portion, with what is to be put in for them. Fewer where that would be too much at once.
Result<std::vector<store::IndexJob>> gather(search::Index& index, store::Tx& tx, Portion const& portion,
                                            std::vector<search::MessageText>& texts) {
  auto jobs = store::index_jobs(tx, portion.most, portion.after);
  if (jobs.size() < portion.least) jobs.clear();
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    std::size_t const had = texts.size();
    if (auto const compared = compare(index, tx, jobs[i].ticket, texts); !compared) return compared.error();
    for (std::size_t n = had; n < texts.size(); ++n) bytes += texts[n].text.size();
    if (bytes > most_bytes) jobs.resize(i + 1);
  }
  return jobs;
}

/// Their documents are made on a thread beside, so that where a processor is free an import ends sooner.
Result<> put_many(search::Index& index, std::vector<search::MessageText> const& texts) {
  Belt<Result<search::MessageDocument>> belt{32};
  std::jthread const maker{[&] {
    for (search::MessageText const& text : texts)
      if (!belt.lay(search::MessageDocument::of(text))) return;
    belt.end();
  }};
  Result<> put;
  while (put) {
    auto const document = belt.take();
    if (!document) break;
    put = *document ? index.put(**document) : document->error();
  }
  belt.stop();
  return put;
}

Result<> put_all(search::Index& index, std::vector<search::MessageText> const& texts) {
  constexpr std::size_t worth_a_thread = 50;
  if (texts.size() >= worth_a_thread) return put_many(index, texts);
  for (search::MessageText const& text : texts)
    if (auto const put = index.put(text); !put) return put;
  return {};
}

}  // namespace

Result<std::vector<store::IndexJob>> put_tickets(search::Index& index, store::Store& store,
                                                 Portion const& portion) {
  Result<std::vector<store::IndexJob>> jobs;
  std::vector<search::MessageText> texts;
  auto const read =
      store.read("index jobs", [&](store::Tx& tx) { jobs = gather(index, tx, portion, texts); });
  if (!read) return read.error();
  if (!jobs) return jobs;
  // What stands behind everything that is in the index costs least to put in.
  std::sort(texts.begin(), texts.end(), [](auto const& a, auto const& b) { return a.message < b.message; });
  if (auto const put = put_all(index, texts); !put) return put.error();
  return jobs;
}

Result<std::size_t> index_tickets(search::Index& index, store::Store& store, std::size_t limit) {
  auto const jobs = put_tickets(index, store, {limit});
  if (!jobs) return jobs.error();
  if (jobs->empty()) return std::size_t{0};
  if (auto const committed = index.commit(); !committed) return committed.error();
  // The index first: if we die between the two, the jobs are done again, which does no harm.
  auto const finished = store.write("finish jobs", [&](store::Tx& tx) { store::finish_jobs(tx, *jobs); });
  if (!finished) return finished.error();
  return jobs->size();
}

Result<> queue_for_new(search::Index& index, store::Store& store) {
  if (!index.fresh()) return {};
  auto const queued = store.write("index everything", [](store::Tx& tx) { store::index_everything(tx); });
  return queued ? index.settle() : queued;
}

Librarian::Librarian(Config const& config, Line& line, Board& board, store::Store& desks)
    : config_{config}, line_{line}, board_{board}, desks_{desks} {}

void Librarian::stop() {
  stopping_ = true;
  stop_.ring();
  wake_.ring();
}

void Librarian::note(bool well, std::string const& words) {
  line_.post([this, well, words] { board_.note("librarian", well, words); });
}

void Librarian::keep(std::string const& duty, std::string const& trouble) {
  if (trouble.empty())
    troubles_.erase(duty);
  else
    troubles_[duty] = trouble;
}

void Librarian::report() {
  std::string words;
  for (auto const& [duty, trouble] : troubles_) words += (words.empty() ? "" : "; ") + trouble;
  note(troubles_.empty(), words);
}

void Librarian::run() {
  // Of this thread alone, on Linux: who waits for an answer comes before who may search for it.
  [[maybe_unused]] int const level = ::nice(milder);
  while (!stopping_) {
    auto store = store::Store::open(config_.database());
    auto index = search::Index::open(config_.index());
    if (!store || !index) {
      note(false, !store ? store.error().what : index.error().what);
      stop_.wait(wait_of_a_fault);
      continue;
    }
    if (index->fresh()) {  // articles and their favours go into it at once
      looked_ = learnt_ = {};
      trust_.lose();
    }
    auto const queued = queue_for_new(*index, *store);
    keep("queue", queued ? "" : queued.error().what);
    if (!queued) {
      report();
      stop_.wait(wait_of_a_fault);
      continue;
    }
    report();
    round(*index, *store);
  }
}

void Librarian::round(search::Index& index, store::Store& store) {
  while (!stopping_) {
    if (!index.there()) return;  // run() opens it anew
    if (!config_.knowledge.empty()) {
      look_after_drafts(store);
      look_at_folder(index);
      look_at_synonyms(index);
      learn(index, store);
    }
    auto const done = index_waiting(index, store);
    if (!done) {
      note(false, done.error().what);
      stop_.wait(wait_of_a_fault);
      return;
    }
    report();
    if (*done == batch) continue;
    if (wake_.wait(std::min(config_.knowledge_poll, longest_silence)) && !stopping_) {
      // A pause gathers what comes close together into one commit; what comes in it does not end it.
      stop_.wait(pause);
      wake_.clear();
    }
  }
}

/// While another connection holds the write lock the desk would sleep, and this thread may have to wait for a
/// processor: so their place in the queue is given up by the desk itself.
Result<std::size_t> Librarian::index_waiting(search::Index& index, store::Store& store) {
  auto const jobs = put_tickets(index, store, {batch});
  if (!jobs) return jobs.error();
  if (jobs->empty()) return std::size_t{0};
  if (auto const committed = index.commit(); !committed) return committed.error();
  auto const finished = line_.ask(
      [&] { return desks_.write("finish jobs", [&](store::Tx& tx) { store::finish_jobs(tx, *jobs); }); });
  if (!finished) return finished.error();
  return jobs->size();
}

/// What can't be written is tried again at the next round.
void Librarian::look_after_drafts(store::Store& store) {
  auto const filed = file_drafts(store, {config_.drafts, config_.knowledge});
  if (filed && *filed > 0) looked_ = {};  // the folder has changed
  keep("drafts", filed ? "" : filed.error().what);
}

void Librarian::learn(search::Index& index, store::Store& store) {
  if (!is_due(learnt_, config_.knowledge_poll)) return;
  std::map<std::string, double> favours;
  auto const read = store.read("article uses", [&](store::Tx& tx) {
    for (auto const& [id, uses] : store::article_uses(tx)) favours[id] = desk::favour_of(uses);
  });
  if (!read) return keep("learning", read.error().what);
  auto const news = index.learn(favours);
  if (!news) return keep("learning", news.error().what);
  auto const kept = *news ? index.commit() : Result<>{};
  keep("learning", kept ? "" : kept.error().what);
}

/// A list that can't be read leaves the one that is in force; mistakes are told once.
void Librarian::look_at_synonyms(search::Index& index) {
  if (!is_due(read_, config_.knowledge_poll)) return;
  std::vector<Flaw> flaws;
  auto const text =
      config_.synonyms.empty() ? Result<std::string>{""} : read_synonym_file(config_.synonyms, flaws);
  std::string told = text ? "" : text.error().what + "\n";
  for (Flaw const& flaw : flaws) told += shown(flaw) + "\n";
  if (told != told_of_synonyms_) {
    told_of_synonyms_ = told;
    if (!told.empty()) Entry{Severity::warning, "synonyms not readable"}.with("what", told).write();
  }
  if (!text) return;
  auto const news = index.use_synonyms(*text);
  if (!news) return keep("synonyms", news.error().what);
  auto const kept = *news ? index.commit() : Result<>{};
  keep("synonyms", kept ? "" : kept.error().what);
}

void Librarian::look_at_folder(search::Index& index) {
  if (!is_due(looked_, config_.knowledge_poll)) return;
  auto const now = std::chrono::time_point_cast<desk::Duration>(std::chrono::system_clock::now());
  std::string const day = today(now);
  std::string state = state_of(config_.knowledge);
  if (!state.empty()) state = day + " " + state;
  auto const moment = std::chrono::steady_clock::now();
  if (trust_.holds(state, moment)) return;
  trust_.lose();
  auto const shelved = shelve(index, config_.knowledge, day);
  keep("folder", shelved ? "" : shelved.error().what);
  if (!shelved) return;
  if (!shelved->waits) trust_.gain(std::move(state), moment);
  if (shelved->changed + shelved->removed > 0)
    Entry{Severity::info, "knowledge"}
        .with("articles", static_cast<std::int64_t>(shelved->articles))
        .with("changed", static_cast<std::int64_t>(shelved->changed))
        .with("removed", static_cast<std::int64_t>(shelved->removed))
        .write();
  if (shelved->mistakes == told_) return;
  told_ = shelved->mistakes;
  for (std::string const& mistake : told_)
    Entry{Severity::warning, "article not readable"}.with("what", mistake).write();
}

}  // namespace spoc::daemon
