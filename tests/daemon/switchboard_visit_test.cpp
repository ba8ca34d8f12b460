// SPDX-License-Identifier: GPL-3.0-or-later
// A visit at the switchboard: files, rates, signed visitors, hours, the end of a chat.
#include "daemon/chat_files.hpp"
#include "store/apply.hpp"
#include "store/chats.hpp"
#include "tests/daemon/switchboard_room.hpp"

namespace spoc::daemon {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using tests::text;
using tests::whole;
namespace json = boost::json;

constexpr std::string_view picture = "\x89PNG\r\n\x1A\nrest of it";
constexpr std::string_view secret = "an intranet's secret of at least 32 bytes";

class SwitchboardVisit : public tests::SwitchboardRoom {
 protected:
  static ChatRules rules() {
    ChatRules out;
    out.file_bytes = 1000;
    out.file_types = {"png", "txt"};
    out.lines_per_minute = 6;
    out.lines_per_peer = 9;
    out.hours = {"mon-fri 08:00-16:00"};
    out.identity = {Identity::Way::hmac, std::string{secret}, ""};
    return out;
  }
  /// Of a desk that asks before the first line.
  static ChatRules asking() {
    ChatRules out = rules();
    out.form = {"Room!", "Floor"};
    return out;
  }
  SwitchboardVisit() {
    on_bell = [this](desk::News const& news) { strict.tell(news); };
  }

  std::shared_ptr<tests::Socket> enter(std::string const& session = "", std::string const& token = "") {
    return enter(strict, session, token);
  }
  static std::shared_ptr<tests::Socket> enter(Switchboard& board, std::string const& session = "",
                                              std::string const& token = "") {
    auto socket = std::make_shared<tests::Socket>();
    board.opened(socket);
    board.heard(*socket,
                json::serialize(json::object{{"t", "hello"}, {"session", session}, {"token", token}}));
    return socket;
  }
  Switchboard made(ChatRules rules) {
    return {front,
            "support",
            {},
            [this](std::function<void()> work) { later.push_back(std::move(work)); },
            std::move(rules)};
  }
  void say(std::shared_ptr<tests::Socket> const& socket, json::object const& frame) {
    strict.heard(*socket, json::serialize(frame));
    turn();
  }
  static std::string session_of(std::shared_ptr<tests::Socket> const& socket) {
    auto const welcome = socket->of("welcome");
    return welcome.empty() ? "" : text(welcome[0], "session");
  }
  std::string word_for(std::string const& user) const {
    std::string const signed_text =
        user + "." +
        std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()).count() +
                       600);
    std::string hex;
    for (char const c : parser::hmac_sha256(secret, signed_text)) {
      constexpr std::string_view digits = "0123456789abcdef";
      auto const byte = static_cast<unsigned char>(c);
      hex.append({digits[byte >> 4U], digits[byte & 15U]});
    }
    return signed_text + "." + hex;
  }
  json::object said(std::string const& ref) {
    return {{"t", "line"}, {"ref", ref}, {"text", "words " + ref}};
  }

  Switchboard strict{front,
                     "support",
                     {},
                     [this](std::function<void()> work) { later.push_back(std::move(work)); },
                     rules()};
};

TEST_F(SwitchboardVisit, WelcomesWithAllThatTheRulesSay) {
  Switchboard curious = made(asking());
  auto const welcome = enter(curious)->of("welcome").at(0);
  EXPECT_EQ(welcome.at("files").as_object().at("bytes").as_int64(), 1000);
  EXPECT_EQ(json::serialize(welcome.at("form")),
            R"([{"label":"Room","required":true},{"label":"Floor","required":false}])");
  EXPECT_EQ(welcome.contains("open"), welcome.contains("opens"));
  EXPECT_FALSE(welcome.contains("signed"));
  EXPECT_FALSE(welcome.contains("minutes"));
}

