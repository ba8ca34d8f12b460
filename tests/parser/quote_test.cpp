// SPDX-License-Identifier: GPL-3.0-or-later
// The fold: replies of many clients in many languages, and words that must survive it.
#include "parser/quote.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

// Lines that introduce a history without quote signs. Below "Own words." and above "History." they must go.
struct Introduction {
  std::string name, lines;
};
class Introduced : public testing::TestWithParam<Introduction> {};

TEST_P(Introduced, HistoryIsFolded) {
  EXPECT_EQ(reply_of_text("Own words.\n\n" + GetParam().lines + "\n\nHistory.\nMore of it.\n"), "Own words.");
}
TEST_P(Introduced, QuotedHistoryIsFolded) {
  EXPECT_EQ(reply_of_text("Own words.\n\n" + GetParam().lines + "\n> History.\n> More of it.\n"),
            "Own words.");
}
TEST_P(Introduced, LineEndsOfMailMakeNoDifference) {
  std::string text = "Own words.\n\n" + GetParam().lines + "\n\nHistory.\n", crlf;
  for (char const c : text) crlf += c == '\n' ? std::string{"\r\n"} : std::string{c};
  EXPECT_EQ(reply_of_text(crlf), "Own words.");
}

INSTANTIATE_TEST_SUITE_P(
    Table, Introduced,
    testing::Values(
        Introduction{"english_gmail",
                     "On Mon, Nov 9, 2026 at 2:23 PM Kari Nordmann <kari@example.org> wrote:"},
        Introduction{
            "english_gmail_two_lines",
            "On Mon, Nov 9, 2026 at 2:23 PM Kari Nordmann of the Service Desk\n<kari@example.org> wrote:"},
        Introduction{"english_gmail_three_lines",
                     "On Mon, Nov 9, 2026 at 2:23 PM Kari Nordmann "
                     "<\nkari.nordmann.service.desk@example.org>\nwrote:"},
        Introduction{"english_apple", "On 9 Nov 2026, at 14:23, Kari <kari@example.org> wrote:"},
        Introduction{"english_apple_narrow_space",
                     "On Nov 9, 2026, at 2:23\u202fPM, Kari <kari@example.org> wrote:"},
        Introduction{"english_thunderbird", "On 11/9/26 14:23, Kari Nordmann wrote:"},
        Introduction{"english_name_first", "Kari Nordmann <kari@example.org> writes:"},
        Introduction{"english_netease", "At 2026-11-09 14:23:11, \"Kari\" <kari@example.org> wrote:"},
        Introduction{"norwegian_gmail",
                     "man. 9. nov. 2026 kl. 14:23 skrev Kari Nordmann <kari@example.org>:"},
        Introduction{"norwegian_apple", "9. nov. 2026 kl. 14:23 skrev Kari Nordmann <kari@example.org>:"},
        Introduction{"norwegian_thunderbird", "Den 09.11.2026 14:23, skrev Kari Nordmann:"},
        Introduction{"norwegian_name_first", "Kari Nordmann <kari@example.org> skrev:"},
        Introduction{"danish", "Den man. 9. nov. 2026 kl. 14.23 skrev Mette Hansen <mette@example.org>:"},
        Introduction{"swedish", "Den mån 9 nov. 2026 kl 14:23 skrev Åsa Öberg <asa@example.org>:"},
        Introduction{"german_gmail",
                     "Am Mo., 9. Nov. 2026 um 14:23 Uhr schrieb Jörg Müller <jm@example.org>:"},
        Introduction{"german_thunderbird", "Am 09.11.26 um 14:23 schrieb Jörg Müller:"},
        Introduction{"german_gmx",
                     "Gesendet: Montag, 09. November 2026 um 14:23 Uhr\nVon: \"Jörg Müller\" "
                     "<jm@example.org>\nAn: desk@example.org\nBetreff: Drucker"},
        Introduction{"french", "Le lun. 9 nov. 2026 à 14:23, Zoé Lefèvre <zoe@example.org> a écrit :"},
        Introduction{
            "french_two_lines",
            "Le lun. 9 nov. 2026 à 14:23, Zoé Lefèvre du service informatique\n<zoe@example.org> a écrit :"},
        Introduction{"spanish", "El lun, 9 nov 2026 a las 14:23, José Peña (<jose@example.org>) escribió:"},
        Introduction{"portuguese",
                     "Em seg., 9 de nov. de 2026 às 14:23, João Simões <joao@example.org> escreveu:"},
        Introduction{"italian",
                     "Il giorno lun 9 nov 2026 alle ore 14:23 Niccolò Rossi <nr@example.org> ha scritto:"},
        Introduction{"dutch", "Op ma 9 nov 2026 om 14:23 schreef Daan de Vries <daan@example.org>:"},
        Introduction{
            "dutch_apple",
            "Op 9 nov. 2026 om 14:23 heeft Daan de Vries <daan@example.org> het volgende geschreven:"},
        Introduction{"polish", "pon., 9 lis 2026 o 14:23 Łukasz Żak <lz@example.org> napisał(a):"},
        Introduction{"polish_thunderbird", "W dniu 9.11.2026 o 14:23, Łukasz Żak pisze:"},
        Introduction{"russian", "пн, 9 нояб. 2026 г. в 14:23, Иван Петров <ivan@example.org>:"},
        Introduction{"russian_verb",
                     "9 ноября 2026 г. 14:23 пользователь Иван Петров <ivan@example.org> написал:"},
        Introduction{"japanese", "2026年11月9日(月) 14:23 山田太郎 <taro@example.org>:"},
        Introduction{"japanese_apple", "2026/11/09 14:23、山田太郎 <taro@example.org>のメール:"},
        Introduction{"korean", "2026년 11월 9일 (월) 오후 2:23, 홍길동 <hong@example.org>님이 작성:"},
        Introduction{"finnish", "ma 9. marrask. 2026 klo 14.23 Väinö Mäki (vaino@example.org) kirjoitti:"},
        Introduction{"czech", "po 9. 11. 2026 v 14:23 odesílatel Jiří Dvořák <jd@example.org> napsal:"},
        Introduction{"turkish",
                     "Ayşe Yılmaz <ayse@example.org>, 9 Kas 2026 Pzt, 14:23 tarihinde şunu yazdı:"},
        Introduction{"chinese_gmail", "张三 <san@example.org> 于2026年11月9日周一 14:23写道："},
        Introduction{"chinese_apple", "在 2026年11月9日，下午2:23，张三 <san@example.org> 写道："},
        Introduction{"chinese_netease", "在 2026-11-09 14:23:11，\"张三\" <san@example.org> 写道："},
        Introduction{"traditional_gmail", "王大明 <wang@example.org> 於 2026年11月9日 週一 下午2:23寫道："},
        Introduction{"traditional_two_lines",
                     "資訊服務台 <desk@example.org> 於\n2026年11月9日 週一 下午2:23 寫道："},
        Introduction{"outlook_english",
                     "From: Kari Nordmann <kari@example.org>\nSent: Monday, November 9, 2026 2:23 PM\nTo: "
                     "Desk <desk@example.org>\nSubject: RE: Printer"},
        Introduction{"outlook_bold",
                     "*From:* Kari Nordmann <kari@example.org>\n*Sent:* Monday, November 9, 2026 2:23 "
                     "PM\n*To:* Desk\n*Subject:* RE: Printer"},
        Introduction{"outlook_rule",
                     "________________________________\nFrom: Kari Nordmann\nSent: 9 November 2026 "
                     "14:23\nTo: Desk\nSubject: RE: Printer"},
        Introduction{
            "outlook_norwegian",
            "Fra: Kari Nordmann\nSendt: mandag 9. november 2026 14:23\nTil: Brukerstøtte\nEmne: SV: Skriver"},
        Introduction{
            "outlook_swedish",
            "Från: Åsa Öberg\nSkickat: den 9 november 2026 14:23\nTill: Support\nÄmne: SV: Skrivare"},
        Introduction{"outlook_german",
                     "Von: Jörg Müller\nGesendet: Montag, 9. November 2026 14:23\nAn: Hotline\nCc: "
                     "Chef\nBetreff: AW: Drucker"},
        Introduction{
            "outlook_french",
            "De : Zoé Lefèvre\nEnvoyé : lundi 9 novembre 2026 14:23\nÀ : Assistance\nObjet : RE: Imprimante"},
        Introduction{"outlook_spanish",
                     "De: José Peña\nEnviado el: lunes, 9 de noviembre de 2026 14:23\nPara: Soporte\nAsunto: "
                     "RE: Impresora"},
        Introduction{"outlook_dutch",
                     "Van: Daan de Vries\nVerzonden: maandag 9 november 2026 14:23\nAan: "
                     "Helpdesk\nOnderwerp: RE: Printer"},
        Introduction{
            "outlook_russian",
            "От: Иван Петров\nОтправлено: 9 ноября 2026 г. 14:23\nКому: Поддержка\nТема: RE: Принтер"},
        Introduction{"outlook_chinese",
                     "发件人: 张三\n发送时间: 2026年11月9日 14:23\n收件人: 服务台\n主题: 回复: 打印机"},
        Introduction{
            "outlook_traditional",
            "寄件者: 王大明\n寄件日期: 2026年11月9日 下午 02:23\n收件者: 服務台\n主旨: 回覆: 印表機"},
        Introduction{
            "outlook_japanese",
            "差出人: 山田太郎\n送信日時: 2026年11月9日 14:23\n宛先: ヘルプデスク\n件名: RE: プリンター"},
        Introduction{"outlook_korean",
                     "보낸 사람: 홍길동\n보낸 날짜: 2026년 11월 9일 월요일 오후 2:23\n받는 사람: "
                     "헬프데스크\n제목: RE: 프린터"},
        Introduction{"outlook_finnish",
                     "Lähettäjä: Väinö Mäki\nLähetetty: maanantai 9. marraskuuta 2026 14.23\nVastaanottaja: "
                     "Tuki\nAihe: VS: Tulostin"},
        Introduction{
            "outlook_turkish",
            "Kimden: Ayşe Yılmaz\nGönderildi: 9 Kasım 2026 Pazartesi 14:23\nKime: Destek\nKonu: YNT: Yazıcı"},
        Introduction{
            "foxmail",
            "发件人： 张三\n发送时间： 2026-11-09 14:23\n收件人： desk@example.org\n主题： 回复：打印机"},
        Introduction{
            "qq",
            "------------------ 原始邮件 ------------------\n发件人: \"张三\" <san@example.org>;\n发送时间: "
            "2026年11月9日(星期一) 下午2:23\n收件人: \"desk\" <desk@example.org>;\n主题: 打印机"},
        Introduction{"qq_english", "------------------ Original ------------------"},
        Introduction{
            "netease_table",
            "---- 回复的原邮件 ----\n| 发件人 | 张三 <san@example.org> |\n| 日期 | 2026年11月9日 14:23 |"},
        Introduction{"original_message", "-----Original Message-----"},
        Introduction{"original_german", "-----Ursprüngliche Nachricht-----"},
        Introduction{"original_norwegian", "-------- Opprinnelig melding --------"},
        Introduction{"original_french", "----- Mail original -----"},
        Introduction{"original_polish", "---------- Wiadomość oryginalna ----------"},
        Introduction{"zoho", "---- On Mon, 09 Nov 2026 14:23:11 +0100 Kari <kari@example.org> wrote ----"},
        Introduction{"lotus", "-----Kari Nordmann/IT/Example wrote: -----"},
        Introduction{"forwarded", "---------- Forwarded message ---------\nFrom: Kari <kari@example.org>"},
        Introduction{"forwarded_apple", "Begin forwarded message:"},
        Introduction{"forwarded_apple_norwegian", "Videresendt melding:"},
        Introduction{"reply_above", "##- Please type your reply above this line -##"}),
    [](auto const& row) { return row.param.name; });

