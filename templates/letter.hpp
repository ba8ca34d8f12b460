// SPDX-License-Identifier: GPL-3.0-or-later
// A letter's value and what is known about its ticket, made into the bytes of a mail.
#pragma once

#include "desk/article.hpp"
#include "desk/digest.hpp"
#include "desk/error.hpp"
#include "desk/letter.hpp"
#include "desk/sla.hpp"
#include "desk/token.hpp"
#include "desk/zone.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::templates {

/// An article as it goes into a letter: text for the plain part, safe HTML for the other.
struct OfferedArticle {
  int number = 0;                          ///< 1, 2, 3: the N of /use N
  std::string id, title, text, html, url;  ///< url "" where the desk has no public address
  std::string solved_url{};                ///< where the requester says that it solved their matter; or ""
};

/// Everything that a letter may speak of.
struct LetterFacts {
  desk::Letter letter;
  desk::Ticket ticket;
  std::string desk_name;  ///< House::name
  std::string public_url;
  desk::Address from;      ///< the mailbox's address, with the agent's or the desk's name as display name
  desk::Address reply_to;  ///< with the token as sub-address
  desk::Purpose answers = desk::Purpose::reply;  ///< what a plain reply becomes
  std::string
      other_address{};  ///< for agents: where an answer becomes the other, a note or public; "" for none
  std::string domain;
  desk::Contact requester;
  std::string assignee_name;           ///< "" for nobody
  bool assignee_absent = false;        ///< out or away: the team gets the letter too
  desk::Message about;                 ///< empty id where the letter is about none; attachments with content
  std::vector<desk::Message> history;  ///< of the ticket, oldest first; for requesters public ones alone
  std::vector<desk::Ticket> earlier;   ///< the requester's other tickets, newest first: some of them
  std::size_t earlier_all = 0;         ///< how many there are
  std::size_t earlier_open = 0;        ///< how many of them are not finished
  bool vip = false;                    ///< the configuration says so of the requester
  std::vector<OfferedArticle> articles;
  desk::Time now{};
  desk::Zone zone;               ///< in which the reader is told the time
  std::vector<desk::Due> dues;   ///< for agents: how the service level stands
  desk::Duration close_after{};  ///< House::close_after
  desk::Digest digest;           ///< of a letter that belongs to a list instead of a ticket
};

/// Header fields and bodies, not yet bytes.
struct Draft {
  std::string subject, text, html;
  std::vector<desk::Attachment> attachments;
};

class Form;
class Forms;
class Phrases;

/// Texts come from the built-in set, each overridable by <folder>/<language>/<name>.mustache.
class Texts {
 public:
  /// `folder` may be empty. Kind::unreadable names a template that doesn't parse.
  static Result<Texts> load(std::filesystem::path const& folder);

  /// Renders a named template with flat values and lists of them. Unknown names are an Error that lists them.
  using Row = std::map<std::string, std::string>;
  struct Values {
    Row words;
    std::map<std::string, std::vector<Row>> lists;
    std::set<std::string> facts;  ///< sections that are true
  };
  Result<std::string> render(std::string const& name, std::string const& language,
                             Values const& values) const;
  /// Every template in every language against a full set of sample values; one line per mistake.
  std::vector<std::string> check() const;
  std::vector<std::string> names() const;
  /// The language's words, read once for all letters; null where they can't be read.
  std::shared_ptr<Phrases const> phrases(std::string const& language) const;

 private:
  Result<std::shared_ptr<Form const>> form_of(std::string const& name, std::string const& language) const;

  std::map<std::string, std::string> texts_;  ///< "nb/answer.txt" -> mustache
  std::shared_ptr<Forms> forms_;              ///< of these
  std::map<std::string, std::shared_ptr<Phrases const>> phrases_;
};

/// Gives the letter its words. Values from users are never read as template; HTML is escaped.
Result<Draft> write_letter(LetterFacts const& facts, Texts const& texts);
/// Its plain text alone.
Result<std::string> letter_text(LetterFacts const& facts, Texts const& texts);

}  // namespace spoc::templates
