// SPDX-License-Identifier: GPL-3.0-or-later
// Connects chat sockets with the front desk: frames in, lines out, each session to its own sockets only.
#pragma once

#include "channels/bucket.hpp"
#include "channels/chat.hpp"
#include "daemon/chat_form.hpp"
#include "daemon/chat_rules.hpp"
#include "daemon/comings.hpp"
#include "daemon/front_desk.hpp"
#include "desk/announcement.hpp"
#include "parser/frame.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace spoc::daemon {

/// Lives on the desk thread.
class Switchboard : public channels::ChatDoor {
 public:
  /// Articles for what somebody is typing; public ones only.
  using Suggest =
      std::function<std::vector<parser::Offer>(std::string const& text, std::string const& language)>;
  using Later = std::function<void(std::function<void()>)>;

  /// `later` runs a function on the desk thread after what is waiting there: lines that came together are
  /// committed together.
  Switchboard(FrontDesk& desk, std::string mailbox, Suggest suggest, Later later, ChatRules rules = {});

  /// The announcements in force, the newest first; nothing while they can't be looked up.
  using Announced = std::function<std::optional<std::vector<desk::Announcement>>()>;
  void tell_of(Announced announced) { announced_ = std::move(announced); }
  /// A visitor types in a ticket's chat; at most every two seconds for each of them.
  using Typing = std::function<void(desk::TicketId ticket, std::string const& name)>;
  void tell_typing(Typing typing) { typing_ = std::move(typing); }

  void opened(std::shared_ptr<channels::ChatSocket> socket) override;
  void heard(channels::ChatSocket& socket, std::string text) override;
  void closed(channels::ChatSocket& socket) override;

  /// A file of the visitor whose widget is open, as far as it may be taken; or why not. Counts as a line.
  std::variant<desk::Attachment, parser::No> look_at(std::string const& session, std::string const& ref,
                                                     std::string const& name, std::string const& bytes);
  /// Keeps such a file as a line, or says why not.
  std::variant<parser::Kept, parser::No> hand_in(std::string const& session, std::string const& ref,
                                                 desk::Attachment file);
  /// Both at once.
  std::variant<parser::Kept, parser::No> hand_in(std::string const& session, std::string const& ref,
                                                 std::string const& name, std::string const& bytes);

  /// After commit: new lines to the open sockets of their session.
  void tell(desk::News const& news);
  /// Tells every open widget that shows something else what is known of outages now. Returns when an
  /// announcement is over by itself; to be asked after each change and at that moment.
  std::optional<desk::Time> tell_issue();
  /// Somebody at the desk types: shown in each open widget of that session, kept nowhere. False where none is
  /// open.
  bool show_typing(std::string const& session, std::string const& name);
  bool present(std::string const& session) const;
  /// When the visitor came again after some minutes; told once.
  std::optional<desk::Time> back(std::string const& session) { return comings_.take(session); }
  std::size_t sockets() const { return seats_.size(); }

 private:
  struct Seat {
    std::shared_ptr<channels::ChatSocket> socket;
    std::string session;  ///< "" until hello
    std::string name, address, language;
    bool known = false;             ///< the session is in the store
    std::string user;               ///< who the intranet signed for; "" for nobody
    std::string confirmed;          ///< the address whose tickets are open to them
    parser::Hours hours{};          ///< as they were told last
    std::int64_t seen = 0;          ///< the newest line that they had before their eyes
    std::set<std::string> shown{};  ///< articles, while they type: those that may have solved it
    std::string issue{};            ///< what the widget shows of outages
    desk::Time typed{};             ///< when it was passed on last that they type
    bool over = false;              ///< they were told that the ticket is closed
  };

  /// What somebody may still say, look up or hand in.
  struct Allowance {
    channels::Bucket left;
    desk::Time used{};
  };
  /// Of everybody, by session, and by "peer " and IP address; filled again within that span.
  struct Allowances {
    std::chrono::seconds span;
    std::map<std::string, Allowance> of{};
  };

  void hear(Seat& seat, parser::Hello const& hello);
  void hear(Seat& seat, parser::Said const& said);
  void hear(Seat& seat, parser::Who const& who);
  void hear(Seat& seat, parser::Asked const& asked);
  void hear(Seat& seat, parser::End const& end);
  void hear(Seat& seat, parser::Transcript const& transcript);
  void hear(Seat& seat, parser::Confirm const& confirm);
  void hear(Seat& seat, parser::Tickets const& tickets);
  void hear(Seat& seat, parser::Past const& past);
  void hear(Seat& seat, parser::Solved const& solved);
  void hear(Seat& seat, parser::Typing const& typing);
  void hear(Seat& seat, parser::Ping const& ping);
  void hear(Seat& seat, parser::WantEarlier const& want);
  void hear(Seat& seat, parser::Seen const& seen);
  std::vector<parser::Line> newest_within(Seat const& seat, std::vector<desk::Message> const& lines) const;
  static bool is_proven(Seat const& seat);
  void mail_word(Seat& seat, std::string const& page);
  /// Which chat a hello opens; an Error when it may open none.
  Result<FrontDesk::Resumed> opened_by(parser::Hello const& hello, std::optional<Visitor> const& visitor);
  Seat const* fellow_of(std::string const& session, std::string const& user) const;
  parser::Welcome welcome(Seat& seat, std::int64_t next);
  parser::Hours hours();
  bool is_answered_at(desk::Time moment) const;
  bool lacks_answers(Seat const& seat, std::string const& text) const;
  bool may_say_more(Seat const& seat);
  bool may_ask(Seat const& seat);
  bool may_hand_in(Seat const& seat, std::size_t bytes);
  bool may_count(Seat const& seat, std::string const& article);
  bool may_take(Allowances& all, std::string const& key, double most, double amount = 1);
  void know(Seat const& seat);
  desk::Arrival arrival_of(Seat& seat, std::string const& ref, std::string const& text) const;
  void flush();
  static void tell_status(Seat& seat, desk::News const& news);
  static void say(Seat& seat, parser::FrameOut const& frame);
  static void refuse(Seat& seat, std::string why, std::string text, std::string ref = "");
  parser::Line line_of(Seat const& seat, desk::Message const& line) const;

  FrontDesk& desk_;
  std::string mailbox_;
  Suggest suggest_;
  Later later_;
  Announced announced_;
  Typing typing_;
  std::vector<desk::Announcement> told_;  ///< what tell_issue() told last
  ChatRules rules_;
  std::map<channels::ChatSocket const*, Seat> seats_;
  std::map<std::string, std::vector<channels::ChatSocket const*>> sessions_;
  std::set<std::string> fresh_;  ///< open sessions of which the store knows nothing yet
  std::vector<desk::Arrival> waiting_;
  std::vector<Span> spans_;
  std::vector<ChatQuestion> form_;
  Allowances minute_{std::chrono::minutes{1}}, hour_{std::chrono::hours{1}}, day_{std::chrono::hours{24}};
  Comings comings_;
  std::optional<int> usual_minutes_;
  desk::Time asked_usual_{};
};

}  // namespace spoc::daemon
