// SPDX-License-Identifier: GPL-3.0-or-later
// Common characters that differ between simplified and traditional Chinese, side by side.
#include "parser/han.hpp"

#include "parser/utf8.hpp"

#include <vector>

namespace spoc::parser {
namespace {

// Same place, same word. Characters that traditional texts use as well (后, 里, 只, 系, 台) are left out.
constexpr std::u32string_view simplified_only =
    U"这个们来国时说会为过对学没经还现让问关开见长间门东车话请谢电脑网络账号码户录无给发应该读写"
    U"类机种样间题认识记计设备换报错误试验证显连线终断级组织数据备盘软项单双选择确认证书页栏标签图"
    U"复习边际运输传达进远选递邮箱欢迎听从众体灵亲爱张陈刘杨黄吴赵孙马钱银钟难题简单万与业两严丧临"
    U"丽举义乌乐习乡买乱亚产亿仅仓优伟伤伦伪价众余侧侦侨债倾偿储兰兴养军农况冻净凉减凤凭击刚创删别剂"
    U"办务动励劲劳势匀区医华协卖卢卫却厂厅历压厌员响团园围圆圣场块坏坚坛坟坠垄处够头夹夺奋奖妇妈";
constexpr std::u32string_view traditional_only =
    U"這個們來國時說會為過對學沒經還現讓問關開見長間門東車話請謝電腦網絡賬號碼戶錄無給發應該讀寫類機種"
    U"樣題認識記計設備換報錯誤試驗證顯連線終斷級組織數據盤軟硬項單雙選擇確書頁欄標籤圖復習邊際運輸傳達"
    U"進遠遞郵歡聽從眾體靈親愛張陳劉楊黃吳趙孫馬錢銀鐘難簡萬與業兩嚴喪臨麗舉義烏樂鄉買亂亞產億僅倉優偉"
    U"傷倫偽價餘側偵僑債傾償儲蘭興養軍農況凍淨涼減鳳憑擊剛創刪別劑辦務動勵勁勞勢勻區醫華協賣盧衛卻廠廳歷"
    U"壓厭員響團園圍圓聖場塊壞堅壇墳墜壟處夠頭夾奪奮獎婦媽後裡麼嗎於帳腳檔臺灣";

enum class Form { none, simplified, traditional };

constexpr char32_t first_han = 0x3400, last_han = 0x9FFF;

// By code point from first_han on. A character of both lists tells nothing.
std::vector<Form> const& forms() {
  static std::vector<Form> const table = [] {
    std::vector<Form> out(last_han - first_han + 1, Form::none);
    for (char32_t c : simplified_only) out[c - first_han] = Form::simplified;
    for (char32_t c : traditional_only)
      out[c - first_han] =
          simplified_only.find(c) == std::u32string_view::npos ? Form::traditional : Form::none;
    return out;
  }();
  return table;
}

bool in(char32_t c, char32_t low, char32_t high) { return c >= low && c <= high; }

}  // namespace

Scripts count_scripts(std::string_view utf8) {
  Scripts out;
  std::vector<Form> const& form_of = forms();
  each_character(utf8, [&](char32_t c) {
    if (in(c, U'a', U'z') || in(c, U'A', U'Z') || in(c, 0xC0, 0x24F)) ++out.latin;
    if (c < 0x3041) return;
    if (in(c, 0x3041, 0x30FE)) ++out.kana;
    if (in(c, 0xAC00, 0xD7A3)) ++out.hangul;
    bool const common = in(c, first_han, last_han);
    if (common || in(c, 0x20000, 0x2FFFF)) ++out.han;
    if (!common) return;
    if (form_of[c - first_han] == Form::simplified) ++out.simplified;
    if (form_of[c - first_han] == Form::traditional) ++out.traditional;
  });
  return out;
}

}  // namespace spoc::parser