TEST_F(SwitchboardVisit, AsksInTheLanguageOfThePageAndTakesTheAnswerInAny) {
  ChatRules rules = asking();
  rules.form = {"Room! | nb: Rom"};
  Switchboard curious = made(rules);
  auto const hello = [&](std::string const& language) {
    auto socket = std::make_shared<tests::Socket>();
    curious.opened(socket);
    curious.heard(*socket, json::serialize(json::object{{"t", "hello"}, {"language", language}}));
    return socket;
  };
  auto const norwegian = hello("nb");
  EXPECT_EQ(json::serialize(norwegian->of("welcome").at(0).at("form")),
            R"([{"label":"Rom","required":true}])");
  EXPECT_EQ(json::serialize(hello("zh-Hans")->of("welcome").at(0).at("form")),
            R"([{"label":"Room","required":true}])");
  curious.heard(*norwegian, R"({"t":"line","ref":"1","text":"Hei"})");
  EXPECT_EQ(text(norwegian->of("no").at(0), "why"), "missing");
  curious.heard(*norwegian, R"({"t":"line","ref":"2","text":"Hei\n\nRom: 12"})");
  EXPECT_THAT(norwegian->of("no"), SizeIs(1));
}

TEST_F(SwitchboardVisit, AFileIsALineWithALink) {
  auto const socket = enter();
  auto const kept = strict.hand_in(session_of(socket), "f1", "C:\\shots\\a.png", std::string{picture});
  ASSERT_TRUE(std::holds_alternative<parser::Kept>(kept));
  auto const line = socket->of("line").at(0);
  auto const file = line.at("files").as_array().at(0).as_object();
  EXPECT_EQ(text(file, "name"), "a.png");
  EXPECT_EQ(text(file, "type"), "image/png");
  EXPECT_THAT(text(file, "url"), HasSubstr("/chat/file/"));
  EXPECT_EQ(messages(desk::TicketId{1001}).at(0).attachments.at(0).filename, "a.png");
  auto const again = strict.hand_in(session_of(socket), "f1", "a.png", std::string{picture});
  EXPECT_EQ(std::get<parser::Kept>(again).seq, std::get<parser::Kept>(kept).seq);
  EXPECT_EQ(counts().messages, 1);
}

TEST_F(SwitchboardVisit, AFileThatIsNotTakenLeavesNothing) {
  std::string const session = session_of(enter());
  auto const why = [&](std::string const& whose, std::string const& name, std::string const& bytes) {
    return std::get<parser::No>(strict.hand_in(whose, "f1", name, bytes)).why;
  };
  EXPECT_EQ(why("", "a.png", std::string{picture}), "bad_session");
  EXPECT_EQ(why("somebody else", "a.png", std::string{picture}), "bad_session");
  EXPECT_EQ(why(session, "a.png", std::string(1001, 'x')), "too_long");
  EXPECT_EQ(why(session, "a.exe", "MZ"), "file_type");
  EXPECT_EQ(why(session, "a.png", "<html>"), "file_type");
  EXPECT_EQ(why(session, "a.txt", ""), "file_type");
  EXPECT_EQ(counts().messages, 0);
}

TEST_F(SwitchboardVisit, AFileThatWasLookedAtIsKeptOnlyWhileTheChatIsOpen) {
  auto const socket = enter();
  std::string const session = session_of(socket);
  auto looked = strict.look_at(session, "f1", "a.png", std::string{picture});
  ASSERT_TRUE(std::holds_alternative<desk::Attachment>(looked));
  EXPECT_EQ(counts().messages, 0) << "only looked at";
  auto held = std::get<desk::Attachment>(looked);
  held.held = "the scanner is away";
  ASSERT_TRUE(std::holds_alternative<parser::Kept>(strict.hand_in(session, "f1", held)));
  EXPECT_FALSE(socket->of("line").at(0).contains("files")) << "what is held gets no link";
  EXPECT_EQ(messages(desk::TicketId{1001}).at(0).attachments.at(0).held, "the scanner is away");
  strict.closed(*socket);
  auto const late = strict.hand_in(session, "f2", std::get<desk::Attachment>(looked));
  EXPECT_EQ(std::get<parser::No>(late).why, "bad_session");
  EXPECT_EQ(counts().messages, 1);
}

