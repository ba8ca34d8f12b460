// SPDX-License-Identifier: GPL-3.0-or-later
// The API's door without a socket, as spocctl opens it where no daemon runs: tickets, contacts and calls.
#include "daemon/api_door.hpp"

#include "daemon/api_call.hpp"
#include "tests/daemon/desk_room.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

namespace spoc::daemon::tests {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

struct ApiSaid {
  int status = 0;
  json::value body;
  std::map<std::string, std::string> headers;
};

class ApiRoom : public DeskRoom {
 protected:
  ApiRoom() { config.house = house; }

  ApiSaid ask(std::string const& method, std::string const& path, json::value const& body = nullptr,
              std::map<std::string, std::string> headers = {}) {
    channels::HttpRequest request;
    request.method = method;
    auto const mark = path.find('?');
    request.path = "/api/v1" + path.substr(0, mark);
    if (mark != std::string::npos) {
      auto const equals = path.find('=', mark);
      request.query[path.substr(mark + 1, equals - mark - 1)] = path.substr(equals + 1);
    }
    request.headers = std::move(headers);
    if (!body.is_null()) {
      request.headers["content-type"] = "application/json";
      request.body = json::serialize(body);
    }
    request.peer = "local";
    request.local = true;
    auto const answer = door.answer(request);
    ApiSaid out{answer.status, json::parse(answer.body), {}};
    for (auto const& [name, value] : answer.headers) out.headers[name] = value;
    return out;
  }
  static std::int64_t id_of(json::value const& value) { return value.at("id").as_int64(); }
  static std::string detail_of(ApiSaid const& said) {
    return std::string{said.body.at("detail").as_string()};
  }

  Config config;
  ApiRooms rooms() {
    return {config, db, front, [] { return static_cast<search::Reader*>(nullptr); }, [] {}};
  }

  ApiDoor door{rooms()};
};

TEST_F(ApiRoom, ATicketIsReadWhole) {
  auto const number = std::to_string(desk::number(receive(Sketch{}).ticket));
  auto const told =
      ask("POST", "/tickets/" + number + "/messages",
          json::object{{"kind", "answer"}, {"text", "Somebody comes."}}, {{"spoc-agent", "sam"}});
  ASSERT_EQ(told.status, 201) << json::serialize(told.body);
  auto const whole = ask("GET", "/tickets/" + number + "/dossier");
  ASSERT_EQ(whole.status, 200);
  EXPECT_EQ(std::to_string(id_of(whole.body.at("ticket"))), number);
  EXPECT_EQ(whole.body.at("messages").as_array().size(), 2U);
  EXPECT_GE(whole.body.at("letters").as_array().size(), 3U);
  EXPECT_FALSE(whole.body.at("trail").as_array().empty());
  EXPECT_EQ(ask("GET", "/tickets/9/dossier").status, 404);
}

TEST_F(ApiRoom, ATicketThatIsTooLongForTheDeskIsReadBesideIt) {
  Sketch sketch;
  sketch.text = std::string(3000, 'x');
  auto const place = "/tickets/" + std::to_string(desk::number(receive(sketch).ticket));
  EXPECT_EQ(ask("GET", place + "/dossier").status, 200) << "without a daemon there is no bound";
  ApiRooms few = rooms();
  few.longest_dossier = 3000;
  ApiDoor bounded{std::move(few)};
  channels::HttpRequest request;
  request.method = "GET";
  request.path = "/api/v1" + place + "/dossier";
  request.local = true;
  auto const answer = bounded.answer(request);
  EXPECT_EQ(answer.status, 503);
  EXPECT_THAT(answer.body, HasSubstr("spocctl ticket show " + place.substr(9)));
  request.path = "/api/v1" + place + "/messages";
  EXPECT_EQ(bounded.answer(request).status, 200);
}

TEST_F(ApiRoom, AgentsAndTeamsAreNotTakenForEachOther) {
  auto const place = "/tickets/" + std::to_string(desk::number(receive(Sketch{}).ticket));
  std::map<std::string, std::string> const by_sam{{"spoc-agent", "sam"}, {"if-match", "*"}};
  EXPECT_EQ(ask("PATCH", place, json::object{{"assignee", "first line"}}, by_sam).status, 422);
  EXPECT_EQ(ask("PATCH", place, json::object{{"team", "kari"}}, by_sam).status, 422);
  auto const given = ask("PATCH", place, json::object{{"assignee", "kari"}, {"team", "first line"}}, by_sam);
  EXPECT_EQ(given.status, 200) << json::serialize(given.body);
  EXPECT_EQ(given.body.at("assignee").as_string(), "kari");
}

TEST_F(ApiRoom, AChangeOfNothingIsKeptUnderItsKey) {
  auto const place = "/tickets/" + std::to_string(desk::number(receive(Sketch{}).ticket));
  std::map<std::string, std::string> by_sam{{"spoc-agent", "sam"}, {"if-match", "*"}};
  auto const change = [&](std::string const& priority, std::string const& key) {
    auto fields = by_sam;
    if (!key.empty()) fields["idempotency-key"] = key;
    return ask("PATCH", place, json::object{{"priority", priority}}, fields);
  };
  EXPECT_EQ(change("P3", "nothing").status, 200);
  EXPECT_EQ(change("P1", "").status, 200);
  auto const again = change("P3", "nothing");
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.headers.count("Idempotency-Replayed"), 1U);
  EXPECT_EQ(ask("GET", place).body.at("priority").as_string(), "P1");
}

