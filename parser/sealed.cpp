// SPDX-License-Identifier: GPL-3.0-or-later
// S/MIME by OpenSSL's CMS reader; OpenPGP is only recognised.
#include "parser/sealed.hpp"

#include "parser/ascii.hpp"

#include <openssl/bio.h>
#include <openssl/cms.h>
#include <openssl/err.h>
#include <memory>

namespace spoc::parser {
namespace {

constexpr std::size_t largest_opened = 16UL * 1024 * 1024;  // OpenSSL copies it all
constexpr std::string_view smime_words = "encrypted mail (S/MIME): it cannot be read here";
constexpr std::string_view openpgp_words = "encrypted mail (OpenPGP): it cannot be read here";

std::string smime_type(Part const& part) { return lowered(part.type.parameter("smime-type")); }

}  // namespace

bool is_smime(Part const& part) {
  return part.type.value == "application/pkcs7-mime" || part.type.value == "application/x-pkcs7-mime";
}

std::string signed_content(std::string_view der) {
  if (der.size() < 16 || der.size() > largest_opened) return {};
  std::unique_ptr<BIO, decltype(&BIO_free)> const in{
      BIO_new_mem_buf(der.data(), static_cast<int>(der.size())), &BIO_free};
  std::unique_ptr<CMS_ContentInfo, decltype(&CMS_ContentInfo_free)> const cms{
      in ? d2i_CMS_bio(in.get(), nullptr) : nullptr, &CMS_ContentInfo_free};
  std::string out;
  if (cms && OBJ_obj2nid(CMS_get0_type(cms.get())) == NID_pkcs7_signed) {
    ASN1_OCTET_STRING** const content = CMS_get0_content(cms.get());
    if (content != nullptr && *content != nullptr)
      out.assign(reinterpret_cast<char const*>(ASN1_STRING_get0_data(*content)),
                 static_cast<std::size_t>(ASN1_STRING_length(*content)));
  }
  ERR_clear_error();  // what was wrong is of no use to the next caller of OpenSSL
  return out;
}

std::string encryption_of(Part const& part) {
  std::string const& type = part.type.value;
  if (is_smime(part)) {
    std::string const kind = smime_type(part);
    bool const other = kind == "signed-data" || kind == "certs-only" || kind == "compressed-data";
    return other || kind.empty() ? std::string{} : std::string{smime_words};
  }
  if (type == "application/pgp-encrypted" || type == "multipart/encrypted") return std::string{openpgp_words};
  return {};
}

std::string unopened(Part const& part, std::string_view der) {
  std::string const kind = smime_type(part);
  if (kind == "certs-only") return "certificates alone (S/MIME): there are no words in it";
  if (kind == "compressed-data") return "compressed mail (S/MIME): it cannot be read here";
  if (!encryption_of(part).empty()) return {};
  if (der.size() > largest_opened) return "signed mail (S/MIME) of more than 16 MiB: it cannot be read here";
  if (kind == "signed-data") return "signed mail (S/MIME) that is damaged: it cannot be read here";
  return std::string{smime_words};
}

std::string encryption_of_text(std::string_view text) {
  return trimmed(text.substr(0, 4096)).starts_with("-----BEGIN PGP MESSAGE-----") ? std::string{openpgp_words}
                                                                                  : std::string{};
}

}  // namespace spoc::parser
