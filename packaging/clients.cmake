# SPDX-License-Identifier: MPL-2.0
# The one table of mail clients: from it come the native-messaging manifests, and nothing else in the project names an id
# or a folder of manifests again.

set(LASTLOOK_HOST_NAME "lastlook")

# Extensions of the Mozilla family (manifest member "allowed_extensions").
set(LASTLOOK_MOZILLA_EXTENSIONS "lastlook@lastlook")
# System folders that Thunderbird and Firefox read; the person's own is ~/.mozilla/native-messaging-hosts.
set(LASTLOOK_MOZILLA_MANIFEST_FOLDERS "/usr/lib/mozilla/native-messaging-hosts")

# Extensions of the Chromium family (manifest member "allowed_origins"). The id is that of the key in
# extension/clients/gmail/manifest.json (a development key; packaging/enterprise/README.md): the first 32 hex digits of the key's SHA-256, written as letters from a to p.
set(LASTLOOK_CHROMIUM_ORIGINS "chrome-extension://ojmbcggeeddahgbljhkbnloilebdidnm/")
# System folders that Chromium, Chrome and Edge read on Linux.
set(LASTLOOK_CHROMIUM_MANIFEST_FOLDERS "/etc/chromium/native-messaging-hosts" "/etc/opt/chrome/native-messaging-hosts"
    "/etc/opt/edge/native-messaging-hosts")

set(LASTLOOK_HOST_PATH "/usr/lib/lastlook/lastlook-host" CACHE STRING "Where the installed host stands")

list(JOIN LASTLOOK_MOZILLA_EXTENSIONS "\", \"" LASTLOOK_MOZILLA_EXTENSIONS_JSON)
configure_file(${CMAKE_CURRENT_LIST_DIR}/mozilla-manifest.json.in ${CMAKE_BINARY_DIR}/manifests/mozilla/lastlook.json @ONLY)
list(JOIN LASTLOOK_CHROMIUM_ORIGINS "\", \"" LASTLOOK_CHROMIUM_ORIGINS_JSON)
configure_file(${CMAKE_CURRENT_LIST_DIR}/chromium-manifest.json.in ${CMAKE_BINARY_DIR}/manifests/chromium/lastlook.json @ONLY)
