// SPDX-License-Identifier: GPL-3.0-or-later
// The desk's own words in a chat.
#include "desk/desk_line.hpp"

#include <array>

namespace spoc::desk {
namespace {

struct Sentences {
  std::string_view language, resolved, closed, working, status;  ///< status: what goes before the word
  std::array<std::string_view, 5> statuses;                      ///< in the order of Status
  std::string_view stop;
};
constexpr std::array<Sentences, 4> all_sentences{
    {{"en",
      "We believe that this is solved now. Write here if it is not.",
      "This is closed now. Write here if there is more.",
      "We are still working on it and have not forgotten you.",
      "The status of your case is now: ",
      {"new", "open", "waiting for you", "resolved", "closed"},
      "."},
     {"nb",
      "Vi tror at dette er løst nå. Skriv her hvis det ikke er det.",
      "Denne saken er lukket nå. Skriv her hvis det er mer.",
      "Vi arbeider fortsatt med saken og har ikke glemt deg.",
      "Saken din har nå status: ",
      {"ny", "åpen", "venter på deg", "løst", "lukket"},
      "."},
     {"zh-Hans",
      "我们认为问题已经解决。如果还没有，请在这里告诉我们。",
      "工单现已关闭。如果还有问题，请在这里告诉我们。",
      "我们仍在处理，没有忘记您。",
      "您的工单现在的状态：",
      {"新建", "处理中", "等待您回复", "已解决", "已关闭"},
      "。"},
     {"zh-Hant",
      "我們認為問題已經解決。如果還沒有，請在這裡告訴我們。",
      "案件現已結案。如果還有問題，請在這裡告訴我們。",
      "我們仍在處理，沒有忘記您。",
      "您的案件現在的狀態：",
      {"新增", "處理中", "等待您回覆", "已解決", "已結案"},
      "。"}}};

Sentences const& sentences_in(std::string_view language) {
  std::string const tongue = spoken(language);
  for (Sentences const& one : all_sentences)
    if (one.language == tongue) return one;
  return all_sentences.front();
}

}  // namespace

Message desk_line(std::string const& text, Known const& known) {
  Message out;
  out.kind = MessageKind::outbound;
  out.channel = Channel::chat;
  out.author.name = known.house->name;
  out.text = out.reply = text;
  out.rule = std::string{desk_rule};
  out.at = known.now;
  return out;
}

bool is_desk_line(Message const& message) {
  return message.kind == MessageKind::outbound && message.agent.empty() && message.rule == desk_rule;
}

void say_in_chat(Plan& plan, Letter letter, std::string const& words, Known const& known) {
  plan.messages.push_back(desk_line(words, known));
  bool const too_many = known.automatic_sent >= known.house->automatic_budget;
  if (letter.to.address.empty() || known.dead_address || too_many) return;
  letter.about = about_last;
  letter.state = LetterState::unread;
  letter.due = known.now + known.house->unread_after;
  plan.letters.push_back(std::move(letter));
}

std::string over_in_chat(Status status, std::string_view language) {
  Sentences const& one = sentences_in(language);
  return std::string{status == Status::closed ? one.closed : one.resolved};
}

std::string status_in_chat(Status status, std::string_view language) {
  Sentences const& one = sentences_in(language);
  return std::string{one.status} + std::string{one.statuses.at(static_cast<std::size_t>(status))} +
         std::string{one.stop};
}

std::string working_in_chat(std::string_view language) { return std::string{sentences_in(language).working}; }

}  // namespace spoc::desk
