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

struct Row {
  char const* name;
  char const* line;
};
auto const by_name = [](auto const& row) { return std::string{row.param.name}; };

class Attributed : public testing::TestWithParam<Row> {};
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
        Row{"arabic", "في الاثنين، 9 نوفمبر 2026 في 2:23 م تمت كتابة ما يلي بواسطة %:"},
        Row{"bulgarian", "На пн, 9.11.2026 г. в 14:23 ч. % написа:"},
        Row{"catalan", "Missatge de % del dia dl., 9 de nov. 2026 a les 14:23:"},
        Row{"croatian", "pon, 9. stu 2026. u 14:23 % napisao je:"},
        Row{"czech", "po 9. 11. 2026 v 14:23 odesílatel % napsal:"},
        Row{"danish", "Den man. 9. nov. 2026 kl. 14.23 skrev %:"},
        Row{"dutch", "Op ma 9 nov 2026 om 14:23 schreef %:"},
        Row{"english", "On Mon, Nov 9, 2026 at 2:23 PM % wrote:"},
        Row{"english_british", "On Mon, 9 Nov 2026 at 14:23, % wrote:"}, Row{"english_old", "2026/11/9 %"},
        Row{"estonian", "Kuupäev E, 9. november 2026 kell 14:23 kirjutas %:"},
        Row{"finnish", "ma 9. marrask. 2026 klo 14.23 Kari Nordmann (kari@example.org) kirjoitti:"},
        Row{"french", "Le lun. 9 nov. 2026 à 14:23, % a écrit :"},
        Row{"german", "Am Mo., 9. Nov. 2026 um 14:23 Uhr schrieb %:"},
        Row{"greek", "Στις Δευ 9 Νοε 2026 στις 2:23 μ.μ., ο/η % έγραψε:"},
        Row{"hebrew",
            "\u202bבתאריך יום ב׳, 9 בנוב׳ 2026 ב-14:23 מאת \u202aKari Nordmann\u202c\u200f "
            "<\u202akari@example.org\u202c\u200f>:\u202c"},
        Row{"hungarian", "% ezt írta (időpont: 2026. nov. 9., H, 14:23):"},
        Row{"indonesian", "Pada Sen, 9 Nov 2026 pukul 14.23 % menulis:"},
        Row{"italian", "Il giorno lun 9 nov 2026 alle ore 14:23 % ha scritto:"},
        Row{"japanese", "2026年11月9日(月) 14:23 %:"},
        Row{"korean", "2026년 11월 9일 (월) 오후 2:23, %님이 작성:"},
        Row{"latvian",
            "Pirmd., 2026. g. 9. nov., plkst. 14:23 — lietotājs Kari Nordmann (<kari@example.org>) "
            "rakstīja:"},
        Row{"lithuanian", "2026-11-09, pr, 14:23 % rašė:"},
        Row{"norwegian", "man. 9. nov. 2026 kl. 14:23 skrev %:"},
        Row{"persian", "در تاریخ دوشنبه ۹ نوامبر ۲۰۲۶،\u200f ۱۴:۲۳ % نوشت:"},
        Row{"polish", "pon., 9 lis 2026 o 14:23 % napisał(a):"},
        Row{"portuguese", "Kari Nordmann <kari@example.org> escreveu (segunda, 9/11/2026 à(s) 14:23):"},
        Row{"portuguese_brazil", "Em seg., 9 de nov. de 2026 às 14:23, % escreveu:"},
        Row{"romanian", "În lun., 9 nov. 2026 la 14:23, % a scris:"},
        Row{"russian", "пн, 9 нояб. 2026 г. в 14:23, %:"},
        Row{"serbian", "пон, 9. нов 2026. 14:23 % је написао/ла:"},
        Row{"slovak", "po 9. 11. 2026 o 14:23 % napísal(a):"},
        Row{"slovenian", "V V pon., 9. nov. 2026 ob 14:23 je oseba % napisala:"},
        Row{"spanish", "El lun, 9 nov 2026 a las 14:23, Kari Nordmann (<kari@example.org>) escribió:"},
        Row{"swedish", "Den mån 9 nov. 2026 kl 14:23 skrev %:"},
        Row{"thai", "ในวันที่ จ. 9 พ.ย. 2026 เวลา 14:23 % เขียนว่า:"},
        Row{"turkish", "%, 9 Kas 2026 Pzt, 14:23 tarihinde şunu yazdı:"},
        Row{"ukrainian", "пн, 9 лист. 2026 р. о 14:23 % пише:"},
        Row{"vietnamese", "Vào Th 2, 9 thg 11, 2026 vào lúc 14:23 % đã viết:"},
        Row{"chinese", "% 于2026年11月9日周一 14:23写道："},
        Row{"chinese_taiwan", "% 於 2026年11月9日 週一 下午2:23寫道："},
        Row{"chinese_hong_kong", "% 於 2026年11月9日週一 下午2:23寫道："}),
    by_name);

