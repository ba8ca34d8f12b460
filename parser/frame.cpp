// SPDX-License-Identifier: GPL-3.0-or-later
// Chat frames from and to JSON. The protocol is told in frame.hpp.
#include "parser/frame.hpp"

#include <boost/json.hpp>

#include <optional>

namespace spoc::parser {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_name = 200;        // of a visitor, in bytes
constexpr std::size_t longest_address = 254;     // RFC 5321 4.5.3.1.3
constexpr std::size_t longest_frame_word = 128;  // session, ref, language
constexpr std::size_t longest_token = 4096;
constexpr std::size_t longest_page = 2000;

Error unreadable(std::string what) { return {Kind::unreadable, "chat frame: " + std::move(what)}; }

/// Reads the members of one frame and remembers the first fault.
class Members {
 public:
  explicit Members(json::object const& object) : object_(object) {}

  std::string word(std::string_view key, std::size_t longest, bool required) {
    json::value const* value = object_.if_contains(key);
    if (!value || value->is_null()) {
      if (required) fail(key, "is missing");
      return {};
    }
    json::string const* text = value->if_string();
    if (!text) {
      fail(key, "must be a string");
      return {};
    }
    if (text->size() > longest) {
      fail(key, "is longer than " + std::to_string(longest) + " bytes");
      return {};
    }
    if (required && text->empty()) fail(key, "is empty");
    return std::string{std::string_view{*text}};
  }

  std::int64_t number(std::string_view key) {
    json::value const* value = object_.if_contains(key);
    if (!value || value->is_null()) return 0;
    std::int64_t const* whole = value->if_int64();
    if (!whole || *whole < 0) {
      fail(key, "must be a whole number of 0 or more");
      return 0;
    }
    return *whole;
  }

  std::optional<bool> truth(std::string_view key) {
    json::value const* value = object_.if_contains(key);
    if (!value || value->is_null()) return std::nullopt;
    if (!value->is_bool()) fail(key, "must be true or false");
    return value->is_bool() && value->get_bool();
  }

  std::optional<std::string> fault;

