# SPDX-License-Identifier: MPL-2.0
# Generated sources: embedded files, and the registries of conditions and effects, which come from the names of the files.

# lastlook_embed(<target> <name> <file> [WITHOUT_TESTS]): `extern const std::string_view k_<name>` with the bytes of the file, in
# generated/<name>.h. WITHOUT_TESTS leaves a policy's "tests" out, which stand last, behind a line that begins with
# "  // --- Tests": whoever runs the program would only have to read them at every start.
function(lastlook_embed target name file)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/generated)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  file(READ ${file} text)
  if("WITHOUT_TESTS" IN_LIST ARGN)
    string(FIND "${text}" ",\n  // --- Tests" end)
    if(end EQUAL -1)
      message(FATAL_ERROR "${file} has no line \"  // --- Tests\" behind a comma")
    endif()
    string(SUBSTRING "${text}" 0 ${end} text)
    string(APPEND text "\n}\n")
  endif()
  # A string literal may be 65,536 bytes long (ISO C++ Annex B); the compilers in use take more, and clang says so.
  string(LENGTH "${text}" length)
  set(allowed "")
  if(length GREATER 65535)
    set(allowed "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n")
  endif()
  file(CONFIGURE OUTPUT ${out}/${name}.h @ONLY CONTENT
"// SPDX-License-Identifier: MPL-2.0
// Generated from ${name}; do not edit.
#pragma once
#include <string_view>
${allowed}namespace lastlook::generated {
inline constexpr std::string_view k_${name} = R\"lastlook~(@text@)lastlook~\";
}  // namespace lastlook::generated
")
  target_sources(${target} PRIVATE ${out}/${name}.h)
endfunction()

# lastlook_registry(<target> conditions|effects): generated/<kind>_registry.h, a table of every host/<kind>/<stem>.cpp that has a
# policy/<kind>/<stem>.schema.json, with the function <kind>::<stem>::Make and the text of the schema. A schema without a source,
# or the other way round, stops the build.
function(lastlook_registry target kind)
  set(schema_folder ${PROJECT_SOURCE_DIR}/policy/${kind})
  file(GLOB schemas RELATIVE ${schema_folder} CONFIGURE_DEPENDS ${schema_folder}/*.schema.json)
  list(SORT schemas)
  set(declarations "")
  set(rows "")
  foreach(schema ${schemas})
    string(REPLACE ".schema.json" "" stem ${schema})
    if(NOT EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/${kind}/${stem}.cpp)
      message(FATAL_ERROR "policy/${kind}/${schema} has no host/${kind}/${stem}.cpp")
    endif()
    lastlook_embed(${target} schema_${kind}_${stem} ${schema_folder}/${schema})
    string(APPEND includes "#include \"schema_${kind}_${stem}.h\"\n")
    string(APPEND declarations "namespace ${stem} {\nMakeResult Make(const Json& params, const Policy& policy);\n}\n")
    string(APPEND rows "    {\"${stem}\", &${stem}::Make, generated::k_schema_${kind}_${stem}},\n")
  endforeach()
  file(GLOB sources RELATIVE ${CMAKE_CURRENT_SOURCE_DIR}/${kind} CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${kind}/*.cpp)
  foreach(source ${sources})
    string(REPLACE ".cpp" "" stem ${source})
    if(NOT EXISTS ${schema_folder}/${stem}.schema.json)
      message(FATAL_ERROR "host/${kind}/${source} has no policy/${kind}/${stem}.schema.json; what serves several belongs in host/${kind}/support/")
    endif()
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/generated/${kind}_registry.h @ONLY CONTENT
"// SPDX-License-Identifier: MPL-2.0
// Generated from the names of the files in host/${kind}; do not edit. Included by one source file.
#pragma once
${includes}
namespace lastlook::${kind} {
${declarations}
inline constexpr RegistryRow kRegistry[] = {
${rows}};
}  // namespace lastlook::${kind}
")
endfunction()
