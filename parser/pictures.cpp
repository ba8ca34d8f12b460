// SPDX-License-Identifier: GPL-3.0-or-later
// A mark before each picture goes through the fold as words do: the marks that are left stand among own
// words.
#include "parser/pictures.hpp"

#include "parser/ascii.hpp"
#include "parser/forward.hpp"
#include "parser/html_tokens.hpp"
#include "parser/quote.hpp"

#include <algorithm>
#include <set>
#include <string>

namespace spoc::parser {
namespace {

constexpr std::size_t most_tags = 1000;  // that show a picture, or would
constexpr std::size_t longest_tag = 4 * 1024;

using Ids = std::set<std::string, std::less<>>;

/// Of Unicode's private use: no writer's.
std::string mark_of(std::size_t number) { return "\xEE\x80\x80" + std::to_string(number) + "\xEE\x80\x81"; }

std::string shown_by(HtmlToken const& tag) {
  std::string const* source = tag.name == "img" ? tag.find("src") : nullptr;
  return source != nullptr && begins_with(*source, "cid:") ? source->substr(4) : std::string{};
}

/// gmail_signature, moz-signature, AppleMailSignature, Outlook's "Signature" and their like.
bool is_signature(HtmlToken const& tag) {
  for (HtmlAttribute const& one : tag.attributes) {
    bool const named = (one.name == "id" || one.name == "class") && one.value.size() < 1000;
    if (named && holds(lowered(one.value), "signature")) return true;
  }
  return false;
}

struct Shown {
  Ids all, signed_with;
};

Shown shown_in(std::string_view html) {
  Shown out;
  HtmlTokens tokens{html};
  HtmlToken token;
  std::string around;  // the signature's element
  int depth = 0;
  while (tokens.next(token)) {
    bool const open = token.kind == HtmlToken::Kind::open;
    if (depth > 0 && token.name == around) {
      if (open) ++depth;
      if (token.kind == HtmlToken::Kind::close) --depth;
    } else if (depth == 0 && open && (token.name == "div" || token.name == "table") && is_signature(token)) {
      around = token.name;
      depth = 1;
    }
    if (!open) continue;
    if (std::string const id = shown_by(token); !id.empty()) {
      out.all.insert(id);
      if (depth > 0) out.signed_with.insert(id);
    }
  }
  return out;
}

struct Marked {
  std::string html;
  std::vector<std::string> ids;  ///< by the number of the mark
};

/// A mark before each tag that shows a picture of the mail.
Marked marked(std::string_view html) {
  Marked out;
  std::size_t tags = 0;
  for (std::size_t at = 0; at < html.size();) {
    auto const open = html.find('<', at);
    out.html.append(html.substr(at, open - at));
    if (open == std::string_view::npos) break;
    std::string_view const tag = html.substr(open, longest_tag);
    if (begins_with(tag, "<img") && ++tags <= most_tags) {
      HtmlTokens one{tag.substr(0, std::min(tag.find('>'), tag.size() - 1) + 1)};
      HtmlToken token;
      std::string const id = one.next(token) ? shown_by(token) : std::string{};
      if (!id.empty()) {
        out.html += mark_of(out.ids.size());
        out.ids.push_back(id);
      }
    }
    out.html += '<';
    at = open + 1;
  }
  return out;
}

/// Those that stand among the author's words.
Ids in_own_words(std::string_view html) {
  Marked const all = marked(html);
  std::string const reply = reply_of_html(all.html);
  Ids out;
  for (std::size_t i = 0; i < all.ids.size(); ++i)
    if (holds(reply, mark_of(i))) out.insert(all.ids[i]);
  return out;
}

}  // namespace

void tell_own_pictures(std::string_view html, std::vector<desk::Attachment>& attachments) {
  bool const any =
      std::any_of(attachments.begin(), attachments.end(), [](auto const& one) { return one.inline_; });
  if (!any) return;
  std::string_view const begin = what_people_type(html);
  Shown const shown = shown_in(html);
  Ids const own = shown.all.empty() ? Ids{} : in_own_words(begin);
  for (desk::Attachment& one : attachments) {
    if (!one.inline_) continue;
    bool const referred = !one.content_id.empty() && shown.all.contains(one.content_id);
    one.own = !referred || (own.contains(one.content_id) && !shown.signed_with.contains(one.content_id));
  }
}

}  // namespace spoc::parser
