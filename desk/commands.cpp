// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the command block of an agent's mail.
#include "desk/commands.hpp"

#include "desk/blanks.hpp"
#include "desk/lower.hpp"
#include "desk/nearest.hpp"
#include "desk/phrase.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace spoc::desk {
namespace {

constexpr std::array table{
    CommandRow{Verb::assign,
               "assign",
               "NAME|TEAM|me",
               true,
               "give the ticket to an agent or a team",
               {"tildel", "分配", "指派"}},
    CommandRow{Verb::unassign,
               "unassign",
               "",
               false,
               "give the ticket back to its team, to nobody in it; /assign none does the same",
               {"frigi", "取消分配", "取消指派"}},
    CommandRow{Verb::take, "take", "", false, "take the ticket yourself", {"ta", "接手", "接手"}},
    CommandRow{Verb::note, "note", "", false, "what you write stays among agents", {"notat", "备注", "備註"}},
    CommandRow{Verb::close,
               "close",
               "",
               false,
               "close the ticket; your words, if any, go out first",
               {"lukk", "关闭", "關閉"}},
    CommandRow{Verb::resolve,
               "resolve",
               "",
               false,
               "mark it resolved; the requester may say otherwise",
               {"løst", "解决", "解決"}},
    CommandRow{Verb::wait, "wait", "", false, "wait for the requester", {"vent", "等待", "等待"}},
    CommandRow{Verb::reopen, "reopen", "", false, "open it again", {"gjenåpne", "重开", "重開"}},
    CommandRow{
        Verb::priority, "priority", "P1..P4", true, "set the priority", {"prioritet", "优先级", "優先級"}},
    CommandRow{
        Verb::tag, "tag", "WORD", true, "add a tag; /tag -WORD takes it off", {"merk", "标签", "標籤"}},
    CommandRow{Verb::use,
               "use",
               "N",
               true,
               "send suggested article N, with your words before it",
               {"bruk", "使用", "使用"}},
    CommandRow{Verb::kind,
               "kind",
               "KIND",
               true,
               "set the kind: incident, request, question or complaint",
               {"type", "类型", "類型"}},
    CommandRow{Verb::impact,
               "impact",
               "LEVEL",
               true,
               "high, medium or low; sets the priority with the urgency",
               {"virkning", "影响", "影響"}},
    CommandRow{Verb::urgency,
               "urgency",
               "LEVEL",
               true,
               "high, medium or low; sets the priority with the impact",
               {"hast", "紧急", "緊急"}},
    CommandRow{Verb::category,
               "category",
               "PATH",
               true,
               "say what it is about, by a category of the desk; /category off takes it back",
               {"kategori", "类别", "類別"}},
    CommandRow{Verb::escalate,
               "escalate",
               "[TEAM] reason",
               false,
               "pass it to the next line with what was tried; you see how it ends",
               {"eskaler", "升级", "升級"}},
    CommandRow{Verb::ask,
               "ask",
               "ADDRESS words",
               true,
               "ask somebody outside; their answer is for agents alone",
               {"spør", "询问", "詢問"}},
    CommandRow{Verb::merge,
               "merge",
               "N",
               true,
               "this ticket goes on in ticket N, whose requester is answered",
               {"slåsammen", "合并", "合併"}},
    CommandRow{Verb::split,
               "split",
               "[SUBJECT]",
               false,
               "the message that you reply to becomes a ticket of its own",
               {"del", "拆分", "拆分"}},
    CommandRow{Verb::link, "link", "N", true, "note that ticket N is related", {"knytt", "关联", "關聯"}},
    CommandRow{Verb::cc,
               "cc",
               "ADDRESS",
               true,
               "send them a copy of each answer from now on",
               {"kopi", "抄送", "副本"}},
    CommandRow{Verb::invite,
               "invite",
               "NAME",
               true,
               "a second agent gets the mails about this ticket and may answer; /invite -NAME ends it",
               {"inviter", "邀请", "邀請"}},
    CommandRow{Verb::requester,
               "requester",
               "ADDRESS",
               true,
               "somebody else is the requester",
               {"innmelder", "请求者", "申請者"}},
    CommandRow{Verb::due,
               "due",
               "WHEN",
               true,
               "say by when it is solved; /due off takes it back",
               {"frist", "期限", "期限"}},
    CommandRow{Verb::remind,
               "remind",
               "WHEN words",
               true,
               "get this ticket again at that time, with your words",
               {"minn", "提醒", "提醒"}},
    CommandRow{Verb::undo,
               "undo",
               "",
               false,
               "take back what your last command mail changed here",
               {"angre", "撤销", "復原"}},
    CommandRow{Verb::find,
               "find",
               "WORDS",
               true,
               "tickets and articles with these words, each with the way to it",
               {"finn", "查找", "尋找"}},
    CommandRow{Verb::macro,
               "do",
               "NAME",
               true,
               "the commands and the text that the operator has put under this name",
               {"gjør", "执行", "執行"}},
    CommandRow{
        Verb::in, "in", "", false, "you are at work; your tickets, in the receipt", {"inne", "上班", "上班"}},
    CommandRow{Verb::out,
               "out",
               "",
               false,
               "you are not at work until you say /in; your team gets the mails about your tickets too",
               {"ute", "下班", "下班"}},
    CommandRow{Verb::away,
               "away",
               "[until DAY]",
               false,
               "as /out, until that day; your team is told which tickets of yours wait",
               {"borte", "外出", "外出"}},
    CommandRow{Verb::announce,
               "announce",
               "[until WHEN:] WORDS|over [N]",
               false,
               "tell everybody of this outage: your text answers new mails and chats with one of the words",
               {"kunngjør", "公告", "公告"}},
    CommandRow{Verb::kb,
               "kb",
               "[TITLE]",
               false,
               "make a draft of an article from this ticket, cleaned of names, for its reviewers",
               {"artikkel", "文章", "文章"}},
    CommandRow{Verb::publish,
               "publish",
               "[N]",
               false,
               "the draft that this notice shows becomes an article",
               {"publiser", "发布", "發布"}},
    CommandRow{Verb::reject,
               "reject",
               "WHY",
               true,
               "the draft that this notice shows becomes none; its author hears why",
               {"avvis", "退回", "退回"}},
    CommandRow{Verb::status,
               "status",
               "",
               false,
               "what the desk knows of this ticket, in the receipt",
               {"", "状态", "狀態"}},
    CommandRow{Verb::help, "help", "", false, "this list, in the receipt", {"hjelp", "帮助", "說明"}},
    CommandRow{Verb::cancel,
               "cancel",
               "",
               false,
               "stop your answer while it still waits to be sent",
               {"avbryt", "取消", "取消"}},
    CommandRow{Verb::confirm,
               "confirm",
               "",
               false,
               "that mail was yours: in reply to its refusal, the desk does what it says",
               {"bekreft", "确认", "確認"}},
    CommandRow{Verb::send,
               "send",
               "anyway",
               false,
               "send although a colleague has answered meanwhile",
               {"", "发送", "傳送"}},
};

/// The line without its "/", which a Chinese keyboard may write in full width; nothing for other lines.
std::optional<std::string_view> command_in(std::string_view line) {
  for (std::string_view const slash : {"/", "\xEF\xBC\x8F"})
    if (line.starts_with(slash)) return line.substr(slash.size());
  return std::nullopt;
}

std::array<std::string_view, 4> words_of(CommandRow const& row) {
  return {row.word, row.aliases.nb, row.aliases.zh_hans, row.aliases.zh_hant};
}

bool one_of(std::string_view word, std::initializer_list<std::string_view> all) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// What people say of a ticket in a list, besides the words of the table.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> mine{
    {{"mine", "take"}, {"min", "take"}, {"我的", "take"}}};

