// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that copies share.
#pragma once

#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>

namespace spoc::desk {

/// Immutable bytes whose copies share one buffer: an attachment of 45 MB goes from the mail through the plan
/// and the message to the store, and lies in memory once.
class SharedBytes {
 public:
  SharedBytes() = default;
  SharedBytes(std::string bytes)  // NOLINT: a string is bytes
      : bytes_{bytes.empty() ? nullptr : std::make_shared<std::string const>(std::move(bytes))} {}
  SharedBytes(char const* text) : SharedBytes{std::string{text}} {}  // NOLINT: likewise

  std::string const& string() const {
    static std::string const none;
    return bytes_ ? *bytes_ : none;
  }
  operator std::string_view() const { return string(); }  // NOLINT: read like a string
  bool empty() const { return bytes_ == nullptr; }
  std::size_t size() const { return string().size(); }
  void clear() { bytes_.reset(); }

  bool operator==(SharedBytes const& other) const {
    return bytes_ == other.bytes_ || string() == other.string();
  }
  bool operator==(std::string_view other) const { return string() == other; }
  friend std::ostream& operator<<(std::ostream& out, SharedBytes const& bytes) {
    return out << bytes.string();
  }

 private:
  std::shared_ptr<std::string const> bytes_;  ///< nullptr for none
};

}  // namespace spoc::desk
