// SPDX-License-Identifier: GPL-3.0-or-later
// The door of /api/v1: who asks, may they, how often, for what, and have they asked it before?
#pragma once

#include "channels/bucket.hpp"
#include "channels/http.hpp"
#include "desk/ids.hpp"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace spoc::daemon {

struct ApiCall;
struct ApiCaller;
struct ApiRooms;
struct Infected;
struct Scanned;

/// Lives on the desk thread.
class ApiDoor {
 public:
  static constexpr std::string_view root = "/api/v1";

  explicit ApiDoor(ApiRooms rooms);
  ~ApiDoor();

  /// For each path below the root.
  channels::HttpResponse answer(channels::HttpRequest const& request);
  /// A visitor is typing: told on the event streams that are open.
  void note_typing(desk::TicketId ticket, std::string const& name);
  /// How many bytes the body of a request may have that hands in files, judged by its header; 0 for no more
  /// than any other.
  std::size_t most_of(channels::HttpRequest const& request);
  /// What is said to a body that is too large to be read; nothing for a path that is not ours.
  static std::optional<channels::HttpResponse> turned_away(channels::HttpRequest const& request);

 private:
  channels::HttpResponse routed(channels::HttpRequest const& request);
  channels::HttpResponse admitted(ApiCall& call);
  channels::HttpResponse carried_out(ApiCall& call);
  /// The answer that a request with the same Idempotency-Key got, or what is wrong with the key.
  std::optional<channels::HttpResponse> told_before(ApiCall const& call);
  /// Has the files of the call looked through, and carries it out then.
  channels::HttpResponse scanned_first(ApiCall call);
  /// Has the index asked and answers then; nothing where the call does not search.
  std::optional<channels::HttpResponse> searched(ApiCall& call);
  channels::HttpResponse after_scan(ApiCall& call, std::optional<Scanned> scanned);
  channels::HttpResponse refused(ApiCall const& call, std::vector<Infected> const& infected);
  /// The last resort: a fault of ours is logged, and never ends more than the request.
  static channels::HttpResponse guarded(std::string const& path,
                                        std::function<channels::HttpResponse()> const& work);
  /// The bearer of a token, or the operator at the socket; else what they are told.
  std::optional<channels::HttpResponse> recognise(channels::HttpRequest const& request, ApiCaller& caller);
  /// What is answered when they ask too often.
  std::optional<channels::HttpResponse> too_often(std::string const& who, double per_second, double burst);

  std::unique_ptr<ApiRooms> rooms_;
  std::map<std::string, channels::Bucket> buckets_;  ///< by token, and by address for tokens that don't hold
};

}  // namespace spoc::daemon