CommandRow const* row_for(std::string_view word) {
  for (auto const& [said, meant] : mine)
    if (word == said) word = meant;
  auto const found = std::find_if(table.begin(), table.end(), [&](CommandRow const& row) {
    auto const words = words_of(row);
    return !word.empty() && std::find(words.begin(), words.end(), word) != words.end();
  });
  return found == table.end() ? nullptr : &*found;
}

std::string unknown(std::string_view word) {
  std::vector<std::string_view> words;
  for (CommandRow const& row : table)
    for (std::string_view const one : words_of(row)) words.push_back(one);
  if (auto const near = nearest(word, words))
    return phrase("\"/{1}\" is not a command; did you mean /{2}?", {std::string{word}, std::string{*near}});
  return phrase("\"/{1}\" is not a command", {std::string{word}});
}

/// The English word for what may be said in any of the languages; nothing for other words.
std::optional<std::string> english_for(Verb verb, std::string const& said) {
  static constexpr std::array<std::array<std::string_view, 4>, 4> kinds{
      {{"incident", "hendelse", "事件", "事件"},
       {"request", "bestilling", "请求", "請求"},
       {"question", "spørsmål", "问题", "問題"},
       {"complaint", "klage", "投诉", "投訴"}}};
  static constexpr std::array<std::array<std::string_view, 4>, 4> levels{
      {{"high", "høy", "高", "高"}, {"medium", "middels", "中", "中"}, {"low", "lav", "低", "低"}, {}}};
  for (auto const& row : verb == Verb::kind ? kinds : levels)
    if (!said.empty() && std::find(row.begin(), row.end(), said) != row.end()) return std::string{row[0]};
  return std::nullopt;
}

