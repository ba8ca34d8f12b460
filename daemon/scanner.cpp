// SPDX-License-Identifier: GPL-3.0-or-later
// Files, looked at one after the other.
#include "daemon/scanner.hpp"

#include "daemon/log.hpp"
#include "desk/phrase.hpp"

#include <exception>
#include <memory>

namespace spoc::daemon {
namespace {

void hold(std::vector<desk::Attachment>& files, std::string const& why) {
  for (desk::Attachment& one : files)
    if (one.held.empty()) one.held = desk::phrase("it could not be looked through for viruses: {1}", {why});
}

}  // namespace

void Scanner::look(std::vector<desk::Attachment> files, Done done) {
  auto const kept = std::make_shared<std::vector<desk::Attachment>>(std::move(files));
  auto const look_at_them = [this, kept, done]() -> Aside::Then {
    auto const scanned = std::make_shared<std::optional<Scanned>>(scan(*kept));
    return [done, scanned] { done(std::move(*scanned)); };
  };
  auto const in_vain = [done] { done(std::nullopt); };
  if (!aside_.take(look_at_them, in_vain)) in_vain();
}

/// Who waits gets an answer whatever happens: files held as when the scanner is away, or "come again".
std::optional<Scanned> Scanner::scan(std::vector<desk::Attachment>& files) const {
  std::string why;
  try {
    auto infected = look_(clamd_, files);
    return Scanned{std::move(files), std::move(infected)};
  } catch (std::exception const& fault) {
    why = fault.what();
  } catch (...) {
    why = "an unknown fault";
  }
  Entry{Severity::error, "files not looked through"}.with("part", "scanner").with("why", why).write();
  try {
    hold(files, why);
    return Scanned{std::move(files), {}};
  } catch (std::exception const&) {
    return std::nullopt;
  }
}

}  // namespace spoc::daemon
