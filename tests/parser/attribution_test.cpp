// SPDX-License-Identifier: GPL-3.0-or-later
// The line above history in many languages and clients; and sentences of people that look like one.
#include "parser/quote.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

// In a row % stands for a name with an address, # for the name alone.
std::string with_people(std::string_view row) {
  std::string out;
  for (char const c : row) {
    if (c == '%')
      out += "Kari Nordmann <kari@example.org>";
    else if (c == '#')
      out += "Kari Nordmann";
    else
      out += c;
  }
  return out;
}

struct AttributionRow {
  char const* name;
  char const* line;
};
auto const attribution_name = [](auto const& row) { return std::string{row.param.name}; };

class Attributed : public testing::TestWithParam<AttributionRow> {};
TEST_P(Attributed, UnquotedHistoryIsFolded) {
  EXPECT_EQ(reply_of_text("Own words.\n\n" + with_people(GetParam().line) + "\n\nHistory.\nMore of it.\n"),
            "Own words.");
}
TEST_P(Attributed, QuotedHistoryIsFolded) {
  EXPECT_EQ(reply_of_text("Own words.\n\n" + with_people(GetParam().line) + "\n> History.\n> More of it.\n"),
            "Own words.");
}
TEST_P(Attributed, AnswersBelowAreKept) {
  EXPECT_EQ(reply_of_text(with_people(GetParam().line) + "\n> History.\n> More of it.\n\nOwn words.\n"),
            "Own words.");
}
TEST_P(Attributed, HtmlWithoutMarksIsFolded) {
  std::string line;
  for (char const c : with_people(GetParam().line))
    line += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '\n' ? "<br>" : std::string{c};
  EXPECT_EQ(reply_of_html("<div>Own words.</div><div><br></div><div>" + line +
                          "</div><blockquote type=cite>History.</blockquote>"),
            "Own words.");
}

