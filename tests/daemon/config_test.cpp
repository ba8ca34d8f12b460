// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration: defaults, and each kind of mistake with its line and its remedy.
#include "daemon/config.hpp"

#include "tests/daemon/mistakes.hpp"
#include "tests/fakes/temp_dir.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace spoc::daemon {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

std::string const mailbox = "[[mailbox]]\nname = \"support\"\naddress = \"Support@Example.org\"\n";
std::string const agent =
    "[[agent]]\nhandle = \"Sam\"\nname = \"Sam Example\"\naddresses = [\"SAM@example.org\"]\n";
std::string const rest = mailbox + agent;
std::string const own_domain = "[desk]\ndomain = \"example.org\"\n";
std::string const token_provider =
    "[[oauth2]]\nname = \"g\"\nurl = \"https://a.example.org/token\"\nclient_id = \"c\"\n";

TEST(ConfigDefaults, SmallestDesk) {
  Loaded const loaded = read_config(rest, "/etc/spoc");
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << all_of(loaded.mistakes);
  Config const& config = loaded.config;
  EXPECT_EQ(config.data, "/var/lib/spoc");
  EXPECT_EQ(config.database(), "/var/lib/spoc/spoc.db");
  EXPECT_EQ(config.house.name, "Service desk");
  EXPECT_EQ(config.house.reopen_window, std::chrono::days{14});
  EXPECT_EQ(config.house.undo_delay, std::chrono::seconds{30});
  EXPECT_EQ(config.house.automatic_budget, 6);
  EXPECT_EQ(config.out.way, Way::maildir);
  EXPECT_EQ(config.out.maildir, "/var/lib/spoc/out");
  EXPECT_EQ(config.out.give_up, std::chrono::days{5});
  EXPECT_TRUE(config.http);
  EXPECT_EQ(config.web.address, "127.0.0.1");
  EXPECT_EQ(config.web.port, 8080);
  EXPECT_EQ(config.disk_alarm, 5);
  ASSERT_EQ(config.mailboxes.size(), 1U);
  EXPECT_EQ(config.mailboxes[0].maildir, "/var/lib/spoc/in");
  EXPECT_EQ(config.mailboxes[0].account.port, 993);
  EXPECT_EQ(config.mailboxes[0].after, channels::AfterCommit::leave);
  EXPECT_EQ(config.mailboxes[0].desk.address, (desk::Address{"Service desk", "support@example.org"}));
  EXPECT_EQ(config.house.mailboxes.size(), 1U);
  EXPECT_EQ(config.house.agents[0].handle, "sam");
  EXPECT_THAT(config.house.agents[0].addresses, ElementsAre("sam@example.org"));
}

TEST(ConfigDefaults, RelativePathsStartFromTheFileOrTheDataFolder) {
  std::string const text =
      "[desk]\ndata = \"data\"\n[out]\nmaildir = \"sent\"\nca_file = \"ca.pem\"\n[knowledge]\nfolder = "
      "\"kb\"\n" +
      rest;
  Config const config = read_config(text, "/srv/desk").config;
  EXPECT_EQ(config.data, "/srv/desk/data");
  EXPECT_EQ(config.out.maildir, "/srv/desk/data/sent");
  EXPECT_EQ(config.out.account.ca_file, "/srv/desk/ca.pem");
  EXPECT_EQ(config.knowledge, "/srv/desk/kb");
}

struct WrongKey {
  std::string name, toml;
  int line;
  std::string key, what, remedy;
};
void PrintTo(WrongKey const& row, std::ostream* out) { *out << row.name; }

class ConfigMistake : public testing::TestWithParam<WrongKey> {};

