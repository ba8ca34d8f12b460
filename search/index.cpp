// SPDX-License-Identifier: GPL-3.0-or-later
// The writer: articles and tickets to Xapian documents, and a folder that is made anew when it can't be read.
#include "search/index.hpp"

#include "search/entry.hpp"
#include "search/fields.hpp"
#include "search/format.hpp"
#include "search/record.hpp"
#include "search/stems.hpp"
#include "search/terms.hpp"
#include "search/ticket_search.hpp"
#include "search/wall.hpp"

#include <xapian.h>

#include <algorithm>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace spoc::search {
namespace {

namespace fs = std::filesystem;

std::string article_term(std::string_view id, std::string_view language) {
  return term(fields::id, std::string(id) + '\n' + std::string(language));
}

/// As written and where: phrases and exclusions. position: of the last word before.
void add_words(Xapian::Document& document, std::vector<Word> const& words, Xapian::termpos& position) {
  for (auto const& word : words) {
    if (!word.compound) ++position;
    static_assert(fields::word.prefix.empty());
    document.add_posting(word.text, position, 0);
  }
  position += 100;  // no phrase across fields
}

Xapian::Document document_of(desk::Article const& article) {
  Xapian::Document out;
  Record record{article, {}};
  Stems stems(article.language);
  Xapian::termpos position = 0;
  auto const put = [&](std::string_view text, Field const& field, std::vector<std::uint32_t>& sketch) {
    auto const words = split(text);
    stems.add(words, field, &sketch);
    add_words(out, words, position);
  };
  put(article.title, fields::title, record.sketch.title);
  for (auto const* words : {&article.tags, &article.products})
    for (auto const& word : *words) put(word, fields::tag, record.sketch.title);
  put(article.body, fields::body, record.sketch.body);
  stems.put_into(out);
  out.add_boolean_term(article_term(article.id, article.language));
  out.add_boolean_term(term(fields::name, article.id));
  out.add_boolean_term(term(fields::language, main_language(article.language)));
  if (article.internal) out.add_boolean_term(term(fields::internal, "1"));
  out.add_value(slots::name, article.id);
  out.add_value(slots::hash, content_hash(article));
  out.add_value(slots::record, write_record(record));
  out.set_data(article.body);
  return out;
}

/// Stands in a new folder until what belongs into it is queued.
fs::path mark_of_a_new_one(fs::path const& folder) { return folder / "new"; }

void make(fs::path const& folder) {
  fs::create_directories(folder);
  if (!std::ofstream(mark_of_a_new_one(folder)).flush())
    throw std::runtime_error("can't write " + mark_of_a_new_one(folder).string());
  write_format(folder);
}

/// Nothing, or folders with nothing in them: somebody has tidied up.
bool is_bare(fs::path const& folder) {
  if (!fs::exists(folder)) return true;
  if (!fs::is_directory(folder)) return false;
  fs::recursive_directory_iterator const all(folder);
  return std::all_of(begin(all), end(all), [](auto const& one) { return one.is_directory(); });
}

void move_aside(fs::path const& folder) {
  for (int n = 1;; ++n) {
    fs::path const to = folder.string() + ".broken-" + std::to_string(n);
    if (fs::exists(to)) continue;
    fs::rename(folder, to);
    return;
  }
}

/// A folder that another process writes is not ours to move, whatever is wrong with it.
void expect_unlocked(fs::path const& folder) {
  for (auto const* part : {"articles", "tickets"}) {
    try {
      if (Xapian::Database((folder / part).string()).locked()) throw Xapian::DatabaseLockError("locked");
    } catch (Xapian::DatabaseLockError const&) {
      throw;
    } catch (Xapian::Error const&) {
      // Not a database: whoever comes first makes it one.
    }
  }
}

/// Xapian takes a missing table for an empty one.
void expect_tables(fs::path const& part) {
  if (fs::exists(part / "iamglass") && !fs::exists(part / "postlist.glass"))
    throw Xapian::DatabaseCorruptError(part.string() + " lacks a table");
}

}  // namespace

std::string content_hash(desk::Article const& article) { return digest(write_article(article)); }

struct Index::Body {
  fs::path folder;
  Xapian::WritableDatabase articles, tickets;
  bool fresh = false;

  void open() {
    expect_tables(folder / "articles");
    expect_tables(folder / "tickets");
    articles = Xapian::WritableDatabase((folder / "articles").string(), Xapian::DB_CREATE_OR_OPEN);
    tickets = Xapian::WritableDatabase((folder / "tickets").string(), Xapian::DB_CREATE_OR_OPEN);
  }

  void open_or_replace() {
    if (is_bare(folder)) return make_and_open();
    expect_unlocked(folder);
    if (is_our_format(folder)) {
      fresh = fs::exists(mark_of_a_new_one(folder));
      try {
        return open();
      } catch (Xapian::DatabaseLockError const&) {
        throw;
      } catch (Xapian::DatabaseError const&) {
        articles = {}, tickets = {};
      }
    }
    move_aside(folder);
    make_and_open();
  }

  /// Spelling is corrected by the words of the articles that are there.
  void forget_words(std::string const& name) {
    for (auto at = articles.postlist_begin(name); at != articles.postlist_end(name); ++at)
      for (auto word = articles.termlist_begin(*at); word != articles.termlist_end(*at); ++word)
        if (is_plain_word(*word)) articles.remove_spelling(*word);
  }

  void make_and_open() {
    fresh = true;
    make(folder);
    open();
  }
};