INSTANTIATE_TEST_SUITE_P(
    Apple, Attributed,
    testing::Values(
        Row{"arabic", "في ٩ نوفمبر ٢٠٢٦، الساعة ٢:٢٣ م، كتب/كتبت %:"},
        Row{"catalan", "El 9 nov 2026, a les 14:23, % va escriure:"},
        Row{"chinese", "2026年11月9日 下午2:23，% 写道："},
        Row{"chinese_ios", "在 2026年11月9日，14:23，% 写道："},
        Row{"chinese_taiwan", "% 於 2026年11月9日 下午2:23 寫道："},
        Row{"chinese_hong_kong", "在 2026年11月9日，下午2:23，# <kari@example.org> 寫道："},
        Row{"croatian", "Dana 9. stu. 2026., u 14:23, % napisao je sljedeće:"},
        Row{"czech", "9. 11. 2026 v 14:23, %:"}, Row{"danish", "Den 9. nov. 2026 kl. 14.23 skrev %:"},
        Row{"dutch", "Op 9 nov. 2026, om 14:23 heeft % het volgende geschreven:"},
        Row{"english_american", "On Nov 9, 2026, at 2:23 PM, % wrote:"},
        Row{"english_no_address", "On Nov 9, 2026, at 2:23 PM, # wrote:"},
        Row{"finnish", "% kirjoitti 9.11.2026 kello 14.23:"},
        Row{"french", "Le 9 nov. 2026 à 14:23, % a écrit :"},
        Row{"german", "Am 09.11.2026 um 14:23 schrieb %:"},
        Row{"greek", "Στις 9 Νοε 2026, στις 14:23, ο χρήστης % έγραψε:"},
        Row{"hebrew", "\u200fב-9 בנוב׳ 2026, בשעה 14:23, \u200f# \u200f<kari@example.org> כתב/ה:"},
        Row{"hungarian", "% írta (2026. november 9. dátummal, 14:23 időpontban):"},
        Row{"indonesian", "Pada 9 Nov 2026, pukul 14.23, % menulis:"},
        Row{"italian", "Il giorno 9 nov 2026, alle ore 14:23, % ha scritto:"},
        Row{"japanese", "2026/11/09 14:23、%のメール:"}, Row{"korean", "2026. 11. 9. 오후 2:23, % 작성:"},
        Row{"norwegian", "9. nov. 2026 kl. 14:23 skrev %:"},
        Row{"polish", "Wiadomość napisana przez % w dniu 9 lis 2026, o godz. 14:23:"},
        Row{"portuguese", "No dia 09/11/2026, às 14:23, % escreveu:"},
        Row{"portuguese_brazil", "Em 9 de nov. de 2026, à(s) 14:23, % escreveu:"},
        Row{"romanian", "Pe 9 nov. 2026, la 14:23, % a scris:"},
        Row{"russian", "9 нояб. 2026 г., в 14:23, % написал(а):"},
        Row{"slovak", "% napísal/a 9. 11. 2026 o 14:23:"},
        Row{"spanish", "El 9 nov 2026, a las 14:23, % escribió:"},
        Row{"swedish", "9 nov. 2026 kl. 14:23 skrev %:"},
        Row{"thai", "ในวันที่ 9 พ.ย. 2569 เวลา 14:23 % เขียนว่า:"},
        Row{"turkish", "% şunları yazdı (9 Kas 2026 14:23):"},
        Row{"ukrainian", "9 лист. 2026 р. о 14:23 % написав(-ла):"},
        Row{"vietnamese", "Vào 9 thg 11, 2026, lúc 14:23, % đã viết:"}),
    by_name);

