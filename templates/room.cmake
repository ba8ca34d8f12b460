# SPDX-License-Identifier: GPL-3.0-or-later
# The texts of letters are part of the library.
include(${CMAKE_SOURCE_DIR}/cmake/embed.cmake)
file(GLOB letter_texts CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/templates/text/*/*.mustache)
spoc_embed(spoc_templates spoc::templates ${letter_texts})