Index::Index(std::unique_ptr<Body> body) : body_(std::move(body)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

Result<Index> Index::open(fs::path const& folder) {
  auto body = std::make_unique<Body>();
  body->folder = folder;
  auto const opened = guarded<void>(folder.string(), [&] { body->open_or_replace(); });
  if (!opened) return opened.error();
  return Index(std::move(body));
}

bool Index::fresh() const { return body_->fresh; }

Result<> Index::settle() {
  return guarded<void>(body_->folder.string(), [&] {
    fs::remove(mark_of_a_new_one(body_->folder));
    body_->fresh = false;
  });
}

bool Index::there() const {
  // A commit writes iamglass anew, by name, so that one alone says nothing. Asked without opening anything: a
  // lack of descriptors must not look like a lack of files.
  auto const& folder = body_->folder;
  std::vector<fs::path> files{folder / "format"};
  for (auto const* part : {"articles", "tickets"})
    for (auto const* file : {"iamglass", "postlist.glass"}) files.push_back(folder / part / file);
  return std::none_of(files.begin(), files.end(), [](fs::path const& file) {
    std::error_code fault;
    return fs::status(file, fault).type() == fs::file_type::not_found;
  });
}

Result<> Index::put(desk::Article const& article) {
  return guarded<void>(body_->folder.string(), [&] {
    auto const name = article_term(article.id, article.language);
    body_->forget_words(name);
    auto const document = document_of(article);
    for (auto at = document.termlist_begin(); at != document.termlist_end(); ++at)
      if (is_plain_word(*at)) body_->articles.add_spelling(*at);
    body_->articles.replace_document(name, document);
  });
}

struct MessageDocument::Body {
  explicit Body(MessageText const& message)
      : entry{message.message == 0 ? entry_of_ticket(message.ticket) : entry_of_message(message.message)} {
    Stems stems(language_of_entry(message.language));
    EntryWriter data(message.ticket);
    auto const put = [&](std::string_view text, Field const& field) {
      auto const words = split(text);
      stems.add(words, field, nullptr);
      data.add(words);
    };
    if (message.first) {
      put(message.subject, fields::title);
      document.add_boolean_term(term(fields::first, std::to_string(message.ticket)));
    }
    put(message.text, fields::body);
    stems.put_into(document);
    document.add_boolean_term(term(fields::id, std::to_string(message.ticket)));
    document.set_data(std::move(data).bytes());
  }
  Xapian::docid entry;
  Xapian::Document document;
};

MessageDocument::MessageDocument(std::unique_ptr<Body> body) : body_(std::move(body)) {}
MessageDocument::MessageDocument(MessageDocument&&) noexcept = default;
MessageDocument& MessageDocument::operator=(MessageDocument&&) noexcept = default;
MessageDocument::~MessageDocument() = default;

Result<MessageDocument> MessageDocument::of(MessageText const& message) {
  return guarded<MessageDocument>("ticket " + std::to_string(message.ticket),
                                  [&] { return MessageDocument{std::make_unique<Body>(message)}; });
}

Result<> Index::put(MessageText const& message) {
  auto const document = MessageDocument::of(message);
  return document ? put(*document) : document.error();
}

Result<> Index::put(MessageDocument const& message) {
  return guarded<void>(body_->folder.string(), [&] {
    body_->tickets.replace_document(message.body_->entry, message.body_->document);
  });
}

Result<HeldMessages> Index::messages(std::int64_t ticket) const {
  auto const held = [&](Field const& field) {
    std::vector<std::int64_t> out;
    auto const name = term(field, std::to_string(ticket));
    auto const& db = body_->tickets;
    for (auto at = db.postlist_begin(name); at != db.postlist_end(name); ++at) out.push_back(message_of(*at));
    std::sort(out.begin(), out.end());
    return out;
  };
  return guarded<HeldMessages>(body_->folder.string(), [&] {
    return HeldMessages{held(fields::id), held(fields::first)};
  });
}

Result<> Index::remove_message(std::int64_t ticket, std::int64_t message) {
  return guarded<void>(body_->folder.string(), [&] {
    body_->tickets.delete_document(message == 0 ? entry_of_ticket(ticket) : entry_of_message(message));
  });
}

Result<> Index::remove_article(std::string_view id, std::string_view language) {
  return guarded<void>(body_->folder.string(), [&] {
    auto const name = language.empty() ? term(fields::name, id) : article_term(id, language);
    body_->forget_words(name);
    body_->articles.delete_document(name);
  });
}

Result<std::vector<std::pair<std::string, std::string>>> Index::articles() const {
  using List = std::vector<std::pair<std::string, std::string>>;
  return guarded<List>(body_->folder.string(), [&] {
    List out;
    auto const& db = body_->articles;
    for (auto at = db.postlist_begin(""); at != db.postlist_end(""); ++at) {
      auto const document = db.get_document(*at);
      out.emplace_back(document.get_value(slots::name), document.get_value(slots::hash));
    }
    return out;
  });
}

Result<bool> Index::learn(std::map<std::string, double> const& favours) {
  return guarded<bool>(body_->folder.string(), [&] {
    std::string const text = write_favours(favours);
    if (body_->articles.get_metadata(favours_key) == text) return false;
    body_->articles.set_metadata(favours_key, text);
    return true;
  });
}

Result<bool> Index::use_synonyms(std::string const& text) {
  return guarded<bool>(body_->folder.string(), [&] {
    if (body_->articles.get_metadata(synonyms_key) == text) return false;
    body_->articles.set_metadata(synonyms_key, text);
    return true;
  });
}

Result<> Index::commit() {
  return guarded<void>(body_->folder.string(), [&] {
    body_->articles.commit();
    body_->tickets.commit();
  });
}

std::optional<fs::file_time_type> made(fs::path const& folder) {
  std::error_code fault;
  auto const when = fs::last_write_time(folder / "format", fault);
  return fault ? std::nullopt : std::optional{when};
}

}  // namespace spoc::search