INSTANTIATE_TEST_SUITE_P(
    Thunderbird, Attributed,
    testing::Values(
        Row{"bulgarian", "На 9.11.2026 г. в 14:23, # написа:"},
        Row{"catalan", "El 9/11/26 a les 14:23, # ha escrit:"}, Row{"chinese", "在 2026/11/9 14:23, # 写道:"},
        Row{"chinese_taiwan", "# 於 2026/11/9 下午 02:23 寫道:"},
        Row{"croatian", "Dana 09.11.2026. u 14:23 # je napisao:"},
        Row{"czech", "Dne 09. 11. 26 v 14:23 # napsal(a):"},
        Row{"danish", "Den 09.11.2026 kl. 14.23 skrev #:"}, Row{"dutch", "Op 9-11-2026 om 14:23 schreef #:"},
        Row{"english", "On 11/9/2026 2:23 PM, # wrote:"}, Row{"english_old", "# wrote on 11/9/26 2:23 PM:"},
        Row{"estonian", "# kirjutas 09.11.2026 14:23:"}, Row{"finnish", "# kirjoitti 9.11.2026 klo 14.23:"},
        Row{"french", "Le 09/11/2026 à 14:23, # a écrit :"}, Row{"german", "Am 09.11.26 um 14:23 schrieb #:"},
        Row{"german_old", "# schrieb am 09.11.2026 um 14:23:"},
        Row{"greek", "Στις 9/11/2026 2:23 μ.μ., ο # έγραψε:"},
        Row{"hebrew", "בתאריך 09/11/2026 14:23, # כתב:"},
        Row{"hungarian", "2026. 11. 09. 14:23 keltezéssel, # írta:"},
        Row{"indonesian", "Pada 09/11/2026 14.23, # menulis:"},
        Row{"italian", "Il 09/11/2026 14:23, # ha scritto:"},
        Row{"japanese", "On 2026/11/09 14:23, # wrote:"},
        Row{"japanese_verb", "2026/11/09 14:23、#さんは書きました:"},
        Row{"korean", "2026-11-09 오후 2:23에 # 이(가) 쓴 글:"},
        Row{"norwegian", "Den 09.11.2026 14:23, skrev #:"},
        Row{"norwegian_nynorsk", "Den 09. nov. 2026 14:23, skreiv #:"},
        Row{"polish", "W dniu 9.11.2026 o 14:23, # pisze:"},
        Row{"portuguese", "Às 14:23 de 09/11/2026, # escreveu:"},
        Row{"portuguese_brazil", "Em 09/11/2026 14:23, # escreveu:"},
        Row{"romanian", "Pe 09.11.2026 14:23, # a scris:"}, Row{"russian", "09.11.2026 14:23, # пишет:"},
        Row{"slovak", "Dňa 9. 11. 2026 o 14:23 # napísal(a):"},
        Row{"slovenian", "# je 9. 11. 2026 ob 14:23 napisal:"},
        Row{"spanish", "El 9/11/26 a las 14:23, # escribió:"},
        Row{"swedish", "Den 2026-11-09 kl. 14:23, skrev #:"},
        Row{"turkish", "9.11.2026 14:23 tarihinde # yazdı:"}, Row{"ukrainian", "09.11.2026 14:23, # пише:"},
        Row{"vietnamese", "Vào 9/11/2026 14:23, # đã viết:"}),
    by_name);

