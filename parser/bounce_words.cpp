// SPDX-License-Identifier: GPL-3.0-or-later
// Tables: what mail servers say in many products and languages.
#include "parser/bounce_words.hpp"

namespace spoc::parser {
namespace {

// clang-format off
constexpr std::string_view machines[] = {
    "mailer-daemon", "postmaster", "post_master", "post-master", "mail-daemon", "mailerdaemon", "mailer_daemon", "maildaemon",
    "mail delivery", "maildelivery", "mail-delivery", "mail_delivery", "delivery subsystem", "microsoftexchange", "mdaemon@",
    "mailadmin", "mailmaster", "mail administrator", "system administrator", "systemadministrator", "daemon@", "mail system",
    "mailsystem", "mail-system", "e-mail system", "email system", "smtp gateway", "mail gateway", "mailrouter", "mail router",
    "mailsweeper", "surfcontrol", "postoffice", "mailer@", "mta@", "bounce@", "bounces@", "bounce+", "mmdf", "pmdf",
    "double-bounce", "null@", "delivery-error", "mail-error", "mail error", "errors@", "no-reply@sns.amazonaws.com", "noreply-dmarc",
    "exchange server", "mimecast", "mail server", "mailserver", "internet mail", "mail.delivery", "groupwise", "domino",
    "系统管理员", "系統管理員", "邮件系统", "郵件系統", "邮件管理员", "почтовая система", "systemadministratör", "systemansvarlig", "administrateur système",
    "administrador del sistema", "systembeheerder", "amministratore di sistema", "administrador do sistema", "メール配信システム",
};
constexpr std::string_view subjects[] = {
    "undeliver", "returned mail", "return mail", "delivery status notification", "delivery failure", "failure notice",
    "mail delivery fail", "mail delivery error", "mail delivery problem", "mail delivery status", "mail delivery subsystem",
    "mail delivery report", "delivery notification", "delivery-failure", "nondeliver", "non-deliver", "non deliver", "non delivery",
    "could not be delivered", "couldn't be delivered", "cannot be delivered", "can not be delivered", "was not delivered",
    "wasn't delivered", "mail system error", "could not send message", "delivery has failed", "delivery failed", "delivery report",
    "delivery error", "delivery incomplete", "unable to deliver", "returned to sender", "return to sender", "address not found",
    "message delayed", "delivery delayed", "delayed mail", "mail delay", "delivery problem", "delivery status", "mail failure",
    "failed mail", "failed delivery", "mail could not be", "message could not", "message not delivered", "message undelivered",
    "message rejected", "mail rejected", "not delivered", "mail error", "mail returned", "message returned", "user unknown",
    "unknown user", "bounced mail", "bounced email", "bounce notification", "mail bounce", "message status - undeliverable",
    "delivery attempt", "mail undeliv", "error sending", "error delivering", "rejected mail", "rejected:", "mail not delivered",
    "failed to deliver", "failed to send", "warning: could not send", "warning: message", "no valid recipients", "invalid recipient",
    "notification d'état de remise", "nachricht nicht zustellbar", "message non remis", "recipient unknown", "mailbox full",
    "aws notification message", "amazon ses email event notification", "email delivery failure", "considered unsolicited bulk",
    "unzustellbar", "nicht zustellbar", "nicht zugestellt", "zustellung fehlgeschlagen", "zustellungsfehler", "fehler bei der zustellung",
    "übermittlung verzögert", "verzögert", "rückläufer", "non remis", "échec de la remise", "échec de remise", "échec d'envoi", "non distribu", "n'a pas pu être",
    "uleverbar", "kunne ikke leveres", "kan ikke leveres", "ikke levert", "ikke leveret", "leveringsfeil", "levering forsinket", "leveringsfejl",
    "kunde inte levereras", "kan inte levereras", "gick inte att leverera", "olevererbar", "kunde ej levereras",
    "no se puede entregar", "no entregado", "no entregable", "no se ha podido entregar", "entrega fallida", "error de entrega",
    "não é possível entregar", "não entregue", "falha na entrega", "mensagem não entregue", "devolvid", "non recapitabile",
    "mancato recapito", "mancata consegna", "messaggio non recapitato", "onbestelbaar", "niet bezorgd", "kan niet worden bezorgd", "niet afgeleverd",
    "niedostarcz", "nie można dostarczyć", "zwrot wiadomości", "nedoručiteln", "nedoručen", "kézbesíthetetlen", "sikertelen kézbesítés",
    "nelivrabil", "nu a putut fi livrat", "μη παραδόσιμο", "δεν παραδόθηκε", "toimittaminen epäonnistui", "ei voitu toimittaa", "teslim edilemedi",
    "teslim edilemeyen", "iletilemedi", "недоставлен", "не доставлен", "не удается доставить", "не удалось доставить", "доставить сообщение", "невозможно доставить",
    "ошибка доставки", "возврат", "не вдається доставити", "退信", "无法送达", "未送达", "无法传递", "無法傳遞", "未傳遞", "无法投递", "無法投遞", "投递失败", "投遞失敗",
    "发送失败", "寄送失敗", "傳送失敗", "递送失败", "郵件傳遞", "邮件传递", "系统退回", "エラー通知", "送信できません", "配信不能", "配信できません", "配信エラー", "配信に失敗", "배달 실패", "배달되지", "전송 실패",
    "발송 실패", "반송", "لم يتم تسليم", "تعذر تسليم", "לא ניתן למסור", "không thể gửi", "không gửi được", "tidak dapat dikirim", "tidak terkirim", "ส่งไม่ได้",
};
constexpr std::string_view phrases[] = {
    "could not be delivered", "couldn't be delivered", "wasn't delivered", "was not delivered", "not be delivered",
    "cannot be delivered", "can't be delivered", "unable to deliver", "unable to be delivered", "undeliverable", "undelivered",
    "delivery to the following", "deliver the message", "deliver your message", "deliver mail", "permanent error", "permanent failure",
    "permanent fatal errors", "fatal error", "address(es) failed", "addresses failed", "this is the mail system", "delivery failed",
    "delivery failure", "delivery error", "delivery has failed", "delivery status", "failed to deliver", "failed delivery", "delivery to",
    "did not reach the following", "not reach the", "user unknown", "unknown user", "unknown recipient", "no such user", "no such mailbox",
    "mailbox full", "mailbox is full", "mailbox unavailable", "over quota", "quota exceeded", "recipient address rejected",
    "invalid recipient", "invalid user", "recipient unknown", "message could not be", "returned to you", "returned to sender",
    "mail delivery system", "has been delayed", "delayed mail", "delivery attempts", "host unknown", "not listed in", "does not exist",
    "not been delivered", "can not deliver", "cannot deliver", "could not deliver", "couldn't deliver", "could not send", "was rejected",
    "been rejected", "rejected your", "message rejected", "not found", "is unknown", "failed recipient", "undeliverable to", "bounced", "mail was not sent",
    "the reason for the problem", "failure notice", "returned mail", "following error", "email address is", "couldn't find",
    "recipient's mailbox", "address couldn't be found", "permanently failed", "failed permanently", "temporary problem",
    "\"notificationtype\"", "\"eventtype\"", "blocked by", "delivery of", "final-recipient:", "kunne ikke leveres", "ikke leveres", "ble ikke levert", "blev ikke leveret", "kunde inte levereras",
    "inte levereras", "nicht zugestellt", "nicht zustellbar", "konnte nicht", "n'a pas pu être remis", "n'a pas pu être", "n'a pas été", "no se pudo entregar",
    "no se ha podido", "não pôde ser entregue", "não foi entregue", "não foi possível", "non è stato possibile", "non recapitat", "niet worden bezorgd", "niet bezorgd", "nie została dostarczona",
    "nie można dostarczyć", "nelze doručit", "nebylo možné", "nem sikerült", "nu a putut fi", "δεν ήταν δυνατή", "ei voitu toimittaa", "teslim edilemedi", "не доставлен", "не удалось доставить", "не удается",
    "не может быть доставлен", "не было доставлен", "无法送达", "無法傳遞", "无法传递", "退信", "无法投递", "無法投遞", "未能送达", "无法发送", "投递失败", "被退回", "無法寄達", "送信できませんでした", "配信できません", "送信されませんでした", "届けられません", "宛先", "배달하지 못", "전송하지 못", "전달되지", "반송", "tidak dapat", "không thể",
};
constexpr std::string_view openings[] = {
    "this is the mail system", "hi. this is the", "this message was created automatically by", "this report relates to a message",
    "the original message was received at", "delivery to the following", "delivery has failed to these", "your message did not reach",
    "this is an automatically generated delivery", "message from yahoo", "sorry, we were unable to deliver", "your message to the following",
    "the following message to", "reporting-mta:", "----- the following addresses", "this is a permanent error", "the message you sent",
    "i'm sorry to have to inform you", "i'm afraid i wasn't able", "we're sorry, but we were unable", "your message wasn't delivered",
    "this is a system-generated message", "address not found", "message not delivered", "your message could not be delivered",
    "a message that you sent", "i was unable to deliver", "this is a delivery status", "an error occurred while", "error: invalid",
};
constexpr std::string_view late[] = {
    "has been delayed", "have been delayed", "is delayed", "been delayed", "will keep trying", "will continue to", "delayed mail", "keep trying",
    "not yet been delivered", "not been delivered yet", "hasn't been delivered yet", "still being retried", "will be retried", "will retry",
    "continue trying", "continue retrying", "delivery attempts will continue", "do not need to resend", "not need to re-send",
    "warning message only", "no need to resend", "try again for", "still trying", "temporary failure report", "will try to deliver", "delivery incomplete",
    "remains in the queue", "retry for another", "in the process of being delivered", "there was a temporary problem", "trying to deliver",
    "forsinket", "försenad", "fördröjd", "verzögert", "a été retardé", "retrasado", "se ha retrasado", "atrasad", "ritardat", "in ritardo", "vertraagd", "opóźnion",
    "zpožděn", "отложен", "задерж", "延迟", "延遲", "遅延", "遅れ", "지연",
};
constexpr std::string_view finals[] = {
    "failed permanently", "permanent error", "permanent fatal", "will not be retried", "giving up", "i've given up", "no further attempts",
    "will not retry", "undeliverable:", "this is a permanent",
};
constexpr std::string_view bounce_originals[] = {
    "--- below this line is a copy", "this is a copy of the message", "------ this is a copy", "original message follows", "----- original message",
    "-----original message", "--- original message", "---------- forwarded message", "--- message header", "unsent message",
    "----- unsent", "----- message header follows", "received: from", "received: by", "received: (", "return-path:", "---- unsent", "message headers:",
    "--- the header of", "--- the headers of", "--- here is a copy", "copy of the original", "----- transcript of message", "header of the original", "--- original mail",
    "your original message", "below is a copy of", "original message headers", "the header of the original", "the following is a copy", "message header:", "text of the original", "the text of the message",
    "=== original", "******* original", "*** original", "mime-version:", "dkim-signature:", "x-originating-ip:", "--- original headers", "ursprüngliche nachricht", "message d'origine", "opprinnelige meldingshoder", "opprinnelig melding", "原始邮件", "以下是原始", "-----原始",
    "元のメッセージ", "исходное сообщение", "заголовки исходного", "a copy of your message", "quoted message", "content of your message",
};
constexpr std::string_view lists[] = {
    "recipient", "address", "following", "deliver", "reach", "failed", "undeliver", "sent to", "mail to", "message to", "not found",
    "empfänger", "adresse", "zugestellt", "destinataire", "destinatario", "destinatário", "remis", "entreg", "recapit", "mottaker", "mottagare",
    "modtager", "lever", "geadresseerde", "ontvanger", "odbiorc", "adresat", "příjemc", "címzett", "получател", "адрес", "доставлен",
    "收件人", "收件者", "地址", "送达", "投递", "投遞", "傳遞", "宛先", "送信", "수신자", "받는 사람", "vastaanottaj", "alıcı",
};
constexpr std::string_view bounce_labels[] = {
    "recipient", "recipients", "recipient address", "failed recipient", "failed recipients", "failed address", "original recipient", "intended recipient",
    "email address", "e-mail address", "email", "e-mail", "address", "addressee", "mailbox", "user", "destination", "rcpt", "rcpt to", "to address",
    "bounced address", "failing address", "empfänger", "empfängeradresse", "adresse", "destinataire", "destinatario", "destinatário", "mottaker", "modtager", "mottagare",
    "ontvanger", "adresat", "odbiorca", "получатель", "адрес", "收件人", "收件者", "收件人地址", "收件地址", "无法送达的收件人", "宛先", "受信者", "수신자", "받는 사람",
};
// clang-format on

}  // namespace

Phrases const& machine_names() {
  static Phrases const table{machines};
  return table;
}
Phrases const& bounce_subjects() {
  static Phrases const table{subjects};
  return table;
}
Phrases const& bounce_phrases() {
  static Phrases const table{phrases};
  return table;
}
Phrases const& bounce_openings() {
  static Phrases const table{openings};
  return table;
}
Phrases const& late_phrases() {
  static Phrases const table{late};
  return table;
}
Phrases const& final_phrases() {
  static Phrases const table{finals};
  return table;
}
Phrases const& original_openings() {
  static Phrases const table{bounce_originals};
  return table;
}
Phrases const& list_openings() {
  static Phrases const table{lists};
  return table;
}
Phrases const& recipient_labels() {
  static Phrases const table{bounce_labels};
  return table;
}

}  // namespace spoc::parser
