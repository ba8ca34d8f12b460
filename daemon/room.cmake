# SPDX-License-Identifier: GPL-3.0-or-later
# The pages of web/ are part of the binary; the widget's pieces become one script of one scope.
include(${CMAKE_SOURCE_DIR}/cmake/embed.cmake)
set(widget ${CMAKE_BINARY_DIR}/generated/web/widget.js)
set(script "// SPDX-License-Identifier: GPL-3.0-or-later\n// Spoc's chat widget, made from web/widget/. How to use it: docs/widget.md\n\"use strict\";\n(() => {\n")
foreach(piece words look pieces memory ways wire log who questions files farewell past menu chat begin)
  set(path ${CMAKE_SOURCE_DIR}/web/widget/${piece}.js)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
  file(READ ${path} text)
  # Comments on lines of their own are for who reads the pieces: a tenth of what browsers would load.
  string(REGEX REPLACE "(^|\n) *//[^\n]*" "\\1" text "${text}")
  string(REGEX REPLACE "\n */[*][*][^\n]*[*]/" "" text "${text}")
  string(APPEND script "${text}")
endforeach()
file(WRITE ${widget} "${script}})();\n")
file(GLOB web_files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/*.html ${CMAKE_SOURCE_DIR}/web/*.css
     ${CMAKE_SOURCE_DIR}/web/*.js)
spoc_embed(spoc_daemon spoc::daemon ${web_files} ${widget})
