#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Builds Lastlook and runs its tests. Last line: "N passed, N failed".
set -u
cd "$(dirname "$0")/.." || exit 1

short_tiers="layers unit cases protocol cli extension bench e2e lint"
long_tiers="kill large asan tsan fuzz e2e-proof"

usage() {
  cat <<USAGE
usage: sh tests/run.sh [--long] [--only TIER]
  --long       add the long rounds: 200 times kill -9 while two hosts write, 100 times Thunderbird killed while it holds a mail, texts of 100 MB, a ZIP of 4 GiB, sanitizers, fuzzers, the proof that the end-to-end cases can fail
  --only TIER  one of: $short_tiers; with --long also: $long_tiers
USAGE
}

long=
only=
while [ $# -gt 0 ]; do
  case $1 in
    --long) long=1 ;;
    --only)
      [ $# -ge 2 ] || { usage >&2; exit 64; }
      only=$2
      shift
      ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 64 ;;
  esac
  shift
done
case " ${only:-layers} " in
  *" "*" "*" "*) usage >&2; exit 64 ;; # one word only
esac
case " $short_tiers ${long:+$long_tiers} " in
  *" ${only:-layers} "*) ;;
  *) usage >&2; exit 64 ;;
esac

build=build/ci
logs=$build/logs
jobs=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
passed=0
failed=0
mkdir -p "$logs"

finish() {
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ] && exit 0
  exit 1
}

# What a log says about its tests, as "passed failed": lines "N passed, N failed" of our own programs, the last lines of
# node --test (TAP), of ctest, and of a GoogleTest program that was run by itself. All of them are summed.
count_results() {
  awk '
    /^[0-9]+ passed, [0-9]+ failed$/ { passed += $1; failed += $3 }
    /^# pass [0-9]+$/ { passed += $3 }
    /^# (fail|cancelled) [0-9]+$/ { failed += $3 }
    /tests passed, [0-9]+ tests failed out of [0-9]+$/ { ctest = 1; failed += $4; passed += $NF - $4 }
    /^\[  PASSED  \] [0-9]+ tests?\.$/ { google_passed += $4 }
    /^\[  FAILED  \] [0-9]+ tests?, listed below/ { google_failed += $4 }
    END {
      if (!ctest) { passed += google_passed; failed += google_failed }
      print passed + 0, failed + 0
    }' "$1"
}

# tier NAME COMMAND...: runs it, prints one line, and the end of its log when something failed.
tier() {
  name=$1
  shift
  if [ -n "$only" ] && [ "$only" != "$name" ]; then
    return 0
  fi
  log=$logs/$name.log
  began=$(date +%s)
  "$@" >"$log" 2>&1 </dev/null
  status=$?
  set -- $(count_results "$log")
  tier_passed=$1
  tier_failed=$2
  if [ "$tier_failed" -eq 0 ] && [ "$status" -ne 0 ]; then
    echo "the command ended with status $status" >>"$log"
    tier_failed=1
  elif [ $((tier_passed + tier_failed)) -eq 0 ]; then
    echo "no test was counted" >>"$log"
    tier_failed=1
  fi
  passed=$((passed + tier_passed))
  failed=$((failed + tier_failed))
  printf '%-10s %5d passed, %d failed  (%d s)\n' "$name" "$tier_passed" "$tier_failed" $(($(date +%s) - began))
  if [ "$tier_failed" -gt 0 ]; then
    # Whatever failed stands out by one of these words; the whole is in the log.
    grep -nE '^not ok|FAILED|\*\*\*Failed|error:|Error:' "$log" | head -n 20 | sed 's/^/    /'
    tail -n 40 "$log" | sed 's/^/    /'
    echo "    whole log: $log"
  fi
}

# Steps without which there is nothing to test.
step() {
  what=$1
  shift
  began=$(date +%s)
  if ! "$@" >"$logs/$what.log" 2>&1 </dev/null; then
    tail -n 60 "$logs/$what.log" | sed 's/^/    /'
    echo "$what failed; whole log: $logs/$what.log"
    failed=1
    finish
  fi
  printf '%-10s done  (%d s)\n' "$what" $(($(date +%s) - began))
}

# build_preset PRESET [CMAKE OPTION]...
build_preset() {
  preset=$1
  shift
  if command -v ccache >/dev/null 2>&1; then
    set -- -DCMAKE_CXX_COMPILER_LAUNCHER=ccache "$@"
  fi
  cmake --preset "$preset" "$@" && cmake --build --preset "$preset" --parallel "$jobs"
}

extension_tools() {
  # Nothing to fetch when the installed tools are those of the lock file.
  if [ -d extension/node_modules ] && [ ! extension/package-lock.json -nt extension/node_modules/.package-lock.json ]; then
    return 0
  fi
  npm ci --prefix extension --no-audit --no-fund
}

