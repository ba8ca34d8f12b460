// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers that must not be passed for one another.
#pragma once

#include <cstdint>

namespace spoc::desk {

enum class TicketId : std::int64_t {};
enum class MessageId : std::int64_t {};  ///< a row of ours; an RFC 5322 Message-ID is a string
enum class ContactId : std::int64_t {};
enum class LetterId : std::int64_t {};
enum class QuarantineId : std::int64_t {};
enum class ReminderId : std::int64_t {};
enum class DigestId : std::int64_t {};

template <class Id>
constexpr std::int64_t number(Id id) {
  return static_cast<std::int64_t>(id);
}

}  // namespace spoc::desk
