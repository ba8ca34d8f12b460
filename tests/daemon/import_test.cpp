// SPDX-License-Identifier: GPL-3.0-or-later
// Old mail comes in from Maildir, mbox, single files and folders, and comes in once.
#include "daemon/import.hpp"

#include "channels/maildir.hpp"
#include "daemon/black_box.hpp"
#include "tests/daemon/desk_room.hpp"

#include <fstream>

namespace spoc::daemon {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::raw_mail;

class Importing : public tests::DeskRoom {
 protected:
  Importing() { config.data = folder.path(); }

  static std::string mail(int number) {
    return raw_mail({.subject = "Trouble " + std::to_string(number),
                     .text = "Words " + std::to_string(number),
                     .id = "m" + std::to_string(number) + "@example.net"});
  }
  fs::path file(std::string const& name, std::string const& bytes) {
    fs::create_directories((folder.path() / name).parent_path());
    std::ofstream{folder.path() / name, std::ios::binary} << bytes;
    return folder.path() / name;
  }
  fs::path maildir() {
    fs::path const box = folder.path() / "box";
    EXPECT_TRUE(channels::make_maildir(box));
    for (int i = 1; i <= 3; ++i) EXPECT_TRUE(channels::deliver(box, mail(i)));
    return box;
  }
  fs::path mbox(std::string const& name = "old.mbox") {
    return file(name, "From ola@example.net Mon Mar  2 12:00:00 2026\n" + mail(1) +
                          "\nFrom ola@example.net Mon Mar  2 12:00:00 2026\n" + mail(2) + "\n");
  }

  Result<ImportCount> import(std::vector<fs::path> paths, bool quiet = false) {
    ImportOrder order{"support", std::move(paths), quiet, {}, {}};
    order.each = [this](std::string const& place, desk::News const&) { places.push_back(place); };
    order.progress = [this](ImportCount const& so_far) { progress.push_back(so_far.mails); };
    return import_mail(order, config, front);
  }

  Config config;
  std::vector<std::string> places;
  std::vector<std::int64_t> progress;
};

TEST_F(Importing, Maildir) {
  auto const count = import({maildir()});
  ASSERT_TRUE(count) << count.error().what;
  EXPECT_EQ(count->mails, 3);
  EXPECT_EQ(count->opened, 3);
  EXPECT_EQ(count->known, 0);
  EXPECT_EQ(counts().tickets, 3);
  EXPECT_THAT(progress, ElementsAre(3));
}

TEST_F(Importing, Mbox) {
  auto const count = import({mbox()});
  ASSERT_TRUE(count) << count.error().what;
  EXPECT_EQ(count->opened, 2);
  EXPECT_THAT(places, ElementsAre("old.mbox:1", "old.mbox:2"));
  auto const all = ask([](store::Tx& tx) { return store::list_tickets(tx, {}); });
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_THAT(messages(all[0].id).at(0).text, HasSubstr("Words "));
}

TEST_F(Importing, SingleFile) {
  auto const count = import({file("one.eml", mail(1))});
  ASSERT_TRUE(count) << count.error().what;
  EXPECT_EQ(count->opened, 1);
  EXPECT_THAT(places, ElementsAre("one.eml"));
}

TEST_F(Importing, FolderOfAllKinds) {
  maildir();
  fs::create_directory(folder.path() / "all");
  fs::rename(folder.path() / "box", folder.path() / "all/box");
  file("all/deep/four.eml", mail(4));
  mbox("all/old.mbox");  // mails 1 and 2 again, but with LF line ends where mbox has them
  auto const count = import({folder.path() / "all"});
  ASSERT_TRUE(count) << count.error().what;
  EXPECT_EQ(count->mails, 6);
  EXPECT_EQ(count->opened, 4);
  EXPECT_EQ(count->known, 2);
}

TEST_F(Importing, OfAMailThatIsTooLargeTheBeginningIsTakenAndTheOthersWhole) {
  house.mailboxes.at(0).max_size = std::size_t{1} << 20;
  std::string const large = mail(1) + std::string(std::size_t{2} << 20, 'x');
  auto const count = import({file("large.eml", large), mbox(), file("large.mbox", "From a@b\n" + large)});
  ASSERT_TRUE(count) << count.error().what;
  EXPECT_EQ(count->mails, 4);
  auto const all = ask([](store::Tx& tx) { return store::list_tickets(tx, {}); });
  for (desk::Ticket const& ticket : all)
    for (desk::Message const& message : messages(ticket.id))
      EXPECT_LT(message.text.size(), std::size_t{1} << 20);
  EXPECT_THAT(messages(all.back().id).at(0).text, HasSubstr("Words 1"));
}

TEST_F(Importing, RepliesFollow) {
  auto const count =
      import({file("a.eml", mail(1)), file("b.eml", raw_mail({.subject = "Re: Trouble 1",
                                                              .text = "More.",
                                                              .id = "m9@example.net",
                                                              .references = {"m1@example.net"}}))});
  ASSERT_TRUE(count);
  EXPECT_EQ(count->opened, 1);
  EXPECT_EQ(count->followed, 1);
}

TEST_F(Importing, SecondTimeAllIsKnown) {
  std::vector<fs::path> const paths{maildir(), mbox()};
  ASSERT_TRUE(import(paths));
  auto const before = counts();
  auto const again = import(paths);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->mails, 5);
  EXPECT_EQ(again->known, 5);
  EXPECT_EQ(counts().messages, before.messages);
  EXPECT_EQ(counts().queued, before.queued);
}

