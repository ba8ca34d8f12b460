// SPDX-License-Identifier: GPL-3.0-or-later
// Words that say nothing about what a question is about, by language; and which language a text is in, judged
// by them.
#include "search/terms.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

namespace spoc::search {
namespace {

using Set = std::unordered_set<std::string_view>;

/// Blank-separated words to a set.
Set words_of(std::string_view list) {
  Set out;
  for (std::size_t from = 0; from < list.size();) {
    auto const to = std::min(list.find(' ', from), list.size());
    if (to > from) out.insert(list.substr(from, to - from));
    from = to + 1;
  }
  return out;
}

// Function words, question words, and the courtesies of mails.
constexpr std::string_view english =
    "a about above after again against all also am an and any anybody anyone anything are as at be because "
    "been before "
    "being below between both but by can can't cannot could couldn't did didn't do does doesn't doing don't "
    "down during "
    "each else even ever every few for from further get gets getting give given go going got had hadn't has "
    "hasn't have "
    "haven't having he he's hello help her here here's hers herself hi him himself his how how's however i "
    "i'd i'll i'm "
    "i've if in into is isn't it it's its itself just kind know let let's like may maybe me might mine more "
    "most much "
    "must my myself need needs no nor not now of off on once one only or other ought our ours ourselves out "
    "over own "
    "please possible really regards regarding same shall she she's should shouldn't so some somebody someone "
    "something "
    "still such tell than thank thanks that that's the their theirs them themselves then there there's these "
    "they "
    "they're they've this those through to too under until up us use very want wants was wasn't way we we'd "
    "we'll we're "
    "we've were weren't what what's when when's where where's which while who who's whom whose why why's "
    "will with won't "
    "would wouldn't yes yet you you'd you'll you're you've your yours yourself yourselves dear sincerely "
    "cheers kindly "
    "best hey anyway etc";
constexpr std::string_view norwegian =
    "alle alt andre at av bare begge ble blei bli blir blitt både både båe da de deg dei deim deira deires "
    "dem den denne "
    "der dere deres det dette di din disse ditt du dykk dykkar då eg ein eit eitt eller elles en enn er et "
    "ett etter for "
    "fordi fra fram før får fått få gang gjennom gjerne gjør gjøre gjort går gå gått ha hadde han hans har "
    "hei heile hele "
    "helt hennar henne hennes her hilsen hjelp hjelpe hjå ho hoe honom hoss hossen hun hva hvem hver hvilke "
    "hvilken "
    "hvilket hvis hvor hvordan hvorfor hvorledes i ikke ikkje ingen ingi inkje inn inni ja jeg jo kan "
    "kanskje kva kvar "
    "kvarhelst kven kvi kvifor kom korleis korso kunne ligger mange me med medan meg meget mellom men mens "
    "mer mest mi "
    "min mine mitt mot mvh my mye mykje må måtte nede nei no noe noen noka noko nokon nokor nokre nå når og "
    "også om "
    "opp oss over på samme seg selv si sia sidan siden sin sine sist sitt sjøl skal skulle slik slike so som "
    "somme somt "
    "så sånn takk tid til trenger um under upp ut uten var vart varte ved vel vennlig vennleg venleg vi vil "
    "ville vore "
    "vors vort vår være vært vere blant dermed derfor heter heiter finnes fins mulig ønsker vennligst";
// Question words and particles; pairs as they are cut, single characters where they stand alone.
constexpr std::string_view chinese =
    "什么 么是 是什 怎么 么样 怎样 如何 何时 何处 何地 何种 为何 请问 请教 哪里 哪些 哪个 哪一 哪几 哪种 "
    "哪年 哪位 一个 一种 "
    "为什 多少 几个 是谁 谁是 谁的 是否 有没 没有 可以 能够 不能 能不 应该 需要 你好 您好 谢谢 麻烦 大家 "
    "各位 我们 你们 他们 "
    "它们 我的 你的 的是 是的 了吗 的吗 吗 呢 吧 啊 的 了 是 在 和 与 及 或 也 都 就 而 被 把 对 于 从 到 由 "
    "为 以 之 其 "
    "这 那 哪 谁 何 我 你 您 他 她 它 们 请 么 个 有 不 会 能 要 想 很 这个 那个 这些 那些 什 怎 什麼 是哪 "
    "在哪 的哪 "
    "是如 么时 时候 是在 一下 因为 所以 但是 如果 还是 或者 以及 关于 由于 对于 是为 有哪 有什 么会 么办 "
    "怎么 叫什 叫做";

// In every second mail, whatever it is about.
constexpr std::string_view everyday_english =
    "already again always anymore came come comes coming constantly day days everything happen happened "
    "happening happens issue issues keep keeping keeps kept look looking looks made make makes making "
    "morning "
    "need never nothing now often problem problems said say saying says see seem seems seen show showing "
    "shown "
    "shows since sometimes start started starting starts still stop stopped stops suddenly tell tells thing "
    "things today tomorrow tried tries trouble try trying want wants week while work worked working works "
    "wrong yesterday";
constexpr std::string_view everyday_norwegian =
    "aldri allerede alltid bruke bruker dag dager dukker feil fortsatt fungere fungerer ganger hende hender "
    "igjen kommer lage lager morgen ofte plutselig problem problemer prøve prøvd prøver se ser si sier "
    "skjedd "
    "skjer stadig starte starter stopper tiden ting uke virke virker viser vise vises";
constexpr std::string_view everyday_chinese =
    "一直 一次 上班 不上 不了 不到 不能 今天 使用 再次 出现 办法 发生 发现 已经 常常 开始 总是 打开 无法 "
    "昨天 "
    "时候 明天 显示 每个 每次 现在 突然 经常 老是 自动 还是 这样 问题 需要";

Set const& everyday_of(std::string_view language) {
  static auto const en = words_of(everyday_english), nb = words_of(everyday_norwegian),
                    zh = words_of(everyday_chinese), none = Set{};
  if (language == "en") return en;
  if (language == "nb" || language == "da") return nb;
  return language == "zh" ? zh : none;
}

Set const& list_of(std::string_view language) {
  static auto const en = words_of(english), nb = words_of(norwegian), zh = words_of(chinese), none = Set{};
  if (language == "en") return en;
  if (language == "nb" || language == "da") return nb;
  if (language == "zh") return zh;
  return none;
}

}  // namespace

bool is_stop_word(std::string_view word, std::string_view language) {
  return list_of(language).contains(word);
}

bool is_everyday_word(std::string_view word, std::string_view language) {
  return everyday_of(language).contains(word);
}

bool is_stop_key(std::uint32_t key) {
  static auto const keys = [] {
    std::unordered_set<std::uint32_t> out;
    for (std::string_view const language : {"en", "nb", "zh"}) {
      Stemmer const stem(language);
      for (auto const& word : list_of(language)) out.insert(key_of(stem(std::string(word))));
    }
    return out;
  }();
  return keys.contains(key);
}

std::string guess_language(std::vector<Word> const& words, std::string_view fallback) {
  std::size_t wide = 0, en = 0, nb = 0;
  for (auto const& word : words) {
    wide += word.wide;
    en += !word.wide && is_stop_word(word.text, "en");
    nb += !word.wide && is_stop_word(word.text, "nb");
  }
  auto const asked = main_language(fallback);
  if (wide * 3 > words.size()) return asked == "ja" || asked == "ko" ? asked : "zh";
  if (en == nb) return asked.empty() || asked == "zh" ? "en" : asked;
  auto const guess = en > nb ? "en" : "nb";
  // Only English and Norwegian are known here: a mail in a third language is better left to who asks.
  return asked.empty() || asked == "en" || asked == "nb" || asked == "zh" ? guess : asked;
}

}  // namespace spoc::search
