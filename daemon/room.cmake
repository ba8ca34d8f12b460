# SPDX-License-Identifier: GPL-3.0-or-later
# The pages of web/ are part of the binary.
include(${CMAKE_SOURCE_DIR}/cmake/embed.cmake)
file(GLOB web_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.html ${CMAKE_SOURCE_DIR}/web/*.js ${CMAKE_SOURCE_DIR}/web/*.css)
spoc_embed(spoc_daemon spoc::daemon ${web_files})
