// SPDX-License-Identifier: GPL-3.0-or-later
// A real Dovecot and a real Exim for one test process, started when first asked for.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include "channels/dial.hpp"
#include "tests/fakes/source_folder.hpp"
#include "tests/fakes/temp_dir.hpp"

namespace spoc::fakes {

/// scripts/mail-servers as a child in the foreground: it ends when our end of its standard input closes, so
/// the servers go even when the test crashes.
class MailServers {
 public:
  /// The one of this process. Throws (the test fails) when dovecot or exim are missing.
  static MailServers& get() {
    static MailServers servers;
    return servers;
  }

  channels::Account imap(std::string const& user,
                         channels::Security security = channels::Security::tls) const {
    return account(user, security, "imap", "imaps");
  }
  channels::Account smtp(std::string const& user,
                         channels::Security security = channels::Security::none) const {
    return account(user, security, "smtp", "smtps");
  }
  /// A bearer token for "oauth".
  std::string token() const { return word_after("\"oauth\": \""); }
  std::string ca_file() const { return word_after("\"ca_file\": \""); }

 private:
  MailServers() {
    std::array<int, 2> in{}, out{};
    if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0)
      throw std::runtime_error("pipe");
    std::string const script = source_folder() + "/scripts/mail-servers";
    child_ = fork();
    if (child_ == 0) {
      dup2(in[0], 0);
      dup2(out[1], 1);
      execl("/usr/bin/python3", "python3", script.c_str(), "start", "--foreground", "--users", "oauth",
            "--dir", folder_.path().c_str(), nullptr);
      _exit(127);
    }
    close(in[0]);
    close(out[1]);
    input_ = in[1];
    for (char c = 0; read(out[0], &c, 1) == 1 && c != '\n';) told_ += c;
    close(out[0]);
    if (told_.empty()) throw std::runtime_error("scripts/mail-servers did not start; its reason is above");
  }
  ~MailServers() {
    close(input_);
    waitpid(child_, nullptr, 0);
  }

  std::string word_after(std::string const& key) const {
    auto const at = told_.find(key);
    if (at == std::string::npos) throw std::runtime_error("no " + key + " in " + told_);
    return told_.substr(at + key.size(), told_.find_first_of("\",}", at + key.size()) - at - key.size());
  }

  channels::Account account(std::string const& user, channels::Security security, std::string const& plain,
                            std::string const& wrapped) const {
    channels::Account account;
    account.host = "localhost";
    bool const tls = security == channels::Security::tls;
    account.port = static_cast<std::uint16_t>(std::stoi(word_after("\"" + (tls ? wrapped : plain) + "\": ")));
    account.security = security;
    account.user = user;
    account.password = user.empty() ? "" : "secret";
    account.ca_file = ca_file();
    account.timeout = std::chrono::seconds{10};
    return account;
  }

  TempDir folder_;
  pid_t child_ = -1;
  int input_ = -1;
  std::string told_;
};

}  // namespace spoc::fakes
