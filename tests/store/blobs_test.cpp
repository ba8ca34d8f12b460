// SPDX-License-Identifier: GPL-3.0-or-later
// Blobs, and raw mails that are written again from what they enclose.
#include "store/blobs.hpp"

#include "desk_fixture.hpp"
#include "store/driver.hpp"

namespace spoc::store {
namespace {

class Blobs : public Desk {
 protected:
  /// A file in a mail of which the text stands behind these words.
  struct File {
    std::string before, sha256, content;
    desk::Base64Lines lines;
  };

  /// The mail as it came.
  std::string keep(std::string const& name, std::vector<File> const& files, std::string const& after) {
    std::string raw;
    std::vector<desk::Enclosed> enclosed;
    for (File const& file : files) {
      std::size_t const place = (raw += file.before).size();
      desk::append_base64(raw, file.content, file.lines);
      enclosed.push_back({place, raw.size() - place, file.lines, file.sha256, file.content});
    }
    raw += after;
    write([&](Tx& tx) { keep_mail(tx, name, raw, enclosed); });
    return raw;
  }
  std::optional<std::string> found(std::string const& name) {
    return ask([&](Tx& tx) { return find_blob(tx, name); });
  }
  std::optional<std::int64_t> size(std::string const& name) {
    return ask([&](Tx& tx) { return blob_size(tx, name); });
  }
  std::int64_t bytes_kept(std::string const& name) {
    return ask([&](Tx& tx) {
      std::int64_t out = 0;
      tx.driver().run("SELECT LENGTH(bytes) FROM blob WHERE sha256 = $1", {name},
                      [&](Row const& row) { out = row.integer(0); });
      return out;
    });
  }

