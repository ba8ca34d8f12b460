// SPDX-License-Identifier: GPL-3.0-or-later
// Header blocks above history, in the languages of Outlook, and texts of people that only look like one.
#include "parser/quote.hpp"

#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

struct Labels {
  char const* name;
  char const* from;
  char const* sent;
  char const* to;
  char const* subject;
};
auto const by_name = [](auto const& row) { return std::string{row.param.name}; };

// One line of the block each, name and value in the form that `shape` gives: L is the label, V the value.
std::string block(Labels const& labels, std::string_view shape) {
  std::string out;
  for (auto const& [label, value] : {std::pair{labels.from, "Kari Nordmann"},
                                     {labels.sent, "09.11.2026 14:23"},
                                     {labels.to, "Service Desk"},
                                     {labels.subject, "RE: Printer"}})
    for (char const c : shape)
      out += c == 'L' ? std::string{label} : c == 'V' ? std::string{value} : std::string{c};
  return out;
}

class Letterhead : public testing::TestWithParam<Labels> {
 protected:
  static void folds(std::string_view shape) {
    EXPECT_EQ(reply_of_text("Own words.\n\n" + block(GetParam(), shape) + "\nHistory.\nMore of it.\n"),
              "Own words.")
        << shape;
  }
};
TEST_P(Letterhead, Plain) { folds("L: V\n"); }
TEST_P(Letterhead, Bold) { folds("*L:* V\n"); }
TEST_P(Letterhead, WideColon) { folds("L：V\n"); }
TEST_P(Letterhead, BlankBeforeColon) { folds("L : V\n"); }
TEST_P(Letterhead, BelowARule) {
  EXPECT_EQ(reply_of_text("Own words.\n\n________________________________\n" + block(GetParam(), "L: V\n") +
                          "\nHistory.\n"),
            "Own words.");
}
TEST_P(Letterhead, AnswersBelowAQuoteAreKept) {
  EXPECT_EQ(reply_of_text(block(GetParam(), "L: V\n") + "\n> History.\n\nOwn words.\n"), "Own words.");
}
TEST_P(Letterhead, HtmlOfOutlook) {
  EXPECT_EQ(
      reply_of_html(
          "<p class=MsoNormal>Own words.</p><div style='border-top:solid #E1E1E1 1.0pt'><p class=MsoNormal>" +
          block(GetParam(), "<b>L:</b> V<br>") + "</p></div><p class=MsoNormal>History.</p>"),
      "Own words.");
}

