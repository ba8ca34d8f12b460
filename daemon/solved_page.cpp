// SPDX-License-Identifier: GPL-3.0-or-later
// "Is it solved?" in the requester's language.
#include "daemon/solved_page.hpp"

#include "desk/phrase.hpp"
#include "parser/html.hpp"

#include <algorithm>
#include <array>

namespace spoc::daemon {
namespace {

struct SolvedWords {
  std::string_view language, question, yes, no, thanks_yes, thanks_no;
  std::string_view question_by, yes_by;     ///< question_by holds {1}
  std::string_view told, going_on, linked;  ///< linked holds {1}
};
constexpr std::array<SolvedWords, 4> solved_words{
    {{"en", "Is this solved?", "Yes, it is solved", "No, it is not", "Thank you. The ticket is closed.",
      "Thank you. The ticket is open again, and we go on with it.", "Did “{1}” solve it?",
      "Yes, it solved it", "Thank you. The ticket is still open; those who work on it have been told.",
      "Thank you. The ticket is open, and we go on with it.",
      "Thank you. This ticket was closed some time ago; we go on with it in a new one, #{1}."},
     {"nb", "Er denne saken løst?", "Ja, den er løst", "Nei, ikke ennå", "Takk. Saken er lukket.",
      "Takk. Saken er åpnet igjen, og vi fortsetter.", "Løste «{1}» saken?", "Ja, den løste saken",
      "Takk. Saken er fortsatt åpen; de som arbeider med den, har fått beskjed.",
      "Takk. Saken er åpen, og vi fortsetter.",
      "Takk. Denne saken ble lukket for en tid siden; vi fortsetter i en ny, #{1}."},
     {"zh-Hans", "问题解决了吗？", "是，已解决", "不是，还没有", "谢谢。工单已关闭。",
      "谢谢。工单已重新打开，我们会继续处理。", "“{1}”解决了您的问题吗？", "是，解决了",
      "谢谢。工单仍在处理中，我们已通知处理人员。", "谢谢。工单正在处理中，我们会继续处理。",
      "谢谢。该工单早已关闭，我们会在新的工单 #{1} 中继续处理。"},
     {"zh-Hant", "問題解決了嗎？", "是，已解決", "不是，還沒有", "謝謝。案件已結案。",
      "謝謝。案件已重新開啟，我們會繼續處理。", "「{1}」解決了您的問題嗎？", "是，解決了",
      "謝謝。案件仍在處理中，我們已通知處理人員。", "謝謝。案件正在處理中，我們會繼續處理。",
      "謝謝。此案件早已結案，我們會在新的案件 #{1} 中繼續處理。"}}};

SolvedWords const& words_in(std::string const& language) {
  for (SolvedWords const& one : solved_words)
    if (one.language == desk::spoken(language)) return one;
  return solved_words.front();
}

channels::HttpResponse page(int status, SolvedWords const& words, std::string const& title,
                            std::string const& body) {
  std::string html = "<!doctype html>\n<html lang=\"" + std::string{words.language} +
                     "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, "
                     "initial-scale=1\"><meta name=\"robots\" content=\"noindex\"><title>" +
                     title + "</title><link rel=\"stylesheet\" href=\"/index.css\"></head><body><main><h1>" +
                     title + "</h1>\n" + body + "</main></body></html>\n";
  return {status,
          "text/html; charset=utf-8",
          std::move(html),
          {{"Cache-Control", "no-store"},
           {"Referrer-Policy", "no-referrer"},
           {"Content-Security-Policy",
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
            "'none'"}}};
}

std::string button(std::string_view label) {
  return "<form method=\"post\"><button>" + std::string{label} + "</button></form>\n";
}

std::string about(desk::Ticket const& ticket) {
  return "<p>" + parser::escape_html(ticket.subject) + " (#" + std::to_string(desk::number(ticket.id)) +
         ")</p>\n";
}

channels::HttpResponse refused(Error const& error) {
  if (error.kind == Kind::denied) return {404, "text/plain; charset=utf-8", "This link does not hold.\n", {}};
  return {503, "text/plain; charset=utf-8", "Please try again later.\n", {{"Retry-After", "60"}}};
}

/// Says what was done, not what was asked for.
std::string thanks_for(FrontDesk::Decision const& decision, SolvedWords const& words) {
  switch (decision.what) {
    case desk::Decided::closed:
      return std::string{words.thanks_yes};
    case desk::Decided::told:
      return std::string{words.told};
    case desk::Decided::reopened:
      return std::string{words.thanks_no};
    case desk::Decided::going_on:
      return std::string{words.going_on};
    case desk::Decided::linked:
      return desk::filled(words.linked, {std::to_string(desk::number(decision.other))});
  }
  return "";
}

channels::HttpResponse asked(FrontDesk& desk, std::string const& token, bool yes) {
  auto const ticket = desk.asked_about(token);
  if (!ticket) return refused(ticket.error());
  SolvedWords const& words = words_in(ticket->language);
  return page(200, words, std::string{words.question}, about(*ticket) + button(yes ? words.yes : words.no));
}

channels::HttpResponse decided(FrontDesk& desk, std::string const& token, bool yes) {
  auto const decision = desk.decide(token, yes ? desk::Verdict::solved : desk::Verdict::unsolved);
  if (!decision) return refused(decision.error());
  SolvedWords const& words = words_in(decision->ticket.language);
  return page(200, words, std::string{words.question},
              about(decision->ticket) + "<p>" + thanks_for(*decision, words) + "</p>\n");
}

channels::HttpResponse by_article(FrontDesk& desk, std::string const& token, std::string const& id,
                                  bool post) {
  auto const offered = post ? desk.solve_by(token, id) : desk.offered_to(token, id);
  if (!offered) return refused(offered.error());
  SolvedWords const& words = words_in(offered->ticket.language);
  std::string const question = parser::escape_html(desk::filled(words.question_by, {offered->article.title}));
  std::string const said = post ? "<p>" + std::string{words.thanks_yes} + "</p>\n" : button(words.yes_by);
  return page(200, words, question, about(offered->ticket) + said);
}

}  // namespace

channels::HttpResponse solved_page(FrontDesk& desk, channels::HttpRequest const& request) {
  constexpr std::string_view root = "/solved/";
  std::string const rest = request.path.substr(root.size());
  auto const slash = std::min(rest.find('/'), rest.size());
  std::string const token = rest.substr(0, slash), word = rest.substr(std::min(slash + 1, rest.size()));
  constexpr std::string_view by = "by/";
  bool const names_article = word.starts_with(by) && word.size() > by.size();
  if (word != "yes" && word != "no" && !names_article)
    return {404, "text/plain; charset=utf-8", "There is nothing here.\n", {}};
  bool const post = request.method == "POST";
  if (!post && request.method != "GET" && request.method != "HEAD")
    return {405, "text/plain; charset=utf-8", "GET or POST.\n", {{"Allow", "GET, HEAD, POST"}}};
  if (names_article) return by_article(desk, token, word.substr(by.size()), post);
  return post ? decided(desk, token, word == "yes") : asked(desk, token, word == "yes");
}

}  // namespace spoc::daemon
