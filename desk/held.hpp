// SPDX-License-Identifier: GPL-3.0-or-later
// Attachments that are kept aside instead of being passed on, and why.
#pragma once

#include "desk/mail.hpp"

#include <string>
#include <vector>

namespace spoc::desk {

/// Why this attachment is not passed on, as a phrase; "" if it may be. Judged by the name as systems read it
/// (last extension, whatever direction marks make of it on the screen) and by how programs begin.
std::string danger_of(Attachment const& attachment, std::vector<std::string> const& held_extensions);

/// Marks the dangerous ones; those that are held already keep their reason.
void hold_dangerous(std::vector<Attachment>& attachments, std::vector<std::string> const& held_extensions);

}  // namespace spoc::desk
