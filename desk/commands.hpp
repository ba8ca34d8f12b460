// SPDX-License-Identifier: GPL-3.0-or-later
// The command block of an agent's mail: lines that begin with "/" in one block at the top. Strict.
#pragma once

#include "desk/ticket.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::desk {

enum class Verb {
  assign,
  take,
  note,
  close,
  resolve,
  wait,
  reopen,
  priority,
  tag,
  use,
  status,
  help,
  cancel,
  send,
  kind,
  impact,
  urgency,
  merge,
  split,
  link,
  cc,
  invite,
  requester,
  escalate,
  ask,
  due,
  remind,
  undo,
  find,
  macro,
  in,
  out,
  away,
  category,
  announce,
  unassign,
  kb,
  publish,
  reject,
  confirm
};

/// The same word for agents who think in another language; all of them are always understood.
struct Aliases {
  std::string_view nb, zh_hans, zh_hant;
};

/// One row a command: it makes the parser, /help and spoc-commands(7).
struct CommandRow {
  Verb verb;
  std::string_view word;
  std::string_view argument;  ///< "" for none, "NAME|me", "P1..P4"
  bool required;              ///< the argument
  std::string_view help;
  Aliases aliases;
};
std::span<CommandRow const> command_table();

/// "/assign NAME|TEAM|me", with the reader's own word for it in brackets behind the command.
std::string usage(CommandRow const& row, std::string_view language);

struct Command {
  Verb verb{};
  std::string argument;
  bool operator==(Command const&) const = default;
};

struct CommandBlock {
  std::vector<Command> commands;
  std::string words;                  ///< the reply without the block
  std::vector<std::string> faults;    ///< non-empty: nothing may be done
  std::vector<std::string> macros{};  ///< names of those whose commands and words are among these
  bool operator==(CommandBlock const&) const = default;
};

/// "ola@example.net", "<ola@example.net>" or "Ola Nordmann <ola@example.net>"; the address normal().
Address address_in(std::string_view argument);

/// What a word means, without or with its "/", in any of the languages.
std::optional<Verb> verb_named(std::string_view word);
/// Up to the first blank.
std::string_view first_word(std::string_view text);
/// One command, without or with its "/", added to the block, or its fault.
void read_command(std::string_view text, CommandBlock& block);

/// The block's lines as they stand there, without blanks around them, and the reply without the block.
struct CommandLines {
  std::vector<std::string> commands;
  std::string words;
};
CommandLines part_commands(std::string_view reply);
/// Reads the block. A line like "/etc/passwd is full" is no command if it is not in the top block; in the
/// block every line that begins with "/" must be known, or there is a fault with the nearest known word.
CommandBlock read_commands(std::string_view reply);

}  // namespace spoc::desk
