// SPDX-License-Identifier: GPL-3.0-or-later
// "Is it solved?" in the requester's language.
#include "daemon/solved_page.hpp"

#include "desk/phrase.hpp"
#include "parser/html.hpp"

#include <algorithm>
#include <array>

namespace spoc::daemon {
namespace {

struct Words {
  std::string_view language, question, yes, no, thanks_yes, thanks_no;
  std::string_view question_by, yes_by;  ///< question_by holds {1}
};
constexpr std::array<Words, 4> all_words{
    {{"en", "Is this solved?", "Yes, it is solved", "No, it is not", "Thank you. The ticket is closed.",
      "Thank you. The ticket is open again, and we go on with it.", "Did “{1}” solve it?",
      "Yes, it solved it"},
     {"nb", "Er denne saken løst?", "Ja, den er løst", "Nei, ikke ennå", "Takk. Saken er lukket.",
      "Takk. Saken er åpnet igjen, og vi fortsetter.", "Løste «{1}» saken?", "Ja, den løste saken"},
     {"zh-Hans", "问题解决了吗？", "是，已解决", "不是，还没有", "谢谢。工单已关闭。",
      "谢谢。工单已重新打开，我们会继续处理。", "“{1}”解决了您的问题吗？", "是，解决了"},
     {"zh-Hant", "問題解決了嗎？", "是，已解決", "不是，還沒有", "謝謝。案件已結案。",
      "謝謝。案件已重新開啟，我們會繼續處理。", "「{1}」解決了您的問題嗎？", "是，解決了"}}};

Words const& words_in(std::string const& language) {
  for (Words const& one : all_words)
    if (one.language == desk::spoken(language)) return one;
  return all_words.front();
}

channels::HttpResponse page(int status, Words const& words, std::string const& title,
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

channels::HttpResponse verdict(FrontDesk& desk, std::string const& token, bool yes, bool post) {
  auto const ticket = post ? desk.decide(token, yes ? desk::Verdict::solved : desk::Verdict::unsolved)
                           : desk.asked_about(token);
  if (!ticket) return refused(ticket.error());
  Words const& words = words_in(ticket->language);
  if (!post)
    return page(200, words, std::string{words.question}, about(*ticket) + button(yes ? words.yes : words.no));
  return page(200, words, std::string{words.question},
              about(*ticket) + "<p>" +
                  std::string{desk::finished(ticket->status) ? words.thanks_yes : words.thanks_no} +
                  "</p>\n");
}

channels::HttpResponse by_article(FrontDesk& desk, std::string const& token, std::string const& id,
                                  bool post) {
  auto const offered = post ? desk.solve_by(token, id) : desk.offered_to(token, id);
  if (!offered) return refused(offered.error());
  Words const& words = words_in(offered->ticket.language);
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
  return verdict(desk, token, word == "yes", post);
}

}  // namespace spoc::daemon