INSTANTIATE_TEST_SUITE_P(
    Gmail, Attributed,
    testing::Values(
        AttributionRow{"arabic", "في الاثنين، 9 نوفمبر 2026 في 2:23 م تمت كتابة ما يلي بواسطة %:"},
        AttributionRow{"bulgarian", "На пн, 9.11.2026 г. в 14:23 ч. % написа:"},
        AttributionRow{"catalan", "Missatge de % del dia dl., 9 de nov. 2026 a les 14:23:"},
        AttributionRow{"croatian", "pon, 9. stu 2026. u 14:23 % napisao je:"},
        AttributionRow{"czech", "po 9. 11. 2026 v 14:23 odesílatel % napsal:"},
        AttributionRow{"danish", "Den man. 9. nov. 2026 kl. 14.23 skrev %:"},
        AttributionRow{"dutch", "Op ma 9 nov 2026 om 14:23 schreef %:"},
        AttributionRow{"english", "On Mon, Nov 9, 2026 at 2:23 PM % wrote:"},
        AttributionRow{"english_british", "On Mon, 9 Nov 2026 at 14:23, % wrote:"},
        AttributionRow{"english_old", "2026/11/9 %"},
        AttributionRow{"estonian", "Kuupäev E, 9. november 2026 kell 14:23 kirjutas %:"},
        AttributionRow{"finnish",
                       "ma 9. marrask. 2026 klo 14.23 Kari Nordmann (kari@example.org) kirjoitti:"},
        AttributionRow{"french", "Le lun. 9 nov. 2026 à 14:23, % a écrit :"},
        AttributionRow{"german", "Am Mo., 9. Nov. 2026 um 14:23 Uhr schrieb %:"},
        AttributionRow{"greek", "Στις Δευ 9 Νοε 2026 στις 2:23 μ.μ., ο/η % έγραψε:"},
        AttributionRow{"hebrew",
                       "\u202bבתאריך יום ב׳, 9 בנוב׳ 2026 ב-14:23 מאת \u202aKari Nordmann\u202c\u200f "
                       "<\u202akari@example.org\u202c\u200f>:\u202c"},
        AttributionRow{"hungarian", "% ezt írta (időpont: 2026. nov. 9., H, 14:23):"},
        AttributionRow{"indonesian", "Pada Sen, 9 Nov 2026 pukul 14.23 % menulis:"},
        AttributionRow{"italian", "Il giorno lun 9 nov 2026 alle ore 14:23 % ha scritto:"},
        AttributionRow{"japanese", "2026年11月9日(月) 14:23 %:"},
        AttributionRow{"korean", "2026년 11월 9일 (월) 오후 2:23, %님이 작성:"},
        AttributionRow{
            "latvian",
            "Pirmd., 2026. g. 9. nov., plkst. 14:23 — lietotājs Kari Nordmann (<kari@example.org>) "
            "rakstīja:"},
        AttributionRow{"lithuanian", "2026-11-09, pr, 14:23 % rašė:"},
        AttributionRow{"norwegian", "man. 9. nov. 2026 kl. 14:23 skrev %:"},
        AttributionRow{"persian", "در تاریخ دوشنبه ۹ نوامبر ۲۰۲۶،\u200f ۱۴:۲۳ % نوشت:"},
        AttributionRow{"polish", "pon., 9 lis 2026 o 14:23 % napisał(a):"},
        AttributionRow{"portuguese",
                       "Kari Nordmann <kari@example.org> escreveu (segunda, 9/11/2026 à(s) 14:23):"},
        AttributionRow{"portuguese_brazil", "Em seg., 9 de nov. de 2026 às 14:23, % escreveu:"},
        AttributionRow{"romanian", "În lun., 9 nov. 2026 la 14:23, % a scris:"},
        AttributionRow{"russian", "пн, 9 нояб. 2026 г. в 14:23, %:"},
        AttributionRow{"serbian", "пон, 9. нов 2026. 14:23 % је написао/ла:"},
        AttributionRow{"slovak", "po 9. 11. 2026 o 14:23 % napísal(a):"},
        AttributionRow{"slovenian", "V V pon., 9. nov. 2026 ob 14:23 je oseba % napisala:"},
        AttributionRow{"spanish",
                       "El lun, 9 nov 2026 a las 14:23, Kari Nordmann (<kari@example.org>) escribió:"},
        AttributionRow{"swedish", "Den mån 9 nov. 2026 kl 14:23 skrev %:"},
        AttributionRow{"thai", "ในวันที่ จ. 9 พ.ย. 2026 เวลา 14:23 % เขียนว่า:"},
        AttributionRow{"turkish", "%, 9 Kas 2026 Pzt, 14:23 tarihinde şunu yazdı:"},
        AttributionRow{"ukrainian", "пн, 9 лист. 2026 р. о 14:23 % пише:"},
        AttributionRow{"vietnamese", "Vào Th 2, 9 thg 11, 2026 vào lúc 14:23 % đã viết:"},
        AttributionRow{"chinese", "% 于2026年11月9日周一 14:23写道："},
        AttributionRow{"chinese_taiwan", "% 於 2026年11月9日 週一 下午2:23寫道："},
        AttributionRow{"chinese_hong_kong", "% 於 2026年11月9日週一 下午2:23寫道："}),
    attribution_name);