TEST_F(ApiRoom, AContactIsMadeChangedAndFoundByWhateverIsKnown) {
  json::object const vera{{"name", "Vera Testmann"},
                          {"phones", json::array{"+47 22 11 00 99"}},
                          {"new_addresses", json::array{"Vera@example.net"}}};
  auto const made = ask("POST", "/contacts", vera);
  ASSERT_EQ(made.status, 201) << json::serialize(made.body);
  auto const number = std::to_string(id_of(made.body));
  EXPECT_EQ(made.headers.at("Location"), "/api/v1/contacts/" + number);
  EXPECT_EQ(made.headers.at("ETag"), ask("GET", "/contacts/" + number).headers.at("ETag"));
  for (std::string const& words :
       {number, std::string{"vera@example.net"}, std::string{"22110099"}, std::string{"testmann vera"}}) {
    auto const found = ask("GET", "/contacts?who=" + words).body.at("contacts").as_array();
    ASSERT_EQ(found.size(), 1U) << words;
    EXPECT_EQ(id_of(found.front()), id_of(made.body)) << words;
  }
  EXPECT_EQ(ask("POST", "/contacts", vera).status, 409) << "her address is hers";
  EXPECT_EQ(counts().tickets, 0);
  EXPECT_EQ(ask("POST", "/contacts", json::object{{"vip", true}}).status, 422);
  std::map<std::string, std::string> const any{{"if-match", "*"}};
  auto const keyed =
      ask("PATCH", "/contacts/" + number,
          json::object{{"external_id", "e9"}, {"new_addresses", json::array{"v/7@example.net"}}}, any);
  ASSERT_EQ(keyed.status, 200) << json::serialize(keyed.body);
  EXPECT_EQ(keyed.body.at("addresses").as_array().size(), 2U);
  auto const taken = ask("POST", "/contacts", json::object{{"name", "Ola"}, {"external_id", "e9"}});
  EXPECT_EQ(taken.status, 409);
  EXPECT_THAT(detail_of(taken), HasSubstr("contact " + number + " has the key"));
  auto const dropped = ask("DELETE", "/contacts/" + number + "/addresses/v/7@example.net");
  EXPECT_EQ(dropped.status, 200) << json::serialize(dropped.body);
}

TEST_F(ApiRoom, AnAddressThatBeginsWithASlashIsTakenForNoOther) {
  json::object const vera{
      {"name", "Vera"},
      {"new_addresses", json::array{"vera@example.net", "/vera@example.net", "a//b@example.net"}}};
  auto const made = ask("POST", "/contacts", vera);
  ASSERT_EQ(made.status, 201) << json::serialize(made.body);
  auto const place = "/contacts/" + std::to_string(id_of(made.body)) + "/addresses/";
  auto const slashed = ask("DELETE", place + "/vera@example.net");
  EXPECT_EQ(slashed.status, 200) << json::serialize(slashed.body);
  EXPECT_EQ(slashed.body.at("addresses"), (json::array{"vera@example.net", "a//b@example.net"}));
  auto const again = ask("DELETE", place + "/vera@example.net");
  EXPECT_EQ(again.status, 404);
  EXPECT_THAT(detail_of(again), HasSubstr("has no address \"/vera@example.net\""));
  EXPECT_EQ(ask("DELETE", place + "a//b@example.net").status, 200);
  for (char const* const none : {"", "/", "//"}) EXPECT_EQ(ask("DELETE", place + none).status, 405) << none;
}

