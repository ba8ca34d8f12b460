// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of [[macro]].
#include "daemon/config_keys.hpp"

#include <array>

namespace spoc::daemon {
namespace {

using G = Given const&;
using MacroKey = Key<desk::Macro>;
constexpr std::array macro_rows{
    MacroKey{"name", Type::text, "", "", "What agents say behind /do.",
             [](desk::Macro& m, G v) { m.name = v.text; }},
    MacroKey{
        "language", Type::choice, "\"\"", "|en|zh-Hans|zh-Hant|nb",
        "Language of its text. Of macros with the same name the one in the requester's language is taken, "
        "else "
        "the one without.",
        [](desk::Macro& m, G v) { m.language = v.text; }},
    MacroKey{
        "text", Type::text, "", "",
        "Commands, each on a line, and below them words for the requester, as an agent would write them. "
        "{requester}, {number} and {agent} become names and number.",
        [](desk::Macro& m, G v) { m.text = v.text; }},
};

}  // namespace

std::span<Key<desk::Macro> const> macro_keys() { return macro_rows; }

}  // namespace spoc::daemon