struct Footer {
  std::string name, lines;
};
class Signed : public testing::TestWithParam<Footer> {};
TEST_P(Signed, FooterIsFolded) {
  EXPECT_EQ(reply_of_text("Own words.\n\n" + GetParam().lines + "\n"), "Own words.");
}
TEST_P(Signed, FooterAboveHistoryIsFolded) {
  EXPECT_EQ(reply_of_text("Own words.\n\n" + GetParam().lines +
                          "\n\nOn 9 Nov 2026, at 14:23, Kari wrote:\n> Old\n"),
            "Own words.");
}
INSTANTIATE_TEST_SUITE_P(
    Table, Signed,
    testing::Values(
        Footer{"rfc", "-- \nOla Nordmann\nExample AS"}, Footer{"without_blank", "--\nOla"},
        Footer{"iphone", "Sent from my iPhone"}, Footer{"iphone_norwegian", "Sendt fra min iPhone"},
        Footer{"iphone_swedish", "Skickat från min iPhone"},
        Footer{"iphone_german", "Von meinem iPhone gesendet"},
        Footer{"iphone_french", "Envoyé de mon iPhone"}, Footer{"iphone_spanish", "Enviado desde mi iPhone"},
        Footer{"iphone_italian", "Inviato da iPhone"}, Footer{"iphone_dutch", "Verstuurd vanaf mijn iPhone"},
        Footer{"iphone_polish", "Wysłane z iPhone'a"}, Footer{"iphone_russian", "Отправлено с iPhone"},
        Footer{"iphone_chinese", "发自我的iPhone"}, Footer{"iphone_traditional", "從我的 iPhone 傳送"},
        Footer{"iphone_japanese", "iPhoneから送信"}, Footer{"iphone_korean", "나의 iPhone에서 보냄"},
        Footer{"iphone_finnish", "Lähetetty iPhonesta"}, Footer{"iphone_czech", "Odesláno z iPhonu"},
        Footer{"iphone_danish", "Sendt fra min iPhone"}, Footer{"iphone_nynorsk", "Sendt frå iPhonen min"},
        Footer{"iphone_portuguese", "Enviado do meu iPhone"},
        Footer{"iphone_ukrainian", "Надіслано з iPhone"}, Footer{"iphone_slovak", "Odoslané z iPhonu"},
        Footer{"iphone_hungarian", "Az iPhone-omról küldve"},
        Footer{"iphone_romanian", "Trimis de pe iPhone-ul meu"},
        Footer{"iphone_greek", "Στάλθηκε από το iPhone μου"},
        Footer{"iphone_turkish", "iPhone'umdan gönderildi"}, Footer{"iphone_arabic", "أُرسلت من الـ iPhone"},
        Footer{"iphone_hebrew", "נשלח מה-iPhone שלי"},
        Footer{"iphone_vietnamese", "Đã gửi từ iPhone của tôi"},
        Footer{"iphone_indonesian", "Dikirim dari iPhone saya"}, Footer{"iphone_thai", "ส่งจาก iPhone ของฉัน"},
        Footer{"iphone_croatian", "Poslano s mog iPhonea"},
        Footer{"iphone_catalan", "Enviat des del meu iPhone"}, Footer{"samsung", "Sent from my Galaxy"},
        Footer{"samsung_norwegian", "Sendt fra min Galaxy"},
        Footer{"samsung_german", "Von meinem/meiner Galaxy gesendet"},
        Footer{"samsung_french", "Envoyé depuis mon appareil Galaxy"},
        Footer{"samsung_spanish", "Enviado desde mi dispositivo Galaxy"},
        Footer{"samsung_russian", "Отправлено со смартфона Samsung Galaxy."},
        Footer{"samsung_polish", "Wysłane z mojego Galaxy"}, Footer{"samsung_chinese", "从三星Galaxy发送"},
        Footer{"samsung_korean", "나의 Galaxy에서 보냄"}, Footer{"huawei_chinese", "发自我的华为手机"},
        Footer{"xiaomi_chinese", "发自我的小米手机"}, Footer{"wechat_chinese", "来自我的华为手机"},
        Footer{"netease_phone", "发自网易邮箱大师"}, Footer{"qq_phone", "发自我的QQ邮箱"},
        Footer{"yahoo_phone", "Sent from Yahoo Mail for iPhone"},
        Footer{"yahoo_android", "Sent from Yahoo Mail on Android"},
        Footer{"yahoo_norwegian", "Sendt fra Yahoo Mail på Android"},
        Footer{"yahoo_japanese", "iPhone版Yahoo!メールから送信"},
        Footer{"proton", "Sent with Proton Mail secure email."},
        Footer{"proton_german", "Gesendet mit Proton Mail sichere E-Mail."},
        Footer{"yandex", "Отправлено из мобильной Яндекс Почты"},
        Footer{"mail_ru", "Отправлено из мобильной Почты Mail.ru"}, Footer{"spark", "Sent with Spark"},
        Footer{"blackberry", "Sent from my BlackBerry 10 smartphone."},
        Footer{"windows_german", "Gesendet von Mail für Windows"},
        Footer{"windows_norwegian", "Sendt fra E-post for Windows"},
        Footer{"windows_french", "Envoyé à partir de Courrier pour Windows"},
        Footer{"windows_spanish", "Enviado desde Correo para Windows"},
        Footer{"windows_japanese", "Windows 版のメールから送信"},
        Footer{"windows_chinese", "从 Windows 版邮件发送"}, Footer{"windows_taiwan", "從 Windows 的郵件傳送"},
        Footer{"windows_polish", "Wysłane z programu Poczta systemu Windows"},
        Footer{"outlook_german", "Holen Sie sich Outlook für Android"},
        Footer{"outlook_spanish", "Obtener Outlook para iOS"},
        Footer{"outlook_taiwan", "取得 iOS 版 Outlook"}, Footer{"outlook_japanese", "Outlook for iOS を入手"},
        Footer{"outlook_korean", "iOS용 Outlook 다운로드"},
        Footer{"outlook_russian", "Получить Outlook для iOS"},
        Footer{"outlook_arabic", "الحصول على Outlook لـ iOS"},
        Footer{"outlook", "Get Outlook for iOS<https://aka.ms/example>"},
        Footer{"outlook_norwegian", "Hent Outlook for iOS"},
        Footer{"outlook_french", "Télécharger Outlook pour Android"},
        Footer{"outlook_chinese", "获取 Outlook for iOS"}, Footer{"windows", "Sent from Mail for Windows"},
        Footer{"disclaimer",
               "This e-mail is confidential and intended solely for the addressee. If you received it in "
               "error,\n"
               "please notify the sender and delete it."},
        Footer{
            "disclaimer_german",
            "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Empfänger sind,\n"
            "informieren Sie bitte den Absender und löschen Sie die Nachricht."},
        Footer{"disclaimer_norwegian",
               "Denne e-posten kan inneholde fortrolig informasjon og er kun ment for mottakeren. Har du "
               "fått den\n"
               "ved en feil, ber vi deg slette den og varsle avsenderen."},
        Footer{"disclaimer_french",
               "Ce message est confidentiel et réservé à son destinataire. Si vous l'avez reçu par erreur,\n"
               "merci de le supprimer et d'avertir l'expéditeur. Toute divulgation est interdite."},
        Footer{"disclaimer_spanish",
               "Este mensaje es confidencial y va dirigido a su destinatario. Si lo ha recibido por error,\n"
               "le rogamos eliminarlo. Queda prohibida su divulgación."},
        Footer{"disclaimer_polish",
               "Wiadomość ta jest poufna i przeznaczona wyłącznie dla adresata. Jeżeli otrzymali ją Państwo "
               "omyłkowo,\n"
               "prosimy o jej usunięcie i powiadomienie nadawcy."},
        Footer{
            "disclaimer_ruled",
            "________________________________\nThe information in this message is confidential and intended "
            "for\n"
            "the addressee alone. Any distribution is prohibited. If you are not the recipient, delete it."},
        Footer{"environment", "Please consider the environment before printing this e-mail."},
        Footer{"virus_free", "Virus-free. www.example.com"},
        Footer{"disclaimer_chinese",
               "本邮件及其附件含有保密信息，仅限于收件人使用。未经授权禁止复制，误收者请立即删除。"},
        Footer{"list",
               "_______________________________________________\nusers mailing list\nusers@example.org"}),
    [](auto const& row) { return row.param.name; });