INSTANTIATE_TEST_SUITE_P(Languages, Letterhead,
                         testing::Values(Labels{"arabic", "من", "تم الإرسال", "إلى", "الموضوع"},
                                         Labels{"bulgarian", "От", "Изпратено", "До", "Относно"},
                                         Labels{"catalan", "De", "Enviat", "Per a", "Assumpte"},
                                         Labels{"croatian", "Šalje", "Poslano", "Prima", "Predmet"},
                                         Labels{"czech", "Od", "Odesláno", "Komu", "Předmět"},
                                         Labels{"danish", "Fra", "Sendt", "Til", "Emne"},
                                         Labels{"dutch", "Van", "Verzonden", "Aan", "Onderwerp"},
                                         Labels{"english", "From", "Sent", "To", "Subject"},
                                         Labels{"english_date", "From", "Date", "To", "Subject"},
                                         Labels{"estonian", "Saatja", "Saadetud", "Adressaat", "Teema"},
                                         Labels{"finnish", "Lähettäjä", "Lähetetty", "Vastaanottaja", "Aihe"},
                                         Labels{"french", "De", "Envoyé", "À", "Objet"},
                                         Labels{"german", "Von", "Gesendet", "An", "Betreff"},
                                         Labels{"german_date", "Von", "Datum", "An", "Betreff"},
                                         Labels{"greek", "Από", "Στάλθηκε", "Προς", "Θέμα"},
                                         Labels{"greek_date", "Από", "Ημερομηνία", "Προς", "Θέμα"},
                                         Labels{"hebrew", "מאת", "נשלח", "אל", "נושא"},
                                         Labels{"hungarian", "Feladó", "Elküldve", "Címzett", "Tárgy"},
                                         Labels{"hungarian_date", "Feladó", "Dátum", "Címzett", "Tárgy"},
                                         Labels{"indonesian", "Dari", "Dikirim", "Kepada", "Perihal"},
                                         Labels{"indonesian_date", "Dari", "Tanggal", "Kepada", "Subjek"},
                                         Labels{"italian", "Da", "Inviato", "A", "Oggetto"},
                                         Labels{"italian_date", "Da", "Data", "A", "Oggetto"},
                                         Labels{"japanese", "差出人", "送信日時", "宛先", "件名"},
                                         Labels{"japanese_apple", "差出人", "日付", "宛先", "件名"},
                                         Labels{"korean", "보낸 사람", "보낸 날짜", "받는 사람", "제목"},
                                         Labels{"korean_apple", "보낸 사람", "날짜", "받는 사람", "제목"},
                                         Labels{"lithuanian", "Nuo", "Išsiųsta", "Kam", "Tema"},
                                         Labels{"norwegian", "Fra", "Sendt", "Til", "Emne"},
                                         Labels{"norwegian_date", "Fra", "Dato", "Til", "Emne"},
                                         Labels{"nynorsk", "Frå", "Sendt", "Til", "Emne"},
                                         Labels{"persian", "از", "ارسال شده", "به", "موضوع"},
                                         Labels{"polish", "Od", "Wysłano", "Do", "Temat"},
                                         Labels{"portuguese", "De", "Enviado", "Para", "Assunto"},
                                         Labels{"portuguese_brazil", "De", "Enviada em", "Para", "Assunto"},
                                         Labels{"romanian", "De la", "Trimis", "Către", "Subiect"},
                                         Labels{"romanian_date", "De la", "Data", "La", "Subiect"},
                                         Labels{"russian", "От", "Отправлено", "Кому", "Тема"},
                                         Labels{"russian_apple", "От", "Дата", "Кому", "Тема"},
                                         Labels{"slovak", "Od", "Odoslané", "Komu", "Predmet"},
                                         Labels{"slovenian", "Od", "Poslano", "Za", "Zadeva"},
                                         Labels{"spanish", "De", "Enviado el", "Para", "Asunto"},
                                         Labels{"spanish_date", "De", "Fecha", "Para", "Asunto"},
                                         Labels{"swedish", "Från", "Skickat", "Till", "Ämne"},
                                         Labels{"swedish_date", "Från", "Datum", "Till", "Ämne"},
                                         Labels{"thai", "จาก", "ส่ง", "ถึง", "เรื่อง"},
                                         Labels{"thai_date", "จาก", "วันที่", "ถึง", "หัวเรื่อง"},
                                         Labels{"turkish", "Kimden", "Gönderildi", "Kime", "Konu"},
                                         Labels{"turkish_date", "Kimden", "Tarih", "Kime", "Konu"},
                                         Labels{"ukrainian", "Від", "Надіслано", "Кому", "Тема"},
                                         Labels{"vietnamese", "Từ", "Đã gửi", "Đến", "Chủ đề"},
                                         Labels{"vietnamese_date", "Từ", "Ngày", "Tới", "Tiêu đề"},
                                         Labels{"chinese", "发件人", "发送时间", "收件人", "主题"},
                                         Labels{"chinese_date", "发件人", "日期", "收件人", "主题"},
                                         Labels{"chinese_taiwan", "寄件者", "寄件日期", "收件者", "主旨"},
                                         Labels{"chinese_hong_kong", "寄件人", "日期", "收件人", "主題"}),
                         by_name);

