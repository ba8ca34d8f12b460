// SPDX-License-Identifier: GPL-3.0-or-later
// Signed visitors: what is taken, and every way in which a word may be wrong.
#include "daemon/identity.hpp"

#include "parser/digest.hpp"

#include <gtest/gtest.h>

#include <openssl/evp.h>
#include <openssl/pem.h>

#include <memory>
#include <string>
#include <vector>

namespace spoc::daemon {
namespace {

constexpr std::string_view shared_secret = "an intranet's secret of at least 32 bytes";
desk::Time const now = *desk::from_iso("2026-11-25T12:00:00Z");
std::int64_t const soon = 1'795'608'600;  // 12:10

std::string base64url(std::string_view bytes) {
  std::string out(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  int const size =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()),
                      reinterpret_cast<unsigned char const*>(bytes.data()), static_cast<int>(bytes.size()));
  out.resize(static_cast<std::size_t>(size));
  while (out.ends_with('=')) out.pop_back();
  for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return out;
}

std::string claims(std::string const& more = "") {
  return R"({"sub":"u-17","name":"Vera Holt","email":"Vera@Example.NET","exp":)" + std::to_string(soon) +
         more + "}";
}

std::string hs256(std::string const& body, std::string const& head = R"({"alg":"HS256","typ":"JWT"})",
                  std::string_view key = shared_secret) {
  std::string const text = base64url(head) + "." + base64url(body);
  return text + "." + base64url(parser::hmac_sha256(key, text));
}

Identity shared(std::string audience = "") {
  return {Identity::Way::hs256, std::string{shared_secret}, std::move(audience)};
}

TEST(SignedVisitor, IsWhoTheIntranetSays) {
  auto const visitor = read_identity(hs256(claims()), shared(), now);
  ASSERT_TRUE(visitor) << visitor.error().what;
  EXPECT_EQ(visitor->user, "u-17");
  EXPECT_EQ(visitor->address, (desk::Address{"Vera Holt", "vera@example.net"}));
  EXPECT_TRUE(read_identity(hs256(claims(R"(,"aud":["other","spoc"])")), shared("spoc"), now));
  EXPECT_TRUE(read_identity(hs256(claims(R"(,"aud":"spoc")")), shared("spoc"), now));
}

struct WrongToken {
  std::string name, token, word;
  Identity identity = shared();
};
class WrongWord : public testing::TestWithParam<WrongToken> {};

TEST_P(WrongWord, IsDenied) {
  auto const visitor = read_identity(GetParam().token, GetParam().identity, now);
  ASSERT_FALSE(visitor);
  EXPECT_EQ(visitor.error().kind, Kind::denied);
  EXPECT_NE(visitor.error().what.find(GetParam().word), std::string::npos) << visitor.error().what;
}

INSTANTIATE_TEST_SUITE_P(
    Table, WrongWord,
    testing::Values(
        WrongToken{"empty", "", "three parts"}, WrongToken{"two_parts", "a.b", "three parts"},
        WrongToken{"noise", "!.?.*", "base64url"}, WrongToken{"no_json", "YQ.YQ.YQ", "base64url"},
        WrongToken{"none", hs256(claims(), R"({"alg":"none"})"), "algorithm"},
        WrongToken{"rs_for_hs", hs256(claims(), R"({"alg":"RS256"})"), "algorithm"},
        WrongToken{"other_key",
                   hs256(claims(), R"({"alg":"HS256"})", "another secret of more than 32 bytes!!"), "hold"},
        WrongToken{"no_signature", hs256(claims()).substr(0, hs256(claims()).rfind('.') + 1), "hold"},
        WrongToken{"over", hs256(R"({"sub":"u","exp":1795607939})"), "over since"},
        WrongToken{"endless", hs256(R"({"sub":"u"})"), "exp"},
        WrongToken{"end_is_a_word", hs256(R"({"sub":"u","exp":"never"})"), "exp"},
        WrongToken{"end_is_absurd", hs256(R"({"sub":"u","exp":1e300})"), "exp"},
        WrongToken{"not_yet", hs256(claims(R"(,"nbf":1795608500)")), "begins"},
        WrongToken{"nobody", hs256(R"({"exp":1795608600})"), "sub"},
        WrongToken{"no_audience", hs256(claims()), "aud", shared("spoc")},
        WrongToken{"other_audience", hs256(claims(R"(,"aud":"wiki")")), "aud", shared("spoc")},
        WrongToken{"off", hs256(claims()), "configured", Identity{}}),
    [](auto const& row) { return row.param.name; });

std::string pem(EVP_PKEY* key) {
  std::unique_ptr<BIO, decltype(&BIO_free)> const out{BIO_new(BIO_s_mem()), BIO_free};
  PEM_write_bio_PUBKEY(out.get(), key);
  char* data = nullptr;
  auto const size = BIO_get_mem_data(out.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

TEST(SignedVisitor, ByAPublicKey) {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key{EVP_RSA_gen(2048), EVP_PKEY_free};
  std::string const text = base64url(R"({"alg":"RS256"})") + "." + base64url(claims());
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> const work{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  auto const* const bytes = reinterpret_cast<unsigned char const*>(text.data());
  std::string signature(256, '\0');
  std::size_t size = signature.size();
  ASSERT_EQ(EVP_DigestSignInit(work.get(), nullptr, EVP_sha256(), nullptr, key.get()), 1);
  ASSERT_EQ(EVP_DigestSign(work.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                           text.size()),
            1);
  Identity const identity{Identity::Way::rs256, pem(key.get()), ""};
  auto const visitor = read_identity(text + "." + base64url(signature), identity, now);
  ASSERT_TRUE(visitor) << visitor.error().what;
  EXPECT_EQ(visitor->user, "u-17");
  signature[7] = static_cast<char>(signature[7] ^ 1);
  EXPECT_FALSE(read_identity(text + "." + base64url(signature), identity, now));
  // The public key is known to everybody: it must not serve as an HMAC's secret.
  EXPECT_FALSE(read_identity(hs256(claims(), R"({"alg":"HS256"})", identity.key), identity, now));
  EXPECT_FALSE(
      read_identity(text + "." + base64url(signature), {Identity::Way::rs256, "no key at all", ""}, now));
}

std::string hmac_word(std::string const& text) {
  std::string out = text + ".";
  for (char const c : parser::hmac_sha256(shared_secret, text)) {
    constexpr std::string_view digits = "0123456789abcdef";
    auto const byte = static_cast<unsigned char>(c);
    out.append({digits[byte >> 4U], digits[byte & 15U]});
  }
  return out;
}

TEST(SignedVisitor, ByAHashAlone) {
  Identity const identity{Identity::Way::hmac, std::string{shared_secret}, ""};
  auto const visitor =
      read_identity(hmac_word("vera.holt@example.net." + std::to_string(soon)), identity, now);
  ASSERT_TRUE(visitor) << visitor.error().what;
  EXPECT_EQ(visitor->user, "vera.holt@example.net");
  EXPECT_EQ(visitor->address.address, "vera.holt@example.net");
  EXPECT_EQ(read_identity(hmac_word("u-17." + std::to_string(soon)), identity, now)->address.address, "");
  for (std::string const& bad : {std::string{"vera"}, std::string{""}, hmac_word("vera"), hmac_word("vera.x"),
                                 hmac_word("vera.1795607939"), hmac_word("." + std::to_string(soon)),
                                 hmac_word("vera." + std::to_string(soon)) + "0"})
    EXPECT_FALSE(read_identity(bad, identity, now)) << bad;
}

}  // namespace
}  // namespace spoc::daemon