INSTANTIATE_TEST_SUITE_P(
    Apple, Attributed,
    testing::Values(
        AttributionRow{"arabic", "في ٩ نوفمبر ٢٠٢٦، الساعة ٢:٢٣ م، كتب/كتبت %:"},
        AttributionRow{"catalan", "El 9 nov 2026, a les 14:23, % va escriure:"},
        AttributionRow{"chinese", "2026年11月9日 下午2:23，% 写道："},
        AttributionRow{"chinese_ios", "在 2026年11月9日，14:23，% 写道："},
        AttributionRow{"chinese_taiwan", "% 於 2026年11月9日 下午2:23 寫道："},
        AttributionRow{"chinese_hong_kong", "在 2026年11月9日，下午2:23，# <kari@example.org> 寫道："},
        AttributionRow{"croatian", "Dana 9. stu. 2026., u 14:23, % napisao je sljedeće:"},
        AttributionRow{"czech", "9. 11. 2026 v 14:23, %:"},
        AttributionRow{"danish", "Den 9. nov. 2026 kl. 14.23 skrev %:"},
        AttributionRow{"dutch", "Op 9 nov. 2026, om 14:23 heeft % het volgende geschreven:"},
        AttributionRow{"english_american", "On Nov 9, 2026, at 2:23 PM, % wrote:"},
        AttributionRow{"english_no_address", "On Nov 9, 2026, at 2:23 PM, # wrote:"},
        AttributionRow{"finnish", "% kirjoitti 9.11.2026 kello 14.23:"},
        AttributionRow{"french", "Le 9 nov. 2026 à 14:23, % a écrit :"},
        AttributionRow{"german", "Am 09.11.2026 um 14:23 schrieb %:"},
        AttributionRow{"greek", "Στις 9 Νοε 2026, στις 14:23, ο χρήστης % έγραψε:"},
        AttributionRow{"hebrew", "\u200fב-9 בנוב׳ 2026, בשעה 14:23, \u200f# \u200f<kari@example.org> כתב/ה:"},
        AttributionRow{"hungarian", "% írta (2026. november 9. dátummal, 14:23 időpontban):"},
        AttributionRow{"indonesian", "Pada 9 Nov 2026, pukul 14.23, % menulis:"},
        AttributionRow{"italian", "Il giorno 9 nov 2026, alle ore 14:23, % ha scritto:"},
        AttributionRow{"japanese", "2026/11/09 14:23、%のメール:"},
        AttributionRow{"korean", "2026. 11. 9. 오후 2:23, % 작성:"},
        AttributionRow{"norwegian", "9. nov. 2026 kl. 14:23 skrev %:"},
        AttributionRow{"polish", "Wiadomość napisana przez % w dniu 9 lis 2026, o godz. 14:23:"},
        AttributionRow{"portuguese", "No dia 09/11/2026, às 14:23, % escreveu:"},
        AttributionRow{"portuguese_brazil", "Em 9 de nov. de 2026, à(s) 14:23, % escreveu:"},
        AttributionRow{"romanian", "Pe 9 nov. 2026, la 14:23, % a scris:"},
        AttributionRow{"russian", "9 нояб. 2026 г., в 14:23, % написал(а):"},
        AttributionRow{"slovak", "% napísal/a 9. 11. 2026 o 14:23:"},
        AttributionRow{"spanish", "El 9 nov 2026, a las 14:23, % escribió:"},
        AttributionRow{"swedish", "9 nov. 2026 kl. 14:23 skrev %:"},
        AttributionRow{"thai", "ในวันที่ 9 พ.ย. 2569 เวลา 14:23 % เขียนว่า:"},
        AttributionRow{"turkish", "% şunları yazdı (9 Kas 2026 14:23):"},
        AttributionRow{"ukrainian", "9 лист. 2026 р. о 14:23 % написав(-ла):"},
        AttributionRow{"vietnamese", "Vào 9 thg 11, 2026, lúc 14:23, % đã viết:"}),
    attribution_name);

