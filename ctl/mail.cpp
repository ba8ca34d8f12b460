// SPDX-License-Identifier: GPL-3.0-or-later
// spocctl mail parse, mail reply, html sanitise: what the parser understands, with no daemon and no database.
#include "desk/mail.hpp"
#include "ctl/print.hpp"
#include "ctl/verbs.hpp"
#include "parser/html.hpp"
#include "parser/mail.hpp"
#include "parser/quote.hpp"

#include <boost/json/array.hpp>
#include <iostream>
#include <utility>

namespace spoc::ctl {
namespace {

namespace json = boost::json;

json::array people(std::vector<desk::Address> const& all) {
  json::array out;
  for (desk::Address const& one : all)
    out.push_back(json::object{{"name", one.name}, {"address", one.address}});
  return out;
}

json::array attachments(std::vector<desk::Attachment> const& all) {
  json::array out;
  for (desk::Attachment const& one : all)
    out.push_back(json::object{{"filename", one.filename},
                               {"type", one.type},
                               {"size", one.content.size()},
                               {"sha256", one.sha256},
                               {"inline", one.inline_},
                               {"content_id", one.content_id}});
  return out;
}

json::value date(std::optional<desk::Time> const& date) {
  return date ? json::value(desk::iso(*date)) : json::value(nullptr);
}

json::value forwarded(std::optional<desk::Forwarded> const& one) {
  if (!one) return nullptr;
  return json::object{{"author", people({one->author}).front()},
                      {"to", people(one->to)},
                      {"cc", people(one->cc)},
                      {"subject", one->subject},
                      {"date", date(one->date)},
                      {"message_id", one->message_id},
                      {"text", one->text},
                      {"reply", one->reply},
                      {"language", one->language},
                      {"attachments", attachments(one->attachments)},
                      {"note", one->note},
                      {"enclosed", one->enclosed}};
}

json::array files_of(desk::Mail& mail) {
  json::array out = attachments(mail.attachments);
  mail.attachments.clear();
  return out;
}

json::string taken(std::string& text) {
  json::string out{text};
  text = {};
  return out;
}

json::object parsed(std::string const& file, desk::Mail mail) {
  json::array files = files_of(mail);
  json::object out{{"file", file},
                   {"from", people(mail.from)},
                   {"to", people(mail.to)},
                   {"cc", people(mail.cc)},
                   {"reply_to", people(mail.reply_to)},
                   {"subject", mail.subject},
                   {"date", date(mail.date)},
                   {"message_id", mail.message_id},
                   {"in_reply_to", texts(mail.in_reply_to)},
                   {"references", texts(mail.references)},
                   {"text", taken(mail.text)},
                   {"html", taken(mail.html)},
                   {"reply", mail.reply},
                   {"attachments", std::move(files)},
                   {"kind", desk::name(mail.kind)},
                   {"kind_reason", mail.kind_reason},
                   {"forwarded", forwarded(mail.forwarded)},
                   {"language", mail.language},
                   {"defects", texts(mail.defects)}};
  if (mail.bounce)
    out["bounce"] = json::object{{"recipient", mail.bounce->recipient},
                                 {"status", mail.bounce->status},
                                 {"action", mail.bounce->action},
                                 {"reason", mail.bounce->reason},
                                 {"original_message_id", mail.bounce->original_message_id}};
  else
    out["bounce"] = nullptr;
  return out;
}

void show(std::string const& file, desk::Mail const& mail) {
  std::cout << "file     " << file << "\n";
  for (desk::Address const& one : mail.from)
    std::cout << "from     " << one.name << " <" << one.address << ">\n";
  for (desk::Address const& one : mail.to)
    std::cout << "to       " << one.name << " <" << one.address << ">\n";
  std::cout << "subject  " << mail.subject << "\nkind     " << desk::name(mail.kind)
            << (mail.kind_reason.empty() ? "" : " (" + mail.kind_reason + ")") << "\n";
  if (mail.bounce)
    std::cout << "bounce   " << mail.bounce->recipient << " " << mail.bounce->status << " "
              << mail.bounce->action << " " << mail.bounce->reason << "\n";
  for (desk::Attachment const& one : mail.attachments)
    std::cout << "attached " << one.filename << " " << one.type << " " << one.content.size() << " bytes\n";
  if (mail.forwarded)
    std::cout << "forwards " << mail.forwarded->author.name << " <" << mail.forwarded->author.address << "> "
              << mail.forwarded->subject << "\n";
  for (std::string const& defect : mail.defects) std::cout << "defect   " << defect << "\n";
  std::cout << "\n" << mail.reply << "\n";
}

}  // namespace

int mail_parse(std::vector<std::string> const& files, bool as_json) {
  int worst = 0;
  for (std::string const& file : files) {
    auto raw = read_input(file);
    if (!raw) {
      std::cerr << "spocctl: " << raw.error().what << "\n";
      worst = 2;
      continue;
    }
    desk::Mail mail = parser::read_mail(*raw);
    raw->clear();  // a mail may be large: what is no longer needed goes before the next copy is made
    raw->shrink_to_fit();
    if (as_json)
      print(parsed(file, std::move(mail)));
    else
      show(file, mail);
  }
  return worst;
}

int mail_reply(std::string const& file, bool html) {
  auto const body = read_input(file);
  if (!body) {
    std::cerr << "spocctl: " << body.error().what << "\n";
    return 2;
  }
  bool const as_html = html || file.ends_with(".html") || file.ends_with(".htm");
  print({{"reply", as_html ? parser::reply_of_html(*body) : parser::reply_of_text(*body)}});
  return 0;
}

int html_sanitise(std::string const& file, bool as_json) {
  auto const html = read_input(file);
  if (!html) {
    std::cerr << "spocctl: " << html.error().what << "\n";
    return 2;
  }
  std::string const safe = parser::sanitise(*html);
  if (as_json)
    print({{"html", safe}});
  else
    std::cout << safe << "\n";
  return 0;
}

}  // namespace spoc::ctl
