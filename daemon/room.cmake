# SPDX-License-Identifier: GPL-3.0-or-later
# The pages of web/ are part of the binary; the widget's pieces become one script of one scope.
include(${CMAKE_SOURCE_DIR}/cmake/embed.cmake)
set(widget ${CMAKE_BINARY_DIR}/generated/web/widget.js)
set(head "// SPDX-License-Identifier: GPL-3.0-or-later\n// Spoc's chat widget, made from web/widget/. How to use it: docs/widget.md")
set(script "\n\"use strict\";\n(() => {\n")
foreach(piece words look pieces memory ways wire log who questions files farewell past menu chat begin)
  set(path ${CMAKE_SOURCE_DIR}/web/widget/${piece}.js)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(READ ${path} text)
  string(APPEND script "\n${text}")
endforeach()
# What only people read is left out: indentation, blank lines, comments that have lines of their own, and those
# behind a semicolon. No text of the widget spans lines but its style sheet, to which all that is nothing either.
string(REGEX REPLACE "\n[ \t]+" "\n" script "${script}")
string(REGEX REPLACE "\n//[^\n]*" "" script "${script}")
string(REGEX REPLACE "\n/\\*\\*[^\n]*\\*/" "" script "${script}")
string(REGEX REPLACE "; // [^\n]*" ";" script "${script}")
string(REGEX REPLACE "\n\n+" "\n" script "${script}")
file(WRITE ${widget} "${head}${script}})();\n")
file(GLOB web_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.html ${CMAKE_SOURCE_DIR}/web/*.css
     ${CMAKE_SOURCE_DIR}/web/*.js)
list(APPEND web_files ${widget})
# Compressed here once; a client that takes gzip gets NAME.gz.
set(packed_files "")
foreach(path IN LISTS web_files)
  cmake_path(GET path FILENAME page)
  set(packed ${CMAKE_BINARY_DIR}/generated/web/${page}.gz)
  file(ARCHIVE_CREATE OUTPUT ${packed} PATHS ${path} FORMAT raw COMPRESSION GZip COMPRESSION_LEVEL 9)
  list(APPEND packed_files ${packed})
endforeach()
spoc_embed(spoc_daemon spoc::daemon ${web_files} ${packed_files})