INSTANTIATE_TEST_SUITE_P(
    Thunderbird, Attributed,
    testing::Values(AttributionRow{"bulgarian", "На 9.11.2026 г. в 14:23, # написа:"},
                    AttributionRow{"catalan", "El 9/11/26 a les 14:23, # ha escrit:"},
                    AttributionRow{"chinese", "在 2026/11/9 14:23, # 写道:"},
                    AttributionRow{"chinese_taiwan", "# 於 2026/11/9 下午 02:23 寫道:"},
                    AttributionRow{"croatian", "Dana 09.11.2026. u 14:23 # je napisao:"},
                    AttributionRow{"czech", "Dne 09. 11. 26 v 14:23 # napsal(a):"},
                    AttributionRow{"danish", "Den 09.11.2026 kl. 14.23 skrev #:"},
                    AttributionRow{"dutch", "Op 9-11-2026 om 14:23 schreef #:"},
                    AttributionRow{"english", "On 11/9/2026 2:23 PM, # wrote:"},
                    AttributionRow{"english_old", "# wrote on 11/9/26 2:23 PM:"},
                    AttributionRow{"estonian", "# kirjutas 09.11.2026 14:23:"},
                    AttributionRow{"finnish", "# kirjoitti 9.11.2026 klo 14.23:"},
                    AttributionRow{"french", "Le 09/11/2026 à 14:23, # a écrit :"},
                    AttributionRow{"german", "Am 09.11.26 um 14:23 schrieb #:"},
                    AttributionRow{"german_old", "# schrieb am 09.11.2026 um 14:23:"},
                    AttributionRow{"greek", "Στις 9/11/2026 2:23 μ.μ., ο # έγραψε:"},
                    AttributionRow{"hebrew", "בתאריך 09/11/2026 14:23, # כתב:"},
                    AttributionRow{"hungarian", "2026. 11. 09. 14:23 keltezéssel, # írta:"},
                    AttributionRow{"indonesian", "Pada 09/11/2026 14.23, # menulis:"},
                    AttributionRow{"italian", "Il 09/11/2026 14:23, # ha scritto:"},
                    AttributionRow{"japanese", "On 2026/11/09 14:23, # wrote:"},
                    AttributionRow{"japanese_verb", "2026/11/09 14:23、#さんは書きました:"},
                    AttributionRow{"korean", "2026-11-09 오후 2:23에 # 이(가) 쓴 글:"},
                    AttributionRow{"norwegian", "Den 09.11.2026 14:23, skrev #:"},
                    AttributionRow{"norwegian_nynorsk", "Den 09. nov. 2026 14:23, skreiv #:"},
                    AttributionRow{"polish", "W dniu 9.11.2026 o 14:23, # pisze:"},
                    AttributionRow{"portuguese", "Às 14:23 de 09/11/2026, # escreveu:"},
                    AttributionRow{"portuguese_brazil", "Em 09/11/2026 14:23, # escreveu:"},
                    AttributionRow{"romanian", "Pe 09.11.2026 14:23, # a scris:"},
                    AttributionRow{"russian", "09.11.2026 14:23, # пишет:"},
                    AttributionRow{"slovak", "Dňa 9. 11. 2026 o 14:23 # napísal(a):"},
                    AttributionRow{"slovenian", "# je 9. 11. 2026 ob 14:23 napisal:"},
                    AttributionRow{"spanish", "El 9/11/26 a las 14:23, # escribió:"},
                    AttributionRow{"swedish", "Den 2026-11-09 kl. 14:23, skrev #:"},
                    AttributionRow{"turkish", "9.11.2026 14:23 tarihinde # yazdı:"},
                    AttributionRow{"ukrainian", "09.11.2026 14:23, # пише:"},
                    AttributionRow{"vietnamese", "Vào 9/11/2026 14:23, # đã viết:"}),
    attribution_name);

