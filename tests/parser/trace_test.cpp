// SPDX-License-Identifier: GPL-3.0-or-later
// Which server wrote what: Received and Authentication-Results in their order.
#include "parser/mail.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace spoc::parser {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(Trace, KeepsTheOrderOfServers) {
  desk::Mail const mail = read_mail(
      "Authentication-Results: mx.example.org; spf=pass\r\n"
      "Received: from mail.example.net (mail.example.net [192.0.2.7])\r\n"
      "\tby MX.example.org (Postfix) with ESMTPS id 4Xyz; Mon, 02 Mar 2026 12:00:00 +0000\r\n"
      "Authentication-Results: mx.example.org; dmarc=pass\r\n"
      "Received: by mail.example.net; Mon, 02 Mar 2026 11:59:58 +0000\r\n"
      "Received: (qmail 17 invoked from network); 2 Mar 2026 11:59:57 -0000\r\n"
      "From: ola@example.net\r\nX-Original-From: Ola <ola@example.com>\r\n\r\nWords.\r\n");
  EXPECT_THAT(mail.received_by, ElementsAre("mx.example.org", "mail.example.net", ""));
  EXPECT_THAT(mail.authentication_hops, ElementsAre(0, 1));
  EXPECT_EQ(mail.authentication_results.size(), 2U);
  EXPECT_THAT(mail.original_from, ElementsAre(desk::Address{"Ola", "ola@example.com"}));
}

TEST(Trace, OfAMailWithoutAny) {
  desk::Mail const mail = read_mail("From: ola@example.net\r\n\r\nWords.\r\n");
  EXPECT_THAT(mail.received_by, IsEmpty());
  EXPECT_THAT(mail.authentication_hops, IsEmpty());
}

}  // namespace
}  // namespace spoc::parser
