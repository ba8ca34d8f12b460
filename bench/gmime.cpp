// SPDX-License-Identifier: GPL-3.0-or-later
// The only source that names GMime.
#include "bench/gmime.hpp"

#include <gmime/gmime.h>

#include <memory>

namespace spoc::bench {
namespace {

struct Unref {
  void operator()(void* object) const { g_object_unref(object); }
};
template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::string taken(char* words) {
  std::string out = words == nullptr ? "" : words;
  g_free(words);
  return out;
}

std::string or_empty(char const* words) { return words == nullptr ? "" : words; }

std::string people(InternetAddressList* list) {
  return list == nullptr ? "" : taken(internet_address_list_to_string(list, nullptr, FALSE));
}

void add_leaf(GMimeObject* object, Gathered& out) {
  if (GMIME_IS_TEXT_PART(object)) {
    auto* const part = GMIME_TEXT_PART(object);
    std::string words = taken(g_mime_text_part_get_text(part));
    out.bytes += words.size();
    bool const html = g_mime_content_type_is_type(g_mime_object_get_content_type(object), "text", "html");
    (html ? out.html : out.text) += words;
    return;
  }
  if (!GMIME_IS_PART(object)) return;
  auto* const content = g_mime_part_get_content(GMIME_PART(object));
  if (content == nullptr) return;
  Owned<GMimeStream> const stream{g_mime_stream_mem_new()};
  g_mime_data_wrapper_write_to_stream(content, stream.get());
  GByteArray const* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream.get()));
  out.files.emplace_back(reinterpret_cast<char const*>(bytes->data), bytes->len);
  out.bytes += bytes->len;
}

void read_header(GMimeMessage* message, Gathered& out) {
  out.message_id = or_empty(g_mime_message_get_message_id(message));
  out.subject = or_empty(g_mime_message_get_subject(message));
  out.from = people(g_mime_message_get_from(message));
  out.to = people(g_mime_message_get_to(message));
  g_mime_message_get_date(message);
  auto* const line = g_mime_object_get_header(GMIME_OBJECT(message), "References");
  if (line == nullptr) return;
  GMimeReferences* const all = g_mime_references_parse(nullptr, line);
  for (int i = 0; i < g_mime_references_length(all); ++i)
    out.references.emplace_back(g_mime_references_get_message_id(all, i));
  g_mime_references_free(all);
}

}  // namespace

Gathered read_with_gmime(std::string_view raw) {
  static bool const ready = (g_mime_init(), true);
  Gathered out;
  if (!ready) return out;
  Owned<GMimeStream> const stream{g_mime_stream_mem_new_with_buffer(raw.data(), raw.size())};
  Owned<GMimeParser> const parser{g_mime_parser_new_with_stream(stream.get())};
  Owned<GMimeMessage> const message{g_mime_parser_construct_message(parser.get(), nullptr)};
  if (!message) return out;
  read_header(message.get(), out);
  GMimePartIter* const at = g_mime_part_iter_new(GMIME_OBJECT(message.get()));
  do {
    if (GMimeObject* const object = g_mime_part_iter_get_current(at); object != nullptr)
      add_leaf(object, out);
  } while (g_mime_part_iter_next(at));
  g_mime_part_iter_free(at);
  return out;
}

}  // namespace spoc::bench
