// SPDX-License-Identifier: GPL-3.0-or-later
// The log: one line per event, key=value, to standard error (the journal reads it there). Only daemon/ and
// ctl/ log.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace spoc::daemon {

enum class Severity { debug, info, warning, error };

/// `level`: "debug", "info", "warning", "error". `json`: one object a line instead of key=value.
void open_log(std::string_view level, bool json);

/// A line being made: Entry{Severity::info, "arrival"}.with("ticket", 7).with("rule", "token").write();
class Entry {
 public:
  Entry(Severity severity, std::string_view event) : severity_{severity}, event_{event} {}
  Entry& with(std::string_view key, std::string_view value);
  Entry& with(std::string_view key, std::int64_t value);
  void write() const;

 private:
  Severity severity_;
  std::string event_;
  std::vector<std::pair<std::string, std::string>> values_;
};

}  // namespace spoc::daemon
