#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Lastlook on this machine, without installing it: builds it and lets it judge mails, or guards a throw-away Thunderbird.
# Touches no profile, no ~/.mozilla and no policy under /etc;
# writes below build/ and, for Thunderbird, in a temporary folder that it removes.
set -eu

usage() {
  cat <<'USAGE'
usage: sh packaging/try.sh [MAIL...]        judge the sample mails, or your own .eml files
       sh packaging/try.sh --thunderbird    guard a throw-away Thunderbird; nothing it sends leaves this machine
USAGE
}

# The names of mails are relative to where the caller stands.
caller=$PWD
own_mails=
cd "$(dirname "$0")/.."
thunderbird=
while [ $# -gt 0 ]; do
  case $1 in
    --thunderbird) thunderbird=1 ;;
    -h | --help) usage; exit 0 ;;
    --) shift; break ;;
    -*) usage >&2; exit 64 ;;
    *) break ;;
  esac
  shift
done

build=build/release
work=build/try
lastlook=$build/host/lastlook
mkdir -p "$work"

fail() {
  echo "lastlook: $*" >&2
  exit 1
}

# 1. What it needs.
echo "1. Packages: $(awk '$1 == "build" { printf "%s ", $2 }' packaging/debian-packages.txt)${thunderbird:+and, for Thunderbird, nodejs thunderbird fonts-noto-cjk}"
sh packaging/install-packages.sh build ${thunderbird:+e2e}

# 2. The programs.
echo "2. Building the programs (some minutes the first time) ..."
began=$(date +%s)
if command -v ccache >/dev/null 2>&1; then launcher=ccache; else launcher=; fi
if ! { cmake --preset release -DCMAKE_CXX_COMPILER_LAUNCHER="$launcher" && cmake --build --preset release; } >"$work/build.log" 2>&1; then
  tail -n 25 "$work/build.log" >&2
  fail "the build failed; the whole log is $work/build.log. Remove build/release and try again; if it fails again, please report it."
fi
echo "   $($lastlook --version), built in $(($(date +%s) - began)) s: $lastlook"

# 3. Thunderbird, if it was asked for.
if [ -n "$thunderbird" ]; then
  echo "3. A Thunderbird of its own, with the extension and the host:"
  LASTLOOK_HOST=$PWD/$build/host/lastlook-host exec node tests/e2e/thunderbird/try.mjs "$@"
fi

# The sender of a mail file: the address of its From field (RFC 5322 section 3.6.2), unfolded.
sender() {
  case $1 in
    *.json) sed -n 's/.*"from" *: *"\([^"]*\)".*/From: \1/p' "$1" ;;
    *) tr -d '\r' <"$1" ;;
  esac | awk '
    /^$/ { exit }
    /^[ \t]/ { if (inside) field = field $0; next }
    { inside = tolower($0) ~ /^from[ \t]*:/; if (inside) field = $0 }
    END {
      if (match(field, /<[^<>]*>[^<>]*$/)) field = substr(field, RSTART + 1, RLENGTH - 1)
      sub(/>.*/, "", field)
      sub(/^[Ff][Rr][Oo][Mm][ \t]*:[ \t]*/, "", field)
      if (field ~ /^[^ \t]+@[^ \t@]+$/) print field
    }'
}

# A policy that says who is inside, and nothing else; one pattern of addresses per line of standard input.
write_policy() {
  internal=$(sed 's/["\\]//g; s/.*/"&"/' | paste -sd, - | sed 's/,/, /g')
  cat >"$work/policy.json" <<POLICY
{ "schema": 1,
  "policy": { "id": "try", "serial": 1 },
  "lists": { "internal": [$internal] } }
POLICY
}

# 3. The policy.
if [ $# -eq 0 ]; then
  set -- tests/mail/*.eml
  [ -e "$1" ] || fail "the sample mails in tests/mail are missing; this checkout is not complete."
  printf '%s\n' 'kodama.example.jp' '*.kodama.example.jp' | write_policy
  echo "3. The sample mails in tests/mail are written by people at kodama.example.jp. The policy says just that:"
else
  own_mails=1
  : >"$work/inside"
  for mail; do
    case $mail in /*) ;; *) mail=$caller/$mail ;; esac
    [ -f "$mail" ] && [ -r "$mail" ] || continue # `lastlook check` says what is wrong with it
    address=$(sender "$mail")
    [ -n "$address" ] || continue
    domain=${address##*@}
    # Anybody has an address at a free-mail provider; lastlook knows them.
    printf '%s\n' "$domain" | write_policy
    if "$lastlook" policy lint "$work/policy.json" >"$work/lint.log" 2>&1; then
      printf '%s\n' "$domain" "*.$domain" >>"$work/inside"
    else
      echo "   $domain is no organisation's own domain, so only $address itself is taken as inside."
      printf '%s\n' "$address" >>"$work/inside"
    fi
  done
  sort -u "$work/inside" | write_policy
  echo "3. Who is inside is taken from the senders of your mails. The policy says just that:"
fi
sed 's/^/      /' "$work/policy.json"
echo "   The built-in policy does the rest: mails that leave the organisation are confirmed."

# 4. The main job.
case ${LC_ALL:-${LC_MESSAGES:-${LANG:-}}} in
  ja*) language=ja ;;
  zh*) language=zh ;;
  *) language=en ;;
esac
policy=$work/policy.json
if [ "$caller" != "$PWD" ] && [ -n "$own_mails" ]; then
  lastlook=$PWD/$lastlook
  policy=$PWD/$policy
  cd "$caller"
fi
echo "4. $lastlook check --policy $policy --lang $language $*"
echo
status=0
"$lastlook" check --policy "$policy" --lang "$language" -- "$@" || status=$?
case $status in
  0 | 10 | 20 | 30) ;;
  *) exit "$status" ;;
esac
