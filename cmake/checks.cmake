# SPDX-License-Identifier: GPL-3.0-or-later
# Checks over the tree itself, and the stories over the whole binary.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME check.layers COMMAND ${CMAKE_SOURCE_DIR}/scripts/check-layers WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(check.layers PROPERTIES LABELS check)
