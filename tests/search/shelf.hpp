// SPDX-License-Identifier: GPL-3.0-or-later
// A small knowledge base in a folder of its own, with verbs for the tests of this room.
#pragma once

#include "search/index.hpp"

#include <gtest/gtest.h>

#include <unistd.h>
#include <atomic>
#include <filesystem>
#include <string>
#include <vector>

namespace spoc::search {

class TempDir {
 public:
  TempDir() {
    static std::atomic<int> count = 0;
    path = std::filesystem::temp_directory_path() /
           ("spoc-search-" + std::to_string(getpid()) + "-" + std::to_string(count++));
    std::filesystem::create_directories(path);
  }
  TempDir(TempDir const&) = delete;
  TempDir& operator=(TempDir const&) = delete;
  ~TempDir() {
    std::error_code ignored;
    std::filesystem::remove_all(path, ignored);
  }
  std::filesystem::path path;
};

inline desk::Article article(std::string id, std::string language, std::string title, std::string body) {
  desk::Article out;
  out.path = id + "." + language + ".md";
  out.id = std::move(id);
  out.language = std::move(language);
  out.title = std::move(title);
  out.body = std::move(body);
  return out;
}

inline std::vector<std::string> ids(Result<std::vector<Hit>> const& hits) {
  std::vector<std::string> out;
  EXPECT_TRUE(hits) << hits.error().what;
  if (hits)
    for (auto const& hit : *hits) out.push_back(hit.id);
  return out;
}

/// An index with a few articles in three languages, and a reader of it.
class Shelf : public testing::Test {
 protected:
  Shelf() : folder(dir.path / "index"), index(Index::open(folder).value()) {}

  void put(desk::Article const& what) {
    auto const done = index.put(what);
    ASSERT_TRUE(done) << done.error().what;
  }
  void put(MessageText const& what) {
    auto const done = index.put(what);
    ASSERT_TRUE(done) << done.error().what;
  }
  void commit() {
    auto const done = index.commit();
    ASSERT_TRUE(done) << done.error().what;
  }
  Reader reader() { return Reader::open(folder).value(); }

  void fill() {
    put(article(
        "vpn-drops", "en", "VPN connection drops after a few minutes",
        "If the VPN client disconnects every few minutes, turn off power saving of the wireless adapter. "
        "Then restart the tunnel service and connect to the gateway again."));
    put(article("printer-jam", "en", "Paper jam in the office printer",
                "Open tray two, remove the jammed sheets and close the cover. Printing resumes by itself. "
                "Call the reception for more toner."));
    put(article("password", "en", "Reset a forgotten password",
                "Passwords are reset on the account page. You get a code by text message. It is valid for "
                "ten minutes."));
    put(article("lunsj", "nb", "Åpningstider i kantinen",
                "Kantinen er åpen fra klokken elleve til halv to. Bestilling av møtemat gjøres dagen før."));
    put(article("skriver", "nb", "Skriveren skriver ikke ut",
                "Slå av skriveren, vent litt og slå den på igjen. Kontroller at nettverkskabelen sitter i."));
    put(article("mima", "zh-Hant", "忘記密碼怎麼辦",
                "請在帳戶頁面重設密碼。系統會傳送驗證碼到您的手機，十分鐘內有效。"));
    put(article("dayin", "zh-Hans", "打印机卡纸",
                "打开纸盒，取出卡住的纸张，然后合上盖子。如果还是不能打印，请联系前台。"));
    commit();
  }

  TempDir dir;
  std::filesystem::path folder;
  Index index;
};

}  // namespace spoc::search
