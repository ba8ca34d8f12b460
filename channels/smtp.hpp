// SPDX-License-Identifier: GPL-3.0-or-later
// A submission client (RFC 5321, 6409, 2920 PIPELINING, 3461 DSN, 6531 SMTPUTF8, 1870 SIZE) with each
// recipient's own answer.
#pragma once

#include "channels/dial.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace spoc::channels {

struct Envelope {
  std::string from;  ///< "" for the null sender
  std::vector<std::string> recipients;
};

enum class Delivered { sent, refused, busy };

struct RecipientOutcome {
  std::string recipient;
  Delivered delivered = Delivered::busy;
  int code = 0;             ///< SMTP reply code, 0 if none came
  std::string enhanced;     ///< RFC 3463 "5.1.1", "" if none
  std::string words;        ///< the server's, one line
  bool at_mail = false;     ///< MAIL was answered so: it speaks of the sender or of the mail
  bool broken_off = false;  ///< the connection ended before the answer: it may have been taken or not
};

/// What the caller does while the server is at work, so that neither waits for the other. Each may be empty.
struct Meanwhile {
  /// Before the mail's first byte goes out, the recipients being taken. An error takes the mail back: send()
  /// returns it, and the connection is at an end (RFC 5321 4.1.1.4: what has not ended is not kept).
  std::function<Result<>()> before_words;
  /// When the last byte has gone out, before the verdict is waited for.
  std::function<void()> before_verdict;
};

/// Owned by one thread; good for many mails.
class Smtp {
 public:
  static Result<Smtp> open(Account const& account, std::string const& ehlo, Wake const& wake);
  Smtp(Smtp&&) noexcept;
  Smtp& operator=(Smtp&&) noexcept;
  ~Smtp();

  /// One mail, dot-stuffed and with CRLF line ends by us. An outcome for every recipient, in order. An Error
  /// only when the mail was not begun (the connection had ended), was taken back or `wake` rang: what breaks
  /// the connection after MAIL may be this one mail, so that its recipients are `broken_off` then. Addresses
  /// with control characters, blanks or angle brackets are refused here (command injection).
  Result<std::vector<RecipientOutcome>> send(Envelope const& envelope, std::string_view mail,
                                             Meanwhile const& meanwhile = {});
  bool ended() const;
  void close();

 private:
  struct Body;
  explicit Smtp(std::unique_ptr<Body> body);
  std::unique_ptr<Body> body_;
};

}  // namespace spoc::channels