INSTANTIATE_TEST_SUITE_P(
    Others, Attributed,
    testing::Values(
        Row{"yahoo_english", "On Monday, November 9, 2026, 02:23:11 PM GMT+1, % wrote:"},
        Row{"yahoo_french", "Le lundi 9 novembre 2026 à 14:23:11 UTC+1, % a écrit :"},
        Row{"yahoo_german", "Am Montag, 9. November 2026 um 14:23:11 MEZ hat % Folgendes geschrieben:"},
        Row{"yahoo_spanish", "El lunes, 9 de noviembre de 2026, 14:23:11 CET, % escribió:"},
        Row{"yahoo_portuguese", "Em segunda-feira, 9 de novembro de 2026 às 14:23:11 BRT, % escreveu:"},
        Row{"yahoo_italian", "Il lunedì 9 novembre 2026 alle ore 14:23:11 CET, % ha scritto:"},
        Row{"yahoo_chinese", "在 2026年11月9日星期一 下午02:23:11 [GMT+8]， Kari<kari@example.org> 写道："},
        Row{"yahoo_taiwan", "Kari<kari@example.org> 於 2026年11月9日 星期一 下午02:23:11 [GMT+8] 寫道："},
        Row{"proton", "On Monday, November 9th, 2026 at 2:23 PM, % wrote:"},
        Row{"proton_german", "Am Montag, 9. November 2026 um 14:23, schrieb %:"},
        Row{"proton_bullet",
            "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐\nOn Monday, November 9th, 2026 at 2:23 PM, % wrote:"},
        Row{"spark", "On Nov 9, 2026 at 14:23 +0100, %, wrote:"},
        Row{"fastmail", "On Mon, 9 Nov 2026, at 2:23 PM, # wrote:"},
        Row{"mutt", "On Mon, Nov 09, 2026 at 02:23:11PM +0100, # wrote:"},
        Row{"gnus", "# <kari@example.org> writes:"},
        Row{"kmail", "On Monday, 9 November 2026 14:23:11 CET # wrote:"},
        Row{"kmail_german", "Am Montag, 9. November 2026, 14:23:11 CET schrieb #:"},
        Row{"evolution", "On Mon, 2026-11-09 at 14:23 +0100, # wrote:"},
        Row{"evolution_german", "Am Montag, dem 09.11.2026 um 14:23 +0100 schrieb #:"},
        Row{"evolution_norwegian", "ma., 09.11.2026 kl. 14.23 +0100, skrev #:"},
        Row{"evolution_swedish", "mån 2026-11-09 klockan 14:23 +0100 skrev #:"},
        Row{"evolution_french", "Le lundi 09 novembre 2026 à 14:23 +0100, # a écrit :"},
        Row{"evolution_polish", "W dniu pon, 09.11.2026 o godzinie 14∶23 +0100, użytkownik # napisał:"},
        Row{"roundcube", "On 2026-11-09 14:23, # wrote:"},
        Row{"roundcube_german", "Am 2026-11-09 14:23, schrieb #:"},
        Row{"roundcube_dutch", "# schreef op 2026-11-09 14:23:"},
        Row{"roundcube_polish", "W dniu 2026-11-09 14:23, # napisał(a):"},
        Row{"roundcube_czech", "# napsal dne 9.11.2026 14:23:"},
        Row{"roundcube_italian", "Il 2026-11-09 14:23 # ha scritto:"},
        Row{"roundcube_russian", "# писал 2026-11-09 14:23:"},
        Row{"roundcube_chinese", "在 2026-11-09 14:23，# 写道："}, Row{"horde", "Zitat von %:"},
        Row{"horde_english", "Quoting %:"}, Row{"horde_spanish", "%  escribió:"},
        Row{"squirrelmail", "On Mon, November 9, 2026 2:23 pm, # wrote:"},
        Row{"zimbra", "----- On Nov 9, 2026, at 2:23 PM, # kari@example.org wrote:"},
        Row{"zimbra_french",
            "De: \"Kari\" <kari@example.org>\nÀ: \"desk\" <desk@example.org>\nEnvoyé: Lundi 9 Novembre 2026 "
            "14:23:11\nObjet: Re: x"},
        Row{"lotus", "Kari Nordmann/IT/Example wrote on 11/09/2026 02:23:11 PM:"},
        Row{"lotus_german", "Kari Nordmann/IT/Example schrieb am 09.11.2026 14:23:11:"},
        Row{"lotus_dashes", "-----Kari Nordmann <kari@example.org> schrieb: -----"},
        Row{"lotus_to", "-----desk@example.org wrote: -----\nTo: kari@example.org"},
        Row{"netease", "在 2026-11-09 14:23:11，\"Kari\" <kari@example.org> 写道："},
        Row{"netease_old", "At 2026-11-09 14:23:11, \"Kari\" <kari@example.org> wrote:"},
        Row{"sina", "----- 原始邮件 -----\n发件人：Kari <kari@example.org>"},
        Row{"foxmail", "发件人： Kari\n发送时间： 2026-11-09 14:23\n收件人： desk\n主题： 打印机"},
        Row{"foxmail_english", "From: Kari\nDate: 2026-11-09 14:23\nTo: desk\nSubject: Re: printer"},
        Row{"aliyun",
            "------------------------------------------------------------------\n发件人：Kari "
            "<kari@example.org>\n发送时间：2026年11月9日(星期一) 14:23\n收件人：desk "
            "<desk@example.org>\n主　题：打印机"},
        Row{"qq", "------------------ 原始邮件 ------------------\n发件人: \"Kari\"<kari@example.org>;"},
        Row{"yandex", "09.11.2026, 14:23, \"Kari\" <kari@example.org>:"},
        Row{"yandex_year", "9 ноября 2026 г., 14:23 +03:00 от %:"},
        Row{"mail_ru", "Понедельник, 9 ноября 2026, 14:23 +03:00 от %:"},
        Row{"mail_ru_english", "Monday, November 9, 2026 2:23 PM +03:00 from %:"},
        Row{"the_bat", "Вы писали 9 ноября 2026 г., 14:23:11:"},
        Row{"samsung",
            "-------- Original message --------\nFrom: Kari <kari@example.org>\nDate: 09/11/2026 14:23 "
            "(GMT+01:00)\nTo: desk@example.org\nSubject: Re: x"},
        Row{"samsung_norwegian", "-------- Opprinnelig melding --------\nFra: Kari <kari@example.org>"},
        Row{"samsung_polish", "-------- Oryginalna wiadomość --------\nOd: Kari <kari@example.org>"},
        Row{"blackberry",
            "-----Original Message-----\nFrom: Kari <kari@example.org>\nDate: Mon, 9 Nov 2026 14:23:11"},
        Row{"blackberry_wide",
            "  Original Message  \nFrom: Kari\nSent: Monday, November 9, 2026 2:23 PM\nTo: desk@example.org"},
        Row{"gmx",
            "Gesendet: Montag, 09. November 2026 um 14:23 Uhr\nVon: \"Kari\" <kari@example.org>\nAn: "
            "desk@example.org\nBetreff: x"},
        Row{"gmx_english",
            "Sent: Monday, November 09, 2026 at 2:23 PM\nFrom: \"Kari\" <kari@example.org>\nTo: "
            "desk@example.org\nSubject: x"},
        Row{"t_online",
            "-----Original-Nachricht-----\nBetreff: x\nDatum: 2026-11-09T14:23:11+0100\nVon: \"Kari\" "
            "<kari@example.org>"},
        Row{"freshmail", "---- Kari Nordmann wrote ----"},
        Row{"zoho", "---- On Mon, 09 Nov 2026 14:23:11 +0100 % wrote ---"},
        Row{"hey", "On November 9, 2026, # <kari@example.org> wrote:"},
        Row{"outlook_mac", "On 11/9/26, 2:23 PM, \"Kari Nordmann\" <kari@example.org> wrote:"},
        Row{"outlook_mac_german", "Am 09.11.26, 14:23 schrieb \"Kari Nordmann\" <kari@example.org>:"},
        Row{"missive", "On November 9, 2026 at 2:23 PM, # (kari@example.org) wrote:"},
        Row{"airmail", "On 9 November 2026 at 14:23:11, Kari Nordmann (kari@example.org) wrote:"},
        Row{"polymail", "On Mon, Nov 9, 2026 at 2:23 PM #\n\n<\nmailto:# <kari@example.org>\n> wrote:"},
        Row{"wrapped_after_lead", "On\nMon, Nov 9, 2026 at 2:23 PM % wrote:"},
        Row{"wrapped_in_address", "On Mon, Nov 9, 2026 at 2:23 PM Kari Nordmann <kari@example.org\n> wrote:"},
        Row{"wrapped_chinese", "Kari Nordmann <kari@example.org>\n于2026年11月9日周一\n14:23写道："},
        Row{"wrapped_russian", "пн, 9 нояб. 2026 г. в 14:23, Kari Nordmann\n<kari@example.org>:"},
        Row{"wrapped_turkish",
            "Kari Nordmann <kari@example.org>, 9 Kas 2026\nPzt, 14:23 tarihinde şunu\nyazdı:"},
        Row{"wrapped_hungarian",
            "Kari Nordmann <kari@example.org> ezt írta (időpont: 2026. nov. 9., H,\n14:23):"},
        Row{"wrapped_portuguese",
            "Kari Nordmann <kari@example.org> escreveu (segunda,\n9/11/2026 à(s) 14:23):"},
        Row{"wrapped_four",
            "Am Montag, 9. November 2026\num 14:23:11 MEZ hat Kari\nNordmann <kari@example.org>\nFolgendes "
            "geschrieben:"}),
    by_name);

