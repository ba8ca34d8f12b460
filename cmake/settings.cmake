# SPDX-License-Identifier: GPL-3.0-or-later
# Warnings as errors on our own targets, sanitizers, ccache (which serves every checkout of the same sources).
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env
      CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${CCACHE})
endif()

add_library(spoc_settings INTERFACE)
target_include_directories(spoc_settings INTERFACE ${CMAKE_SOURCE_DIR} ${CMAKE_BINARY_DIR}/generated)
target_compile_options(spoc_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Wold-style-cast -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports these two in its own library's std::string and in std::variant at -O2.
  target_compile_options(spoc_settings INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()

if(SPOC_SANITIZE STREQUAL "address")
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
elseif(SPOC_SANITIZE STREQUAL "thread")
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer -Wno-tsan)
  add_link_options(-fsanitize=thread)
endif()
if(SPOC_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link,address,undefined)
  add_link_options(-fsanitize=address,undefined)
endif()

# What nearly every file includes is read once (a fifth less processor time for a file of desk/). Release and fuzzing do
# without, so that a file that lacks an include is found there.
function(spoc_precompile target)
  if(NOT SPOC_PCH OR NOT CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    return()
  endif()
  target_compile_options(${target} PRIVATE -fpch-preprocess)
  target_precompile_headers(${target} PRIVATE <algorithm> <array> <charconv> <chrono> <filesystem> <functional> <map>
    <memory> <optional> <set> <span> <string> <string_view> <utility> <variant> <vector> <boost/system/result.hpp> ${ARGN})
endfunction()

# Sources and tests are compiled several at once: what each of them instantiates of the same values is then made once (less
# than half the processor time). Names of their unnamed namespaces must differ within a room. The preset `dev` does without, so
# that a file that leans on its neighbour is found there, and tools see each file alone.
function(spoc_unite target)
  if(SPOC_UNITE)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 6
      UNITY_BUILD_CODE_BEFORE_INCLUDE "#pragma GCC diagnostic ignored \"-Wshadow\"")
  endif()
endfunction()
