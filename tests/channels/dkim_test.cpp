// SPDX-License-Identifier: GPL-3.0-or-later
// DKIM signatures with keys from a file: good, changed on the way, without a key, and none.
#include "channels/dkim.hpp"

#include "channels/maildir.hpp"
#include "tests/fakes/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::channels {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Dkim : public testing::Test {
 protected:
  static std::filesystem::path folder() { return fakes::source_folder() + "/tests/channels/dkim"; }
  static std::string signed_mail() { return read_file(folder() / "signed.eml").value(); }
  static std::string with(std::string text, std::string const& from, std::string const& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
  }
  static std::string without_cr(std::string text) {
    std::erase(text, '\r');
    return text;
  }
  std::vector<desk::SeenSignature> seen(std::string const& raw) const { return reader.read(raw); }

  DkimReader reader = DkimReader::open(folder() / "keys.txt").value();
};

TEST_F(Dkim, GoodSignature) {
  EXPECT_THAT(seen(signed_mail()), ElementsAre(desk::SeenSignature{"pass", "example.net"}));
  EXPECT_THAT(seen(without_cr(signed_mail())), ElementsAre(desk::SeenSignature{"pass", "example.net"}))
      << "a Maildir has bare line feeds";
}

TEST_F(Dkim, ChangedOnTheWay) {
  for (auto const& [from, to] : {std::pair{"room 12", "room 13"}, {"Subject: The", "Subject: A"}})
    EXPECT_THAT(seen(with(signed_mail(), from, to)), ElementsAre(desk::SeenSignature{"fail", "example.net"}))
        << to;
}

TEST_F(Dkim, WithoutAUsableKey) {
  EXPECT_THAT(seen(with(signed_mail(), "s=desk", "s=nobody")),
              ElementsAre(desk::SeenSignature{"permerror", "example.net"}));
}

TEST_F(Dkim, NoSignatureAndNoMail) {
  std::string const mail = signed_mail();
  EXPECT_THAT(seen(mail.substr(mail.find("From:"))), IsEmpty());
  EXPECT_THAT(seen(""), IsEmpty());
  EXPECT_THAT(seen("no header at all"), IsEmpty());
  EXPECT_THAT(seen(mail.substr(0, 60)), testing::SizeIs(testing::Le(1U)));
}

}  // namespace
}  // namespace spoc::channels
