// SPDX-License-Identifier: GPL-3.0-or-later
// Fetching mails over one IMAP connection: sizes first, then pipelined batches, large mails in pieces.
#pragma once

#include "channels/imap.hpp"
#include "channels/imap_talk.hpp"

#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace spoc::channels {

class MailFetch {
 public:
  using Take = std::function<bool(Fetched&&)>;

  MailFetch(ImapTalk& talk, Take const& take, std::size_t most) : talk_(talk), take_(take), most_(most) {}
  Result<> run(std::span<std::uint32_t const> uids);

 private:
  struct Sized {
    std::uint32_t uid = 0;
    std::uint64_t bytes = 0;
  };
  struct Sent {
    std::string tag;
    std::string command;
    std::vector<std::uint32_t> uids;  ///< those that have not come yet
    std::uint64_t bytes = 0;
    std::vector<Fetched> overtook{};  ///< came before those of an earlier batch
    std::optional<ImapAnswer> end{};  ///< the server's word on the whole
  };

  Result<> apart(std::span<std::uint32_t const> uids, Error const& refused);
  Result<std::vector<Sized>> sizes(std::span<std::uint32_t const> uids);
  Result<> bodies(std::vector<Sized> const& mails);
  Result<> send_batch(std::vector<Sized> const& mails, std::size_t& at);
  Result<> hear_one();
  Result<> settle();
  Result<> fetch_rest_of_first(bool others_under_way);
  Result<> drain();
  void take_mail(ImapAnswer& answer);
  Result<> fetch_alone(std::uint32_t uid);
  Result<> fetch_in_pieces(Sized const& mail);
  void hand_over(Fetched&& mail);

  ImapTalk& talk_;
  Take const& take_;
  std::size_t most_;
  std::deque<Sent> sent_;
  std::uint64_t bytes_under_way_ = 0;
  bool enough_ = false;
};

}  // namespace spoc::channels
