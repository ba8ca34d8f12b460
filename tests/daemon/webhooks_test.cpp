// SPDX-License-Identifier: GPL-3.0-or-later
// Webhook signatures, attempts and their ends, calls in the commit of what they tell of, and mistakes in
// [[webhook]].
#include "daemon/config.hpp"
#include "daemon/herald.hpp"
#include "daemon/orders.hpp"
#include "daemon/webhook_news.hpp"
#include "parser/codec.hpp"
#include "store/webhook_calls.hpp"
#include "tests/daemon/desk_room.hpp"
#include "tests/daemon/mistakes.hpp"

namespace spoc::daemon::tests {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
using namespace std::chrono_literals;

// ---- signing and trying again ------------------------------------------------------------------------

// The example of the Standard Webhooks convention; its other libraries test themselves by it, too.
TEST(Webhooks, SignAsTheConventionDoes) {
  std::string const secret = parser::decode_base64("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
  EXPECT_EQ(webhook_signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, R"({"test": 2432232314})"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(Webhooks, AttemptsComeRarerUpToAnHour) {
  EXPECT_EQ(next_attempt(1), 5s);
  for (int failed = 1; failed < 6; ++failed) EXPECT_LT(next_attempt(failed), next_attempt(failed + 1));
  EXPECT_EQ(next_attempt(6), 1h);
  EXPECT_EQ(next_attempt(600), 1h);
}

struct Ending {
  char const* name;
  Result<channels::WebAnswer> answer;
  int attempts;          ///< that failed before
  desk::Duration age{};  ///< how long the call has waited
  char const* state;
  desk::Duration again{};  ///< from now
};

Result<channels::WebAnswer> answer_of(int status, std::string const& retry_after = "") {
  channels::WebAnswer answer;
  answer.status = status;
  if (!retry_after.empty()) answer.headers["retry-after"] = retry_after;
  return answer;
}

class WebhookEndings : public testing::TestWithParam<Ending> {};

TEST_P(WebhookEndings, AreTakenAgainOrGivenUp) {
  Ending const& row = GetParam();
  desk::Webhook hook;
  hook.give_up = 2h;
  desk::Time const now = *desk::from_iso("2026-03-02T12:00:00Z");
  store::QueuedCall call;
  call.begun = now - row.age;
  call.attempts = row.attempts;
  auto const outcome = outcome_of(hook, call, row.answer, now);
  EXPECT_EQ(outcome.state, row.state);
  EXPECT_EQ(outcome.again - now, row.again);
  EXPECT_FALSE(outcome.words.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Table, WebhookEndings,
    testing::Values(Ending{"taken", answer_of(204), 0, 0s, "sent", 0s},
                    Ending{"taken_late", answer_of(200), 9, 10h, "sent", 0s},
                    Ending{"fails_first", answer_of(500), 0, 0s, "queued", 5s},
                    Ending{"fails_third", answer_of(500), 2, 1min, "queued", 2min},
                    Ending{"redirect", answer_of(302), 0, 0s, "queued", 5s},
                    Ending{"not_reached", Error{Kind::busy, "Connection refused"}, 1, 5s, "queued", 30s},
                    Ending{"asked_to_wait", answer_of(429, "90"), 0, 0s, "queued", 90s},
                    Ending{"asked_to_wait_for_ever", answer_of(503, "999999"), 0, 0s, "queued", 1h},
                    Ending{"asked_in_words", answer_of(503, "Wed, 21 Oct 2026 07:28:00 GMT"), 0, 0s, "queued",
                           5s},
                    Ending{"last_attempt", answer_of(500), 8, 90min, "queued", 30min},
                    Ending{"time_is_over", answer_of(500), 9, 2h, "given_up", 0s},
                    Ending{"gone", answer_of(410), 0, 0s, "given_up", 0s}),
    [](auto const& row) { return std::string{row.param.name}; });

// ---- in the commit -------------------------------------------------------------------------------------

class WebhookCalls : public DeskRoom {
 protected:
  WebhookCalls() {
    house.webhooks = {
        {"board", "https://example.com/", "secret", {"ticket.opened", "message.received", "ticket.closed"}},
        {"pager", "https://example.com/", "secret", {}}};
    desk::HouseRule rule;
    rule.name = "alarm";
    rule.when = {"opened"};
    rule.then.webhook = "pager";
    house.rules = {rule};
  }
  /// "board ticket.opened", the oldest first.
  std::vector<std::string> called() {
    std::vector<std::string> out;
    for (auto const& one : all()) out.insert(out.begin(), one.webhook + " " + one.event);
    return out;
  }
  std::vector<store::QueuedCall> all() {
    return ask([](store::Tx& tx) { return store::list_calls(tx, "", 50); });
  }
};

TEST_F(WebhookCalls, AreQueuedWithWhatTheyTellOf) {
  auto const news = receive(Sketch{});
  EXPECT_THAT(called(), ElementsAre("board ticket.opened", "board message.received", "pager rule.fired"));
  EXPECT_EQ(news.calls, 3U);
  auto const calls = all();
  EXPECT_THAT(calls[0].body, HasSubstr("\"rule\":\"alarm\""));
  EXPECT_THAT(calls[1].body, HasSubstr("smokes since noon"));
  EXPECT_THAT(calls[1].body, HasSubstr("\"shortened\":false"));
  EXPECT_EQ(calls[1].ticket, news.ticket);
  EXPECT_THAT(calls[2].body, HasSubstr("\"sequence\":1,"));
  EXPECT_THAT(calls[0].body, HasSubstr("\"sequence\":3,")) << "the order in which they happened";
  auto const order = agent_order(house, desk::tests::toy_sign, ticket(news.ticket), house.agents.front(),
                                 {{"/close"}, ""}, now);
  ASSERT_TRUE(front.carry_out({order, "token:crm", "close"}));
  EXPECT_EQ(called().back(), "board ticket.closed");
  EXPECT_THAT(all().front().body, HasSubstr("\"status\":\"closed\""));
}

TEST_F(WebhookCalls, AreNoneForWhatIsNoNews) {
  auto mail = arrival(Sketch{});
  receive(mail);
  auto const before = called();
  mail.place.uid = 999;
  receive(mail);
  EXPECT_EQ(called(), before) << "the same mail once more";
  Sketch old;
  old.subject = "From last year";
  old.id = "old@example.net";
  auto imported = arrival(old);
  imported.quiet = true;
  receive(imported);
  EXPECT_EQ(called(), before) << "a quiet import";
}

TEST_F(WebhookCalls, TellOfAnAnswerOnceItCantBeStopped) {
  house.webhooks[0].events = {"message.answered", "message.noted", "ticket.changed"};
  house.rules[0].when = {"answered"};
  auto const id = receive(Sketch{}).ticket;
  receive(answer_by("kari", id, "Wrong window, sorry."));
  EXPECT_THAT(called(), ElementsAre("board ticket.changed")) << "it is Kari's now";
  EXPECT_THAT(all()[0].body, testing::Not(HasSubstr("Wrong window"))) << "nor are its words told";
  receive(answer_by("kari", id, "/cancel"));
  receive(answer_by("kari", id, "/ask help@example.com Is the line down?"));
  receive(answer_by("kari", id, "/cancel"));
  now += house.undo_delay;
  ASSERT_TRUE(front.claim_letters("postman", 50));
  EXPECT_THAT(called(), SizeIs(1));
  receive(answer_by("kari", id, "Pull the plug."));
  receive(answer_by("kari", id, "/ask help@example.com Is the line down now?"));
  now += house.undo_delay;
  auto const before = rung.size();
  ASSERT_TRUE(front.claim_letters("postman", 50));
  EXPECT_THAT(called(), ElementsAre("board ticket.changed", "board message.answered", "pager rule.fired",
                                    "board message.noted"));
  EXPECT_EQ(rung.at(before).calls, 2U) << "the herald is woken";
  auto const calls = all();
  EXPECT_THAT(calls[2].body, HasSubstr("Pull the plug."));
  EXPECT_THAT(calls[2].body, HasSubstr("\"state\":\"said\""));
  EXPECT_THAT(calls[1].body, HasSubstr("\"rule\":\"alarm\""));
  EXPECT_THAT(calls[1].body, HasSubstr("Pull the plug."));
  EXPECT_THAT(calls[0].body, HasSubstr("Is the line down now?"));
}

TEST_F(WebhookCalls, AreNotLeftByATrialOfTheRules) {
  auto const firings = front.try_rules(arrival(Sketch{}));
  ASSERT_TRUE(firings);
  EXPECT_THAT(firings->at(0).done, ElementsAre("webhook pager"));
  EXPECT_THAT(called(), IsEmpty());
}

TEST_F(WebhookCalls, CarryTheBeginningOfALongMailInWholeCharacters) {
  Sketch mail;
  mail.extra = "Content-Transfer-Encoding: 8bit\r\n";
  mail.text = "x";
  for (int i = 0; i < 20'000; ++i) mail.text += "å";
  receive(mail);
  auto const body = all().at(1).body;
  EXPECT_THAT(body, HasSubstr("\"shortened\":true"));
  EXPECT_LT(body.size(), 40'000U);
  EXPECT_THAT(body, HasSubstr("å\""));
}

TEST_F(WebhookCalls, BringAlarmsToWhoeverAsksForThem) {
  house.webhooks.front().events.emplace_back("alarm");
  std::string const name = house.webhooks.front().name;
  auto const queued = [&](std::string const& about) {
    std::size_t calls = 0;
    auto const done = db.write(
        "alarm", [&](store::Tx& tx) { calls = queue_alarm(tx, "the budget is used up", about, house, now); });
    EXPECT_TRUE(done);
    return calls;
  };
  EXPECT_EQ(queued(name), 0U) << "not to the one that it is about";
  EXPECT_THAT(called(), IsEmpty());
  EXPECT_EQ(queued(""), 1U);
  EXPECT_THAT(called(), ElementsAre(name + " alarm"));
  ASSERT_FALSE(all().empty());
  EXPECT_THAT(all().front().body, HasSubstr("\"data\":{\"words\":\"the budget is used up\"}"));
}

TEST_F(WebhookCalls, AlarmsOfTheBoardGoTheSecondRoute) {
  Board board{db, [this] { return now; }};
  std::vector<std::string> told;
  board.alarm("before anybody listens");
  board.tell_alarms(
      [&](std::string const& words, std::string const& webhook) { told.push_back(words + "|" + webhook); });
  board.alarm("one");
  board.alarm("two", "pager");
  EXPECT_THAT(told, ElementsAre("one|", "two|pager"));
  EXPECT_EQ(board.alarms(), 3);
}

// ---- configuration -------------------------------------------------------------------------------------

std::string const smallest = smallest_desk + "[[webhook]]\nname = \"pager\"\n";

struct WrongHook {
  char const *name, *keys, *says;
};
class WebhookMistakes : public testing::TestWithParam<WrongHook> {};

TEST_P(WebhookMistakes, AreNamedWithTheRemedy) {
  Loaded const loaded = read_config(smallest + GetParam().keys, "/");
  ASSERT_THAT(loaded.mistakes, SizeIs(1)) << loaded.mistakes.size();
  EXPECT_THAT(loaded.mistakes[0].what + "; " + loaded.mistakes[0].remedy, HasSubstr(GetParam().says));
  EXPECT_GT(loaded.mistakes[0].line, 7);
}

INSTANTIATE_TEST_SUITE_P(
    Table, WebhookMistakes,
    testing::Values(
        WrongHook{"plain", "url = \"http://example.com/\"\nsecret = \"0123456789abcdef\"\n",
                  "http only with allow_private"},
        WrongHook{"login", "url = \"https://a:b@example.com/\"\nsecret = \"0123456789abcdef\"\n",
                  "without user and password"},
        WrongHook{"scheme",
                  "url = \"ftp://example.com/\"\nallow_private = true\nsecret = \"0123456789abcdef\"\n",
                  "can't be called"},
        WrongHook{"short_secret", "url = \"https://example.com/\"\nsecret = \"short\"\n", "is too short"},
        WrongHook{"short_base64", "url = \"https://example.com/\"\nsecret = \"whsec_YWJj\"\n",
                  "is too short"},
        WrongHook{
            "event",
            "url = \"https://example.com/\"\nsecret = \"0123456789abcdef\"\nevents = [\"ticket.open\"]\n",
            "did you mean \"ticket.opened\"?"},
        WrongHook{"give_up",
                  "url = \"https://example.com/\"\nsecret = \"0123456789abcdef\"\ngive_up = \"5s\"\n",
                  "leaves no time"},
        WrongHook{
            "twice",
            "url = \"https://example.com/\"\nsecret = \"0123456789abcdef\"\n[[webhook]]\nname = \"pager\"\n"
            "url = \"https://example.com/\"\nsecret = \"0123456789abcdef\"\n",
            "stands twice"},
        WrongHook{
            "rule",
            "url = \"https://example.com/\"\nsecret = \"0123456789abcdef\"\n[[rule]]\nname = \"x\"\nwhen = "
            "[\"opened\"]\nthen.webhook = \"pagger\"\n",
            "use the name of a [[webhook]]"}),
    [](auto const& row) { return std::string{row.param.name}; });

TEST(WebhookConfig, ASecretInTheConventionsFormIsItsBytes) {
  Loaded const loaded = read_config(
      smallest +
          "url = \"http://10.0.0.1/\"\nallow_private = true\nsecret = \"whsec_MDEyMzQ1Njc4OWFiY2RlZg==\"\n",
      "/");
  ASSERT_THAT(loaded.mistakes, IsEmpty());
  EXPECT_EQ(loaded.config.house.webhooks.at(0).secret, "0123456789abcdef");
}

TEST(WebhookConfig, IsPrintedWithoutTheSecret) {
  auto const printed =
      print_config(smallest + "url = \"https://example.com/\"\nsecret = \"0123456789abcdef\"\n", "/");
  EXPECT_THAT(printed, HasSubstr("secret = \"***\""));
  EXPECT_THAT(printed, testing::Not(HasSubstr("0123456789abcdef")));
}

}  // namespace
}  // namespace spoc::daemon::tests
