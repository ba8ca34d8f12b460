// SPDX-License-Identifier: GPL-3.0-or-later
// Which mail no machine may answer, and which is only a thank-you.
#include "desk/screen.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace spoc::desk {
namespace {

constexpr std::array<std::string_view, 7> machine_senders{
    "mailer-daemon", "postmaster", "noreply", "no-reply", "donotreply", "do-not-reply", "bounce"};

std::string_view local_part(std::string_view address) { return address.substr(0, address.rfind('@')); }

// Words of a courtesy, lower case. A text made of these alone asks for nothing.
constexpr std::array<std::string_view, 64> courteous{
    "thanks",  "thank",   "you",   "thx",     "ty",       "cheers", "great", "perfect", "super",   "ok",
    "okay",    "it",      "works", "now",     "again",    "very",   "much",  "so",      "for",     "your",
    "help",    "the",     "quick", "answer",  "a",        "lot",    "many",  "that",    "worked",  "solved",
    "fixed",   "awesome", "best",  "regards", "kind",     "takk",   "tusen", "for",     "hjelpen", "svaret",
    "mange",   "hilsen",  "mvh",   "supert",  "flott",    "bra",    "det",   "virker",  "nå",      "fungerer",
    "perfekt", "all",     "good",  "noted",   "received", "got",    "this",  "raskt",   "svar",    "vennlig",
    "med",     "ha",      "en",    "fin",
};
constexpr std::array<std::string_view, 12> gratitude{"thank", "thx",  "cheers", "takk", "谢谢",    "謝謝",
                                                     "多谢",  "多謝", "感谢",   "感謝", "perfect", "great"};
// Chinese courtesies carry no blanks: what stays after taking these off must be empty.
constexpr std::array<std::string_view, 30> chinese{
    "非常感谢", "非常感謝", "好的", "谢谢",   "謝謝", "多谢", "多謝", "感谢",   "感謝",   "你们",
    "你們",     "您",       "你",   "的",     "帮助", "幫助", "协助", "協助",   "已经",   "已經",
    "解决",     "解決",     "收到", "可以了", "了",   "可以", "太好", "没问题", "沒問題", "辛苦"};

// What servers say of a sender that they don't want, lower case.
constexpr std::array<std::string_view, 34> sender_words{
    "sender address",  "sender rejected", "sender denied",
    "sender verif",    "sender is",       "sender not",
    "sender unknown",  "sender domain",   "sender blocked",
    "unknown sender",  "invalid sender",  "bad sender",
    "your address",    "from address",    "envelope from",
    "envelope sender", "mail from",       "return path",
    "return-path",     "reverse-path",    "not owned by user",
    "send as",         "sendasdenied",    "发件人",
    "發件人",          "寄件人",          "寄件者",
    "送信者",          "avsender",        "avsändar",
    "absender",        "expéditeur",      "remitente",
    "тправител"};

/// Takes every occurrence of the words off and says whether any letter or ideograph is left.
bool nothing_left(std::string text) {
  for (std::string_view word : chinese)
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at))
      text.erase(at, word.size());
  for (std::string_view mark : {"，", "。", "！", "～", "、", "!", ",", ".", " ", "\n", "~", "🙏", "👍", "😊"})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at))
      text.erase(at, mark.size());
  return text.empty();
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words(1);
  for (char c : text) {
    bool const part =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & '\x80') != 0;
    if (part)
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

}  // namespace

std::string no_automatic_answer(Mail const& mail, House const& house) {
  if (mail.kind != MailKind::personal)
    return mail.kind_reason.empty() ? std::string{name(mail.kind)} : mail.kind_reason;
  if (mail.return_path && mail.return_path->empty()) return "null return path";
  if (mail.from.empty()) return "no author";
  std::string const author = normal(mail.from.front().address);
  if (house.mailbox_at(author) != nullptr) return "from one of our own addresses";
  for (std::string_view machine : machine_senders)
    if (local_part(author) == machine) return "sent by " + std::string{machine};
  return "";
}

bool address_is_bad(std::string_view status) {
  if (status == "5.1.7" || status == "5.1.8") return false;
  return status.starts_with("5.1.") || status == "5.2.1";
}

bool blames_sender(std::string_view words, std::string_view own) {
  std::string const said = normal(words);
  if (!own.empty() && said.find(normal(own)) != std::string::npos) return true;
  return std::any_of(sender_words.begin(), sender_words.end(),
                     [&](std::string_view one) { return said.find(one) != std::string::npos; });
}

bool is_courtesy(std::string_view reply) {
  if (reply.size() > 160 || reply.find('?') != std::string_view::npos ||
      reply.find("？") != std::string_view::npos)
    return false;
  std::string const text = normal(reply);
  bool const grateful = std::any_of(gratitude.begin(), gratitude.end(), [&](std::string_view word) {
    return text.find(word) != std::string::npos;
  });
  if (!grateful) return false;
  if (nothing_left(text)) return true;
  std::vector<std::string> const words = words_of(text);
  auto const known = [](std::string const& word) {
    return std::find(courteous.begin(), courteous.end(), word) != courteous.end();
  };
  // A name or a signature word may follow: "Thanks, Ola". More than that says something.
  auto const strange =
      static_cast<std::size_t>(std::count_if(words.begin(), words.end(), std::not_fn(known)));
  return words.size() <= 12 && strange <= 2 &&
         (strange == 0 || strange < words.size() - 1 || words.size() == 2);
}

}  // namespace spoc::desk
