# SPDX-License-Identifier: GPL-3.0-or-later
# spoc_embed(TARGET NAMESPACE files...): the files become part of TARGET.
#
# #include "embedded/TARGET.hpp" gives NAMESPACE::embedded_files(), a span of {path, content}; a path is relative to the
# project's root, that of a generated file to build/PRESET/generated. Any bytes may be in a file: they are written as escapes, 64 to a literal. A changed file is embedded
# again by the next build; a new one by whatever globbed it.
function(spoc_embed target namespace)
  set(rows "")
  set(arrays "")
  set(index 0)
  foreach(path IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(RELATIVE_PATH name ${CMAKE_SOURCE_DIR} ${path})
    set(generated ${CMAKE_BINARY_DIR}/generated)
    cmake_path(IS_PREFIX generated ${path} is_generated)
    if(is_generated)
      file(RELATIVE_PATH name ${generated} ${path})
    endif()
    file(READ ${path} hex HEX)
    # The moment of compression says nothing: without it the same files make the same binary (RFC 1952 2.3, MTIME).
    string(REGEX REPLACE "^(1f8b0800)........" "\\100000000" hex "${hex}")
    string(LENGTH "${hex}" digits)
    math(EXPR size "${digits} / 2")
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" escapes "${hex}")
    string(REPEAT "...." 64 line)
    string(REGEX REPLACE "(${line})" "\\1\"\n    \"" escapes "${escapes}")
    string(APPEND arrays "constexpr char file_${index}[] =\n    \"${escapes}\";\n")
    string(APPEND rows "    {\"${name}\", std::string_view(file_${index}, ${size})},\n")
    math(EXPR index "${index} + 1")
  endforeach()

  set(folder ${CMAKE_BINARY_DIR}/generated/embedded)
  file(CONFIGURE OUTPUT ${folder}/${target}.hpp @ONLY CONTENT
"// Made by cmake/embed.cmake: the files that are part of @target@.
#pragma once

#include <span>
#include <string_view>

namespace @namespace@ {

struct EmbeddedFile {
  std::string_view path, content;
};
std::span<EmbeddedFile const> embedded_files();

}  // namespace @namespace@
")
  file(CONFIGURE OUTPUT ${folder}/${target}.cpp @ONLY CONTENT
"// Made by cmake/embed.cmake: the files that are part of @target@.
#include \"embedded/@target@.hpp\"

namespace @namespace@ {
namespace {

@arrays@
constexpr EmbeddedFile files[] = {
@rows@};

}  // namespace

std::span<EmbeddedFile const> embedded_files() { return files; }

}  // namespace @namespace@
")
  target_sources(${target} PRIVATE ${folder}/${target}.cpp)
endfunction()
