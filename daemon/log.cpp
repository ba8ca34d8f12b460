// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the log through spdlog.
#include "daemon/log.hpp"

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

namespace spoc::daemon {
namespace {

bool in_json = false;

spdlog::level::level_enum level_of(Severity severity) {
  switch (severity) {
    case Severity::debug:
      return spdlog::level::debug;
    case Severity::info:
      return spdlog::level::info;
    case Severity::warning:
      return spdlog::level::warn;
    case Severity::error:
      return spdlog::level::err;
  }
  return spdlog::level::err;
}

/// logfmt: quoted where it holds blanks, quotes or controls; never a second line.
std::string quoted(std::string const& value) {
  bool plain = !value.empty();
  for (unsigned char c : value) plain = plain && c > ' ' && c != '"' && c != '=' && c != 0x7F;
  if (plain) return value;
  std::string out = "\"";
  for (char c : value) {
    if (c == '"' || c == '\\') out += '\\';
    bool const control = static_cast<unsigned char>(c) < ' ' || c == 0x7F;
    out += control ? ' ' : c;
  }
  return out + "\"";
}

}  // namespace

void open_log(std::string_view level, bool json) {
  in_json = json;
  if (spdlog::get("spoc") == nullptr) {
    auto const logger = spdlog::stderr_logger_mt("spoc");
    spdlog::set_default_logger(logger);
  }
  spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
  if (json)
    spdlog::set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v)", spdlog::pattern_time_type::utc);
  spdlog::level::level_enum chosen = spdlog::level::info;
  if (level == "debug") chosen = spdlog::level::debug;
  if (level == "warning") chosen = spdlog::level::warn;
  if (level == "error") chosen = spdlog::level::err;
  spdlog::set_level(chosen);
  spdlog::flush_on(spdlog::level::info);
}

Entry& Entry::with(std::string_view key, std::string_view value) {
  values_.emplace_back(key, value);
  return *this;
}

Entry& Entry::with(std::string_view key, std::int64_t value) {
  values_.emplace_back(key, std::to_string(value));
  return *this;
}

void Entry::write() const {
  if (!spdlog::should_log(level_of(severity_))) return;
  if (in_json) {
    boost::json::object object{{"event", event_}};
    for (auto const& [key, value] : values_) object[key] = value;
    // The pattern has begun the object.
    spdlog::log(level_of(severity_), "{}", boost::json::serialize(object).substr(1));
    return;
  }
  std::string line = event_;
  for (auto const& [key, value] : values_) line += " " + key + "=" + quoted(value);
  spdlog::log(level_of(severity_), "{}", line);
}

}  // namespace spoc::daemon