/// "#42" and "42" are the same ticket, "<a@b>" and "a@b" the same address, "p1" and "P1" the same priority.
std::string settled(Verb verb, std::string argument) {
  if (verb == Verb::kind || verb == Verb::impact || verb == Verb::urgency)
    return english_for(verb, lower(argument)).value_or(argument);
  if (verb == Verb::priority)
    for (char& c : argument)
      if (c == 'p') c = 'P';
  bool const numbered =
      verb == Verb::merge || verb == Verb::link || verb == Verb::requester || verb == Verb::publish;
  if (numbered && argument.starts_with('#')) argument.erase(0, 1);
  bool const bracketed = argument.starts_with('<') && argument.ends_with('>');
  if (verb == Verb::cc && bracketed) return normal(argument.substr(1, argument.size() - 2));
  return argument;
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 16 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string value_fault(Verb verb, std::string const& argument) {
  switch (verb) {
    case Verb::priority:
      if (!priority_named(argument))
        return phrase("/priority takes P1, P2, P3 or P4, not \"{1}\"", {argument});
      break;
    case Verb::use:
      if (argument.size() != 1 || argument[0] < '1' || argument[0] > '9')
        return phrase("/use takes the number of a suggested article, not \"{1}\"", {argument});
      break;
    case Verb::send:
      if (!one_of(lower(argument), {"anyway", "likevel", "仍然"})) return phrase("say \"/send anyway\"");
      break;
    case Verb::tag:
      if (argument.find_first_of(" \t,") != std::string::npos)
        return phrase("/tag takes one word, not \"{1}\"", {argument});
      break;
    case Verb::kind:
      if (!ticket_kind_named(argument))
        return phrase("/kind takes incident, request, question or complaint, not \"{1}\"", {argument});
      break;
    case Verb::impact:
    case Verb::urgency:
      if (!level_named(argument)) return phrase("say high, medium or low, not \"{1}\"", {argument});
      break;
    case Verb::merge:
    case Verb::link:
      if (!is_number(argument)) return phrase("a ticket's number is meant, not \"{1}\"", {argument});
      break;
    case Verb::publish:
      if (!argument.empty() && !is_number(argument))
        return phrase("a draft's number is meant, not \"{1}\"", {argument});
      break;
    case Verb::requester:
      if (!is_number(argument) && !is_address(address_in(argument).address))
        return phrase("a mail address is meant, not \"{1}\"", {argument});
      break;
    case Verb::cc:
    case Verb::ask:
      if (!is_address(
              argument.substr(0, verb == Verb::ask ? argument.find_first_of(" \t") : std::string::npos)))
        return phrase("a mail address is meant, not \"{1}\"", {argument});
      break;
    default:
      break;
  }
  return "";
}

std::string argument_fault(CommandRow const& row, std::string const& argument) {
  std::string const word{row.word};
  if (row.required && argument.empty()) return phrase("/{1} needs {2}", {word, std::string{row.argument}});
  if (row.argument.empty() && !argument.empty())
    return phrase("/{1} takes nothing behind it, but \"{2}\" stands there", {word, argument});
  return value_fault(row.verb, argument);
}

}  // namespace