struct QuoteRow {
  std::string name, text, reply;
};
class Reply : public testing::TestWithParam<QuoteRow> {};
TEST_P(Reply, IsWhatThePersonWrote) { EXPECT_EQ(reply_of_text(GetParam().text), GetParam().reply); }

INSTANTIATE_TEST_SUITE_P(
    Table, Reply,
    testing::Values(
        QuoteRow{"plain", "Hello\n\nIt works.\n", "Hello\n\nIt works."},
        QuoteRow{"bottom", "On 9 Nov 2026, at 14:23, Kari wrote:\n> Does it work?\n\nYes, it does.\n",
                 "Yes, it does."},
        QuoteRow{"bottom_without_attribution", "> Does it work?\n\nYes.\n", "> Does it work?\n\nYes."},
        QuoteRow{"around", "Hello,\n\nOn 9 Nov 2026, at 14:23, Kari wrote:\n> Old\n\nSee below.\n",
                 "Hello,\n\nSee below."},
        QuoteRow{"interleaved",
                 "On 9 Nov 2026, at 14:23, Kari wrote:\n> Which room?\n\n214\n\n> Which printer?\n\nThe blue "
                 "one.\n\n> Regards\n> Kari\n",
                 "> Which room?\n\n214\n\n> Which printer?\n\nThe blue one."},
        QuoteRow{"interleaved_tight",
                 "On 9 Nov 2026, at 14:23, Kari wrote:\n> Which room?\n214\n> Which printer?\nBlue.\n",
                 "> Which room?\n214\n> Which printer?\nBlue."},
        QuoteRow{"on_one_line",
                 "Thanks! On Mon, 9 Nov 2026 at 14:23, Kari <kari@example.org> wrote:\n> Old\n", "Thanks!"},
        // Their bytes are those of their own line: the line above would be cut inside of a letter.
        QuoteRow{"own_words_below_an_address",
                 "Spør øøøøøø <kari@example.org>\nThanx On 3 Aug 2026 at 10:30 somebody wrote:\n> Old\n",
                 "Spør øøøøøø <kari@example.org>\nThanx"},
        QuoteRow{"quote_without_attribution", "Done.\n\n> Please do it.\n", "Done."},
        QuoteRow{"name_only", "Done.\n\nKari Nordmann wrote:\n> Please do it.\n", "Done."},
        QuoteRow{"unknown_language",
                 "Tehtud.\n\n09.11.2026 14:23 Mari Tamm <mari@example.org> saatis:\n> Palun.\n", "Tehtud."},
        QuoteRow{
            "wrapped_by_mailer",
            "Done.\n\nOn 9 Nov 2026, at 14:23, Kari wrote:\n> This is a long line of a paragraph that some "
            "server on its way to us has\nwrapped\n> again and again.\n",
            "Done."},
        QuoteRow{"forward_with_words",
                 "Please see.\n\nBegin forwarded message:\n\nFrom: a@example.org\nSubject: x\n\nText\n",
                 "Please see."},
        QuoteRow{"forward_without_words",
                 "Begin forwarded message:\n\nFrom: a@example.org\nSubject: x\n\nText\n",
                 "Begin forwarded message:\n\nFrom: a@example.org\nSubject: x\n\nText"},
        QuoteRow{"quote_only", "> all quoted\n", "> all quoted"},
        QuoteRow{"signature_only", "-- \nOla\n", "--\nOla"},
        QuoteRow{"footer_only", "Sent from my iPhone\n", "Sent from my iPhone"},
        QuoteRow{"our_own_letter",
                 "Thanks, solved.\n\nDesk <desk+42@example.org> wrote:\n> Your case is open.\n> Ref: "
                 "42.rr.abc.def\n",
                 "Thanks, solved."},
        // Words that look like history and are none.
        QuoteRow{"journey", "Please book:\nFrom: Oslo\nTo: Bergen\nDate: 3 May 2026\n",
                 "Please book:\nFrom: Oslo\nTo: Bergen\nDate: 3 May 2026"},
        QuoteRow{"appointment", "Visit:\nDate: Wednesday\nTime: 7:00\nAddress: 130 Fox St\n",
                 "Visit:\nDate: Wednesday\nTime: 7:00\nAddress: 130 Fox St"},
        QuoteRow{"somebody_wrote", "The manual wrote:\nPress F1.\n\nIt did not help.\n",
                 "The manual wrote:\nPress F1.\n\nIt did not help."},
        QuoteRow{"story", "On Monday at 10:30 the user said:\nI can't log in.\n",
                 "On Monday at 10:30 the user said:\nI can't log in."},
        QuoteRow{"on_thursday", "On Thursday:\n\nIt broke again.\n", "On Thursday:\n\nIt broke again."},
        QuoteRow{"dashes", "Form\n--- Enter name below ---\nOla\n", "Form\n--- Enter name below ---\nOla"},
        QuoteRow{"sent_is_no_footer", "I sent from my iPhone a picture, did you get it?\n",
                 "I sent from my iPhone a picture, did you get it?"},
        QuoteRow{"gesendet_is_no_footer", "Ich habe das Formular gestern gesendet\n",
                 "Ich habe das Formular gestern gesendet"},
        QuoteRow{"chinese_sent_is_no_footer", "你好\n\n邮件无法发送\n", "你好\n\n邮件无法发送"},
        QuoteRow{"chinese_sent_from_is_no_footer", "你好\n\n从昨天开始邮件无法发送\n",
                 "你好\n\n从昨天开始邮件无法发送"},
        QuoteRow{"spanish_sent_is_no_footer", "Hola\n\nEnviado por error\n", "Hola\n\nEnviado por error"},
        QuoteRow{"log_line_with_sign", "I get\n\n> error 5\n\nwhen I print.\n",
                 "I get\n\n> error 5\n\nwhen I print."},
        QuoteRow{"log_line_at_the_end", "The printer says this:\n\n> error 5\n> error 6\n",
                 "The printer says this:\n\n> error 5\n> error 6"},
        QuoteRow{
            "log_line_above_history",
            "The printer now says:\n> error 5\n\nOn 9 Nov 2026, at 14:23, Kari wrote:\n> What does it say?\n",
            "The printer now says:\n> error 5"},
        QuoteRow{
            "outlook_with_signs",
            "See below.\n\n-----Original Message-----\nFrom: Kari\nSent: Monday\nTo: Desk\nSubject: x\n\n> "
            "Which room?\n214\n> Which printer?\nBlue.\n",
            "See below.\n\n> Which room?\n214\n> Which printer?\nBlue."},
        QuoteRow{"long_text_below_dashes", "A\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n",
                 "A\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16"},
        QuoteRow{"empty", "", ""}, QuoteRow{"blank", " \n\n", ""}),
    [](auto const& row) { return row.param.name; });

