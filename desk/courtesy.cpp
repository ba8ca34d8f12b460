// SPDX-License-Identifier: GPL-3.0-or-later
// Tells thanks from news that come with thanks, word by word.
#include "desk/courtesy.hpp"

#include "desk/lists.hpp"
#include "desk/lower.hpp"
#include "desk/sign_off.hpp"
#include "desk/verdict.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace spoc::desk {
namespace {

template <std::size_t Count>
using Listed = std::array<std::string_view, Count>;

// ---- words, lower case ---------------------------------------------------------------------------

constexpr Listed<16> gratitude{"thank",   "thanks",  "thx",   "ty",    "cheers", "great",
                               "perfect", "awesome", "super", "takk",  "supert", "perfekt",
                               "tusen",   "flott",   "topp",  "takker"};
// A name may stand behind these.
constexpr Listed<24> before_names{"hi",    "hello",   "hey",    "dear",   "hei",   "hallo",
                                  "kjære", "regards", "hilsen", "mvh",    "vh",    "wishes",
                                  "best",  "much",    "you",    "again",  "igjen", "help",
                                  "svar",  "hjelpen", "hjelpa", "svaret", "alle",  "team"};
constexpr Listed<62> courteous{
    "it",         "it's",      "that's",    "works",     "working",     "now",      "very",   "so",
    "for",        "your",      "the",       "quick",     "a",           "lot",      "many",   "that",
    "worked",     "solved",    "fixed",     "kind",      "warm",        "all",      "good",   "fine",
    "noted",      "received",  "got",       "this",      "ok",          "okay",     "and",    "everyone",
    "everything", "excellent", "brilliant", "wonderful", "appreciated", "nice",     "mange",  "og",
    "bra",        "det",       "den",       "virker",    "nå",          "fungerer", "verkar", "fungerar",
    "fint",       "raskt",     "rask",      "raske",     "vennlig",     "vennleg",  "med",    "løst",
    "fikset",     "ordnet",    "mottatt",   "beste",     "så",          "mye"};
// "Help, thanks" and "svar takk" ask for it; "thanks for the help" does not.
constexpr Listed<7> asked_unless_for{"help", "svar", "answer", "reply", "support", "assistance", "hjelp"};
// "Got this again" is no courtesy.
constexpr Listed<2> once_more{"again", "igjen"};
constexpr Listed<12> before_again{"thanks", "you",  "takk",     "works",    "working", "much",
                                  "virker", "fint", "fungerer", "fungerar", "verkar",  "fine"};
// What stands together says something else than its words, or more than any of them may say alone.
constexpr Listed<6> waved{"no problem",       "no problems", "no problem at all",
                          "no more problems", "no worries",  "no need to reply"};
constexpr Listed<28> sayings{"not a problem",
                             "not a problem at all",
                             "have a nice day",
                             "have a good day",
                             "have a great day",
                             "have a nice weekend",
                             "have a good weekend",
                             "it is fixed",
                             "it is solved",
                             "it is working",
                             "i appreciate it",
                             "ikke noe problem",
                             "ikke noe problem i det hele tatt",
                             "ikkje noko problem",
                             "ikke et problem",
                             "ingen problem",
                             "ingen problemer",
                             "intet problem",
                             "det er løst",
                             "det er fikset",
                             "det er i orden",
                             "alt er bra",
                             "alt er i orden",
                             "ha en fin dag",
                             "ha ein fin dag",
                             "ha det bra",
                             "god helg",
                             "det fungerar no"};
// They deny, contrast, complain or ask, even where a capital makes them look like a name.
constexpr Listed<84> contrary{
    "not",     "no",      "nor",       "never",     "none",   "nothing",   "cannot",     "still",
    "but",     "however", "though",    "although",  "yet",    "sadly",     "except",     "unless",
    "only",    "instead", "broken",    "broke",     "breaks", "wrong",     "stuck",      "slow",
    "down",    "dead",    "lost",      "missing",   "worse",  "urgent",    "please",     "need",
    "wait",    "when",    "why",       "how",       "what",   "where",     "who",        "could",
    "can",     "would",   "will",      "unable",    "asap",   "unsolved",  "unresolved", "hangs",
    "frozen",  "freezes", "ikke",      "ikkje",     "men",    "fortsatt",  "fremdeles",  "framleis",
    "enda",    "ennå",    "dessverre", "aldri",     "ingen",  "ingenting", "nei",        "bare",
    "haster",  "vent",    "trenger",   "treng",     "kan",    "vil",       "hvorfor",    "hvordan",
    "når",     "hva",     "hvor",      "hvem",      "nede",   "tregt",     "treg",       "ødelagt",
    "mangler", "henger",  "uløst",     "imidlertid"};
constexpr Listed<11> contrary_stems{"fail",  "crash", "error", "problem", "issue", "unfortunate",
                                    "krasj", "kræsj", "feil",  "fejl",    "virus"};

// ---- Chinese -------------------------------------------------------------------------------------

constexpr Listed<14> chinese_gratitude{"再次感谢", "再次感謝", "非常感谢", "非常感謝", "谢谢",
                                       "謝謝",     "多谢",     "多謝",     "感谢",     "感謝",
                                       "谢了",     "謝了",     "辛苦",     "太好"};
// The longer ones first: what begins like a denial may be none.
constexpr Listed<54> chinese{
    "没有问题",   "沒有問題",     "没问题",       "沒問題",       "不客气",      "不客氣",     "不用谢",
    "不用謝",     "不错",         "不錯",         "你们",         "你們",        "您好",       "你好",
    "大家",       "各位",         "您",           "你",           "的",          "解决了",     "解決了",
    "已解决",     "已解決",       "已经解决",     "已經解決",     "已经",        "已經",       "收到",
    "好的",       "可以",         "正常",         "恢复正常",     "恢復正常",    "很好",       "好",
    "对",         "對",           "都",           "修好了",       "现在",        "現在",       "了",
    "啦",         "太",           "非常",         "哦",           "问题解决了",  "問題解決了", "问题已解决",
    "問題已解決", "问题已经解决", "問題已經解決", "问题都解决了", "問題都解決了"};
// "帮忙，谢谢" asks for it; "谢谢您的帮忙" does not.
constexpr Listed<9> chinese_help{"帮助", "幫助", "帮忙", "幫忙", "协助", "協助", "支持", "回复", "回覆"};
constexpr Listed<8> chinese_waved{"没有问题", "沒有問題", "没问题", "沒問題",
                                  "不客气",   "不客氣",   "不用谢", "不用謝"};
constexpr std::string_view contrary_characters =
    "不没沒还還又仍但却卻未无無坏壞错錯请請再别別吗嗎呢什怎何急等失败敗报報断斷丢丟掉停闪閃崩溃潰乱亂码碼卡慢"
    "死机機屏"
    "网網电電打印连連登录錄开開关關用要看来來能会會行有是在这這那为為快嘛么麼";
// The surnames of most people, and what stands before or behind one in an office.
constexpr std::string_view surnames =
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許"
    "傅沈"
    "曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦"
    "江史"
    "顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔小老阿";

// ---- reading -------------------------------------------------------------------------------------

/// One character of UTF-8 and its code point.
struct Glyph {
  std::string_view bytes;
  char32_t code = 0;
};

std::vector<Glyph> signs_of(std::string_view text) {
  std::vector<Glyph> out;
  for (std::size_t at = 0; at < text.size();) {
    unsigned const lead = static_cast<unsigned char>(text[at]);
    std::size_t const length = std::min<std::size_t>(lead < 0x80   ? 1
                                                     : lead < 0xE0 ? 2
                                                     : lead < 0xF0 ? 3
                                                                   : 4,
                                                     text.size() - at);
    char32_t code = lead < 0x80 ? lead : lead < 0xE0 ? lead & 0x1FU : lead < 0xF0 ? lead & 0x0FU : lead & 7U;
    for (std::size_t i = 1; i < length; ++i)
      code = code << 6U | (static_cast<unsigned char>(text[at + i]) & 0x3FU);
    out.push_back({text.substr(at, length), code});
    at += length;
  }
  return out;
}

bool is_han(char32_t code) {
  return (code >= 0x3400 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
         (code >= 0x20000 && code <= 0x3FFFF);
}

bool is_capital(char32_t code) {
  return (code >= 'A' && code <= 'Z') || (code >= 0xC0 && code <= 0xDE && code != 0xD7);
}

bool is_letter(char32_t code) {
  return is_capital(code) || (code >= 'a' && code <= 'z') || (code >= '0' && code <= '9') ||
         (code >= 0xDF && code <= 0x24F && code != 0xF7) || (code >= 0x370 && code < 0x2000);
}

/// A face or a hand that only agrees, and what colours it.
bool is_kind_picture(char32_t code) {
  constexpr std::array<char32_t, 17> kind{0x1F64F, 0x1F44D, 0x1F60A, 0x1F642, 0x1F600, 0x1F603,
                                          0x1F604, 0x1F601, 0x1F44C, 0x1F389, 0x1F44F, 0x1F609,
                                          0x1F91D, 0x2764,  0x263A,  0x2705,  0xFE0F};
  return std::find(kind.begin(), kind.end(), code) != kind.end() || (code >= 0x1F3FB && code <= 0x1F3FF);
}

bool is_picture(char32_t code) { return code >= 0x1F000 ? !is_han(code) : code >= 0x2190 && code < 0x2E80; }

enum class What { word, han, separator, stop };
struct Piece {
  What what = What::stop;
  std::string text;  ///< a word in lower case
  bool capital = false, shouted = false;
};

/// "it’s", "Anne-Marie": inside a word these are part of it.
bool joins(std::vector<Glyph> const& signs, std::size_t at) {
  char32_t const code = signs[at].code;
  return (code == '\'' || code == 0x2019 || code == '-') && at > 0 && at + 1 < signs.size() &&
         is_letter(signs[at - 1].code) && is_letter(signs[at + 1].code);
}

Piece word_at(std::vector<Glyph> const& signs, std::size_t& at) {
  Piece out{What::word, "", is_capital(signs[at].code), true};
  for (; at < signs.size() && (is_letter(signs[at].code) || joins(signs, at)); ++at) {
    out.shouted = out.shouted && (is_capital(signs[at].code) || !is_letter(signs[at].code));
    out.text += signs[at].code == 0x2019 ? std::string_view{"'"} : signs[at].bytes;
  }
  out.text = lower(out.text);
  return out;
}

/// Behind these a name may follow.
bool separates(char32_t code) {
  return code == ',' || code == '\n' || code == '/' || code == '-' || code == 0x2013 || code == 0x2014 ||
         code == 0xFF0C || code == 0x3001;
}

/// False where a picture says something.
bool cut(std::string_view text, std::vector<Piece>& out) {
  std::vector<Glyph> const signs = signs_of(text);
  for (std::size_t at = 0; at < signs.size();) {
    char32_t const code = signs[at].code;
    if (is_letter(code)) {
      out.push_back(word_at(signs, at));
    } else if (is_han(code)) {
      Piece run{What::han, "", false, false};
      for (; at < signs.size() && is_han(signs[at].code); ++at) run.text += signs[at].bytes;
      out.push_back(std::move(run));
    } else {
      if (is_picture(code) && !is_kind_picture(code)) return false;
      bool const blank = (code <= ' ' && code != '\n') || code == 0xA0 || code == 0x3000;
      if (!blank && !is_kind_picture(code))
        out.push_back({separates(code) ? What::separator : What::stop, "", false, false});
      ++at;
    }
  }
  return true;
}

// ---- judging -------------------------------------------------------------------------------------

bool is_contrary(std::string_view word) {
  return has(contrary, word) || word.ends_with("n't") ||
         std::any_of(contrary_stems.begin(), contrary_stems.end(),
                     [&](std::string_view stem) { return word.starts_with(stem); });
}

/// "Kari", "Anne-Marie", "K": no word in capitals, no number.
bool is_like_a_name(Piece const& word) {
  constexpr std::size_t longest = 24, initials = 2;
  bool const digits = word.text.find_first_of("0123456789") != std::string::npos;
  return word.capital && !digits && word.text.size() <= longest &&
         (!word.shouted || word.text.size() <= initials);
}

/// "小王", "王小明", "李老师".
bool is_chinese_name(std::string_view run) {
  std::vector<Glyph> const signs = signs_of(run);
  return signs.size() >= 2 && signs.size() <= 4 &&
         surnames.find(signs.front().bytes) != std::string_view::npos &&
         std::none_of(signs.begin(), signs.end(), [](Glyph const& one) {
           return contrary_characters.find(one.bytes) != std::string_view::npos;
         });
}

template <std::size_t Count>
std::string_view first_of(Listed<Count> const& all, std::string_view text) {
  std::string_view best;
  for (std::string_view const one : all)
    if (text.starts_with(one) && one.size() > best.size()) best = one;
  return best;
}

/// How many pieces from there on make one of the sayings, the longest there is; 0: none.
template <std::size_t Count>
std::size_t longest_of(Listed<Count> const& all, std::vector<Piece> const& pieces, std::size_t at) {
  std::size_t longest = 0;
  for (std::string_view const one : all) {
    std::string joined;
    std::size_t end = at;
    while (joined.size() < one.size() && end < pieces.size() && pieces[end].what == What::word)
      joined += (joined.empty() ? "" : " ") + pieces[end++].text;
    if (joined == one) longest = std::max(longest, end - at);
  }
  return longest;
}

/// Goes over the pieces and stops at the first that says something.
class CourtesyReader {
 public:
  explicit CourtesyReader(std::vector<Piece> pieces) : pieces_{std::move(pieces)} {}

  bool only_thanks() {
    while (at_ < pieces_.size())
      if (!step()) return false;
    return grateful_;
  }

 private:
  bool step() {
    Piece const& piece = pieces_[at_];
    if (piece.what == What::separator || piece.what == What::stop) {
      name_may_follow_ = piece.what == What::separator && grateful_;
      before_.clear();
      ++at_;
      return true;
    }
    return piece.what == What::han ? chinese_run(pieces_[at_++].text) : saying() || word(pieces_[at_++]);
  }

  /// Several words that belong together, the longest there is.
  bool saying() {
    std::size_t longest = longest_of(sayings, pieces_, at_);
    longest = std::max(longest, longest_of(waved, pieces_, at_));
    if (longest == 0) return false;
    grateful_ = true;
    at_ += longest;
    known("");
    return true;
  }

  bool word(Piece const& piece) {
    std::string const& text = piece.text;
    if (is_contrary(text)) return false;
    if (has(once_more, text) && !has(before_again, before_)) return false;
    if (text == "for") for_ = true;
    if (has(asked_unless_for, text) && !for_) return false;
    if (has(gratitude, text)) {
      grateful_ = true;
      known(text);
      name_may_follow_ = true;
      return true;
    }
    if (has(courteous, text) || has(before_names, text) || has(asked_unless_for, text)) {
      known(text);
      return true;
    }
    return name_may_follow_ && is_like_a_name(piece) && counts_as_name();
  }

  bool chinese_run(std::string_view run) {
    bool thanked = false;
    while (!run.empty()) {
      std::string_view const thanks = first_of(chinese_gratitude, run);
      std::string_view polite = first_of(chinese, run);
      thanked = thanked || !thanks.empty();
      if (polite.empty() && thanked) polite = first_of(chinese_help, run);
      bool const whole_name = name_may_follow_ && is_chinese_name(run) && polite.empty() && thanks.empty();
      if (whole_name) return counts_as_name();
      if (thanks.empty() && polite.empty()) return false;
      bool const no_matter = has(chinese_waved, polite);
      grateful_ = grateful_ || !thanks.empty() || no_matter;
      name_may_follow_ = !thanks.empty() || polite == "您好" || polite == "你好";
      run.remove_prefix(std::max(thanks.size(), polite.size()));
    }
    return true;
  }

  void known(std::string const& text) {
    before_ = text;
    name_may_follow_ = has(before_names, text);
  }

  bool counts_as_name() {
    constexpr int most = 3;
    return ++names_ <= most;
  }

  std::vector<Piece> pieces_;
  std::size_t at_ = 0;
  std::string before_;  ///< the known word just before, "" behind a mark
  bool grateful_ = false, name_may_follow_ = false, for_ = false;
  int names_ = 0;
};

/// Does a signature hold a word that denies, complains or asks? Then it may be none.
bool speaks_against(std::string_view words) {
  for (std::string_view const mark : {"?", "？", "不", "没", "沒", "还", "還"})
    if (words.find(mark) != std::string_view::npos) return true;
  std::vector<Piece> pieces;
  bool const plain = cut(words, pieces);
  return !plain || std::any_of(pieces.begin(), pieces.end(), [](Piece const& one) {
    return one.what == What::word && is_contrary(one.text);
  });
}

}  // namespace

std::string_view said_above_signature(std::string_view reply) {
  std::string_view const above = before_sign_off(reply);
  std::string_view const below = reply.substr(above.size());
  return speaks_against(below) ? reply : above;
}

bool is_courtesy(std::string_view all) {
  constexpr std::size_t longest_said = 160;
  if (all.size() > longest_courtesy) return false;
  std::string_view const reply = said_above_signature(all);
  for (std::string_view const mark : {"?", "？", ":(", ":-("})
    if (reply.find(mark) != std::string_view::npos) return false;
  if (reply.size() > longest_said || verdict_of(reply) == Verdict::unsolved) return false;
  std::vector<Piece> pieces;
  return cut(reply, pieces) && CourtesyReader{std::move(pieces)}.only_thanks();
}

bool waves_aside(std::string_view reply) {
  std::vector<Piece> pieces;
  if (!cut(reply, pieces) || pieces.empty()) return false;
  if (pieces.front().what == What::han) return !first_of(chinese_waved, pieces.front().text).empty();
  return longest_of(waved, pieces, 0) > 0;
}

}  // namespace spoc::desk