TEST_F(SwitchboardVisit, TabsShareOneAllowanceAndVisitorsTheirAddress) {
  auto const first = enter();
  for (int i = 0; i < 3; ++i) say(first, said(std::to_string(i)));
  auto const tab = enter(session_of(first));
  for (int i = 3; i < 8; ++i) say(tab, said(std::to_string(i)));
  ASSERT_THAT(tab->of("no"), SizeIs(2));
  EXPECT_EQ(text(tab->of("no")[0], "why"), "too_fast");
  EXPECT_EQ(text(tab->of("no")[0], "ref"), "6");
  auto const other = enter();
  for (int i = 0; i < 5; ++i) say(other, said(std::to_string(i)));
  EXPECT_THAT(other->of("no"), SizeIs(2));  // 9 a minute for the address, 6 of them used
  now += std::chrono::minutes{1};
  say(tab, said("6"));
  EXPECT_THAT(tab->of("no"), SizeIs(2));
  EXPECT_EQ(messages(desk::TicketId{1001}).size(), 7U);
}

TEST_F(SwitchboardVisit, ASignedChatFollowsItsPersonAndNobodyElse) {
  auto const office = enter("", word_for("vera@example.net"));
  say(office, said("1"));
  std::string const session = session_of(office);
  EXPECT_EQ(office->of("welcome")[0].at("signed"), true);
  EXPECT_EQ(ticket(desk::TicketId{1001}).requester_address.address, "vera@example.net");
  auto const home = enter("", word_for("vera@example.net"));
  EXPECT_EQ(session_of(home), session);
  EXPECT_THAT(home->of("line"), SizeIs(1));
  for (auto const& stranger : {enter(session), enter(session, word_for("ola@example.net"))}) {
    EXPECT_NE(session_of(stranger), session);
    EXPECT_THAT(stranger->of("line"), IsEmpty());
  }
  // A form does not rename whom the intranet vouches for.
  say(home, {{"t", "who"}, {"name", "X"}, {"address", "x@example.org"}});
  EXPECT_EQ(ticket(desk::TicketId{1001}).requester_address.address, "vera@example.net");
}

TEST_F(SwitchboardVisit, AnAnonymousChatBecomesTheirsWhoSignsIn) {
  auto const before = enter();
  say(before, said("1"));
  std::string const session = session_of(before);
  auto const after = enter(session, word_for("vera@example.net"));
  EXPECT_EQ(session_of(after), session);
  EXPECT_THAT(after->of("line"), SizeIs(1));
  EXPECT_NE(session_of(enter(session)), session);
}

TEST_F(SwitchboardVisit, AWordThatDoesNotHoldOpensNothing) {
  std::string word = word_for("vera@example.net");
  word.back() = word.back() == '0' ? '1' : '0';
  auto const forger = enter("", word);
  EXPECT_THAT(forger->of("welcome"), IsEmpty());
  EXPECT_EQ(text(forger->of("no").at(0), "why"), "bad_token");
  EXPECT_EQ(forger->closed, 1008);
  std::string const good = word_for("vera@example.net");
  now += std::chrono::minutes{12};
  EXPECT_THAT(enter("", good)->of("welcome"), IsEmpty());
}

TEST_F(SwitchboardVisit, TheEndIsStoredAndResolves) {
  auto const socket = enter();
  say(socket, said("1"));
  say(socket, {{"t", "end"}, {"solved", true}, {"score", 4}, {"text", "fine"}});
  EXPECT_THAT(socket->of("ended"), SizeIs(1));
  EXPECT_EQ(ticket(desk::TicketId{1001}).status, desk::Status::resolved);
  auto const ratings = ask([](store::Tx& tx) { return store::ratings_of(tx, desk::TicketId{1001}); });
  EXPECT_THAT(ratings, testing::ElementsAre(desk::Rated{4, true, "fine"}));
  say(socket, said("2"));
  EXPECT_EQ(ticket(desk::TicketId{1001}).status, desk::Status::open);
}

