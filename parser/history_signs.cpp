// SPDX-License-Identifier: GPL-3.0-or-later
// The table of marks that clients leave in their HTML.
#include "parser/history_signs.hpp"

#include <string_view>

namespace spoc::parser {
namespace {

struct SignRow {
  std::string_view word;
  HistorySign sign;
};

constexpr SignRow by_id[] = {
    {"OLK_SRC_BODY_SECTION", HistorySign::inside},  // Outlook for Mac
    {"isReplyContent", HistorySign::inside},        // 163
    {"isForwardContent", HistorySign::inside},
    {"mail-editor-reference-message-container", HistorySign::inside},  // Outlook for Android and iOS
    {"divRplyFwdMsg", HistorySign::follows},                           // Outlook on the web
    {"appendonsend", HistorySign::follows},
    {"stopSpelling", HistorySign::follows},  // Hotmail
    {"ms-outlook-mobile-body-separator-line", HistorySign::follows},
    {"reply-intro", HistorySign::attribution},  // Roundcube
};

constexpr SignRow by_class[] = {
    {"gmail_quote", HistorySign::gmail},
    {"gmail_attr", HistorySign::attribution},
    {"moz-cite-prefix", HistorySign::attribution},  // Thunderbird
    {"OutlookMessageHeader", HistorySign::follows},
    {"moz-email-headers-table", HistorySign::follows},
    {"yahoo_quoted", HistorySign::inside},
    {"protonmail_quote", HistorySign::inside},
    {"tutanota_quote", HistorySign::inside},
    {"ms-outlook-mobile-reference-message", HistorySign::inside},
    {"xm_compose_origin_mail_container", HistorySign::inside},  // QQ
    {"zmail_extra", HistorySign::inside},                       // Zoho
};

bool has_word(std::string_view list, std::string_view word) {
  for (std::size_t at = list.find(word); at != std::string_view::npos;
       at = list.find(word, at + word.size())) {
    std::size_t const end = at + word.size();
    if ((at == 0 || is_html_space(list[at - 1])) && (end == list.size() || is_html_space(list[end])))
      return true;
  }
  return false;
}

}  // namespace

HistorySign history_sign(HtmlToken const& tag) {
  if (tag.name == "includetail") return HistorySign::inside;  // QQ and Foxmail
  for (HtmlAttribute const& each : tag.attributes) {
    if (each.name == "id")
      for (SignRow const& row : by_id)
        if (each.value == row.word) return row.sign;
    if (each.name == "class" && each.value.size() < 1000)
      for (SignRow const& row : by_class)
        if (has_word(each.value, row.word)) return row.sign;
    if (each.name == "name" && each.value == "quote" && tag.name == "div") return HistorySign::inside;  // GMX
  }
  return HistorySign::none;
}

}  // namespace spoc::parser