std::optional<Verb> verb_named(std::string_view word) {
  CommandRow const* row = row_for(lower(command_in(word).value_or(word)));
  return row == nullptr ? std::nullopt : std::optional{row->verb};
}

std::string_view first_word(std::string_view text) {
  std::size_t end = 0;
  while (end < text.size() && blank_at(text.substr(end)) == 0) ++end;
  return text.substr(0, end);
}

void read_command(std::string_view text, CommandBlock& block) {
  std::string_view const rest = command_in(text).value_or(text);
  std::string_view const said = first_word(rest);
  std::string const word = lower(said);
  std::string argument{trim(rest.substr(said.size()))};
  CommandRow const* row = row_for(word);
  if (row == nullptr) {
    block.faults.push_back(unknown(word));
    return;
  }
  argument = settled(row->verb, std::move(argument));
  if (std::string fault = argument_fault(*row, argument); !fault.empty()) {
    block.faults.push_back(std::move(fault));
    return;
  }
  if (row->verb == Verb::assign && one_of(lower(argument), {"none", "nobody", "ingen", "无人", "無人"}))
    block.commands.push_back({Verb::unassign, ""});
  else
    block.commands.push_back({row->verb, std::move(argument)});
}

Address address_in(std::string_view argument) {
  auto const open = argument.find('<');
  if (open == std::string_view::npos) return {"", normal(argument)};
  std::string_view const spec = argument.substr(open + 1, argument.find('>', open) - open - 1);
  return {std::string{trim(argument.substr(0, open))}, normal(spec)};
}

std::span<CommandRow const> command_table() { return table; }

std::string usage(CommandRow const& row, std::string_view language) {
  std::string_view const own = language == "nb"        ? row.aliases.nb
                               : language == "zh-Hans" ? row.aliases.zh_hans
                               : language == "zh-Hant" ? row.aliases.zh_hant
                                                       : std::string_view{};
  std::string out = "/" + std::string{row.word};
  if (!own.empty()) out += " (/" + std::string{own} + ")";
  if (!row.argument.empty()) out += " " + std::string{row.argument};
  return out;
}

CommandLines part_commands(std::string_view reply) {
  CommandLines out;
  std::size_t at = 0;
  while (at < reply.size()) {
    std::size_t const end = std::min(reply.find('\n', at), reply.size());
    std::string_view const line = trim(reply.substr(at, end - at));
    // Blank lines before and inside the block are passed over: clients double them when they make text of
    // HTML.
    bool const command = command_in(line).has_value();
    if (!line.empty() && !command) break;
    if (command) out.commands.emplace_back(line);
    at = std::min(end + 1, reply.size());
  }
  std::string_view words = out.commands.empty() ? reply : reply.substr(at);
  while (!words.empty() && (words.back() == '\n' || words.back() == ' ')) words.remove_suffix(1);
  while (!words.empty() && words.front() == '\n') words.remove_prefix(1);
  out.words = std::string{words};
  return out;
}

CommandBlock read_commands(std::string_view reply) {
  CommandLines parted = part_commands(reply);
  CommandBlock block;
  for (std::string const& line : parted.commands) read_command(line, block);
  block.words = std::move(parted.words);
  return block;
}

}  // namespace spoc::desk
