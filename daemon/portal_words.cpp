// SPDX-License-Identifier: GPL-3.0-or-later
// The words of the help pages, and which of them a browser wants.
#include "daemon/portal_words.hpp"

#include "desk/blanks.hpp"
#include "desk/people.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace spoc::daemon {
namespace {

constexpr std::array<PortalWords, 4> all_words{
    {{"en",
      "English",
      "Help articles",
      "Skip to the content",
      "Language",
      "What do you need help with?",
      "Search",
      "Nothing found.",
      "1 article",
      "{1} articles",
      "Topics",
      "Topic: {1}",
      "Helped most people",
      "New and changed",
      "All articles",
      "There are no articles yet.",
      "Changed on {1}",
      "This article is not there in English yet.",
      "Did this help?",
      "What helped, or what is missing? (optional)",
      "Your words are kept for the service desk, without your name. Please write no passwords and "
      "nothing "
      "personal.",
      "Yes, it helped",
      "No, it did not",
      "Thank you for telling us.",
      "Thank you for telling us; your words are kept for the service desk.",
      "Still stuck? Write to us:",
      "Known issue",
      "There is no such page.",
      "This page has been open for too long. Go back, load it again and press the button once more.",
      "That was a lot of answers. Please try again in an hour.",
      "That did not work just now. Please try again later."},
     {"nb",
      "Norsk bokmål",
      "Hjelpeartikler",
      "Hopp til innholdet",
      "Språk",
      "Hva trenger du hjelp med?",
      "Søk",
      "Fant ingenting.",
      "1 artikkel",
      "{1} artikler",
      "Emner",
      "Emne: {1}",
      "Har hjulpet flest",
      "Nytt og endret",
      "Alle artikler",
      "Det er ingen artikler her ennå.",
      "Endret {1}",
      "Denne artikkelen finnes ikke på norsk ennå.",
      "Var dette til hjelp?",
      "Hva hjalp, eller hva mangler? (valgfritt)",
      "Ordene dine blir lagret for servicedesken, uten navnet ditt. Ikke skriv passord eller noe "
      "personlig.",
      "Ja, det hjalp",
      "Nei, det hjalp ikke",
      "Takk for tilbakemeldingen.",
      "Takk for tilbakemeldingen. Ordene dine er lagret for servicedesken.",
      "Står du fortsatt fast? Skriv til oss:",
      "Kjent feil",
      "Denne siden finnes ikke.",
      "Siden har stått åpen for lenge. Gå tilbake, last den på nytt og trykk på knappen en gang til.",
      "Det var mange svar. Prøv igjen om en time.",
      "Det gikk ikke akkurat nå. Prøv igjen senere."},
     {"zh-Hans",
      "简体中文",
      "帮助文章",
      "跳到正文",
      "语言",
      "您需要什么帮助？",
      "搜索",
      "没有找到相关文章。",
      "1 篇文章",
      "{1} 篇文章",
      "主题",
      "主题：{1}",
      "最有帮助的文章",
      "新增与更新",
      "全部文章",
      "目前还没有文章。",
      "更新于 {1}",
      "这篇文章还没有简体中文版。",
      "这篇文章对您有帮助吗？",
      "哪里有帮助，或者还缺什么？（可不填）",
      "您的意见会留给服务台，不含您的姓名。请不要填写密码或个人信息。",
      "有帮助",
      "没有帮助",
      "感谢您的反馈。",
      "感谢您的反馈，您的意见已留给服务台。",
      "问题还没解决？请写信给我们：",
      "已知问题",
      "没有这个页面。",
      "页面打开的时间太长了。请返回并刷新页面，然后再点一次按钮。",
      "反馈次数过多，请一小时后再试。",
      "暂时无法处理，请稍后再试。"},
     {"zh-Hant",
      "繁體中文",
      "說明文章",
      "跳到正文",
      "語言",
      "您需要什麼協助？",
      "搜尋",
      "找不到相關文章。",
      "1 篇文章",
      "{1} 篇文章",
      "主題",
      "主題：{1}",
      "最有幫助的文章",
      "新增與更新",
      "全部文章",
      "目前還沒有文章。",
      "更新於 {1}",
      "這篇文章還沒有繁體中文版。",
      "這篇文章對您有幫助嗎？",
      "哪裡有幫助，或者還缺什麼？（可不填）",
      "您的意見會留給服務台，不含您的姓名。請不要填寫密碼或個人資料。",
      "有幫助",
      "沒有幫助",
      "感謝您的回饋。",
      "感謝您的回饋，您的意見已留給服務台。",
      "問題還沒解決？請寫信給我們：",
      "已知問題",
      "沒有這個頁面。",
      "頁面開啟的時間太長了。請返回並重新整理，然後再按一次按鈕。",
      "回饋次數過多，請一小時後再試。",
      "暫時無法處理，請稍後再試。"}}};

/// "nb;q=0.8": the tag, and how much it is liked, in thousandths.
struct Liking {
  std::string_view tag;
  int weight = 1000;
};
Liking liking_in(std::string_view entry) {
  Liking out{desk::trimmed(entry.substr(0, entry.find(';')))};
  auto const q = entry.find("q=");
  if (q == std::string_view::npos) return out;
  std::string_view const number = entry.substr(q + 2);
  if (!number.starts_with('0')) return out;
  std::string digits{number.substr(std::min<std::size_t>(number.size(), 2), 3)};
  digits.resize(3, '0');
  out.weight = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), out.weight);
  return out;
}

/// spoken() makes English of all that it does not know.
bool is_ours(std::string_view tag) {
  return desk::spoken(tag) != "en" || desk::normal(tag).starts_with("en");
}

}  // namespace

std::span<PortalWords const> portal_words() { return all_words; }

PortalWords const& portal_words_in(std::string_view language) {
  auto const found = std::find_if(all_words.begin(), all_words.end(), [&](PortalWords const& one) {
    return one.language == desk::spoken(language);
  });
  return found == all_words.end() ? all_words.front() : *found;
}

std::string liked_language(std::string_view accept_language) {
  std::string best = "en";
  int most = 0;
  while (!accept_language.empty()) {
    auto const comma = std::min(accept_language.find(','), accept_language.size());
    Liking const one = liking_in(accept_language.substr(0, comma));
    accept_language.remove_prefix(std::min(comma + 1, accept_language.size()));
    if (one.weight <= most || one.tag.empty() || !is_ours(one.tag)) continue;
    most = one.weight;
    best = desk::spoken(one.tag);
  }
  return best;
}

}  // namespace spoc::daemon
