// SPDX-License-Identifier: GPL-3.0-or-later
// Looks at the DKIM signatures of a mail (RFC 6376), for desks whose mail server does not.
#pragma once

#include "desk/error.hpp"
#include "desk/mail.hpp"

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

namespace spoc::channels {

/// Asks the DNS and waits for it: for a mailroom's thread, never for the desk's. Owned by one thread.
class DkimReader {
 public:
  /// `keys`: a file with lines "selector._domainkey.example.org v=DKIM1; p=..." instead of the DNS; "" for
  /// the DNS.
  static Result<DkimReader> open(std::filesystem::path const& keys);
  DkimReader(DkimReader&&) noexcept;
  DkimReader& operator=(DkimReader&&) noexcept;
  ~DkimReader();

  /// One entry a signature: "pass", "fail", "temperror" (the DNS did not answer) or "permerror" (no usable
  /// key, a broken signature). The mail must be whole.
  std::vector<desk::SeenSignature> read(std::string_view raw) const;

 private:
  struct Library;
  explicit DkimReader(std::unique_ptr<Library> library);
  std::unique_ptr<Library> library_;
};

}  // namespace spoc::channels