INSTANTIATE_TEST_SUITE_P(
    Others, Attributed,
    testing::Values(
        AttributionRow{"yahoo_english", "On Monday, November 9, 2026, 02:23:11 PM GMT+1, % wrote:"},
        AttributionRow{"yahoo_french", "Le lundi 9 novembre 2026 à 14:23:11 UTC+1, % a écrit :"},
        AttributionRow{"yahoo_german",
                       "Am Montag, 9. November 2026 um 14:23:11 MEZ hat % Folgendes geschrieben:"},
        AttributionRow{"yahoo_spanish", "El lunes, 9 de noviembre de 2026, 14:23:11 CET, % escribió:"},
        AttributionRow{"yahoo_portuguese",
                       "Em segunda-feira, 9 de novembro de 2026 às 14:23:11 BRT, % escreveu:"},
        AttributionRow{"yahoo_italian", "Il lunedì 9 novembre 2026 alle ore 14:23:11 CET, % ha scritto:"},
        AttributionRow{"yahoo_chinese",
                       "在 2026年11月9日星期一 下午02:23:11 [GMT+8]， Kari<kari@example.org> 写道："},
        AttributionRow{"yahoo_taiwan",
                       "Kari<kari@example.org> 於 2026年11月9日 星期一 下午02:23:11 [GMT+8] 寫道："},
        AttributionRow{"proton", "On Monday, November 9th, 2026 at 2:23 PM, % wrote:"},
        AttributionRow{"proton_german", "Am Montag, 9. November 2026 um 14:23, schrieb %:"},
        AttributionRow{
            "proton_bullet",
            "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Monday, November 9th, 2026 at 2:23 PM, % wrote:"},
        AttributionRow{"spark", "On Nov 9, 2026 at 14:23 +0100, %, wrote:"},
        AttributionRow{"fastmail", "On Mon, 9 Nov 2026, at 2:23 PM, # wrote:"},
        AttributionRow{"mutt", "On Mon, Nov 09, 2026 at 02:23:11PM +0100, # wrote:"},
        AttributionRow{"gnus", "# <kari@example.org> writes:"},
        AttributionRow{"kmail", "On Monday, 9 November 2026 14:23:11 CET # wrote:"},
        AttributionRow{"kmail_german", "Am Montag, 9. November 2026, 14:23:11 CET schrieb #:"},
        AttributionRow{"evolution", "On Mon, 2026-11-09 at 14:23 +0100, # wrote:"},
        AttributionRow{"evolution_german", "Am Montag, dem 09.11.2026 um 14:23 +0100 schrieb #:"},
        AttributionRow{"evolution_norwegian", "ma., 09.11.2026 kl. 14.23 +0100, skrev #:"},
        AttributionRow{"evolution_swedish", "mån 2026-11-09 klockan 14:23 +0100 skrev #:"},
        AttributionRow{"evolution_french", "Le lundi 09 novembre 2026 à 14:23 +0100, # a écrit :"},
        AttributionRow{"evolution_polish",
                       "W dniu pon, 09.11.2026 o godzinie 14∶23 +0100, użytkownik # napisał:"},
        AttributionRow{"roundcube", "On 2026-11-09 14:23, # wrote:"},
        AttributionRow{"roundcube_german", "Am 2026-11-09 14:23, schrieb #:"},
        AttributionRow{"roundcube_dutch", "# schreef op 2026-11-09 14:23:"},
        AttributionRow{"roundcube_polish", "W dniu 2026-11-09 14:23, # napisał(a):"},
        AttributionRow{"roundcube_czech", "# napsal dne 9.11.2026 14:23:"},
        AttributionRow{"roundcube_italian", "Il 2026-11-09 14:23 # ha scritto:"},
        AttributionRow{"roundcube_russian", "# писал 2026-11-09 14:23:"},
        AttributionRow{"roundcube_chinese", "在 2026-11-09 14:23，# 写道："},
        AttributionRow{"horde", "Zitat von %:"}, AttributionRow{"horde_english", "Quoting %:"},
        AttributionRow{"horde_spanish", "%  escribió:"},
        AttributionRow{"squirrelmail", "On Mon, November 9, 2026 2:23 pm, # wrote:"},
        AttributionRow{"zimbra", "----- On Nov 9, 2026, at 2:23 PM, # kari@example.org wrote:"},
        AttributionRow{
            "zimbra_french",
            "De: \"Kari\" <kari@example.org>\nÀ: \"desk\" <desk@example.org>\nEnvoyé: Lundi 9 Novembre 2026 "
            "14:23:11\nObjet: Re: x"},
        AttributionRow{"lotus", "Kari Nordmann/IT/Example wrote on 11/09/2026 02:23:11 PM:"},
        AttributionRow{"lotus_german", "Kari Nordmann/IT/Example schrieb am 09.11.2026 14:23:11:"},
        AttributionRow{"lotus_dashes", "-----Kari Nordmann <kari@example.org> schrieb: -----"},
        AttributionRow{"lotus_to", "-----desk@example.org wrote: -----\nTo: kari@example.org"},
        AttributionRow{"netease", "在 2026-11-09 14:23:11，\"Kari\" <kari@example.org> 写道："},
        AttributionRow{"netease_old", "At 2026-11-09 14:23:11, \"Kari\" <kari@example.org> wrote:"},
        AttributionRow{"sina", "----- 原始邮件 -----\n发件人：Kari <kari@example.org>"},
        AttributionRow{"foxmail", "发件人： Kari\n发送时间： 2026-11-09 14:23\n收件人： desk\n主题： 打印机"},
        AttributionRow{"foxmail_english",
                       "From: Kari\nDate: 2026-11-09 14:23\nTo: desk\nSubject: Re: printer"},
        AttributionRow{"aliyun",
                       "------------------------------------------------------------------\n发件人：Kari "
                       "<kari@example.org>\n发送时间：2026年11月9日(星期一) 14:23\n收件人：desk "
                       "<desk@example.org>\n主　题：打印机"},
        AttributionRow{"qq",
                       "------------------ 原始邮件 ------------------\n发件人: \"Kari\"<kari@example.org>;"},
        AttributionRow{"yandex", "09.11.2026, 14:23, \"Kari\" <kari@example.org>:"},
        AttributionRow{"yandex_year", "9 ноября 2026 г., 14:23 +03:00 от %:"},
        AttributionRow{"mail_ru", "Понедельник, 9 ноября 2026, 14:23 +03:00 от %:"},
        AttributionRow{"mail_ru_english", "Monday, November 9, 2026 2:23 PM +03:00 from %:"},
        AttributionRow{"the_bat", "Вы писали 9 ноября 2026 г., 14:23:11:"},
        AttributionRow{
            "samsung",
            "-------- Original message --------\nFrom: Kari <kari@example.org>\nDate: 09/11/2026 14:23 "
            "(GMT+01:00)\nTo: desk@example.org\nSubject: Re: x"},
        AttributionRow{"samsung_norwegian",
                       "-------- Opprinnelig melding --------\nFra: Kari <kari@example.org>"},
        AttributionRow{"samsung_polish",
                       "-------- Oryginalna wiadomość --------\nOd: Kari <kari@example.org>"},
        AttributionRow{
            "blackberry",
            "-----Original Message-----\nFrom: Kari <kari@example.org>\nDate: Mon, 9 Nov 2026 14:23:11"},
        AttributionRow{
            "blackberry_wide",
            "  Original Message  \nFrom: Kari\nSent: Monday, November 9, 2026 2:23 PM\nTo: desk@example.org"},
        AttributionRow{
            "gmx",
            "Gesendet: Montag, 09. November 2026 um 14:23 Uhr\nVon: \"Kari\" <kari@example.org>\nAn: "
            "desk@example.org\nBetreff: x"},
        AttributionRow{"gmx_english",
                       "Sent: Monday, November 09, 2026 at 2:23 PM\nFrom: \"Kari\" <kari@example.org>\nTo: "
                       "desk@example.org\nSubject: x"},
        AttributionRow{
            "t_online",
            "-----Original-Nachricht-----\nBetreff: x\nDatum: 2026-11-09T14:23:11+0100\nVon: \"Kari\" "
            "<kari@example.org>"},
        AttributionRow{"freshmail", "---- Kari Nordmann wrote ----"},
        AttributionRow{"zoho", "---- On Mon, 09 Nov 2026 14:23:11 +0100 % wrote ---"},
        AttributionRow{"hey", "On November 9, 2026, # <kari@example.org> wrote:"},
        AttributionRow{"outlook_mac", "On 11/9/26, 2:23 PM, \"Kari Nordmann\" <kari@example.org> wrote:"},
        AttributionRow{"outlook_mac_german",
                       "Am 09.11.26, 14:23 schrieb \"Kari Nordmann\" <kari@example.org>:"},
        AttributionRow{"missive", "On November 9, 2026 at 2:23 PM, # (kari@example.org) wrote:"},
        AttributionRow{"airmail", "On 9 November 2026 at 14:23:11, Kari Nordmann (kari@example.org) wrote:"},
        AttributionRow{"polymail",
                       "On Mon, Nov 9, 2026 at 2:23 PM #\n\n<\nmailto:# <kari@example.org>\n> wrote:"},
        AttributionRow{"wrapped_after_lead", "On\nMon, Nov 9, 2026 at 2:23 PM % wrote:"},
        AttributionRow{"wrapped_in_address",
                       "On Mon, Nov 9, 2026 at 2:23 PM Kari Nordmann <kari@example.org\n> wrote:"},
        AttributionRow{"wrapped_chinese",
                       "Kari Nordmann <kari@example.org>\n于2026年11月9日周一\n14:23写道："},
        AttributionRow{"wrapped_russian", "пн, 9 нояб. 2026 г. в 14:23, Kari Nordmann\n<kari@example.org>:"},
        AttributionRow{"wrapped_turkish",
                       "Kari Nordmann <kari@example.org>, 9 Kas 2026\nPzt, 14:23 tarihinde şunu\nyazdı:"},
        AttributionRow{"wrapped_hungarian",
                       "Kari Nordmann <kari@example.org> ezt írta (időpont: 2026. nov. 9., H,\n14:23):"},
        AttributionRow{"wrapped_portuguese",
                       "Kari Nordmann <kari@example.org> escreveu (segunda,\n9/11/2026 à(s) 14:23):"},
        AttributionRow{
            "wrapped_four",
            "Am Montag, 9. November 2026\num 14:23:11 MEZ hat Kari\nNordmann <kari@example.org>\nFolgendes "
            "geschrieben:"}),
    attribution_name);

