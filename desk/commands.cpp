// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the command block of an agent's mail.
#include "desk/commands.hpp"

#include "desk/nearest.hpp"
#include "desk/phrase.hpp"

#include <algorithm>
#include <array>

namespace spoc::desk {
namespace {

constexpr std::array<CommandRow, 15> table{{
    {Verb::assign, "assign", "NAME|me", true, "give the ticket to an agent"},
    {Verb::take, "take", "", false, "take the ticket yourself"},
    {Verb::note, "note", "", false, "what you write stays among agents"},
    {Verb::close, "close", "", false, "close the ticket; your words, if any, go out first"},
    {Verb::resolve, "resolve", "", false, "mark it resolved; the requester may say otherwise"},
    {Verb::wait, "wait", "", false, "wait for the requester"},
    {Verb::reopen, "reopen", "", false, "open it again"},
    {Verb::priority, "priority", "P1..P4", true, "set the priority"},
    {Verb::tag, "tag", "WORD", true, "add a tag; /tag -WORD takes it off"},
    {Verb::use, "use", "N", true, "send suggested article N, with your words before it"},
    {Verb::requester, "requester", "ADDRESS", true,
     "the ticket is somebody else's: answers go there from now on"},
    {Verb::status, "status", "", false, "what the desk knows of this ticket, in the receipt"},
    {Verb::help, "help", "", false, "this list, in the receipt"},
    {Verb::cancel, "cancel", "", false, "stop your answer while it still waits to be sent"},
    {Verb::send, "send", "anyway", false, "send although a colleague has answered meanwhile"},
}};

std::string_view trim(std::string_view text) {
  auto const blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  while (!text.empty() && (blank(text.front()) || text.substr(0, 2) == "\xC2\xA0"))
    text.remove_prefix(text.front() == '\xC2' ? 2 : 1);
  while (!text.empty() && blank(text.back())) text.remove_suffix(1);
  return text;
}

std::string lower(std::string_view text) { return normal(text); }

CommandRow const* row_for(std::string_view word) {
  auto const found =
      std::find_if(table.begin(), table.end(), [&](CommandRow const& row) { return row.word == word; });
  return found == table.end() ? nullptr : &*found;
}

std::string unknown(std::string_view word) {
  std::vector<std::string_view> words;
  for (CommandRow const& row : table) words.push_back(row.word);
  if (auto const near = nearest(word, words))
    return phrase("\"/{1}\" is not a command; did you mean /{2}?", {std::string{word}, std::string{*near}});
  return phrase("\"/{1}\" is not a command", {std::string{word}});
}

std::string argument_fault(CommandRow const& row, std::string const& argument) {
  std::string const word{row.word};
  if (row.required && argument.empty()) return phrase("/{1} needs {2}", {word, std::string{row.argument}});
  if (row.argument.empty() && !argument.empty())
    return phrase("/{1} takes nothing behind it, but \"{2}\" stands there", {word, argument});
  if (row.verb == Verb::priority && !priority_named(argument))
    return phrase("/priority takes P1, P2, P3 or P4, not \"{1}\"", {argument});
  if (row.verb == Verb::use && (argument.size() != 1 || argument[0] < '1' || argument[0] > '9'))
    return phrase("/use takes the number of a suggested article, not \"{1}\"", {argument});
  if (row.verb == Verb::requester && argument.find('@') == std::string::npos)
    return phrase("/requester takes a mail address, not \"{1}\"", {argument});
  if (row.verb == Verb::send && lower(argument) != "anyway") return phrase("say \"/send anyway\"");
  if (row.verb == Verb::tag && argument.find_first_of(" \t,") != std::string::npos)
    return phrase("/tag takes one word, not \"{1}\"", {argument});
  return "";
}

void read_line(std::string_view line, CommandBlock& block) {
  std::string_view const rest = line.substr(1);
  std::size_t const space = rest.find_first_of(" \t");
  std::string const word = lower(rest.substr(0, space));
  std::string argument = space == std::string_view::npos ? "" : std::string{trim(rest.substr(space))};
  CommandRow const* row = row_for(word);
  if (row == nullptr) {
    block.faults.push_back(unknown(word));
    return;
  }
  if (row->verb == Verb::priority)
    for (char& c : argument)
      if (c == 'p') c = 'P';
  if (std::string fault = argument_fault(*row, argument); !fault.empty()) {
    block.faults.push_back(std::move(fault));
    return;
  }
  block.commands.push_back({row->verb, std::move(argument)});
}

}  // namespace

std::span<CommandRow const> command_table() { return table; }

CommandBlock read_commands(std::string_view reply) {
  CommandBlock block;
  std::size_t at = 0;
  bool begun = false;
  while (at < reply.size()) {
    std::size_t const end = std::min(reply.find('\n', at), reply.size());
    std::string_view const line = trim(reply.substr(at, end - at));
    // Blank lines before and inside the block are passed over: clients double them when they make text of
    // HTML.
    if (!line.empty() && line.front() != '/') break;
    if (!line.empty()) {
      begun = true;
      read_line(line, block);
    }
    at = std::min(end + 1, reply.size());
  }
  std::string_view words = begun ? reply.substr(at) : reply;
  while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.remove_suffix(1);
  while (!words.empty() && words.front() == '\n') words.remove_prefix(1);
  block.words = std::string{words};
  return block;
}

}  // namespace spoc::desk