  std::string const picture = std::string(5000, '\x89') + std::string("\0end", 4);
  std::string const text = std::string(4999, 'x');
};

TEST_F(Blobs, blobs_are_kept_once) {
  std::string const bytes{"a\0b\xff", 4};
  write([&](Tx& tx) {
    keep_blob(tx, "h1", bytes);
    keep_blob(tx, "h1", bytes);
    keep_blob(tx, "empty", "");
  });
  EXPECT_EQ(rows("blob"), 2);
  EXPECT_EQ(ask([](Tx& tx) { return find_blob(tx, "h1"); }), bytes);
  EXPECT_EQ(ask([](Tx& tx) { return find_blob(tx, "empty"); }), "");
  EXPECT_EQ(ask([](Tx& tx) { return find_blob(tx, "h2"); }), std::nullopt);
}

TEST_F(Blobs, thousands_are_found_by_their_names_and_none_is_kept_twice) {
  auto const name = [](int n) { return std::string(52, 'f') + std::to_string(100'000'000'000 + n); };
  constexpr int many = 5000;
  for (int round = 0; round < 2; ++round) {
    write([&](Tx& tx) {
      for (int n = 0; n < many; ++n) keep_blob(tx, name(n), std::to_string(n));
    });
  }
  EXPECT_EQ(rows("blob"), many);
  EXPECT_EQ(rows("blob_name WHERE settled = 0"), many % 2048 + 1) << "two lots have gone to the large index";
  for (int const n : {0, 2047, 2048, 4095, 4999}) {
    EXPECT_EQ(found(name(n)), std::to_string(n));
    EXPECT_EQ(size(name(n)), std::to_string(n).size());
  }
  EXPECT_EQ(found(name(many)), std::nullopt);
}

TEST_F(Blobs, names_that_end_alike_are_told_apart) {
  std::string const tail = "0123456789ab";
  write([&](Tx& tx) {
    keep_blob(tx, "first" + tail, "1");
    tx.driver().run("UPDATE blob_name SET settled = 1", {});
    keep_blob(tx, "second" + tail, "2");
  });
  EXPECT_EQ(found("first" + tail), "1");
  EXPECT_EQ(found("second" + tail), "2");
  EXPECT_EQ(found("third" + tail), std::nullopt);
}

TEST_F(Blobs, those_of_older_releases_are_found_and_not_kept_again) {
  write([](Tx& tx) {
    tx.driver().run("INSERT INTO early_blob (sha256, bytes) VALUES ('old', 'of before')", {});
    keep_blob(tx, "old", "of before");
    keep_blob(tx, "new", "of now");
  });
  EXPECT_EQ(rows("blob_name"), 1);
  EXPECT_EQ(found("old"), "of before");
  EXPECT_EQ(size("old"), 9);
  EXPECT_TRUE(ask([](Tx& tx) { return is_kept(tx, "old"); }));
  EXPECT_EQ(ask([](Tx& tx) { return blob_names(tx); }), (std::vector<std::string>{"new", "old"}));
}

TEST_F(Blobs, a_mail_is_written_again_to_the_byte) {
  std::string const raw = keep("mail",
                               {{"From: a\r\n\r\n", "p", picture, {76, true}},
                                {"\r\n--b\r\n\r\n", "t", text, {}},
                                {"", "e", std::string(4097, 'e'), {64, false}}},
                               "\r\n--b--\r\n");
  EXPECT_EQ(found("mail"), raw);
  EXPECT_EQ(size("mail"), raw.size());
  EXPECT_EQ(bytes_kept("mail"), 29);
  EXPECT_EQ(found("p"), picture);
  EXPECT_EQ(found("t"), text);
}

TEST_F(Blobs, a_mail_that_begins_and_ends_with_its_file) {
  std::string const raw = keep("mail", {{"", "p", picture, {76, false}}}, "");
  EXPECT_EQ(found("mail"), raw);
  EXPECT_EQ(bytes_kept("mail"), 0);
  EXPECT_EQ(size("mail"), raw.size());
}

TEST_F(Blobs, kept_twice_it_is_kept_once) {
  std::vector<File> const files{{"a", "p", picture, {76, false}}};
  std::string const raw = keep("mail", files, "z");
  keep("mail", files, "z");
  write([&](Tx& tx) { keep_blob(tx, "mail", raw); });
  EXPECT_EQ(found("mail"), raw);
  EXPECT_EQ(rows("blob"), 2);
  EXPECT_EQ(rows("enclosed"), 1);
}

TEST_F(Blobs, what_is_there_whole_stays_so) {
  std::vector<File> const files{{"a", "p", picture, {76, false}}};
  std::string raw = "a";
  desk::append_base64(raw, picture, {76, false});
  write([&](Tx& tx) { keep_blob(tx, "mail", raw + "z"); });
  EXPECT_EQ(keep("mail", files, "z"), raw + "z");
  EXPECT_EQ(found("mail"), raw + "z");
  EXPECT_EQ(rows("enclosed"), 0);
}

TEST_F(Blobs, a_kept_mail_may_be_a_file_of_another) {
  std::string const inner = keep("inner", {{"a", "p", picture, {76, false}}}, "z");
  std::string const outer = keep("outer", {{"b", "inner", inner, {72, true}}}, "y");
  EXPECT_EQ(found("outer"), outer);
  EXPECT_EQ(found("inner"), inner);
  EXPECT_EQ(size("inner"), inner.size());
}

TEST_F(Blobs, a_mail_without_its_file_is_an_error_that_names_both) {
  keep("mail", {{"a", "p", picture, {76, false}}}, "z");
  write([](Tx& tx) { tx.driver().run("DELETE FROM blob_name WHERE sha256 = 'p'"); });
  auto const read = store.read("test", [](Tx& tx) { (void)find_blob(tx, "mail"); });
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, Kind::broken);
  for (char const* words : {"mail can't be written again", "p is gone", "restore a backup"})
    EXPECT_NE(read.error().what.find(words), std::string::npos) << read.error().what;
}

}  // namespace
}  // namespace spoc::store
