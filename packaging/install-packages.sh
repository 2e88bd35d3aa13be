#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Installs what is missing of the named sets in debian-packages.txt, and says what. Without anything missing it does nothing
# and needs no rights.
# usage: sh packaging/install-packages.sh SET...
set -eu
list=$(dirname "$0")/debian-packages.txt

is_installed() {
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

wanted() {
  for set in "$@"; do
    awk -v set="$set" '$1 == set { print $2 }' "$list"
  done
}

missing=
for entry in $(wanted "$@"); do
  package=${entry%%=*}
  if [ "$entry" != "$package" ] && command -v "${entry#*=}" >/dev/null 2>&1; then
    continue
  fi
  case " $missing " in *" $package "*) continue ;; esac
  command -v dpkg-query >/dev/null 2>&1 && is_installed "$package" && continue
  missing="$missing $package"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  echo "lastlook: this is not Debian. Install what these Debian packages hold, then run this again:$missing" >&2
  exit 1
fi
as_root=
if [ "$(id -u)" -ne 0 ]; then
  if ! command -v sudo >/dev/null 2>&1; then
    echo "lastlook: packages are missing and this is neither root nor is there sudo. As root:" >&2
    echo "  apt-get install$missing" >&2
    exit 1
  fi
  as_root=sudo
fi

echo "Installing from Debian:$missing"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o Dpkg::Use-Pty=0 "$@" >>"$log" 2>&1
}
# The lists of a new machine may name only the release, and miss what security updates brought since: the extension needs
# a Thunderbird that is only among those. Without a network, what is there must do.
apt update || true
# shellcheck disable=SC2086 # one word per package
if ! apt install --no-install-recommends -y $missing; then
  tail -n 15 "$log" >&2
  echo "lastlook: apt-get could not install the packages; see above, mend it, and run this again." >&2
  exit 1
fi
