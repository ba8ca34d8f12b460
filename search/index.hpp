// SPDX-License-Identifier: GPL-3.0-or-later
// The Xapian index: one writer puts articles and tickets into it, readers ask it. Disposable: the store can
// rebuild it.
#pragma once

#include "desk/arrival.hpp"
#include "desk/article.hpp"
#include "desk/error.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::search {

/// A message of a ticket as it is searched for: an entry of its own, so that one that comes is an addition to
/// the index, however long its ticket has become.
struct MessageText {
  std::int64_t ticket = 0;
  std::int64_t message = 0;  ///< 0: the entry of a ticket that has no message
  bool first = false;  ///< of its ticket: it has the subject, which would not be rare if each of them had
  std::string subject;
  std::string text;
  std::string language;
};

/// Which messages are in the index under a ticket, and which of them have its subject; in order. 0 stands for
/// the entry of a ticket that had no message.
struct HeldMessages {
  std::vector<std::int64_t> all, first;
};

/// A message as it goes into the index. To make one is a third of the work of putting it in, and may be done
/// on another thread.
class MessageDocument {
 public:
  static Result<MessageDocument> of(MessageText const& message);
  MessageDocument(MessageDocument&&) noexcept;
  MessageDocument& operator=(MessageDocument&&) noexcept;
  ~MessageDocument();

 private:
  friend class Index;
  struct Body;
  explicit MessageDocument(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

/// Changes when anything of the article does; 32 hex digits.
std::string content_hash(desk::Article const& article);

/// The one writer. Not thread-safe; lives on the librarian's thread.
class Index {
 public:
  /// Opens or creates the folder; an emptied one is made anew, a corrupt one moved aside first (then fresh()
  /// is true).
  static Result<Index> open(std::filesystem::path const& folder);
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;
  ~Index();

  /// True from the moment it is made until settle(), for later openings too: a writer that dies in between
  /// has put nothing on the way into it.
  bool fresh() const;
  /// What is missing in it is known elsewhere now, so that it comes in whatever happens.
  Result<> settle();
  /// False when somebody has removed its files: what is written then goes nowhere. Let it go and open it
  /// again.
  bool there() const;
  Result<> put(desk::Article const& article);
  /// In the place of what was there of this message, of whichever ticket it was.
  Result<> put(MessageText const& message);
  Result<> put(MessageDocument const& message);
  Result<HeldMessages> messages(std::int64_t ticket) const;
  /// Takes out what messages() has named.
  Result<> remove_message(std::int64_t ticket, std::int64_t message);
  /// In one language, or with "" in all: translations share an id, each is an entry of its own.
  Result<> remove_article(std::string_view id, std::string_view language = {});
  /// Ids of the articles that are in it, with their content_hash() (to see what changed); one entry a
  /// language.
  Result<std::vector<std::pair<std::string, std::string>>> articles() const;
  /// By what the ranks of articles are multiplied, by id: within 0.9 and 1.1, what is beyond is taken as
  /// these; those at 1 may be left out. True where that is news; commit() makes it hold. Confidence does not
  /// depend on it.
  Result<bool> learn(std::map<std::string, double> const& favours);
  /// The operator's own synonyms, in the form of read_synonyms(). True where they are news; commit() makes
  /// them hold, for readers that are open too.
  Result<bool> use_synonyms(std::string const& text);
  Result<> commit();

 private:
  struct Body;
  explicit Index(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

/// When the index of this folder was made: what belongs into it comes in from then on. Nothing where there is
/// none.
std::optional<std::filesystem::file_time_type> made(std::filesystem::path const& folder);

/// What a search found.
struct Hit {
  std::string id;
  std::string title;
  std::string path;
  std::string language;
  double score = 0;        ///< 0 to 1, comparable between queries
  bool confident = false;  ///< see suggest()
  bool internal = false;
};

struct Ask {
  std::string language;        ///< preferred: "" for any; other languages rank lower, they are not excluded
  bool with_internal = false;  ///< agents see internal articles
  std::size_t limit = 10;
  bool synonyms = true;   ///< what means the same counts for a part
  bool spelling = true;   ///< a word that no article has is taken for the one that was meant
  bool feedback = false;  ///< words of the best three are looked for as well
};

/// A reader. One per thread; cheap to open, reopens itself when the writer has gone on.
class Reader {
 public:
  static Result<Reader> open(std::filesystem::path const& folder);
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;
  ~Reader();

  /// Words as a person types them into a search box: "two words" must stand together, -word must not be
  /// there. Nothing that can be typed is an error.
  Result<std::vector<Hit>> search(std::string_view query, Ask const& ask);
  /// A whole mail, or a line that is being typed, as the query. Built from the text's own terms with an elite
  /// set (not QueryParser); a hit is confident when it is likely to answer.
  Result<std::vector<Hit>> suggest(std::string_view subject, std::string_view text, Ask const& ask);
  /// In the language, or the first there is. Kind::missing where there is none.
  Result<desk::Article> article(std::string_view id, std::string_view language = {});
  /// The languages in which there is an article of that id.
  Result<std::vector<std::string>> languages(std::string_view id);
  /// Ticket numbers, best first.
  Result<std::vector<std::int64_t>> tickets(std::string_view query, std::size_t limit);
  /// Tickets that read like a mail, best first: none that has less than half of what its rare words weigh. It
  /// gives up, with what it has, when that takes longer than a tenth of a second.
  Result<std::vector<std::int64_t>> similar_tickets(std::string_view subject, std::string_view text,
                                                    std::size_t limit);
  /// The ids of all articles that are in the index, in order; translations share one.
  Result<std::vector<std::string>> all_articles();
  /// The numbers of all tickets that are in the index, in order, and of all messages.
  Result<std::vector<std::int64_t>> all_tickets();
  Result<std::vector<std::int64_t>> all_messages();

 private:
  struct Body;
  explicit Reader(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace spoc::search
