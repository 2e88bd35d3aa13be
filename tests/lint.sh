#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# What a reviewer should not have to say: layout, clang-tidy's short list, types, shell syntax, licence lines.
# usage: sh tests/lint.sh [BUILD FOLDER], which holds compile_commands.json
set -u
cd "$(dirname "$0")/.." || exit 1
build=${1:-build/ci}
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
passed=0
failed=0

# check NAME COMMAND...
check() {
  name=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    echo "ok     $name"
  else
    failed=$((failed + 1))
    echo "FAILED $name"
  fi
}

cpp_files() {
  find host tests -name node_modules -prune -o \( -name '*.cpp' -o -name '*.h' \) -print
}

layout() {
  cpp_files | xargs clang-format --dry-run -Werror
}

# Without the precompiled headers, which are another compiler's: each file must include what it needs.
tidy() {
  mkdir -p "$build/lint"
  sed 's/-Winvalid-pch//; s/ -include [^ ]*cmake_pch\.hxx//' "$build/compile_commands.json" > "$build/lint/compile_commands.json"
  find host -name '*.cpp' | xargs -P "$jobs" -n 1 clang-tidy -p "$build/lint" --quiet --extra-arg=-Wno-unknown-warning-option
}

types() {
  extension/node_modules/.bin/tsc --noEmit -p "$1"
}

shell_syntax() {
  find packaging tests -name node_modules -prune -o -name '*.sh' -print | while read -r file; do
    sh -n "$file" || return 1
  done
}

licence_lines() {
  lacking=$(find host tests extension packaging policy .ci CMakeLists.txt \( -name node_modules -o -name corpus -o -path tests/e2e/gmail/dom \) -prune -o -type f \
    \( -name '*.cpp' -o -name '*.h' -o -name '*.mjs' -o -name '*.js' -o -name '*.sh' -o -name '*.cmake' -o -name CMakeLists.txt \
    -o -name '*.css' -o -name '*.html' -o -name run \) -print | xargs grep -L 'SPDX-License-Identifier: MPL-2.0')
  [ -z "$lacking" ] || { echo "no SPDX line in:" $lacking; return 1; }
}

check "clang-format" layout
check "shell syntax" shell_syntax
check "licence lines" licence_lines
check "policy/README.md is current" node policy/generate-readme.mjs --check
for project in $(find extension tests -name node_modules -prune -o -name tsconfig.json -print | sort); do
  check "types: $project" types "$project"
done
check "clang-tidy" tidy
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
