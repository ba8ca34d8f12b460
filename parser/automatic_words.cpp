// SPDX-License-Identifier: GPL-3.0-or-later
// Tables: vacation notes, challenges, receipts and acknowledgements in many languages.
#include "parser/automatic_words.hpp"

namespace spoc::parser {
namespace {

// clang-format off
constexpr std::string_view vacations[] = {
    "auto:", "automatic reply", "automatic response", "automated reply", "automated response", "auto reply", "auto-reply", "autoreply",
    "auto response", "auto-response", "autoresponse", "auto responder", "autoresponder", "out of office", "out of the office",
    "out-of-office", "i am out of the office", "i'm out of the office", "away from my mail",
    "autosvar", "automatisk svar", "automatisk meddelelse", "automatisk svarmelding", "fraværsmelding",
    "ute av kontoret", "ikke på kontoret", "fråværsmelding", "ikke til kontoret",
    "fraværsbesked", "autosvarsbesked", "automatiskt svar", "autosvar", "automatische antwort", "automatische rückantwort", "abwesenheit",
    "abwesenheitsnotiz", "abwesenheitsnachricht", "nicht im büro", "ich bin nicht im büro", "réponse automatique", "message automatique", "absence du bureau", "absent du bureau",
    "respuesta automática", "respuesta automatica", "fuera de la oficina", "fuera de oficina", "resposta automática",
    "ausência temporária", "fora do escritório", "risposta automatica", "fuori ufficio", "fuori sede", "automatisch antwoord", "automatisch bericht",
    "niet op kantoor", "odpowiedź automatyczna", "automatyczna odpowiedź", "autoodpowiedź", "poza biurem", "автоматический ответ",
    "автоответ", "автоматична відповідь", "вне офиса", "нет на рабочем месте", "automaattinen vastaus", "poissa toimistosta",
    "automatická odpověď", "automatická odpoveď", "mimo kancelář", "automatikus válasz", "házon kívül", "răspuns automat", "absent din birou",
    "αυτόματη απάντηση", "εκτός γραφείου", "otomatik yanıt", "otomatik cevap", "ofis dışında", "رد تلقائي", "خارج المكتب", "תשובה אוטומטית", "מענה אוטומטי", "מחוץ למשרד", "trả lời tự động",
    "balasan otomatis", "di luar kantor", "การตอบกลับอัตโนมัติ", "ตอบกลับอัตโนมัติ", "resposta automàtica", "avtomatski odgovor", "automatski odgovor", "automaatvastus", "автоматичен отговор", "自动回复", "自动回覆", "自動回覆",
    "自動回復", "自动答复", "自動答覆", "自动应答", "自動応答", "自動返信", "不在通知", "不在連絡", "不在のお知らせ", "不在办公室", "不在辦公室", "자동 회신", "자동회신", "자동 응답", "자동응답", "부재중",
};
constexpr std::string_view nouns[] = {
    "on vacation", "vacation", "on leave", "annual leave", "on holiday", "absence", "absent", "fravær", "ferie", "ferieavvikling", "fråvær", "frånvaro", "frånvarande", "abwesend", "en congé", "ausente", "ausencia", "ausência", "estou ausente", "assenza",
    "afwezig", "afwezigheid", "nieobecność", "nieobecny", "отсутствую", "отпуск", "poissa", "poissaolo", "lomalla", "nepřítomnost", "dovolená", "szabadság", "izindeyim", "vắng mặt", "外出", "休假", "请假", "請假", "부재 중", "away from office", "ikke til stede", "ooo",
};
constexpr std::string_view vacation_texts[] = {
    "out of office", "out of the office", "on vacation", "on holiday", "on annual leave", "on leave", "away until", "away from", "limited access to",
    "no access to my", "i will return", "i'll be back", "i will be back", "upon my return", "when i return", "i am currently", "ikke på kontoret", "ute av kontoret", "på ferie", "tilbake på kontoret",
    "er tilbake", "i permisjon", "på semester", "åter på kontoret", "nicht im büro", "nicht im haus", "im urlaub", "bin abwesend", "wieder erreichbar", "en congé", "absent du bureau", "de retour", "fuera de la oficina", "de vacaciones",
    "fora do escritório", "de férias", "in ferie", "fuori ufficio", "afwezig", "met vakantie", "poza biurem", "na urlopie", "в отпуске", "отсутствую", "у відпустці", "lomalla", "poissa", "na dovolené", "mimo kancelář", "szabadságon", "în concediu",
    "σε άδεια", "εκτός γραφείου", "izinde", "ofis dışında", "في إجازة", "בחופשה", "nghỉ phép", "sedang cuti", "不在办公室", "不在辦公室", "出差", "休假", "度假", "外出", "休暇", "不在", "出張", "휴가", "부재중", "autosvar", "automatic reply", "自动回复", "自動回覆", "自动答复",
};
constexpr std::string_view challenges[] = {
    "confirm that you are human", "confirm you are human", "prove you are human", "verify that you are human", "you are a human", "not a spammer", "challenge-response", "challenge/response",
    "to have your message delivered", "your message is being held", "message has been held until", "add you to my list of approved", "approved senders", "allowed senders list", "whitelist",
    "click the link below to deliver", "complete this verification", "sender verification", "please confirm your message", "please confirm your email to", "boxtrapper", "spam arrest", "spamarrest", "tmda", "to release your message",
    "bestätigen sie, dass sie ein mensch", "kein spammer", "confirmer que vous êtes humain", "confirme que es una persona", "bekreft at du er et menneske", "请验证您是真人", "请确认您不是机器人",
};
constexpr std::string_view challenge_acts[] = {"please confirm", "verification", "verify", "approve", "authenticate", "click", "reply to this", "release", "captcha", "bestätigen", "confirmer", "bekreft", "confirme", "验证", "确认"};
constexpr std::string_view receipts[] = {
    "read:", "not read:", "read receipt:", "return receipt", "disposition notification", "message displayed:", "lest:", "ikke lest:", "læst:", "ikke læst:", "läst:", "inte läst:", "oläst:",
    "gelesen:", "ungelesen:", "lu :", "lu:", "non lu :", "leído:", "no leído:", "lido:", "lida:", "letto:", "non letto:", "gelezen:", "niet gelezen:", "przeczytano:", "odczytano:", "przeczytana:", "прочтено:", "прочитано:",
    "не прочтено:", "luettu:", "přečteno:", "prečítané:", "olvasott:", "citit:", "αναγνώστηκε:", "okundu:", "تمت القراءة:", "נקרא:", "đã đọc:", "dibaca:", "อ่านแล้ว:", "已读:", "已讀:", "未读:", "已读：", "已讀：", "開封済み:", "既読:", "읽음:", "읽지 않음:", "empfangsbestätigung", "lesebestätigung", "accusé de lecture", "confirmation de lecture",
    "kvittering:", "lesebekreftelse", "confirmación de lectura", "conferma di lettura", "confirmação de leitura", "leesbevestiging", "potwierdzenie przeczytania", "уведомление о прочтении",
};
constexpr std::string_view receipt_texts[] = {
    "was read", "was displayed", "has been read", "was deleted without", "been displayed", "ble lest", "er lest", "blev læst", "lästes", "har lästs", "wurde gelesen", "gelesen am", "wurde am", "a été lu", "fue leído", "se leyó", "foi lida", "foi lido", "è stato letto",
    "is gelezen", "został odczytan", "została przeczytana", "przeczytano", "было прочитано", "прочтено", "прочитано", "on luettu", "byla přečtena", "okundu", "已于", "已阅读", "已讀取", "已被读取", "開封", "読まれ", "읽었습니다", "đã được đọc", "telah dibaca",
};
constexpr std::string_view received[] = {
    "request received", "received your request", "received your message", "received your email", "received your inquiry", "received your enquiry", "ticket received", "ticket created", "ticket has been created", "case created", "case has been created", "case received", "has been received", "new ticket opened",
    "thank you for contacting", "thanks for contacting", "thank you for your email", "thank you for your message", "thank you for your inquiry", "support request", "we have received", "we received your", "we've received", "acknowledg", "confirmation of your request", "your request has been",
    "vi har mottatt", "mottatt henvendelse", "saken din er mottatt", "takk for din henvendelse", "henvendelse mottatt", "kvittering for", "vi har modtaget", "vi har tagit emot", "tack för ditt", "ihre anfrage", "eingangsbestätigung", "wir haben ihre", "nous avons bien reçu", "accusé de réception", "votre demande", "hemos recibido", "solicitud recibida", "acuse de recibo",
    "recebemos", "abbiamo ricevuto", "presa in carico", "wij hebben uw", "uw aanvraag", "otrzymaliśmy", "zgłoszenie przyjęte", "ваш запрос", "ваше обращение", "заявка принята", "olemme vastaanottaneet", "přijali jsme", "talebiniz alındı", "工单已创建", "已收到您的", "我們已收到", "我们已收到", "受付完了", "お問い合わせを受け付け", "접수되었습니다", "문의가 접수",
};
constexpr std::string_view disclosures[] = {
    "automated message", "automated email", "automated reply", "automated response", "automated confirmation", "automatic message", "automatic reply", "automatic e-mail", "automatic email", "automatic response", "automatic confirmation", "automatic acknowledg", "automatically generated", "auto-generated", "generated automatically", "sent automatically", "do not reply to this", "please do not respond", "system generated", "system-generated",
    "automatisk generert", "automatisk melding", "automatisk e-post", "automatisk svar", "automatisk kvittering", "automatisk genereret", "automatiskt genererat", "automatiskt meddelande", "automatisch generiert", "automatisch erstellt", "automatische antwort", "automatische nachricht", "automatisch versandt", "message automatique", "généré automatiquement", "envoyé automatiquement", "réponse automatique", "mensaje automático", "generado automáticamente", "mensagem automática", "gerada automaticamente", "messaggio automatico", "generato automaticamente",
    "automatisch gegenereerd", "automatisch bericht", "wygenerowana automatycznie", "wiadomość automatyczna", "автоматически", "автоматическое", "автоматично", "automaattinen", "automaticky", "automatikus", "otomatik", "系统自动", "系統自動", "自动发送", "自動發送", "自动回复", "自動送信", "自動返信", "자동으로", "자동 발송",
};
// clang-format on

}  // namespace

Phrases const& vacation_subjects() {
  static Phrases const table{vacations};
  return table;
}
Phrases const& vacation_nouns() {
  static Phrases const table{nouns};
  return table;
}
Phrases const& vacation_phrases() {
  static Phrases const table{vacation_texts};
  return table;
}
Phrases const& challenge_phrases() {
  static Phrases const table{challenges};
  return table;
}
Phrases const& challenge_requests() {
  static Phrases const table{challenge_acts};
  return table;
}
Phrases const& receipt_subjects() {
  static Phrases const table{receipts};
  return table;
}
Phrases const& receipt_phrases() {
  static Phrases const table{receipt_texts};
  return table;
}
Phrases const& acknowledgements() {
  static Phrases const table{received};
  return table;
}
Phrases const& machine_disclosures() {
  static Phrases const table{disclosures};
  return table;
}

}  // namespace spoc::parser