// Some clients quote the line above history as well.
class AttributedInside : public testing::TestWithParam<Row> {};
TEST_P(AttributedInside, AnswersBelowAreKept) {
  EXPECT_EQ(reply_of_text(with_people(GetParam().line) + "\n> History.\n> More.\n\nOwn words.\n"),
            "Own words.");
}
TEST_P(AttributedInside, AnswersAboveAreKept) {
  EXPECT_EQ(reply_of_text("Own words.\n\n" + with_people(GetParam().line) + "\n> History.\n"), "Own words.");
}
INSTANTIATE_TEST_SUITE_P(
    Quoted, AttributedInside,
    testing::Values(Row{"open_xchange", "> % hat am 09.11.2026 14:23 geschrieben:\n>"},
                    Row{"open_xchange_english", "> On 11/09/2026 2:23 PM CET % wrote:\n>"},
                    Row{"open_xchange_wrapped", "> On 11/09/2026 2:23 PM CET\n> % wrote:\n>"},
                    Row{"supercite", ">>>>> \"Kari\" == Kari Nordmann <kari@example.org> writes:"}),
    by_name);

// A person's own sentences: nothing of them may be folded.
class Story : public testing::TestWithParam<Row> {};
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
    testing::Values(
        Row{"english", "On Monday I wrote:"}, Row{"english_date", "On 9 Nov 2026 I wrote to you:"},
        Row{"english_time", "At 14:23 the printer said:"},
        Row{"english_sent", "On Tuesday we sent you this:"}, Row{"english_from", "From: the server room"},
        Row{"english_meeting", "On 9 Nov 2026 at 14:00 we meet:"}, Row{"english_list", "Date: 9 Nov 2026"},
        Row{"english_subject", "Subject: I don't know"},
        Row{"log", "2026-11-09 14:23:11 ERROR write failed:"},
        Row{"log_from", "Nov 9 14:23:11 mx postfix: from=<kari@example.org>: failed"},
        Row{"bulgarian", "На 9 ноември писах:"}, Row{"chinese", "我在2026年11月9日写道："},
        Row{"chinese_steps", "在2026年11月9日14:23，我做了以下操作："},
        Row{"chinese_taiwan", "我於2026年11月9日寫道："}, Row{"croatian", "U ponedjeljak sam napisao:"},
        Row{"czech", "V pondělí jsem napsal:"}, Row{"danish", "I mandags skrev jeg:"},
        Row{"danish_date", "Den 9. november 2026 skrev jeg:"},
        Row{"dutch", "Op maandag 9 november 2026 schreef ik:"}, Row{"estonian", "Esmaspäeval kirjutasin:"},
        Row{"finnish", "Maanantaina 9.11.2026 kirjoitin:"}, Row{"french", "Le 9 novembre 2026 j'ai écrit :"},
        Row{"german", "Am 9. November 2026 schrieb ich:"},
        Row{"german_have", "Am 9.11.2026 habe ich geschrieben:"}, Row{"greek", "Στις 9 Νοεμβρίου έγραψα:"},
        Row{"hebrew", "בתאריך 9/11/2026 כתבתי:"}, Row{"arabic", "في 9 نوفمبر 2026 كتبت لكم أنا:"},
        Row{"hungarian", "2026. november 9-én írtam:"},
        Row{"indonesian", "Pada 9 November 2026 saya menulis:"},
        Row{"italian", "Il 9 novembre 2026 ho scritto:"}, Row{"japanese", "2026年11月9日に私が書きました:"},
        Row{"korean", "2026년 11월 9일에 제가 작성한 내용:"},
        Row{"norwegian", "Den 9. november 2026 skrev jeg:"},
        Row{"nynorsk", "Den 9. november 2026 skreiv eg:"}, Row{"polish", "W dniu 9.11.2026 napisałem:"},
        Row{"portuguese", "Em 9 de novembro de 2026 escrevi:"},
        Row{"romanian", "Pe 9 noiembrie 2026 am scris:"}, Row{"russian", "9 ноября 2026 г. я написал:"},
        Row{"slovak", "V pondelok som napísal:"}, Row{"spanish", "El 9 de noviembre de 2026 escribí:"},
        Row{"swedish", "Den 9 november 2026 skrev jag:"}, Row{"thai", "ในวันที่ 9 พ.ย. 2569 ฉันเขียนว่า:"},
        Row{"turkish", "9 Kasım 2026 tarihinde yazdım:"}, Row{"ukrainian", "9 листопада 2026 р. я написав:"},
        Row{"vietnamese", "Vào ngày 9/11/2026 tôi đã viết:"}),
    by_name);

}  // namespace
}  // namespace spoc::parser
