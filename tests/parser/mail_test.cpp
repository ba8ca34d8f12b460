// SPDX-License-Identifier: GPL-3.0-or-later
// Golden mails: tests/mail/*.eml against *.expect, a text form of desk::Mail. UPDATE_GOLDEN=1 rewrites them.
#include "parser/mail.hpp"
#include "parser/body.hpp"
#include "parser/charset.hpp"

#include "tests/fakes/source_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace spoc::parser {
namespace {

namespace fs = std::filesystem;

fs::path folder() { return fs::path{fakes::source_folder()} / "tests" / "mail"; }

std::string read_file(fs::path const& path) {
  std::ifstream in(path, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::vector<std::string> golden_names() {
  std::vector<std::string> out;
  for (auto const& entry : fs::directory_iterator(folder()))
    if (entry.path().extension() == ".eml") out.push_back(entry.path().stem().string());
  std::sort(out.begin(), out.end());
  return out;
}

class Shown {
 public:
  void line(std::string const& name, std::string const& value) {
    if (!value.empty()) out_ << name << ": " << value << '\n';
  }
  void people(std::string const& name, std::vector<desk::Address> const& all) {
    for (auto const& one : all)
      out_ << name << ": " << (one.name.empty() ? "" : one.name + " ") << '<' << one.address << ">\n";
  }
  void all(std::string const& name, std::vector<std::string> const& values) {
    for (auto const& one : values) out_ << name << ": " << one << '\n';
  }
  void block(std::string const& name, std::string const& text) {
    if (text.empty()) return;
    out_ << name << ":\n";
    std::stringstream in(text);
    for (std::string line; std::getline(in, line);) out_ << "  |" << line << '\n';
  }
  std::string text() const { return out_.str(); }

 private:
  std::stringstream out_;
};

void show_forwarded(Shown& out, desk::Forwarded const& one) {
  out.people("forwarded-from", {one.author});
  out.people("forwarded-to", one.to);
  out.people("forwarded-cc", one.cc);
  out.line("forwarded-subject", one.subject);
  if (one.date) out.line("forwarded-date", desk::iso(*one.date));
  out.line("forwarded-message-id", one.message_id);
  out.line("forwarded-language", one.language);
  for (auto const& file : one.attachments)
    out.line("forwarded-attachment",
             "\"" + file.filename + "\" " + file.type + " " + std::to_string(file.content.size()) + " bytes");
  out.line("forwarded-enclosed", one.enclosed ? "yes" : "");
  out.block("forwarded-text", one.text);
  out.block("forwarded-reply", one.reply);
  out.block("forwarded-note", one.note);
}

std::string shown(desk::Mail const& mail) {
  Shown out;
  out.people("from", mail.from);
  out.people("to", mail.to);
  out.people("cc", mail.cc);
  out.people("reply-to", mail.reply_to);
  if (mail.sender) out.people("sender", {*mail.sender});
  if (mail.return_path) out.line("return-path", "<" + *mail.return_path + ">");
  out.all("delivered-to", mail.delivered_to);
  out.line("subject", mail.subject);
  if (mail.date) out.line("date", desk::iso(*mail.date));
  out.line("message-id", mail.message_id);
  out.all("in-reply-to", mail.in_reply_to);
  out.all("reference", mail.references);
  out.line("thread-index", mail.thread_index);
  constexpr char const* kinds[] = {"personal", "auto_reply", "bounce", "list", "loop"};
  out.line("kind", kinds[static_cast<int>(mail.kind)]);
  out.line("kind-reason", mail.kind_reason);
  if (mail.bounce) {
    out.line("bounce", mail.bounce->action + " " + mail.bounce->status + " " + mail.bounce->recipient);
    out.line("bounce-reason", mail.bounce->reason);
    out.line("bounce-original", mail.bounce->original_message_id);
  }
  out.all("authentication-results", mail.authentication_results);
  out.line("language", mail.language);
  for (auto const& one : mail.attachments)
    out.line("attachment", "\"" + one.filename + "\" " + one.type + " " + std::to_string(one.content.size()) +
                               " bytes " + one.sha256.substr(0, 12) + (one.inline_ ? " inline" : "") +
                               (one.content_id.empty() ? "" : " cid:" + one.content_id));
  out.all("defect", mail.defects);
  out.block("text", mail.text);
  out.block("reply", mail.reply);
  out.block("html", mail.html);
  if (mail.forwarded) show_forwarded(out, *mail.forwarded);
  return out.text();
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, ReadsAsExpected) {
  fs::path const expect = folder() / (GetParam() + ".expect");
  std::string const got = shown(read_mail(read_file(folder() / (GetParam() + ".eml"))));
  EXPECT_TRUE(is_utf8(got));
  if (std::getenv("UPDATE_GOLDEN") != nullptr) {
    std::ofstream{expect, std::ios::binary} << got;
    GTEST_SKIP() << "rewritten";
  }
  EXPECT_EQ(got, read_file(expect));
}

INSTANTIATE_TEST_SUITE_P(Mail, Golden, testing::ValuesIn(golden_names()), [](auto const& row) {
  std::string name = row.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

// A mail that was cut anywhere is still read, and line ends of either kind mean the same.
TEST_P(Golden, AnyBeginningOfItIsRead) {
  std::string const raw = read_file(folder() / (GetParam() + ".eml"));
  for (std::size_t size = 0; size < raw.size(); size += 1 + raw.size() / 60)
    EXPECT_TRUE(is_utf8(shown(read_mail(std::string_view{raw}.substr(0, size))))) << size;
}

TEST_P(Golden, LineEndsDoNotMatter) {
  std::string raw = read_file(folder() / (GetParam() + ".eml"));
  if (raw.find('\n') == std::string::npos) GTEST_SKIP() << "CR is all that ends its lines";
  desk::Mail const with = read_mail(raw);
  raw.erase(std::remove(raw.begin(), raw.end(), '\r'), raw.end());
  desk::Mail const without = read_mail(raw);
  EXPECT_EQ(with.text, without.text);
  EXPECT_EQ(with.subject, without.subject);
  EXPECT_EQ(with.attachments.size(), without.attachments.size());
}

TEST(Mail, FileNamesAreNeverPaths) {
  for (std::string const& name :
       {std::string{"../../etc/passwd"}, std::string{"C:\\windows\\x"}, std::string{".."},
        std::string{"a/b\\c"}, std::string(3000, 'x'), std::string{"/"}}) {
    auto const mail = read_mail(
        "Content-Type: application/pdf\nContent-Disposition: attachment; filename=\"" + name + "\"\n\nx");
    ASSERT_EQ(mail.attachments.size(), 1U) << name;
    std::string const& got = mail.attachments[0].filename;
    EXPECT_EQ(got.find_first_of("/\\"), std::string::npos) << got;
    EXPECT_NE(got, "..");
    EXPECT_LE(got.size(), 255U);
  }
}

TEST(Mail, WithoutMessageIdThereIsNone) {
  EXPECT_EQ(read_mail("From: a@example.org\n\nx").message_id, "");
  EXPECT_EQ(read_mail("From: a@example.org\n\nx").text, "x");
}

TEST(Mail, NullSenderIsToldFromNoReturnPath) {
  EXPECT_EQ(read_mail("Return-Path: <>\n\n").return_path, "");
  EXPECT_EQ(read_mail("Subject: x\n\n").return_path, std::nullopt);
  EXPECT_EQ(read_mail("Return-Path: <a@example.org>\n\n").return_path, "a@example.org");
}

TEST(Mail, AStuffedMarkIsNoQuote) {
  auto const mail = read_mail(
      "From: a@example.org\nContent-Type: text/plain; format=flowed\n\nDo I need\n > 5 MB there?\nKari\n");
  EXPECT_NE(mail.reply.find("> 5 MB there?"), std::string::npos) << mail.reply;
}

TEST(Mail, SealedWordsThatStayUnreadAreToldWhateverTheSeal) {
  auto const defects = [](std::string const& kind, std::string const& content) {
    return read_mail("Content-Type: application/pkcs7-mime" + kind + "; name=\"smime.p7m\"\n\n" + content)
        .defects;
  };
  std::string const rubbish = "0123456789 0123456789";
  struct Row {
    std::string kind, content, says;
  };
  for (Row const& row :
       {Row{"; smime-type=compressed-data", rubbish, "compressed mail (S/MIME)"},
        Row{"; smime-type=signed-data", rubbish, "signed mail (S/MIME) that is damaged"},
        Row{"; smime-type=signed-data", std::string(17UL << 20U, 'x'), "of more than 16 MiB"},
        Row{"; smime-type=certs-only", rubbish, "certificates alone"},
        Row{"; smime-type=enveloped-data", rubbish, "encrypted mail (S/MIME)"},
        Row{"", rubbish, "encrypted mail (S/MIME)"}}) {
    auto const found = defects(row.kind, row.content);
    EXPECT_EQ(std::count_if(found.begin(), found.end(),
                            [&](auto const& one) { return one.find("S/MIME") != std::string::npos; }),
              1)
        << row.says;
    EXPECT_TRUE(std::any_of(found.begin(), found.end(), [&](auto const& one) {
      return one.find(row.says) != std::string::npos;
    })) << row.says;
  }
}

struct Flow {
  char const* name;
  char const* text;
  bool del_sp;
  char const* expect;
};
class Flowed : public testing::TestWithParam<Flow> {};
TEST_P(Flowed, Joined) { EXPECT_EQ(unflow(GetParam().text, GetParam().del_sp), GetParam().expect); }
INSTANTIATE_TEST_SUITE_P(
    Mail, Flowed,
    testing::Values(Flow{"stuffed_mark", " > 5 is the answer\n", false, "\xC2\xA0> 5 is the answer\n"},
                    Flow{"stuffed_mark_within", "is it \n >5\nor\n", false, "is it >5\nor\n"},
                    Flow{"fixed", "a\nb\n", false, "a\nb\n"}, Flow{"soft", "a \nb\nc", false, "a b\nc"},
                    Flow{"del_sp", "a \nb\n", true, "ab\n"}, Flow{"stuffed", " >a\n", false, "\xC2\xA0>a\n"},
                    Flow{"quoted", "> a \n> b\nc\n", false, "> a b\nc\n"},
                    Flow{"quote_depth_ends_a_paragraph", "> a \nb\n", false, "> a \nb\n"},
                    Flow{"signature", "a \n-- \nme\n", false, "a \n-- \nme\n"}),
    [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::parser
