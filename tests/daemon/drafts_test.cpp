// SPDX-License-Identifier: GPL-3.0-or-later
// Files follow the drafts of the store, whatever happened in between.
#include "daemon/drafts.hpp"

#include "parser/article.hpp"
#include "store/drafts.hpp"
#include "tests/daemon/desk_room.hpp"

#include <fstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
using desk::DraftState;
using testing::HasSubstr;
using testing::Not;

class Drafts : public tests::DeskRoom {
 protected:
  Drafts() {
    house.keeps_knowledge = true;
    folders = {folder.path() / "drafts", folder.path() / "kb"};
    fs::create_directories(folders.articles / "en");
  }
  /// Kari answers and drafts; the ticket.
  desk::TicketId drafted() {
    auto const id = receive(tests::Sketch{}).ticket;
    receive(answer_by("kari", id, "/kb Smoking printers\n\nHello Ola, turn it off."));
    return id;
  }
  desk::Draft only() {
    auto const all = ask([](store::Tx& tx) { return store::list_drafts(tx, 10); });
    EXPECT_EQ(all.size(), 1U);
    return all.at(0);
  }
  void file_all() {
    auto const done = file_drafts(db, folders);
    ASSERT_TRUE(done) << done.error().what;
  }
  static std::string read(fs::path const& path) {
    std::ifstream in{path};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  fs::path draft_file() { return folders.drafts / (only().file + ".md"); }
  fs::path article_file() { return folders.articles / "en" / (only().file + ".md"); }

  DraftFolders folders;
};

TEST_F(Drafts, OneIsWrittenAsAnArticleThatCanBeRead) {
  auto const id = drafted();
  EXPECT_EQ(only().ticket, id);
  file_all();
  std::string const text = read(draft_file());
  auto const article = parser::read_article(text, "x.md");
  ASSERT_TRUE(article) << article.error().what;
  EXPECT_EQ(article->id, only().file);
  EXPECT_EQ(article->title, "Smoking printers");
  EXPECT_EQ(article->owner, "kari@example.org");
  EXPECT_FALSE(article->internal);
  EXPECT_THAT(article->body, HasSubstr("turn it off."));
  EXPECT_THAT(text, Not(HasSubstr("Ola")));
  EXPECT_EQ(*file_drafts(db, folders), 0U) << "nothing is left to do";
}

TEST_F(Drafts, APublishedOneMovesAmongTheArticlesAsItWasEdited) {
  auto const id = drafted();
  file_all();
  std::ofstream{draft_file(), std::ios::app} << "\nAn afterthought.\n";
  receive(answer_by("sam", id, "/publish"));
  file_all();
  EXPECT_FALSE(fs::exists(draft_file()));
  EXPECT_THAT(read(article_file()), HasSubstr("An afterthought."));
}

TEST_F(Drafts, OneWaitsInTheTicketIntoWhichItsOwnWasMerged) {
  auto const id = drafted();
  auto const other = receive(tests::Sketch{.subject = "Smoke again", .text = "It smokes too."}).ticket;
  receive(answer_by("sam", id, "/merge " + std::to_string(desk::number(other))));
  EXPECT_EQ(only().ticket, other);
  receive(answer_by("sam", other, "/publish"));
  EXPECT_EQ(only().state, DraftState::published);
}

TEST_F(Drafts, ARejectedOneIsRemoved) {
  auto const id = drafted();
  file_all();
  receive(answer_by("sam", id, "/reject nobody has that printer any more"));
  file_all();
  EXPECT_FALSE(fs::exists(draft_file()));
  EXPECT_FALSE(fs::exists(article_file()));
  EXPECT_EQ(only().state, DraftState::rejected);
}

TEST_F(Drafts, WhatWasHalfDoneIsFinishedAndNothingIsDoneTwice) {
  auto draft = desk::make_draft(desk::DraftParts{desk::DraftId{3}, "Badges", "en", "", {}, "", "Ask.", now});
  draft.state = DraftState::published;
  ASSERT_TRUE(file_draft(draft, folders)) << "its draft was never written";
  fs::path const target = folders.articles / "en" / "badges-3.md";
  EXPECT_THAT(read(target), HasSubstr("Ask."));
  std::ofstream{target, std::ios::app} << "Edited since.\n";
  ASSERT_TRUE(file_draft(draft, folders)) << "the process died before it was noted";
  EXPECT_THAT(read(target), HasSubstr("Edited since."));
  draft.language = "nb";
  draft.file = "badges-4";
  ASSERT_TRUE(file_draft(draft, folders));
  EXPECT_TRUE(fs::exists(folders.articles / "badges-4.md")) << "no folder of that language";
}

TEST_F(Drafts, AFolderThatCanNotBeWrittenIsNamedWithTheRemedy) {
  drafted();
  std::ofstream{folders.drafts} << "a file where the folder should be";
  auto const done = file_drafts(db, folders);
  ASSERT_FALSE(done);
  EXPECT_THAT(done.error().what, HasSubstr(folders.drafts.string()));
  EXPECT_THAT(done.error().what, HasSubstr("ReadWritePaths"));
  fs::remove(folders.drafts);
  EXPECT_EQ(*file_drafts(db, folders), 1U) << "tried again";
}

}  // namespace
}  // namespace spoc::daemon
