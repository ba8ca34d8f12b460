// SPDX-License-Identifier: GPL-3.0-or-later
// Raw mails to arrivals.
#include "daemon/corridor.hpp"

#include "channels/imap.hpp"
#include "daemon/finder.hpp"
#include "daemon/recaller.hpp"
#include "parser/digest.hpp"
#include "parser/enclosed.hpp"
#include "parser/mail.hpp"

#include <algorithm>
#include <exception>

namespace spoc::daemon {

std::size_t largest_mail(desk::Mailbox const& mailbox) {
  return mailbox.max_size == 0 ? channels::largest_mail
                               : std::min<std::size_t>(mailbox.max_size, channels::largest_mail);
}

Corridor::Corridor(std::filesystem::path index, BlackBox& box, std::set<std::string> suspects, bool quiet,
                   InspectionConfig inspection, Recaller* recaller)
    : index_{std::move(index)},
      box_{box},
      suspects_{std::move(suspects)},
      quiet_{quiet},
      inspector_{std::move(inspection)},
      recaller_{recaller} {}

desk::Arrival Corridor::take(RawMail&& raw) {
  desk::Arrival arrival;
  arrival.place = std::move(raw.place);
  arrival.raw = std::move(raw.bytes);
  arrival.received = raw.received;
  arrival.hash = parser::sha256(arrival.raw);
  arrival.quiet = quiet_;
  arrival.whole_size = raw.whole_size;
  if (arrival.raw.empty()) {
    // Nothing to tell one such mail from the next but its place.
    desk::Place const& place = arrival.place;
    arrival.hash = parser::sha256(place.mailbox + "|" + std::to_string(place.validity) + "|" +
                                  std::to_string(place.uid) + "|" + place.name);
    arrival.what = desk::Unreadable{raw.fault.empty() ? "it has no bytes" : raw.fault};
    return arrival;
  }
  if (suspects_.contains(arrival.hash)) {
    arrival.what = desk::Unreadable{"the process died eight times while reading or filing it"};
    return arrival;
  }
  get_ready();
  box_.enter(arrival.hash);
  try {
    desk::Mail mail = parser::read_mail(arrival.raw);
    arrival.enclosed = parser::enclosed_in(arrival.raw, mail.attachments);
    arrival.what = std::move(mail);
  } catch (std::exception const& fault) {
    arrival.what = desk::Unreadable{std::string{"the parser gave up: "} + fault.what()};
  }
  inspector_.inspect(arrival);
  if (!quiet_) suggest(arrival);
  if (recaller_ != nullptr) recaller_->recall(arrival);
  box_.leave();
  return arrival;
}

/// Opening takes longer than reading a mail, and no mail is to blame for a process that dies meanwhile.
void Corridor::get_ready() {
  if (!quiet_ && !index_.empty() && !reader_) {
    auto opened = search::Reader::open(index_);
    // Where it is not there yet, the librarian makes it; a ticket without suggestions is still a ticket.
    if (opened) reader_.emplace(std::move(*opened));
  }
  if (recaller_ != nullptr) recaller_->open();
}

void Corridor::suggest(desk::Arrival& arrival) {
  desk::Mail const* mail = arrival.mail();
  if (!reader_ || mail == nullptr || mail->kind != desk::MailKind::personal) return;
  std::string const& words = mail->reply.empty() ? mail->text : mail->reply;
  if (auto const hits = reader_->suggest(mail->subject, words, {mail->language, true, looked_through}))
    arrival.suggestions = suggested(*hits);
  if (!mail->in_reply_to.empty() || !similar_.take(std::chrono::steady_clock::now())) return;
  constexpr std::size_t most_similar = 12;  // of which those that are not finished fall away
  if (auto const similar = reader_->similar_tickets(mail->subject, words, most_similar))
    for (std::int64_t const number : *similar) arrival.similar.push_back(desk::TicketId{number});
}

}  // namespace spoc::daemon
