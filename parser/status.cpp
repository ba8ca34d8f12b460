// SPDX-License-Identifier: GPL-3.0-or-later
// Codes read from words, and words turned into codes by a table whose first row that fits decides.
#include "parser/status.hpp"

#include "parser/ascii.hpp"

#include <algorithm>
#include <span>

namespace spoc::parser {
namespace {

using Words = std::span<std::string_view const>;

bool may_stand_before_a_code(char c) {
  return !is_letter(c) && !is_digit(c) && c != '.' && c != '/' && c != '_';
}

// Length of "5.1.1" at `at`, 0 if there is none.
std::size_t code_length(std::string_view words, std::size_t at) {
  std::size_t end = at + 1;
  for (int part = 0; part < 2; ++part) {
    if (end >= words.size() || words[end] != '.') return 0;
    std::size_t const begin = ++end;
    while (end < words.size() && is_digit(words[end]) && end - begin < 3) ++end;
    if (end == begin) return 0;
  }
  bool const address = end + 1 < words.size() && words[end] == '.' && is_digit(words[end + 1]);  // 5.6.7.8
  bool const longer = end < words.size() && (is_digit(words[end]) || is_letter(words[end]));
  return address || longer ? 0 : end - at;
}

// clang-format off
constexpr std::string_view full[] = {
    "mailbox full", "mailbox is full", "mail box full", "mailbox has exceeded", "mailbox exceeded", "over quota", "allowed quota", "overquota",
    "over-quota", "quota exceeded", "exceeded quota", "exceeds quota", "exceed quota", "exceeded the quota", "quota exceed",
    "exceeded its quota", "exceeded his quota", "exceeded her quota", "out of quota", "over the quota", "out of storage",
    "over its disk quota", "disk quota", "mailfolder is full", "folder is full", "inbox is full", "inbox full",
    "full mailbox", "mailbox size limit", "storage quota", "exceeded storage", "exceeded their", "over the maximum allowed",
    "too much mail data", "maildir over", "mailbox limit", "boîte aux lettres pleine", "boîte pleine", "est pleine",
    "mailbox would exceed", "not enough storage space", "postboksen er full", "innboksen er full", "postkassen er fuld",
    "brevlådan är full", "inkorgen är full", "postfach voll", "postfach ist voll", "postfach des empfängers ist voll",
    "speicherplatz", "buzón lleno", "buzón está lleno", "caixa cheia", "caixa postal cheia", "casella piena", "postvak vol",
    "postvak is vol", "skrzynka jest pełna", "skrzynka pełna", "переполнен", "邮箱已满", "郵箱已滿", "信箱已满", "信箱已滿",
    "空间不足", "空間不足", "容量不足", "超出配额", "容量超過", "がいっぱい", "편지함이 가득", "용량 초과", "kotası dolu", "postilaatikko on täynnä",
};
constexpr std::string_view large[] = {
    "too large", "too big", "message size exceeds", "size exceeds", "exceeds maximum", "exceeded maximum", "exceeds size",
    "size limit", "message length exceeds", "larger than", "exceeds the maximum", "message size limit", "for stor",
    "zu groß", "trop volumineux", "demasiado grande", "muito grande", "troppo grande", "te groot", "for stort", "过大", "過大",
    "超过大小", "слишком больш",
};
constexpr std::string_view no_host[] = {
    "host unknown", "unknown host", "host not found", "domain not found", "no such domain", "name or service not known",
    "domain does not exist", "domain doesn't exist", "nxdomain", "host name is unknown", "couldn't find any host",
    "could not find any host", "couldn't be found", "no mx", "domain name not found", "unrouteable mail domain",
    "unrouteable address", "unroutable address", "non-existent host", "nonexistent host", "bad destination host", "illegal host/domain",
    "domain must resolve", "unable to resolve", "can't resolve", "could not resolve", "no valid hosts", "invalid domain",
    "no such host", "unknown domain", "domain unknown", "name service error", "name server", "no route found to domain",
    "can't find mail exchanger", "dns error", "dns lookup", "host or domain name", "not found: 3", "domain nicht gefunden", "域名不存在", "找不到域",
    "domene finnes ikke", "домен не найден", "ドメインが見つかりません",
};
constexpr std::string_view expired[] = {
    "delivery time expired", "retry timeout exceeded", "retry time not reached", "too long in queue", "in the queue too long",
    "message expired", "envelope expired", "not been delivered within", "delivery expired", "maximum queue time", "queue lifetime",
    "could not be delivered for", "unable to deliver in", "i'm not going to try again", "been in the queue", "time expired",
    "undelivered for", "expired after", "max retry", "retries exceeded", "too many retries", "been failing for a long time",
    "cannot be delivered within", "timeout period", "delivery timed out", "giving up on it", "was not delivered within",
    "could not send message for past", "投递超时", "投遞逾時", "期限切れ",
};
constexpr std::string_view loop[] = {
    "too many hops", "mail loop", "routing loop", "loops back to", "loop detected", "hop count exceeded", "mail forwarding loop",
    "looping", "too many received",
};
constexpr std::string_view disabled[] = {
    "account disabled", "mailbox disabled", "account has been disabled", "account is disabled", "is disabled", "been disabled",
    "account suspended", "been suspended", "is suspended", "account inactive", "mailbox inactive", "is inactive", "not active",
    "inactive user", "deactivated", "account locked", "temporarily locked", "account expired", "account closed",
    "account is closed", "discontinued", "not enabled", "temporarily blocked mailbox", "已停用", "已禁用", "被禁用", "已注销", "заблокирован", "gesperrt", "deaktivert",
};
constexpr std::string_view nobody[] = {
    "user unknown", "unknown user", "no such user", "no such recipient", "no such mailbox", "no such address", "no such person",
    "unknown recipient", "recipient unknown", "recipient not found", "user not found", "address not found", "mailbox not found",
    "account not found", "does not exist", "doesn't exist", "not exist", "doesn't have a", "does not have a", "did not exist",
    "no mailbox", "no account", "no user", "invalid recipient", "invalid mailbox", "invalid address", "invalid user", "invalid account",
    "not our customer", "unknown local", "local user unknown", "unknown or illegal", "illegal alias", "not listed in", "not in directory",
    "mailbox unavailable", "address rejected", "recipient rejected", "rejected recipient", "not a known user", "not a valid",
    "not known", "unknown address", "address unknown", "addressee unknown", "unknown account", "no longer valid",
    "no longer available", "no longer exists", "no longer with", "no longer employed", "no longer in use", "isn't a valid",
    "recipnotfound", "couldn't find", "could not be found", "wasn't found", "was not found", "not be found", "unknown mailbox",
    "this address no longer accepts", "name is not recognized", "undeliverable address", "bad destination mailbox", "bad address",
    "is unknown", "who are you looking for", "not local", "unable to find", "user doesn't", "address is invalid", "recipient address rejected",
    "invalid local part", "no valid recipients", "mailbox is not available", "not handled here", "unable to validate recipient",
    "用户不存在", "用戶不存在", "不存在", "无此用户", "查无此", "無此", "找不到收件人", "收件人地址错误", "地址有误", "ukjent bruker", "ukjent mottaker", "finnes ikke",
    "findes ikke", "finns inte", "okänd mottagare", "existiert nicht", "unbekannter empfänger", "empfänger unbekannt", "unbekannt",
    "utilisateur inconnu", "destinataire inconnu", "n'existe pas", "adresse introuvable", "no existe", "desconocido", "não existe",
    "desconhecido", "non esiste", "sconosciuto", "bestaat niet", "onbekend", "nie istnieje", "nieznany", "не существует", "не найден",
    "неизвестный", "такого пользователя нет", "не зарегистрирован", "neexistuje", "不明です", "宛先不明", "存在しません", "見つかりません", "ユーザーが見つか", "존재하지", "수신자가 없",
    "ei ole olemassa", "bulunamadı", "ikke funnet", "fant ikke",
};
constexpr std::string_view policy[] = {
    "spam", "blocked", "blacklist", "blocklist", "black list", "block list", "dnsbl", "spamhaus", "spamcop", "policy", "policies",
    "content reject", "rejected due to content", "reputation", "dmarc", "relay", "access denied", "not authorized", "unauthorized",
    "not permitted", "unsolicited", "banned", "bulk mail", "virus", "malware", "permission", "not allowed", "restricted", "listed in",
    "spf", "sender rejected", "sender denied", "client host rejected", "bad reverse dns", "authentication required", "prohibited", "filtered", "administratively",
    "垃圾邮件", "垃圾郵件", "拒收", "拒绝", "拒絕", "avvist", "abgelehnt", "refusé", "rechazado", "rejeitad", "rifiutato", "geweigerd", "отклонено", "спам", "受信拒否",
};
constexpr std::string_view no_answer[] = {
    "connection refused", "connection timed out", "timed out", "could not connect", "couldn't connect", "unable to connect",
    "cannot connect", "can't connect", "no route to host", "network is unreachable", "network unreachable", "no answer from host",
    "host not responding", "did not respond", "not responding", "connection lost", "connection reset", "lost connection",
    "establish an smtp connection", "server is down", "operation timed out", "connection dropped", "wasn't able to establish", "连接超时", "連線逾時", "无法连接",
};
constexpr std::string_view disk[] = {
    "insufficient system storage", "insufficient disk space", "no space left", "disk full", "system storage", "temporary lack of storage",
};
constexpr std::string_view gone[] = {"has moved", "mailbox has been moved", "address has changed", "user has moved", "new address is"};
constexpr std::string_view closed[] = {"not accepting mail", "not accepting messages", "does not accept mail", "doesn't accept mail",
                                       "not accept any mail", "system not accepting", "no mail accepted", "null mx", "nullmx"};
constexpr std::string_view greeting[] = {"greylist", "graylist", "grey list", "try again later", "too many connections", "rate limit",
                                         "too many messages", "throttl", "temporarily deferred", "temporarily rejected"};
// clang-format on

struct Row {
  std::string_view detail;
  Words words;
};
constexpr Row rows[] = {{".2.2", full},    {".3.4", large},  {".3.1", disk},    {".4.6", loop},
                        {".4.7", expired}, {".1.6", gone},   {".1.2", no_host}, {".2.1", disabled},
                        {".1.1", nobody},  {".3.2", closed}, {".7.1", policy},  {".4.1", no_answer},
                        {".7.0", greeting}};

}  // namespace

std::string enhanced_status(std::string_view words) {
  std::string vague;
  for (std::size_t at = 0; at < words.size(); ++at) {
    char const c = words[at];
    if ((c != '2' && c != '4' && c != '5') || (at > 0 && !may_stand_before_a_code(words[at - 1]))) continue;
    std::size_t const length = code_length(words, at);
    if (length == 0) continue;
    std::string code{words.substr(at, length)};
    if (!is_vague(code)) return code;
    // Of the vague ones "5.1.0" says a little more than "5.0.0".
    if (vague.empty() || (vague.ends_with(".0.0") && !code.ends_with(".0.0"))) vague = std::move(code);
    at += length - 1;
  }
  return vague;
}

std::string status_of_reply_code(std::string_view words) {
  for (std::size_t at = 0; at + 2 < words.size(); ++at) {
    bool const reply = (words[at] == '4' || words[at] == '5') && words[at + 1] <= '5' &&
                       is_digit(words[at + 1]) && is_digit(words[at + 2]);
    bool const alone = (at == 0 || may_stand_before_a_code(words[at - 1])) &&
                       (at + 3 >= words.size() || words[at + 3] == ' ' || words[at + 3] == '-');
    if (reply && alone) return std::string{words[at]} + ".0.0";
  }
  return {};
}

bool is_vague(std::string_view status) {
  return status.empty() || status.ends_with(".0") || status.ends_with(".4.7");
}

std::string_view detail_of_words(std::string_view lowered_words) {
  for (Row const& row : rows)
    if (std::any_of(row.words.begin(), row.words.end(),
                    [&](std::string_view each) { return holds(lowered_words, each); }))
      return row.detail;
  return {};
}

}  // namespace spoc::parser
