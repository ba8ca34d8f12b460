// SPDX-License-Identifier: GPL-3.0-or-later
// What a plan can change: one value for each kind of change, which apply() writes.
#pragma once

#include "desk/announcement.hpp"
#include "desk/article.hpp"
#include "desk/draft.hpp"
#include "desk/letter.hpp"
#include "desk/rota.hpp"
#include "desk/sla.hpp"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace spoc::desk {

struct SetStatus {
  Status status;
  bool operator==(SetStatus const&) const = default;
};
struct SetAssignee {
  std::string handle;
  bool operator==(SetAssignee const&) const = default;
};
/// The agents who work on it besides the assignee.
struct SetInvited {
  std::vector<std::string> agents;
  bool operator==(SetInvited const&) const = default;
};
struct SetTeam {
  std::string team;
  bool operator==(SetTeam const&) const = default;
};
struct SetKind {
  TicketKind kind;
  bool operator==(SetKind const&) const = default;
};
struct SetLevels {
  Level impact, urgency;
  bool operator==(SetLevels const&) const = default;
};
/// "" for none.
struct SetCategory {
  std::string path;
  bool operator==(SetCategory const&) const = default;
};
/// Which team and agent own a ticket that is with another line; both "" when it is back.
struct SetFirstLine {
  std::string team, agent;
  bool operator==(SetFirstLine const&) const = default;
};
/// Takes part from now on, and gets a copy of each answer.
struct AddCopy {
  Address address;
  bool operator==(AddCopy const&) const = default;
};
/// Gets no copies any more; and is a stranger to the ticket again, unless they take part otherwise.
struct DropCopy {
  Address address;
  bool takes_part = true;
  bool operator==(DropCopy const&) const = default;
};
/// Another person is the requester; the old one still takes part.
struct ReplaceRequester {
  Address address;
  ContactId contact{};     ///< set where they were named by their number; else found by the address
  std::string language{};  ///< of the ticket from now on, spoken(); "" for the person's own, if it is known
  bool operator==(ReplaceRequester const&) const = default;
};
/// All that the plan's ticket has moves there, and its tokens and numbers lead there for ever.
struct MergeInto {
  TicketId target{};
  std::vector<std::string> teams{};         ///< other teams that hear of the target from now on
  std::vector<std::string> invited{};       ///< agents who work on the target from now on
  std::string first_team{}, first_agent{};  ///< who own the target from now on; "": as it was
  bool operator==(MergeInto const&) const = default;
};
/// A message of the plan's ticket becomes the first of a new one.
struct SplitOff {
  Ticket fresh;
  MessageId message{};
};
struct SetRelated {
  TicketId ticket{};  ///< none: to no ticket
  bool operator==(SetRelated const&) const = default;
};
/// What commands can change and /undo gives back.
struct Snapshot {
  Status status{};
  std::string assignee, team, first_team, first_agent;
  Priority priority{};
  TicketKind kind{};
  std::pair<Level, Level> levels{};  ///< impact and urgency
  std::vector<std::string> tags;
  std::optional<Promise> promise{};
  std::string category{};
  std::vector<std::string> copies{};        ///< addresses, normal()
  std::vector<std::string> participants{};  ///< the same
  std::string requester{};                  ///< address
  ContactId contact{};                      ///< the requester's
  std::optional<TicketId> related{};
  bool passed_on = false;              ///< has it ever gone to another line?
  std::vector<std::string> invited{};  ///< handles
  std::string language{};              ///< in which the requester is written to; "" where nobody kept it
  bool operator==(Snapshot const&) const = default;
};
Snapshot snapshot(Ticket const& ticket);
/// What an agent's last command mail changed in this ticket.
struct Undo {
  std::string agent;
  Time at{};
  Snapshot before, after;
  std::vector<Time> reminders{};       ///< that it set
  std::vector<std::string> lasting{};  ///< its commands that nothing takes back: "/split"
  bool operator==(Undo const&) const = default;
};
/// It takes the place of the agent's older one.
struct KeepUndo {
  Undo undo;
  TicketId ticket{};  ///< where it is not the plan's
  bool operator==(KeepUndo const&) const = default;
};
/// It never went to another line after all.
struct ForgetPassedOn {
  bool operator==(ForgetPassedOn const&) const = default;
};
struct DropUndo {
  std::string agent;
  bool operator==(DropUndo const&) const = default;
};
struct SetPriority {
  Priority priority;
  bool operator==(SetPriority const&) const = default;
};
struct AddTag {
  std::string tag;
  bool operator==(AddTag const&) const = default;
};
struct RemoveTag {
  std::string tag;
  bool operator==(RemoveTag const&) const = default;
};
struct AddParticipant {
  Address address;
  bool operator==(AddParticipant const&) const = default;
};
struct SetContactLanguage {
  std::string language;
  bool operator==(SetContactLanguage const&) const = default;
};
/// The address does not take mail: letters to it are held back from now on.
struct MarkDead {
  std::string address, reason;
  bool operator==(MarkDead const&) const = default;
};
/// What a bounce says about one of our letters (found by its Message-ID).
struct LetterFailed {
  std::string message_id, reason;
  bool operator==(LetterFailed const&) const = default;
};
/// Stops letters to people outside that this agent wrote or caused and that still wait, also those of words
/// that a chat's visitor has not seen yet; a message that none of its letters carried away is withdrawn.
struct CancelLetters {
  std::string agent;
  bool operator==(CancelLetters const&) const = default;
};
/// Nobody waits any more for what this address was asked (/ask); "" for whomever the ticket asked.
struct EndQuestions {
  std::string address;
  bool operator==(EndQuestions const&) const = default;
};
/// The articles that /use N means from now on for this ticket.
struct Offered {
  std::vector<Suggestion> articles;
  bool operator==(Offered const&) const = default;
};
/// The visitor of a chat said who they are; proven: a signature or a mailed word stands for the address.
struct SetRequester {
  Address address;
  bool proven = false;
  bool operator==(SetRequester const&) const = default;
};