TEST_F(SwitchboardVisit, ANoAtTheEndOpensAFinishedTicketAgain) {
  auto const socket = enter();
  say(socket, said("1"));
  say(socket, {{"t", "end"}, {"solved", true}, {"score", 4}});
  EXPECT_EQ(ticket(desk::TicketId{1001}).status, desk::Status::resolved);
  say(socket, {{"t", "end"}, {"score", 2}});
  EXPECT_EQ(ticket(desk::TicketId{1001}).status, desk::Status::resolved);
  say(socket, {{"t", "end"}, {"solved", false}, {"score", 1}});
  EXPECT_EQ(ticket(desk::TicketId{1001}).status, desk::Status::open);
}

TEST_F(SwitchboardVisit, ATranscriptWaitsForAnAnswerAndAnAddress) {
  auto const socket = enter();
  say(socket, said("1"));
  say(socket, {{"t", "who"}, {"name", "Ada"}, {"address", "ada@example.net"}});
  say(socket, {{"t", "transcript"}});
  EXPECT_EQ(text(socket->of("no").at(0), "why"), "not_yet");
  desk::Plan plan;
  plan.ticket = desk::TicketId{1001};
  plan.messages.emplace_back();
  plan.messages[0].kind = desk::MessageKind::outbound;
  plan.messages[0].author = {"Kari", "kari@example.org"};
  plan.messages[0].reply = "the answer";
  ASSERT_TRUE(db.write("answer", [&](store::Tx& tx) { store::apply(tx, plan, nullptr, now); }));
  say(socket, {{"t", "transcript"}});
  EXPECT_EQ(text(socket->of("mailed").at(0), "address"), "ada@example.net");
  auto const sent = letters(desk::LetterKind::transcript);
  ASSERT_THAT(sent, SizeIs(1));
  EXPECT_THAT(sent[0].text, HasSubstr("Ada, 2026-"));
  EXPECT_THAT(sent[0].text, HasSubstr("words 1"));
  EXPECT_THAT(sent[0].text, testing::ContainsRegex("Kari, [-0-9]+ [0-9:]+ UTC\nthe answer"));
}

TEST_F(SwitchboardVisit, ASignedVisitorGoesOnWithTheirOwnChat) {
  auto const office = enter("", word_for("vera@example.net"));
  say(office, said("1"));
  auto const stranger = enter();
  say(stranger, said("2"));
  std::string const anonymous = session_of(stranger);
  auto const signs_in = enter(anonymous, word_for("vera@example.net"));
  EXPECT_EQ(session_of(signs_in), session_of(office));
  EXPECT_EQ(session_of(enter(anonymous)), anonymous) << "it stays whose secret it is";
}

TEST_F(SwitchboardVisit, WhatMustBeAnsweredComesFirst) {
  Switchboard curious = made(asking());
  on_bell = [&](desk::News const& news) { curious.tell(news); };
  auto const socket = enter(curious);
  auto const says = [&](std::string const& ref, std::string const& words) {
    curious.heard(*socket, json::serialize(json::object{{"t", "line"}, {"ref", ref}, {"text", words}}));
    turn();
  };
  says("1", "My lamp flickers");
  EXPECT_EQ(text(socket->of("no").at(0), "why"), "missing");
  auto const file = curious.hand_in(session_of(socket), "f", "a.txt", "text");
  EXPECT_EQ(std::get<parser::No>(file).why, "missing");
  EXPECT_EQ(counts().tickets, 0);
  says("2", "My lamp flickers\n\nRoom: 4");
  says("3", "Please hurry");
  EXPECT_THAT(socket->of("kept"), SizeIs(2));
}

TEST_F(SwitchboardVisit, AddressesAndNamesMayHaveToBeGiven) {
  ChatRules rules;
  rules.form = {"name!", "address!"};
  Switchboard curious = made(rules);
  on_bell = [&](desk::News const& news) { curious.tell(news); };
  auto const socket = enter(curious);
  auto const says = [&](json::object const& frame) {
    curious.heard(*socket, json::serialize(frame));
    turn();
  };
  says({{"t", "who"}, {"name", "Ada"}, {"address", ""}});
  says(said("1"));
  EXPECT_EQ(text(socket->of("no").at(0), "why"), "missing");
  says({{"t", "who"}, {"name", "Ada"}, {"address", "ada@example.net"}});
  says(said("1"));
  EXPECT_THAT(socket->of("kept"), SizeIs(1));
}

