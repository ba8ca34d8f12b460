// SPDX-License-Identifier: GPL-3.0-or-later
// The thread that asks the virus scanner about files which come by chat and by the API, while the desk goes
// on.
#pragma once

#include "daemon/aside.hpp"
#include "daemon/inspector.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace spoc::daemon {

/// Files as the scanner leaves them: those that it could not be asked about are held, as in a mail.
struct Scanned {
  std::vector<desk::Attachment> files;
  std::vector<Infected> infected;
};

class Scanner {
 public:
  /// Called once, on the desk thread; nothing where too much waits already or the desk ends: come again.
  using Done = std::function<void(std::optional<Scanned>)>;

  using Look = std::function<std::vector<Infected>(std::string const& clamd, std::vector<desk::Attachment>&)>;

  /// `clamd` as configured; "" for no scanner, which is never asked.
  Scanner(std::string clamd, Line& line, Look look = look_for_viruses)
      : clamd_{std::move(clamd)}, look_{std::move(look)}, aside_{line} {}

  bool asks() const { return !clamd_.empty(); }
  /// From the desk thread: returns at once. What is handed in first is looked at first.
  void look(std::vector<desk::Attachment> files, Done done);

  /// The thread's body, until stop(). A fault holds the files at which it happened, and ends nothing.
  void run() { aside_.run(); }
  /// Whoever waits is told; the file that is just being looked at is finished.
  void stop() { aside_.stop(); }

 private:
  std::optional<Scanned> scan(std::vector<desk::Attachment>& files) const;

  std::string const clamd_;
  Look const look_;
  Aside aside_;
};

}  // namespace spoc::daemon
