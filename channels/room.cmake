# SPDX-License-Identifier: GPL-3.0-or-later
# Public, because whoever includes Asio must agree that its functions live in channels/beast.cpp.
target_compile_definitions(spoc_channels PUBLIC BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION)

# Each of these takes as long alone as six others together, and names the same things of Asio's for itself.
set_source_files_properties(${CMAKE_SOURCE_DIR}/channels/beast.cpp ${CMAKE_SOURCE_DIR}/channels/chat_socket.cpp
  ${CMAKE_SOURCE_DIR}/channels/chat_stream.cpp ${CMAKE_SOURCE_DIR}/channels/feed.cpp
  ${CMAKE_SOURCE_DIR}/channels/http_session.cpp PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