TEST_F(Importing, QuietWritesNoLetters) {
  auto const count = import({maildir()}, true);
  ASSERT_TRUE(count);
  EXPECT_EQ(count->opened, 3);
  EXPECT_EQ(counts().queued, 0);
}

TEST_F(Importing, LoudWritesThem) {
  ASSERT_TRUE(import({file("one.eml", mail(1))}));
  EXPECT_EQ(counts().queued, 3);
}

TEST_F(Importing, MissingPathIsNamedAndWhatCameBeforeIsIn) {
  fs::path const gone = folder.path() / "gone.eml";
  auto const count = import({file("one.eml", mail(1)), gone});
  ASSERT_FALSE(count);
  EXPECT_EQ(count.error().kind, Kind::missing);
  EXPECT_THAT(count.error().what, HasSubstr(gone.string()));
  EXPECT_EQ(counts().tickets, 1) << "import.hpp: what came before it is in";
}

TEST_F(Importing, UnreadableFileIsNamed) {
  // A link to itself can't be opened, not even by root.
  fs::create_directory(folder.path() / "all");
  fs::path const loop = folder.path() / "all/loop.eml";
  fs::create_symlink("loop.eml", loop);
  auto const count = import({folder.path() / "all"});
  ASSERT_FALSE(count);
  EXPECT_THAT(count.error().what, HasSubstr(loop.string()));
}

TEST_F(Importing, AMailOnWhichTheProcessDiedEightTimesIsSetAside) {
  auto const die = [&] {
    BlackBox{folder.path() / "reading.import"}.hand(std::vector<std::string>{parser::sha256(mail(2))});
  };
  for (int death = 1; death <= 7; ++death) {
    die();
    ASSERT_TRUE(import({file("one.eml", mail(1))}));
  }
  die();
  auto const count = import({file("two.eml", mail(2)), file("three.eml", mail(3))});
  ASSERT_TRUE(count) << count.error().what;
  EXPECT_EQ(count->quarantined, 1);
  EXPECT_EQ(count->opened, 2 - count->quarantined);
}

TEST_F(Importing, WhatWasThereAtADeathIsImportedAlone) {
  BlackBox{folder.path() / "reading.import"}.hand(
      std::vector<std::string>{parser::sha256(mail(1)), parser::sha256(mail(2))});
  auto const count = import({file("1.eml", mail(1)), file("2.eml", mail(2)), file("3.eml", mail(3))});
  ASSERT_TRUE(count) << count.error().what;
  EXPECT_EQ(count->opened, 3);
  EXPECT_THAT(progress, ElementsAre(1, 2, 3));
}

TEST_F(Importing, RubbishIsATicketToo) {
  auto const count = import({file("rubbish.eml", std::string("\x00\xff\x01 no mail at all", 19))});
  ASSERT_TRUE(count);
  EXPECT_EQ(count->mails, 1);
  EXPECT_EQ(counts().tickets, 1);
}

}  // namespace
}  // namespace spoc::daemon