class HtmlReply : public testing::TestWithParam<QuoteRow> {};
TEST_P(HtmlReply, IsWhatThePersonWrote) { EXPECT_EQ(reply_of_html(GetParam().text), GetParam().reply); }

INSTANTIATE_TEST_SUITE_P(
    Table, HtmlReply,
    testing::Values(
        QuoteRow{
            "gmail",
            "<div dir=ltr>It works.</div><br><div class=\"gmail_quote\"><div class=gmail_attr>On Mon, Kari "
            "&lt;<a href=mailto:k@example.org>k@example.org</a>&gt; wrote:<br></div><blockquote "
            "class=gmail_quote>Old</blockquote></div>",
            "It works."},
        QuoteRow{"gmail_unknown_words",
                 "<div>Jah.</div><div class=gmail_quote><div class=gmail_attr>Mari saatis "
                 "nii:<br></div><blockquote class=gmail_quote>Old</blockquote></div>",
                 "Jah."},
        QuoteRow{
            "gmail_interleaved",
            "<div class=gmail_quote><div class=gmail_attr>On Mon, Nov 9, 2026 Kari wrote:</div><blockquote "
            "class=gmail_quote>Room?</blockquote><div>214</div><blockquote "
            "class=gmail_quote>Printer?</blockquote><div>Blue</div></div>",
            "> Room?\n214\n> Printer?\nBlue"},
        QuoteRow{
            "thunderbird",
            "<p>Yes.</p><div class=moz-cite-prefix>Den 09.11.2026 14:23, skrev Kari:<br></div><blockquote "
            "type=cite>Old</blockquote>",
            "Yes."},
        QuoteRow{"thunderbird_bottom",
                 "<div class=moz-cite-prefix>On 09.11.2026 14:23, Kari wrote:</div><blockquote "
                 "type=cite>Old</blockquote><p>Yes.</p><pre class=moz-signature>-- \nOla</pre>",
                 "Yes."},
        QuoteRow{"outlook",
                 "<div class=WordSection1><p class=MsoNormal>Yes.</p><div style='border-top:solid #E1E1E1 "
                 "1.0pt'><p class=MsoNormal><b>From:</b> Kari &lt;kari@example.org&gt;<br><b>Sent:</b> "
                 "Monday<br><b>To:</b> Desk<br><b>Subject:</b> RE: x</p></div><p>Old</p></div>",
                 "Yes."},
        QuoteRow{"outlook_web",
                 "<div>Yes.</div><hr><div id=divRplyFwdMsg><b>Unknown:</b> Kari</div><div>Old</div>", "Yes."},
        QuoteRow{
            "outlook_mobile",
            "<div>Yes.</div><div id=ms-outlook-mobile-signature>Hent <a href=https://aka.ms/x>Outlook for "
            "iOS</a></div><hr><div id=divRplyFwdMsg>Old</div>",
            "Yes."},
        QuoteRow{"apple",
                 "<div>Yes.<br><br><blockquote type=cite>On 9 Nov 2026, at 14:23, Kari "
                 "wrote:<br><br>Old</blockquote></div>",
                 "Yes."},
        QuoteRow{
            "yahoo",
            "<div>Yes.</div><div class=yahoo_quoted><div>On Monday, Kari wrote:</div><div>Old</div></div>",
            "Yes."},
        QuoteRow{"qq",
                 "<div>好的，谢谢。</div><includetail><div>------------------ 原始邮件 "
                 "------------------</div><div>旧</div></includetail>",
                 "好的，谢谢。"},
        QuoteRow{"gmx", "<div>Ja.</div><div name=quote><b>Gesendet:</b> Montag</div>", "Ja."},
        QuoteRow{"hotmail", "<div>Yes.<br><hr id=stopSpelling>Date: Mon<br>Old</div>", "Yes."},
        QuoteRow{"own_quotation", "Look:<blockquote class=gmail_quote>disk full</blockquote>",
                 "Look:\ndisk full"},
        QuoteRow{"nothing_but_a_quote", "<blockquote type=cite>Old</blockquote>", "> Old"},
        QuoteRow{"no_history", "<p>Hello</p><ul><li>a</li></ul>", "Hello\n\n- a"}, QuoteRow{"empty", "", ""}),
    [](auto const& row) { return row.param.name; });