// Some clients quote the line above history as well.
class AttributedInside : public testing::TestWithParam<AttributionRow> {};
TEST_P(AttributedInside, AnswersBelowAreKept) {
  EXPECT_EQ(reply_of_text(with_people(GetParam().line) + "\n> History.\n> More.\n\nOwn words.\n"),
            "Own words.");
}
TEST_P(AttributedInside, AnswersAboveAreKept) {
  EXPECT_EQ(reply_of_text("Own words.\n\n" + with_people(GetParam().line) + "\n> History.\n"), "Own words.");
}
INSTANTIATE_TEST_SUITE_P(
    Quoted, AttributedInside,
    testing::Values(AttributionRow{"open_xchange", "> % hat am 09.11.2026 14:23 geschrieben:\n>"},
                    AttributionRow{"open_xchange_english", "> On 11/09/2026 2:23 PM CET % wrote:\n>"},
                    AttributionRow{"open_xchange_wrapped", "> On 11/09/2026 2:23 PM CET\n> % wrote:\n>"},
                    AttributionRow{"supercite",
                                   ">>>>> \"Kari\" == Kari Nordmann <kari@example.org> writes:"}),
    attribution_name);

// A person's own sentences: nothing of them may be folded.
class Story : public testing::TestWithParam<AttributionRow> {};
TEST_P(Story, IsKept) {
  std::string const text =
      std::string{"Hello,\n\n"} + GetParam().line + "\nfirst this\nthen that\n\nWhat now?";
  EXPECT_EQ(reply_of_text(text), text);
}
TEST_P(Story, IsKeptBeforeAnAnsweredMail) {
  std::string const text =
      std::string{"Hello,\n\n"} + GetParam().line + "\nfirst this\nthen that\n\nWhat now?";
  EXPECT_EQ(reply_of_text(text + "\n\nOn Mon, 9 Nov 2026 at 14:23, Kari <kari@example.org> wrote:\n> Old\n"),
            text);
}
INSTANTIATE_TEST_SUITE_P(
    Sentences, Story,
    testing::Values(AttributionRow{"english", "On Monday I wrote:"},
                    AttributionRow{"english_date", "On 9 Nov 2026 I wrote to you:"},
                    AttributionRow{"english_time", "At 14:23 the printer said:"},
                    AttributionRow{"english_sent", "On Tuesday we sent you this:"},
                    AttributionRow{"english_from", "From: the server room"},
                    AttributionRow{"english_meeting", "On 9 Nov 2026 at 14:00 we meet:"},
                    AttributionRow{"english_list", "Date: 9 Nov 2026"},
                    AttributionRow{"english_subject", "Subject: I don't know"},
                    AttributionRow{"log", "2026-11-09 14:23:11 ERROR write failed:"},
                    AttributionRow{"log_from", "Nov 9 14:23:11 mx postfix: from=<kari@example.org>: failed"},
                    AttributionRow{"bulgarian", "На 9 ноември писах:"},
                    AttributionRow{"chinese", "我在2026年11月9日写道："},
                    AttributionRow{"chinese_steps", "在2026年11月9日14:23，我做了以下操作："},
                    AttributionRow{"chinese_taiwan", "我於2026年11月9日寫道："},
                    AttributionRow{"croatian", "U ponedjeljak sam napisao:"},
                    AttributionRow{"czech", "V pondělí jsem napsal:"},
                    AttributionRow{"danish", "I mandags skrev jeg:"},
                    AttributionRow{"danish_date", "Den 9. november 2026 skrev jeg:"},
                    AttributionRow{"dutch", "Op maandag 9 november 2026 schreef ik:"},
                    AttributionRow{"estonian", "Esmaspäeval kirjutasin:"},
                    AttributionRow{"finnish", "Maanantaina 9.11.2026 kirjoitin:"},
                    AttributionRow{"french", "Le 9 novembre 2026 j'ai écrit :"},
                    AttributionRow{"german", "Am 9. November 2026 schrieb ich:"},
                    AttributionRow{"german_have", "Am 9.11.2026 habe ich geschrieben:"},
                    AttributionRow{"greek", "Στις 9 Νοεμβρίου έγραψα:"},
                    AttributionRow{"hebrew", "בתאריך 9/11/2026 כתבתי:"},
                    AttributionRow{"arabic", "في 9 نوفمبر 2026 كتبت لكم أنا:"},
                    AttributionRow{"hungarian", "2026. november 9-én írtam:"},
                    AttributionRow{"indonesian", "Pada 9 November 2026 saya menulis:"},
                    AttributionRow{"italian", "Il 9 novembre 2026 ho scritto:"},
                    AttributionRow{"japanese", "2026年11月9日に私が書きました:"},
                    AttributionRow{"korean", "2026년 11월 9일에 제가 작성한 내용:"},
                    AttributionRow{"norwegian", "Den 9. november 2026 skrev jeg:"},
                    AttributionRow{"nynorsk", "Den 9. november 2026 skreiv eg:"},
                    AttributionRow{"polish", "W dniu 9.11.2026 napisałem:"},
                    AttributionRow{"portuguese", "Em 9 de novembro de 2026 escrevi:"},
                    AttributionRow{"romanian", "Pe 9 noiembrie 2026 am scris:"},
                    AttributionRow{"russian", "9 ноября 2026 г. я написал:"},
                    AttributionRow{"slovak", "V pondelok som napísal:"},
                    AttributionRow{"spanish", "El 9 de noviembre de 2026 escribí:"},
                    AttributionRow{"swedish", "Den 9 november 2026 skrev jag:"},
                    AttributionRow{"thai", "ในวันที่ 9 พ.ย. 2569 ฉันเขียนว่า:"},
                    AttributionRow{"turkish", "9 Kasım 2026 tarihinde yazdım:"},
                    AttributionRow{"ukrainian", "9 листопада 2026 р. я написав:"},
                    AttributionRow{"vietnamese", "Vào ngày 9/11/2026 tôi đã viết:"}),
    attribution_name);

}  // namespace
}  // namespace spoc::parser