/// The visitor of a chat said how it went.
struct Rated {
  int score = 0;  ///< 1 to 5; 0: they didn't say
  bool solved = false;
  std::string words;
  bool unsolved = false;  ///< they said so; where neither is set they did not say
  bool operator==(Rated const&) const = default;
};
/// The requester calls the matter by another name now; letters follow.
struct SetSubject {
  std::string subject;
  bool operator==(SetSubject const&) const = default;
};
/// An agent said when it shall be solved; nothing takes that back.
struct SetPromise {
  std::optional<Promise> promise;
  bool operator==(SetPromise const&) const = default;
};
/// apply() gives it its id.
struct AddReminder {
  Reminder reminder;
  bool operator==(AddReminder const&) const = default;
};
/// It has been written, or is not wanted any more.
struct DropReminder {
  ReminderId id{};
  bool operator==(DropReminder const&) const = default;
};
/// Another team's address got the mail as well.
struct AddTeam {
  std::string team;
  bool operator==(AddTeam const&) const = default;
};
/// An agent is in, out or away.
struct SetPresence {
  std::string agent;
  Presence presence;
  bool operator==(SetPresence const&) const = default;
};
/// Who got a team's ticket in turn.
struct SetTurn {
  std::string team, agent;
  bool operator==(SetTurn const&) const = default;
};

/// It is shown, and answers what matches, from now on; apply() gives it its id, and the plan's ticket is its
/// first one.
struct Announce {
  Announcement announcement;
  bool operator==(Announce const&) const = default;
};
/// It is over: those whose tickets belong to it are told.
struct EndAnnouncement {
  AnnouncementId id{};
  bool operator==(EndAnnouncement const&) const = default;
};
/// The plan's ticket belongs to it: its requester is told when it is over.
struct BelongsTo {
  AnnouncementId announcement{};
  bool operator==(BelongsTo const&) const = default;
};
/// What became of an article that was offered.
enum class ArticleUse {
  sent,    ///< an agent answered with it
  solved,  ///< it solved a requester's matter, as they say
};
struct CountUse {
  std::string article;
  ArticleUse use{};
  bool operator==(CountUse const&) const = default;
};

/// A draft of an article waits for its reviewers; its id is known beforehand.
struct KeepDraft {
  Draft draft;
  bool operator==(KeepDraft const&) const = default;
};
struct SettleDraft {
  DraftId id{};
  DraftState state{};
  bool operator==(SettleDraft const&) const = default;
};

using Change =
    std::variant<SetStatus, SetAssignee, SetInvited, SetPriority, AddTag, RemoveTag, AddParticipant,
                 SetContactLanguage, MarkDead, LetterFailed, CancelLetters, Offered, SetRequester, SetSubject,
                 AddTeam, SetTeam, SetKind, SetLevels, SetFirstLine, AddCopy, ReplaceRequester, MergeInto,
                 SplitOff, SetRelated, KeepUndo, DropUndo, Rated, SetPromise, AddReminder, DropReminder,
                 SetPresence, SetTurn, SetCategory, Announce, EndAnnouncement, BelongsTo, CountUse, KeepDraft,
                 SettleDraft, EndQuestions, DropCopy, ForgetPassedOn>;

}  // namespace spoc::desk
