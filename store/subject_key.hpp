// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a base subject that the index holds.
#pragma once

#include <string>
#include <string_view>

namespace spoc::store {

/// The first 200 bytes of desk::base_subject: a subject of 64 KB must not blow up the index.
std::string subject_key(std::string_view base_subject);

}  // namespace spoc::store
