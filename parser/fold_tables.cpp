// SPDX-License-Identifier: GPL-3.0-or-later
// What clients write round history, language by language. A new language is a row in each table.
#include "parser/fold_tables.hpp"

namespace spoc::parser {
namespace {

// clang-format off
constexpr std::string_view verbs[] = {
    "wrote", "writes", "写道", "寫道", "写到", "寫到", "skrev", "skriver", "schrieb", "schreibt", "geschrieben",
    "schrieben", "a écrit", "écrit", "ecrit", "a ecrit", "escribió", "escribio", "escribe", "ha escrito",
    "ha escrit", "va escriure", "escreveu", "escreve", "ha scritto", "scrive", "scritto", "schreef",
    "geschreven", "schrijft", "napisał", "napisała", "napisał(a)", "napisał/a", "pisze", "написал", "написала",
    "написал(а)", "написал/а", "пишет", "писал", "написав", "пише", "のメッセージ", "さんは書きました", "書きました", "が書きました",
    "のメール", "書いた", "작성", "님이 작성", "씀", "님의 말", "kirjoitti", "kirjoittaa", "napsal", "napsala", "napsal(a)",
    "píše", "napísal", "napísala", "yazdı", "şunu yazdı", "şunları yazdı", "tarihinde yazdı", "đã viết",
    "viết", "írta", "a scris", "έγραψε", "написа", "je napisao", "je napisala", "rašė", "menulis", "kirjutas",
    "skrifaði", "skreiv", "כתב", "כתבה", "כתב/ה", "מאת", "كتب", "كتبت", "كتب/كتبت", "كتابة", "نوشت", "เขียน",
    "napisao", "napisala", "napisao/la", "napísal/a", "napísal(a)", "napisal", "napisal/a", "rakstīja", "쓴 글",
    "missatge de", "написао", "написао/ла", "је написао", "написав(-ла)", "написав(ла)", "написав/ла",
    "вы писали", "ви писали", "пісаў", "напісаў", "napisana przez", "nagsulat", "sinulat", "nag-sulat",
    "napisał(-a)", "έγραψαν", "έγραψε(-αν)", "लिखा", "लिखते हैं", "লিখেছেন", "எழுதியது", "skrifar", "shkroi",
    "ha escritu", "idatzi du", "escribiu", "წერდა", "yazıb", "жазды", "ysgrifennodd", "scríobh", "의 메시지",
    "님이 쓴 글", "님이 쓰신 글", "来信说", "撰写", "さんのメール", "のメール文",
};

constexpr std::string_view citing[] = {
    "zitat von", "quoting", "quoted from", "citando", "citando a", "cytowanie", "cytat", "citerar",
    "citat från", "citat fra", "sitat fra", "siterer", "lainaus", "lainaan", "citaat van", "citeren", "citace",
    "citát", "idézet", "citation de", "en réponse à", "in reply to", "als antwort auf", "цитирование",
    "цитата",
};

constexpr std::string_view selves[] = {
    "i wrote", "i write", "i said", "i sent", "i replied", "i answered", "i've written", "i have written",
    "we wrote", "ich schrieb", "schrieb ich", "ich schreibe", "habe ich", "ich habe", "schrieben wir",
    "jeg skrev", "skrev jeg", "skrev vi", "har jeg", "jeg har", "eg skreiv", "skreiv eg", "eg skrev",
    "jag skrev", "skrev jag", "jag har", "har jag", "j'ai", "j'avais", "nous avons", "yo", "he escrito",
    "ho scritto", "abbiamo scritto", "tenho escrito", "ik schreef", "schreef ik", "heb ik", "ik heb", "minä",
    "já jsem", "já napsal", "já napísal", "én írtam", "εγώ", "я написал", "я написала", "я писал", "я писала",
    "я написав", "я пишу", "我", "私", "僕", "나는", "내가", "제가", "אני", "أنا", "tôi đã viết", "tôi viết",
    "saya menulis", "ผม", "ฉัน", "am scris", "ben yazdım",
};

constexpr std::string_view weak_verbs[] = {
    "write", "sent", "said", "replied", "answered", "来信", "來信", "编写", "撰寫", "回复", "回覆", "svarte", "svarade",
    "antwortete", "a répondu", "respondió", "respondeu", "ha risposto", "ответил", "vastasi",
};

constexpr std::string_view leads[] = {
    "on", "at", "in", "le", "am", "den", "på", "el", "em", "no dia", "il", "il giorno", "in data", "op",
    "w dniu", "dnia", "dne", "dňa", "kl", "a", "quando", "vào", "la", "στις", "на", "от", "пн", "вт", "ср",
    "чт", "пт", "сб", "вс", "nb", "ons", "在", "於", "于", "寄件者", "date", "datum", "sent", "original", "le:",
    "el día", "vom", "pe", "în", "pada", "dana", "na", "ở", "în data de", "ngày", "في", "בתאריך", "ב-",
    "در تاریخ", "ในวันที่", "เมื่อ", "às", "à", "lúc", "kuupäev", "missatge de", "wiadomość napisana przez",
    "вы писали", "ви писали", "v", "dia", "no", "gal", "da", "wysłano",
};

constexpr std::string_view days[] = {
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "monday", "tuesday", "wednesday",
    "thursday", "friday", "saturday", "sunday", "man", "tir", "ons", "tor", "tors", "fre", "lør", "søn", "lör",
    "sön", "mån", "tis", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag", "måndag",
    "tisdag", "lördag", "söndag", "mo", "di", "mi", "do", "fr", "sa", "so", "montag", "dienstag", "mittwoch",
    "donnerstag", "freitag", "samstag", "sonnabend", "sonntag", "lun", "mar", "mer", "jeu", "ven", "sam",
    "dim", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "mié", "jue", "vie", "sáb",
    "dom", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo", "seg", "ter", "qua",
    "qui", "sex", "gio", "sab", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica",
    "ma", "wo", "vr", "za", "zo", "pon", "wt", "śr", "czw", "pt", "sob", "niedz", "nie", "po", "út", "st",
    "čt", "pá", "ne", "ti", "ke", "to", "pe", "la", "su", "pzt", "sal", "çar", "per", "cum", "cmt", "paz",
    "пн", "вт", "ср", "чт", "пт", "сб", "вс", "понедельник", "вторник", "среда", "четверг", "пятница",
    "суббота", "воскресенье", "周", "週", "星期", "礼拜", "понеділок", "вівторок", "середа", "четвер", "п'ятниця",
    "субота", "неділя", "нд", "пон", "уто", "сре", "чет", "пет", "суб", "нед", "uto", "sri", "čet", "pet",
    "ned", "tysdag", "laurdag", "sundag", "tys", "lau", "hétfő", "kedd", "szerda", "csütörtök", "péntek",
    "szombat", "vasárnap", "luni", "marți", "miercuri", "joi", "vineri", "sâmbătă", "duminică", "poniedziałek",
    "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela", "pondělí", "úterý", "středa", "čtvrtek",
    "pátek", "neděle", "maanantai", "tiistai", "keskiviikko", "torstai", "perjantai", "lauantai", "sunnuntai",
    "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag", "segunda", "terça",
    "quarta", "quinta", "sexta", "segunda-feira", "pazartesi", "salı", "çarşamba", "perşembe", "cuma",
    "cumartesi", "pazar", "pirmd", "otrd", "trešd", "ceturtd", "piektd", "senin", "selasa", "rabu", "kamis",
    "jumat", "sabtu", "minggu", "thứ", "chủ nhật", "δευ", "τρί", "τετ", "πέμ", "παρ", "σάβ", "κυρ",
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
    {Label::from, "frå"}, {Label::from, "frá"}, {Label::from, "dari"}, {Label::from, "จาก"}, {Label::from, "من"},
    {Label::from, "מאת"}, {Label::from, "از"}, {Label::from, "nuo"}, {Label::from, "odosielateľ"},
    {Label::from, "pošiljatelj"}, {Label::from, "šalje"}, {Label::from, "dal"}, {Label::from, "desde"},
    {Label::from, "expéditrice"}, {Label::from, "mittent"}, {Label::from, "remetente"},
    {Label::from, "el remitente"}, {Label::from, "nadawca"}, {Label::from, "відправник"},
    {Label::from, "отправитель"}, {Label::from, "寄信人"}, {Label::from, "发件者"}, {Label::from, "發信人"},
    {Label::from, "發件者"}, {Label::from, "寄件方"}, {Label::from, "보낸이"}, {Label::from, "보내는 사람"},
    {Label::from, "보낸 이"}, {Label::from, "người gửi"}, {Label::from, "pengirim"}, {Label::from, "ผู้ส่ง"},
    {Label::from, "αποστολέας"}, {Label::from, "avsänder"}, {Label::from, "avsändare"}, {Label::from, "absenderin"},
    {Label::from, "from/发件人"}, {Label::from, "발신인"}, {Label::from, "발신자"}, {Label::sent, "dátum"},
    {Label::sent, "date/time"}, {Label::sent, "date and time"}, {Label::sent, "sent date"},
    {Label::sent, "kuupäev"}, {Label::sent, "изпратено"}, {Label::sent, "στάλθηκε"}, {Label::sent, "ημερομηνία"},
    {Label::sent, "εστάλη"}, {Label::sent, "απεστάλη"}, {Label::sent, "تاريخ"}, {Label::sent, "تم الإرسال"},
    {Label::sent, "تاريخ الإرسال"}, {Label::sent, "التاريخ"}, {Label::sent, "تاریخ"}, {Label::sent, "ارسال شده"},
    {Label::sent, "נשלח"}, {Label::sent, "תאריך"}, {Label::sent, "ส่ง"}, {Label::sent, "ส่งเมื่อ"},
    {Label::sent, "วันที่"}, {Label::sent, "วันที่ส่ง"}, {Label::sent, "gửi"}, {Label::sent, "thời gian"},
    {Label::sent, "ngày gửi"}, {Label::sent, "vào lúc"}, {Label::sent, "dikirim"}, {Label::sent, "terkirim"},
    {Label::sent, "tanggal"}, {Label::sent, "poslano"}, {Label::sent, "poslato"}, {Label::sent, "datum slanja"},
    {Label::sent, "išsiųsta"}, {Label::sent, "nosūtīts"}, {Label::sent, "saadetud"}, {Label::sent, "küldve"},
    {Label::sent, "küldés dátuma"}, {Label::sent, "data wysłania"}, {Label::sent, "expediat"},
    {Label::sent, "trimis la"}, {Label::sent, "enviat"}, {Label::sent, "enviat el"},
    {Label::sent, "data d'enviament"}, {Label::sent, "envoyé(e)"}, {Label::sent, "sendt den"},
    {Label::sent, "sendt dato"}, {Label::sent, "gesendet von"}, {Label::sent, "發送時間"}, {Label::sent, "發送日期"},
    {Label::sent, "发信时间"}, {Label::sent, "寄件時間"}, {Label::sent, "寄送日期"}, {Label::sent, "傳送"}, {Label::sent, "已发送"},
    {Label::sent, "보냄"}, {Label::sent, "보낸 시간"}, {Label::sent, "보낸 일시"}, {Label::sent, "발신일"}, {Label::sent, "전송"},
    {Label::sent, "送信日"}, {Label::sent, "送付日時"}, {Label::sent, "日 時"}, {Label::sent, "hora"},
    {Label::sent, "data e ora"}, {Label::sent, "datum/zeit"}, {Label::sent, "gönderim tarihi"},
    {Label::sent, "date d'envoi"}, {Label::sent, "odeslané"}, {Label::sent, "надсилання"}, {Label::sent, "tarixi"},
    {Label::to, "pre"}, {Label::to, "tot"}, {Label::to, "за"}, {Label::to, "до"}, {Label::to, "إلى"},
    {Label::to, "אל"}, {Label::to, "به"}, {Label::to, "ถึง"}, {Label::to, "tới"}, {Label::to, "người nhận"},
    {Label::to, "kepada"}, {Label::to, "untuk"}, {Label::to, "ke"}, {Label::to, "penerima"}, {Label::to, "kam"},
    {Label::to, "kellele"}, {Label::to, "adressaat"}, {Label::to, "saaja"}, {Label::to, "za"}, {Label::to, "prima"},
    {Label::to, "primatelj"}, {Label::to, "prejemnik"}, {Label::to, "per a"}, {Label::to, "per"}, {Label::to, "la"},
    {Label::to, "destinatario"}, {Label::to, "destinatários"}, {Label::to, "destinatário"},
    {Label::to, "destinatari"}, {Label::to, "mottaker"}, {Label::to, "mottagare"}, {Label::to, "modtager"},
    {Label::to, "ontvanger"}, {Label::to, "adresat"}, {Label::to, "odbiorca"}, {Label::to, "получатель"},
    {Label::to, "одержувач"}, {Label::to, "收信人"}, {Label::to, "收件方"}, {Label::to, "받는이"}, {Label::to, "수신인"},
    {Label::to, "수신자"}, {Label::to, "받는 이"}, {Label::to, "宛て先"}, {Label::to, "受信者"}, {Label::to, "geadresseerde"},
    {Label::to, "gauna"}, {Label::copy, "kopija"}, {Label::copy, "kópia"}, {Label::copy, "másolat"},
    {Label::copy, "másolatot kap"}, {Label::copy, "εις κοιν."}, {Label::copy, "κοιν."},
    {Label::copy, "κοινοποίηση"}, {Label::copy, "نسخة"}, {Label::copy, "نسخه"}, {Label::copy, "עותק"},
    {Label::copy, "สำเนา"}, {Label::copy, "สำเนาถึง"}, {Label::copy, "copie"}, {Label::copy, "copia"},
    {Label::copy, "копие"}, {Label::copy, "副本抄送"}, {Label::copy, "抄送人"}, {Label::copy, "抄件"}, {Label::copy, "참조인"},
    {Label::copy, "kp"}, {Label::copy, "kopēt"}, {Label::copy, "koopia"}, {Label::copy, "đồng gửi"},
    {Label::copy, "tembusan"}, {Label::copy, "cci"}, {Label::copy, "cco"}, {Label::copy, "ccn"},
    {Label::copy, "blindkopi"}, {Label::copy, "skrytá kopie"}, {Label::copy, "udw"}, {Label::subject, "asia"},
    {Label::subject, "objekt"}, {Label::subject, "относно"}, {Label::subject, "الموضوع"}, {Label::subject, "موضوع"},
    {Label::subject, "נושא"}, {Label::subject, "หัวเรื่อง"}, {Label::subject, "เรื่อง"},
    {Label::subject, "ชื่อเรื่อง"}, {Label::subject, "tiêu đề"}, {Label::subject, "v/v"},
    {Label::subject, "perihal"}, {Label::subject, "subjek"}, {Label::subject, "judul"}, {Label::subject, "zadeva"},
    {Label::subject, "naslov"}, {Label::subject, "tema"}, {Label::subject, "temats"}, {Label::subject, "tēma"},
    {Label::subject, "teema"}, {Label::subject, "pavadinimas"}, {Label::subject, "efni"},
    {Label::subject, "objecte"}, {Label::subject, "titolo"}, {Label::subject, "tittel"}, {Label::subject, "betr."},
    {Label::subject, "betrifft"}, {Label::subject, "题目"}, {Label::subject, "題目"}, {Label::subject, "标题"},
    {Label::subject, "標題"}, {Label::subject, "主 题"}, {Label::subject, "主 旨"}, {Label::subject, "信件主题"},
    {Label::subject, "표제"}, {Label::subject, "제 목"}, {Label::subject, "件 名"}, {Label::subject, "objet du message"},
    {Label::subject, "konusu"},
};

constexpr std::string_view originals[] = {
    "original message", "original email", "original mail", "original appointment", "original meeting request",
    "original", "reply message", "replied message", "forwarded message", "forwarded email", "forwarded by",
    "message forwarded", "previous message", "end of original", "ursprüngliche nachricht",
    "ursprüngliche mail", "ursprüngliche e-mail", "ursprünglicher termin", "originalnachricht",
    "original-nachricht", "antwort nachricht", "weitergeleitete nachricht", "weitergeleitete mail",
    "oprindelig meddelelse", "oprindelig besked", "oprindelig mail", "videresendt meddelelse",
    "videresendt besked", "opprinnelig melding", "opprinnelig e-post", "opprinnelig epost",
    "opphavleg melding", "videresendt melding", "videresendt e-post", "ursprungligt meddelande",
    "originalmeddelande", "vidarebefordrat meddelande", "message d'origine", "message original",
    "message initial", "mail original", "message transféré", "message réexpédié", "courriel original",
    "e-mail d'origine", "mensaje original", "mensaje reenviado", "missatge original", "mensagem original",
    "mensagem encaminhada", "mensagem reencaminhada", "messaggio originale", "messaggio inoltrato",
    "oorspronkelijk bericht", "origineel bericht", "doorgestuurd bericht", "wiadomość oryginalna",
    "oryginalna wiadomość", "wiadomość pierwotna", "wiadomość przekazana", "przekazana wiadomość",
    "przekazywana wiadomość", "treść przekazanej wiadomości", "исходное сообщение", "оригинальное сообщение",
    "первоначальное сообщение", "пересылаемое сообщение", "пересланное сообщение",
    "переадресованное сообщение", "конец пересылаемого", "вихідне повідомлення", "元のメッセージ", "元のメール", "転送メッセージ",
    "転送されたメッセージ", "원본 메시지", "원본 메일", "원본 이메일", "전달된 메시지", "alkuperäinen viesti", "välitetty viesti",
    "původní zpráva", "přeposlaná zpráva", "pôvodná správa", "özgün ileti", "orijinal mesaj", "orijinal ileti",
    "özgün mesaj", "iletilmiş mesaj", "yönlendirilmiş", "原始邮件", "原始郵件", "原邮件", "原郵件", "原始信息", "原始訊息", "原信息",
    "邮件原件", "转发邮件", "转发的邮件", "转发信息", "回复的原邮件", "回复邮件", "轉寄郵件", "轉寄的郵件", "已轉寄", "已转发", "以下为原始邮件",
    "eredeti üzenet", "mesaj original", "αρχικό μήνυμα", "thư gốc", "tin nhắn gốc", "původní e-mail",
    "pôvodný e-mail", "preposlaná správa", "původní email", "továbbított üzenet", "eredeti levél",
    "mesajul original", "mesaj redirecționat", "mesaj inițial", "προωθημένο μήνυμα", "الرسالة الأصلية",
    "رسالة أصلية", "رسالة معاد توجيهها", "הודעה מקורית", "הודעה שהועברה", "ข้อความต้นฉบับ", "ข้อความดั้งเดิม",
    "ข้อความที่ส่งต่อ", "ต้นฉบับ", "thư đã chuyển tiếp", "thư được chuyển tiếp", "tin nhắn chuyển tiếp",
    "pesan asli", "pesan yang diteruskan", "pesan terusan", "pesan diteruskan", "izvorna poruka",
    "originalna poruka", "izvirno sporočilo", "opphavleg e-post", "vidaresendt melding", "vidaresend melding",
    "missatge reenviat", "оригинално съобщение", "препратено съобщение", "оригінальне повідомлення",
    "переслане повідомлення", "исходное письмо", "пересылаемое письмо", "پیام اصلی", "eredeti e-mail",
    "algne kiri", "algne sõnum", "sākotnējā ziņa", "originalus laiškas", "upphafleg skilaboð",
    "courriel d'origine", "e-mail original", "correo original", "email original", "mail originale",
    "oorspronkelijke e-mail", "originalmail", "ursprungligt mejl", "ursprungligt e-postmeddelande",
    "alkuperäinen sähköposti", "alkup. viesti", "mesaj asıl", "yönlendirilen mesaj", "iletilen mesaj",
    "ilk mesaj", "原文", "원문", "전달 메시지", "转发消息", "转发内容", "轉寄訊息", "轉發郵件", "转发的消息", "原始消息", "原訊息", "元のメールメッセージ",
    "オリジナルメッセージ", "元メール",
};

constexpr std::string_view forwards[] = {
    "begin forwarded message", "start of forwarded message", "anfang der weitergeleiteten nachricht",
    "anfang der weitergeleiteten e-mail", "début du message réexpédié", "début du message transféré",
    "inizio messaggio inoltrato", "inicio del mensaje reenviado", "início da mensagem encaminhada",
    "início da mensagem reencaminhada", "videresendt melding", "videresendt besked",
    "start på videresendt besked", "start på videresendt melding", "begynnelse på videresendt melding",
    "vidarebefordrat brev", "vidarebefordrat mejl", "begin doorgestuurd bericht",
    "początek przekazywanej wiadomości", "začátek přeposlané zprávy", "начало переадресованного сообщения",
    "начало пересылаемого сообщения", "转发的邮件", "下面是被转发的邮件", "以下是轉寄的郵件", "以下是转发的邮件", "開始轉寄郵件", "転送されたメッセージ",
    "전달된 메시지 시작", "전달된 메시지", "välitetty viesti alkaa", "iletilmiş mesaj başlangıcı",
    "i̇letilmiş mesaj başlangıcı",
};

constexpr std::string_view above[] = {
    "reply above this line", "type your reply above", "write your reply above", "respond above this line",
    "reply above the line", "svar over denne linjen", "skriv svaret ditt over",
    "antworten sie oberhalb dieser zeile", "répondez au-dessus de cette ligne", "请在此行上方回复", "請在此行上方回覆",
    "svar over denne linja", "svar ovanför den här raden", "svara ovanför denna rad", "svar over denne linje",
    "skriv dit svar over", "bitte antworten sie über dieser", "antwort oberhalb dieser zeile",
    "répondre au-dessus de cette ligne", "écrivez votre réponse au-dessus",
    "responda por encima de esta línea", "responde por encima de esta línea",
    "escriba su respuesta por encima", "responda acima desta linha", "rispondi sopra questa riga",
    "rispondere sopra questa riga", "antwoord boven deze lijn", "reageer boven deze lijn",
    "typ uw antwoord boven", "odpowiedz powyżej tej linii", "отвечайте выше этой линии",
    "ответьте выше этой строки", "この行より上に返信", "이 줄 위에 회신", "vastaa tämän rivin yläpuolelle",
    "odpovězte nad tento řádek", "add your reply above", "please reply above", "enter your reply above",
    "please type your reply above", "do not write below this line", "do not edit below this line",
    "don't write below this line", "请在此线以上回复", "请在上方回复",
};

constexpr std::string_view opening[] = {
    "sent from the ", "sent by outlook for", "sent from windows mail", "sent from zimbra",
    "sent from thunderbird", "sent from my", "sent with proton", "sent from ios", "sent from galaxy",
    "sent from email for", "sendt frå ", "sendt fra galaxy", "sendt fra min", "skickat med ", "skickat från ",
    "von meinem/meiner", "von meiner galaxy", "gesendet aus ", "gesendet vom ",
    "diese nachricht wurde gesendet von", "verschickt von", "envoyé via ", "envoyé du ",
    "enviado des ", "enviat des ", "inviato con ", "inviato via ",
    "verzonden door", "wysłane przy", "wysłane ze", "wysłano ze", "отправлено со ", "отправлено через",
    "надіслано зі ", "надіслано через", "lähetetty ", "odesláno ze ", "odoslané zo ", "poslano s ",
    "poslano sa ", "послато са ", "изпратено от ", "trimis din ", "trimis de la ", "στάλθηκε από ",
    "εστάλη από ", "αποστολή από ", "أرسلت من", "أُرسلت من", "تم الإرسال من", "مرسل من", "ارسال شده از",
    "נשלח מ", "נשלחה מ", "đã gửi từ ", "được gửi từ ", "dikirim dari ", "dikirim melalui ", "ส่งจาก",
    "ส่งมาจาก", "来自我的", "來自我的", "来自网易", "来自qq", "使用 outlook", "由 outlook", "寄件自", "saadetud minu",
    "nosūtīts no mana", "išsiųsta iš mano", "küldve", "az iphone", "windows 版のメール", "iphone版",
    "sent from fastmail", "wolny od wirusów. ", "diese e-mail wurde von avast", "sent from my ",
    "sent from an ", "sent from mail for", "sent from outlook", "sent from yahoo", "sent from gmail",
    "sent from samsung", "sent from proton", "sent from a ", "sent from iphone", "sent from ipad",
    "sent from android", "sent from mobile", "sent from huawei", "sent from xiaomi", "sent from nine",
    "sent from spark", "sent from mailbox", "sent from aqua mail", "sent from bluemail", "sent from tutanota",
    "sent from fairemail", "sent from blackberry", "sent via ", "sent with ", "sent using ",
    "get bluemail for", "get outlook for", "sendt fra mobil", "sendt fra iphone", "sendt fra ipad",
    "sendt fra outlook", "sendt fra yahoo", "sendt fra samsung", "sendt fra e-post", "sendt fra mail",
    "sendt via ", "sendt med ", "skickat från min", "skickat från iphone", "skickat från ipad",
    "skickat från outlook", "skickat från e-post", "skickat från mail", "skickat via ", "von meinem iphone",
    "von meinem ipad", "von meinem samsung", "von meinem android", "von meinem mobil", "von meinem handy",
    "von meinem huawei", "von meinem smartphone", "von meinem telefon", "von meinem blackberry", "vom iphone",
    "gesendet mit ", "gesendet von ", "gesendet über ", "diese nachricht wurde von meinem", "envoyé de mon ",
    "envoyé depuis ", "envoyé à partir de", "envoyé avec ", "envoyé de mail", "télécharger outlook",
    "enviado desde ", "enviado do meu ", "enviado de meu", "enviado a partir do", "enviado via ",
    "enviado con ", "enviado pelo ", "enviado de samsung", "enviado do iphone", "enviado do email",
    "inviato da ", "inviato dal ", "verstuurd vanaf ", "verstuurd met ", "verzonden vanaf ", "verzonden met ",
    "verzonden via ", "wysłane z ", "wysłano z ", "отправлено с ", "отправлено из ", "надіслано з ",
    "lähetetty iphone", "lähetetty ipad", "lähetetty samsung", "lähetetty android", "lähetetty outlook",
    "lähetetty sähköposti", "lähetetty puhelim", "odesláno z ", "odoslané z ", "poslano z ", "发自我的", "發自我的",
    "发自 我的", "发自", "發自", "来自我的iphone", "来自我的手机", "来自我的 iphone", "發送自我的", "发送自我的", "發送自", "发送自", "從我的 ", "从我的 ",
    "來自我的iphone", "來自我的 iphone", "來自我的手機", "寄自我的", "傳送自我的", "從 outlook", "获取 outlook", "取得 outlook",
    "下載 outlook", "나의 iphone", "내 iphone", "내 ipad", "trimis de pe ", "gửi từ ", "elküldve az ", "从", "從",
    "从 ", "由", "a iphone",
};

constexpr std::string_view devices[] = {
    "iphone", "iphon", "ipad", "android", "samsung", "galaxy", "huawei", "xiaomi", "oppo", "vivo", "pixel",
    "nokia", "honor", "华为", "華為", "小米", "荣耀", "三星", "魅族", "手机", "手機", "平板", "phone", "telefon", "teléfono",
    "téléphone", "telefono", "телефон", "смартфон", "mobil", "móvil", "celular", "cellulare", "handy",
    "puhelim", "komórk", "blackberry", "outlook", "windows", "mail", "почт", "e-post", "epost", "courrier",
    "correo", "correio", "posta", "poczta", "邮箱", "郵箱", "yahoo", "gmail", "proton",
    "tutanota", "thunderbird", "zimbra", "spark", "superhuman", "mailbird", "hubspot", "polymail", "airmail",
    "mailspring", "mailbox", "yandex", "яндекс", "qq", "网易", "wechat", "微信", "ios", "airwatch", "boxer",
    "nine", "bluemail", "fairemail", "fastmail", "canary", "newton",
};

constexpr std::string_view notices[] = {
    "please consider the environment", "consider the environment before", "think before you print",
    "please think of the", "tenk på miljøet", "tænk på miljøet", "tänk på miljön",
    "bitte denken sie an die umwelt", "pensez à l'environnement", "avant d'imprimer", "antes de imprimir",
    "prima di stampare", "pomyśl o środowisku", "please don't print", "请考虑环境", "請考慮環保", "virus-free. ",
    "virus-free.www", "virenfrei. ", "virenfrei.www", "garanti sans virus. ", "sans virus.",
    "libre de virus. ", "livre de vírus. ", "privo di virus. ", "virusfri. ", "virusvrij. ", "без вирусов. ",
    "scanned by ", "this email has been scanned", "this email has been checked for viruses",
    "denne e-posten er sjekket for virus", "sent on the go", "sent on the run", "typed on tiny keys",
    "sendt på farten", "von unterwegs gesendet",
};

constexpr std::string_view ending[] = {
    "del meu iphone", "iphone-omról küldve", "mobilomról küldve", "telefonomról küldve", "küldve", "发送", "傳送",
    "에서 발송", "'umdan gönderildi", "telefonumdan gönderildi", "iphone'umdan gönderildi", "ból küldve",
    "ről küldve", "を入手", "에서 보낸 메일", "に搭載のメールから送信", "から送信", "에서 보냄", "에서 보냈습니다", "'dan gönderildi",
    "'den gönderildi", "umdan gönderildi", "uygulamasından gönderildi", "からの送信", "から送信されました",
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
    "verwijderen", "onbevoegd", "poufn", "adresat", "zabronion", "usun", "omyłk", "конфиденциал", "получател",
    "адресат", "запрещ", "удалит", "luottamuksell", "vastaanottaj", "důvěrn", "příjemc", "gizli", "alıcı",
    "yetkisiz", "保密", "机密", "機密", "收件人", "收件者", "删除", "刪除", "未经授权", "未經授權", "误收", "誤收", "误发", "禁止", "秘密",
    "受信者", "宛先", "削除", "기밀", "수신인", "수신자", "삭제",
};
// clang-format on

}  // namespace

std::span<std::string_view const> writing_verbs() { return verbs; }
std::span<std::string_view const> weak_writing_verbs() { return weak_verbs; }
std::span<std::string_view const> citing_openings() { return citing; }
std::span<std::string_view const> first_persons() { return selves; }
std::span<std::string_view const> attribution_leads() { return leads; }
std::span<std::string_view const> weekdays() { return days; }
std::span<LabelRow const> header_labels() { return labels; }
std::span<std::string_view const> original_names() { return originals; }
std::span<std::string_view const> forward_openings() { return forwards; }
std::span<std::string_view const> reply_above_requests() { return above; }
std::span<std::string_view const> mobile_openings() { return opening; }
std::span<std::string_view const> mobile_endings() { return ending; }
std::span<std::string_view const> mobile_devices() { return devices; }
std::span<std::string_view const> footer_notices() { return notices; }
std::span<std::string_view const> legal_stems() { return legal; }

}  // namespace spoc::parser