TEST_F(SwitchboardVisit, OpenTabsHearWhenTheHoursChange) {
  desk::Calendar office;
  office.name = "office";
  office.zone = desk::always_open().zone;
  office.week = *desk::read_hours({"Mon-Sun 00:00-24:00"});
  auto const day = std::chrono::floor<std::chrono::days>(now);
  std::chrono::year_month_day const tomorrow{std::chrono::sys_days{day.time_since_epoch()} +
                                             std::chrono::days{1}};
  office.holidays = {{tomorrow.year(), std::chrono::month_day{tomorrow.month(), tomorrow.day()}}};
  house.calendars = {office};
  FrontDesk closing{db, house, desk::tests::toy_sign, surroundings()};
  ChatRules rules;
  rules.calendar = "office";
  Switchboard timed{closing, "support", {}, [](std::function<void()> const&) {}, rules};
  auto const socket = enter(timed);
  EXPECT_FALSE(socket->of("welcome").at(0).contains("open"));
  auto const ping = [&] { timed.heard(*socket, R"({"t":"ping"})"); };
  ping();
  EXPECT_THAT(socket->of("hours"), IsEmpty()) << "nothing has changed";
  now = day + std::chrono::hours{25};
  ping();
  ping();
  ASSERT_THAT(socket->of("hours"), SizeIs(1)) << "told once";
  EXPECT_EQ(socket->of("hours")[0].at("open"), false);
  EXPECT_EQ(text(socket->of("hours")[0], "opens"), desk::iso(day + std::chrono::hours{48}));
  now = day + std::chrono::hours{48};
  ping();
  EXPECT_EQ(socket->of("hours").at(1).at("open"), true);
}

TEST_F(SwitchboardVisit, FilesOfAnHourAreBounded) {
  ChatRules rules;
  rules.file_types = {"txt"};
  rules.megabytes_an_hour = 1;
  Switchboard frugal = made(rules);
  on_bell = [&](desk::News const& news) { frugal.tell(news); };
  auto const socket = enter(frugal);
  std::string const session = session_of(socket), half(600 << 10, 'x');
  EXPECT_TRUE(std::holds_alternative<parser::Kept>(frugal.hand_in(session, "1", "a.txt", half)));
  EXPECT_EQ(std::get<parser::No>(frugal.hand_in(session, "2", "b.txt", half)).why, "too_fast");
  now += std::chrono::minutes{15};
  EXPECT_TRUE(std::holds_alternative<parser::Kept>(frugal.hand_in(session, "2", "b.txt", half)));
}

TEST_F(SwitchboardVisit, PromisesWhatWasMeasured) {
  for (int i = 0; i < 5; ++i) {
    desk::TicketId const id =
        receive(line("r" + std::to_string(i), "hi", "", "s" + std::to_string(i))).ticket;
    desk::Plan plan;
    plan.ticket = id;
    plan.messages.emplace_back();
    plan.messages[0].kind = desk::MessageKind::outbound;
    plan.messages[0].agent = "kari";
    plan.messages[0].at = now + std::chrono::minutes{3 * i + 1};
    ASSERT_TRUE(db.write("answer", [&](store::Tx& tx) { store::apply(tx, plan, nullptr, now); }));
    EXPECT_EQ(*front.usual_minutes(), i < 4 ? std::nullopt : std::optional{7});
  }
  now += std::chrono::hours{2};
  EXPECT_EQ(*front.usual_minutes(), std::nullopt);  // another hour of the day
  now += std::chrono::days{31};
  now -= std::chrono::hours{2};
  EXPECT_EQ(*front.usual_minutes(), std::nullopt);  // long ago
}

}  // namespace
}  // namespace spoc::daemon
