// SPDX-License-Identifier: GPL-3.0-or-later
// What clients write round history, language by language. A new language is a row in each table.
#include "parser/fold_tables.hpp"

namespace spoc::parser {
namespace {

// clang-format off
constexpr std::string_view verbs[] = {
    "wrote", "writes", "写道", "寫道", "写到", "寫到", "skrev", "skriver", "schrieb", "schreibt", "geschrieben", "schrieben",
    "a écrit", "écrit", "ecrit", "a ecrit", "escribió", "escribio", "escribe", "ha escrito", "ha escrit",
    "va escriure", "escreveu", "escreve", "ha scritto", "scrive", "scritto", "schreef", "geschreven",
    "schrijft", "napisał", "napisała", "napisał(a)", "napisał/a", "pisze", "написал", "написала",
    "написал(а)", "написал/а", "пишет", "писал", "написав", "написала", "пише", "のメッセージ",
    "さんは書きました", "書きました", "が書きました", "のメール", "書いた", "작성", "님이 작성", "씀",
    "님의 말", "kirjoitti", "kirjoittaa", "napsal", "napsala", "napsal(a)", "píše", "napísal", "napísala",
    "yazdı", "şunu yazdı", "şunları yazdı", "tarihinde yazdı", "đã viết", "viết", "írta", "a scris",
    "έγραψε", "написа", "je napisao", "je napisala", "rašė", "menulis", "kirjutas", "skrifaði",
};

constexpr std::string_view weak_verbs[] = {
    "write", "sent", "said", "replied", "answered", "来信", "來信", "编写", "撰寫", "回复", "回覆", "svarte", "svarade",
    "antwortete", "a répondu", "respondió", "respondeu", "ha risposto", "ответил", "vastasi",
};

constexpr std::string_view leads[] = {
    "on", "at", "in", "le", "am", "den", "på", "el", "em", "no dia", "il", "il giorno", "in data", "op",
    "w dniu", "dnia", "dne", "dňa", "kl", "em", "a", "quando", "vào", "la", "στις", "на", "от", "пн", "вт",
    "ср", "чт", "пт", "сб", "вс", "nb", "ons", "在", "於", "于", "寄件者", "date", "datum", "sent",
    "original", "le:", "el día", "vom", "pe",
};

constexpr std::string_view days[] = {
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday",
    "wednesday", "thursday", "friday", "saturday", "sunday", "man", "tir", "ons", "tor", "tors", "fre",
    "lør", "søn", "lör", "sön", "mån", "tis", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag",
    "søndag", "måndag", "tisdag", "lördag", "söndag", "mo", "di", "mi", "do", "fr", "sa", "so", "montag",
    "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "lun", "mar", "mer",
    "jeu", "ven", "sam", "dim", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "mié", "jue", "vie", "sáb", "dom", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado",
    "domingo", "seg", "ter", "qua", "qui", "sex", "gio", "sab", "lunedì", "martedì", "mercoledì", "giovedì",
    "venerdì", "sabato", "domenica", "ma", "wo", "vr", "za", "zo", "pon", "wt", "śr", "czw", "pt", "sob",
    "niedz", "nie", "po", "út", "st", "čt", "pá", "ne", "ti", "ke", "to", "pe", "la", "su", "pzt", "sal",
    "çar", "per", "cum", "cmt", "paz", "пн", "вт", "ср", "чт", "пт", "сб", "вс", "понедельник", "вторник",
    "среда", "четверг", "пятница", "суббота", "воскресенье", "周", "週", "星期", "礼拜",
};

constexpr LabelRow labels[] = {
    {Label::from, "from"}, {Label::from, "von"}, {Label::from, "de"}, {Label::from, "da"},
    {Label::from, "fra"}, {Label::from, "från"}, {Label::from, "van"}, {Label::from, "od"},
    {Label::from, "от"}, {Label::from, "от кого"}, {Label::from, "差出人"}, {Label::from, "送信者"},
    {Label::from, "送信元"}, {Label::from, "보낸 사람"}, {Label::from, "보낸사람"}, {Label::from, "발신"},
    {Label::from, "lähettäjä"}, {Label::from, "kimden"}, {Label::from, "gönderen"}, {Label::from, "发件人"},
    {Label::from, "發件人"}, {Label::from, "寄件者"}, {Label::from, "寄件人"}, {Label::from, "发信人"},
    {Label::from, "发送人"}, {Label::from, "від"}, {Label::from, "feladó"}, {Label::from, "de la"},
    {Label::from, "από"}, {Label::from, "từ"}, {Label::from, "expéditeur"}, {Label::from, "remitente"},
    {Label::from, "mittente"}, {Label::from, "absender"}, {Label::from, "odesílatel"},
    {Label::from, "avsender"}, {Label::from, "afsender"}, {Label::from, "afzender"}, {Label::from, "saatja"},
    {Label::sent, "sent"}, {Label::sent, "date"}, {Label::sent, "sent on"}, {Label::sent, "sent at"},
    {Label::sent, "gesendet"}, {Label::sent, "gesendet am"}, {Label::sent, "datum"}, {Label::sent, "envoyé"},
    {Label::sent, "envoyé le"}, {Label::sent, "enviado"}, {Label::sent, "enviado el"},
    {Label::sent, "enviado em"}, {Label::sent, "enviada em"}, {Label::sent, "enviada"},
    {Label::sent, "fecha"}, {Label::sent, "data"}, {Label::sent, "inviato"}, {Label::sent, "inviato il"},
    {Label::sent, "verzonden"}, {Label::sent, "verzonden op"}, {Label::sent, "sendt"}, {Label::sent, "dato"},
    {Label::sent, "skickat"}, {Label::sent, "wysłano"}, {Label::sent, "wysłane"},
    {Label::sent, "отправлено"}, {Label::sent, "дата"}, {Label::sent, "дата отправки"},
    {Label::sent, "送信日時"}, {Label::sent, "日付"}, {Label::sent, "日時"}, {Label::sent, "보낸 날짜"},
    {Label::sent, "보낸날짜"}, {Label::sent, "날짜"}, {Label::sent, "lähetetty"},
    {Label::sent, "päivämäärä"}, {Label::sent, "päiväys"}, {Label::sent, "pvm"}, {Label::sent, "odesláno"},
    {Label::sent, "odoslané"}, {Label::sent, "gönderildi"}, {Label::sent, "gönderilme tarihi"},
    {Label::sent, "gönderme tarihi"}, {Label::sent, "tarih"}, {Label::sent, "发送时间"},
    {Label::sent, "发送日期"}, {Label::sent, "发件时间"}, {Label::sent, "日期"}, {Label::sent, "时间"},
    {Label::sent, "時間"}, {Label::sent, "寄件日期"}, {Label::sent, "傳送日期"}, {Label::sent, "傳送時間"},
    {Label::sent, "已傳送"}, {Label::sent, "надіслано"}, {Label::sent, "elküldve"}, {Label::sent, "trimis"},
    {Label::sent, "ngày"}, {Label::sent, "đã gửi"}, {Label::to, "to"}, {Label::to, "an"}, {Label::to, "à"},
    {Label::to, "a"}, {Label::to, "para"}, {Label::to, "til"}, {Label::to, "till"}, {Label::to, "aan"},
    {Label::to, "do"}, {Label::to, "кому"}, {Label::to, "宛先"}, {Label::to, "送信先"},
    {Label::to, "받는 사람"}, {Label::to, "받는사람"}, {Label::to, "수신"}, {Label::to, "vastaanottaja"},
    {Label::to, "kopio"}, {Label::to, "komu"}, {Label::to, "kime"}, {Label::to, "alıcı"},
    {Label::to, "收件人"}, {Label::to, "收件者"}, {Label::to, "到"}, {Label::to, "címzett"},
    {Label::to, "către"}, {Label::to, "προς"}, {Label::to, "đến"}, {Label::to, "destinataire"},
    {Label::to, "empfänger"}, {Label::copy, "cc"}, {Label::copy, "bcc"}, {Label::copy, "kopie"},
    {Label::copy, "kopi"}, {Label::copy, "kopia"}, {Label::copy, "копия"}, {Label::copy, "抄送"},
    {Label::copy, "副本"}, {Label::copy, "참조"}, {Label::copy, "bilgi"}, {Label::copy, "dw"},
    {Label::copy, "密送"}, {Label::copy, "cópia"}, {Label::copy, "копія"}, {Label::subject, "subject"},
    {Label::subject, "betreff"}, {Label::subject, "objet"}, {Label::subject, "asunto"},
    {Label::subject, "assunto"}, {Label::subject, "oggetto"}, {Label::subject, "onderwerp"},
    {Label::subject, "emne"}, {Label::subject, "ämne"}, {Label::subject, "temat"}, {Label::subject, "тема"},
    {Label::subject, "件名"}, {Label::subject, "제목"}, {Label::subject, "aihe"},
    {Label::subject, "předmět"}, {Label::subject, "predmet"}, {Label::subject, "konu"},
    {Label::subject, "主题"}, {Label::subject, "主題"}, {Label::subject, "主旨"}, {Label::subject, "tárgy"},
    {Label::subject, "subiect"}, {Label::subject, "θέμα"}, {Label::subject, "chủ đề"},
    {Label::subject, "sujet"}, {Label::subject, "re"}, {Label::subject, "subj"},
    {Label::subject, "assumpte"}, {Label::other, "importance"}, {Label::other, "attachments"},
    {Label::other, "priority"}, {Label::other, "reply-to"}, {Label::other, "wichtigkeit"},
    {Label::other, "prioritet"}, {Label::other, "vedlegg"}, {Label::other, "organization"},
    {Label::other, "附件"}, {Label::other, "重要性"}, {Label::other, "anlagen"},
    {Label::other, "importancia"},
};

constexpr std::string_view originals[] = {
    "original message", "original email", "original mail", "original appointment",
    "original meeting request", "original", "reply message", "replied message", "forwarded message",
    "forwarded email", "forwarded by", "message forwarded", "previous message", "end of original",
    "ursprüngliche nachricht", "ursprüngliche mail", "ursprüngliche e-mail", "ursprünglicher termin",
    "originalnachricht", "original-nachricht", "antwort nachricht", "weitergeleitete nachricht",
    "weitergeleitete mail", "oprindelig meddelelse", "oprindelig besked", "oprindelig mail",
    "videresendt meddelelse", "videresendt besked", "opprinnelig melding", "opprinnelig e-post",
    "opprinnelig epost", "opphavleg melding", "videresendt melding", "videresendt e-post",
    "ursprungligt meddelande", "originalmeddelande", "vidarebefordrat meddelande", "message d'origine",
    "message original", "message initial", "mail original", "message transféré", "message réexpédié",
    "courriel original", "e-mail d'origine", "mensaje original", "mensaje reenviado", "missatge original",
    "mensagem original", "mensagem encaminhada", "mensagem reencaminhada", "messaggio originale",
    "messaggio inoltrato", "oorspronkelijk bericht", "origineel bericht", "doorgestuurd bericht",
    "wiadomość oryginalna", "oryginalna wiadomość", "wiadomość pierwotna", "wiadomość przekazana",
    "przekazana wiadomość", "przekazywana wiadomość", "treść przekazanej wiadomości", "исходное сообщение",
    "оригинальное сообщение", "первоначальное сообщение", "пересылаемое сообщение", "пересланное сообщение",
    "переадресованное сообщение", "конец пересылаемого", "вихідне повідомлення", "元のメッセージ",
    "元のメール", "転送メッセージ", "転送されたメッセージ", "원본 메시지", "원본 메일", "원본 이메일",
    "전달된 메시지", "alkuperäinen viesti", "välitetty viesti", "původní zpráva", "přeposlaná zpráva",
    "pôvodná správa", "özgün ileti", "orijinal mesaj", "orijinal ileti", "özgün mesaj", "iletilmiş mesaj",
    "yönlendirilmiş", "原始邮件", "原始郵件", "原邮件", "原郵件", "原始信息", "原始訊息", "原信息",
    "邮件原件", "转发邮件", "转发的邮件", "转发信息", "回复的原邮件", "回复邮件", "轉寄郵件", "轉寄的郵件",
    "已轉寄", "已转发", "以下为原始邮件", "eredeti üzenet", "mesaj original", "αρχικό μήνυμα", "thư gốc",
    "tin nhắn gốc",
};

constexpr std::string_view forwards[] = {
    "begin forwarded message", "start of forwarded message", "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail", "début du message réexpédié", "début du message transféré",
    "inizio messaggio inoltrato", "inicio del mensaje reenviado", "início da mensagem encaminhada",
    "início da mensagem reencaminhada", "videresendt melding", "videresendt besked",
    "start på videresendt besked", "start på videresendt melding", "begynnelse på videresendt melding",
    "vidarebefordrat brev", "vidarebefordrat mejl", "begin doorgestuurd bericht",
    "początek przekazywanej wiadomości", "začátek přeposlané zprávy", "начало переадресованного сообщения",
    "начало пересылаемого сообщения", "转发的邮件", "下面是被转发的邮件", "以下是轉寄的郵件",
    "以下是转发的邮件", "開始轉寄郵件", "転送されたメッセージ", "전달된 메시지 시작", "전달된 메시지",
    "välitetty viesti alkaa", "iletilmiş mesaj başlangıcı", "i̇letilmiş mesaj başlangıcı",
};

constexpr std::string_view above[] = {
    "reply above this line", "type your reply above", "write your reply above", "respond above this line",
    "reply above the line", "svar over denne linjen", "skriv svaret ditt over",
    "antworten sie oberhalb dieser zeile", "répondez au-dessus de cette ligne", "请在此行上方回复",
    "請在此行上方回覆",
};

constexpr std::string_view opening[] = {
    "sent from my ", "sent from an ", "sent from mail for", "sent from outlook", "sent from yahoo",
    "sent from gmail", "sent from samsung", "sent from proton", "sent from a ", "sent from iphone",
    "sent from ipad", "sent from android", "sent from mobile", "sent from huawei", "sent from xiaomi",
    "sent from nine", "sent from spark", "sent from mailbox", "sent from aqua mail", "sent from bluemail",
    "sent from tutanota", "sent from fairemail", "sent from blackberry", "sent via ", "sent with ",
    "sent using ", "sent on the go", "sent on the run", "get bluemail for", "get outlook for",
    "typed on tiny keys", "sendt fra min", "sendt fra mobil", "sendt fra iphone", "sendt fra ipad",
    "sendt fra outlook", "sendt fra yahoo", "sendt fra samsung", "sendt fra e-post", "sendt fra mail",
    "sendt via ", "sendt med ", "sendt på farten", "skickat från min", "skickat från iphone",
    "skickat från ipad", "skickat från outlook", "skickat från e-post", "skickat från mail", "skickat via ",
    "von meinem iphone", "von meinem ipad", "von meinem samsung", "von meinem android", "von meinem mobil",
    "von meinem handy", "von meinem huawei", "von meinem smartphone", "von meinem telefon",
    "von meinem blackberry", "von unterwegs gesendet", "vom iphone", "gesendet mit ", "gesendet von ",
    "gesendet über ", "diese nachricht wurde von meinem", "envoyé de mon ", "envoyé depuis ",
    "envoyé à partir de", "envoyé avec ", "envoyé de mail", "télécharger outlook", "enviado desde ",
    "enviado do meu ", "enviado de meu", "enviado a partir do", "enviado via ", "enviado con ",
    "enviado pelo ", "enviado de samsung", "enviado do iphone", "enviado do email", "inviato da ",
    "inviato dal ", "verstuurd vanaf ", "verstuurd met ", "verzonden vanaf ", "verzonden met ",
    "verzonden via ", "wysłane z ", "wysłano z ", "отправлено с ", "отправлено из ", "надіслано з ",
    "lähetetty iphone", "lähetetty ipad", "lähetetty samsung", "lähetetty android", "lähetetty outlook",
    "lähetetty sähköposti", "lähetetty puhelim", "odesláno z ", "odoslané z ", "poslano z ", "发自我的",
    "發自我的", "发自 我的", "发自", "發自", "来自我的iphone", "来自我的手机", "来自我的 iphone",
    "發送自我的", "发送自我的", "發送自", "发送自", "從我的 ", "从我的 ", "來自我的iphone",
    "來自我的 iphone", "來自我的手機", "寄自我的", "傳送自我的", "從 outlook", "获取 outlook",
    "取得 outlook", "下載 outlook", "나의 iphone", "내 iphone", "내 ipad", "trimis de pe ", "gửi từ ",
    "elküldve az ",
};

constexpr std::string_view ending[] = {
    "から送信", "에서 보냄", "에서 보냈습니다", "'dan gönderildi", "'den gönderildi", "umdan gönderildi",
    "uygulamasından gönderildi", "からの送信", "から送信されました",
};

constexpr std::string_view legal[] = {
    "confidential", "privileged", "intended", "recipient", "addressee", "disclos", "unauthori", "prohibited",
    "delete", "notify", "virus", "liab", "in error", "copying", "distribution", "legally", "strictly",
    "vertraulich", "empfänger", "unbefugt", "irrtümlich", "vernichten", "löschen", "rechtlich geschützt",
    "absender", "confidentiel", "destinataire", "par erreur", "divulgation", "interdite", "supprimer",
    "konfidensiell", "fortrolig", "taushetsbelagt", "mottaker", "modtager", "ved en feil", "ved en fejl",
    "slett", "konfidentiell", "mottagare", "av misstag", "radera", "förbjud", "uautorisert", "confidencial",
    "destinatario", "destinatário", "prohibid", "proibid", "eliminar", "por error", "por engano", "riservat",
    "destinatari", "vietat", "cancellar", "per errore", "vertrouwelijk", "geadresseerde", "bestemd",
    "verwijderen", "onbevoegd", "poufn", "adresat", "zabronion", "usun", "omyłk", "конфиденциал",
    "получател", "адресат", "запрещ", "удалит", "luottamuksell", "vastaanottaj", "důvěrn", "příjemc",
    "gizli", "alıcı", "yetkisiz", "保密", "机密", "機密", "收件人", "收件者", "删除", "刪除", "未经授权",
    "未經授權", "误收", "誤收", "误发", "禁止", "秘密", "受信者", "宛先", "削除", "기밀", "수신인", "수신자",
    "삭제",
};
// clang-format on

}  // namespace

std::span<std::string_view const> writing_verbs() { return verbs; }
std::span<std::string_view const> weak_writing_verbs() { return weak_verbs; }
std::span<std::string_view const> attribution_leads() { return leads; }
std::span<std::string_view const> weekdays() { return days; }
std::span<LabelRow const> header_labels() { return labels; }
std::span<std::string_view const> original_names() { return originals; }
std::span<std::string_view const> forward_openings() { return forwards; }
std::span<std::string_view const> reply_above_requests() { return above; }
std::span<std::string_view const> mobile_openings() { return opening; }
std::span<std::string_view const> mobile_endings() { return ending; }
std::span<std::string_view const> legal_stems() { return legal; }

}  // namespace spoc::parser