 private:
  void fail(std::string_view key, std::string const& why) {
    if (!fault) fault = "\"" + std::string{key} + "\" " + why;
  }
  json::object const& object_;
};

Result<FrameIn> read_members(json::object const& object) {
  Members members{object};
  std::string const kind = members.word("t", longest_frame_word, true);
  FrameIn frame;
  if (kind == "hello") {
    frame = Hello{members.word("session", longest_frame_word, false), members.number("last"),
                  members.word("language", longest_frame_word, false),
                  members.word("token", longest_token, false)};
  } else if (kind == "line") {
    frame = Said{members.word("ref", longest_frame_word, true), members.word("text", longest_frame, true)};
  } else if (kind == "who") {
    frame = Who{members.word("name", longest_name, false), members.word("address", longest_address, false)};
  } else if (kind == "ask") {
    frame = Asked{members.word("text", longest_line, true)};
  } else if (kind == "end") {
    std::int64_t const score = members.number("score");
    if (score > 5 && !members.fault) members.fault = "\"score\" must be 0 to 5";
    frame = End{members.truth("solved"), static_cast<int>(score), members.word("text", longest_line, false)};
  } else if (kind == "transcript") {
    frame = Transcript{};
  } else if (kind == "confirm") {
    frame =
        Confirm{members.word("page", longest_page, false), members.word("word", longest_frame_word, false)};
  } else if (kind == "tickets") {
    frame = Tickets{};
  } else if (kind == "past") {
    frame = Past{members.number("number")};
  } else if (kind == "solved") {
    frame = Solved{members.word("article", longest_name, true)};
  } else if (kind == "earlier") {
    frame = WantEarlier{members.number("before")};
  } else if (kind == "seen") {
    frame = Seen{members.number("seq")};
  } else if (kind == "typing") {
    frame = Typing{};
  } else if (kind == "ping") {
    frame = Ping{};
  } else if (!members.fault) {
    return unreadable(
        "\"t\" is none of hello, line, who, ask, end, transcript, confirm, tickets, past, "
        "solved, earlier, seen, typing, ping");
  }
  if (members.fault) return unreadable(*members.fault);
  return frame;
}

json::value text_or_null(std::string const& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object to_json(Welcome const& frame) {
  json::object out{{"t", "welcome"}, {"session", frame.session}, {"next", frame.next}, {"desk", frame.desk}};
  if (frame.file_bytes > 0) {
    json::array types;
    for (std::string const& one : frame.file_types) types.emplace_back(one);
    out["files"] = json::object{{"bytes", frame.file_bytes}, {"types", std::move(types)}};
  }
  json::array form;
  for (Welcome::Question const& one : frame.form)
    form.push_back(json::object{{"label", one.label}, {"required", one.required}});
  if (!form.empty()) out["form"] = std::move(form);
  if (frame.signed_in) out["signed"] = true;
  if (!frame.open) out["open"] = false;
  if (frame.opens) out["opens"] = desk::iso(*frame.opens);
  if (frame.minutes) out["minutes"] = *frame.minutes;
  if (frame.confirmed) out["confirmed"] = true;
  if (!frame.issue.empty()) out["issue"] = frame.issue;
  if (frame.from > 0) out["from"] = frame.from;
  if (frame.over) out["over"] = true;
  return out;
}
json::object to_json(Kept const& frame) {
  return {{"t", "kept"}, {"ref", frame.ref}, {"seq", frame.seq}, {"at", desk::iso(frame.at)}};
}
json::object to_json(Line const& frame) {
  json::object out{{"t", "line"},
                   {"seq", frame.seq},
                   {"from", frame.from_desk ? "desk" : "you"},
                   {"name", frame.name},
                   {"text", frame.text},
                   {"at", desk::iso(frame.at)},
                   {"ref", text_or_null(frame.ref)}};
  if (frame.automatic) out["auto"] = true;
  if (frame.files.empty()) return out;
  json::array files;
  for (File const& file : frame.files)
    files.push_back(json::object{{"name", file.name}, {"type", file.type}, {"url", file.url}});
  out["files"] = std::move(files);
  return out;
}
json::object to_json(Articles const& frame) {
  json::array list;
  for (Offer const& offer : frame.list)
    list.push_back(json::object{{"id", offer.id}, {"title", offer.title}, {"url", offer.url}});
  return {{"t", "articles"}, {"for", frame.asked}, {"list", std::move(list)}};
}
json::object to_json(Earlier const& frame) {
  json::array lines;
  for (Line const& line : frame.lines) lines.push_back(to_json(line));
  return {{"t", "earlier"}, {"lines", std::move(lines)}};
}
json::object to_json(Hours const& frame) {
  json::object out{{"t", "hours"}, {"open", frame.open}};
  if (frame.opens) out["opens"] = desk::iso(*frame.opens);
  if (frame.minutes) out["minutes"] = *frame.minutes;
  return out;
}
json::object to_json(Over const&) { return {{"t", "over"}}; }
json::object to_json(UnderWay const&) { return {{"t", "under_way"}}; }
json::object to_json(Pong const&) { return {{"t", "pong"}}; }
json::object to_json(Known const& frame) {
  return {{"t", "known"}, {"name", frame.name}, {"address", frame.address}};
}
json::object to_json(Ended const&) { return {{"t", "ended"}}; }
json::object to_json(Mailed const& frame) {
  json::object out{{"t", "mailed"}, {"address", frame.address}};
  if (frame.word) out["word"] = true;
  return out;
}
json::object to_json(Confirmed const& frame) { return {{"t", "confirmed"}, {"address", frame.address}}; }
json::object to_json(TicketList const& frame) {
  json::array list;
  for (TicketList::Row const& row : frame.list)
    list.push_back(json::object{{"number", row.number},
                                {"subject", row.subject},
                                {"status", row.status},
                                {"changed", desk::iso(row.changed)}});
  return {{"t", "tickets"}, {"list", std::move(list)}};
}
json::object to_json(PastLines const& frame) {
  json::array lines;
  for (Line const& line : frame.lines) lines.push_back(to_json(line));
  json::object out{{"t", "past"}, {"number", frame.number}, {"lines", std::move(lines)}};
  if (frame.cut) out["cut"] = true;
  return out;
}
json::object to_json(DeskTyping const& frame) { return {{"t", "typing"}, {"name", frame.name}}; }
json::object to_json(Issue const& frame) { return {{"t", "issue"}, {"text", frame.text}}; }
json::object to_json(No const& frame) {
  return {{"t", "no"}, {"why", frame.why}, {"text", frame.text}, {"ref", text_or_null(frame.ref)}};
}

}  // namespace

Result<FrameIn> read_frame(std::string_view text) {
  if (text.size() > longest_frame)
    return unreadable("longer than " + std::to_string(longest_frame) + " bytes");
  json::parse_options options;
  options.max_depth = 4;
  boost::system::error_code fault;
  // Checks UTF-8, too (RFC 8259 8.1).
  json::value const value = json::parse(json::string_view{text.data(), text.size()}, fault, {}, options);
  if (fault) return unreadable("no JSON: " + fault.message());
  json::object const* object = value.if_object();
  if (!object) return unreadable("not a JSON object");
  return read_members(*object);
}

std::string write_frame(FrameOut const& frame) {
  std::string text = std::visit([](auto const& each) { return json::serialize(to_json(each)); }, frame);
  text.shrink_to_fit();  // the serialiser doubles its room, and a frame may wait long for a slow reader
  return text;
}

}  // namespace spoc::parser