TEST_F(ApiRoom, ACallBecomesTheCallersTicket) {
  auto const cara =
      ask("POST", "/contacts", json::object{{"name", "Cara"}, {"phones", json::array{"33 22 11 00"}}});
  std::map<std::string, std::string> const by_sam{{"spoc-agent", "sam"}};
  json::object call{{"caller", "33221100"},
                    {"subject", "The lamp\r\nBcc: a@example.com"},
                    {"text", "It blinks."},
                    {"commands", json::array{"/priority P1"}}};
  EXPECT_EQ(ask("POST", "/calls", call).status, 403) << "in nobody's name";
  auto const noted = ask("POST", "/calls", call, by_sam);
  ASSERT_EQ(noted.status, 201) << json::serialize(noted.body);
  EXPECT_EQ(noted.body.at("contact").as_int64(), id_of(cara.body));
  EXPECT_EQ(noted.body.at("ticket").at("contact").as_int64(), id_of(cara.body));
  EXPECT_EQ(noted.body.at("ticket").at("priority").as_string(), "P1");
  EXPECT_EQ(noted.body.at("ticket").at("channel").as_string(), "phone");
  EXPECT_EQ(noted.body.at("ticket").at("subject").as_string(), "The lamp  Bcc: a@example.com");
  EXPECT_THAT(looked_for, testing::SizeIs(1));
  auto const record = ask("GET", "/contacts/" + std::to_string(id_of(cara.body)) + "/record");
  EXPECT_EQ(record.body.at("tickets").as_int64(), 1);
  EXPECT_EQ(id_of(record.body.at("latest").as_array().front()), id_of(noted.body.at("ticket")));
  auto const theirs = ask("GET", "/tickets?requester=" + std::to_string(id_of(cara.body)));
  EXPECT_EQ(theirs.body.at("tickets").as_array().size(), 1U);
  ask("POST", "/contacts", json::object{{"name", "Ola"}, {"phones", json::array{"33 22 11 00"}}});
  auto const several = ask("POST", "/calls", call, by_sam);
  EXPECT_EQ(several.status, 409);
  EXPECT_THAT(detail_of(several), HasSubstr("Cara; "));
  call["caller"] = "nobody of ours";
  EXPECT_EQ(ask("POST", "/calls", call, by_sam).status, 404);
  call["new"] = true;
  EXPECT_EQ(ask("POST", "/calls", call, by_sam).status, 201);
}

TEST_F(ApiRoom, ACallOfSomebodyNewIsNobodysWhoIsKnown) {
  json::object const cara{{"name", "Cara Caller"},
                          {"phones", json::array{"33 22 11 00"}},
                          {"new_addresses", json::array{"cara@example.net"}}};
  auto const known = ask("POST", "/contacts", cara);
  std::map<std::string, std::string> const by_sam{{"spoc-agent", "sam"}};
  for (char const* const caller : {"33 22 11 00", "Cara Caller", "cara.new@example.net, 33 22 11 00"}) {
    json::object const call{{"caller", caller}, {"text", "It blinks."}, {"new", true}};
    auto const noted = ask("POST", "/calls", call, by_sam);
    ASSERT_EQ(noted.status, 201) << json::serialize(noted.body);
    EXPECT_NE(noted.body.at("contact").as_int64(), id_of(known.body)) << caller;
    EXPECT_EQ(noted.body.at("contact"), noted.body.at("ticket").at("contact"));
    EXPECT_THAT(std::string{noted.body.at("lines").as_array().at(0).as_string()},
                HasSubstr("is a new contact"));
  }
  EXPECT_EQ(ask("GET", "/contacts?who=cara.new@example.net").body.at("contacts").as_array().size(), 1U);
  auto const several = ask("GET", "/tickets?requester=" + std::to_string(id_of(known.body)));
  EXPECT_TRUE(several.body.at("tickets").as_array().empty());
  auto const owned =
      ask("POST", "/calls", json::object{{"caller", "Eva, cara@example.net"}, {"new", true}}, by_sam);
  EXPECT_EQ(owned.status, 409);
  EXPECT_THAT(detail_of(owned), HasSubstr("belongs to contact " + std::to_string(id_of(known.body))));
  auto const agents =
      ask("POST", "/calls", json::object{{"caller", "sam@example.org"}, {"new", true}}, by_sam);
  EXPECT_EQ(agents.status, 409);
  EXPECT_THAT(detail_of(agents), HasSubstr("an agent's address"));
}