struct LetterheadRow {
  char const* name;
  char const* text;
};
class NoLetterhead : public testing::TestWithParam<LetterheadRow> {};
TEST_P(NoLetterhead, IsKept) { EXPECT_EQ(reply_of_text(GetParam().text), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(
    Texts, NoLetterhead,
    testing::Values(
        LetterheadRow{"from_alone", "Hello,\n\nFrom: the cellar\n\nit smells of smoke."},
        LetterheadRow{"log_excerpt", "The log says\n\nFrom: daemon\nerror 5 in line 3\n\nWhat does it mean?"},
        LetterheadRow{"journey", "Please book\nFrom: Oslo\nTo: Bergen\nDate: 3 May 2026\nfor two."},
        LetterheadRow{"norwegian_journey", "Bestill\nFra: Oslo\nTil: Bergen\nDato: 3. mai 2026\nfor to."},
        LetterheadRow{"german_journey", "Bitte buchen\nVon: Oslo\nNach: Bergen\nDatum: 3.5.2026\nfür zwei."},
        LetterheadRow{"form", "Date: 3 May\nSubject: Maths\nRoom: 214\n\nis what the door says."},
        LetterheadRow{"to_do", "To: do\n- printer\n- scanner\n\nis my list."},
        LetterheadRow{"chinese_form", "日期：5月3日\n时间：下午\n地点：图书馆\n\n可以吗？"},
        LetterheadRow{"original_alone", "The\noriginal message\nis lost."},
        LetterheadRow{"forwarded_word", "Please see the forwarded message: it is attached."}),
    by_name);

struct Signs {
  char const* name;
  char const* line;
};
class Separated : public testing::TestWithParam<Signs> {};
TEST_P(Separated, HistoryIsFolded) {
  EXPECT_EQ(reply_of_text(std::string{"Own words.\n\n"} + GetParam().line + "\n\nHistory.\n"), "Own words.");
}
INSTANTIATE_TEST_SUITE_P(
    Lines, Separated,
    testing::Values(
        Signs{"english", "-----Original Message-----"},
        Signs{"english_blanks", "------ Original message ------"},
        Signs{"english_forward", "---------- Forwarded message ---------"},
        Signs{"english_apple", "Begin forwarded message:"},
        Signs{"hyphens", "‐‐‐‐‐‐‐ Original Message ‐‐‐‐‐‐‐"},
        Signs{"drawn", "─────── Original Message ───────"}, Signs{"arabic", "-----الرسالة الأصلية-----"},
        Signs{"catalan", "-----Missatge original-----"}, Signs{"chinese", "-----原始邮件-----"},
        Signs{"chinese_netease", "---- 回复的原邮件 ----"},
        Signs{"chinese_forward", "-------- 转发邮件信息 --------"},
        Signs{"chinese_taiwan", "-----原始郵件-----"}, Signs{"croatian", "-----Izvorna poruka-----"},
        Signs{"czech", "-----Původní zpráva-----"},
        Signs{"czech_mail", "---------- Původní e-mail ----------"},
        Signs{"danish", "-----Oprindelig meddelelse-----"},
        Signs{"dutch", "-----Oorspronkelijk bericht-----"}, Signs{"finnish", "-----Alkuperäinen viesti-----"},
        Signs{"french", "-----Message d'origine-----"}, Signs{"french_mail", "----- Mail original -----"},
        Signs{"german", "-----Ursprüngliche Nachricht-----"},
        Signs{"german_forward", "-------- Weitergeleitete Nachricht --------"},
        Signs{"greek", "-----Αρχικό μήνυμα-----"}, Signs{"hebrew", "-----הודעה מקורית-----"},
        Signs{"hungarian", "-----Eredeti üzenet-----"}, Signs{"indonesian", "-----Pesan Asli-----"},
        Signs{"italian", "-----Messaggio originale-----"}, Signs{"japanese", "-----元のメッセージ-----"},
        Signs{"korean", "-----원본 메시지-----"}, Signs{"norwegian", "-----Opprinnelig melding-----"},
        Signs{"nynorsk", "-----Opphavleg melding-----"}, Signs{"polish", "-----Wiadomość oryginalna-----"},
        Signs{"polish_samsung", "-------- Oryginalna wiadomość --------"},
        Signs{"portuguese", "-----Mensagem original-----"}, Signs{"romanian", "-----Mesaj original-----"},
        Signs{"russian", "-----Исходное сообщение-----"}, Signs{"slovak", "-----Pôvodná správa-----"},
        Signs{"slovenian", "-----Izvirno sporočilo-----"}, Signs{"spanish", "-----Mensaje original-----"},
        Signs{"swedish", "-----Ursprungligt meddelande-----"}, Signs{"thai", "-----ข้อความต้นฉบับ-----"},
        Signs{"turkish", "-----Özgün İleti-----"}, Signs{"ukrainian", "-----Оригінальне повідомлення-----"},
        Signs{"vietnamese", "-----Thư gốc-----"}),
    [](auto const& row) { return std::string{row.param.name}; });

}  // namespace
}  // namespace spoc::parser
