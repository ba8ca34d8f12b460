# SPDX-License-Identifier: GPL-3.0-or-later
# Checks over the tree itself, and the stories over the whole binary.
add_test(NAME check.layers COMMAND ${CMAKE_SOURCE_DIR}/scripts/check-layers WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(check.layers PROPERTIES LABELS check)
add_test(NAME check.fuzz COMMAND ${CMAKE_SOURCE_DIR}/scripts/check-fuzz WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
set_tests_properties(check.fuzz PROPERTIES LABELS check)

add_test(NAME check.make_mails COMMAND /usr/bin/python3 ${CMAKE_SOURCE_DIR}/tests/bench/make_mails_test.py)
set_tests_properties(check.make_mails PROPERTIES LABELS check ENVIRONMENT "PYTHONDONTWRITEBYTECODE=1")

find_program(MANDOC mandoc)
if(MANDOC)
  foreach(page spocd.8 spocctl.1 spoc.toml.5 spoc-commands.7)
    add_test(NAME check.man.${page} COMMAND ${MANDOC} -T lint -W warning ${CMAKE_SOURCE_DIR}/man/${page})
    set_tests_properties(check.man.${page} PROPERTIES LABELS check)
  endforeach()
endif()

# Preloaded into the desk by stories: a disk that forgets what was not synced, crashes at commits, a machine that falls ill.
if(NOT SPOC_SANITIZE)
  add_custom_target(preloads)
  foreach(preload power_cut crash_point sick_machine)
    add_library(${preload} MODULE ${CMAKE_SOURCE_DIR}/tests/fakes/${preload}.cpp)
    target_link_libraries(${preload} PRIVATE spoc_settings ${CMAKE_DL_LIBS})
    set_target_properties(${preload} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${CMAKE_RUNTIME_OUTPUT_DIRECTORY})
    add_dependencies(preloads ${preload})
  endforeach()
endif()

# Those that take longest begin first, so that none of them runs on alone; seconds, roughly. What ctest has measured in
# build/ replaces them.
set(cost_t048_faults 280)
set(cost_t175_knowledge 180)
set(cost_t047_kill_all 140)
set(cost_t170_portal 140)
set(cost_t049_servers 130)
set(cost_t100_widget 110)
set(cost_t070_people 100)
set(cost_t120_levels 95)
set(cost_t046_power 85)
set(cost_t125_rules 80)
set(cost_t143_visit 80)
set(cost_t040_kill 80)
set(cost_t042_commits 75)
set(cost_t043_more_commits 30)
set(cost_t044_rare_commits 25)

# The stories use Debian's Python for its selenium and websocket packages.
file(GLOB stories CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/story/t*.py)
foreach(path IN LISTS stories)
  get_filename_component(story ${path} NAME_WE)
  add_test(NAME story.${story} COMMAND /usr/bin/python3 -m unittest -v ${story}
           WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}/tests/story)
  set_tests_properties(story.${story} PROPERTIES LABELS story TIMEOUT 600
                       ENVIRONMENT "SPOC_BIN=$<TARGET_FILE_DIR:spocd>;PYTHONDONTWRITEBYTECODE=1")
  if(DEFINED cost_${story})
    set_tests_properties(story.${story} PROPERTIES COST ${cost_${story}})
  endif()
endforeach()
