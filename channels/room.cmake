# SPDX-License-Identifier: GPL-3.0-or-later
# Public, because whoever includes Asio must agree that its functions live in channels/beast.cpp.
target_compile_definitions(spoc_channels PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)