# The cases (tests/cases, tests/accidents, tests/month) are data that their programs read when they run, so these are run
# themselves.
unit() {
  ctest --test-dir "$build" --output-on-failure --parallel "$jobs" --exclude-regex '^cases:'
}

cases() {
  cases_status=0
  "$build"/tests/cases/cases_test || cases_status=1
  "$build"/tests/month/month_test || cases_status=1
  node_tests tests/month/month.test.mjs || cases_status=1
  return $cases_status
}

node_tests() {
  node --test --test-reporter=tap "$@"
}

# Whether the benchmarks work; what they measure is for a quiet machine (tests/bench/README.md).
bench() {
  ran=0
  for program in "$build"/tests/bench/*_bench; do
    "$program" --benchmark_min_time=0.01 || return 1
    ran=$((ran + 1))
  done
  node tests/bench/macro.mjs || return 1
  echo "$((ran + 1)) passed, 0 failed"
}

# Each fuzzer for FUZZ_SECONDS, from its seeds; what it finds new is kept in build/fuzz/corpus.
fuzz() {
  clean=0
  found=0
  for program in build/fuzz/tests/fuzz/*_fuzz; do
    subject=$(basename "$program")
    mkdir -p "build/fuzz/corpus/$subject"
    if "$program" -max_total_time="${FUZZ_SECONDS:-300}" -rss_limit_mb=2048 -artifact_prefix="build/fuzz/$subject-" \
      "build/fuzz/corpus/$subject" "tests/fuzz/corpus/$subject"; then
      clean=$((clean + 1))
    else
      found=$((found + 1))
      echo "FAILED $subject"
    fi
  done
  echo "$clean passed, $found failed"
}

# Both mail programs, one after the other: each brings its own windows.
e2e() {
  e2e_status=0
  node tests/e2e/thunderbird/run.mjs ${long:+--long} || e2e_status=1
  node tests/e2e/gmail/run.mjs ${long:+--long} || e2e_status=1
  return $e2e_status
}

e2e_proof() {
  proof_status=0
  node tests/e2e/thunderbird/run.mjs --prove || proof_status=1
  node tests/e2e/gmail/run.mjs --prove || proof_status=1
  return $proof_status
}

# kill -9 at random moments while two hosts write to one store.
kill_rounds() {
  LASTLOOK_KILL_ROUNDS="${LASTLOOK_KILL_ROUNDS:-200}" "$build"/tests/unit/store_test \
    --gtest_filter=FaultsTest.NothingAcknowledgedIsLostWhenWritersAreKilled
}

# One line of 100 MB, a million digits; a ZIP of more than 4 GiB, which is then the size of a file in TMPDIR.
large() {
  LASTLOOK_ZIP_BYTES="${LASTLOOK_ZIP_BYTES:-4294967301}" "$build"/tests/unit/zip_test --gtest_filter='LargeZip.*' || return 1
  LASTLOOK_LARGE_BYTES="${LASTLOOK_LARGE_BYTES:-100000000}" "$build"/tests/unit/detect_test --gtest_filter='LargeText.*'
}

sanitized() {
  build_preset "$1" && ctest --preset "$1" --parallel "$jobs"
}

sh packaging/install-packages.sh build test e2e ${long:+long} || { failed=1; finish; }
step build build_preset ci
step tools extension_tools

# The store of a test makes its key in a file, not in the key store of whoever runs it.
unset DBUS_SESSION_BUS_ADDRESS
LASTLOOK_HOST=$PWD/$build/host/lastlook-host
LASTLOOK_CLI=$PWD/$build/host/lastlook
export LASTLOOK_HOST LASTLOOK_CLI

# Checks that need no quiet machine run beside the tests, with what these leave of the processors.
lint_in_background=
if [ -z "$only" ] || [ "$only" = lint ]; then
  nice -n 19 sh tests/lint.sh "$build" >"$logs/lint-output.log" 2>&1 </dev/null &
  lint_in_background=$!
fi
lint() {
  lint_status=0
  wait "$lint_in_background" || lint_status=$?
  cat "$logs/lint-output.log"
  return $lint_status
}

tier layers node_tests tests/layers.test.mjs tests/data_lists.test.mjs tests/case_kinds.test.mjs
tier unit unit
tier cases cases
tier protocol node tests/protocol/run.mjs
tier cli node_tests tests/cli/*.test.mjs tests/schema/*.test.mjs tests/zip/*.test.mjs
tier extension node_tests tests/extension/*.test.mjs
tier bench bench
tier e2e e2e
tier lint lint
if [ -n "$long" ]; then
  tier kill kill_rounds
  tier large large
  tier asan sanitized asan
  tier tsan sanitized tsan
  if [ -z "$only" ] || [ "$only" = fuzz ]; then
    step fuzz-build build_preset fuzz
  fi
  tier fuzz fuzz
  tier e2e-proof e2e_proof
fi
finish