TEST(QuoteTorture, Ends) {
  std::string quotes, nested(1'000'000, '>'), attributions, labels, colons, divs;
  for (int i = 0; i < 250'000; ++i) quotes += "> x\n";
  for (int i = 0; i < 20'000; ++i) {
    attributions += "On 9 Nov 2026, at 14:23, Kari\n<kari@example.org> wrote:\n> a\nb\n";
    labels += "From: a\n";
    colons += "a b c d e f:\n";
    divs += "<div class=gmail_quote><blockquote>";
  }
  for (std::string const& text : {quotes, nested, attributions, labels, colons, std::string(1'000'000, '-'),
                                  std::string(1'000'000, '\n'), std::string(500'000, '<')})
    EXPECT_FALSE(reply_of_text(text + "\nend").empty());
  EXPECT_FALSE(reply_of_html(divs + "end").empty());
}

// Four times the size must not take sixteen times the work: a megabyte of the worst lines would not end
// within the time that ctest gives.
TEST(QuoteTorture, MegabytesOfHistoryEnd) {
  std::string wrote, names, separators, quoted_lines, footers;
  while (wrote.size() < 2'000'000) wrote += "On Mon, 9 Nov 2026 at 14:23, Kari <kari@example.org> wrote:\n";
  while (names.size() < 2'000'000) names += "Kari <kari@example.org>\n";
  while (separators.size() < 1'000'000) separators += "-----Original Message-----\nFrom: a\n";
  while (quoted_lines.size() < 2'000'000) quoted_lines += "> On 9 Nov 2026 Kari wrote:\nx\n";
  while (footers.size() < 1'000'000) footers += "Sent from my iPhone\n";
  for (std::string const& text :
       {wrote, names, separators, quoted_lines, footers, std::string(4'000'000, '>')})
    EXPECT_FALSE(reply_of_text("Own.\n\n" + text + "\nend").empty());
}

}  // namespace
}  // namespace spoc::parser