TEST_P(ConfigMistake, NamesLineAndRemedy) {
  WrongKey const& row = GetParam();
  Loaded const loaded = read_config(row.toml, "/etc/spoc");
  ASSERT_EQ(loaded.mistakes.size(), 1U) << all_of(loaded.mistakes);
  Mistake const& mistake = loaded.mistakes[0];
  EXPECT_EQ(mistake.line, row.line);
  EXPECT_EQ(mistake.key, row.key);
  EXPECT_THAT(mistake.what, HasSubstr(row.what));
  EXPECT_THAT(mistake.remedy, HasSubstr(row.remedy));
  EXPECT_FALSE(mistake.remedy.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Each, ConfigMistake,
    testing::Values(
        WrongKey{"unknown_key", "[desk]\nundo_dealy = \"5s\"\n" + rest, 2, "desk.undo_dealy", "is not known",
                 "did you mean \"undo_delay\"?"},
        WrongKey{"key_like_none", "[desk]\ncolour = \"red\"\n" + rest, 2, "desk.colour", "is not known",
                 "remove it"},
        WrongKey{"unknown_key_of_a_mailbox", mailbox + "usr = \"x\"\n" + agent, 4, "[mailbox].usr",
                 "is not known", "\"user\""},
        WrongKey{"unknown_section", "\n[knowlege]\nfolder = \"\"\n" + rest, 2, "knowlege", "is not known",
                 "did you mean \"knowledge\"?"},
        WrongKey{"key_outside_sections", "level = \"info\"\n" + rest, 1, "level", "is not known",
                 "see spoc.toml(5)"},
        WrongKey{"section_is_a_value", "log = 3\n" + rest, 1, "log", "is not a section", "write [log]"},
        WrongKey{"text", "[desk]\nname = 5\n" + rest, 2, "desk.name", "is not a text", "spoc.toml(5)"},
        WrongKey{"integer", "[desk]\nautomatic_budget = \"six\"\n" + rest, 2, "desk.automatic_budget",
                 "is not a whole number", "mend"},
        WrongKey{"integer_with_a_fraction", "[web]\nport = 80.5\n" + rest, 2, "web.port",
                 "is not a whole number", "mend"},
        WrongKey{"boolean", "[web]\nenabled = \"yes\"\n" + rest, 2, "web.enabled", "is not a true or false",
                 "spoc.toml(5)"},
        WrongKey{"duration", "[desk]\nundo_delay = 30\n" + rest, 2, "desk.undo_delay",
                 "is not a duration (\"30s\"", "spoc.toml(5)"},
        WrongKey{"duration_without_unit", "[desk]\nundo_delay = \"30\"\n" + rest, 2, "desk.undo_delay",
                 "is not a duration", "spoc.toml(5)"},
        WrongKey{"duration_of_weeks", "[desk]\nundo_delay = \"2w\"\n" + rest, 2, "desk.undo_delay",
                 "is not a duration", "spoc.toml(5)"},
        WrongKey{"texts", "[desk]\nauthserv_ids = \"mx.example.org\"\n" + rest, 2, "desk.authserv_ids",
                 "is not a list of texts", "spoc.toml(5)"},
        WrongKey{"texts_of_numbers", "[chat]\norigins = [1]\n" + rest, 2, "chat.origins",
                 "is not a list of texts", "spoc.toml(5)"},
        WrongKey{"path", "[desk]\ntemplates = true\n" + rest, 2, "desk.templates", "is not a path",
                 "spoc.toml(5)"},
        WrongKey{"choice_of_another_type", "[log]\nlevel = 3\n" + rest, 2, "log.level", "is not a word",
                 "use one of \"debug\" \"info\""},
        WrongKey{"choice", "[log]\n\nlevel = \"wraning\"\n" + rest, 3, "log.level",
                 "does not know \"wraning\"", "did you mean \"warning\"?"},
        WrongKey{"a_reviewer_whom_nobody_knows", "[knowledge]\nreviewers = [\"nobody\"]\n" + rest, 2,
                 "knowledge.reviewers", "who is no agent", "[[agent]]"},
        WrongKey{"drafts_among_the_articles", "[knowledge]\nfolder = \"/\"\ndrafts = \"/etc\"\n" + rest, 3,
                 "knowledge.drafts", "lies within the articles' folder", "elsewhere"},
        WrongKey{"above_the_range", "[web]\nport = 65536\n" + rest, 2, "web.port", "from 0 to 65535", "mend"},
        WrongKey{"below_the_range", "[out]\nport = 0\n" + rest, 2, "out.port", "from 1 to 65535", "mend"},
        WrongKey{"missing_key", "[[mailbox]]\nname = \"support\"\n" + agent, 1, "[mailbox].address",
                 "is missing", "add: address = "},
        WrongKey{"missing_key_of_the_second", rest + "[[agent]]\nhandle = \"kari\"\nname = \"Kari\"\n", 8,
                 "[agent].addresses", "is missing", "add: addresses = "},
        WrongKey{"no_mailbox", agent, 0, "[mailbox]", "is missing", "add a [[mailbox]] section"},
        WrongKey{"no_agent", mailbox, 0, "[agent]", "is missing", "add an [[agent]] section"},
        WrongKey{"password_file_missing", "[out]\npassword_file = \"nowhere/word\"\n" + rest, 2,
                 "out.password_file", "can't be read: /etc/spoc/nowhere/word", "0600"},
        WrongKey{"password_env_unset", "[out]\npassword_env = \"SPOC_NOT_SET\"\n" + rest, 2,
                 "out.password_env", "$SPOC_NOT_SET, which is not set", "environment"},
        WrongKey{
            "team_with_a_stranger",
            rest +
                "[[team]]\nname = \"a\"\nmembers = [\"sam\"]\n[[team]]\nname = \"b\"\nmembers = [\"sma\"]\n",
            13, "[team].members", "names agent \"sma\"", "handle = \"sma\""},
        WrongKey{"mailbox_with_an_unknown_team", mailbox + "team = \"first\"\n" + agent, 4, "[mailbox].team",
                 "names team \"first\"", "add [[team]] name = \"first\""},
        WrongKey{"team_that_is_its_own_next_line",
                 rest + "[[team]]\nname = \"a\"\nmembers = [\"sam\"]\nnext = \"a\"\n", 11, "[team].next",
                 "team \"a\" names itself", "name another team"},
        WrongKey{"team_with_an_unknown_policy",
                 rest + "[[team]]\nname = \"a\"\nmembers = [\"sam\"]\nassignment = \"round robin\"\n", 11,
                 "[team].assignment", "does not know \"round robin\"", "did you mean \"round_robin\"?"},
        WrongKey{"macro_with_an_unknown_command", rest + "[[macro]]\nname = \"a\"\ntext = \"/clsoe\"\n", 10,
                 "[macro].text", "\"/clsoe\" is not a command; did you mean /close?", "spoc-commands(7)"},
        WrongKey{"macro_within_a_macro", rest + "[[macro]]\nname = \"a\"\ntext = \"/do a\"\n", 10,
                 "[macro].text", "can't call another one", "spoc-commands(7)"},
        WrongKey{"macro_without_text", rest + "[[macro]]\nname = \"a\"\ntext = \"\"\n", 10, "[macro].text",
                 "is empty", "spoc-commands(7)"},
        WrongKey{"macro_twice",
                 rest + "[[macro]]\nname = \"a\"\ntext = \"x\"\n[[macro]]\nname = \"A\"\ntext = \"y\"\n", 12,
                 "[macro].name", "is there twice", "another name or language"},
        WrongKey{"unknown_rule", "[desk]\ndisabled_rules = [\"subject\"]\n" + rest, 2, "desk.disabled_rules",
                 "does not know \"subject\"", "rules' names"},
        WrongKey{"chat_at_no_mailbox", "[chat]\nmailbox = \"sales\"\n" + rest, 2, "chat.mailbox",
                 "names \"sales\"", "[[mailbox]]"},
        WrongKey{"form_in_no_language", "[chat]\nform = [\"Room | xx: Rom\"]\n" + rest, 2, "chat.form",
                 "\"Room | xx: Rom\" is no question", "zh-Hant"},
        WrongKey{"server_without_the_way", "[out]\nhost = \"mail.example.org\"\n" + rest, 2, "out.host",
                 "way is not and means \"maildir\"", "write way = \"smtp\""},
        WrongKey{"login_without_the_source", mailbox + "user = \"support\"\n" + agent, 4, "[mailbox].user",
                 "source is not and means \"maildir\"", "write source = \"imap\""},
        WrongKey{"duration_that_is_too_short", mailbox + "poll = \"0s\"\n" + agent, 4, "[mailbox].poll",
                 "is not from 1s to 25m", "mend"},
        WrongKey{"duration_that_is_too_long", mailbox + "poll = \"1h\"\n" + agent, 4, "[mailbox].poll",
                 "is not from 1s to 25m", "mend"},
        WrongKey{"timeout_of_nothing", "[out]\ntimeout = \"0s\"\n" + rest, 2, "out.timeout",
                 "is not from 1s to 1h", "mend"},
        WrongKey{"duration_beyond_all", "[desk]\nundo_delay = \"999999999999d\"\n" + rest, 2,
                 "desk.undo_delay", "is not from 0s to 3650d", "mend"},
        WrongKey{"moved_nowhere", mailbox + "after = \"move\"\n" + agent, 4, "[mailbox].after",
                 "after_argument is missing", "add: after_argument"},
        WrongKey{"mailbox_twice", rest + "[[mailbox]]\nname = \"support\"\naddress = \"b@example.org\"\n", 9,
                 "[mailbox].name", "is there twice: \"support\"", "one of them"},
        WrongKey{"address_twice",
                 rest + "[[mailbox]]\nname = \"b\"\naddress = \"b@example.org\"\naliases = "
                        "[\"Support@example.org\"]\n",
                 11, "[mailbox].aliases", "is there twice", "one of them"},
        WrongKey{"handle_twice",
                 rest + "[[agent]]\nhandle = \"sam\"\nname = \"S\"\naddresses = [\"s@example.org\"]\n", 9,
                 "[agent].handle", "is there twice: \"sam\"", "one of them"},
        WrongKey{"agents_address_twice",
                 rest + "[[agent]]\nhandle = \"tom\"\nname = \"T\"\naddresses = [\"sam@example.org\"]\n", 11,
                 "[agent].addresses", "is there twice", "one of them"},
        WrongKey{"password_file_is_a_number", "[out]\npassword_file = 5\n" + rest, 2, "out.password_file",
                 "is not a path", "quotes"},
        WrongKey{"password_file_is_a_folder", "[out]\npassword_file = \"/\"\n" + rest, 2, "out.password_file",
                 "can't be read: /", "create it"},
        WrongKey{"password_file_is_empty", "[out]\npassword_file = \"/dev/null\"\n" + rest, 2,
                 "out.password_file", "can't be read: /dev/null", "create it"},
        WrongKey{"password_env_is_a_number", "[out]\npassword_env = 5\n" + rest, 2, "out.password_env",
                 "is not a text", "quotes"},
        WrongKey{"tokens_from_nobody",
                 "[out]\nuser = \"u\"\nway = \"smtp\"\noauth2_from = \"google\"\n" + own_domain + rest, 4,
                 "out.oauth2_from", "names \"google\", which is not configured",
                 "[[oauth2]] name = \"google\""},
        WrongKey{"tokens_for_nobody", mailbox + "oauth2_from = \"g\"\n" + agent + token_provider, 4,
                 "[mailbox].oauth2_from", "user is not", "user = "},
        WrongKey{"tokens_and_a_password",
                 mailbox + "oauth2_from = \"g\"\nsource = \"imap\"\nuser = \"u\"\npassword = \"p\"\n" +
                     agent + token_provider,
                 4, "[mailbox].oauth2_from", "and a password are both given", "keep one"},
        WrongKey{"provider_twice", rest + token_provider + token_provider, 13, "[oauth2].name",
                 "stands twice", "its own"},
        WrongKey{"provider_with_a_path_for_a_name",
                 rest + "[[oauth2]]\nname = \"../x\"\nurl = \"https://a/\"\nclient_id = \"c\"\n", 9,
                 "[oauth2].name", "can't be a name", "letters"},
        WrongKey{"secrets_in_plain_text",
                 rest + "[[oauth2]]\nname = \"g\"\nurl = \"http://a.example.org/\"\nclient_id = \"c\"\n", 10,
                 "[oauth2].url", "can't be asked", "https://"},
        WrongKey{"address_without_a_domain",
                 "[[mailbox]]\nname = \"support\"\naddress = \"support\"\n" + agent, 3, "[mailbox].address",
                 "no mail address: \"support\"", "support@example.org"},
        WrongKey{"alias_that_is_none", mailbox + "aliases = [\"help @example.org\"]\n" + agent, 4,
                 "[mailbox].aliases", "no mail address", "like"},
        WrongKey{"agent_without_a_domain",
                 mailbox + "[[agent]]\nhandle = \"sam\"\nname = \"Sam\"\naddresses = [\"sam\"]\n", 7,
                 "[agent].addresses", "no mail address: \"sam\"", "like"},
        WrongKey{"agent_without_addresses",
                 mailbox + "[[agent]]\nhandle = \"sam\"\nname = \"Sam\"\naddresses = []\n", 7,
                 "[agent].addresses", "is empty", "at least one"},
        WrongKey{"domain_with_a_blank", "[desk]\ndomain = \"example org\"\n" + rest, 2, "desk.domain",
                 "is no domain", "like example.org"},
        WrongKey{"place_to_listen_that_is_a_name", "[web]\naddress = \"intranet\"\n" + rest, 2, "web.address",
                 "is no IP address: \"intranet\"", "127.0.0.1"},
        WrongKey{"letters_from_localhost", "[out]\nway = \"smtp\"\n" + rest, 0, "desk.domain",
                 "is \"localhost\"", "under [desk]"},
        WrongKey{"login_without_a_password", "[out]\nway = \"smtp\"\nuser = \"u\"\n" + own_domain + rest, 0,
                 "out.password", "is missing for user \"u\"", "password_file"},
        WrongKey{"mailbox_without_a_password", mailbox + "source = \"imap\"\nuser = \"u\"\n" + agent, 0,
                 "[mailbox].password", "is missing for user \"u\"", "oauth2_from"},
        WrongKey{"mailbox_without_a_user", mailbox + "source = \"imap\"\n" + agent, 0, "[mailbox].user",
                 "is missing", "add: user"},
        WrongKey{"mailbox_whose_password_is_elsewhere",
                 mailbox + "source = \"imap\"\nuser = \"u\"\npassword_env = \"SPOC_NOT_SET\"\n" + agent, 6,
                 "[mailbox].password_env", "which is not set", "environment"},
        WrongKey{"broken_toml", "[desk]\nname = \"x\ndata = 1\n" + rest, 2, "", "is not TOML",
                 "mend the line"}),
    [](auto const& each) { return each.param.name; });

TEST(ConfigMistakes, SectionWrittenOnce) {
  Loaded const loaded = read_config("\n[mailbox]\nname = \"a\"\naddress = \"a@example.org\"\n" + agent, "/");
  ASSERT_FALSE(loaded.mistakes.empty());
  EXPECT_EQ(loaded.mistakes[0].line, 2);
  EXPECT_EQ(loaded.mistakes[0].key, "mailbox");
  EXPECT_EQ(loaded.mistakes[0].remedy, "write [[mailbox]]");
}

TEST(ConfigMistakes, EachMailboxIsToldOfItsOwnPassword) {
  auto const box = [](std::string const& name, std::string const& more) {
    return "[[mailbox]]\nname = \"" + name + "\"\naddress = \"" + name +
           "@example.org\"\nsource = \"imap\"\nuser = \"" + name + "\"\n" + more;
  };
  std::string const told =
      all_of(read_config(box("ada", "") + box("eva", "") + box("ola", "password_env = \"SPOC_NOT_SET\"\n") +
                             box("kim", "password = \"p\"\n") + box("tom", "") + agent,
                         "/")
                 .mistakes);
  for (std::string const name : {"ada", "eva", "tom"})
    EXPECT_THAT(told, HasSubstr("[mailbox].password is missing for user \"" + name + "\"")) << told;
  EXPECT_THAT(told, HasSubstr("[mailbox].password_env names $SPOC_NOT_SET"));
  for (std::string const name : {"ola", "kim"})
    EXPECT_THAT(told, Not(HasSubstr("user \"" + name + "\""))) << told;
}

TEST(ConfigMistakes, EachMailboxAndAgentIsToldOfItsOwnAddress) {
  std::string const told =
      all_of(read_config("[[mailbox]]\nname = \"a\"\n[[mailbox]]\nname = \"b\"\naddress = \"odd\"\n"
                         "[[agent]]\nhandle = \"sam\"\nname = \"Sam\"\n"
                         "[[agent]]\nhandle = \"kari\"\nname = \"Kari\"\naddresses = []\n",
                         "/")
                 .mistakes);
  EXPECT_THAT(told, HasSubstr("[mailbox].address is missing"));
  EXPECT_THAT(told, HasSubstr("[mailbox].address holds what is no mail address: \"odd\""));
  EXPECT_THAT(told, Not(HasSubstr("no mail address: \"\""))) << told;
  EXPECT_THAT(told, HasSubstr("[agent].addresses is missing"));
  EXPECT_THAT(told, HasSubstr("[agent].addresses is empty"));
}

TEST(ConfigMistakes, WhoeverWritesMaildirMeansIt) {
  Loaded const loaded = read_config("[out]\nway = \"maildir\"\nhost = \"mail.example.org\"\n" + mailbox +
                                        "source = \"maildir\"\nuser = \"support\"\n" + agent,
                                    "/");
  EXPECT_TRUE(loaded.mistakes.empty()) << all_of(loaded.mistakes);
}

TEST(ConfigMistakes, AllOfThemAtOnce) {
  Loaded const loaded = read_config("[desk]\nname = 1\nnaem = 2\n[web]\nport = -1\n" + rest, "/");
  EXPECT_EQ(loaded.mistakes.size(), 3U) << all_of(loaded.mistakes);
}

class ConfigFile : public testing::Test {
 protected:
  Loaded load(std::string const& text, Demand demand = Demand::all) {
    std::ofstream{folder.path() / "spoc.toml"} << text;
    return load_config(folder.path() / "spoc.toml", demand);
  }
  fakes::TempDir folder;
};

TEST_F(ConfigFile, MakesItsDataFolder) {
  Loaded const loaded = load("[desk]\ndata = \"deep/data\"\n" + rest);
  EXPECT_THAT(loaded.mistakes, IsEmpty()) << all_of(loaded.mistakes);
  EXPECT_TRUE(std::filesystem::is_directory(folder.path() / "deep/data"));
}

TEST_F(ConfigFile, MissingFile) {
  Loaded const loaded = load_config(folder.path() / "none.toml");
  ASSERT_EQ(loaded.mistakes.size(), 1U);
  EXPECT_THAT(loaded.mistakes[0].key, HasSubstr("none.toml"));
  EXPECT_THAT(loaded.mistakes[0].what, HasSubstr("No such file"));
  EXPECT_THAT(loaded.mistakes[0].remedy, HasSubstr("--config"));
}

TEST_F(ConfigFile, AFolderIsNoFile) {
  Loaded const loaded = load_config(folder.path());
  ASSERT_EQ(loaded.mistakes.size(), 1U);
  EXPECT_THAT(loaded.mistakes[0].what, HasSubstr("directory"));
}

TEST_F(ConfigFile, OnlyWhoeverDialsNeedsSecretsAndFiles) {
  std::string const text =
      "[desk]\ndata = \"data\"\nsecret_file = \"none\"\ntemplates = \"none\"\n[out]\nca_file = \"none\"\n"
      "password_env = \"SPOC_NOT_SET\"\n" +
      mailbox + "password_file = \"none\"\n" + agent;
  Loaded const loaded = load(text, Demand::words);
  EXPECT_THAT(loaded.mistakes, IsEmpty()) << all_of(loaded.mistakes);
  EXPECT_TRUE(std::filesystem::is_directory(folder.path() / "data"));
  std::string const hook =
      "[[webhook]]\nname = \"pager\"\nurl = \"https://example.com/\"\nsecret_env = \"SPOC_NOT_SET\"\n";
  EXPECT_THAT(load(text + hook, Demand::words).mistakes, IsEmpty());
  EXPECT_EQ(load(text).mistakes.size(), 2U) << "the secrets; files are looked at once these are right";
  EXPECT_EQ(load("[desk]\nnaem = \"x\"\n" + rest, Demand::words).mistakes.size(), 1U);
}

TEST_F(ConfigFile, AProviderThatIsUsedNeedsSomethingToProveWhoAsks) {
  std::string const own = "[desk]\ndata = \"data\"\n";
  std::string const used =
      own + mailbox + "source = \"imap\"\nuser = \"u\"\noauth2_from = \"g\"\n" + agent + token_provider;
  Loaded const loaded = load(used);
  ASSERT_EQ(loaded.mistakes.size(), 1U) << all_of(loaded.mistakes);
  EXPECT_EQ(loaded.mistakes[0].key, "[oauth2].client_secret");
  EXPECT_THAT(load(used, Demand::words).mistakes, IsEmpty());
  EXPECT_THAT(load(own + rest + token_provider).mistakes, IsEmpty()) << "nobody uses it";
  std::ofstream{folder.path() / "grant"} << "word\n";
  Loaded const well = load(used + "refresh_token_file = \"grant\"\n");
  EXPECT_THAT(well.mistakes, IsEmpty()) << all_of(well.mistakes);
  EXPECT_EQ(well.config.tokens.at(0).refresh_token, "word");
  EXPECT_EQ(well.config.tokens.at(0).refresh_token_file, folder.path() / "grant");
  EXPECT_THAT(load(used + "client_secret_env = \"SPOC_NOT_SET\"\n", Demand::words).mistakes, IsEmpty());
  EXPECT_THAT(print_config(used + "client_secret = \"in plain\"\n", folder.path()),
              Not(HasSubstr("in plain")));
}

struct Absent {
  std::string name, toml;
  int line;
  std::string key, remedy;
};
void PrintTo(Absent const& row, std::ostream* out) { *out << row.name; }

class ConfigPath : public ConfigFile, public testing::WithParamInterface<Absent> {};

TEST_P(ConfigPath, IsCheckedWithItsLine) {
  std::ofstream{folder.path() / "a_file"} << "in the way of a folder";
  Loaded const loaded = load(GetParam().toml);
  ASSERT_EQ(loaded.mistakes.size(), 1U) << all_of(loaded.mistakes);
  EXPECT_EQ(loaded.mistakes[0].line, GetParam().line);
  EXPECT_EQ(loaded.mistakes[0].key, GetParam().key);
  EXPECT_THAT(loaded.mistakes[0].what, HasSubstr(folder.path().string()));
  EXPECT_THAT(loaded.mistakes[0].remedy, HasSubstr(GetParam().remedy));
}

std::string const own_data = "[desk]\ndata = \"data\"\n";
INSTANTIATE_TEST_SUITE_P(
    Each, ConfigPath,
    testing::Values(Absent{"data_folder", "[desk]\nname = \"x\"\ndata = \"a_file/data\"\n" + rest, 3,
                           "desk.data", "install -d -o spoc"},
                    Absent{"secret_file", own_data + "secret_file = \"none\"\n" + rest, 3, "desk.secret_file",
                           "create it"},
                    Absent{"templates", own_data + "templates = \"a_file\"\n" + rest, 3, "desk.templates",
                           "create it"},
                    Absent{"knowledge", own_data + "[knowledge]\nfolder = \"none\"\n" + rest, 4,
                           "knowledge.folder", "create it"},
                    Absent{"ca_file", own_data + "[out]\nca_file = \"none\"\n" + rest, 4, "out.ca_file",
                           "remove the key"},
                    Absent{"ca_file_of_a_mailbox", own_data + mailbox + "ca_file = \"none\"\n" + agent, 6,
                           "[mailbox].ca_file", "remove the key"}),
    [](auto const& each) { return each.param.name; });

/// Its index has the articles still; the first start of all wants the folder.
TEST_F(ConfigFile, ADeskAtWorkDoesNotNeedTheFolderOfArticles) {
  std::string const text = own_data + "[knowledge]\nfolder = \"none\"\n" + rest;
  EXPECT_THAT(load(text).mistakes, testing::SizeIs(1));
  std::filesystem::create_directories(folder.path() / "data" / "index");
  Loaded const loaded = load(text);
  EXPECT_THAT(loaded.mistakes, IsEmpty()) << all_of(loaded.mistakes);
  EXPECT_EQ(loaded.config.knowledge, folder.path() / "none");
}

TEST_F(ConfigFile, SecretsAreReadAndNeverPrinted) {
  std::ofstream{folder.path() / "word"} << "fromfile\nsecond line\n";
  ASSERT_EQ(::setenv("SPOC_TEST_WORD", "fromenv", 1), 0);
  std::string const text =
      "[out]\npassword = \"inplain\"\n" + mailbox + "password_file = \"word\"\n" +
      "[[mailbox]]\nname = \"b\"\naddress = \"b@example.org\"\npassword_env = \"SPOC_TEST_WORD\"\n" + agent;
  Loaded const loaded = read_config(text, folder.path());
  ASSERT_THAT(loaded.mistakes, IsEmpty()) << all_of(loaded.mistakes);
  EXPECT_EQ(loaded.config.out.account.password, "inplain");
  EXPECT_EQ(loaded.config.mailboxes[0].account.password, "fromfile");
  EXPECT_EQ(loaded.config.mailboxes[1].account.password, "fromenv");
  std::string const printed = print_config(text, folder.path());
  for (std::string const secret : {"inplain", "fromfile", "fromenv"})
    EXPECT_THAT(printed, Not(HasSubstr(secret)));
  EXPECT_THAT(printed, HasSubstr("password = \"***\""));
}

TEST_F(ConfigFile, PrintedConfigurationHasEveryKeyAndReadsTheSame) {
  std::string const more =
      "[[team]]\nname = \"a\"\nmembers = [\"sam\"]\n[[macro]]\nname = \"m\"\ntext = \"/wait\\nHello\"\n";
  std::string const printed = print_config("[desk]\nundo_delay = \"7s\"\n" + rest + more, folder.path());
  Loaded const again = read_config(printed, folder.path());
  EXPECT_THAT(again.mistakes, IsEmpty()) << all_of(again.mistakes) << printed;
  EXPECT_EQ(again.config.house.undo_delay, std::chrono::seconds{7});
  EXPECT_EQ(again.config.house.macros.at(0), (desk::Macro{"m", "", "/wait\nHello"}));
  for (KeyRow const& row : config_keys()) {
    // This desk has none of those.
    if (printed.find("[" + std::string{row.section} + "]\n") == std::string::npos) continue;
    EXPECT_THAT(printed, HasSubstr("\n" + std::string{row.name} + " = ")) << row.section;
  }
}

}  // namespace
}  // namespace spoc::daemon
