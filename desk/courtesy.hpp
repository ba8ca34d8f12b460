// SPDX-License-Identifier: GPL-3.0-or-later
// Is it only "thank you"? Where that is not sure, it is not: an agent who reads once too often is better than
// a person whom nobody hears.
#pragma once

#include <cstddef>
#include <string_view>

namespace spoc::desk {

/// What stands above a farewell and a signature, which mail clients seldom mark; all of it where what follows
/// the farewell may say something, too.
std::string_view said_above_signature(std::string_view reply);

/// In bytes, with its signature: longer words are no courtesy, and need not be read to know that.
inline constexpr std::size_t longest_courtesy = 800;

/// A bare courtesy ("thanks!", "谢谢", "Takk, Ola"): filed, reopens nothing. A name may stand where names
/// stand: behind a greeting, the thanks or the closing words, behind a comma and on a line of its own. Any
/// other unknown word, and any word that denies or contrasts, says something.
bool is_courtesy(std::string_view reply);

/// "No problem", "ikke noe problem", "没有问题" at the beginning: a "no" that denies nothing.
bool waves_aside(std::string_view reply);

}  // namespace spoc::desk