TEST_F(ApiRoom, ACallsTextIsNoPlaceForCommands) {
  std::map<std::string, std::string> const by_sam{{"spoc-agent", "sam"}};
  for (char const* const text : {"/close", "\n  /close\nIt blinks.",
                                 "\xEF\xBC\x8F"
                                 "close",
                                 "/etc/passwd is full"}) {
    json::object call{{"caller", "33 22 11 00"}, {"text", text}};
    auto const refused = ask("POST", "/calls", call, by_sam);
    EXPECT_EQ(refused.status, 422) << text;
    EXPECT_THAT(detail_of(refused), HasSubstr("/text can't begin with /"));
    EXPECT_THAT(detail_of(refused), HasSubstr("/commands"));
    call["commands"] = json::array{"/priority P1"};
    EXPECT_EQ(ask("POST", "/calls", call, by_sam).status, 422) << text;
  }
  EXPECT_TRUE(ask("GET", "/tickets").body.at("tickets").as_array().empty());
}

TEST_F(ApiRoom, WhatACallsCommandsDidIsSaid) {
  std::map<std::string, std::string> const by_sam{{"spoc-agent", "sam"}};
  auto const lines = [&](json::array commands) {
    json::object const call{
        {"caller", "33 22 11 00"}, {"text", "It blinks."}, {"commands", std::move(commands)}};
    auto const noted = ask("POST", "/calls", call, by_sam);
    EXPECT_EQ(noted.status, 201) << json::serialize(noted.body);
    std::string out;
    for (json::value const& one : noted.body.at("lines").as_array())
      out += std::string{one.as_string()} + "\n";
    return std::pair{out, std::string{noted.body.at("ticket").at("status").as_string()}};
  };
  auto const [done, closed] = lines({"/priority P1", "/close"});
  EXPECT_EQ(closed, "closed");
  EXPECT_THAT(done, HasSubstr("priority"));
  for (json::array const& commands :
       {json::array{"/close", "/asign sam"}, json::array{"/close", "/merge 1"}}) {
    auto const [told, status] = lines(commands);
    EXPECT_NE(status, "closed");
    EXPECT_THAT(told, HasSubstr("commands were not carried out"));
  }
  EXPECT_THAT(lines({"/asign sam"}).first, HasSubstr("asign"));
}

TEST_F(ApiRoom, WordsThatAreNoUtf8AreMended) {
  auto const id = receive(Sketch{}).ticket;
  auto const letter = letters(desk::LetterKind::acknowledgement, id).at(0).id;
  ASSERT_TRUE(db.write("refuse", [&](store::Tx& tx) {
    store::record(tx, letter, desk::LetterState::refused, "550 bo\xEEte pleine", now, std::nullopt);
  }));
  auto const whole = ask("GET", "/tickets/" + std::to_string(desk::number(id)) + "/dossier");
  ASSERT_EQ(whole.status, 200);
  std::string outcomes;
  for (json::value const& one : whole.body.at("letters").as_array())
    outcomes += std::string{one.at("outcome").as_string()};
  EXPECT_THAT(outcomes, HasSubstr("550 bo\uFFFDte pleine"));
}

TEST_F(ApiRoom, ABodyThatIsTooLargeIsToldSoAsAProblem) {
  channels::HttpRequest request;
  request.path = "/api/v1/tickets";
  auto const no = ApiDoor::turned_away(request);
  ASSERT_TRUE(no);
  EXPECT_EQ(no->status, 413);
  EXPECT_EQ(no->type, "application/problem+json");
  request.path = "/chat/files";
  EXPECT_FALSE(ApiDoor::turned_away(request));
}

}  // namespace
}  // namespace spoc::daemon::tests
