// SPDX-License-Identifier: GPL-3.0-or-later
// Looks for the method REPLY, in the type of the mail or in the calendar part itself.
#include "parser/calendar_reply.hpp"

#include "parser/ascii.hpp"

namespace spoc::parser {
namespace {

constexpr std::string_view sign = "Content-Type: text/calendar; method=REPLY";

bool is_reply(std::string_view calendar) {
  calendar = calendar.substr(0, 64 * 1024);
  while (!calendar.empty()) {
    std::string_view const line = trimmed(take_line(calendar));
    if (begins_with(line, "method:")) return same_letters(trimmed(line.substr(7)), "reply");
  }
  return false;
}

}  // namespace

std::string calendar_sign(Parameterised const& content_type, std::vector<LeafView> const& leaves) {
  auto const method = content_type.parameters.find("method");
  if (content_type.value == "text/calendar" && method != content_type.parameters.end() &&
      same_letters(method->second, "reply"))
    return std::string{sign};
  for (LeafView const& leaf : leaves)
    if (leaf.type == "text/calendar" && is_reply(leaf.bytes)) return std::string{sign};
  return {};
}

}  // namespace spoc::parser
